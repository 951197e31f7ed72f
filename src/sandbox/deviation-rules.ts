// What would have been right, or is worth knowing, for the notes that the business makes on an exchange. Those of the
// wire carry their rule with them.

const RULES: ReadonlyMap<string, string> = new Map([
  ['address.scheme', 'An address begins with its scheme, as in tel:+15550100 (TS 29.199-1).'],
  ['currency.alias', 'A currency is its ISO 4217 code (TS 29.199-6, clause 10).'],
  ['reference.duplicate', 'A reference code identifies one request (TS 29.199-6, 8.1.1.1).'],
  ['description.resolved', 'A further description names evidence (TS 29.199-6, 8.1.1.1).'],
]);

export function noteRule(name: string): string | undefined {
  return RULES.get(name);
}
