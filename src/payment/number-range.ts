// Ranges of subscriber numbers, as a rule names them: which addresses lie in one, and which ranges have one in common.
// Digits alone count, since clients write a number with its plus or without.

/** All numbers that begin with some digits, or those of one length from one number to another; digits alone. */
export type NumberRange =
  | { readonly prefix: string }
  | { readonly from: string; readonly to: string };

const NUMBER = /^\+?(\d{3,15})$/;
const PREFIX = /^\+?(\d{1,15})$/;

/** A range as a person writes it, `+` or not; undefined for what is none. */
export function readNumberRange(text: {
  readonly prefix?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}): NumberRange | undefined {
  if (text.prefix !== undefined) {
    const prefix = PREFIX.exec(text.prefix.trim())?.[1];
    return prefix === undefined || text.from !== undefined || text.to !== undefined
      ? undefined
      : { prefix };
  }
  const from = NUMBER.exec(text.from?.trim() ?? '')?.[1];
  const to = NUMBER.exec(text.to?.trim() ?? '')?.[1];
  if (from === undefined || to === undefined) return undefined;
  return from.length === to.length && from <= to ? { from, to } : undefined;
}

/** Whether a normalised address is a number of the range. */
export function isWithin(address: string, range: NumberRange): boolean {
  const digits = /^tel:\+?(\d+)$/.exec(address)?.[1];
  if (digits === undefined) return false;
  if ('prefix' in range) return digits.startsWith(range.prefix);
  return digits.length === range.from.length && digits >= range.from && digits <= range.to;
}

/** Whether some number lies in both. */
export function overlaps(one: NumberRange, other: NumberRange): boolean {
  if ('prefix' in one && 'prefix' in other) {
    return one.prefix.startsWith(other.prefix) || other.prefix.startsWith(one.prefix);
  }
  if ('prefix' in one) return 'prefix' in other ? false : overlaps(other, one);
  const [from, to] =
    'prefix' in other ? bounds(other.prefix, one.from.length) : [other.from, other.to];
  return from.length === one.from.length && from <= one.to && to >= one.from;
}

/** The numbers of that length that begin so; longer ones when the prefix itself is longer. */
function bounds(prefix: string, length: number): readonly [from: string, to: string] {
  return [prefix.padEnd(length, '0'), prefix.padEnd(length, '9')];
}
