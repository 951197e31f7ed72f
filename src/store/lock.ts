// Sees to it that one file has one emulator, and remembers beside it how much of it has been acknowledged.
import Database from 'better-sqlite3';
import { isEmpty, isSignedAs } from './identity';
import { asLedgerFileError, LedgerFileError, notALock, textOf } from './ledger-file-error';

/** `PXPL` in ASCII: marks a file as the lock of a ledger. */
const LOCK_ID = 0x5058504c;

/** Held as long as the ledger is open; the operating system frees it when the process dies. */
export interface Lock {
  /** How many transactions were noted last, by this process or an earlier one; 0 when none ever were. */
  acknowledged(): number;
  /** Notes how many transactions the ledger holds, once they are committed. Takes about 2 us. */
  note(transactions: number): void;
  /** Lets the next one in. */
  release(): void;
}

/** For a ledger in memory, which nobody else can reach and nothing outlives. */
export const NO_LOCK: Lock = {
  acknowledged: () => 0,
  note: () => undefined,
  release: () => undefined,
};

/**
 * Takes the lock of the ledger at `path`: a tiny database beside it, held exclusively.
 * Throws LedgerFileError when another process holds it, or when the file beside the ledger is something else.
 */
export function lockLedger(path: string): Lock {
  const beside = `${path}.lock`;
  let database: Database.Database | undefined;
  try {
    database = new Database(beside, { timeout: 0 });
    const lock = database;
    identify(lock, beside);
    // In this mode the first transaction takes a lock that only closing gives back.
    lock.pragma('locking_mode = EXCLUSIVE');
    // The note must outlive a killed process, not a power cut: no waiting for the disk.
    lock.pragma('synchronous = OFF');
    lock.pragma('journal_mode = MEMORY');
    lock.exec(`BEGIN EXCLUSIVE;
      CREATE TABLE IF NOT EXISTS acknowledged(id INTEGER PRIMARY KEY CHECK(id = 1), number INTEGER NOT NULL) STRICT;
      INSERT OR IGNORE INTO acknowledged VALUES (1, 0);
      PRAGMA application_id = ${LOCK_ID};
      COMMIT`);
    const select = lock.prepare<[], number>('SELECT number FROM acknowledged').pluck();
    const update = lock.prepare<[number]>('UPDATE acknowledged SET number = ?');
    return {
      acknowledged: () => select.get() ?? 0,
      note: (transactions) => {
        try {
          update.run(transactions);
        } catch {
          // What is committed stays committed: a note that is too low only makes the next opening less watchful.
        }
      },
      release: () => {
        lock.close();
      },
    };
  } catch (error) {
    database?.close();
    throw asLedgerFileError(error, path);
  }
}

function identify(database: Database.Database, path: string): void {
  try {
    if (isEmpty(database) || isSignedAs(database, LOCK_ID)) return;
  } catch (error) {
    // Told by its code: a process that loads the driver twice has two classes of errors.
    if (textOf(error, 'code') !== 'SQLITE_NOTADB') throw error;
  }
  throw new LedgerFileError(notALock(path));
}
