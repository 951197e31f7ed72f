// Where a ledger may live: what opening makes true, what it refuses, what it finds again.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  closeSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import Database from 'better-sqlite3';
import { openDatabase } from '../../../src/store/database';
import { LedgerFileError } from '../../../src/store/ledger-file-error';
import { CREATE_SCHEMA, MIGRATIONS } from '../../../src/store/schema';
import {
  ALICE,
  accepted,
  capture,
  charge,
  issue,
  ledgerFile,
  MINUTE,
  opened,
  proved,
  provision,
  refused,
  reserve,
  START,
  tamper,
  testLedger,
} from './support';

const SQLITE = require.resolve('better-sqlite3');
const onLinux = process.platform === 'linux' ? test : test.skip;

describe('settings', () => {
  test.each([
    ['journal_mode', 'wal'],
    ['synchronous', 2],
    ['foreign_keys', 1],
    ['trusted_schema', 0],
    ['cell_size_check', 1],
    ['application_id', 0x50585045],
    ['user_version', 2],
  ])('%s is %s on the first opening and on every later one', (name, value) => {
    const file = ledgerFile();
    for (const created of [true, false]) {
      const database = openDatabase(file, START);
      expect(database.created).toBe(created);
      database.database.defaultSafeIntegers(false);
      expect(database.database.pragma(name, { simple: true })).toBe(value);
      database.database.close();
    }
  });
});

describe('a new ledger', () => {
  test('makes its folder, starts at the clock and is empty', () => {
    const file = join(dirname(ledgerFile()), 'a', 'b', 'ledger.db');
    const { ledger } = testLedger({ location: file });
    expect(existsSync(file)).toBe(true);
    expect(ledger.read.ledgerTime()).toBe(START);
    expect(ledger.read.counts()).toEqual({
      subscribers: 0,
      wallets: 0,
      transactions: 0,
      transfers: 0,
      reservations: 0,
      openReservations: 0,
      billEntries: 0,
      referenceUses: 0,
      evidence: 0,
    });
    expect(ledger.nextExpiry()).toBeUndefined();
    expect(ledger.audit()).toEqual([]);
  });

  test('takes the place of an empty file', () => {
    const file = ledgerFile();
    writeFileSync(file, '');
    expect(testLedger({ location: file }).ledger.read.counts().transactions).toBe(0);
  });

  test('takes the place of one that was deleted', async () => {
    const file = await filledLedger();
    rmSync(file);
    expect(testLedger({ location: file }).ledger.read.counts().transactions).toBe(0);
  });

  test('takes the place of a creation that was killed half-way', () => {
    const file = ledgerFile();
    const script = `
      const database = new (require(${JSON.stringify(SQLITE)}))(${JSON.stringify(file)});
      database.pragma('journal_mode = WAL');
      database.exec('BEGIN IMMEDIATE');
      database.exec(${JSON.stringify(CREATE_SCHEMA)});
      process.kill(process.pid, 'SIGKILL');`;
    expect(spawnSync(process.execPath, ['-e', script]).signal).toBe('SIGKILL');
    expect(existsSync(file)).toBe(true);
    const { ledger } = testLedger({ location: file });
    expect(ledger.read.counts().transactions).toBe(0);
  });

  test('in memory leaves no file behind', async () => {
    const { ledger } = testLedger();
    await accepted(ledger.submit(charge(ALICE, 1n)));
    await ledger.close();
    expect(existsSync(':memory:')).toBe(false);
  });
});

describe('a ledger of layout 1, which had no evidence and no chains', () => {
  const UNDO = `DROP TABLE refunded; DROP TABLE undoing; DROP TABLE mention; DROP TABLE seal; DROP TABLE evidence_recipient;
    DROP TABLE evidence; DROP TRIGGER account_guard; ALTER TABLE account DROP COLUMN latest; ALTER TABLE transfer DROP COLUMN previous;
    CREATE INDEX transfer_wallet ON transfer(wallet); PRAGMA user_version = 1`;

  test('is brought to layout 2 and goes on', async () => {
    const file = await filledLedger();
    const before = testLedger({ location: file });
    const digest = before.ledger.digest();
    await before.ledger.close();
    tamper(file, UNDO);

    const { ledger } = testLedger({ location: file });
    expect(ledger.digest()).toBe(digest);
    await accepted(ledger.submit(issue('SMS1', ALICE)));
    await accepted(ledger.submit(proved(charge(ALICE, 1n, 'proved'), 'SMS1')));
    expect(ledger.read.evidence('SMS1')?.usedBy).toBe(ledger.read.counts().transactions);
    expect(ledger.audit()).toEqual([]);
  });

  test('is as it was when that is killed half-way', async () => {
    const file = await filledLedger();
    tamper(file, UNDO);
    const script = `
      const database = new (require(${JSON.stringify(SQLITE)}))(${JSON.stringify(file)});
      database.exec('BEGIN IMMEDIATE');
      database.exec(${JSON.stringify(MIGRATIONS.get(1))});
      process.kill(process.pid, 'SIGKILL');`;
    expect(spawnSync(process.execPath, ['-e', script]).signal).toBe('SIGKILL');
    const left = new Database(file);
    expect(left.pragma('user_version', { simple: true })).toBe(1);
    left.close();
    expect(testLedger({ location: file }).ledger.audit()).toEqual([]);
  });
});

describe('a ledger opened again', () => {
  test('goes on with its time, its numbers, its wallets and its reservations', async () => {
    const file = ledgerFile();
    const first = testLedger({ location: file });
    await accepted(first.ledger.submit(provision(ALICE, 10n)));
    const identifier = await opened(first.ledger, reserve(ALICE, 4n));
    first.clock.now += MINUTE;
    await refused(first.ledger.submit(charge(ALICE, 7n)));
    const before = first.ledger.digest();
    await first.ledger.close();

    // The clock of the second run is behind: ledger time stays where it was.
    const second = testLedger({ location: file, clock: { now: START - MINUTE } });
    expect(second.ledger.digest()).toBe(before);
    expect(second.ledger.read.ledgerTime()).toBe(START + MINUTE);
    expect(second.ledger.nextExpiry()).toBe(START + 30 * MINUTE);
    await accepted(second.ledger.submit(capture(identifier, 3n)));
    const transactions = second.ledger.read.transactions();
    expect(transactions.map(({ number, kind, at }) => [number, kind, at])).toEqual([
      [1, 'provision', START],
      [2, 'reserve', START],
      [3, 'capture', START + MINUTE],
    ]);
    second.clock.now = START + 30 * MINUTE;
    expect(await second.ledger.tick()).toEqual([identifier]);
    expect(second.ledger.audit()).toEqual([]);
  });

  test('after a clean stop is one file and its lock', async () => {
    const file = ledgerFile();
    const { ledger } = testLedger({ location: file });
    await accepted(ledger.submit(charge(ALICE, 1n)));
    await ledger.close();
    expect(existsSync(`${file}-wal`)).toBe(false);
    expect(existsSync(`${file}-shm`)).toBe(false);

    const moved = join(dirname(file), 'moved.db');
    copyFileSync(file, moved);
    expect(testLedger({ location: moved }).ledger.read.counts().transactions).toBe(2);
  });
});

describe('refused with one sentence', () => {
  test.each([
    [
      'a file that is no database',
      (file: string) => writeFileSync(file, 'Dear diary, '.repeat(1_000)),
      /is not a ledger of this emulator/,
    ],
    [
      "another program's database",
      (file: string) => tamper(file, 'CREATE TABLE mine(x); PRAGMA application_id = 7'),
      /is not a ledger of this emulator/,
    ],
    [
      'a database that nobody signed',
      (file: string) => tamper(file, 'CREATE TABLE mine(x)'),
      /is not a ledger of this emulator/,
    ],
    [
      "another program's database in write-ahead mode",
      (file: string) => tamper(file, 'PRAGMA journal_mode = WAL; CREATE TABLE mine(x)'),
      /is not a ledger of this emulator/,
    ],
    [
      "another program's database after a crash",
      (file: string) => {
        const script = `
          const database = new (require(${JSON.stringify(SQLITE)}))(${JSON.stringify(file)});
          database.exec('PRAGMA journal_mode = WAL; CREATE TABLE mine(x)');
          process.kill(process.pid, 'SIGKILL');`;
        spawnSync(process.execPath, ['-e', script]);
      },
      /is not a ledger of this emulator/,
    ],
    ['a few bytes', (file: string) => writeFileSync(file, 'hi'), /is not a ledger/],
    ['a folder', (file: string) => mkdirSync(file), /is not a file/],
    [
      'a path through a file',
      (file: string) => {
        rmSync(dirname(file), { recursive: true });
        writeFileSync(dirname(file), '');
      },
      /cannot be opened/,
    ],
  ])('%s', (_what, prepare, sentence) => {
    const file = ledgerFile();
    prepare(file);
    const before = existsSync(file) ? contents(file) : undefined;
    const beside = neighbours(file);
    expect(() => testLedger({ location: file })).toThrow(LedgerFileError);
    expect(() => testLedger({ location: file })).toThrow(sentence);
    if (before !== undefined) expect(contents(file)).toEqual(before);
    expect(neighbours(file)).toEqual(beside);
  });

  test.each([
    ['a text', (lock: string) => writeFileSync(lock, 'locked by me')],
    ["another program's database", (lock: string) => tamper(lock, 'PRAGMA application_id = 7')],
    ['a database that nobody signed', (lock: string) => tamper(lock, 'CREATE TABLE mine(x)')],
    ['a ledger', (lock: string) => tamper(lock, CREATE_SCHEMA)],
  ])('%s in the place of the lock', (_what, prepare) => {
    const file = ledgerFile();
    prepare(`${file}.lock`);
    const before = contents(`${file}.lock`);
    expect(() => testLedger({ location: file })).toThrow(LedgerFileError);
    expect(() => testLedger({ location: file })).toThrow(
      `${file}.lock is not the lock of a ledger: move it away, or give another file for the ledger.`,
    );
    expect(contents(`${file}.lock`)).toEqual(before);
    expect(existsSync(file)).toBe(false);
  });

  // In a process of its own, which can be ended from outside if it never ends by itself.
  onLinux('a folder that cannot be made', () => {
    const { status, stderr } = spawnSync(
      process.execPath,
      ['-e', openScript('/proc/nowhere/deeper/ledger.db')],
      { encoding: 'utf8', timeout: 20_000, killSignal: 'SIGKILL' },
    );
    expect(stderr).toContain(
      'LedgerFileError: The ledger /proc/nowhere/deeper/ledger.db cannot be opened for writing (ENOENT',
    );
    expect(status).toBe(1);
  });

  test.each([
    ['a newer layout', 'PRAGMA user_version = 3', /layout 3 and this emulator reads layout 2/],
    [
      'money that does not add up',
      'UPDATE account SET credits = credits + 1 WHERE id = 1',
      /is damaged \(I2: wallet tel:\+15550001 EUR notes 1000000001 micros of credits.*and 1 more/,
    ],
    [
      'a reservation that should have expired',
      'UPDATE reservation SET expires_at = 1',
      /is damaged \(I12: reservation 3 is open past its time 1\)/,
    ],
  ])('%s', async (_what, sql, sentence) => {
    const file = await filledLedger();
    tamper(file, sql, true);
    const before = contents(file);
    expect(() => testLedger({ location: file })).toThrow(sentence);
    expect(() => testLedger({ location: file })).toThrow(LedgerFileError);
    expect(contents(file)).toEqual(before);
  });

  test.each(['transfer', 'bill_entry', 'reservation_wallet', 'reservation_due'])(
    'flipped bytes in a page of %s',
    async (name) => {
      const file = await filledLedger();
      const reader = new Database(file);
      const page = reader.prepare('SELECT rootpage FROM sqlite_master WHERE name = ?').pluck();
      const offset = (Number(page.get(name)) - 1) * 4_096;
      reader.close();
      const descriptor = openSync(file, 'r+');
      writeSync(descriptor, Buffer.alloc(64, 0xa5), 0, 64, offset);
      closeSync(descriptor);
      expect(() => testLedger({ location: file })).toThrow(/is damaged/);
    },
  );

  test.each([
    ['never copied into the database file', 1, 'holds 0 transactions, and 2 were acknowledged'],
    ['copied there in part', 2, 'holds 2 transactions, and 3 were acknowledged'],
  ])('a ledger whose write-ahead file went missing after a crash, %s', (_how, runs, sentence) => {
    const file = ledgerFile();
    for (let run = 1; run < runs; run += 1) chargeInProcess(file, 'ledger.close()');
    chargeInProcess(file, "process.kill(process.pid, 'SIGKILL')");
    rmSync(`${file}-wal`);
    rmSync(`${file}-shm`);
    const before = contents(file);
    expect(() => testLedger({ location: file })).toThrow(sentence);
    expect(() => testLedger({ location: file })).toThrow(LedgerFileError);
    expect(contents(file)).toEqual(before);
    rmSync(`${file}.lock`);
    expect(testLedger({ location: file }).ledger.audit()).toEqual([]);
  });

  test('an older copy in the place of a ledger', async () => {
    const file = await filledLedger();
    const copy = `${file}.copy`;
    copyFileSync(file, copy);
    const { ledger } = testLedger({ location: file });
    await accepted(ledger.submit(charge(ALICE, 1n)));
    await ledger.close();
    copyFileSync(copy, file);
    expect(() => testLedger({ location: file })).toThrow('or this is an older copy');
  });

  test('a ledger that this process has open, also by another name', () => {
    const file = ledgerFile();
    const { ledger } = testLedger({ location: file });
    const alias = join(dirname(file), 'alias.db');
    symlinkSync(file, alias);
    for (const location of [file, alias]) {
      expect(() => testLedger({ location })).toThrow(/is in use by another process/);
    }
    expect(ledger.read.counts().transactions).toBe(0);
    // To close a file in this process may let go of all its locks: the next one must still find them.
    const next = spawnSync(process.execPath, ['-e', openScript(file)], { encoding: 'utf8' });
    expect(next.stderr).toContain('is in use by another process');
  });

  test('a ledger that another process has open, until it is killed', async () => {
    const file = ledgerFile();
    const script = `${openScript(file)}; console.log('open'); setInterval(() => {}, 1000);`;
    const other = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
    try {
      await Promise.race([once(other.stdout, 'data'), once(other, 'exit')]);
      expect(() => testLedger({ location: file })).toThrow(/is in use by another process/);
    } finally {
      const ended = once(other, 'exit');
      if (other.kill('SIGKILL')) await ended;
    }
    expect(testLedger({ location: file }).ledger.read.counts().transactions).toBe(0);
  });
});

function contents(file: string): unknown {
  try {
    return readFileSync(file);
  } catch {
    return 'unreadable';
  }
}

/** What lies in the folder of `file`; undefined when that is no folder. */
function neighbours(file: string): string[] | undefined {
  return statSync(dirname(file)).isDirectory() ? readdirSync(dirname(file)) : undefined;
}

/** Two wallets' worth of history with an open reservation, closed cleanly. */
async function filledLedger(): Promise<string> {
  const file = ledgerFile();
  const { ledger } = testLedger({ location: file });
  await accepted(ledger.submit(charge(ALICE, 1n)));
  await opened(ledger, reserve(ALICE, 2n));
  await ledger.close();
  return file;
}

/** A process that opens the ledger at `file`, in JavaScript. */
function openScript(file: string): string {
  const hook = join(__dirname, '../../crash/register.js');
  const store = join(__dirname, '../../../src/store/ledger.ts');
  const terms = join(__dirname, '../../support/terms.ts');
  return `require(${JSON.stringify(hook)});
    const { openLedger } = require(${JSON.stringify(store)});
    const { testTerms } = require(${JSON.stringify(terms)});
    const ledger = openLedger({ location: ${JSON.stringify(file)}, now: () => ${START}, terms: () => testTerms() });`;
}

/** Charges once in a process of its own, which then does `after`. */
function chargeInProcess(file: string, after: string): void {
  const script = `${openScript(file)}
    const reference = { space: 'charge', code: 'c', fingerprint: Buffer.from('c') };
    const payers = [{ subscriber: ${JSON.stringify(ALICE)}, amount: 1n }];
    const command = { kind: 'charge', application: 'shop', currency: 'EUR', payers, texts: { notes: [] }, reference };
    ledger.submit(command).then(() => ${after});`;
  spawnSync(process.execPath, ['-e', script], { stdio: 'inherit' });
}
