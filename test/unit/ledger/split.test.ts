import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { splitByPercent } from '../../../src/ledger/split';

const CENT = 10_000n;

describe('clause 8.1.3: shares by percent, largest remainder, ties to the earlier payer', () => {
  test.each([
    // total in cents, percents, shares in cents
    [100n, [50, 50], [50n, 50n]],
    [100n, [100], [100n]],
    [1n, [50, 50], [1n, 0n]],
    [1n, [49, 51], [0n, 1n]],
    [10n, [33, 33, 34], [3n, 3n, 4n]],
    [100n, [33, 33, 34], [33n, 33n, 34n]],
    [5n, [33, 33, 34], [2n, 1n, 2n]],
    [7n, [25, 25, 25, 25], [2n, 2n, 2n, 1n]],
    [0n, [60, 40], [0n, 0n]],
    [99_999_999_999n, [1, 99], [1_000_000_000n, 98_999_999_999n]],
  ])('%p cents by %p give %p', (cents, percents, shares) => {
    expect(splitByPercent(cents * CENT, percents, CENT)).toEqual(shares.map((s) => s * CENT));
  });

  test('a currency without decimals is split in whole units', () => {
    expect(splitByPercent(100_000_000n, [33, 67], 1_000_000n)).toEqual([33_000_000n, 67_000_000n]);
  });
});

test('the shares always add up, and none is a step or more from its exact part', () => {
  const percents = fc
    .uniqueArray(fc.integer({ min: 1, max: 99 }), { maxLength: 9 })
    .map((cuts) => [0, ...cuts.sort((a, b) => a - b), 100])
    .map((cuts) => cuts.slice(1).map((cut, index) => cut - (cuts[index] ?? 0)));
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 10n ** 11n }), percents, (steps, parts) => {
      const shares = splitByPercent(steps * CENT, parts, CENT);
      expect(shares.reduce((sum, share) => sum + share, 0n)).toBe(steps * CENT);
      shares.forEach((share, index) => {
        const error = share * 100n - steps * CENT * BigInt(parts[index] ?? 0);
        expect(error < 100n * CENT && error > -100n * CENT).toBe(true);
      });
    }),
  );
});
