// A ledger with a place to live: one file or memory, one queue, one writer. The door to this folder.
import { audit } from '../ledger/audit';
import type { Command } from '../ledger/commands';
import { decide } from '../ledger/decide';
import type { Decision } from '../ledger/decision';
import type { Violation } from '../ledger/invariants';
import { keysOf } from '../ledger/keys';
import type { Reservation } from '../ledger/model';
import { idOf } from '../ledger/reservation-identifier';
import type { TermsOf } from '../ledger/terms';
import type { Instant } from '../ledger/time';
import { auditedBooks } from './audited-books';
import { Rehearsal, type Rules } from './batch';
import { type Connection, Connector } from './connection';
import { IN_MEMORY, openDatabase } from './database';
import { digestOf } from './digest';
import { GroupCommit } from './group-commit';
import { imageOf, type LedgerImage } from './image';
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
  /** What tells the identifiers that it issues from those of other ledgers, 0 to 999; 0 when absent. */
  readonly series?: number;
  /** What it begins as when it does not exist yet; empty when absent. */
  readonly initial?: LedgerImage | undefined;
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
  /** What `submit` would answer now, in the same queue; nothing is written but the passing of time. */
  rehearse(command: Command): Promise<Decision>;
  /**
   * Closes what is due although nobody asks, and moves ledger time to the clock. Resolves with the identifiers of the
   * reservations closed, in order; rejects when they could not be.
   */
  tick(): Promise<readonly string[]>;
  /** Ledger time, which never goes back; undefined while the ledger is out of service, and once it is closed. */
  time(): Instant | undefined;
  /** When the next open reservation expires: the instant at which `tick` has something to do. */
  nextExpiry(): Instant | undefined;
  /** By the identifier of the wire, in whatever state; undefined when there is none or the ledger is out of service. */
  reservation(identifier: string): Reservation | undefined;
  /** The whole ledger as it is now, between two batches. Throws once it is closed or out of service. */
  serialize(): LedgerImage;
  /**
   * Makes the ledger what `image` says, at once and whole; what is queued is decided there. Throws LedgerFileError when
   * it is closed, or when a file cannot be written, and then it is as it was. What was got from `read` before is no good
   * any more.
   */
  replace(image: LedgerImage): void;
  /** How many commands wait to be decided. */
  readonly queued: number;
  /** Tells `listener` after every commit of transactions, until the function returned is called. It must not throw. */
  watch(listener: () => void): () => void;
  /** What `identifierOf` needs to know of it. */
  readonly series: number;
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
  readonly series: number;
  readonly #options: LedgerOptions;
  readonly #lock: Lock;
  readonly #queue: GroupCommit;
  readonly #connector: Connector;
  readonly #watchers = new Set<() => void>();
  #defects = 0;
  #closed: Promise<void> | undefined;

  constructor(options: LedgerOptions, open: typeof openDatabase) {
    this.#options = options;
    const { location, now, terms, rules = { keysOf, decide }, initial, series = 0 } = options;
    this.series = series;
    const path = location === IN_MEMORY ? IN_MEMORY : ledgerPath(location);
    const lock = path === IN_MEMORY ? NO_LOCK : lockLedger(path);
    const report = (error: unknown) => this.#report(error);
    this.#lock = lock;
    try {
      const changed = () => this.#tell();
      const of = { path, lock, series, initial, now, terms, rules, open, report, changed };
      this.#connector = new Connector(of);
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

  get queued(): number {
    return this.#queue.length;
  }

  watch(listener: () => void): () => void {
    this.#watchers.add(listener);
    return () => {
      this.#watchers.delete(listener);
    };
  }

  submit(command: Command): Promise<Decision> {
    return this.#queue.submit(command);
  }

  rehearse(command: Command): Promise<Decision> {
    return this.#queue.submit(new Rehearsal(command));
  }

  tick(): Promise<readonly string[]> {
    return this.#queue.tick();
  }

  time(): Instant | undefined {
    return this.#connector.current?.batches.time;
  }

  nextExpiry(): Instant | undefined {
    return this.#connector.current?.books.reservations.nextExpiry();
  }

  reservation(identifier: string): Reservation | undefined {
    const id = idOf(identifier, this.series);
    return id === undefined ? undefined : this.#connector.current?.books.reservations.find(id);
  }

  serialize(): LedgerImage {
    return imageOf(this.#open().database);
  }

  replace(image: LedgerImage): void {
    if (this.#closed !== undefined) this.#open();
    this.#connector.replace(image);
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

  #tell(): void {
    if (this.#watchers.size === 0) return;
    for (const listener of [...this.#watchers]) listener();
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
