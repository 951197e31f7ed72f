// Money as 64-bit integers in millionths of a currency unit. Text in, text out, never a floating-point number.
import { MONEY_LIMITS } from '../limits';

/** Money in millionths of a currency unit. */
export type Micros = bigint;

const DECIMAL = /^([+-]?)(\d*)(?:\.(\d*))?$/;
const DIGITS = MONEY_LIMITS.fractionDigits;

/**
 * Reads the lexical form of an xsd:decimal, outer white space already gone.
 * Precision is judged by value: trailing zeros do not count.
 * Returns undefined for text that is no decimal, is finer than a millionth, or is beyond the bound of one amount.
 */
export function parseMicros(text: string): Micros | undefined {
  const match = DECIMAL.exec(text);
  if (match === null) return undefined;
  const whole = match[2] ?? '';
  const fraction = withoutTrailingZeros(match[3] ?? '');
  if (whole === '' && (match[3] ?? '') === '') return undefined;
  if (fraction.length > DIGITS) return undefined;

  const micros = BigInt(whole + fraction.padEnd(DIGITS, '0'));
  if (micros > MONEY_LIMITS.amountMicros) return undefined;
  return match[1] === '-' ? -micros : micros;
}

/** Writes micros with exactly `exponent` fraction digits, or as many more as the value needs. */
export function formatMicros(micros: Micros, exponent: number): string {
  const sign = micros < 0n ? '-' : '';
  const digits = (micros < 0n ? -micros : micros).toString().padStart(DIGITS + 1, '0');
  const whole = digits.slice(0, -DIGITS);
  const needed = withoutTrailingZeros(digits.slice(-DIGITS));
  const fraction = needed.padEnd(exponent, '0');
  return fraction === '' ? sign + whole : `${sign}${whole}.${fraction}`;
}

/** The smallest billable step of a currency with `exponent` fraction digits, in micros. */
export function billableStep(exponent: number): Micros {
  return 10n ** BigInt(DIGITS - exponent);
}

function withoutTrailingZeros(digits: string): string {
  let end = digits.length;
  while (end > 0 && digits[end - 1] === '0') end -= 1;
  return digits.slice(0, end);
}
