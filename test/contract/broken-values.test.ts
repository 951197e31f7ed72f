// Values that are none of their type, in every simple part and field of every operation: SVC0002 of the message part.
import { describe, expect, test } from '@jest/globals';
import type { Operation, SimpleType } from '../../src/wsdl/schema';
import { expectFault } from '../support/answers';
import { CATALOGUE } from '../support/operations';
import { envelope, fieldsOf, messageOf } from '../support/requests';
import { openTestSandbox, type TestSandbox, validParts } from '../support/test-sandbox';
import { containing, replaced, type XmlNode } from '../support/xml';

const NO_VALUE = ['<value>1</value>', '1<more/>', '<!-- 1 --><m:x xmlns:m="urn:x">1</m:x>'];
const WORDS = ['one', 'NaN', 'INF', 'null', 'undefined', '[object Object]', 'true'];
const OTHER_BASES = ['0x10', '0b11', '1e3', '1E3', '1e', '0o7', '10n'];
const PUNCTUATED = [
  '1,000',
  '1 000',
  '1_000',
  "1'000",
  '1.000.000',
  '10 ETB',
  '$1',
  '1%',
  '(1)',
  '--1',
  '+-1',
  '1-',
];
const OTHER_DIGITS = ['١٢', '１', '½', '²', '1\u00a0', '\u200b1', '−1'];

/** Everything that some reader somewhere would take for a value of the type. */
const BROKEN: Readonly<Record<SimpleType, readonly string[]>> = {
  string: NO_VALUE,
  anyURI: NO_VALUE,
  decimal: [
    ...NO_VALUE,
    ...WORDS,
    ...OTHER_BASES,
    ...PUNCTUATED,
    ...OTHER_DIGITS,
    '.',
    '+',
    '-',
    '+.',
    '1.2.3',
    '1,5',
  ],
  long: [
    ...[
      ...NO_VALUE,
      ...WORDS,
      ...OTHER_BASES,
      ...PUNCTUATED,
      ...OTHER_DIGITS,
      '+',
      '1.0',
      '1.',
      '.5',
    ],
    ...['9223372036854775808', '-9223372036854775809', '99999999999999999999999999'],
  ],
  int: [
    ...[
      ...NO_VALUE,
      ...WORDS,
      ...OTHER_BASES,
      ...PUNCTUATED,
      ...OTHER_DIGITS,
      '+',
      '50.0',
      '50.',
      '.5',
      '50%',
    ],
    ...['2147483648', '-2147483649', '4294967396', '18446744073709551716'],
  ],
  boolean: [...NO_VALUE, 'True', 'yes', 'on', '2', '-1'],
  dateTime: [
    ...NO_VALUE,
    '2026-01-31',
    '31.01.2026',
    '2026-13-01T00:00:00Z',
    '20260131093000',
    'now',
  ],
};

interface Field {
  readonly operation: Operation;
  readonly path: string;
  readonly base: SimpleType;
}

const FIELDS: readonly Field[] = CATALOGUE.operations.flatMap((operation) =>
  fieldsOf(operation).flatMap(({ path, declaration: { type } }) =>
    type.kind === 'simple' ? [{ operation, path, base: type.base }] : [],
  ),
);

const env = openTestSandbox();

describe('not of its type', () => {
  test.each(FIELDS.map((field) => [named(field), field] as const))('%s', async (_, field) => {
    const refused = await refusals(env, field, (message, broken) =>
      containing(message, field.path, broken),
    );
    expect(refused).toEqual(BROKEN[field.base].map((broken) => [broken, 'SVC0002', part(field)]));
  });
});

describe('nil and with a value: neither is believed (wire forms of XML Schema part 1 clause 2.6.2)', () => {
  test.each(FIELDS.map((field) => [named(field), field] as const))('%s', async (_, field) => {
    const message = messageOf(field.operation, await validParts(env, field.operation));
    const nil = ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:nil="true"';
    const answer = await env.post(
      envelope(replaced(message, field.path, (node) => [{ ...node, attributes: nil }])),
    );
    expectFault(answer, ['SVC0002', part(field)]);
  });
});

describe('Z %1 is the top-level part', () => {
  test('the field stands in the exchange record, not in the answer', async () => {
    const [field] = FIELDS.filter(({ path }) => path === 'charge/amount');
    const message = messageOf(field!.operation, await validParts(env, field!.operation));
    const answer = await env.post(envelope(containing(message, 'charge/amount', '1e3')));
    expectFault(answer, ['SVC0002', 'charge']);
    expect(answer.record.detail).toContain('charge/amount is no xsd:decimal: "1e3"');
  });
});

/** What each broken value is answered with; the ledger must not have changed. */
async function refusals(
  from: TestSandbox,
  { operation, base }: Field,
  breakIt: (message: XmlNode, broken: string) => XmlNode,
): Promise<readonly (readonly unknown[])[]> {
  const message = messageOf(operation, await validParts(from, operation));
  const before = from.digest();
  const answers: (readonly unknown[])[] = [];
  for (const broken of BROKEN[base]) {
    const { record, text } = await from.post(envelope(breakIt(message, broken)));
    const [, variable] = /<variables>([^<]*)<\/variables>/.exec(text) ?? [];
    answers.push([broken, record.fault, variable]);
  }
  expect(from.digest()).toBe(before);
  return answers;
}

function named({ operation, path, base }: Field): string {
  return `${operation.key} ${path}, an xsd:${base}`;
}

function part({ path }: Field): string {
  return path.split('/')[0] ?? '';
}
