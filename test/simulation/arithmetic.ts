// The sums that the model does: money from text, rates, shares, addresses, dates. It shares no line with src/.

/** An xsd:decimal in millionths of a unit; undefined when it needs more than six fraction digits. */
export function toMicros(text: string): bigint | undefined {
  const [, sign, whole, digits] = /^([+-]?)(\d*)\.?(\d*)$/.exec(text) ?? [];
  const fraction = (digits ?? '').replace(/0+$/, '');
  if (fraction.length > 6) return undefined;

  const micros = BigInt(`${whole}${fraction.padEnd(6, '0')}`);
  return sign === '-' ? -micros : micros;
}

/** Millionths as text with exactly `digits` fraction digits. */
export function toText(micros: bigint, digits: number): string {
  const units = (micros / 1_000_000n).toString();
  const fraction = (micros % 1_000_000n).toString().padStart(6, '0').slice(0, digits);
  return digits === 0 ? units : `${units}.${fraction}`;
}

/** The smallest amount of a currency, in millionths: 10000 for one with two digits. */
export function stepOf(digits: number): bigint {
  return 10n ** BigInt(6 - digits);
}

export interface Rate {
  /** `micros` for every `per` units of volume. */
  readonly micros: bigint;
  readonly per: bigint;
  readonly rounding: 'half_up' | 'up' | 'down';
}

/** The price of a volume: one exact fraction, rounded once to whole steps. */
export function priceOf(rate: Rate, volume: bigint, step: bigint): bigint {
  const over = volume * rate.micros;
  const under = rate.per * step;
  const steps = over / under;
  const left = over % under;
  const up = rate.rounding === 'up' ? left > 0n : rate.rounding === 'half_up' && 2n * left >= under;
  return (up ? steps + 1n : steps) * step;
}

/** Shares by percent that add up to the total: the steps left over go to the largest remainders, first come first. */
export function sharesOf(total: bigint, percents: readonly number[], step: bigint): bigint[] {
  const steps = total / step;
  const shares = percents.map((percent) => (steps * BigInt(percent)) / 100n);
  const byRemainder = percents
    .map((percent, index) => ({ index, remainder: (steps * BigInt(percent)) % 100n }))
    .sort((a, b) => Number(b.remainder - a.remainder) || a.index - b.index);

  let left = steps - shares.reduce((sum, share) => sum + share, 0n);
  for (const { index } of byRemainder) {
    if (left === 0n) break;
    shares[index] = (shares[index] ?? 0n) + 1n;
    left -= 1n;
  }
  return shares.map((share) => share * step);
}

/** The one spelling of an address (common part, addresses), or undefined when it is none. */
export function addressOf(text: string): string | undefined {
  if (text.length > 128 || /[\s*?]/.test(text)) return undefined;
  if (/^\+?\d{3,15}$/.test(text)) return `tel:${text}`;

  const [, scheme, rest] = /^([a-z][a-z0-9+.-]*):(.+)$/i.exec(text) ?? [];
  if (scheme === undefined || rest === undefined) return undefined;

  const kind = scheme.toLowerCase();
  if (kind === 'tel') {
    const number = rest.replace(/[-.()]/g, '');
    return /^\+?\d+$/.test(number) ? `tel:${number}` : undefined;
  }
  if (kind === 'short') return /^\d+$/.test(rest) ? `short:${rest}` : undefined;
  return `${kind}:${rest}`;
}

export interface Duration {
  readonly metric: 'Millisecond' | 'Second' | 'Minute' | 'Hour' | 'Day' | 'Week' | 'Month' | 'Year';
  readonly units: number;
}

const MILLISECONDS = {
  Millisecond: 1,
  Second: 1_000,
  Minute: 60_000,
  Hour: 3_600_000,
  Day: 86_400_000,
  Week: 604_800_000,
} as const;

/** An instant (milliseconds of the epoch) later by a duration; months and years by the calendar, in UTC. */
export function later(instant: number, { metric, units }: Duration): number {
  if (metric !== 'Month' && metric !== 'Year') return instant + units * MILLISECONDS[metric];

  const date = new Date(instant);
  const months = metric === 'Year' ? units * 12 : units;
  const lastDay = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months + 1, 0));
  return Date.UTC(
    lastDay.getUTCFullYear(),
    lastDay.getUTCMonth(),
    Math.min(date.getUTCDate(), lastDay.getUTCDate()),
    date.getUTCHours(),
    date.getUTCMinutes(),
    date.getUTCSeconds(),
    date.getUTCMilliseconds(),
  );
}

/** The calendar month of an instant in UTC, as `2024-02`. */
export function monthOf(instant: number): string {
  return new Date(instant).toISOString().slice(0, 7);
}
