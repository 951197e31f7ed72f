// Tariffs and prices for tests, in EUR.

import { billableStep } from '../../src/ledger/money';
import type { Tariff } from '../../src/ledger/rating';

/** What `per` units cost, in micros; half_up to whole cents. */
export function tariff(
  unit: string,
  micros: bigint,
  more: Partial<Tariff> & { per?: bigint } = {},
): Tariff {
  const { per = 1n, ...rest } = more;
  const rate = { micros, per, rounding: 'half_up', step: billableStep(2) } as const;
  return { unit, currency: 'EUR', rate, description: `Rated ${unit}`, ...rest };
}

export const EURO = 1_000_000n;
export const CENT = 10_000n;
