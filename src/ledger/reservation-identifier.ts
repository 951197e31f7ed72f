// The identifier of a reservation on the wire: fifteen digits, derived from the number of its opening transaction.

/** Some gateways give longer identifiers, so zeros may stand before it. */
const FORM = /^0{0,15}1\d{14}$/;
const BASE = 100_000_000_000_000;

/** Digits only, well below the thirty that field clients accept. */
export function identifierOf(id: number): string {
  return String(BASE + id);
}

/** The opening transaction of an identifier, or undefined for text that this ledger never issued. */
export function idOf(identifier: string): number | undefined {
  return FORM.test(identifier) ? Number.parseInt(identifier, 10) - BASE : undefined;
}
