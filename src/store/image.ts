// The whole of a ledger as bytes, taken between two batches: what a ledger can begin with, go back to, or be made into
// a file of. Judges no bytes of others.
import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type Database from 'better-sqlite3';
import type { Instant } from '../ledger/time';
import { IN_MEMORY, openDatabase } from './database';

/**
 * A database as SQLite keeps it, complete in itself. Only this process makes one, from a ledger that is open or that
 * it has audited, so nobody looks into it again. Shared, never changed.
 */
export type LedgerImage = Buffer & { readonly __ledgerImage: unique symbol };

/** Where the header of a database says by which journal it is written and read: 2 is the write-ahead file. */
const JOURNAL_MARKS = [18, 19] as const;

/** What `database` holds now. */
export function imageOf(database: Database.Database): LedgerImage {
  return standingAlone(database.serialize()) as LedgerImage;
}

/** Of a ledger in which nothing has happened, made at `createdAt`. */
export function emptyImage(createdAt: Instant): LedgerImage {
  const { database } = openDatabase(IN_MEMORY, createdAt);
  try {
    return imageOf(database);
  } finally {
    database.close();
  }
}

/** Marks the bytes of a database, in place, as having no write-ahead file beside them: in memory there is none. */
export function standingAlone(bytes: Buffer): Buffer {
  for (const mark of JOURNAL_MARKS) bytes[mark] = 1;
  return bytes;
}

/** Writes an image beside `path`, to be installed there; throws what the file system says. */
export function stageImage(path: string, image: LedgerImage): void {
  const staged = stagedPath(path);
  try {
    writeFileSync(staged, image);
    syncToDisk(staged, 'r+');
  } catch (error) {
    rmSync(staged, { force: true });
    throw error;
  }
}

/**
 * Puts the staged image in the place of the ledger at `path`, which nobody may have open: at any moment one of the two
 * is there, whole. A write-ahead file of the old one would be taken for the new one's.
 */
export function installImage(path: string): void {
  for (const suffix of ['-wal', '-shm']) rmSync(path + suffix, { force: true });
  renameSync(stagedPath(path), path);
  if (process.platform !== 'win32') syncToDisk(dirname(path), 'r');
}

function stagedPath(path: string): string {
  return `${path}.new`;
}

function syncToDisk(path: string, flags: 'r' | 'r+'): void {
  const descriptor = openSync(path, flags);
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
