// Dividing one amount among several payers by percent (clause 8.1.3), so that the parts always add up.
import type { Micros } from './model';

/**
 * Splits `total` by whole percents that sum to 100, in multiples of `step` (the currency's billable step).
 * Largest remainder; ties go to the earlier payer. What `total` holds below a step goes with the first payer.
 */
export function splitByPercent(total: Micros, percents: readonly number[], step: Micros): Micros[] {
  const steps = total / step;
  const shares = percents.map((percent) => (steps * BigInt(percent)) / 100n);
  const remainders = percents.map((percent) => (steps * BigInt(percent)) % 100n);

  const left = Number(steps - sum(shares));
  const byRemainder = percents
    .map((_, index) => index)
    .sort((a, b) => compare(remainders[b], remainders[a]) || a - b);
  const rounded = new Set(byRemainder.slice(0, left));
  return shares.map(
    (share, index) =>
      (share + (rounded.has(index) ? 1n : 0n)) * step + (index === 0 ? total % step : 0n),
  );
}

function sum(values: readonly bigint[]): bigint {
  return values.reduce((total, value) => total + value, 0n);
}

function compare(a: bigint | undefined, b: bigint | undefined): number {
  return Number((a ?? 0n) - (b ?? 0n));
}
