// The clock of a sandbox of a running emulator: what it shows, and moving it.
import { adminClient } from './admin-client';
import { durationOf, durationText, millisecondsOf } from './duration';
import { EXIT, UsageError } from './exit-code';
import { print } from './print';
import type { Flags } from './target';
import type { Terminal } from './terminal';

interface Clock {
  readonly mode: string;
  readonly now: string;
  readonly factor: number;
  readonly nextDue?: string;
}

interface Moved {
  readonly clock: Clock;
  readonly fired: readonly { readonly at: string; readonly kind: string; readonly id: string }[];
}

export async function getClock(flags: Flags, terminal: Terminal): Promise<number> {
  const clock = await adminClient(flags, terminal).ask<Clock>('GET /clock');
  print(terminal, flags, clock, linesOf(clock));
  return EXIT.ok;
}

export type ClockMove = 'freeze' | 'set' | 'offset' | 'scale' | 'advance' | 'reset';

/** `word` is the instant, the duration or the factor, by the move. */
export async function moveClock(
  move: ClockMove,
  word: string | undefined,
  flags: Flags,
  terminal: Terminal,
): Promise<number> {
  const body = { action: move, ...(word !== undefined && partOf(move, word)) };
  const moved = await adminClient(flags, terminal).ask<Moved>('PUT /clock', {}, body);
  const fired = moved.fired.map(({ at, kind, id }) => `${at}  ${kind}  ${id}`);
  print(terminal, flags, moved, [...fired, ...linesOf(moved.clock)]);
  return EXIT.ok;
}

function partOf(move: ClockMove, word: string): object {
  if (move === 'advance') return durationOf(word);
  if (move === 'offset') return { ms: millisecondsOf(word) };
  if (move !== 'scale') return { at: word };
  const factor = Number(word);
  if (Number.isFinite(factor) && factor > 0) return { factor };
  throw new UsageError(
    `Found "${word}", expected how many times as fast as real time, such as 60.`,
  );
}

function linesOf({ now, mode, factor, nextDue }: Clock): string[] {
  const pace = mode === 'scaled' ? `scaled, ${factor} times as fast` : mode;
  if (nextDue === undefined) return [`${now}  ${pace}`];
  const inMs = Date.parse(nextDue) - Date.parse(now);
  return [`${now}  ${pace}`, `next due ${nextDue}, in ${durationText(inMs)}`];
}
