// Evidence where it lives: issued, used, freed, told of; whatever happens, a reference proves one charge.
import { describe, expect, test } from '@jest/globals';
import Database from 'better-sqlite3';
import type { Command, IssueCommand } from '../../../src/ledger/commands';
import { decide } from '../../../src/ledger/decide';
import { keysOf } from '../../../src/ledger/keys';
import { Refusal } from '../../../src/ledger/refusal';
import type { Terms } from '../../../src/ledger/terms';
import { LEDGER_LIMITS } from '../../../src/limits';
import type { Ledger } from '../../../src/store/ledger';
import { testTerms } from '../../support/terms';
import {
  ALICE,
  accepted,
  BOB,
  capture,
  charge,
  issue,
  ledgerFile,
  noted,
  opened,
  proved,
  refund,
  refused,
  reserve,
  START,
  split,
  testLedger,
  UNIT,
} from './support';

async function serve(ledger: Ledger, ...commands: readonly Command[]): Promise<void> {
  for (const command of commands) await accepted(ledger.submit(command));
}

/** The charges that refunds undo, in order. */
function undoings(ledger: Ledger): (number | undefined)[] {
  return ledger.read
    .transactions()
    .flatMap(({ kind, undoes }) => (kind === 'refund' ? [undoes?.charge] : []));
}

const { confirmation: JUDGED } = testTerms();
const RECORDED = { ...JUDGED, mode: 'off' } as const;

function usedBy(ledger: Ledger, reference: string): number | undefined {
  return ledger.read.evidence(reference)?.usedBy;
}

describe('fifty charges that name one reference', () => {
  test.each([
    ['together', 'at once'],
    ['a few at a time', 'in turns'],
  ])('%s: one wins', async (_name, how) => {
    const { ledger } = testLedger();
    await serve(ledger, issue('S', ALICE));
    const commands = Array.from({ length: 50 }, (_, index) =>
      proved(charge(ALICE, 1n, `race ${index}`), 'S'),
    );
    const answers: unknown[] = [];
    const size = how === 'at once' ? 50 : 7;
    for (let start = 0; start < 50; start += size) {
      const some = commands.slice(start, start + size).map((command) => ledger.submit(command));
      answers.push(...(await Promise.all(some)));
    }
    const refusals = answers.filter((answer) => answer instanceof Refusal);
    expect(new Set(refusals.map(({ code, variable }) => `${code} ${variable}`))).toEqual(
      new Set(['invalid_confirmations S']),
    );
    expect(refusals).toHaveLength(49);
    expect(ledger.read.wallets(ALICE)).toMatchObject([{ debits: UNIT }]);
    expect(ledger.audit()).toEqual([]);
  });
});

describe('a refused charge uses nothing up', () => {
  test.each<[string, Command, string]>([
    ['for its funds', proved(charge(ALICE, 2_000n), 'S'), 'insufficient_funds'],
    ['for another of its references', proved(charge(ALICE, 1n), 'S', '?'), 'invalid_confirmations'],
  ])('%s', async (_why, command, code) => {
    const { ledger } = testLedger();
    await serve(ledger, issue('S', ALICE));
    const before = ledger.digest();
    expect(await refused(ledger.submit(command))).toBe(code);
    expect(ledger.digest()).toBe(before);
    await serve(ledger, proved(charge(ALICE, 1n), 'S'));
  });

  test('nor does one that fails while it is applied, beside one that does not', async () => {
    const rules = {
      keysOf,
      decide: (...[view, command, now]: Parameters<typeof decide>) => {
        const decision = decide(view, command, now);
        if (decision instanceof Refusal || command.kind !== 'charge') return decision;
        return command.reference.code === 'bad' ? { ...decision, refunded: NOBODY } : decision;
      },
    };
    const { ledger, defects } = testLedger({ rules });
    await serve(ledger, issue('S', ALICE), issue('T', ALICE));
    const [bad, good] = await Promise.all([
      ledger.submit(proved(charge(ALICE, 1n, 'bad'), 'S')),
      ledger.submit(proved(charge(ALICE, 1n, 'good'), 'T')),
    ]);
    expect(await refused(bad)).toBe('internal_error');
    await accepted(good);
    expect(defects).toHaveLength(1);
    expect([usedBy(ledger, 'S'), typeof usedBy(ledger, 'T')]).toEqual([undefined, 'number']);
    expect(ledger.audit()).toEqual([]);
  });
});

/** A wallet that does not exist: noting a refund to it fails after everything else has been written. */
const NOBODY = { charge: 1, subscriber: 'tel:+15550999', currency: 'EUR', total: 1n, capped: 0n };

describe('refunds of a charge', () => {
  const LINKED = { terms: { refunds: 'linked' } } as const;

  test('in many parts come to what was charged, and not to more', async () => {
    const { ledger } = testLedger(LINKED);
    await serve(ledger, issue('S', ALICE), proved(charge(ALICE, 20n, 'sale'), 'S'));
    const parts = Array.from({ length: 30 }, (_, index) =>
      ledger.submit(noted(refund(ALICE, 1n, `part ${index}`), 'sale')),
    );
    const answers = await Promise.all(parts);
    const refusals = answers.filter((answer) => answer instanceof Refusal);
    expect(refusals.map(({ code }) => code)).toEqual(Array(10).fill('refund_exceeds_charge'));
    expect(usedBy(ledger, 'S')).toBeUndefined();
    expect(ledger.audit()).toEqual([]);
  });

  test('of a split free its evidence when all payers have theirs back', async () => {
    const { ledger } = testLedger(LINKED);
    const payers = [
      [ALICE, 3n],
      [BOB, 2n],
    ] as const;
    await serve(ledger, issue('S', BOB), proved(split(payers, 'sale'), 'S'));
    expect(await refused(ledger.submit(refund(BOB, 3n, 'sale')))).toBe('refund_exceeds_charge');
    await serve(ledger, refund(BOB, 2n, 'sale'));
    expect(usedBy(ledger, 'S')).toBe(3);
    await serve(ledger, refund(ALICE, 3n, 'sale'));
    expect(usedBy(ledger, 'S')).toBeUndefined();
    await serve(ledger, proved(charge(BOB, 1n, 'again'), 'S'));
    expect(ledger.audit()).toEqual([]);
  });

  test('name a capture by its reference code, up to what that took', async () => {
    const { ledger } = testLedger(LINKED);
    const session = await opened(ledger, reserve(ALICE, 10n));
    await serve(ledger, capture(session, 4n, 'part'), capture(session, 1n, 'more'));
    expect(await refused(ledger.submit(refund(ALICE, 5n, 'part')))).toBe('refund_exceeds_charge');
    await serve(ledger, refund(ALICE, 4n, 'part'), refund(ALICE, 1n, 'more'));
    expect(ledger.read.transactions().slice(-2)).toMatchObject([
      { kind: 'refund', undoes: { charge: 3, capped: true } },
      { kind: 'refund', undoes: { charge: 4, capped: true } },
    ]);
    expect(ledger.audit()).toEqual([]);
  });

  test('under a code that was used often: the latest of which enough remains', async () => {
    const { ledger } = testLedger(LINKED);
    await serve(ledger, charge(ALICE, 5n, 'x'), charge(ALICE, 1n, 'x'), charge(BOB, 9n, 'x'));
    for (const units of [1n, 2n, 3n]) await serve(ledger, refund(ALICE, units, 'x'));
    expect(await refused(ledger.submit(refund(ALICE, 1n, 'x')))).toBe('refund_exceeds_charge');
    await serve(ledger, refund(BOB, 9n, 'x'));
    expect(undoings(ledger)).toEqual([3, 2, 2, 5]);
    expect(ledger.audit()).toEqual([]);
  });

  test('under the one code of all captures of a reservation: each is undone', async () => {
    const { ledger } = testLedger(LINKED);
    const session = await opened(ledger, reserve(ALICE, 10n));
    await serve(ledger, capture(session, 4n), capture(session, 3n), capture(session, 3n));
    for (const units of [4n, 3n, 3n]) await serve(ledger, refund(ALICE, units, 'cap'));
    expect(undoings(ledger)).toEqual([3, 5, 4]);
    expect(await refused(ledger.submit(refund(ALICE, 1n, 'cap')))).toBe('refund_exceeds_charge');
  });

  test('only of the same wallet: another currency is another', async () => {
    const { ledger } = testLedger(LINKED);
    await serve(ledger, charge(ALICE, 5n, 'x'));
    const dollars = { ...refund(ALICE, 5n, 'x'), currency: 'USD' } as Command;
    await serve(ledger, { ...charge(ALICE, 1n, 'usd'), currency: 'USD' } as Command);
    expect(await refused(ledger.submit(dollars))).toBe('refund_exceeds_charge');
  });

  test('free evidence under both policies, though its code was used since by another payer', async () => {
    const { ledger } = testLedger();
    await serve(ledger, issue('S', ALICE), proved(charge(ALICE, 1n, 'x'), 'S'));
    await serve(ledger, charge(BOB, 1n, 'x'), refund(ALICE, 1n, 'x'));
    expect(usedBy(ledger, 'S')).toBeUndefined();
    await serve(ledger, proved(charge(ALICE, 1n, 'y'), 'S'));
    expect(ledger.audit()).toEqual([]);
  });

  test.each<[string, Partial<Terms>, Command]>([
    ['used', {}, proved(charge(ALICE, 2n, 'sale'), 'S')],
    ['described', {}, noted(charge(ALICE, 2n, 'sale'), 'S')],
    ['recorded', { confirmation: RECORDED }, proved(charge(ALICE, 2n, 'sale'), 'S')],
  ])('lead back to it by evidence that it %s', async (_how, terms, command) => {
    const { ledger } = testLedger({ terms: { ...terms, refunds: 'linked' } });
    await serve(ledger, issue('S', ALICE), command);
    await serve(ledger, proved(refund(ALICE, 1n, 'by reference'), 'S'));
    await serve(ledger, noted(refund(ALICE, 1n, 'by description'), 'S'));
    expect(undoings(ledger)).toEqual([3, 3]);
    expect(await refused(ledger.submit(proved(refund(ALICE, 1n), 'S')))).toBe(
      'refund_exceeds_charge',
    );
  });

  test('may name evidence that covers another payer of it', async () => {
    const { ledger } = testLedger(LINKED);
    const payers = [
      [ALICE, 3n],
      [BOB, 2n],
    ] as const;
    await serve(ledger, issue('S', BOB), proved(split(payers, 'sale'), 'S'));
    await serve(ledger, proved(refund(ALICE, 3n), 'S'), proved(refund(BOB, 2n), 'S'));
    expect(undoings(ledger)).toEqual([3, 3]);
    expect(usedBy(ledger, 'S')).toBeUndefined();
    const stranger = proved(refund('tel:+15550003', 1n), 'S');
    expect(await refused(ledger.submit(stranger))).toBe('invalid_confirmations');
    expect(ledger.audit()).toEqual([]);
  });

  describe('find it among the latest uses of a name', () => {
    const { usesOfName } = LEDGER_LIMITS;
    test.each<[string, number, Terms['confirmation'] | undefined, string]>([
      ['a code, the last of them', usesOfName - 1, undefined, 'accepted'],
      ['a code, one before that', usesOfName, undefined, 'refund_exceeds_charge'],
      ['evidence, the last of them', usesOfName - 1, RECORDED, 'accepted'],
      ['evidence, one before that', usesOfName, RECORDED, 'refund_exceeds_charge'],
    ])('%s', async (_name, others, confirmation, outcome) => {
      const { ledger } = testLedger({
        terms: { refunds: 'linked', ...(confirmation && { confirmation }) },
      });
      await serve(ledger, issue('S', ALICE, BOB));
      const asked = (subscriber: string, index: number): Command =>
        confirmation === undefined
          ? charge(subscriber, 1n, 'constant')
          : proved(charge(subscriber, 1n, `c${index}`), 'S');
      await serve(ledger, asked(ALICE, 0), asked(BOB, 1));
      // The wallet is opened; the rest are charges alone.
      await Promise.all(
        Array.from({ length: others - 1 }, (_, index) => ledger.submit(asked(BOB, index + 2))),
      );
      const back = confirmation ? proved(refund(ALICE, 1n), 'S') : refund(ALICE, 1n, 'constant');
      const decision = await ledger.submit(back);
      expect(decision instanceof Refusal ? decision.code : 'accepted').toBe(outcome);
    });
  });

  test('where they need not name one may go beyond it, which is told all the same', async () => {
    const { ledger } = testLedger();
    await serve(ledger, charge(ALICE, 1n, 'x'), refund(ALICE, 5n, 'x'));
    expect(ledger.read.transactions().at(-1)).toMatchObject({
      undoes: { charge: 2, capped: false },
    });
    expect(ledger.audit()).toEqual([]);
  });
});

describe('evidence as it is read', () => {
  const receipt = { endpoint: 'http://app', interfaceName: 'I', correlator: 'c', version: 'v4_0' };
  const sent: IssueCommand = {
    kind: 'issue',
    application: 'game',
    service: 'sms',
    receipt,
    recipients: [
      { subscriber: ALICE, outcome: 'delivered', afterMs: 2_000 },
      { subscriber: BOB, outcome: 'delivered', afterMs: 1_000 },
      { subscriber: 'tel:+15550003', outcome: 'never', afterMs: 0 },
    ],
  };

  test('is what was issued, after opening its file again too', async () => {
    const location = ledgerFile();
    const first = testLedger({ location });
    await serve(first.ledger, issue('S', ALICE), sent);
    const evidence = first.ledger.read.evidences();
    await first.ledger.close();
    const { ledger } = testLedger({ location });
    expect(ledger.read.evidences()).toEqual(evidence);
    expect(evidence).toMatchObject([
      { reference: 'S', application: 'shop', issuedBy: 1, issuedAt: START },
      { reference: 'SMS100000000000002', application: 'game', receipt },
    ]);
    expect(ledger.read.counts().evidence).toBe(2);
  });

  test.each([
    ['of one application', { application: 'game' }, ['SMS100000000000002']],
    ['that covers one subscriber', { subscriber: BOB }, ['SMS100000000000002', 'T']],
    ['of both', { subscriber: BOB, application: 'shop' }, ['T']],
    ['of nobody', { application: 'none' }, []],
  ])('%s', async (_which, filter, references) => {
    const { ledger } = testLedger();
    await serve(ledger, issue('S', ALICE), sent, issue('T', BOB));
    expect(ledger.read.evidences(filter).map(({ reference }) => reference)).toEqual(references);
  });

  test('tells which receipts are due when, until they are sent', async () => {
    const { ledger, clock } = testLedger();
    await serve(ledger, issue('S', ALICE), sent);
    const { read } = ledger;
    const reference = 'SMS100000000000002';
    expect([read.nextReceipt(START), read.receiptsDue(START, 9)]).toEqual([START + 1_000, []]);
    expect(read.nextReceipt(START + 1_000)).toBe(START + 2_000);
    const due = () =>
      read.receiptsDue(START + 2_000, 9).map(({ recipient }) => recipient.subscriber);
    expect(due()).toEqual([BOB, ALICE]);
    await serve(ledger, { kind: 'receiptSent', reference, subscriber: BOB });
    expect(due()).toEqual([ALICE]);
    clock.now += 500;
    const outcome = 'impossible';
    await serve(ledger, { kind: 'deliver', reference, subscriber: 'tel:+15550003', outcome });
    expect(due()).toEqual(['tel:+15550003', ALICE]);
    expect(ledger.audit()).toEqual([]);
  });

  test('stands in the journal where it was issued, named and used', async () => {
    const { ledger } = testLedger();
    await serve(ledger, issue('S', ALICE), proved(noted(charge(ALICE, 1n), 'S', '?'), 'S'));
    await serve(ledger, { kind: 'deliver', reference: 'S', outcome: 'uncertain' });
    expect(ledger.read.transactions()).toMatchObject([
      { kind: 'issue', application: 'shop' },
      { kind: 'provision' },
      {
        kind: 'charge',
        mentions: [
          { reference: 'S', place: 'confirmationRefs', evidence: 1, used: true },
          { reference: 'S', place: 'description', evidence: 1, used: false },
        ],
      },
      {
        kind: 'deliver',
        mentions: [{ reference: 'S', place: 'delivery', evidence: 1, used: false }],
      },
    ]);
  });
});

test('the same history gives the same digest in memory and in a file', async () => {
  const digests = [];
  for (const location of [':memory:', ledgerFile()]) {
    const { ledger } = testLedger({ location });
    await serve(ledger, issue('S', ALICE), proved(charge(ALICE, 1n), 'S'));
    digests.push(ledger.digest());
    await serve(ledger, proved(refund(ALICE, 1n), 'S'));
    digests.push(ledger.digest());
  }
  expect(digests.slice(2)).toEqual(digests.slice(0, 2));
  expect(digests[0]).not.toBe(digests[1]);
});

describe('refused in the file, whoever writes', () => {
  test.each([
    ['a changed name', "UPDATE evidence SET reference = 'X'", 'evidence stays'],
    [
      'a second use',
      'UPDATE evidence SET used_by = 1 WHERE used_by IS NOT NULL',
      'one charge at a time',
    ],
    ['deleted evidence', 'DELETE FROM evidence', 'append-only'],
    [
      'a reference twice',
      "INSERT INTO evidence VALUES (2, 'S', 'a', 's', 0, NULL, NULL)",
      'UNIQUE',
    ],
    [
      'a changed recipient',
      "UPDATE evidence_recipient SET subscriber = 'X'",
      'covers whom it covered',
    ],
    [
      'a receipt to be sent again',
      'UPDATE evidence_recipient SET receipt_awaited = 1',
      'sent once',
    ],
    ['a changed seal', "UPDATE seal SET digest = x''", 'append-only'],
    ['a deleted seal', 'DELETE FROM seal', 'append-only'],
    ['a deleted recipient', 'DELETE FROM evidence_recipient', 'append-only'],
    ['a changed mention', 'UPDATE mention SET used = 0', 'append-only'],
    ['a deleted mention', 'DELETE FROM mention', 'append-only'],
    ['a use of nothing', "INSERT INTO mention VALUES (1, 0, 'x', 'description', NULL, 1)", 'CHECK'],
    ['a changed undoing', 'UPDATE undoing SET charge = 1', 'append-only'],
    ['a deleted undoing', 'DELETE FROM undoing', 'append-only'],
    ['an undoing of what comes later', 'INSERT INTO undoing VALUES (1, 3, 0)', 'CHECK'],
    ['a refund that shrinks', 'UPDATE refunded SET total = total - 1', 'only grows'],
    ['a cap that shrinks', 'UPDATE refunded SET capped = -1', 'only grows'],
    ['a refund that is forgotten', 'DELETE FROM refunded', 'append-only'],
  ])('%s', async (_what, sql, message) => {
    const file = ledgerFile();
    const { ledger } = testLedger({ location: file });
    await serve(
      ledger,
      issue('S', ALICE),
      proved(charge(ALICE, 2n), 'S'),
      proved(refund(ALICE, 1n), 'S'),
    );
    await ledger.close();
    const database = new Database(file);
    database.pragma('foreign_keys = ON');
    expect(() => database.exec(sql)).toThrow(message);
    database.close();
  });
});
