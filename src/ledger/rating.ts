// What a volume costs: tariffs by unit, contract, service and operation, exact fractions, one rounding on the total.
import type { Micros } from './money';
import { type Refusal, refuse } from './refusal';

export type Rounding = 'half_up' | 'up' | 'down';

/** A price kept as an exact fraction: `micros` for every `per` units of volume. */
export interface Rate {
  readonly micros: bigint;
  readonly per: bigint;
  readonly rounding: Rounding;
  /** The currency's billable step in micros: totals are rounded to it. */
  readonly step: Micros;
}

/** A volume in a unit. */
export interface Measure {
  readonly volume: bigint;
  readonly unit: string;
}

/** The rating parameters of clause 8.2.2, by name in lower case. */
export interface RatingParameters {
  readonly unit?: string;
  readonly contract?: string;
  readonly service?: string;
  readonly operation?: string;
}

/** One line of a tariff: applies when every parameter that it names equals the request's. */
export interface Tariff extends RatingParameters {
  readonly unit: string;
  readonly currency: string;
  readonly rate: Rate;
  readonly description: string;
}

/** Named by contract beats service beats operation, whatever the order of the list. */
const SPECIFICITY = { contract: 4, service: 2, operation: 1 } as const;

/**
 * The tariff for a request: of all that match, the most specific (contract, then service, then operation);
 * of equals, the first in the list. Names compare without regard to case, units also in the singular.
 */
export function findTariff(
  tariffs: readonly Tariff[],
  parameters: RatingParameters,
  defaultUnit: string,
): Tariff | Refusal {
  const unit = unitName(parameters.unit ?? defaultUnit);
  let best: Tariff | undefined;
  let bestScore = -1;
  for (const tariff of tariffs) {
    if (unitName(tariff.unit) !== unit) continue;
    const score = specificity(tariff, parameters);
    if (score <= bestScore) continue;
    best = tariff;
    bestScore = score;
  }
  return best ?? refuse('no_tariff', `no tariff rates the unit "${unit}"`);
}

/** The price of a whole volume, rounded once. Callers bill parts as differences of such totals. */
export function rated(rate: Rate, volume: bigint): Micros {
  const numerator = rate.micros * volume;
  const denominator = rate.per * rate.step;
  return roundedQuotient(numerator, denominator, rate.rounding) * rate.step;
}

/** Units as compared: lower case, plural. */
export function unitName(unit: string): string {
  const name = unit.trim().toLowerCase();
  return name.endsWith('s') ? name : `${name}s`;
}

/** -1 when a parameter that the tariff names differs from the request's. */
function specificity(tariff: Tariff, parameters: RatingParameters): number {
  let score = 0;
  for (const name of ['contract', 'service', 'operation'] as const) {
    const wanted = tariff[name];
    if (wanted === undefined) continue;
    if (wanted.toLowerCase() !== parameters[name]?.toLowerCase()) return -1;
    score += SPECIFICITY[name];
  }
  return score;
}

/** For a numerator of zero or more. */
function roundedQuotient(numerator: bigint, denominator: bigint, rounding: Rounding): bigint {
  const whole = numerator / denominator;
  const rest = numerator % denominator;
  if (rest === 0n || rounding === 'down') return whole;
  if (rounding === 'up') return whole + 1n;
  return rest * 2n >= denominator ? whole + 1n : whole;
}
