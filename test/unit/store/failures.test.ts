// What a store does when something breaks under it: nothing half-done, nothing told that is not so.
import { describe, expect, test } from '@jest/globals';
import type Database from 'better-sqlite3';
import type { Command } from '../../../src/ledger/commands';
import { decide } from '../../../src/ledger/decide';
import type { Effects } from '../../../src/ledger/decision';
import { keysOf } from '../../../src/ledger/keys';
import type { Wallet } from '../../../src/ledger/model';
import { Refusal } from '../../../src/ledger/refusal';
import type { Rules } from '../../../src/store/batch';
import { openDatabase } from '../../../src/store/database';
import {
  ALICE,
  accepted,
  BOB,
  charge,
  ledgerFile,
  MINUTE,
  opened,
  refused,
  reserve,
  START,
  testLedger,
  UNIT,
} from './support';

/** The ledger's rules, but for commands with the reference code `bad`, whose effects go through `spoil`. */
function brokenRules(spoil: (effects: Effects) => Effects): Rules {
  return {
    keysOf,
    decide: (view, command, now) => {
      const decision = decide(view, command, now);
      const isBad = command.kind === 'charge' && command.reference.code === 'bad';
      return isBad && !(decision instanceof Refusal) ? spoil(decision) : decision;
    },
  };
}

function withTransfers(effects: Effects, change: (amount: bigint) => bigint): Effects {
  return {
    ...effects,
    transactions: effects.transactions.map((transaction) => ({
      ...transaction,
      transfers: transaction.transfers.map((transfer) => ({
        ...transfer,
        amount: change(transfer.amount),
      })),
    })),
  };
}

function withWallets(effects: Effects, change: (wallet: Wallet) => Wallet): Effects {
  return { ...effects, wallets: effects.wallets.map(change) };
}

describe('a command that fails while it is applied is the only one refused', () => {
  test.each<[string, (effects: Effects) => Effects, RegExp]>([
    [
      'the rules throw',
      () => {
        throw new Error('assertion failed');
      },
      /assertion failed/,
    ],
    ['a transfer of nothing', (effects) => withTransfers(effects, () => 0n), /CHECK constraint/],
    [
      'a transfer beyond 64 bits',
      (effects) => withTransfers(effects, () => 2n ** 64n),
      /bigint is too big/,
    ],
    [
      'a wallet below its limit',
      (effects) => withWallets(effects, (wallet) => ({ ...wallet, debits: wallet.credits + 1n })),
      /credits - debits - held/,
    ],
    ['a wallet that nobody opened', (effects) => ({ ...effects, wallets: [] }), /no wallet/],
    [
      'a wallet of nobody',
      (effects) => ({ ...effects, subscribers: [], wallets: effects.wallets }),
      /unknown tel/,
    ],
    [
      'a bill for a session that is not there',
      (effects) => ({ ...effects, bill: effects.bill.map((entry) => ({ ...entry, session: 99 })) }),
      /FOREIGN KEY/,
    ],
    [
      'a reference used twice',
      ({ referenceUse: use, ...effects }) =>
        use === undefined ? effects : { ...effects, referenceUse: { ...use, code: 'a' } },
      /UNIQUE constraint/,
    ],
  ])('%s', async (_what, spoil, cause) => {
    const { ledger, defects } = testLedger({
      location: ledgerFile(),
      rules: brokenRules(spoil),
    });
    const commands = ['a', 'b', 'bad', 'c'].map((code) =>
      charge(code === 'bad' ? BOB : ALICE, 1n, code),
    );
    const decisions = await Promise.all(commands.map((command) => ledger.submit(command)));

    expect(decisions.map((decision) => decision instanceof Refusal)).toEqual([
      false,
      false,
      true,
      false,
    ]);
    expect(defects.map(({ error }) => String(error))).toEqual([expect.stringMatching(cause)]);
    const reference = defects[0]?.reference;
    expect(decisions[2]).toEqual(
      new Refusal(
        'internal_error',
        `the command failed and was undone: error ${reference}`,
        reference,
      ),
    );
    expect(
      ledger.read.transactions().map(({ number, referenceCode }) => [number, referenceCode]),
    ).toEqual([
      [1, undefined],
      [2, 'a'],
      [3, 'b'],
      [4, 'c'],
    ]);
    expect(ledger.read.subscribers().map(({ subscriber }) => subscriber)).toEqual([ALICE]);
    expect(ledger.audit()).toEqual([]);
  });

  test('references of defects differ', async () => {
    const { ledger, defects } = testLedger({
      rules: brokenRules((effects) => ({ ...effects, wallets: [] })),
    });
    await Promise.all([1, 2].map(() => ledger.submit(charge(ALICE, 1n, 'bad'))));
    expect(new Set(defects.map(({ reference }) => reference)).size).toBe(2);
  });

  test('what a month has charged is not counted twice', async () => {
    const { ledger } = testLedger({
      terms: { maximumAmountPerMonth: new Map([['EUR', 10n * UNIT]]) },
      rules: brokenRules((effects) => withTransfers(effects, () => 0n)),
    });
    await accepted(ledger.submit(charge(ALICE, 1n, 'a')));
    const together = [charge(ALICE, 5n, 'b'), charge(ALICE, 1n, 'bad')];
    const [charged, failed] = together.map((command) => ledger.submit(command));
    await accepted(charged!);
    expect(await refused(failed!)).toBe('internal_error');
    await accepted(ledger.submit(charge(ALICE, 4n, 'c')));
    expect(await refused(ledger.submit(charge(ALICE, 1n, 'd')))).toBe('monthly_limit');
  });

  test('time goes on after a failure, and what was due is closed once', async () => {
    const { ledger, clock } = testLedger({
      rules: brokenRules((effects) => withTransfers(effects, () => 0n)),
    });
    await opened(ledger, reserve(ALICE, 1n));
    clock.now += 31 * MINUTE;
    expect(await refused(ledger.submit(charge(ALICE, 1n, 'bad')))).toBe('internal_error');
    expect(ledger.read.ledgerTime()).toBe(START);
    expect(ledger.read.counts().openReservations).toBe(1);
    await accepted(ledger.submit(charge(ALICE, 1n, 'a')));
    expect(ledger.read.ledgerTime()).toBe(clock.now);
    expect(ledger.read.counts().openReservations).toBe(0);
    expect(ledger.audit()).toEqual([]);
  });
});

describe('an expiry that fails', () => {
  const rules: Rules = {
    keysOf,
    decide: (view, command, now) =>
      command.kind === 'expire'
        ? new Refusal('internal_error', 'broken')
        : decide(view, command, now),
  };

  test('stops everything after it, and tick rejects', async () => {
    const { ledger, clock, defects } = testLedger({ rules });
    await opened(ledger, reserve(ALICE, 1n));
    clock.now += 31 * MINUTE;
    expect(await refused(ledger.submit(charge(ALICE, 1n)))).toBe('internal_error');
    await expect(ledger.tick()).rejects.toThrow(/error \d+-2$/);
    expect(defects.map(({ error }) => String(error))).toEqual([
      expect.stringContaining('reservation 100000000000002 cannot expire: broken'),
      expect.stringContaining('reservation 100000000000002 cannot expire: broken'),
    ]);
    expect(ledger.read.ledgerTime()).toBe(START);
  });
});

describe('a full disk', () => {
  test('refuses what does not fit, keeps what did, and goes on when there is room', async () => {
    let database: Database.Database | undefined;
    const { ledger, defects } = testLedger({
      location: ledgerFile(),
      open: (path, createdAt) => {
        const opened = openDatabase(path, createdAt);
        database = opened.database;
        database.pragma('max_page_count = 60');
        return opened;
      },
    });
    const commands: readonly Command[] = Array.from({ length: 1_000 }, (_, index) =>
      charge(`tel:+1666${index}`, 1n, `c${index}`),
    );
    const decisions = await Promise.all(commands.map((command) => ledger.submit(command)));
    const refusals = decisions.filter((decision) => decision instanceof Refusal);
    expect(new Set(refusals.map(({ code }) => code))).toEqual(new Set(['internal_error']));
    expect(new Set(defects.map(({ error }) => Reflect.get(error as object, 'code')))).toEqual(
      new Set(['SQLITE_FULL']),
    );
    const served = decisions.length - refusals.length;
    expect(served).toBeGreaterThan(0);
    expect(ledger.read.counts()).toMatchObject({ referenceUses: served, subscribers: served });
    expect(ledger.audit()).toEqual([]);

    database?.pragma('max_page_count = 1000000');
    const again = commands.filter((_, index) => decisions[index] instanceof Refusal);
    await Promise.all(again.map((command) => accepted(ledger.submit(command))));
    expect(ledger.read.counts()).toMatchObject({ referenceUses: 1_000, subscribers: 1_000 });
    expect(ledger.audit()).toEqual([]);
  });
});
