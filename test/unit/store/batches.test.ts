// Commands that arrive together: one commit, each after the other, none answered before it is durable.
import { describe, expect, test } from '@jest/globals';
import Database from 'better-sqlite3';
import type { Command } from '../../../src/ledger/commands';
import { Refusal } from '../../../src/ledger/refusal';
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
  provision,
  refund,
  refused,
  release,
  reserve,
  START,
  split,
  testLedger,
  UNIT,
} from './support';

describe('a command sees those before it in its batch', () => {
  test.each<[string, (ledger: Ledger) => Promise<void>, readonly Command[], readonly string[]]>([
    [
      'their wallets',
      async (ledger) => void (await accepted(ledger.submit(provision(ALICE, 10n)))),
      [
        charge(ALICE, 6n, 'a'),
        charge(ALICE, 6n, 'b'),
        charge(ALICE, 4n, 'c'),
        charge(ALICE, 1n, 'd'),
      ],
      ['charge', 'insufficient_funds', 'charge', 'insufficient_funds'],
    ],
    [
      'their new wallets',
      async () => undefined,
      [provision(ALICE, 2n), charge(ALICE, 2n, 'a'), provision(ALICE, 9n), charge(ALICE, 1n, 'b')],
      ['provision', 'charge', 'nothing', 'insufficient_funds'],
    ],
    [
      'what they hold',
      async (ledger) => void (await accepted(ledger.submit(provision(ALICE, 10n)))),
      [
        reserve(ALICE, 6n),
        reserve(ALICE, 6n),
        charge(ALICE, 5n, 'a'),
        refund(ALICE, 2n, 'b'),
        charge(ALICE, 6n, 'c'),
      ],
      ['reserve', 'insufficient_funds_to_reserve', 'insufficient_funds', 'refund', 'charge'],
    ],
    [
      'their reservations',
      async (ledger) => void (await accepted(ledger.submit(provision(ALICE, 10n)))),
      [
        reserve(ALICE, 6n),
        enlarge('100000000000002', 1n),
        capture('100000000000002', 7n),
        capture('100000000000002', 1n),
        release('100000000000002'),
        release('100000000000002'),
      ],
      ['reserve', 'enlarge', 'capture', 'exceeds_reservation', 'release', 'reservation_not_open'],
    ],
    [
      'their reference codes',
      async () => undefined,
      [
        charge(ALICE, 1n, 'same'),
        charge(ALICE, 1n, 'same'),
        refund(ALICE, 1n, 'same'),
        charge(ALICE, 1n, 'same'),
      ],
      ['provision+charge', 'charge!', 'refund', 'charge!'],
    ],
  ])('%s', async (_what, arrange, commands, outcomes) => {
    const { ledger } = testLedger();
    await arrange(ledger);
    const decisions = await Promise.all(commands.map((command) => ledger.submit(command)));
    const told = decisions.map((decision) => {
      if (decision instanceof Refusal) return decision.code;
      const kinds = decision.transactions.map(({ kind }) => kind).join('+') || 'nothing';
      return kinds + '!'.repeat(decision.findings.length);
    });
    expect(told).toEqual(outcomes);
    expect(ledger.audit()).toEqual([]);
  });

  test.each([
    ['reject', ['accepted', 'reference_in_use', 'reference_in_use']],
    ['replay', ['accepted', 'replayed', 'reference_in_use']],
  ] as const)('one charge of two duplicates under %s', async (duplicateReferences, outcomes) => {
    const { ledger } = testLedger({ terms: { duplicateReferences } });
    const other = {
      ...charge(BOB, 2n, 'code'),
      reference: { space: 'charge' as const, code: 'code', fingerprint: Buffer.from('other') },
    } as Command;
    const decisions = await Promise.all(
      [charge(ALICE, 1n, 'code'), charge(ALICE, 1n, 'code'), other].map((command) =>
        ledger.submit(command),
      ),
    );
    expect(
      decisions.map((decision) =>
        decision instanceof Refusal ? decision.code : decision.replayed ? 'replayed' : 'accepted',
      ),
    ).toEqual(outcomes);
    expect(ledger.read.counts()).toMatchObject({ billEntries: 1, referenceUses: 1 });
  });
});

describe('commits', () => {
  test('an answer is durable: another connection sees it', async () => {
    const file = ledgerFile();
    const { ledger } = testLedger({ location: file });
    const reader = new Database(file, { readonly: true });
    const count = reader.prepare('SELECT count(*) FROM tx').pluck();
    const seen = await Promise.all(
      [charge(ALICE, 1n, 'a'), charge(BOB, 1n, 'b')].map(async (command) => {
        expect(count.get()).toBe(0);
        await ledger.submit(command);
        return count.get();
      }),
    );
    reader.close();
    expect(seen).toEqual([4, 4]);
  });

  test('a split is one transaction of many wallets', async () => {
    const { ledger } = testLedger();
    await accepted(
      ledger.submit(
        split(
          [
            [ALICE, 3n],
            [BOB, 2n],
          ],
          'film',
        ),
      ),
    );
    const [, transaction] = ledger.read.transactions();
    expect(transaction?.transfers.map(({ debit, amount }) => [debit.owner, amount])).toEqual([
      [ALICE, 3n * UNIT],
      [BOB, 2n * UNIT],
    ]);
  });

  test('more commands than the queue takes are refused as busy, and the others are served', async () => {
    const { ledger } = testLedger({ terms: { openingBalance: () => 10n ** 15n } });
    const most = LEDGER_LIMITS.queuedCommands;
    const answers = Array.from({ length: most + 2 }, (_, index) =>
      ledger.submit(charge(ALICE, 1n, `c${index}`)),
    );
    expect(await refused(answers[most]!)).toBe('busy');
    expect(await refused(answers[most + 1]!)).toBe('busy');
    await Promise.all(answers.slice(0, most).map(accepted));
    expect(ledger.read.counts().transactions).toBe(most + 1);
    await accepted(ledger.submit(charge(ALICE, 1n, 'later')));
  });

  test('closing answers what is queued and takes nothing more', async () => {
    const file = ledgerFile();
    const { ledger } = testLedger({ location: file });
    const queued = Array.from({ length: 100 }, (_, index) =>
      ledger.submit(charge(ALICE, 1n, `c${index}`)),
    );
    const closed = ledger.close();
    expect(await refused(ledger.submit(charge(ALICE, 1n)))).toBe('busy');
    expect(await ledger.tick()).toEqual([]);
    await Promise.all(queued.map(accepted));
    await closed;
    await ledger.close();
    expect(() => ledger.read.counts()).toThrow(/is not open/);
    expect(ledger.nextExpiry()).toBeUndefined();
    expect(testLedger({ location: file }).ledger.read.counts().referenceUses).toBe(100);
  });
});

describe('ledger time', () => {
  test('moves with refused commands and with questions, and is stored with them', async () => {
    const file = ledgerFile();
    const { ledger, clock } = testLedger({ location: file, terms: { unknownAccounts: 'refuse' } });
    clock.now += 1;
    await refused(ledger.submit(charge(ALICE, 1n)));
    expect(ledger.read.ledgerTime()).toBe(START + 1);
    clock.now += 1;
    await refused(ledger.submit({ kind: 'quote', application: 'shop', subscriber: ALICE }));
    await ledger.close();
    expect(testLedger({ location: file }).ledger.read.ledgerTime()).toBe(START + 2);
  });

  test('never goes back with the clock', async () => {
    const { ledger, clock } = testLedger();
    clock.now += MINUTE;
    await accepted(ledger.submit(charge(ALICE, 1n, 'a')));
    clock.now -= 2 * MINUTE;
    await accepted(ledger.submit(charge(ALICE, 1n, 'b')));
    expect(ledger.read.transactions().map(({ at }) => at)).toEqual([
      START + MINUTE,
      START + MINUTE,
      START + MINUTE,
    ]);
    expect(ledger.audit()).toEqual([]);
  });
});

describe('a monthly limit', () => {
  const JANUARY = Date.UTC(2024, 0, 31, 23, 59);
  const terms = { maximumAmountPerMonth: new Map([['EUR', 10n * UNIT]]) };

  test('counts charges, splits and captures of the application, net of nothing', async () => {
    const { ledger } = testLedger({ terms, clock: { now: JANUARY } });
    await accepted(ledger.submit(charge(ALICE, 4n, 'a')));
    await accepted(
      ledger.submit(
        split(
          [
            [ALICE, 2n],
            [BOB, 2n],
          ],
          'b',
        ),
      ),
    );
    await accepted(ledger.submit(refund(ALICE, 4n, 'c')));
    const identifier = await opened(ledger, reserve(ALICE, 4n));
    await accepted(ledger.submit(capture(identifier, 3n)));
    expect(await refused(ledger.submit(charge(ALICE, 2n, 'd')))).toBe('monthly_limit');
    expect(await refused(ledger.submit(capture(identifier, 2n, 'e')))).toBe('monthly_limit');
    await accepted(ledger.submit(charge(ALICE, 1n, 'f')));
    await accepted(ledger.submit(charge(BOB, 8n, 'g')));
    expect(await refused(ledger.submit(charge(BOB, 1n, 'h')))).toBe('monthly_limit');
  });

  test('starts anew with the month and is found again after a restart', async () => {
    const file = ledgerFile();
    const first = testLedger({ location: file, terms, clock: { now: JANUARY } });
    await accepted(first.ledger.submit(charge(ALICE, 1n, 'opens the wallet')));
    await accepted(first.ledger.submit(charge(ALICE, 9n, 'a')));
    first.clock.now += MINUTE;
    await accepted(first.ledger.submit(charge(ALICE, 9n, 'b')));
    await first.ledger.close();

    const second = testLedger({ location: file, terms, clock: first.clock });
    expect(await refused(second.ledger.submit(charge(ALICE, 2n, 'c')))).toBe('monthly_limit');
    await accepted(second.ledger.submit(charge(ALICE, 1n, 'd')));
  });
});
