// What a wallet made on demand holds: by default about as much in every currency, when configured as many units.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { resolveConfiguration } from '../../../src/config/resolve';
import type { ConfigurationInput } from '../../../src/config/schema';
import { createCurrencies } from '../../../src/ledger/currency';
import { openTestSandbox } from '../../support/test-sandbox';

function termsOf(input: ConfigurationInput = {}) {
  return resolveConfiguration({ source: 'f.yaml', input }).termsOf;
}

const LETTERS = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
/** Everything that a currency code could be. */
const ALL_CODES = LETTERS.flatMap((a) => LETTERS.flatMap((b) => LETTERS.map((c) => a + b + c)));

const micros = (units: number) => BigInt(units) * 1_000_000n;

describe('by default', () => {
  test.each([
    ['EUR', 1_000],
    ['USD', 1_000],
    ['KWD', 1_000],
    ['XTS', 1_000],
    ['ZAR', 10_000],
    ['INR', 100_000],
    ['JPY', 100_000],
    ['ETB', 100_000],
    ['BDT', 100_000],
    ['NGN', 1_000_000],
    ['UGX', 1_000_000],
    ['XOF', 1_000_000],
    ['IDR', 10_000_000],
    ['IRR', 100_000_000],
  ])('%s: %d units', (currency, units) => {
    expect(termsOf()('any').openingBalance(currency)).toBe(micros(units));
  });
});

test.each(['EUR', 'NGN', 'IRR'])('configured: as many units of %s', (currency) => {
  const { openingBalance } = termsOf({ accounts: { openingBalance: '2.50' } })('any');
  expect(openingBalance(currency)).toBe(2_500_000n);
});

describe('a first charge without configuration', () => {
  test.each([
    ['5000', 'NGN'],
    ['20000', 'IRR'],
    ['20000', 'RLS'],
    ['1500', 'UGX'],
    ['10000', 'XOF'],
    ['5000', 'IDR'],
    ['1000', 'ETB'],
    ['1000', 'Birr'],
    ['200', 'TK'],
    ['1000', 'EUR'],
  ])('of %s %s succeeds', async (amount, currency) => {
    const env = openTestSandbox({ terms: termsOf() });
    const { status } = await env.ask('AmountCharging.chargeAmount', {
      endUserIdentifier: 'tel:+15550100',
      charge: { description: 'Daily quiz', currency, amount },
      referenceCode: 'first',
    });
    expect(status).toBe(200);
  });

  test('of 1000.01 EUR does not', async () => {
    const env = openTestSandbox({ terms: termsOf() });
    const { record } = await env.ask('AmountCharging.chargeAmount', {
      endUserIdentifier: 'tel:+15550100',
      charge: { description: 'Daily quiz', currency: 'EUR', amount: '1000.01' },
      referenceCode: 'first',
    });
    expect(record.fault).toBe('SVC0270');
  });
});

test('every currency of the table is one of ISO 4217, and there once', () => {
  const { openingBalance } = termsOf()('any');
  const codes = createCurrencies();
  const others = ALL_CODES.filter((code) => openingBalance(code) !== micros(1_000));
  expect(others.filter((code) => codes.resolve(code) === undefined)).toEqual([]);
  expect(others.length).toBeGreaterThan(80);
});

test('docs/configuration.md has the same table', () => {
  const page = readFileSync(join(__dirname, '../../../docs/configuration.md'), 'utf8');
  const rows = [...page.matchAll(/^\| ([\d,]+) \| ((?:[A-Z]{3}(?:, )?)+) \|$/gm)];
  const told = new Map<string, bigint>();
  for (const [, units = '', codes = ''] of rows) {
    for (const code of codes.split(', ')) told.set(code, micros(Number(units.replaceAll(',', ''))));
  }
  const { openingBalance } = termsOf()('any');
  const differing = ALL_CODES.filter(
    (code) => openingBalance(code) !== (told.get(code) ?? micros(1_000)),
  );
  expect([told.size > 80, differing]).toEqual([true, []]);
});
