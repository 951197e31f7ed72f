// node-soap, built from the live WSDL over HTTP, calls every operation of every service and understands the answers.
import { beforeAll, describe, expect, test } from '@jest/globals';
import type { Client } from 'soap';
import type { Operation } from '../../src/wsdl/schema';
import { FAULTS, type Fault } from '../support/answers';
import { has, OPERATIONS, openerOf } from '../support/operations';
import { type Parts, partsOf } from '../support/requests';
import { sampleOf } from '../support/samples';
import {
  call,
  callFailing,
  connectFor,
  type RunningEmulator,
  startEmulator,
} from './foreign-client';

let emulator: RunningEmulator;
const clients = new Map<string, Client>();

beforeAll(async () => {
  emulator = await startEmulator({
    configuration: {
      // Its sample requests name evidence that nobody has issued.
      confirmation: { mode: 'off' },
      prices: [{ code: 'QUIZ', amount: '1.50' }],
      tariffs: [{ unit: 'messages', price: '0.10', description: 'Messages' }],
    },
    seed: { subscribers: [{ address: 'tel:+15550166', status: 'barred' }] },
  });
  for (const [, operation] of OPERATIONS) {
    const { interfaceName } = operation;
    if (clients.has(interfaceName)) continue;
    clients.set(interfaceName, await connectFor(emulator, operation));
  }
});

function clientOf({ interfaceName }: Operation): Client {
  const client = clients.get(interfaceName);
  if (client === undefined) throw new Error(`no client of ${interfaceName}`);
  return client;
}

/** Valid arguments, an open reservation included. */
async function argumentsOf(operation: Operation): Promise<Parts> {
  if (!has(operation, 'reservationIdentifier')) return sampleOf(operation);
  const opener = openerOf(operation);
  const { result } = await call(clientOf(opener), opener.name, sampleOf(opener));
  return sampleOf(operation, { reservationIdentifier: (result as { result: string }).result });
}

/** What node-soap makes of the response; a decimal becomes a number in its hands. */
function expectedResult({ response }: Operation): unknown {
  const [result] = response.type.kind === 'complex' ? response.type.elements : [];
  if (result === undefined) return null;
  if (result.type.kind === 'simple') return { result: expect.stringMatching(/^\d{1,30}$/) };
  return { result: { description: ['Messages'], currency: 'EUR', amount: 0.3 } };
}

describe('success', () => {
  test.each(OPERATIONS)('%s', async (key, operation) => {
    const { result } = await call(
      clientOf(operation),
      operation.name,
      await argumentsOf(operation),
    );
    expect(result).toEqual(expectedResult(operation));
    expect(emulator.records.at(-1)).toMatchObject({ operation: key, status: 200 });
  });

  test('the shape of its requests is put up with: it qualifies what it should not', () => {
    const names = emulator.records.flatMap(({ deviations }) => deviations.map(({ name }) => name));
    expect(new Set(names)).toEqual(new Set(['type.ns', 'reference.duplicate']));
  });
});

describe('a typed fault', () => {
  test.each(OPERATIONS)('%s: SVC0002 of its first part', async (_, operation) => {
    const [first] = partsOf(operation);
    const { [first?.name ?? '']: _left, ...others } = await argumentsOf(operation);
    const fault = await callFailing(clientOf(operation), operation.name, others);
    expect(fault).toEqual(asNodeSoapHasIt(['SVC0002', first?.name ?? '']));
  });

  test.each<[string, Parts, Fault]>([
    ['AmountCharging.chargeAmount', { charge: { description: 'x' } }, ['SVC0007']],
    ['AmountCharging.chargeAmount', { charge: { description: 'x', amount: '1001' } }, ['SVC0270']],
    [
      'AmountCharging.refundAmount',
      { endUserIdentifier: 'tel:+15550166' },
      ['POL0001', 'ACCOUNT_BARRED'],
    ],
    [
      'AmountCharging.chargeSplitAmount',
      { splitInfo: [{ endUserIdentifier: 'tel:+15550101', percent: '99' }] },
      ['SVC0271'],
    ],
    ['AmountCharging.chargeSplitAmount', { splitInfo: elevenPayers() }, ['POL0250', 'splitInfo']],
    [
      'AmountCharging.chargeAmount',
      { charge: { description: new Array<string>(11).fill('x'), amount: '1' } },
      ['POL0012', 'charge'],
    ],
    [
      'VolumeCharging.chargeVolume',
      { parameters: { name: 'unit', value: 'furlongs' } },
      ['SVC0001', 'NO_TARIFF'],
    ],
    ['ReserveVolumeCharging.reserveVolume', { volume: '99999' }, ['SVC0001', 'INSUFFICIENT_FUNDS']],
  ])('%s with %j', async (key, change, fault) => {
    const [, operation] = OPERATIONS.find(([name]) => name === key) ?? [];
    const args = { ...sampleOf(operation!), ...change };
    expect(await callFailing(clientOf(operation!), operation!.name, args)).toEqual(
      asNodeSoapHasIt(fault),
    );
  });
});

function elevenPayers(): Parts[] {
  return Array.from({ length: 11 }, (_, index) => ({
    endUserIdentifier: `tel:+155501${20 + index}`,
    percent: index === 0 ? '10' : '9',
  }));
}

function asNodeSoapHasIt([messageId, variable]: Fault): object {
  const [exception, text] = FAULTS[messageId];
  return {
    status: 500,
    faultcode: 'soapenv:Server',
    faultstring: text.replace('%1', variable ?? ''),
    detail: {
      [exception]: { messageId, text, ...(variable !== undefined && { variables: variable }) },
    },
  };
}
