// Where time comes from: the system's clock, or one that a test moves. The only file that may read the system's time.
import type { Instant } from '../../ledger/time';

export interface Clock {
  /** The present instant. Never earlier than an instant told before by a virtual clock. */
  now(): Instant;
  /**
   * Runs `task` once, `delayMs` of this clock from now. It never keeps the process alive.
   * Returns a function that cancels it.
   */
  after(delayMs: number, task: () => void): () => void;
}

/** A clock that stands still until it is told to move, and only ever moves forward. */
export interface VirtualClock extends Clock {
  /** Moves on by `ms` and runs what falls due, in order. Throws RangeError for a negative or broken number. */
  advance(ms: number): void;
  /** Moves on to `instant` and runs what falls due, in order. Throws RangeError for the past. */
  set(instant: Instant): void;
}

/** Timers of Node hold 31 bits; a longer wait is made of several. */
const LONGEST_TIMER_MS = 2_147_483_647;

export const systemClock: Clock = {
  now: () => Date.now(),
  after: (delayMs, task) => {
    let timer: NodeJS.Timeout;
    const wait = (restMs: number): void => {
      const step = Math.min(Math.max(restMs, 0), LONGEST_TIMER_MS);
      timer = setTimeout(() => (restMs > step ? wait(restMs - step) : task()), step);
      timer.unref();
    };
    wait(delayMs);
    return () => clearTimeout(timer);
  },
};

/** A clock for tests that begins at `start`. */
export function virtualClock(start: Instant): VirtualClock {
  let present = start;
  let waiting: { readonly at: Instant; readonly task: () => void }[] = [];

  const set = (instant: Instant): void => {
    if (!Number.isFinite(instant) || instant < present)
      throw new RangeError('A clock only moves forward.');
    for (;;) {
      const next = waiting.reduce<(typeof waiting)[number] | undefined>(
        (first, entry) => (first === undefined || entry.at < first.at ? entry : first),
        undefined,
      );
      if (next === undefined || next.at > instant) break;
      waiting = waiting.filter((entry) => entry !== next);
      present = Math.max(present, next.at);
      next.task();
    }
    present = instant;
  };

  return {
    now: () => present,
    after: (delayMs, task) => {
      const entry = { at: present + Math.max(delayMs, 0), task };
      waiting.push(entry);
      return () => {
        waiting = waiting.filter((other) => other !== entry);
      };
    },
    advance: (ms) => set(present + ms),
    set,
  };
}

/** `2026-01-31T09:30:00.000Z`, for logs. */
export function isoTime(instant: Instant): string {
  return new Date(instant).toISOString();
}
