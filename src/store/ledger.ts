// A ledger with a place to live: one file or memory, one queue, one writer. The door to this folder.
import type Database from 'better-sqlite3';
import { audit } from '../ledger/audit';
import { decide, keysOf } from '../ledger/decide';
import type { Violation } from '../ledger/invariants';
import type { Command, Decision } from '../ledger/model';
import type { TermsOf } from '../ledger/terms';
import type { Instant } from '../ledger/time';
import { auditedBooks } from './audited-books';
import { Batches, type Rules } from './batch';
import { Books } from './books';
import { IN_MEMORY, ledgerPath, openDatabase } from './database';
import { digestOf } from './digest';
import { GroupCommit } from './group-commit';
import { asLedgerFileError, damaged, LedgerFileError } from './ledger-file-error';
import { type Lock, lockLedger, NO_LOCK } from './lock';
import { type LedgerReading, readingOf } from './reading';

export interface LedgerOptions {
  /** A file, created with its folder when missing, or `:memory:`. */
  readonly location: string;
  readonly now: () => Instant;
  /** Asked for each command; with '' for one that no application sent (a provision). */
  readonly terms: TermsOf;
  /** Told of every error behind a refusal `internal_error` or `outcome_unknown`, with the reference it carries. */
  readonly onDefect?: (error: unknown, reference: string) => void;
  /** The rules that decide, other than the ledger's own: for tests of what the store does with broken ones. */
  readonly rules?: Rules;
}

export interface Ledger {
  /**
   * Decides one command and resolves once the decision is durable; never rejects. Besides what the rules refuse:
   * `busy` when the queue is full, the ledger is closing or out of service: nothing happened, it may be tried again;
   * `internal_error` for a defect: nothing happened; `outcome_unknown` when the commit failed: it may have happened.
   */
  submit(command: Command): Promise<Decision>;
  /**
   * Closes what is due although nobody asks, and moves ledger time to the clock. Resolves with the identifiers of the
   * reservations closed, in order; rejects when they could not be.
   */
  tick(): Promise<readonly string[]>;
  /** When the next open reservation expires: the instant at which `tick` has something to do. */
  nextExpiry(): Instant | undefined;
  /** Throws once the ledger is closed or out of service. */
  readonly read: LedgerReading;
  /** Every violation of the ledger's invariants; it reads the whole ledger. */
  audit(): readonly Violation[];
  /** SHA-256 of the whole state in hexadecimal: equal states, equal digests, wherever they live. */
  digest(): string;
  /** Answers what is queued, puts everything into the one file and lets go of it. */
  close(): Promise<void>;
}

/** Throws LedgerFileError, whose message is for a person, when the ledger cannot be opened or fails its audit. */
export function openLedger(
  options: LedgerOptions,
  /** How its database is opened; tests set limits of their own. */
  open: typeof openDatabase = openDatabase,
): Ledger {
  return new StoredLedger(options, open);
}

/** What of a ledger lives as long as one connection. */
interface Connection {
  readonly database: Database.Database;
  readonly batches: Batches;
  readonly books: Books;
  readonly reading: LedgerReading;
}

class StoredLedger implements Ledger {
  readonly #options: LedgerOptions;
  readonly #openDatabase: typeof openDatabase;
  readonly #path: string;
  readonly #lock: Lock;
  readonly #queue: GroupCommit;
  #connection: Connection | undefined;
  #defects = 0;
  #closed: Promise<void> | undefined;

  constructor(options: LedgerOptions, open: typeof openDatabase) {
    this.#options = options;
    this.#openDatabase = open;
    const inMemory = options.location === IN_MEMORY;
    this.#path = inMemory ? IN_MEMORY : ledgerPath(options.location);
    this.#lock = inMemory ? NO_LOCK : lockLedger(this.#path);
    try {
      this.#connection = this.#connect();
    } catch (error) {
      this.#lock.release();
      throw error;
    }
    this.#queue = new GroupCommit({
      batches: () => this.#connection?.batches,
      recover: () => this.#recover(),
      report: (error) => this.#report(error),
    });
  }

  get read(): LedgerReading {
    return this.#open().reading;
  }

  submit(command: Command): Promise<Decision> {
    return this.#queue.submit(command);
  }

  tick(): Promise<readonly string[]> {
    return this.#queue.tick();
  }

  nextExpiry(): Instant | undefined {
    return this.#connection?.books.reservations.nextExpiry();
  }

  audit(): readonly Violation[] {
    return audit(auditedBooks(this.#open().database));
  }

  digest(): string {
    return digestOf(this.#open().database);
  }

  close(): Promise<void> {
    this.#closed ??= this.#queue.close().then(() => {
      this.#disconnect();
      this.#lock.release();
    });
    return this.#closed;
  }

  #open(): Connection {
    if (this.#connection !== undefined) return this.#connection;
    throw new LedgerFileError(`The ledger ${this.#options.location} is not open.`);
  }

  #connect(): Connection {
    const { now, terms, rules = { keysOf, decide } } = this.#options;
    const { database, created } = this.#openDatabase(this.#path, now(), this.#lock.acknowledged());
    try {
      if (!created) this.#demandSoundness(database);
      const books = new Books(database);
      const committed = this.#lock.note;
      const batches = new Batches(database, books, { now, terms, rules, committed });
      const reading = readingOf(database, books);
      committed(auditedBooks(database).transactionCount);
      return { database, batches, books, reading };
    } catch (error) {
      database.close();
      throw asLedgerFileError(error, this.#path);
    }
  }

  /** Money that does not add up is shown to a person; it is not served, and nothing is repaired in silence. */
  #demandSoundness(database: Database.Database): void {
    const violations = audit(auditedBooks(database));
    const first = violations[0];
    if (first === undefined) return;
    const others = violations.length > 1 ? `, and ${violations.length - 1} more` : '';
    throw new LedgerFileError(
      damaged(this.#path, `${first.invariant}: ${first.sentence}${others}`),
    );
  }

  /** Everything goes into the one file. What cannot stays safe in the write-ahead file, which then stays too. */
  #disconnect(): void {
    const connection = this.#connection;
    this.#connection = undefined;
    if (connection === undefined) return;
    try {
      connection.database.pragma('wal_checkpoint(TRUNCATE)');
    } catch (error) {
      this.#report(error);
    }
    connection.database.close();
  }

  #recover(): void {
    this.#disconnect();
    try {
      this.#connection = this.#path === IN_MEMORY ? undefined : this.#connect();
    } catch (error) {
      this.#report(error);
    }
  }

  /** Time makes the reference differ from those of earlier runs, the count from those of the same instant. */
  #report(error: unknown): string {
    this.#defects += 1;
    const reference = `${this.#options.now()}-${this.#defects}`;
    this.#options.onDefect?.(error, reference);
    return reference;
  }
}
