// The time of one sandbox: how it runs beside the clock of the process, and what falls due in it. Moving it runs what
// falls due on the way, in order, each to its end. Knows nothing of what its tasks do.
import { addDuration, type Instant, type TimeMetric } from '../../ledger/time';
import { CLOCK_LIMITS } from '../../limits';
import type { Clock } from './clock';
import { ClockError, type ClockState, type ClockStatus, demandForward } from './clock-state';

/** Something that happened because its time had come. */
export interface Fired {
  readonly at: Instant;
  /** What happened: `reservation.expired`, for example. */
  readonly kind: string;
  /** To what: the identifier of the reservation, for example. */
  readonly id: string;
}

/** Run once its time has come. A move waits for what it returns, and tells what that resolves with. Must not reject. */
type DueTask = (() => Promise<readonly Fired[]>) | (() => void);

/** As ClockState, but a scaled one is told by where it was at an instant of the process. */
type Pace =
  | Exclude<ClockState, { readonly mode: 'scaled' }>
  | {
      readonly mode: 'scaled';
      readonly at: Instant;
      readonly since: Instant;
      readonly factor: number;
    };

const OVERTAKEN = 'The clock was reset, or its sandbox closed, while it was moved.';

interface Waiting {
  readonly at: Instant;
  readonly task: DueTask;
}

interface Move {
  /** Where it leads, given where the clock is when its turn comes. */
  readonly target: (now: Instant) => Instant;
  /** How the clock runs from there on; `started` is the time of the process when the move began. */
  readonly pace: (target: Instant, started: Instant, now: Instant) => Pace;
}

export class SandboxClock implements Clock {
  readonly #base: Clock;
  readonly #floor: () => Instant;
  readonly #beforeMove: () => void;
  readonly #beginning: Instant | undefined;
  #pace: Pace;
  /** Where the clock stands while it is being moved. */
  #held: Instant | undefined;
  /** Settles with the move that was asked for last. */
  #last: Promise<void> = Promise.resolve();
  /** Moves that had to wait for others and are not made yet. */
  #queued = 0;
  /** Counts resets: a move that finds another number than it began with has been overtaken. */
  #resets = 0;
  #waiting: Waiting[] = [];
  #armed: { readonly at: Instant; readonly cancel: () => void } | undefined;
  #stopped = false;
  readonly #listeners = new Set<() => void>();

  /**
   * Begins as after `reset`. `floor` tells the time of the ledger, which never goes back; `beforeMove` is called when
   * the clock is about to be moved, to see to it that everything that will fall due is known to it; `beginning` is where
   * it begins, frozen, unless the ledger is later.
   */
  constructor(
    base: Clock,
    floor: () => Instant = () => Number.NEGATIVE_INFINITY,
    beforeMove: () => void = () => {},
    beginning: Instant | undefined = undefined,
  ) {
    this.#base = base;
    this.#floor = floor;
    this.#beforeMove = beforeMove;
    this.#beginning = beginning;
    this.#pace = this.#firstPace();
  }

  now(): Instant {
    return this.#held ?? this.#running();
  }

  /**
   * Runs `task` once, `delayMs` of this clock from now, whatever the clock does until then. It never keeps the process
   * alive. Returns a function that cancels it.
   */
  after(delayMs: number, task: DueTask): () => void {
    if (this.#stopped) return () => {};
    const entry = { at: this.now() + Math.max(delayMs, 0), task };
    this.#waiting.push(entry);
    if (this.#armed === undefined || entry.at < this.#armed.at) this.#arm();
    return () => {
      this.#waiting = this.#waiting.filter((other) => other !== entry);
    };
  }

  /** Calls `listener` whenever the clock has been moved or runs otherwise. Returns a function that ends it. */
  watch(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  status(): ClockStatus {
    const now = this.now();
    const nextDue = this.#first()?.at;
    return {
      mode: this.#pace.mode,
      now,
      offsetMs: now - this.#base.now(),
      factor: this.#factor,
      ...(nextDue !== undefined && { nextDue }),
    };
  }

  /** Stops it, now or at a later instant. Resolves, as all moves do, with what fell due on the way. */
  freeze(at?: Instant): Promise<readonly Fired[]> {
    return this.#move({
      target: (now) => at ?? now,
      pace: (target) => ({ mode: 'frozen', at: target }),
    });
  }

  /** Moves it on to `at`, from where it runs as before; a clock that ran with real time is then offset. */
  set(at: Instant): Promise<readonly Fired[]> {
    return this.#move({ target: () => at, pace: this.#onwards });
  }

  /**
   * Moves it on by so many milliseconds, or by a duration of the standard, and runs what falls due, in order. A clock
   * that ran with real time is then offset.
   */
  advance(by: number | TimeMetric): Promise<readonly Fired[]> {
    return this.#move({
      target: (now) => (typeof by === 'number' ? now + by : addDuration(now, by)),
      pace: this.#onwards,
    });
  }

  /** Runs with real time, `offsetMs` ahead of it. */
  offset(offsetMs: number): Promise<readonly Fired[]> {
    return this.#move({
      target: () => this.#base.now() + offsetMs,
      pace: () => ({ mode: 'offset', offsetMs }),
    });
  }

  /** From here on, runs `factor` times as fast as real time. */
  scale(factor: number): Promise<readonly Fired[]> {
    const { slowest, fastest } = CLOCK_LIMITS;
    if (!(factor >= slowest && factor <= fastest)) {
      const sentence = `A clock runs ${slowest} to ${fastest} times as fast as real time, not ${factor} times.`;
      return Promise.reject(new ClockError(`${sentence} To stop it, freeze it.`));
    }
    return this.#move({
      target: (now) => now,
      pace: (at, since) => ({ mode: 'scaled', at, since, factor }),
    });
  }

  /**
   * Back to where it begins, or else to real time; where the ledger is ahead of it, to the time of the ledger, which then
   * runs on with real time. Whatever move is in progress is overtaken.
   */
  reset(): void {
    this.#become(this.#firstPace());
  }

  /** How it runs, to be restored later. */
  state(): ClockState {
    const pace = this.#pace;
    if (pace.mode !== 'scaled') return pace;
    return { mode: 'scaled', at: this.#running(), factor: pace.factor };
  }

  /** As it was when `state` was asked, even if that is back in time. */
  restore(state: ClockState): void {
    if (state.mode === 'real') this.#become(this.#realPace());
    else this.#become(state.mode === 'scaled' ? { ...state, since: this.#base.now() } : state);
  }

  /** Runs nothing any more; a move in progress is overtaken. */
  stop(): void {
    this.#stopped = true;
    this.#listeners.clear();
    this.#waiting = [];
    this.#become(this.#pace);
  }

  #running(): Instant {
    const pace = this.#pace;
    switch (pace.mode) {
      case 'real':
        return this.#base.now();
      case 'offset':
        return this.#base.now() + pace.offsetMs;
      case 'frozen':
        return pace.at;
      case 'scaled':
        return pace.at + Math.floor((this.#base.now() - pace.since) * pace.factor);
    }
  }

  get #factor(): number {
    if (this.#pace.mode === 'frozen') return 0;
    return this.#pace.mode === 'scaled' ? this.#pace.factor : 1;
  }

  #firstPace(): Pace {
    if (this.#beginning === undefined) return this.#realPace();
    return { mode: 'frozen', at: Math.max(this.#beginning, this.#floor()) };
  }

  #realPace(): Pace {
    const aheadMs = this.#floor() - this.#base.now();
    return aheadMs > 0 ? { mode: 'offset', offsetMs: aheadMs } : { mode: 'real' };
  }

  /** At the same speed from another instant. What passes during the move counts, as if it had taken no time. */
  readonly #onwards = (target: Instant, started: Instant, now: Instant): Pace => {
    const pace = this.#pace;
    if (pace.mode === 'frozen') return { mode: 'frozen', at: target };
    if (pace.mode === 'scaled') return { ...pace, at: target, since: started };
    const offsetMs = pace.mode === 'offset' ? pace.offsetMs : 0;
    return { mode: 'offset', offsetMs: offsetMs + target - now };
  };

  #become(pace: Pace): void {
    this.#resets += 1;
    this.#run(pace);
  }

  #run(pace: Pace): void {
    this.#held = undefined;
    this.#pace = pace;
    this.#arm();
    for (const listener of this.#listeners) listener();
  }

  /** One after another; a clock that is not being moved moves at once. */
  #move(move: Move): Promise<readonly Fired[]> {
    const isFree = this.#held === undefined && this.#queued === 0;
    if (!isFree) this.#queued += 1;
    const made = isFree ? this.#make(move) : this.#last.then(() => this.#make(move));
    const settled = (): void => {
      if (!isFree) this.#queued -= 1;
    };
    this.#last = made.then(settled, settled);
    return made;
  }

  async #make(move: Move): Promise<readonly Fired[]> {
    const started = this.#base.now();
    const now = this.#running();
    const target = move.target(now);
    demandForward(now, target);
    this.#beforeMove();
    const resets = this.#resets;
    const fired: Fired[] = [];
    let reached = now;
    this.#held = now;
    this.#disarm();
    try {
      for (let due = this.#due(target); due !== undefined; due = this.#due(target)) {
        reached = Math.max(reached, due.at);
        this.#held = reached;
        const happened: unknown = await due.task();
        if (Array.isArray(happened)) fired.push(...happened);
        if (this.#resets !== resets) throw new ClockError(OVERTAKEN);
      }
      reached = target;
      return fired;
    } finally {
      if (this.#resets === resets) {
        this.#run(move.pace(reached, started, now));
      }
    }
  }

  /** Takes the first task that is due at `instant` or before. */
  #due(instant: Instant): Waiting | undefined {
    const first = this.#first();
    if (first === undefined || first.at > instant) return undefined;
    this.#waiting = this.#waiting.filter((other) => other !== first);
    return first;
  }

  #first(): Waiting | undefined {
    let first = this.#waiting[0];
    for (const entry of this.#waiting)
      if (first === undefined || entry.at < first.at) first = entry;
    return first;
  }

  /** One timer of the process, for the first task, at the speed at which this clock runs. */
  #arm(): void {
    this.#disarm();
    const first = this.#first();
    const factor = this.#factor;
    if (first === undefined || factor === 0 || this.#held !== undefined) return;
    const delayMs = Math.max(Math.ceil((first.at - this.#running()) / factor), 0);
    this.#armed = { at: first.at, cancel: this.#base.after(delayMs, () => this.#ring()) };
  }

  #disarm(): void {
    this.#armed?.cancel();
    this.#armed = undefined;
  }

  #ring(): void {
    this.#armed = undefined;
    const now = this.now();
    for (let due = this.#due(now); due !== undefined; due = this.#due(now)) void due.task();
    this.#arm();
  }
}
