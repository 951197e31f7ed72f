// The whole path through a foreign client: a message is sent, arrives, is asked for, and is charged for once.
import { beforeAll, describe, expect, test } from '@jest/globals';
import type { Client } from 'soap';
import { type VirtualClock, virtualClock } from '../../src/sandbox/time/clock';
import { START } from '../support/test-sandbox';
import {
  call,
  callFailing,
  connect,
  type RunningEmulator,
  serviceOf,
  startEmulator,
} from './foreign-client';

const FIRST = 'tel:+15550100';
const SECOND = 'tel:+15550101';
const CONFIGURATION = {
  messaging: { outcomes: [{ address: SECOND, outcome: 'impossible' as const }] },
};

let clock: VirtualClock;
let emulator: RunningEmulator;
let charging: Client;

beforeAll(async () => {
  clock = virtualClock(START);
  emulator = await startEmulator({ clock, configuration: CONFIGURATION });
  charging = await connect(emulator, serviceOf(emulator, 'AmountCharging'));
});

let codes = 0;

function charge(endUserIdentifier: string, confirmationRefs: readonly string[]) {
  codes += 1;
  return {
    endUserIdentifier,
    charge: { description: 'Quiz', currency: 'EUR', amount: '0.50' },
    referenceCode: `quiz-${codes}`,
    confirmationRefs,
  };
}

const INVALID = {
  status: 500,
  detail: { PolicyException: expect.objectContaining({ messageId: 'POL0253' }) },
};

describe.each([
  ['SendSms', 'sendSms', 'getSmsDeliveryStatus', { message: 'Who scored?' }],
  ['SendMessage', 'sendMessage', 'getMessageDeliveryStatus', { subject: 'A goal' }],
] as const)('%s', (interfaceName, send, status, content) => {
  test('send, wait, ask, charge', async () => {
    const messaging = await connect(emulator, serviceOf(emulator, interfaceName));
    const addresses = [FIRST, SECOND];
    const sent = await call(messaging, send, { addresses, ...content });
    const { result: requestIdentifier } = sent.result as { readonly result: string };
    const states = async () => {
      const { result } = await call(messaging, status, { requestIdentifier });
      return (result as { result: readonly { deliveryStatus: string }[] }).result.map(
        ({ deliveryStatus }) => deliveryStatus,
      );
    };

    expect(await states()).toEqual(['DeliveredToNetwork', 'DeliveredToNetwork']);
    const early = await callFailing(charging, 'chargeAmount', charge(FIRST, [requestIdentifier]));
    expect(early).toMatchObject(INVALID);

    clock.advance(1_000);
    expect(await states()).toEqual(['DeliveredToTerminal', 'DeliveryImpossible']);
    const missed = await callFailing(charging, 'chargeAmount', charge(SECOND, [requestIdentifier]));
    expect(missed).toMatchObject(INVALID);

    await call(charging, 'chargeAmount', charge(FIRST, [requestIdentifier]));
    expect(emulator.records.at(-1)).toMatchObject({ status: 200 });
    const again = await callFailing(charging, 'chargeAmount', charge(FIRST, [requestIdentifier]));
    expect(again).toMatchObject(INVALID);
    expect(emulator.sandbox().ledger.read.billEntries(SECOND)).toEqual([]);
  });
});

describe('where the pure standard is chosen', () => {
  test.each([
    [false, { status: 200 }],
    [true, { status: 500, fault: 'Client' }],
  ])('strict %s', async (strict, expected) => {
    const pure = await startEmulator({ confirmationRefs: [] });
    const document = await fetch(`${pure.url}/parlayx_payment_amount_charging_interface_4_0.wsdl`);
    expect(await document.text()).not.toContain('confirmationRefs');

    // A client of the extended interface meets a gateway that does not have it.
    const endpoint = strict ? await startEmulator({ confirmationRefs: [], strict }) : pure;
    charging.setEndpoint(`${endpoint.url}/AmountChargingService/services/AmountCharging`);
    const request = { ...charge(FIRST, ['SMS1']), charge: { description: 'Quiz', amount: '1' } };
    if (strict) await callFailing(charging, 'chargeAmount', request);
    else await call(charging, 'chargeAmount', request);
    const record = endpoint.records.at(-1);
    expect(record).toMatchObject(expected);
    expect(record?.deviations).toContainEqual(
      expect.objectContaining({ name: 'extra.element', where: 'chargeAmount/confirmationRefs' }),
    );
  });
});
