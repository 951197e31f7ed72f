// Every invariant, violated on purpose in the file behind the ledger's back, is found and named.
import { describe, expect, test } from '@jest/globals';
import Database from 'better-sqlite3';
import { audit } from '../../../src/ledger/audit';
import { INVARIANTS, type Invariant } from '../../../src/ledger/invariants';
import { auditedBooks } from '../../../src/store/audited-books';
import {
  ALICE,
  accepted,
  BOB,
  capture,
  charge,
  enlarge,
  ledgerFile,
  opened,
  refund,
  release,
  reserve,
  reserveVolume,
  START,
  tamper,
  testLedger,
} from './support';

/**
 * Wallet 1 is Alice's, 2 is Bob's, -1 is the operator, -2 the application.
 * Transactions: 1 opening, 2 charge, 3 duplicate charge, 4 refund, 5 opening, 6 reserve, 7 enlarge, 8 capture,
 * 9 release, 10 reserve (open), 11 capture of it, 12 volume reserve (open).
 */
async function history(): Promise<string> {
  const file = ledgerFile();
  const { ledger } = testLedger({ location: file });
  await accepted(ledger.submit(charge(ALICE, 5n, 'a')));
  await accepted(ledger.submit(charge(ALICE, 5n, 'a')));
  await accepted(ledger.submit(refund(ALICE, 2n, 'b')));
  const first = await opened(ledger, reserve(BOB, 10n));
  await accepted(ledger.submit(enlarge(first, 5n)));
  await accepted(ledger.submit(capture(first, 3n, 'c')));
  await accepted(ledger.submit(release(first)));
  await accepted(ledger.submit(capture(await opened(ledger, reserve(BOB, 10n)), 4n, 'd')));
  await opened(ledger, reserveVolume(BOB, 10n, 10_000n));
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
      "INSERT INTO transfer VALUES (0, 0, 'posted', 1, -2, 1)",
      /^transfer 0\/0 belongs to no transaction$/,
    ],
    [
      'I1',
      'a transfer after all transactions',
      "INSERT INTO transfer VALUES (99, 0, 'posted', 1, -2, 1)",
      /^transfer 99\/0 belongs to no transaction$/,
    ],
    [
      'I2',
      'credits that no transfer explains',
      'UPDATE account SET credits = credits + 1 WHERE id = 1',
      /^wallet tel:\+15550001 EUR notes 1002000001 micros of credits, its transfers sum to 1002000000$/,
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
      "INSERT INTO transfer VALUES (2, 1, 'posted', 1, -2, 7)",
      /of debits/,
    ],
    [
      'I3',
      'an overdraft',
      'UPDATE account SET credits = 9999999 WHERE id = 1',
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
      'UPDATE meta SET transactions = 13',
      /counts 13 transactions and its last has number 12$/,
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
      `UPDATE tx SET at = ${START + 1} WHERE number = 12`,
      /^transaction 12 is later than ledger time/,
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
