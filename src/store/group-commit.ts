// The queue in front of a ledger: commands that wait together are committed together, and only then answered.
// Knows what to do when a batch fails; knows nothing of SQL or of what commands mean.
import type { Command } from '../ledger/commands';
import type { Decision } from '../ledger/decision';
import { type Refusal, refuse } from '../ledger/refusal';
import { LEDGER_LIMITS } from '../limits';
import { type Batches, type BatchResult, CommitInDoubt, type Rehearsal } from './batch';

/** What the queue needs of the ledger behind it. */
export interface Behind {
  /** Runs batches; after `recover` a new one. Undefined while the ledger is out of service, which it tries to end. */
  batches(): Pick<Batches, 'run'> | undefined;
  /** Why the ledger is out of service: sentences for a person. */
  trouble(): string | undefined;
  /** Closes and opens the ledger again after a commit in doubt. When that fails it goes out of service. */
  recover(): void;
  /** A number for a person to find the error by. */
  report(error: unknown): string;
}

interface Waiting {
  readonly command: Command | Rehearsal;
  readonly answer: (decision: Decision) => void;
}

interface Tick {
  readonly closed: string[];
  readonly done: (closed: readonly string[]) => void;
  readonly failed: (error: Error) => void;
}

export class GroupCommit {
  readonly #behind: Behind;
  #queue: Waiting[] = [];
  #ticks: Tick[] = [];
  #turnComes = false;
  #closing = false;
  readonly #whenIdle: (() => void)[] = [];

  constructor(behind: Behind) {
    this.#behind = behind;
  }

  /** How many commands wait to be decided. */
  get length(): number {
    return this.#queue.length;
  }

  submit(command: Command | Rehearsal): Promise<Decision> {
    const refusal = this.#refusal();
    if (refusal !== undefined) return Promise.resolve(refusal);
    return new Promise((answer) => {
      this.#queue.push({ command, answer });
      this.#callTurn();
    });
  }

  tick(): Promise<readonly string[]> {
    if (this.#closing) return Promise.resolve([]);
    return new Promise((done, failed) => {
      this.#ticks.push({ closed: [], done, failed });
      this.#callTurn();
    });
  }

  /** Takes nothing more; resolves when everything taken is answered. */
  close(): Promise<void> {
    this.#closing = true;
    return new Promise((idle) => {
      this.#whenIdle.push(idle);
      this.#callTurn();
    });
  }

  #refusal(): Refusal | undefined {
    if (this.#closing) return refuse('busy', 'the ledger is closing');
    if (this.#queue.length < LEDGER_LIMITS.queuedCommands) return undefined;
    return refuse('busy', `${this.#queue.length} commands are waiting already`);
  }

  /**
   * Not at once: what the sockets hand over in the same round of the event loop shares the commit, and so does what the
   * rounds after it bring, as long as each brings something. A commit of many costs hardly more than one of few.
   */
  #callTurn(): void {
    if (this.#turnComes) return;
    this.#turnComes = true;
    setImmediate(() => this.#gather(0, LEDGER_LIMITS.gatheringRounds));
  }

  #gather(seen: number, rounds: number): void {
    const waiting = this.#queue.length;
    if (waiting > seen && waiting < LEDGER_LIMITS.batchCommands && rounds > 0) {
      setImmediate(() => this.#gather(waiting, rounds - 1));
      return;
    }
    this.#turnComes = false;
    this.#turn();
  }

  #turn(): void {
    const batch = this.#queue.slice(0, LEDGER_LIMITS.batchCommands);
    if (batch.length > 0 || this.#ticks.length > 0) this.#queue.splice(0, this.#serve(batch));

    if (this.#queue.length > 0 || this.#ticks.length > 0) this.#callTurn();
    else for (const idle of this.#whenIdle.splice(0)) idle();
  }

  /** How many of the batch are answered; the others wait until everything due is closed. */
  #serve(batch: readonly Waiting[]): number {
    const batches = this.#behind.batches();
    if (batches === undefined) return this.#turnAway(batch);
    let result: BatchResult;
    try {
      result = batches.run(batch.map(({ command }) => command));
    } catch (error) {
      return this.#serveFailed(batch, error);
    }
    this.#served(result);
    result.decisions.forEach((decision, index) => {
      batch[index]?.answer(decision);
    });
    return result.decisions.length;
  }

  #served({ closed, drained }: BatchResult): void {
    for (const tick of this.#ticks) tick.closed.push(...closed);
    if (!drained) return;
    for (const tick of this.#ticks.splice(0)) tick.done(tick.closed);
  }

  /**
   * A batch that failed has left nothing behind, so each of its commands gets another chance alone; the one that
   * fails again is the one to blame. Only a commit in doubt is not repeated: it may have happened.
   */
  #serveFailed(batch: readonly Waiting[], error: unknown): number {
    if (error instanceof CommitInDoubt) return this.#leaveInDoubt(batch, error);
    if (batch.length > 1) return this.#serveSingly(batch);

    const reference = this.#behind.report(error);
    const detail = `the command failed and was undone: error ${reference}`;
    for (const { answer } of batch) answer(refuse('internal_error', detail, reference));
    if (batch.length === 0) this.#failTicks(detail);
    return batch.length;
  }

  #serveSingly(batch: readonly Waiting[]): number {
    let answered = 0;
    for (const waiting of batch) {
      if (this.#serve([waiting]) === 0) break;
      answered += 1;
    }
    return answered;
  }

  #leaveInDoubt(batch: readonly Waiting[], error: CommitInDoubt): number {
    const reference = this.#behind.report(error);
    const detail = `the commit failed and may or may not have happened: error ${reference}`;
    for (const { answer } of batch.slice(0, error.executed)) {
      answer(refuse('outcome_unknown', detail, reference));
    }
    this.#failTicks(detail);
    this.#behind.recover();
    return error.executed;
  }

  #turnAway(batch: readonly Waiting[]): number {
    const detail = this.#behind.trouble() ?? 'the ledger is not open';
    for (const { answer } of batch) answer(refuse('busy', detail));
    this.#failTicks(detail);
    return batch.length;
  }

  #failTicks(reason: string): void {
    for (const tick of this.#ticks.splice(0)) tick.failed(new Error(reason));
  }
}
