import { describe, expect, test } from '@jest/globals';
import { priceOf, priceWithin, unusable } from '../../../src/ledger/price';
import { testTerms } from '../../support/terms';

const UNIT = 1_000_000n;
const terms = testTerms({
  prices: [
    { code: 'song', currency: 'EUR', amount: 990_000n },
    { code: 'film', currency: 'JPY', amount: 500n * UNIT },
  ],
});
const minor = (amount: bigint, currency?: string) => ({
  amount: amount * UNIT,
  inMinorUnits: true as const,
  ...(currency !== undefined && { currency }),
});

describe('clause 8.1.1.1: the price of a direct charge', () => {
  test.each([
    [{ amount: UNIT }, { currency: 'EUR', amount: UNIT }],
    [
      { amount: UNIT, currency: 'JPY' },
      { currency: 'JPY', amount: UNIT },
    ],
    [{ code: 'song' }, { currency: 'EUR', amount: 990_000n }],
    [{ code: 'film' }, { currency: 'JPY', amount: 500n * UNIT }],
    [
      { amount: UNIT, code: 'song' },
      { currency: 'EUR', amount: UNIT },
    ],
    [{ code: 'film', currency: 'EUR' }, { code: 'charging_information' }],
    [{ code: 'none' }, { code: 'charging_information' }],
    [{}, { code: 'charging_information' }],
    [{ amount: UNIT / 2n, currency: 'JPY' }, { code: 'charging_information' }],
    [minor(5_000n), { currency: 'EUR', amount: 50n * UNIT }],
    [minor(5_000n, 'JPY'), { currency: 'JPY', amount: 5_000n * UNIT }],
    [minor(5_000n, 'KWD'), { currency: 'KWD', amount: 5n * UNIT }],
  ])('%p is %p', (charge, price) => {
    expect(priceOf(charge, terms)).toMatchObject(price);
  });
});

describe('clause 8.3.3.1: against a reservation its currency holds, not the policy', () => {
  test.each([
    [minor(5_000n), 'JPY', { currency: 'JPY', amount: 5_000n * UNIT }],
    [minor(5_000n), 'KWD', { currency: 'KWD', amount: 5n * UNIT }],
    [minor(-5_000n), 'KWD', { currency: 'KWD', amount: -5n * UNIT }],
    [{ amount: UNIT }, 'JPY', { currency: 'JPY', amount: UNIT }],
    [{ amount: UNIT, currency: 'EUR' }, 'JPY', { code: 'charging_information' }],
    [{ code: 'film' }, 'JPY', { currency: 'JPY', amount: 500n * UNIT }],
    [{ code: 'film' }, 'EUR', { code: 'charging_information' }],
  ])('%p against %s is %p', (charge, currency, price) => {
    expect(priceWithin(charge, terms, currency)).toMatchObject(price);
  });

  test('what names no currency is not judged by the precision of the policy currency', () => {
    expect(unusable(minor(5n), terms)).toBeUndefined();
    expect(unusable({ amount: 5n }, terms)).toBeUndefined();
  });
});
