// The second lock on the door: what the tables themselves refuse, whoever writes.
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import Database from 'better-sqlite3';
import {
  ALICE,
  accepted,
  BOB,
  charge,
  ledgerFile,
  opened,
  release,
  reserve,
  testLedger,
} from './support';

let database: Database.Database;

/** Transactions 1 and 2: wallet and charge of Alice; 3 and 4: wallet and reservation of Bob; 5 and 6: one released. */
beforeEach(async () => {
  const file = ledgerFile();
  const { ledger } = testLedger({ location: file });
  await accepted(ledger.submit(charge(ALICE, 1n)));
  await opened(ledger, reserve(BOB, 2n));
  await accepted(ledger.submit(release(await opened(ledger, reserve(BOB, 3n)))));
  await ledger.close();
  database = new Database(file);
});

afterEach(() => {
  database.close();
});

describe('refused in the file', () => {
  test.each([
    ['a changed transaction', 'UPDATE tx SET at = at + 1', 'tx is append-only'],
    ['a deleted transaction', 'DELETE FROM tx WHERE number = 6', 'tx is append-only'],
    ['a changed transfer', 'UPDATE transfer SET amount = 1', 'transfer is append-only'],
    ['a deleted transfer', 'DELETE FROM transfer', 'transfer is append-only'],
    ['a changed reference', 'UPDATE reference_use SET tx = 1', 'reference_use is append-only'],
    ['a deleted reference', 'DELETE FROM reference_use', 'reference_use is append-only'],
    ['a changed bill', "UPDATE bill_entry SET texts = '[]'", 'bill_entry is append-only'],
    ['a deleted bill', 'DELETE FROM bill_entry', 'bill_entry is append-only'],
    ['a deleted wallet', 'DELETE FROM account WHERE id = 1', 'account is append-only'],
    ['a deleted subscriber', 'DELETE FROM subscriber', 'subscriber is append-only'],
    ['a deleted reservation', 'DELETE FROM reservation', 'reservation is append-only'],
    ['a lost ledger time', 'DELETE FROM meta', 'meta is append-only'],
    ['a second ledger time', 'INSERT INTO meta VALUES (2, 0, 0)', 'CHECK constraint failed'],
    ['time that goes back', 'UPDATE meta SET ledger_time = ledger_time - 1', 'time went back'],
    [
      'a gap in the numbers',
      "INSERT INTO tx(number, at, kind) VALUES (8, 1700000000000, 'charge'); UPDATE meta SET transactions = 8",
      'number is missing',
    ],
    [
      'a number that is not noted',
      "INSERT INTO tx(number, at, kind) VALUES (7, 1700000000000, 'charge'); UPDATE meta SET ledger_time = ledger_time + 1",
      'number is missing',
    ],
    [
      'a transaction before its time',
      "INSERT INTO tx(number, at, kind) VALUES (7, 1600000000000, 'charge'); UPDATE meta SET transactions = 7",
      'time went back',
    ],
    [
      'a number twice',
      "INSERT INTO tx(number, at, kind) VALUES (1, 0, '')",
      'UNIQUE constraint failed',
    ],
    [
      'a reference twice',
      'INSERT INTO reference_use SELECT * FROM reference_use',
      'UNIQUE constraint failed',
    ],
    [
      'an overdraft',
      'UPDATE account SET debits = 1000000001 WHERE id = 1',
      'credits - debits - held',
    ],
    ['a counter that shrinks', 'UPDATE account SET debits = 0 WHERE id = 1', 'only grow'],
    ['a wallet that changes hands', "UPDATE account SET owner = 'x' WHERE id = 1", 'only grow'],
    [
      'a counter beyond its bound',
      'UPDATE account SET credits = 1000000000000000001 WHERE id = 1',
      'CHECK constraint failed',
    ],
    [
      'an overflow into floating point',
      'UPDATE account SET credits = 9223372036854775807 + debits WHERE id = 1',
      'cannot store REAL value in INTEGER column',
    ],
    [
      'a fraction of a micro',
      'UPDATE account SET credits = credits + 0.5 WHERE id = 1',
      'cannot store REAL value in INTEGER column',
    ],
    [
      'counters of an application',
      "UPDATE account SET credits = 1 WHERE kind = 'application'",
      'CHECK constraint failed',
    ],
    [
      'a second wallet in one currency',
      "INSERT INTO account(id, kind, owner, currency) VALUES (9, 'subscriber', 'tel:+15550001', 'EUR')",
      'UNIQUE constraint failed',
    ],
    [
      'a transfer of nothing',
      "INSERT INTO transfer VALUES (6, 9, 'posted', 1, -1, 0, NULL)",
      'CHECK constraint',
    ],
    [
      'a transfer to itself',
      "INSERT INTO transfer VALUES (6, 9, 'posted', 1, 1, 5, NULL)",
      'CHECK constraint',
    ],
    [
      'a transfer between wallets',
      "INSERT INTO transfer VALUES (6, 9, 'posted', 1, 2, 5, NULL)",
      'CHECK constraint',
    ],
    [
      'a transfer to nobody',
      "INSERT INTO transfer VALUES (6, 9, 'posted', 1, -99, 5, NULL)",
      'FOREIGN KEY',
    ],
    [
      'a transfer of no transaction',
      "INSERT INTO transfer VALUES (99, 0, 'posted', 1, -1, 5, NULL)",
      'FOREIGN KEY',
    ],
    [
      'a charge above what is reserved',
      'UPDATE reservation SET charged = 2000001 WHERE id = 4',
      'CHECK constraint',
    ],
    [
      'a closed reservation that opens',
      "UPDATE reservation SET state = 'open', closed_by = NULL WHERE id = 5",
      'closed once',
    ],
    [
      'a reservation closed by nothing',
      "UPDATE reservation SET state = 'expired' WHERE id = 4",
      'CHECK constraint',
    ],
    ['a charge that shrinks', 'UPDATE reservation SET charged = -1 WHERE id = 4', 'only grows'],
  ])('%s', (_what, sql, message) => {
    database.pragma('foreign_keys = ON');
    database.exec('BEGIN');
    expect(() => database.exec(sql)).toThrow(message);
  });
});
