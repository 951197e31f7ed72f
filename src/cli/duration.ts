// Durations as people write them on a command line: 90m, 1h30m, 500ms, 1month.
import type { TimeMetric } from '../ledger/time';
import { UsageError } from './exit-code';

/** What a clock is advanced by: milliseconds, or calendar months and years. */
export type Duration = { readonly ms: number } | { readonly duration: TimeMetric };

const UNITS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1_000,
  m: 60_000,
  min: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};

/** Throws UsageError. */
export function durationOf(text: string): Duration {
  const [, units, calendar = ''] = /^(\d{1,6}) ?(month|year)s?$/.exec(text) ?? [];
  if (units !== undefined) {
    const metric = calendar === 'month' ? 'Month' : 'Year';
    return { duration: { metric, units: wholeNumber(units) } };
  }
  return { ms: millisecondsOf(text) };
}

/** Of a fixed length. Throws UsageError. */
export function millisecondsOf(text: string): number {
  const parts = [...text.matchAll(/(\d{1,15})(ms|min|[smhdw])/g)];
  if (parts.length === 0 || parts.map(([part]) => part).join('') !== text) {
    throw new UsageError(
      `Found "${text}", expected a duration such as 500ms, 90s, 30m, 1h30m, 2d or 1month.`,
    );
  }
  return parts.reduce((sum, [, number = '', unit = '']) => {
    return sum + wholeNumber(number) * (UNITS[unit] ?? 0);
  }, 0);
}

/** `1h 30m`, for a person: two units at most. */
export function durationText(ms: number): string {
  const parts: string[] = [];
  let rest = Math.max(Math.round(ms / 1_000), 0);
  for (const [seconds, name] of SHOWN) {
    const count = Math.floor(rest / seconds);
    rest -= count * seconds;
    if (count > 0) parts.push(`${count}${name}`);
  }
  return parts.slice(0, 2).join(' ') || '0s';
}

const SHOWN = [
  [86_400, 'd'],
  [3_600, 'h'],
  [60, 'm'],
  [1, 's'],
] as const;

function wholeNumber(digits: string): number {
  return Number.parseInt(digits, 10);
}
