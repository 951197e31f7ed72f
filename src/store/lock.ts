// Sees to it that one file has one emulator, and knows whether the last one left it in order.
import { existsSync, statSync } from 'node:fs';
import Database from 'better-sqlite3';
import { asLedgerFileError, LedgerFileError } from './ledger-file-error';

/** Held as long as the ledger is open; the operating system frees it when the process dies. */
export interface Lock {
  /**
   * Notes whether the ledger has a write-ahead file that must be there when it is opened next: true once it is open,
   * false once everything is in the database file, just before that is closed.
   */
  noteInUse(inUse: boolean): void;
  /** Lets the next one in. */
  release(): void;
}

/** For a ledger in memory, which nobody else can reach. */
export const NO_LOCK: Lock = { noteInUse: () => undefined, release: () => undefined };

/**
 * Takes the lock of the ledger at `path`: a tiny database beside it, held exclusively, whose user_version is the note.
 * Throws LedgerFileError when another emulator holds it, or when the write-ahead file has gone missing since a crash.
 */
export function lockLedger(path: string): Lock {
  const lock = openLock(path);
  const wasInUse = lock.pragma('user_version', { simple: true }) === 1;
  if (wasInUse && isFilled(path) && !existsSync(`${path}-wal`)) {
    lock.close();
    throw new LedgerFileError(
      `The ledger ${path} was not closed and its write-ahead file ${path}-wal is missing, ` +
        `and what it held with it: put it back, or delete ${path}.lock to go on without.`,
    );
  }
  return {
    noteInUse: (inUse) => {
      lock.pragma(`user_version = ${inUse ? 1 : 0}`);
    },
    release: () => {
      lock.close();
    },
  };
}

/** In exclusive locking mode the first transaction takes a lock that only closing gives back. */
function openLock(path: string): Database.Database {
  let lock: Database.Database | undefined;
  try {
    lock = new Database(`${path}.lock`, { timeout: 0 });
    lock.pragma('locking_mode = EXCLUSIVE');
    // The note must outlive a killed process, not a power cut: no waiting for the disk.
    lock.pragma('synchronous = OFF');
    lock.pragma('journal_mode = MEMORY');
    lock.exec('BEGIN EXCLUSIVE; COMMIT');
    return lock;
  } catch (error) {
    lock?.close();
    throw asLedgerFileError(error, path);
  }
}

function isFilled(path: string): boolean {
  return existsSync(path) && statSync(path).size > 0;
}
