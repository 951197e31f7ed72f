// Reads money and currencies of a configuration. The schema has already seen that a text looks like an amount.
import type { Currencies } from '../ledger/currency';
import { billableStep, type Micros, parseMicros } from '../ledger/money';
import { found, type Report } from './problem';

/** An amount as the schema lets it through: text, or a whole number. */
export type AmountInput = string | number;

/** What reading needs to know: the currencies, and which one is meant when none is named. */
export interface MoneyContext {
  readonly currencies: Currencies;
  readonly defaultCurrency: string;
}

/** Any amount up to the ledger's bound, in micros; reports and answers 0 otherwise. */
export function readAmount(input: AmountInput, report: Report): Micros {
  const micros = parseMicros(String(input).trim());
  if (micros !== undefined) return micros;
  report([], `found ${found(input)}, expected at most 1000000000 and six fraction digits`);
  return 0n;
}

/** An amount that can be paid: no finer than the currency has fraction digits. */
export function readPayable(
  input: AmountInput,
  currency: string,
  currencies: Currencies,
  report: Report,
): Micros {
  const micros = readAmount(input, report);
  const exponent = currencies.exponent(currency);
  if (micros % billableStep(exponent) !== 0n) {
    report([], `found ${found(input)}, but ${currency} has ${exponent} fraction digits`);
  }
  return micros;
}

/** The ISO code of a currency as written; reports one that is not known and answers it as it is. */
export function readCurrency(
  input: string | undefined,
  { currencies, defaultCurrency }: MoneyContext,
  report: Report,
): string {
  if (input === undefined) return defaultCurrency;
  const code = currencies.resolve(input.trim());
  if (code !== undefined) return code;
  report(
    [],
    `found ${found(input)}, which is no currency of ISO 4217, currencies.aliases or currencies.fractionDigits`,
  );
  return input;
}
