// Sees to it that one file has one emulator, and remembers beside it how much of it has been acknowledged.
import Database from 'better-sqlite3';
import { asLedgerFileError } from './ledger-file-error';

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
 * Throws LedgerFileError when another process holds it.
 */
export function lockLedger(path: string): Lock {
  let database: Database.Database | undefined;
  try {
    database = new Database(`${path}.lock`, { timeout: 0 });
    const lock = database;
    // In this mode the first transaction takes a lock that only closing gives back.
    lock.pragma('locking_mode = EXCLUSIVE');
    // The note must outlive a killed process, not a power cut: no waiting for the disk.
    lock.pragma('synchronous = OFF');
    lock.pragma('journal_mode = MEMORY');
    lock.exec(`BEGIN EXCLUSIVE;
      CREATE TABLE IF NOT EXISTS acknowledged(id INTEGER PRIMARY KEY CHECK(id = 1), number INTEGER NOT NULL) STRICT;
      INSERT OR IGNORE INTO acknowledged VALUES (1, 0);
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
