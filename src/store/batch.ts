// One batch of commands in one SQLite transaction: load the view, let the rules decide, write the effects.
// Nothing here answers anybody; a batch that throws has left nothing behind, except where the error says otherwise.
import type Database from 'better-sqlite3';
import type { Command } from '../ledger/commands';
import type { Decision, View, ViewKeys } from '../ledger/decision';
import { Refusal } from '../ledger/refusal';
import { identifierOf } from '../ledger/reservation-identifier';
import type { Terms, TermsOf } from '../ledger/terms';
import type { Instant } from '../ledger/time';
import { LEDGER_LIMITS } from '../limits';
import type { Books } from './books';
import type { DueReservation } from './reservations';

/** The ledger's rules, as a store uses them. */
export interface Rules {
  keysOf(command: Command, now: Instant, terms: Terms): ViewKeys;
  decide(view: View, command: Command, now: Instant): Decision;
}

export interface BatchOptions {
  readonly now: () => Instant;
  readonly terms: TermsOf;
  readonly rules: Rules;
  /** Told how many transactions the ledger holds whenever more are committed. Must not throw. */
  readonly committed: (transactions: number) => void;
}

/** What a committed batch did. */
export interface BatchResult {
  /** One a command, in order; fewer than commands when more is due than one transaction may close. */
  readonly decisions: readonly Decision[];
  /** The identifiers of the reservations whose time had come, in the order in which they were closed. */
  readonly closed: readonly string[];
  /** False when more is due than one transaction may close. */
  readonly drained: boolean;
}

/** A command that is judged in its turn as any other and of which nothing is written. */
export class Rehearsal {
  constructor(readonly command: Command) {}
}

/** A COMMIT that failed and may yet turn out durable: its batch must be neither acknowledged nor run again. */
export class CommitInDoubt extends Error {
  override readonly name = 'CommitInDoubt';

  constructor(
    cause: unknown,
    /** How many of the batch's commands it holds; the others have not run. */
    readonly executed: number,
  ) {
    super('COMMIT failed', { cause });
  }
}

export class Batches {
  readonly #database: Database.Database;
  readonly #books: Books;
  readonly #options: BatchOptions;
  readonly #selectMeta;
  readonly #updateMeta;
  readonly #begin;
  readonly #commit;
  /** False when what is kept in memory must be read again before it is used. */
  #current = false;
  /** Ledger time and the number of the last transaction: in memory, and as they were last committed. */
  #time: Instant = 0;
  #last = 0;
  #committed = { time: 0, last: 0 };
  /** No reservation is due before this instant; some may have been closed or extended since it was noted. */
  #nothingDueBefore: Instant = Number.NEGATIVE_INFINITY;

  constructor(database: Database.Database, books: Books, options: BatchOptions) {
    this.#database = database;
    this.#books = books;
    this.#options = options;
    this.#selectMeta = database.prepare<[], { time: bigint; last: bigint }>(
      'SELECT ledger_time AS time, transactions AS last FROM meta',
    );
    this.#updateMeta = database.prepare<[number, number]>(
      'UPDATE meta SET ledger_time = ?, transactions = ? WHERE id = 1',
    );
    this.#begin = database.prepare('BEGIN IMMEDIATE');
    this.#commit = database.prepare('COMMIT');
  }

  /** Ledger time as of the last batch. */
  get time(): Instant {
    return this.#current ? this.#time : Number(this.#selectMeta.get()?.time ?? 0);
  }

  /**
   * Closes what is due, runs the commands in order, each seeing what those before it did, and commits.
   * Throws what went wrong after undoing the whole batch, or CommitInDoubt.
   */
  run(commands: readonly (Command | Rehearsal)[]): BatchResult {
    if (this.#database.inTransaction) this.#database.exec('ROLLBACK');
    this.#begin.run();
    let result: BatchResult;
    try {
      if (!this.#current) this.#read();
      result = this.#apply(commands);
      this.#flush();
    } catch (error) {
      this.#undo();
      throw error;
    }
    this.#finish(result);
    return result;
  }

  #apply(commands: readonly (Command | Rehearsal)[]): BatchResult {
    const decisions: Decision[] = [];
    const closed: string[] = [];
    if (commands.length === 0) {
      return { decisions, closed, drained: this.#closeDue(this.#clock(), closed) };
    }
    for (const command of commands) {
      if (!this.#closeDue(this.#clock(), closed)) return { decisions, closed, drained: false };
      decisions.push(
        command instanceof Rehearsal
          ? this.#execute(command.command, true)
          : this.#execute(command),
      );
    }
    return { decisions, closed, drained: true };
  }

  /** Ledger time never goes back, whatever the clock does. */
  #clock(): Instant {
    return Math.max(this.#time, this.#options.now());
  }

  /**
   * Closes each open reservation that is due at `now`, at its own instant, then moves ledger time to `now`. False when
   * the bound of one transaction was reached first: then ledger time stands at what was closed last.
   */
  #closeDue(now: Instant, closed: string[]): boolean {
    if (now >= this.#nothingDueBefore) {
      const room = LEDGER_LIMITS.expiriesPerTransaction - closed.length;
      for (const due of this.#books.reservations.due(now, room)) closed.push(this.#expire(due));
      const next = this.#books.reservations.nextExpiry() ?? Number.POSITIVE_INFINITY;
      if (next <= now) return false;
      this.#nothingDueBefore = next;
    }
    this.#time = now;
    return true;
  }

  #expire({ id, application, expiresAt }: DueReservation): string {
    const reservationIdentifier = identifierOf(id, this.#books.series);
    this.#time = Math.max(this.#time, expiresAt);
    const decision = this.#execute({ kind: 'expire', application, reservationIdentifier });
    if (decision instanceof Refusal) {
      throw new Error(`reservation ${reservationIdentifier} cannot expire: ${decision.detail}`);
    }
    return reservationIdentifier;
  }

  #execute(command: Command, rehearsed = false): Decision {
    const { terms: termsOf, rules } = this.#options;
    const terms = termsOf('application' in command ? command.application : '');
    const keys = rules.keysOf(command, this.#time, terms);
    const next = this.#last + 1;
    const decision = rules.decide(this.#books.view(keys, terms, next), command, this.#time);
    if (decision instanceof Refusal) return decision;
    if (rehearsed) return decision;

    this.#books.write(decision, next, this.#time);
    this.#last += decision.transactions.length;
    const { reservation } = decision;
    if (reservation?.state === 'open' && reservation.expiresAt < this.#nothingDueBefore) {
      this.#nothingDueBefore = reservation.expiresAt;
    }
    return decision.transactions.length === 0 ? decision : { ...decision, firstTransaction: next };
  }

  /** Ledger time is written for refused commands too: otherwise a clock that steps back could un-expire a reservation. */
  #flush(): void {
    this.#books.flush();
    const { time, last } = this.#committed;
    if (time !== this.#time || last !== this.#last) this.#updateMeta.run(this.#time, this.#last);
  }

  #read(): void {
    const row = this.#selectMeta.get();
    if (row === undefined) throw new Error('the ledger has lost its time');
    this.#time = Number(row.time);
    this.#last = Number(row.last);
    this.#committed = { time: this.#time, last: this.#last };
    this.#nothingDueBefore = Number.NEGATIVE_INFINITY;
    this.#current = true;
  }

  /** SQLite may have rolled back already, on a full disk for example; then there is nothing left to undo. */
  #undo(): void {
    this.#current = false;
    this.#books.forget();
    if (this.#database.inTransaction) this.#database.exec('ROLLBACK');
  }

  /** A COMMIT that fails with its transaction still open has written nothing; any other failure is in doubt. */
  #finish({ decisions }: BatchResult): void {
    try {
      this.#commit.run();
    } catch (error) {
      const inDoubt = !this.#database.inTransaction;
      this.#undo();
      throw inDoubt ? new CommitInDoubt(error, decisions.length) : error;
    }
    if (this.#last !== this.#committed.last) this.#options.committed(this.#last);
    this.#committed = { time: this.#time, last: this.#last };
  }
}
