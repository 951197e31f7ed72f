// Sixteen foreign clients at once on one account: every answer belongs to its request, and no cent is lost or made.
import { beforeAll, expect, test } from '@jest/globals';
import type { Client } from 'soap';
import { PAYER } from '../support/samples';
import { EURO } from '../support/tariffs';
import {
  call,
  callFailing,
  connect,
  type RunningEmulator,
  serviceOf,
  startEmulator,
} from './foreign-client';

const CLIENTS = 16;
const ROUNDS = 10;

let emulator: RunningEmulator;
let clients: readonly { readonly charging: Client; readonly reserving: Client }[];

beforeAll(async () => {
  emulator = await startEmulator({
    seed: { subscribers: [{ address: PAYER, wallets: [{ balance: '400.00' }] }] },
  });
  clients = await Promise.all(
    Array.from({ length: CLIENTS }, async () => ({
      charging: await connect(emulator, serviceOf(emulator, 'AmountCharging')),
      reserving: await connect(emulator, serviceOf(emulator, 'ReserveAmountCharging')),
    })),
  );
});

function charge(amount: string) {
  return { charge: { description: 'parallel', currency: 'EUR', amount } };
}

function charged(): bigint {
  const [wallet] = emulator.sandbox().ledger.read.wallets(PAYER);
  return (wallet?.debits ?? 0n) / EURO;
}

test('charges and refunds of one euro each: 160 charged, 160 given back', async () => {
  await Promise.all(
    clients.map(async ({ charging }, client) => {
      for (let round = 0; round < ROUNDS; round += 1) {
        const parts = {
          endUserIdentifier: PAYER,
          ...charge('1'),
          referenceCode: `${client}-${round}`,
        };
        await call(charging, 'chargeAmount', parts);
        await call(charging, 'refundAmount', parts);
      }
    }),
  );
  expect(charged()).toBe(BigInt(CLIENTS * ROUNDS));
  expect(emulator.sandbox().ledger.read.applicationBalances('anonymous')).toEqual([
    { currency: 'EUR', balance: 0n },
  ]);
});

test('everyone reserves, charges and releases a reservation of their own', async () => {
  const identifiers = await Promise.all(
    clients.map(async ({ reserving }, client) => {
      const { result } = await call(reserving, 'reserveAmount', {
        endUserIdentifier: PAYER,
        ...charge('20'),
      });
      const { result: reservationIdentifier } = result as { result: string };
      const parts = { reservationIdentifier, ...charge('5'), referenceCode: `capture-${client}` };
      await call(reserving, 'chargeReservation', parts);
      await call(reserving, 'releaseReservation', { reservationIdentifier });
      return reservationIdentifier;
    }),
  );
  expect(new Set(identifiers).size).toBe(CLIENTS);
  expect(charged()).toBe(BigInt(CLIENTS * ROUNDS + CLIENTS * 5));
});

test('more than there is, asked by all at once: exactly as many succeed as can be paid', async () => {
  const [wallet] = emulator.sandbox().ledger.read.wallets(PAYER);
  const available = ((wallet?.credits ?? 0n) - (wallet?.debits ?? 0n)) / EURO;
  const price = 50n;
  const outcomes = await Promise.all(
    clients.map(async ({ charging }, client) => {
      const parts = {
        endUserIdentifier: PAYER,
        ...charge(`${price}`),
        referenceCode: `rush-${client}`,
      };
      return call(charging, 'chargeAmount', parts).then(
        () => 'paid',
        () => 'refused',
      );
    }),
  );
  expect(outcomes.filter((outcome) => outcome === 'paid').length).toBe(Number(available / price));
  const last = { endUserIdentifier: PAYER, ...charge(`${price}`), referenceCode: 'last' };
  const fault = await callFailing(clients[0]!.charging, 'chargeAmount', last);
  expect(fault.detail).toEqual({
    ServiceException: expect.objectContaining({ messageId: 'SVC0270' }),
  });
});
