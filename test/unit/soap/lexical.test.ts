// Every lexical form of each simple type, and what is none (XML Schema part 2).
import { describe, expect, test } from '@jest/globals';
import { isBlank, trimmed, VALUE_OF } from '../../../src/soap/lexical';

describe('xsd:decimal stays text', () => {
  test.each([
    '0',
    '5',
    '-5',
    '+5',
    '007',
    '1.50',
    '.5',
    '-.5',
    '+.5',
    '5.',
    '-5.',
    '00.00',
    '500.00',
    '-0',
    '123456789012345678901234567890.123456789012345678901234567890',
  ])('%s', (text) => {
    expect(VALUE_OF.decimal(text)).toBe(text);
  });

  test.each([
    '',
    '.',
    '+',
    '-',
    '+.',
    '--5',
    '+-5',
    '5-',
    '1e3',
    '1E3',
    '1,000',
    '1.000,00',
    '1 000',
    '10 ETB',
    '$5',
    '0x10',
    '1.2.3',
    'NaN',
    'INF',
    '-INF',
    'Infinity',
    'ten',
    '1_000',
    '5\u00a0',
    '\u0665',
    '\uff15',
    '1/2',
    '\u22125',
    '5\u0000',
  ])('%j is none', (text) => {
    expect(VALUE_OF.decimal(text)).toBeUndefined();
  });
});

describe('xsd:long is a bigint', () => {
  test.each([
    ['0', 0n],
    ['-0', 0n],
    ['+7', 7n],
    ['007', 7n],
    ['-12', -12n],
    [`${'0'.repeat(50)}1`, 1n],
    ['9007199254740993', 9007199254740993n],
    ['9223372036854775807', 9223372036854775807n],
    ['-9223372036854775808', -9223372036854775808n],
  ])('%s', (text, value) => {
    expect(VALUE_OF.long(text)).toBe(value);
  });

  test.each([
    '',
    '+',
    '-',
    '1.0',
    '1.',
    '1e3',
    '0x10',
    '0b1',
    '1n',
    '1 2',
    'one',
    '\u0661',
    '--1',
    '9223372036854775808',
    '-9223372036854775809',
    '9'.repeat(60_000),
  ])('%.30s is none', (text) => {
    expect(VALUE_OF.long(text)).toBeUndefined();
  });
});

describe('xsd:int is a number', () => {
  test.each([
    ['0', 0],
    ['+50', 50],
    ['050', 50],
    ['-1', -1],
    ['2147483647', 2147483647],
    ['-2147483648', -2147483648],
  ])('%s', (text, value) => {
    expect(VALUE_OF.int(text)).toBe(value);
  });

  test.each(['', '2147483648', '-2147483649', '33.3', '1e2', '50%', 'NaN'])(
    '%s is none',
    (text) => {
      expect(VALUE_OF.int(text)).toBeUndefined();
    },
  );
});

describe('xsd:boolean', () => {
  test.each([
    ['true', true],
    ['1', true],
    ['false', false],
    ['0', false],
  ])('%s', (text, value) => {
    expect(VALUE_OF.boolean(text)).toBe(value);
  });

  test.each(['', 'TRUE', 'yes', '2', '00', 'constructor'])('%s is none', (text) => {
    expect(VALUE_OF.boolean(text)).toBeUndefined();
  });
});

describe('xsd:dateTime stays text', () => {
  test.each([
    '2026-01-31T23:59:59',
    '2026-01-31T00:00:00Z',
    '2026-01-31T12:00:00.123+05:30',
    '-0044-03-15T12:00:00-14:00',
    '12026-01-31T00:00:00',
    '2026-01-31T24:00:00',
  ])('%s', (text) => {
    expect(VALUE_OF.dateTime(text)).toBe(text);
  });

  test.each([
    '',
    '2026-01-31',
    '2026-13-01T00:00:00',
    '2026-01-32T00:00:00',
    '2026-01-31T25:00:00',
    '2026-01-31T24:00:01',
    '20260131120000',
    '2026-01-31 12:00:00',
    '2026-01-31T12:00:00+15:00',
    '02026-01-31T00:00:00',
  ])('%s is none', (text) => {
    expect(VALUE_OF.dateTime(text)).toBeUndefined();
  });
});

test.each(['', 'tel:+15550100', 'a b', '\u00e9', '%zz'])(
  'xsd:anyURI and xsd:string are any text: %j',
  (text) => {
    expect([VALUE_OF.anyURI(text), VALUE_OF.string(text)]).toEqual([text, text]);
  },
);

describe('white space', () => {
  test.each([
    ['a', 'a'],
    [' a ', 'a'],
    ['\t\r\n a b \n', 'a b'],
    ['', ''],
    [' \n', ''],
    ['\u00a0a\u00a0', '\u00a0a\u00a0'],
    ['\ufeffa', '\ufeffa'],
    ['\u2003', '\u2003'],
  ])('%j -> %j', (text, result) => {
    expect(trimmed(text)).toBe(result);
    expect(isBlank(text)).toBe(result === '');
  });
});
