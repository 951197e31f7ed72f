// The connection of a ledger to its database: made when the ledger opens, made anew when a commit is in doubt or the
// ledger is to be another one, and tried again for as long as that fails. Knows nothing of the queue or of commands.
import { existsSync, statSync } from 'node:fs';
import type Database from 'better-sqlite3';
import type { TermsOf } from '../ledger/terms';
import type { Instant } from '../ledger/time';
import { LEDGER_LIMITS } from '../limits';
import { auditedBooks } from './audited-books';
import { Batches, type Rules } from './batch';
import { Books } from './books';
import { IN_MEMORY, type openDatabase, openOwnBytes } from './database';
import { installImage, type LedgerImage, stageImage } from './image';
import { asLedgerFileError, LedgerFileError, noRoomForNote } from './ledger-file-error';
import type { Lock } from './lock';
import { type LedgerReading, readingOf } from './reading';
import { demandSoundness } from './soundness';

/** What of a ledger lives as long as one connection. */
export interface Connection {
  readonly database: Database.Database;
  readonly batches: Batches;
  readonly books: Books;
  readonly reading: LedgerReading;
}

export interface ConnectorOptions {
  /** Of the file, or IN_MEMORY. */
  readonly path: string;
  readonly lock: Lock;
  readonly now: () => Instant;
  readonly terms: TermsOf;
  readonly rules: Rules;
  readonly open: typeof openDatabase;
  /** Of the identifiers that it issues. */
  readonly series: number;
  /** What a ledger that does not exist yet begins as; when absent, empty. */
  readonly initial?: LedgerImage | undefined;
  /** Told of what goes wrong and is not thrown. */
  readonly report: (error: unknown) => void;
  /** Told when there are other transactions than before. */
  readonly changed: () => void;
}

interface Outage {
  /** What it began with, as the end of a sentence with "since". */
  readonly event: string;
  readonly reason: string;
  /** No try before; undefined when there is nothing to try. */
  readonly pauseSince: Instant | undefined;
}

export class Connector {
  readonly #options: ConnectorOptions;
  #current: Connection | undefined;
  #outage: Outage | undefined;

  /** Throws LedgerFileError when the ledger cannot be opened or fails its audit. */
  constructor(options: ConnectorOptions) {
    this.#options = options;
    const { path, lock, initial, now } = options;
    if (initial === undefined) this.#current = this.#connect(now());
    else if (path === IN_MEMORY) this.#current = this.#connection(openOwnBytes(initial));
    else {
      if (!existsSync(path) || statSync(path).size === 0) {
        lock.note(0);
        place(path, initial);
      }
      this.#current = this.#connect(undefined);
    }
  }

  /** Undefined while the ledger is out of service, and once it is closed. */
  get current(): Connection | undefined {
    return this.#current;
  }

  /** The same, but out of service it first tries to connect again, unless it did so a moment ago. */
  wanted(): Connection | undefined {
    const since = this.#outage?.pauseSince;
    if (since === undefined) return this.#current;
    const waited = this.#options.now() - since;
    // A clock that was set back must not make the pause longer.
    if (waited < 0 || waited >= LEDGER_LIMITS.reopenPauseMs) this.#reconnect(this.#outage?.event);
    return this.#current;
  }

  /** Why the ledger is out of service: sentences for a person. */
  get trouble(): string | undefined {
    return this.#outage?.reason;
  }

  /** After a commit in doubt: only what the file holds is true. When it cannot be opened there is an outage. */
  renew(): void {
    this.#disconnect();
    if (this.#options.path === IN_MEMORY) {
      const event = 'a commit failed';
      const reason = `What the ledger held in memory is lost since ${event}: start it again.`;
      this.#outage = { event, reason, pauseSince: undefined };
      return;
    }
    this.#reconnect('a commit failed');
  }

  /**
   * From here on the ledger is what `image` says. Throws LedgerFileError when that cannot be put in the place of the file
   * or opened; until then nothing has changed, and from then on there is an outage.
   */
  replace(image: LedgerImage): void {
    const { path, lock } = this.#options;
    if (path === IN_MEMORY) {
      const next = this.#connection(openOwnBytes(image));
      this.#disconnect();
      this.#current = next;
      this.#outage = undefined;
      return;
    }
    try {
      stageImage(path, image);
    } catch (error) {
      throw asLedgerFileError(error, path);
    }
    // From here to the end of it, fewer transactions than have been acknowledged are no sign of a loss.
    lock.note(0);
    if (lock.acknowledged() > 0) throw new LedgerFileError(noRoomForNote(path));
    this.#disconnect();
    let failure: unknown;
    try {
      installImage(path);
    } catch (error) {
      failure = error;
    }
    this.#reconnect('it was to be replaced');
    if (failure !== undefined) throw asLedgerFileError(failure, path);
    if (this.#outage !== undefined) throw new LedgerFileError(this.#outage.reason);
  }

  close(): void {
    this.#outage = undefined;
    this.#disconnect();
  }

  #reconnect(event = 'a commit failed'): void {
    const { now, path, report } = this.#options;
    try {
      this.#current = this.#connect(undefined);
      this.#outage = undefined;
    } catch (error) {
      report(error);
      const { message } = asLedgerFileError(error, path);
      const reason = `The ledger is out of service since ${event}. ${message}`;
      this.#outage = { event, reason, pauseSince: now() };
    }
  }

  /** With ledger time `createdAt` when there is nothing yet; without, the ledger must be there. */
  #connect(createdAt: Instant | undefined): Connection {
    const { path, lock, open } = this.#options;
    const { database, created } = open(path, createdAt, lock.acknowledged());
    try {
      if (!created) demandSoundness(database, path);
    } catch (error) {
      database.close();
      throw asLedgerFileError(error, path);
    }
    return this.#connection(database);
  }

  #connection(database: Database.Database): Connection {
    const { path, lock, series, now, terms, rules, changed } = this.#options;
    try {
      const books = new Books(database, series);
      const committed = (transactions: number): void => {
        lock.note(transactions);
        changed();
      };
      const batches = new Batches(database, books, { now, terms, rules, committed });
      const reading = readingOf(database, books);
      committed(auditedBooks(database).transactionCount);
      return { database, batches, books, reading };
    } catch (error) {
      database.close();
      throw asLedgerFileError(error, path);
    }
  }

  /** Everything goes into the one file. What cannot stays safe in the write-ahead file, which then stays too. */
  #disconnect(): void {
    const connection = this.#current;
    this.#current = undefined;
    if (connection === undefined) return;
    try {
      connection.database.pragma('wal_checkpoint(TRUNCATE)');
    } catch (error) {
      this.#options.report(error);
    }
    connection.database.close();
  }
}

/** Where there is no ledger yet. */
function place(path: string, image: LedgerImage): void {
  try {
    stageImage(path, image);
    installImage(path);
  } catch (error) {
    throw asLedgerFileError(error, path);
  }
}
