// Opening the database of a ledger: what must be true of the file and of the connection before anything is read.
import { existsSync, statSync } from 'node:fs';
import Database from 'better-sqlite3';
import type { Instant } from '../ledger/time';
import { isEmpty, isSignedAs } from './identity';
import { asLedgerFileError, damaged, gone, LedgerFileError, notOurs } from './ledger-file-error';
import { APPLICATION_ID, CREATE_SCHEMA, MIGRATIONS, SCHEMA_VERSION } from './schema';

export const IN_MEMORY = ':memory:';

/**
 * 16 MB of write-ahead file between checkpoints instead of SQLite's 4 MB: pages that many batches touch are copied
 * into the database less often (a sixth of the cost of a charge with random reference codes).
 */
const CHECKPOINT_PAGES = 4_000;

/** Set, then read back: a setting that did not take is an error, not a slower or a less durable ledger. */
const SETTINGS: readonly { readonly set: string; readonly name: string; readonly is: unknown }[] = [
  // Without it a re-opened WAL database is NORMAL in this build, which a power cut may rob of acknowledged commits.
  { set: 'synchronous = FULL', name: 'synchronous', is: 2 },
  { set: 'foreign_keys = ON', name: 'foreign_keys', is: 1 },
  { set: 'trusted_schema = OFF', name: 'trusted_schema', is: 0 },
  { set: 'cell_size_check = ON', name: 'cell_size_check', is: 1 },
  {
    set: `wal_autocheckpoint = ${CHECKPOINT_PAGES}`,
    name: 'wal_autocheckpoint',
    is: CHECKPOINT_PAGES,
  },
];

export interface OpenedDatabase {
  readonly database: Database.Database;
  /** True when the ledger was created just now. */
  readonly created: boolean;
}

/**
 * Opens the ledger at `path` (or IN_MEMORY) and creates it there, with ledger time `createdAt`, when there is none.
 * A ledger of an older layout is brought to the present one.
 * Throws LedgerFileError for a file that is not a ledger, is newer than this emulator, is damaged, holds fewer
 * transactions than have been `acknowledged`, or is not there although nobody said `createdAt`; nothing is changed.
 */
export function openDatabase(
  path: string,
  createdAt: Instant | undefined,
  acknowledged = 0,
): OpenedDatabase {
  let database: Database.Database | undefined;
  try {
    const beginsAnew = !existsSync(path) || statSync(path).size === 0;
    if (beginsAnew && createdAt === undefined) throw new LedgerFileError(gone(path));
    database = new Database(path, { timeout: 0, fileMustExist: createdAt === undefined });
    const created = isEmpty(database);
    if (!created) identify(database, path);
    if (!beginsAnew) demandAcknowledged(database, path, acknowledged);
    configure(database, path);
    if (!created) bringUp(database, path);
    else if (createdAt !== undefined) create(database, createdAt);
    else throw new LedgerFileError(gone(path));
    database.defaultSafeIntegers(true);
    return { database, created };
  } catch (error) {
    database?.close();
    throw asLedgerFileError(error, path);
  }
}

/** A ledger in memory that begins as these bytes, which this process made from a ledger: nobody looks into them. */
export function openOwnBytes(bytes: Buffer): Database.Database {
  const database = new Database(bytes);
  configure(database, IN_MEMORY);
  return database.defaultSafeIntegers(true);
}

/**
 * The same for bytes that anybody may have written: held to what a file is held to. `subject` stands in errors in the
 * place of a path. Throws LedgerFileError, or what SQLite says of bytes that are no database.
 */
export function openForeignBytes(bytes: Buffer, subject: string): Database.Database {
  const database = new Database(bytes);
  try {
    identify(database, subject);
    configure(database, IN_MEMORY);
    bringUp(database, subject);
    return database.defaultSafeIntegers(true);
  } catch (error) {
    database.close();
    throw error;
  }
}

function identify(database: Database.Database, path: string): void {
  if (!isSignedAs(database, APPLICATION_ID)) throw new LedgerFileError(notOurs(path));
  const version = layoutOf(database);
  if (version === SCHEMA_VERSION || MIGRATIONS.has(version)) return;
  throw new LedgerFileError(
    `The ledger ${path} has layout ${version} and this emulator reads layout ${SCHEMA_VERSION}: ` +
      'use the emulator that wrote it, or start with a new file.',
  );
}

function layoutOf(database: Database.Database): unknown {
  return database.pragma('user_version', { simple: true });
}

/** A write-ahead file that was deleted, or an older copy put in place, would otherwise go unnoticed. */
function demandAcknowledged(database: Database.Database, path: string, acknowledged: number): void {
  if (acknowledged === 0) return;
  const held = isEmpty(database)
    ? 0
    : database.prepare<[], number>('SELECT transactions FROM meta').pluck().get();
  if (held !== undefined && held >= acknowledged) return;
  throw new LedgerFileError(
    `The ledger ${path} holds ${held ?? 0} transactions, and ${acknowledged} were acknowledged: ` +
      `${path}-wal is missing, or this is an older copy. ` +
      `Put the right files in place, or delete ${path}.lock to go on with what is there.`,
  );
}

function configure(database: Database.Database, path: string): void {
  const expected = path === IN_MEMORY ? 'memory' : 'wal';
  const mode = database.pragma('journal_mode = WAL', { simple: true });
  if (mode !== expected) throw new Error(`journal_mode is ${mode}, not ${expected}`);
  for (const { set, name, is } of SETTINGS) {
    database.pragma(set);
    const value = database.pragma(name, { simple: true });
    if (value !== is) throw new Error(`${name} is ${value}, not ${is}`);
  }
}

/** Tables and marks in one transaction: a creation that is killed half-way leaves an empty file. */
function create(database: Database.Database, createdAt: Instant): void {
  database.exec('BEGIN IMMEDIATE');
  database.exec(CREATE_SCHEMA);
  database
    .prepare('INSERT INTO meta(id, ledger_time, transactions) VALUES (1, ?, 0)')
    .run(createdAt);
  database.exec('COMMIT');
}

/** Whole pages first: what is damaged is not built upon. A migration that is killed half-way has not begun. */
function bringUp(database: Database.Database, path: string): void {
  checkPages(database, path);
  const migration = MIGRATIONS.get(layoutOf(database));
  if (migration === undefined) return;
  database.exec('BEGIN IMMEDIATE');
  database.exec(migration);
  database.exec('COMMIT');
}

function checkPages(database: Database.Database, path: string): void {
  const found = database.pragma('quick_check(1)', { simple: true });
  if (found !== 'ok') throw new LedgerFileError(damaged(path, String(found)));
}
