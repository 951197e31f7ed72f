// The lexical forms of the XML Schema simple types in use, and the values they stand for. Rounds nothing.
import type { Decimal, SimpleType } from '../wsdl/schema';

export type SimpleForm = string | Decimal | bigint | number | boolean;

/** The value of a text that has been trimmed, or undefined when it is none of the type. */
export const VALUE_OF: Readonly<Record<SimpleType, (text: string) => SimpleForm | undefined>> = {
  string: (text) => text,
  anyURI: (text) => text,
  boolean: (text) => BOOLEANS.get(text),
  decimal: (text) => (DECIMAL.test(text) ? text : undefined),
  int: (text) => {
    const value = integerWithin(text, -(2n ** 31n), 2n ** 31n - 1n);
    return value === undefined ? undefined : Number(value);
  },
  long: (text) => integerWithin(text, -(2n ** 63n), 2n ** 63n - 1n),
  dateTime: (text) => (DATE_TIME.test(text) ? text : undefined),
};

/** Without the white space of XML at both ends; other spaces are characters like any other. */
export function trimmed(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && isSpace(text.charCodeAt(start))) start += 1;
  while (end > start && isSpace(text.charCodeAt(end - 1))) end -= 1;
  return start === 0 && end === text.length ? text : text.slice(start, end);
}

/** Whether there is nothing but white space, as between elements. */
export function isBlank(text: string): boolean {
  return text === '' || trimmed(text) === '';
}

const BOOLEANS: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['1', true],
  ['false', false],
  ['0', false],
]);

/** XML Schema part 2 clause 3.2.3: `+007`, `.5` and `5.` are decimals, `1e3` and `1,000` are not. */
const DECIMAL = /^[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)$/;

/** No integer of 64 bits has more digits; so a long text costs no arithmetic. */
const INTEGER = /^([+-]?)0*([0-9]{1,19})$/;

const DATE_TIME =
  /^-?(?:[1-9]\d{3,}|0\d{3})-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])T(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?|24:00:00(?:\.0+)?)(?:Z|[+-](?:(?:0\d|1[0-3]):[0-5]\d|14:00))?$/;

function integerWithin(text: string, least: bigint, greatest: bigint): bigint | undefined {
  const match = INTEGER.exec(text);
  if (match === null) return undefined;
  const value = BigInt(`${match[1] === '-' ? '-' : ''}${match[2]}`);
  return value < least || value > greatest ? undefined : value;
}

function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;
}
