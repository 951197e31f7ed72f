// One evening of a content provider, told through a foreign client: a match is sold by reservation, in parts, with extra
// time, a release and a partial refund (clauses 4, 8.1, 8.3), and the money is where it belongs afterwards.
import { beforeAll, describe, expect, test } from '@jest/globals';
import type { Client } from 'soap';
import { type VirtualClock, virtualClock } from '../../src/sandbox/time/clock';
import { PAYER } from '../support/samples';
import { EURO } from '../support/tariffs';
import { START } from '../support/test-sandbox';
import {
  call,
  callFailing,
  connect,
  type RunningEmulator,
  serviceOf,
  startEmulator,
} from './foreign-client';

let clock: VirtualClock;
let emulator: RunningEmulator;
let reserving: Client;
let charging: Client;
let reservationIdentifier: string;

const MINUTE = 60_000;

beforeAll(async () => {
  clock = virtualClock(START);
  emulator = await startEmulator({
    clock,
    seed: { subscribers: [{ address: PAYER, wallets: [{ balance: '20.00' }] }] },
  });
  reserving = await connect(emulator, serviceOf(emulator, 'ReserveAmountCharging'));
  charging = await connect(emulator, serviceOf(emulator, 'AmountCharging'));
});

function euros(): { available: number; held: number; charged: number } {
  const [wallet] = emulator.sandbox().ledger.read.wallets(PAYER);
  if (wallet === undefined) throw new Error('the viewer has no wallet');
  const { credits, debits, held } = wallet;
  return {
    available: Number((credits - debits - held) / EURO),
    held: Number(held / EURO),
    charged: Number(debits / EURO),
  };
}

function charge(description: string, amount: string) {
  return { charge: { description, currency: 'EUR', amount } };
}

function capture(description: string, amount: string, referenceCode: string) {
  return { reservationIdentifier, ...charge(description, amount), referenceCode };
}

describe('an evening with a match', () => {
  test('8.3.1 before kick-off ten euros are reserved', async () => {
    const { result } = await call(reserving, 'reserveAmount', {
      endUserIdentifier: PAYER,
      ...charge('Cup final, live', '10.00'),
    });
    reservationIdentifier = (result as { result: string }).result;
    expect(euros()).toEqual({ available: 10, held: 10, charged: 0 });
  });

  test('8.3.3 the first half is charged when it has been watched', async () => {
    clock.advance(20 * MINUTE);
    await call(reserving, 'chargeReservation', capture('First half', '5.00', 'half-1'));
    expect(euros()).toEqual({ available: 10, held: 5, charged: 5 });
  });

  test('8.3.2 extra time: more is reserved, for longer', async () => {
    await call(reserving, 'reserveAdditionalAmount', {
      reservationIdentifier,
      ...charge('Extra time', '4.00'),
    });
    clock.advance(30 * MINUTE);
    expect(euros()).toEqual({ available: 6, held: 9, charged: 5 });
  });

  test('8.3.3 no more can be charged than is reserved', async () => {
    const fault = await callFailing(
      reserving,
      'chargeReservation',
      capture('Too much', '9.01', 'half-2'),
    );
    expect(fault.detail).toEqual({
      ServiceException: expect.objectContaining({ messageId: 'SVC0270' }),
    });
    await call(reserving, 'chargeReservation', capture('Second half', '5.00', 'half-2'));
    expect(euros()).toEqual({ available: 6, held: 4, charged: 10 });
  });

  test('8.3.4 there is no extra time after all: the rest is released', async () => {
    await call(reserving, 'releaseReservation', { reservationIdentifier });
    expect(euros()).toEqual({ available: 10, held: 0, charged: 10 });
    const fault = await callFailing(reserving, 'releaseReservation', { reservationIdentifier });
    expect(fault.faultstring).toBe('Invalid input value for message part reservationIdentifier');
  });

  test('8.1.2 the picture froze for a while: a tenth is refunded', async () => {
    await call(charging, 'refundAmount', {
      endUserIdentifier: PAYER,
      ...charge('Picture froze', '1.00'),
      referenceCode: 'refund-1',
    });
    expect(euros()).toEqual({ available: 11, held: 0, charged: 10 });
  });

  test('the bill has one entry for the match and one for the refund, the provider the difference', () => {
    const { read } = emulator.sandbox().ledger;
    expect(
      read.billEntries(PAYER).map(({ kind, amount, texts }) => [kind, amount / EURO, texts]),
    ).toEqual([
      ['charge', 10n, ['Cup final, live', 'First half', 'Extra time', 'Second half']],
      ['refund', 1n, ['Picture froze']],
    ]);
    expect(read.applicationBalances('anonymous')).toEqual([
      { currency: 'EUR', balance: 9n * EURO },
    ]);
  });
});
