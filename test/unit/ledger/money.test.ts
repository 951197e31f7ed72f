import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { billableStep, formatMicros, parseMicros } from '../../../src/ledger/money';

describe('parseMicros reads an xsd:decimal by its value', () => {
  test.each([
    ['0', 0n],
    ['1', 1_000_000n],
    ['1.5', 1_500_000n],
    ['500.00', 500_000_000n],
    ['.5', 500_000n],
    ['5.', 5_000_000n],
    ['+5', 5_000_000n],
    ['-5', -5_000_000n],
    ['-0', 0n],
    ['007', 7_000_000n],
    ['0.000001', 1n],
    ['0.0000010000000', 1n],
    ['1.1', 1_100_000n],
    ['9007199254.740993', undefined],
    ['999999999.999999', 999_999_999_999_999n],
    ['1000000000', 1_000_000_000_000_000n],
    ['1000000000.000001', undefined],
    ['0.0000001', undefined],
    ['', undefined],
    ['.', undefined],
    ['+', undefined],
    ['1e3', undefined],
    ['0x10', undefined],
    ['1,000', undefined],
    ['1_000', undefined],
    ['NaN', undefined],
    ['INF', undefined],
    ['١', undefined],
    ['1 000', undefined],
    ['--1', undefined],
    ['1.2.3', undefined],
  ])('%p is %p', (text, micros) => {
    expect(parseMicros(text)).toBe(micros);
  });
});

describe('formatMicros writes the digits of the currency, or as many more as the value needs', () => {
  test.each([
    [1_500_000n, 2, '1.50'],
    [1_500_000n, 0, '1.5'],
    [500_000_000n, 0, '500'],
    [1n, 2, '0.000001'],
    [0n, 2, '0.00'],
    [0n, 0, '0'],
    [-1_500_000n, 2, '-1.50'],
    [-1n, 0, '-0.000001'],
    [1_234_567n, 3, '1.234567'],
    [1_000_000_000_000_000n, 2, '1000000000.00'],
  ])('%p with %p digits is %p', (micros, exponent, text) => {
    expect(formatMicros(micros, exponent)).toBe(text);
  });

  test('what is written is read back unchanged, for every amount and currency', () => {
    const amounts = fc.bigInt({ min: -1_000_000_000_000_000n, max: 1_000_000_000_000_000n });
    const exponents = fc.integer({ min: 0, max: 6 });
    fc.assert(
      fc.property(amounts, exponents, (micros, exponent) => {
        expect(parseMicros(formatMicros(micros, exponent))).toBe(micros);
      }),
    );
  });
});

test.each([
  [0, 1_000_000n],
  [2, 10_000n],
  [3, 1_000n],
  [4, 100n],
  [6, 1n],
])('with %p fraction digits the billable step is %p micros', (exponent, step) => {
  expect(billableStep(exponent)).toBe(step);
});
