// Every answer as the XML libraries of legacy Node clients read it: with prefixes, without them, with namespaces.
import { beforeAll, describe, expect, test } from '@jest/globals';
import { XMLParser } from 'fast-xml-parser';
import { parseStringPromise, processors } from 'xml2js';
import type { Operation } from '../../src/wsdl/schema';
import { OPERATIONS } from '../support/operations';
import { partsOf } from '../support/requests';
import { type RunningEmulator, startEmulator } from './foreign-client';
import { faultOf, type RawAnswer, successOf } from './raw-http';

const COMMON = 'http://www.csapi.org/schema/parlayx/common/v4_0';

let emulator: RunningEmulator;
const successes = new Map<string, RawAnswer>();
const faults = new Map<string, RawAnswer>();

beforeAll(async () => {
  emulator = await startEmulator({ configuration: CONFIGURATION });
  for (const [key, operation] of OPERATIONS) {
    successes.set(key, await successOf(emulator, operation));
    faults.set(key, await faultOf(emulator, operation));
  }
});

const CONFIGURATION = {
  // The sample requests name evidence that nobody has issued.
  confirmation: { mode: 'off' as const },
  tariffs: [{ unit: 'messages', price: '0.10', description: 'Messages' }],
};

function textOf(answers: ReadonlyMap<string, RawAnswer>, key: string, status: number): string {
  const answer = answers.get(key);
  expect([key, answer?.status]).toEqual([key, status]);
  return answer?.text ?? '';
}

/** The result as text, whatever the schema says of it; undefined for an empty response. */
function resultOf({ response }: Operation): unknown {
  const [result] = response.type.kind === 'complex' ? response.type.elements : [];
  if (result === undefined) return undefined;
  if (result.type.kind === 'simple') return expect.stringMatching(/^\d{1,30}$/);
  return { description: 'Messages', currency: 'EUR', amount: '0.30' };
}

function faultDetail(operation: Operation): object {
  return {
    messageId: 'SVC0002',
    text: 'Invalid input value for message part %1',
    variables: partsOf(operation)[0]?.name,
  };
}

describe('xml2js', () => {
  test.each(OPERATIONS)('%s: prefixes kept', async (key, operation) => {
    const options = { explicitArray: false };
    const success = await parseStringPromise(textOf(successes, key, 200), options);
    const result = resultOf(operation);
    expect(success['soapenv:Envelope']['soapenv:Body']).toEqual({
      [`ns1:${operation.name}Response`]: {
        $: { 'xmlns:ns1': operation.request.namespace },
        ...(result !== undefined && { 'ns1:result': result }),
      },
    });

    const fault = await parseStringPromise(textOf(faults, key, 500), options);
    expect(fault['soapenv:Envelope']['soapenv:Body']['soapenv:Fault']).toEqual({
      faultcode: 'soapenv:Server',
      faultstring: `Invalid input value for message part ${partsOf(operation)[0]?.name}`,
      detail: { 'ns1:ServiceException': { $: { 'xmlns:ns1': COMMON }, ...faultDetail(operation) } },
    });
  });

  test.each(OPERATIONS)('%s: prefixes stripped', async (key, operation) => {
    const options = {
      explicitArray: false,
      ignoreAttrs: true,
      tagNameProcessors: [processors.stripPrefix],
    };
    const success = await parseStringPromise(textOf(successes, key, 200), options);
    const result = resultOf(operation);
    expect(success.Envelope.Body).toEqual({
      [`${operation.name}Response`]: result === undefined ? '' : { result },
    });

    const fault = await parseStringPromise(textOf(faults, key, 500), options);
    expect(fault.Envelope.Body.Fault.detail).toEqual({ ServiceException: faultDetail(operation) });
  });

  test.each(OPERATIONS)('%s: namespaces resolved', async (key, operation) => {
    const options = { explicitArray: false, xmlns: true };
    const success = await parseStringPromise(textOf(successes, key, 200), options);
    const response = success['soapenv:Envelope']['soapenv:Body'][`ns1:${operation.name}Response`];
    expect(response.$ns).toEqual({
      uri: operation.request.namespace,
      local: `${operation.name}Response`,
    });

    const fault = await parseStringPromise(textOf(faults, key, 500), options);
    const { detail } = fault['soapenv:Envelope']['soapenv:Body']['soapenv:Fault'];
    expect(detail['ns1:ServiceException'].$ns).toEqual({ uri: COMMON, local: 'ServiceException' });
    expect(detail['ns1:ServiceException'].messageId.$ns).toEqual({ uri: '', local: 'messageId' });
  });
});

describe('fast-xml-parser', () => {
  test.each(OPERATIONS)('%s: prefixes kept', (key, operation) => {
    const parser = new XMLParser({ ignoreAttributes: false, parseTagValue: false });
    const result = resultOf(operation);
    expect(parser.parse(textOf(successes, key, 200))['soapenv:Envelope']['soapenv:Body']).toEqual({
      [`ns1:${operation.name}Response`]: {
        '@_xmlns:ns1': operation.request.namespace,
        ...(result !== undefined && { 'ns1:result': result }),
      },
    });
    const { 'soapenv:Fault': fault } = parser.parse(textOf(faults, key, 500))['soapenv:Envelope'][
      'soapenv:Body'
    ];
    expect(fault.detail['ns1:ServiceException']).toEqual({
      '@_xmlns:ns1': COMMON,
      ...faultDetail(operation),
    });
  });

  test.each(OPERATIONS)('%s: prefixes removed, values guessed', (key, operation) => {
    const parser = new XMLParser({ removeNSPrefix: true });
    const { Body } = parser.parse(textOf(successes, key, 200)).Envelope;
    expect(Object.keys(Body)).toEqual([`${operation.name}Response`]);
    const { Fault } = parser.parse(textOf(faults, key, 500)).Envelope.Body;
    expect(typeof Fault.faultstring).toBe('string');
    expect(Fault.detail).toEqual({ ServiceException: faultDetail(operation) });
  });
});
