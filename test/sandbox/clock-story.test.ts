// Time as a tester moves it: what runs out while the clock is moved has run out when the move is over.
import { describe, expect, test } from '@jest/globals';
import {
  capture,
  charge,
  emulated,
  FAN,
  funds,
  MINUTE,
  receiver,
  release,
  reserve,
  sendSms,
} from './support';

test('reserved, moved on, run out, funds back: by one client, in one go', async () => {
  const emulator = await emulated();
  const { url, clock, ledger } = emulator.sandbox();
  await clock.freeze();
  const start = clock.now();
  const identifier = await reserve(url, '20');
  expect(funds(emulator.sandbox())).toEqual([50, 20]);
  expect((await capture(url, identifier, '5')).status).toBe(200);

  expect(await clock.advance(29 * MINUTE)).toEqual([]);
  expect((await capture(url, identifier, '5')).status).toBe(200);
  expect(clock.status()).toMatchObject({ mode: 'frozen', nextDue: start + 30 * MINUTE });

  expect(await clock.advance({ metric: 'Minute', units: 1 })).toEqual([
    { at: start + 30 * MINUTE, kind: 'reservation.expired', id: identifier },
  ]);
  expect(funds(emulator.sandbox())).toEqual([40, 0]);
  expect(ledger.read.billEntries(FAN)).toMatchObject([{ at: start + 30 * MINUTE }]);
  const late = await release(url, identifier);
  expect([late.status, late.text]).toEqual([500, expect.stringContaining('SVC0002')]);
  expect(ledger.audit()).toEqual([]);
});

test('what runs out together or apart is told in its order', async () => {
  const emulator = await emulated();
  const { url, clock } = emulator.sandbox();
  await clock.freeze();
  const start = clock.now();
  const first = await reserve(url, '1');
  const together = await reserve(url, '2');
  await clock.advance(MINUTE);
  const last = await reserve(url, '3');
  expect(await clock.advance(365 * 24 * 60 * MINUTE)).toEqual([
    { at: start + 30 * MINUTE, kind: 'reservation.expired', id: first },
    { at: start + 30 * MINUTE, kind: 'reservation.expired', id: together },
    { at: start + 31 * MINUTE, kind: 'reservation.expired', id: last },
  ]);
});

test('what came to the ledger by no request runs out with the rest', async () => {
  const emulator = await emulated();
  const { clock, ledger } = emulator.sandbox();
  await ledger.submit({
    kind: 'reserve',
    application: 'shop',
    subscriber: FAN,
    currency: 'EUR',
    amount: 20_000_000n,
    texts: { notes: [] },
    duration: { metric: 'Minute', units: 30 },
  });
  expect(await clock.advance(30 * MINUTE)).toHaveLength(1);
});

test('a fast clock lets reservations run out soon', async () => {
  const emulator = await emulated();
  const { url, clock, ledger } = emulator.sandbox();
  await clock.scale(100_000);
  await reserve(url, '20');
  while (ledger.nextExpiry() !== undefined) await new Promise((resolve) => setImmediate(resolve));
  expect(funds(emulator.sandbox())).toEqual([50, 0]);
});

test('receipts that fall due on the way have been sent when the clock has arrived', async () => {
  const application = await receiver();
  const emulator = await emulated();
  const { url, clock } = emulator.sandbox();
  await clock.freeze();
  const start = clock.now();
  const id = await sendSms(url, application.url);
  expect(await clock.advance(MINUTE)).toEqual([{ at: start + 1_000, kind: 'receipt.sent', id }]);
  expect(application.received).toEqual([expect.stringContaining('DeliveredToTerminal')]);
});

test('a receipt that nobody takes is tried as the clock goes, and then given up', async () => {
  const emulator = await emulated();
  const { url, clock } = emulator.sandbox();
  await clock.freeze();
  const start = clock.now();
  const id = await sendSms(url, 'http://127.0.0.1:1/');
  expect(await clock.advance(MINUTE)).toEqual([{ at: start + 21_000, kind: 'receipt.lost', id }]);
});

describe('each sandbox has a time of its own', () => {
  test('that another one does not share', async () => {
    const emulator = await emulated();
    const [one, other] = [emulator.sandbox('one'), emulator.sandbox('other')];
    await reserve(one.url, '20');
    await reserve(other.url, '20');
    expect(await one.clock.advance(31 * MINUTE)).toHaveLength(1);
    expect([funds(one), funds(other)]).toEqual([
      [50, 0],
      [50, 20],
    ]);
  });

  test('which a reset takes back no further than the ledger lets it', async () => {
    const emulator = await emulated();
    const { url, clock, reset } = emulator.sandbox();
    await clock.advance(365 * 24 * 60 * MINUTE);
    await charge(url, '1');
    reset(['clock']);
    expect(clock.status().mode).toBe('offset');
    const identifier = await reserve(url, '20');
    expect(await clock.advance(30 * MINUTE)).toMatchObject([{ id: identifier }]);
    reset(['clock', 'accounts']);
    expect(clock.status()).toMatchObject({ mode: 'real', offsetMs: 0 });
  });
});
