// The connection of a ledger to its database: made when the ledger opens, made anew when a commit is in doubt, and
// tried again for as long as that fails. Knows nothing of the queue or of what commands mean.
import type Database from 'better-sqlite3';
import { audit } from '../ledger/audit';
import type { TermsOf } from '../ledger/terms';
import type { Instant } from '../ledger/time';
import { LEDGER_LIMITS } from '../limits';
import { auditedBooks } from './audited-books';
import { Batches, type Rules } from './batch';
import { Books } from './books';
import { IN_MEMORY, type openDatabase } from './database';
import { asLedgerFileError, damaged, LedgerFileError } from './ledger-file-error';
import type { Lock } from './lock';
import { type LedgerReading, readingOf } from './reading';

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
  /** Told of what goes wrong and is not thrown. */
  readonly report: (error: unknown) => void;
}

interface Outage {
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
    this.#current = this.#connect(options.now());
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
    if (waited < 0 || waited >= LEDGER_LIMITS.reopenPauseMs) this.#reconnect();
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
      const reason =
        'What the ledger held in memory is lost since a commit failed: start it again.';
      this.#outage = { reason, pauseSince: undefined };
      return;
    }
    this.#reconnect();
  }

  close(): void {
    this.#outage = undefined;
    this.#disconnect();
  }

  #reconnect(): void {
    const { now, path, report } = this.#options;
    try {
      this.#current = this.#connect(undefined);
      this.#outage = undefined;
    } catch (error) {
      report(error);
      const { message } = asLedgerFileError(error, path);
      const reason = `The ledger is out of service since a commit failed. ${message}`;
      this.#outage = { reason, pauseSince: now() };
    }
  }

  /** With ledger time `createdAt` when there is nothing yet; without, the ledger must be there. */
  #connect(createdAt: Instant | undefined): Connection {
    const { path, lock, now, terms, rules, open } = this.#options;
    const { database, created } = open(path, createdAt, lock.acknowledged());
    try {
      if (!created) demandSoundness(database, path);
      const books = new Books(database);
      const committed = lock.note;
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

/** Money that does not add up is shown to a person; it is not served, and nothing is repaired in silence. */
function demandSoundness(database: Database.Database, path: string): void {
  const violations = audit(auditedBooks(database));
  const first = violations[0];
  if (first === undefined) return;
  const others = violations.length > 1 ? `, and ${violations.length - 1} more` : '';
  throw new LedgerFileError(damaged(path, `${first.invariant}: ${first.sentence}${others}`));
}
