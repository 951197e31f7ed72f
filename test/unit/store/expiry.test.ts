// Reservations whose time has come: closed by data, in order, before anything else, however late the timer is.
import { copyFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import { Refusal } from '../../../src/ledger/refusal';
import { identifierOf } from '../../../src/ledger/reservation-identifier';
import { LEDGER_LIMITS } from '../../../src/limits';
import type { Ledger } from '../../../src/store/ledger';
import {
  ALICE,
  accepted,
  BOB,
  capture,
  charge,
  enlarge,
  ledgerFile,
  MINUTE,
  opened,
  refused,
  release,
  reserve,
  START,
  testLedger,
  UNIT,
} from './support';

describe('a capture', () => {
  test.each([
    ['one millisecond before the time', -1, 'accepted', 'open'],
    ['at the time', 0, 'reservation_not_open', 'expired'],
    ['after the time', MINUTE, 'reservation_not_open', 'expired'],
  ])('%s', async (_when, offset, outcome, state) => {
    const { ledger, clock } = testLedger();
    const identifier = await opened(ledger, reserve(ALICE, 5n));
    clock.now += 30 * MINUTE + offset;
    const decided = ledger.submit(capture(identifier, 2n));
    if (outcome === 'accepted') await accepted(decided);
    else expect(await refused(decided)).toBe(outcome);
    expect(ledger.read.reservations()).toMatchObject([{ state }]);
    expect(ledger.audit()).toEqual([]);
  });
});

test('what expires returns what was not captured and bills what was', async () => {
  const { ledger, clock } = testLedger();
  const identifier = await opened(ledger, reserve(ALICE, 5n));
  await accepted(ledger.submit(capture(identifier, 2n)));
  clock.now += MINUTE * 45;
  expect(await ledger.tick()).toEqual([identifier]);
  expect(ledger.read.wallets(ALICE)).toMatchObject([{ held: 0n, debits: 2n * UNIT }]);
  expect(ledger.read.billEntries(ALICE)).toMatchObject([
    { amount: 2n * UNIT, at: START + 30 * MINUTE, texts: ['session', 'part'] },
  ]);
  expect(ledger.read.transactions().at(-1)).toMatchObject({
    kind: 'expire',
    at: START + 30 * MINUTE,
  });
  expect(ledger.read.ledgerTime()).toBe(START + 45 * MINUTE);
});

test('several are closed in order of time, then of opening, each at its own instant', async () => {
  const { ledger, clock } = testLedger();
  const identifiers: string[] = [];
  for (const minutes of [30, 10, 20, 10])
    identifiers.push(await opened(ledger, reserve(ALICE, 1n, minutes)));
  const [a, b, c, d] = identifiers;
  clock.now += 25 * MINUTE;
  expect(await ledger.tick()).toEqual([b, d, c]);
  expect(
    ledger.read
      .transactions()
      .slice(-3)
      .map(({ at }) => at - START),
  ).toEqual([10 * MINUTE, 10 * MINUTE, 20 * MINUTE]);
  expect(ledger.nextExpiry()).toBe(START + 30 * MINUTE);
  clock.now += 5 * MINUTE;
  expect(await ledger.tick()).toEqual([a]);
  expect(await ledger.tick()).toEqual([]);
  expect(ledger.nextExpiry()).toBeUndefined();
});

test('nothing that has expired comes back with a clock that goes back', async () => {
  const { ledger, clock } = testLedger();
  const identifier = await opened(ledger, reserve(ALICE, 1n));
  clock.now += 30 * MINUTE;
  expect(await refused(ledger.submit(capture(identifier, 5n)))).toBe('reservation_not_open');
  clock.now -= 30 * MINUTE;
  expect(await refused(ledger.submit(capture(identifier, 1n)))).toBe('reservation_not_open');
});

test('a refused command expires what is due for the commands after it', async () => {
  const { ledger, clock } = testLedger({ terms: { openingBalance: () => 5n * UNIT } });
  await opened(ledger, reserve(ALICE, 5n));
  clock.now += 30 * MINUTE;
  expect(await refused(ledger.submit(charge(BOB, 6n)))).toBe('insufficient_funds');
  expect(ledger.read.wallets(ALICE)).toMatchObject([{ held: 0n }]);
  await accepted(ledger.submit(charge(ALICE, 5n)));
});

test.each([
  [
    'extended',
    (ledger: Ledger, identifier: string) => ledger.submit(enlarge(identifier, 0n, 30)),
    START + 60 * MINUTE,
  ],
  [
    'released',
    (ledger: Ledger, identifier: string) => ledger.submit(release(identifier)),
    undefined,
  ],
])('the next expiry follows a reservation that is %s', async (_how, change, next) => {
  const { ledger, clock } = testLedger();
  const identifier = await opened(ledger, reserve(ALICE, 1n));
  expect(ledger.nextExpiry()).toBe(START + 30 * MINUTE);
  await accepted(change(ledger, identifier));
  expect(ledger.nextExpiry()).toBe(next);
  clock.now += 40 * MINUTE;
  expect(await ledger.tick()).toEqual([]);
  expect(ledger.nextExpiry()).toBe(next);
});

test('a reservation expires between two commands of one batch', async () => {
  const clock = stepping(START);
  const { ledger } = testLedger({ clock });
  const identifier = await opened(ledger, reserve(ALICE, 5n));
  clock.at = START + 30 * MINUTE - 3;
  clock.step = 1;
  const captures = ['a', 'b', 'c', 'd'].map((code) => ledger.submit(capture(identifier, 1n, code)));
  expect((await Promise.all(captures)).map((decision) => decision instanceof Refusal)).toEqual([
    false,
    false,
    true,
    true,
  ]);
  expect(ledger.audit()).toEqual([]);
});

test('an opening after the time closes before it serves', async () => {
  const location = ledgerFile();
  const first = testLedger({ location });
  const identifier = await opened(first.ledger, reserve(ALICE, 1n));
  await first.ledger.close();
  const { ledger } = testLedger({ location, clock: { now: START + MINUTE * 60 } });
  expect(await refused(ledger.submit(capture(identifier, 1n)))).toBe('reservation_not_open');
});

describe('more at one instant than one transaction may close', () => {
  const COUNT = LEDGER_LIMITS.expiriesPerTransaction * 2 + 500;
  const IDENTIFIERS = Array.from({ length: COUNT }, (_, index) => identifierOf(index + 2));
  const terms = { openingBalance: () => 10n ** 15n };

  async function crowded(location = ':memory:') {
    const crowd = testLedger({ location, terms });
    const command = reserve(ALICE, 1n);
    await Promise.all(Array.from({ length: COUNT }, () => accepted(crowd.ledger.submit(command))));
    crowd.clock.now += 30 * MINUTE;
    return crowd;
  }

  test('are closed in order, in several transactions between which others run', async () => {
    const { ledger } = await crowded();
    const open: number[] = [];
    const done = ledger.tick();
    for (let turn = 0; turn < 3; turn += 1) {
      await setImmediate();
      open.push(ledger.read.counts().openReservations);
    }
    expect(open).toEqual([1_500, 500, 0]);
    expect(await done).toEqual(IDENTIFIERS);
    expect(ledger.audit()).toEqual([]);
  });

  test('are all closed before the command that waits', async () => {
    const { ledger } = await crowded();
    const [charged] = await Promise.all([
      accepted(ledger.submit(charge(ALICE, 1n))),
      ledger.tick(),
    ]);
    expect(charged.wallets).toMatchObject([{ held: 0n }]);
    expect(ledger.read.transactions().at(-1)).toMatchObject({
      kind: 'charge',
      number: 2 * COUNT + 2,
    });
  });

  test('count together however many commands of a batch they come due at', async () => {
    const clock = stepping(START);
    const { ledger } = testLedger({ clock, terms });
    const most = LEDGER_LIMITS.expiriesPerTransaction;
    const each = (minutes: number) =>
      Array.from({ length: most - 100 }, () => ledger.submit(reserve(ALICE, 1n, minutes)));
    await Promise.all([...each(10), ...each(20)]);
    clock.step = 10 * MINUTE;
    const charges = ['a', 'b'].map((code) => accepted(ledger.submit(charge(ALICE, 1n, code))));
    const open = () => ledger.read.counts().openReservations;
    for (let round = 0; round < 20 && open() === 2 * (most - 100); round += 1) await setImmediate();
    expect(open()).toBe(most - 200);
    await Promise.all(charges);
    expect(ledger.read.counts().openReservations).toBe(0);
    expect(ledger.audit()).toEqual([]);
  });

  test('are closed to the end by the next run when the process stops in between', async () => {
    const location = ledgerFile();
    const { ledger, clock } = await crowded(location);
    const done = ledger.tick();
    await setImmediate();
    const copy = join(dirname(location), 'copy.db');
    copyFileSync(location, copy);
    copyFileSync(`${location}-wal`, `${copy}-wal`);
    await done;

    const second = testLedger({ location: copy, terms, clock });
    expect(second.ledger.read.counts().openReservations).toBe(1_500);
    expect(await second.ledger.tick()).toEqual(IDENTIFIERS.slice(1_000));
    expect(second.ledger.digest()).toBe(ledger.digest());
  });
});

/** A clock that moves by `step` with every look at it. */
function stepping(at: number) {
  return {
    at,
    step: 0,
    get now() {
      this.at += this.step;
      return this.at;
    },
  };
}
