// Dividing one amount among several payers by percent (clause 8.1.3), so that the parts always add up.
import type { Micros } from './money';

/**
 * Splits `total` by whole percents that sum to 100. `total` and every share are multiples of `step`,
 * the currency's billable step. Largest remainder; of equal remainders the earlier payer comes first.
 */
export function splitByPercent(total: Micros, percents: readonly number[], step: Micros): Micros[] {
  const steps = total / step;
  const exact = percents.map((percent) => steps * BigInt(percent));
  const shares = exact.map((hundredths) => hundredths / 100n);

  let left = steps - shares.reduce((sum, share) => sum + share, 0n);
  for (const index of indexesByRemainder(exact)) {
    if (left === 0n) break;
    shares[index] = (shares[index] ?? 0n) + 1n;
    left -= 1n;
  }
  return shares.map((share) => share * step);
}

/** Largest remainder first; sorting is stable, so ties keep the order of the payers. */
function indexesByRemainder(exact: readonly bigint[]): number[] {
  const remainders = exact.map((hundredths, index) => ({ index, rest: hundredths % 100n }));
  remainders.sort((a, b) => (a.rest === b.rest ? 0 : a.rest > b.rest ? -1 : 1));
  return remainders.map(({ index }) => index);
}
