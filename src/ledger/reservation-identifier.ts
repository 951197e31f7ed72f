// The identifier of a reservation on the wire: fifteen digits, derived from the number of its opening transaction and from
// the series of its ledger, by which the identifiers of several ledgers can be told apart.

/** Some gateways give longer identifiers, so zeros may stand before it. */
const FORM = /^0{0,15}1\d{14}$/;
const BASE = 100_000_000_000_000;
const PER_SERIES = 100_000_000_000;

/** Series are numbered from 0, which is that of a ledger alone. */
export const MOST_SERIES = 1_000;

/** Digits only, well below the thirty that field clients accept. */
export function identifierOf(id: number, series = 0): string {
  return String(BASE + series * PER_SERIES + id);
}

/**
 * The opening transaction of an identifier, or undefined for text that a ledger of that series never issued. Series 0 is
 * always understood: a ledger may have begun as another one.
 */
export function idOf(identifier: string, series = 0): number | undefined {
  const own = seriesOf(identifier);
  if (own !== series && own !== 0) return undefined;
  return (Number.parseInt(identifier, 10) - BASE) % PER_SERIES;
}

/** The series of an identifier, or undefined for text that is none. */
export function seriesOf(identifier: string): number | undefined {
  if (!FORM.test(identifier)) return undefined;
  return Math.floor((Number.parseInt(identifier, 10) - BASE) / PER_SERIES);
}
