// The digest: one number for a state, whatever it is stored in and however often it was opened.
import { describe, expect, test } from '@jest/globals';
import type { Command } from '../../../src/ledger/commands';
import {
  ALICE,
  accepted,
  BOB,
  capture,
  charge,
  ledgerFile,
  MINUTE,
  opened,
  refund,
  refused,
  release,
  reserve,
  reserveVolume,
  START,
  split,
  type TestLedger,
  testLedger,
} from './support';

async function play({ ledger, clock }: TestLedger): Promise<void> {
  await accepted(ledger.submit(charge(ALICE, 5n, 'a')));
  await accepted(
    ledger.submit(
      split(
        [
          [ALICE, 2n],
          [BOB, 1n],
        ],
        'b',
      ),
    ),
  );
  clock.now += MINUTE;
  await accepted(ledger.submit(refund(BOB, 1n, 'c')));
  const identifier = await opened(ledger, reserve(ALICE, 10n));
  await accepted(ledger.submit(capture(identifier, 4n, 'd')));
  await opened(ledger, reserveVolume(BOB, 10n, 10_000n));
  await accepted(ledger.submit(release(identifier)));
  clock.now += 60 * MINUTE;
  await refused(ledger.submit(charge(BOB, 5_000n, 'e')));
}

test('is the same in memory, in a file and after opening that again', async () => {
  const memory = testLedger();
  await play(memory);
  const location = ledgerFile();
  const file = testLedger({ location });
  await play(file);
  expect(file.ledger.digest()).toBe(memory.ledger.digest());
  await file.ledger.close();
  expect(testLedger({ location, clock: file.clock }).ledger.digest()).toBe(memory.ledger.digest());
  expect(memory.ledger.digest()).toMatch(/^[0-9a-f]{64}$/);
});

test('is the same whether commands arrive one by one or together', async () => {
  const commands = Array.from({ length: 200 }, (_, index) =>
    charge(`tel:+1666${index % 7}`, 1n, `c${index % 50}`),
  );
  const single = testLedger();
  for (const command of commands) await single.ledger.submit(command);
  const together = testLedger({ location: ledgerFile() });
  await Promise.all(commands.map((command) => together.ledger.submit(command)));
  expect(together.ledger.digest()).toBe(single.ledger.digest());
});

test('is the same whether a timer closed what was due or a later command did', async () => {
  const timed = testLedger();
  const late = testLedger();
  for (const { ledger } of [timed, late]) await opened(ledger, reserve(ALICE, 1n));
  timed.clock.now += 30 * MINUTE + 7;
  await timed.ledger.tick();
  for (const { ledger, clock } of [timed, late]) {
    clock.now = START + 60 * MINUTE;
    await accepted(ledger.submit(charge(ALICE, 1n)));
  }
  expect(late.ledger.digest()).toBe(timed.ledger.digest());
});

describe('is the same', () => {
  test.each<[string, (game: TestLedger) => Promise<unknown>]>([
    ['when only time has gone on', ({ ledger }) => ledger.tick()],
    ['after a refusal', ({ ledger }) => refused(ledger.submit(charge(BOB, 5_000n, 'z')))],
    ['after a rehearsal', ({ ledger }) => ledger.rehearse(charge('tel:+15550009', 1n, 'z'))],
  ])('%s', async (_what, change) => {
    const game = testLedger();
    await play(game);
    await game.ledger.tick();
    const before = game.ledger.digest();
    game.clock.now += 1;
    await change(game);
    expect(game.ledger.read.ledgerTime()).toBe(game.clock.now);
    expect(game.ledger.digest()).toBe(before);
  });
});

describe('differs', () => {
  test.each<[string, (game: TestLedger) => Promise<unknown>]>([
    ['after one more charge', ({ ledger }) => ledger.submit(charge(ALICE, 1n, 'z'))],
    [
      'after one more subscriber',
      ({ ledger }) =>
        ledger.submit({ kind: 'provision', subscriber: 'tel:+15550009', status: 'barred' }),
    ],
  ])('%s', async (_what, change) => {
    const game = testLedger();
    await play(game);
    const before = game.ledger.digest();
    expect(game.ledger.digest()).toBe(before);
    await change(game);
    expect(game.ledger.digest()).not.toBe(before);
  });
});

test('tells neighbouring columns apart', async () => {
  const digests = [
    { volume: 1n, unit: '2 events' },
    { volume: 12n, unit: ' events' },
  ].map(async (measure) => {
    const { ledger } = testLedger();
    await accepted(ledger.submit({ ...charge(ALICE, 1n), measure } as Command));
    return ledger.digest();
  });
  const [one, other] = await Promise.all(digests);
  expect(one).not.toBe(other);
});
