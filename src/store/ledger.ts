// A ledger with a place to live: one file or memory, one queue, one writer. The door to this folder.
import { audit } from '../ledger/audit';
import { decide } from '../ledger/decide';
import type { Violation } from '../ledger/invariants';
import { keysOf } from '../ledger/keys';
import type { Command, Decision } from '../ledger/model';
import type { TermsOf } from '../ledger/terms';
import type { Instant } from '../ledger/time';
import { auditedBooks } from './audited-books';
import type { Rules } from './batch';
import { type Connection, Connector } from './connection';
import { IN_MEMORY, openDatabase } from './database';
import { digestOf } from './digest';
import { GroupCommit } from './group-commit';
import { LedgerFileError } from './ledger-file-error';
import { type Lock, lockLedger, NO_LOCK } from './lock';
import { ledgerPath } from './place';
import type { LedgerReading } from './reading';

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
  /**
   * Why the ledger is out of service, in sentences for a person; undefined while it serves and once it is closed. Out
   * of service since a commit failed, it tries to open its file again when a command arrives and whenever this is
   * asked, with a pause between tries; whoever hears of trouble may send no commands.
   */
  trouble(): string | undefined;
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

class StoredLedger implements Ledger {
  readonly #options: LedgerOptions;
  readonly #lock: Lock;
  readonly #queue: GroupCommit;
  readonly #connector: Connector;
  #defects = 0;
  #closed: Promise<void> | undefined;

  constructor(options: LedgerOptions, open: typeof openDatabase) {
    this.#options = options;
    const { location, now, terms, rules = { keysOf, decide } } = options;
    const path = location === IN_MEMORY ? IN_MEMORY : ledgerPath(location);
    const lock = path === IN_MEMORY ? NO_LOCK : lockLedger(path);
    const report = (error: unknown) => this.#report(error);
    this.#lock = lock;
    try {
      this.#connector = new Connector({ path, lock, now, terms, rules, open, report });
    } catch (error) {
      lock.release();
      throw error;
    }
    this.#queue = new GroupCommit({
      batches: () => this.#connector.wanted()?.batches,
      trouble: () => this.#connector.trouble,
      recover: () => this.#connector.renew(),
      report,
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
    return this.#connector.current?.books.reservations.nextExpiry();
  }

  trouble(): string | undefined {
    this.#connector.wanted();
    return this.#connector.trouble;
  }

  audit(): readonly Violation[] {
    return audit(auditedBooks(this.#open().database));
  }

  digest(): string {
    return digestOf(this.#open().database);
  }

  close(): Promise<void> {
    this.#closed ??= this.#queue.close().then(() => {
      this.#connector.close();
      this.#lock.release();
    });
    return this.#closed;
  }

  #open(): Connection {
    const { current } = this.#connector;
    if (current !== undefined) return current;
    throw new LedgerFileError(`The ledger ${this.#options.location} is not open.`);
  }

  /** Time makes the reference differ from those of earlier runs, the count from those of the same instant. */
  #report(error: unknown): string {
    this.#defects += 1;
    const reference = `${this.#options.now()}-${this.#defects}`;
    this.#options.onDefect?.(error, reference);
    return reference;
  }
}
