// Every invariant, violated on purpose in the file behind the ledger's back, is found and named.
import { describe, expect, test } from '@jest/globals';
import Database from 'better-sqlite3';
import { audit } from '../../../src/ledger/audit';
import type { Command } from '../../../src/ledger/commands';
import { INVARIANTS, type Invariant } from '../../../src/ledger/invariants';
import { auditedBooks } from '../../../src/store/audited-books';
import { openLedger } from '../../../src/store/ledger';
import { testTerms } from '../../support/terms';
import {
  ALICE,
  accepted,
  BOB,
  capture,
  charge,
  enlarge,
  issue,
  ledgerFile,
  opened,
  proved,
  refund,
  release,
  reserve,
  reserveVolume,
  START,
  tamper,
} from './support';

const KIOSK = 'kiosk';

/**
 * Wallet 1 is Alice's, 2 is Bob's, -1 is the operator, -2 the application.
 * Transactions: 1 opening, 2 charge, 3 duplicate charge, 4 refund, 5 opening, 6 reserve, 7 enlarge, 8 capture,
 * 9 release, 10 reserve (open), 11 capture of it, 12 volume reserve (open), 13 evidence S, 14 charge with it,
 * 15 refund of 2 of its 5, 16 evidence T, 17 charge with it, 18 refund of all of it, 19 charge with T, 20 delivery of T;
 * of the kiosk, whose refunds are linked: 21 charge, 22 refund of it;
 * 23 evidence U, 24 charge with it, 25 charge, 26 refund of all of 24.
 */
async function history(): Promise<string> {
  const file = ledgerFile();
  const ledger = openLedger({
    location: file,
    now: () => START,
    terms: (application) => testTerms({ refunds: application === KIOSK ? 'linked' : 'open' }),
  });
  await accepted(ledger.submit(charge(ALICE, 5n, 'a')));
  await accepted(ledger.submit(charge(ALICE, 5n, 'a')));
  await accepted(ledger.submit(refund(ALICE, 2n, 'b')));
  const first = await opened(ledger, reserve(BOB, 10n));
  await accepted(ledger.submit(enlarge(first, 5n)));
  await accepted(ledger.submit(capture(first, 3n, 'c')));
  await accepted(ledger.submit(release(first)));
  await accepted(ledger.submit(capture(await opened(ledger, reserve(BOB, 10n)), 4n, 'd')));
  await opened(ledger, reserveVolume(BOB, 10n, 10_000n));
  await accepted(ledger.submit(issue('S', ALICE)));
  await accepted(ledger.submit(proved(charge(ALICE, 5n, 'e'), 'S')));
  await accepted(ledger.submit(proved(refund(ALICE, 2n, 'f'), 'S')));
  await accepted(ledger.submit(issue('T', ALICE)));
  await accepted(ledger.submit(proved(charge(ALICE, 5n, 'g'), 'T')));
  await accepted(ledger.submit(proved(refund(ALICE, 5n, 'h'), 'T')));
  await accepted(ledger.submit(proved(charge(ALICE, 1n, 'i'), 'T')));
  await accepted(ledger.submit({ kind: 'deliver', reference: 'T', outcome: 'uncertain' }));
  await accepted(ledger.submit({ ...charge(BOB, 1n, 'k'), application: KIOSK } as Command));
  await accepted(ledger.submit({ ...refund(BOB, 1n, 'k'), application: KIOSK } as Command));
  await accepted(ledger.submit(issue('U', BOB)));
  await accepted(ledger.submit(proved(charge(BOB, 1n, 'l'), 'U')));
  await accepted(ledger.submit(charge(BOB, 1n, 'm')));
  await accepted(ledger.submit(refund(BOB, 1n, 'l')));
  expect(ledger.audit()).toEqual([]);
  await ledger.close();
  return file;
}

describe('the audit finds', () => {
  const PLANTED: readonly [Invariant, string, string, RegExp][] = [
    [
      'I1',
      'a transfer of nothing',
      'UPDATE transfer SET amount = 0 WHERE tx = 2',
      /^transfer 2\/0 moves 0 micros$/,
    ],
    [
      'I1',
      'a transfer to itself',
      'UPDATE transfer SET credit = 1 WHERE tx = 2',
      /from an account to itself/,
    ],
    [
      'I1',
      'a transfer to nobody',
      'UPDATE transfer SET credit = -9 WHERE tx = 2',
      /account that does not exist/,
    ],
    [
      'I1',
      'a transfer before all transactions',
      "INSERT INTO transfer VALUES (0, 0, 'posted', 1, -2, 1, NULL)",
      /^transfer 0\/0 belongs to no transaction$/,
    ],
    [
      'I1',
      'a transfer after all transactions',
      "INSERT INTO transfer VALUES (99, 0, 'posted', 1, -2, 1, NULL)",
      /^transfer 99\/0 belongs to no transaction$/,
    ],
    [
      'I2',
      'credits that no transfer explains',
      'UPDATE account SET credits = credits + 1 WHERE id = 1',
      /^wallet tel:\+15550001 EUR notes 1009000001 micros of credits, its transfers sum to 1009000000$/,
    ],
    [
      'I2',
      'debits that no transfer explains',
      'UPDATE account SET debits = debits - 1 WHERE id = 2',
      /of debits/,
    ],
    [
      'I2',
      'a hold that no transfer explains',
      'UPDATE account SET held = held + 1 WHERE id = 1',
      /of held/,
    ],
    [
      'I2',
      'a transfer that moved no counter',
      "INSERT INTO transfer VALUES (2, 1, 'posted', 1, -2, 7, NULL)",
      /of debits/,
    ],
    [
      'I18',
      'a history that leaves a transaction out',
      'UPDATE transfer SET previous = 1 WHERE tx = 3',
      /^transfer 3\/0 leads wallet tel:\+15550001 EUR back to 1, not to 2$/,
    ],
    [
      'I18',
      'a history that begins too early',
      'UPDATE account SET latest = 2 WHERE id = 1',
      /^the history of wallet tel:\+15550001 EUR begins at 2, and \d+ is its last$/,
    ],
    [
      'I3',
      'an overdraft',
      'UPDATE account SET credits = 20999999 WHERE id = 1',
      /^wallet tel:\+15550001 EUR is 1 micros below its limit$/,
    ],
    [
      'I4',
      'a hold without a reservation',
      'UPDATE tx SET reservation = NULL WHERE number = 10',
      /^transfer 10\/0 holds money for no reservation$/,
    ],
    [
      'I4',
      'a hold of the wrong amount',
      'UPDATE transfer SET amount = amount - 1 WHERE tx = 10',
      /^reservation 10 has 6000000 micros left, its transfers hold 5999999$/,
    ],
    [
      'I4',
      'a wallet that holds for nothing',
      'UPDATE account SET held = held + 1 WHERE id = 1',
      /^wallet tel:\+15550001 EUR holds 1 micros, its open reservations have 0 left$/,
    ],
    [
      'I5',
      'a charge above the reservation',
      'UPDATE reservation SET charged = reserved + 1 WHERE id = 10',
      /^reservation 10 has charged 10000001 of 10000000 micros$/,
    ],
    [
      'I5',
      'a negative charge',
      'UPDATE reservation SET charged = -1 WHERE id = 10',
      /has charged -1 of/,
    ],
    [
      'I5',
      'a volume above the reservation',
      'UPDATE reservation SET volume_charged = 11 WHERE id = 12',
      /has charged a volume of 11 of 10$/,
    ],
    [
      'I6',
      'an open reservation with a closing transaction',
      "UPDATE reservation SET state = 'open', closed_by = NULL WHERE id = 6",
      /^reservation 6 is open, closed by nothing; the journal has 9$/,
    ],
    [
      'I6',
      'a closed reservation without one',
      "UPDATE reservation SET state = 'expired', closed_by = 11 WHERE id = 10",
      /^reservation 10 is expired, closed by 11; the journal has nothing$/,
    ],
    [
      'I6',
      'a release that is called an expiry',
      "UPDATE reservation SET state = 'expired' WHERE id = 6",
      /is expired by a transaction of kind release/,
    ],
    [
      'I6',
      'a reservation closed twice',
      "UPDATE tx SET kind = 'expire' WHERE number = 8",
      /^reservation 6 was closed 2 times$/,
    ],
    [
      'I6',
      'a lost reservation',
      'DELETE FROM reservation WHERE id = 6',
      /^the journal speaks of reservation 6, which does not exist$/,
    ],
    [
      'I7',
      'a charge that no capture explains',
      'UPDATE reservation SET charged = charged + 1 WHERE id = 6',
      /^reservation 6 has charged 3000001 micros, its captures sum to 3000000$/,
    ],
    [
      'I7',
      'a capture called something else',
      "UPDATE tx SET kind = 'charge' WHERE number = 11",
      /its captures sum to 0$/,
    ],
    [
      'I8',
      'a refund that is noted wrong',
      'UPDATE refunded SET total = total + 1 WHERE charge = 14',
      /^charge 14 notes 2000001 micros refunded to account 1, its refunds sum to 2000000$/,
    ],
    [
      'I8',
      'a refund that is not noted',
      'DELETE FROM refunded WHERE charge = 14',
      /^refund 15 names charge 14, which notes no refund before it$/,
    ],
    [
      'I8',
      'a refund noted of no charge',
      'INSERT INTO refunded VALUES (99, 1, 5, 0)',
      /^refunds are noted of transaction 99, which does not exist$/,
    ],
    [
      'I8',
      'a refund that was held to its charge and is said not to have been',
      'UPDATE undoing SET capped = 0 WHERE refund = 22',
      /^charge 21 notes 1000000 micros refunded to account 2 within it, such refunds sum to 0$/,
    ],
    [
      'I8',
      'a refund that was not held to its charge and is said to have been',
      'UPDATE undoing SET capped = 1 WHERE refund = 15',
      /^charge 14 notes 0 micros refunded to account 1 within it, such refunds sum to 2000000$/,
    ],
    [
      'I8',
      'a refund above its charge',
      'UPDATE undoing SET capped = 1 WHERE refund = 15; UPDATE transfer SET amount = 6000000 WHERE tx = 15',
      /^refund 15 brings 6000000 micros back of 5000000 that charge 14 took$/,
    ],
    [
      'I8',
      'a refund to another than the payer',
      'UPDATE transfer SET credit = 2 WHERE tx = 15',
      /^refund 15 gives account 2 what charge 14 never took$/,
    ],
    [
      'I8',
      'a refund of what is no charge',
      'UPDATE undoing SET charge = 4 WHERE refund = 15; UPDATE refunded SET charge = 4 WHERE charge = 14',
      /^refund 15 names transaction 4, which is a refund$/,
    ],
    [
      'I8',
      "a refund of another's charge",
      "UPDATE tx SET application = 'kiosk' WHERE number = 15",
      /^refund 15 names charge 14 of another application$/,
    ],
    [
      'I8',
      'a charge that undoes another',
      'UPDATE undoing SET refund = 17 WHERE refund = 15',
      /^transaction 17 undoes one and is a charge$/,
    ],
    [
      'I8',
      'a refund that is no transaction',
      'UPDATE undoing SET refund = 99 WHERE refund = 15',
      /^the refund 99 of a charge is no transaction$/,
    ],
    [
      'I9',
      'a reference of no transaction',
      'UPDATE reference_use SET tx = 99 WHERE tx = 4',
      /^refund reference "b" of shop is recorded for transaction 99, which does not carry it$/,
    ],
    [
      'I9',
      'a reference of another transaction',
      'UPDATE reference_use SET tx = 2 WHERE tx = 4',
      /does not carry it/,
    ],
    [
      'I9',
      'a reference of another application',
      "UPDATE reference_use SET application = 'kiosk' WHERE tx = 4",
      /of kiosk is recorded for transaction 4/,
    ],
    [
      'I9',
      'a lost use of a reference',
      "DELETE FROM reference_use WHERE code = 'a' AND sequence = 0",
      /^charge reference "a" of shop has use 1 where use 0 belongs$/,
    ],
    [
      'I10',
      'a gap in the numbers',
      'DELETE FROM transfer WHERE tx = 4; DELETE FROM reference_use WHERE tx = 4; DELETE FROM tx WHERE number = 4',
      /^transaction 5 follows where number 4 belongs$/,
    ],
    [
      'I10',
      'a lost end',
      'UPDATE meta SET transactions = 27',
      /counts 27 transactions and its last has number 26$/,
    ],
    [
      'I10',
      'time that went back',
      `UPDATE tx SET at = ${START - 1} WHERE number = 4`,
      /^transaction 4 is earlier than the one before it$/,
    ],
    [
      'I10',
      'a transaction of the future',
      `UPDATE tx SET at = ${START + 1} WHERE number = 26`,
      /^transaction 26 is later than ledger time/,
    ],
    [
      'I12',
      'a reservation past its time',
      `UPDATE reservation SET expires_at = ${START - 1} WHERE id = 10`,
      /^reservation 10 is open past its time/,
    ],
    [
      'I12',
      'a reservation at its time',
      `UPDATE reservation SET expires_at = ${START} WHERE id = 10`,
      /^reservation 10 is open past its time/,
    ],
    [
      'I13',
      'money from nowhere',
      'UPDATE account SET credits = credits + 5 WHERE id = 2',
      /^all accounts in EUR sum to 5 micros, not to 0$/,
    ],
    [
      'I14',
      'a transfer into another currency',
      "UPDATE account SET currency = 'USD' WHERE id = -2",
      /^transfer 2\/0 goes from wallet tel:\+15550001 EUR to application shop USD$/,
    ],
    [
      'I14',
      "a capture from another's wallet",
      'UPDATE transfer SET debit = 1 WHERE tx = 11 AND line = 1',
      /^reservation 10 of account 2 touches account 1$/,
    ],
    [
      'I17',
      'evidence used by a charge that the journal does not know of',
      'UPDATE evidence SET used_by = 19 WHERE id = 13',
      /^evidence "S" is noted as used by 19, the journal has 14$/,
    ],
    [
      'I17',
      'evidence in use that is noted as free',
      "UPDATE evidence SET used_by = NULL WHERE reference = 'T'",
      /^evidence "T" is noted as used by nothing, the journal has 19$/,
    ],
    [
      'I17',
      'evidence used twice, since its refund is not one of the charge',
      'DELETE FROM undoing WHERE refund = 18; DELETE FROM refunded WHERE charge = 17',
      /^evidence "T" is used by transactions 17 and 19$/,
    ],
    [
      'I17',
      'evidence used again before its refund',
      `INSERT INTO mention VALUES (25, 0, 'U', 'confirmationRefs', 23, 1);
       UPDATE evidence SET used_by = 25 WHERE id = 23`,
      /^evidence "U" is used by transactions 24 and 25$/,
    ],
    [
      'I17',
      'evidence of another time',
      'UPDATE evidence SET issued_at = issued_at - 1 WHERE id = 13',
      /^evidence "S" was not issued at the time of transaction 13$/,
    ],
    ...[
      ['for another service', "UPDATE evidence SET service = 'mms'"],
      ['with a receipt', "UPDATE evidence SET receipt = '{}'"],
      ['for somebody else', "UPDATE evidence_recipient SET subscriber = 'tel:+15550009'"],
      ['that came out otherwise', "UPDATE evidence_recipient SET outcome = 'never'"],
      ['that came out at another time', 'UPDATE evidence_recipient SET settles_at = 5'],
      [
        'for one more',
        "INSERT INTO evidence_recipient SELECT id, 7, 'tel:+1555', 'never', 0, 0 FROM evidence",
      ],
      ['as it was before', 'DELETE FROM seal WHERE tx IN (13, 20)'],
      ['as nobody left it', "UPDATE seal SET digest = x'00'"],
    ].flatMap(([what = '', sql = '']): [Invariant, string, string, RegExp][] => [
      ['I17', `evidence ${what}`, sql, /^evidence "S" is not what transaction 13 left it as$/],
      [
        'I17',
        `steered evidence ${what}`,
        sql,
        /^evidence "T" is not what transaction 20 left it as$/,
      ],
    ]),
    [
      'I17',
      'evidence that another transaction issued',
      "UPDATE evidence SET application = 'kiosk' WHERE id = 13",
      /^evidence "S" is that of transaction 13, which did not issue it$/,
    ],
    [
      'I17',
      'lost evidence',
      'DELETE FROM mention; DELETE FROM evidence WHERE id = 13',
      /^the journal issued evidence 3 times, and 2 pieces are there$/,
    ],
    [
      'I17',
      'evidence that covers nobody',
      'DELETE FROM evidence_recipient WHERE evidence = 13',
      /^evidence "S" covers nobody$/,
    ],
    [
      'I17',
      'evidence used under another name',
      "UPDATE mention SET reference = 'X' WHERE tx = 14",
      /^transaction 14 names evidence "X", which is not its own$/,
    ],
    [
      'I17',
      'evidence that a refund uses',
      'UPDATE mention SET used = 1 WHERE tx = 15',
      /^transaction 15 uses evidence "S" and is no charge$/,
    ],
  ];

  test.each(PLANTED)('%s: %s', async (invariant, _what, sql, sentence) => {
    const file = await history();
    tamper(file, sql, true);
    const database = new Database(file, { readonly: true });
    database.defaultSafeIntegers(true);
    const found = audit(auditedBooks(database));
    database.close();
    const sentences = found
      .filter((violation) => violation.invariant === invariant)
      .map((violation) => violation.sentence);
    expect(sentences).toContainEqual(expect.stringMatching(sentence));
  });

  test('each invariant at least once in this table', () => {
    expect(new Set(PLANTED.map(([invariant]) => invariant))).toEqual(
      new Set(Object.keys(INVARIANTS)),
    );
  });
});

test('every violation is listed', async () => {
  const file = await history();
  tamper(file, 'UPDATE account SET held = held + 1', true);
  const database = new Database(file, { readonly: true });
  database.defaultSafeIntegers(true);
  const found = audit(auditedBooks(database));
  database.close();
  expect(found.map(({ invariant }) => invariant)).toEqual(['I2', 'I2', 'I4', 'I4']);
});
