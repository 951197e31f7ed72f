// A ledger that is out of service since a commit failed: what it tells, when it tries again, how it comes back.
import { existsSync, renameSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import type Database from 'better-sqlite3';
import { decide } from '../../../src/ledger/decide';
import { keysOf } from '../../../src/ledger/keys';
import { Refusal } from '../../../src/ledger/refusal';
import { LEDGER_LIMITS } from '../../../src/limits';
import { openDatabase } from '../../../src/store/database';
import { ALICE, accepted, charge, ledgerFile, refused, START, testLedger } from './support';

const PAUSE = LEDGER_LIMITS.reopenPauseMs;
const GONE = /^The ledger is out of service since a commit failed\. The ledger .* is not there any/;

/** A ledger whose commit fails with the reference code `bad`, after `breaking` what its next opening needs. */
function fragileLedger(location: string, breaking: () => void = () => {}) {
  let database: Database.Database | undefined;
  const openings = { count: 0 };
  const fragile = testLedger({
    location,
    open: (...call) => {
      openings.count += 1;
      const opened = openDatabase(...call);
      database = opened.database;
      return opened;
    },
    rules: {
      keysOf,
      decide: (view, command, now) => {
        if (command.kind !== 'charge' || command.reference.code !== 'bad')
          return decide(view, command, now);
        breaking();
        // Then COMMIT has nothing to commit, which is all that the ledger can know.
        database?.exec('ROLLBACK');
        return new Refusal('internal_error', 'broken');
      },
    },
  });
  return { ...fragile, openings };
}

/** One with a charge in it whose file is away since its commit failed. */
async function ledgerInTrouble() {
  const file = ledgerFile();
  const away = `${file}.away`;
  const fragile = fragileLedger(file, () => renameSync(file, away));
  await accepted(fragile.ledger.submit(charge(ALICE, 1n, 'a')));
  expect(await refused(fragile.ledger.submit(charge(ALICE, 1n, 'bad')))).toBe('outcome_unknown');
  return { ...fragile, file, putBack: () => renameSync(away, file) };
}

test('a ledger that can be opened again at once is in no trouble', async () => {
  const { ledger, openings } = fragileLedger(ledgerFile());
  expect(ledger.trouble()).toBeUndefined();
  expect(await refused(ledger.submit(charge(ALICE, 1n, 'bad')))).toBe('outcome_unknown');
  expect(ledger.trouble()).toBeUndefined();
  await accepted(ledger.submit(charge(ALICE, 1n, 'a')));
  expect(openings.count).toBe(2);
});

describe('out of service', () => {
  test('it says why, is busy, and begins no new ledger in the place of one that is away', async () => {
    const { ledger, clock, file } = await ledgerInTrouble();
    for (const _try of [1, 2]) {
      expect(ledger.trouble()).toMatch(GONE);
      expect(await ledger.submit(charge(ALICE, 1n))).toEqual(
        new Refusal('busy', expect.stringMatching(GONE) as unknown as string),
      );
      await expect(ledger.tick()).rejects.toThrow(GONE);
      expect(() => ledger.read).toThrow(/is not open/);
      expect(existsSync(file)).toBe(false);
      clock.now += PAUSE;
    }
  });

  test.each<[string, readonly number[], number]>([
    ['none within the pause', [0, 1, PAUSE - 2], 0],
    ['one when the pause is over', [PAUSE], 1],
    ['one a pause, however many ask', [PAUSE, 0, PAUSE - 1, 1, 0], 2],
    ['one when the clock was set back', [-1], 1],
  ])('tries to open: %s', async (_when, steps, tries) => {
    const { ledger, clock, openings } = await ledgerInTrouble();
    expect(openings.count).toBe(2);
    for (const step of steps) {
      clock.now += step;
      expect(await refused(ledger.submit(charge(ALICE, 1n)))).toBe('busy');
    }
    expect(openings.count).toBe(2 + tries);
  });

  test.each<[string, (ledger: ReturnType<typeof testLedger>['ledger']) => unknown]>([
    ['a command', (ledger) => accepted(ledger.submit(charge(ALICE, 1n, 'b')))],
    ['a tick', (ledger) => ledger.tick()],
    ['the question for its trouble', (ledger) => ledger.trouble()],
  ])('with its file back in place it serves again with %s', async (_what, ask) => {
    const { ledger, clock, putBack, defects } = await ledgerInTrouble();
    const told = defects.length;
    putBack();
    expect(ledger.trouble()).toMatch(GONE);
    clock.now += PAUSE;
    await ask(ledger);
    expect(ledger.trouble()).toBeUndefined();
    await accepted(ledger.submit(charge(ALICE, 1n, 'c')));
    const codes = ledger.read.transactions().flatMap(({ referenceCode: code }) => code ?? []);
    expect([codes[0], codes.at(-1), codes.includes('bad')]).toEqual(['a', 'c', false]);
    expect(ledger.audit()).toEqual([]);
    expect(defects.length).toBe(told);
  });

  test('it can be closed, and is in no trouble then', async () => {
    const { ledger, file, putBack, clock } = await ledgerInTrouble();
    await ledger.close();
    expect(ledger.trouble()).toBeUndefined();
    putBack();
    clock.now += PAUSE;
    expect(ledger.trouble()).toBeUndefined();
    expect(testLedger({ location: file }).ledger.read.counts().referenceUses).toBe(1);
  });

  test('a ledger in memory stays so: what it held is lost', async () => {
    const { ledger, clock, openings } = fragileLedger(':memory:');
    await accepted(ledger.submit(charge(ALICE, 1n, 'a')));
    expect(await refused(ledger.submit(charge(ALICE, 1n, 'bad')))).toBe('outcome_unknown');
    for (const now of [START, START + PAUSE, START - PAUSE]) {
      clock.now = now;
      expect(await refused(ledger.submit(charge(ALICE, 1n)))).toBe('busy');
      expect(ledger.trouble()).toBe(
        'What the ledger held in memory is lost since a commit failed: start it again.',
      );
    }
    expect(openings.count).toBe(1);
  });
});
