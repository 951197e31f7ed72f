// What the clock of a sandbox can be: its modes as values, and where it may be moved. Runs nothing.
import type { Instant } from '../../ledger/time';
import { CLOCK_LIMITS } from '../../limits';
import { isoTime } from './clock';

/** How a clock runs, as a snapshot keeps it. */
export type ClockState =
  | { readonly mode: 'real' }
  | { readonly mode: 'offset'; readonly offsetMs: number }
  | { readonly mode: 'frozen'; readonly at: Instant }
  | { readonly mode: 'scaled'; readonly at: Instant; readonly factor: number };

export interface ClockStatus {
  readonly mode: ClockState['mode'];
  readonly now: Instant;
  /** How far it is from the clock of the process, at this moment. */
  readonly offsetMs: number;
  /** How fast it runs: 0 when it is frozen. */
  readonly factor: number;
  /** When something falls due next. */
  readonly nextDue?: Instant;
}

/** A move that a clock cannot make, in a sentence for a person. */
export class ClockError extends RangeError {
  override readonly name = 'ClockError';
}

/** From what a file says. Throws ClockError for what no clock can be. */
export function readClockState(value: unknown): ClockState {
  const { mode, at, offsetMs, factor } = (value ?? {}) as Record<string, unknown>;
  const { slowest, fastest, latestInstant } = CLOCK_LIMITS;
  const isInstant = isWithin(at, -latestInstant, latestInstant);
  if (mode === 'real') return { mode };
  if (mode === 'frozen' && isInstant) return { mode, at };
  if (mode === 'offset' && isWithin(offsetMs, -latestInstant, latestInstant)) {
    return { mode, offsetMs };
  }
  if (mode === 'scaled' && isInstant && isWithin(factor, slowest, fastest)) {
    return { mode, at, factor };
  }
  throw new ClockError('What is to be imported has a clock that cannot be.');
}

function isWithin(value: unknown, least: number, most: number): value is number {
  return typeof value === 'number' && value >= least && value <= most;
}

/** Throws ClockError for a move that goes back, too far, or nowhere. */
export function demandForward(now: Instant, target: Instant): void {
  if (!Number.isSafeInteger(target)) {
    throw new ClockError('The clock can only be moved to an instant in whole milliseconds.');
  }
  if (target < now) {
    throw new ClockError(
      `The clock only moves forward: it shows ${isoTime(now)}, which is after ${shown(target)}. A reset takes it back.`,
    );
  }
  if (target - now > CLOCK_LIMITS.jumpMs || target > CLOCK_LIMITS.latestInstant) {
    throw new ClockError(
      `The clock moves on by ten years at most and not beyond the year 9999: from ${isoTime(now)} not to ${shown(target)}.`,
    );
  }
}

/** Instants beyond the calendar have no date. */
function shown(instant: Instant): string {
  return Math.abs(instant) <= 8_640_000_000_000_000 ? isoTime(instant) : `instant ${instant}`;
}
