// A ledger taken away as bytes and brought back: whole, at once, and on the disk where it lives on the disk.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import Database from 'better-sqlite3';
import { emptyImage } from '../../../src/store/image';
import { readImageFile, writeImageFile } from '../../../src/store/image-file';
import type { Ledger } from '../../../src/store/ledger';
import { LedgerFileError } from '../../../src/store/ledger-file-error';
import {
  ALICE,
  accepted,
  BOB,
  charge,
  ledgerFile,
  MINUTE,
  opened,
  provision,
  refused,
  release,
  reserve,
  START,
  testLedger,
} from './support';

const PLACES = [
  ['in memory', () => ':memory:'],
  ['in a file', ledgerFile],
] as const;

/** A wallet, a charge, and a reservation that is open; its identifier. */
async function filled(ledger: Ledger): Promise<string> {
  await accepted(ledger.submit(provision(ALICE, 100n)));
  await accepted(ledger.submit(charge(ALICE, 1n)));
  return opened(ledger, reserve(ALICE, 2n));
}

describe.each(PLACES)('a ledger %s', (_place, location) => {
  test('is what it was once it is brought back', async () => {
    const { ledger } = testLedger({ location: location() });
    const identifier = await filled(ledger);
    const [image, digest] = [ledger.serialize(), ledger.digest()];
    await accepted(ledger.submit(charge(ALICE, 5n)));
    await accepted(ledger.submit(release(identifier)));
    await accepted(ledger.submit(provision(BOB, 7n)));
    ledger.replace(image);
    expect(ledger.digest()).toBe(digest);
    expect(ledger.audit()).toEqual([]);
    await accepted(ledger.submit(release(identifier)));
    expect(ledger.read.counts()).toMatchObject({ subscribers: 1, transactions: 4 });
  });

  test('forgets what it kept in memory', async () => {
    const { ledger, clock } = testLedger({ location: location() });
    const image = ledger.serialize();
    await filled(ledger);
    clock.now += 60 * MINUTE;
    await ledger.tick();
    ledger.replace(image);
    expect([ledger.time(), ledger.nextExpiry()]).toEqual([START, undefined]);
    clock.now = START + 1;
    const identifier = await filled(ledger);
    expect(ledger.nextExpiry()).toBe(START + 1 + 30 * MINUTE);
    await accepted(ledger.submit(release(identifier)));
  });

  test('decides what was queued where it is then', async () => {
    const { ledger } = testLedger({ location: location(), terms: { unknownAccounts: 'refuse' } });
    const empty = ledger.serialize();
    await accepted(ledger.submit(provision(ALICE, 100n)));
    const queued = ledger.submit(charge(ALICE, 1n));
    ledger.replace(empty);
    expect(await refused(queued)).toBe('unknown_subscriber');
  });

  test('begins as another one', async () => {
    const { ledger: first } = testLedger();
    await filled(first);
    const { ledger } = testLedger({ location: location(), initial: first.serialize() });
    expect(ledger.digest()).toBe(first.digest());
    await accepted(ledger.submit(charge(ALICE, 3n)));
    expect(first.read.counts().transactions).toBe(3);
  });

  test('cannot be taken or replaced when it is closed', async () => {
    const { ledger } = testLedger({ location: location() });
    const image = ledger.serialize();
    await ledger.close();
    expect(() => ledger.serialize()).toThrow(LedgerFileError);
    expect(() => ledger.replace(image)).toThrow(/is not open/);
    expect(ledger.time()).toBeUndefined();
  });
});

describe('a ledger in a file that was replaced', () => {
  test('is that one after the next start too, and what was acknowledged before is no loss', async () => {
    const location = ledgerFile();
    const { ledger } = testLedger({ location });
    const image = ledger.serialize();
    await filled(ledger);
    ledger.replace(image);
    await accepted(ledger.submit(provision(BOB, 7n)));
    const digest = ledger.digest();
    await ledger.close();
    expect(testLedger({ location }).ledger.digest()).toBe(digest);
  });

  test('still misses what was acknowledged since', async () => {
    const location = ledgerFile();
    const { ledger } = testLedger({ location });
    const before = ledger.serialize();
    await filled(ledger);
    ledger.replace(before);
    await filled(ledger);
    await ledger.close();
    writeFileSync(location, before);
    expect(() => testLedger({ location })).toThrow('holds 0 transactions, and 3 were acknowledged');
  });

  test('can be made again when it was deleted', async () => {
    const location = ledgerFile();
    const { ledger } = testLedger({ location });
    const image = ledger.serialize();
    await filled(ledger);
    await ledger.close();
    rmSync(location);
    expect(testLedger({ location, initial: image }).ledger.read.counts().transactions).toBe(0);
  });

  test('leaves nothing beside it', async () => {
    const location = ledgerFile();
    const { ledger } = testLedger({ location });
    await filled(ledger);
    ledger.replace(ledger.serialize());
    await ledger.close();
    expect(readdirSync(dirname(location)).sort()).toEqual(['ledger.db', 'ledger.db.lock']);
  });

  test('is as it was when nothing can be written beside it', async () => {
    const location = ledgerFile();
    const { ledger } = testLedger({ location });
    const empty = ledger.serialize();
    await filled(ledger);
    const digest = ledger.digest();
    mkdirSync(`${location}.new`);
    expect(() => ledger.replace(empty)).toThrow(LedgerFileError);
    rmSync(`${location}.new`, { recursive: true });
    expect(ledger.digest()).toBe(digest);
    await accepted(ledger.submit(charge(ALICE, 3n, 'after')));
    expect(ledger.trouble()).toBeUndefined();
  });

  test('begins as it is, and not anew, when it is there already', async () => {
    const location = ledgerFile();
    const { ledger } = testLedger({ location });
    await filled(ledger);
    const digest = ledger.digest();
    await ledger.close();
    const { ledger: again } = testLedger({ location, initial: emptyImage(START) });
    expect(again.digest()).toBe(digest);
  });
});

describe('as one file', () => {
  test.each(PLACES)('a ledger %s comes back with what was written along', async (_p, location) => {
    const { ledger } = testLedger({ location: location() });
    await filled(ledger);
    const read = readImageFile(writeImageFile(ledger.serialize(), '{"a":1}'));
    expect(read.state).toBe('{"a":1}');
    expect(testLedger({ initial: read.image }).ledger.digest()).toBe(ledger.digest());
  });

  test('it is a database that any SQLite opens', async () => {
    const { ledger } = testLedger();
    await filled(ledger);
    const database = new Database(writeImageFile(ledger.serialize(), 'state'));
    expect(database.prepare('SELECT count(*) FROM tx').pluck().get()).toBe(3);
    expect(database.prepare('SELECT state FROM export').pluck().get()).toBe('state');
    database.close();
  });

  test('the file of a ledger that was closed is taken too', async () => {
    const location = ledgerFile();
    const { ledger } = testLedger({ location });
    await filled(ledger);
    const digest = ledger.digest();
    await ledger.close();
    const { image, state } = readImageFile(readFileSync(location));
    expect(state).toBeUndefined();
    expect(testLedger({ initial: image }).ledger.digest()).toBe(digest);
    expect(existsSync(`${location}-wal`)).toBe(false);
  });

  const NEITHER = 'What is to be imported is neither an exported sandbox nor a ledger.';
  test.each<[string, (bytes: Buffer) => Uint8Array, string]>([
    ['nothing', () => Buffer.alloc(0), NEITHER],
    ['a text', () => Buffer.from('hello'), NEITHER],
    ['a database of somebody else', () => someDatabase(), NEITHER],
    ['half of it', (bytes) => bytes.subarray(0, bytes.length / 2), 'is damaged'],
    [
      'money that was added',
      (bytes) =>
        changed(
          bytes,
          'DROP TRIGGER account_guard; UPDATE account SET credits = credits + 1 WHERE id = 1',
        ),
      'The ledger to be imported is damaged (I2: ',
    ],
    [
      'a text that was changed',
      (bytes) => changed(bytes, "DROP TRIGGER tx_no_update; UPDATE tx SET code = 'x'"),
      'it is not what was exported',
    ],
    ['a newer layout', (bytes) => changed(bytes, 'PRAGMA user_version = 99'), 'has layout 99'],
    ['no state', (bytes) => changed(bytes, 'DELETE FROM export'), 'its state is missing'],
  ])('is refused: %s', async (_what, spoil, sentence) => {
    const { ledger } = testLedger();
    await filled(ledger);
    const bytes = spoil(writeImageFile(ledger.serialize(), '{}'));
    expect(() => readImageFile(bytes)).toThrow(LedgerFileError);
    expect(() => readImageFile(bytes)).toThrow(sentence);
  });
});

function changed(bytes: Buffer, sql: string): Buffer {
  const database = new Database(bytes);
  database.exec(sql);
  const spoilt = database.serialize();
  database.close();
  return spoilt;
}

function someDatabase(): Buffer {
  const database = new Database(':memory:');
  database.exec('CREATE TABLE mine(x)');
  const bytes = database.serialize();
  database.close();
  return bytes;
}
