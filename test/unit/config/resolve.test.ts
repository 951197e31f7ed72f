// What a configuration comes to: defaults, prices, tariffs, applications, subscribers.
import { describe, expect, test } from '@jest/globals';
import { checkConfiguration, checkSeed } from '../../../src/config/check';
import { resolveConfiguration } from '../../../src/config/resolve';
import { findTariff, rated, type Tariff } from '../../../src/ledger/rating';
import { Refusal } from '../../../src/ledger/refusal';
import type { Terms } from '../../../src/ledger/terms';

function resolved(configuration: unknown, seed?: unknown) {
  return resolveConfiguration(
    { source: 'test.yaml', input: checkConfiguration(configuration, 'test.yaml') },
    seed === undefined ? undefined : { source: 'seed.yaml', input: checkSeed(seed, 'seed.yaml') },
  );
}

function termsOf(configuration: unknown, application = 'any'): Terms {
  return resolved(configuration).termsOf(application);
}

function cost(terms: Terms, volume: bigint, unit?: string): bigint {
  const tariff = findTariff(terms.tariffs, unit === undefined ? {} : { unit }, terms.defaultUnit);
  if (tariff instanceof Refusal) throw new Error(tariff.detail);
  return rated(tariff.rate, volume);
}

describe('without a configuration', () => {
  const terms = termsOf({});

  test('the service policies of clause 10 have their defaults', () => {
    expect(terms.policy).toEqual({
      Currency: 'EUR',
      MaximumEndUserIdentifier: 10,
      SplitChargingAvailable: true,
      ReservationDuration: { metric: 'Minute', units: 30 },
      MaximumDescriptions: 10,
      MaximumConfirmationRefs: 10,
    });
  });

  test('limits, accounts and references have theirs', () => {
    expect(terms.allowedCurrencies).toBeUndefined();
    expect([...terms.maximumAmountPerTransaction]).toEqual([]);
    expect([...terms.maximumAmountPerMonth]).toEqual([]);
    expect(terms.duplicateReferences).toBe('report');
    expect(terms.unknownAccounts).toBe('create');
    expect(terms.openingBalance('EUR')).toBe(1_000_000_000n);
    expect(terms.countryCode).toBeUndefined();
    expect(terms.codeWins).toBe(false);
    expect(terms.prices).toEqual([]);
  });

  test.each([
    ['RLS', 'IRR'],
    ['Birr', 'ETB'],
    ['BIRR', 'ETB'],
    ['TK', 'BDT'],
    ['EUR', 'EUR'],
    ['XYZ', undefined],
  ])('the currency text %s means %s', (text, code) => {
    expect(terms.currencies.resolve(text)).toBe(code);
  });

  test.each([
    ['60 seconds as 1 minute', 60n, 'seconds', 1n, 'minutes'],
    ['1,000 kilobytes as 1 megabyte', 1_000n, 'kilobytes', 1n, 'megabytes'],
    ['1,000,000 bytes as 1 megabyte', 1_000_000n, 'bytes', 1n, 'megabytes'],
  ])('%s', (_name, volume, unit, otherVolume, otherUnit) => {
    expect(cost(terms, volume, unit)).toBe(cost(terms, otherVolume, otherUnit));
  });

  test.each([
    [1n, 'seconds', 10_000n],
    [1n, 'minutes', 600_000n],
    [1n, 'megabytes', 100_000n],
    [1n, 'messages', 100_000n],
    [1n, 'events', 500_000n],
    [1n, undefined, 500_000n],
  ])('%s of unit %s cost %s micros', (volume, unit, micros) => {
    expect(cost(terms, volume, unit)).toBe(micros);
  });

  test('built-in prices are whole yen in JPY', () => {
    const yen = termsOf({ policies: { Currency: 'JPY' } });
    expect(cost(yen, 1n, 'seconds')).toBe(1_000_000n);
    expect(yen.tariffs.every((tariff: Tariff) => tariff.currency === 'JPY')).toBe(true);
  });
});

describe('a configuration', () => {
  test('replaces the built-in tariffs', () => {
    const terms = termsOf({
      tariffs: [{ unit: 'tickets', price: '2.50', per: 10, rounding: 'up' }],
    });
    expect(terms.tariffs).toEqual([
      {
        unit: 'tickets',
        currency: 'EUR',
        rate: { micros: 2_500_000n, per: 10n, rounding: 'up', step: 10_000n },
        description: 'Use rated by tickets',
      },
    ]);
  });

  test('names the currencies of its limits in any known spelling', () => {
    const terms = termsOf({ policies: { maximumAmountPerTransaction: { Birr: 100 } } });
    expect([...terms.maximumAmountPerTransaction]).toEqual([['ETB', 100_000_000n]]);
  });

  test('adds aliases and currencies to the known ones', () => {
    const { currencies } = termsOf({
      currencies: { aliases: { Taka: 'BDT', Points: 'XTS' }, fractionDigits: { XTS: 0 } },
    });
    expect(currencies.resolve('Taka')).toBe('BDT');
    expect(currencies.resolve('Birr')).toBe('ETB');
    expect(currencies.resolve('Points')).toBe('XTS');
    expect(currencies.exponent('XTS')).toBe(0);
  });

  test.each([['49'], ['+49'], [49]])('takes the country code %p', (countryCode) => {
    expect(termsOf({ accounts: { countryCode } }).countryCode).toBe('49');
  });

  test('may have sections without a value', () => {
    expect(() => resolved({ server: null, policies: null, subscribers: null })).not.toThrow();
  });

  test('sets prices of codes, in the policy Currency when they name none', () => {
    const { prices } = termsOf({
      policies: { Currency: 'KWD' },
      prices: [
        { code: 'A', amount: '0.125' },
        { code: 'B', amount: '1', currency: 'USD' },
      ],
    });
    expect(prices).toEqual([
      { code: 'A', currency: 'KWD', amount: 125_000n },
      { code: 'B', currency: 'USD', amount: 1_000_000n },
    ]);
  });
});

describe('an application', () => {
  const configuration = {
    policies: { maximumAmountPerTransaction: { EUR: '50', USD: '60' } },
    prices: [
      { code: 'song', amount: '1' },
      { code: 'film', amount: '5' },
    ],
    applications: {
      shop: {
        policies: {
          MaximumEndUserIdentifier: 2,
          ReservationDuration: { metric: 'Second', units: 90 },
          maximumAmountPerTransaction: { EUR: '10' },
          maximumAmountPerMonth: { EUR: '100' },
          allowedCurrencies: ['EUR'],
        },
        references: { duplicates: 'reject' },
        prices: [{ code: 'song', amount: '0.50' }],
        tariffs: [{ unit: 'event', price: '0.01' }],
      },
      yen: { policies: { Currency: 'JPY' } },
    },
  };

  test('has its own policies where it names them and the general ones elsewhere', () => {
    const shop = termsOf(configuration, 'shop');
    expect(shop.policy).toEqual({
      Currency: 'EUR',
      MaximumEndUserIdentifier: 2,
      SplitChargingAvailable: true,
      ReservationDuration: { metric: 'Second', units: 90 },
      MaximumDescriptions: 10,
      MaximumConfirmationRefs: 10,
    });
    expect([...shop.maximumAmountPerTransaction]).toEqual([
      ['EUR', 10_000_000n],
      ['USD', 60_000_000n],
    ]);
    expect([...shop.maximumAmountPerMonth]).toEqual([['EUR', 100_000_000n]]);
    expect([...(shop.allowedCurrencies ?? [])]).toEqual(['EUR']);
    expect(shop.duplicateReferences).toBe('reject');
  });

  test('has its own price of a code instead of the general one', () => {
    expect(termsOf(configuration, 'shop').prices).toEqual([
      { code: 'song', currency: 'EUR', amount: 500_000n },
      { code: 'film', currency: 'EUR', amount: 5_000_000n },
    ]);
  });

  test('has its own tariff of a unit, also when it writes the unit in the singular', () => {
    const shop = termsOf(configuration, 'shop');
    expect(cost(shop, 1n, 'events')).toBe(10_000n);
    expect(cost(shop, 1n, 'messages')).toBe(100_000n);
    expect(shop.tariffs.filter((tariff) => /^events?$/.test(tariff.unit))).toHaveLength(1);
  });

  test('with another Currency has the built-in tariffs in it', () => {
    expect(cost(termsOf(configuration, 'yen'), 1n, 'minutes')).toBe(60_000_000n);
  });

  test('that is not configured has the general terms, and always the same ones', () => {
    const { termsOf: of } = resolved(configuration);
    expect(of('stranger').policy.MaximumEndUserIdentifier).toBe(10);
    expect(of('shop')).toBe(of('shop'));
    expect(of('constructor')).toBe(of('stranger'));
  });
});

describe('subscribers', () => {
  test('become one command a wallet, with normal addresses', () => {
    const { provision } = resolved({
      accounts: { countryCode: '49' },
      subscribers: [
        { address: 'tel:0151-123', wallets: [{ balance: '5' }, { currency: 'USD', balance: 7 }] },
        { address: '+15550100', status: 'barred' },
        { address: 'tel:+15550101', wallets: [{ balance: '0.50', creditLimit: '20' }] },
      ],
    });
    const unstated = { kind: 'provision' };
    expect(provision).toEqual([
      { ...unstated, subscriber: 'tel:+49151123', currency: 'EUR', balance: 5_000_000n },
      { ...unstated, subscriber: 'tel:+49151123', currency: 'USD', balance: 7_000_000n },
      { kind: 'provision', subscriber: 'tel:+15550100', status: 'barred' },
      {
        ...unstated,
        subscriber: 'tel:+15550101',
        currency: 'EUR',
        balance: 500_000n,
        creditLimit: 20_000_000n,
      },
    ]);
  });

  test('of a seed come after those of the configuration', () => {
    const { provision } = resolved(
      { subscribers: [{ address: 'tel:+1' + '5550100' }] },
      { subscribers: [{ address: 'tel:+15550101' }] },
    );
    expect(provision).toMatchObject([
      { subscriber: 'tel:+15550100' },
      { subscriber: 'tel:+15550101' },
    ]);
  });
});

test('tariffs and prices of a seed stand before those of the configuration', () => {
  const { termsOf: of } = resolved(
    { prices: [{ code: 'song', amount: '1' }] },
    { prices: [{ code: 'song', amount: '2' }], tariffs: [{ unit: 'minutes', price: '9' }] },
  );
  expect(of('any').prices).toEqual([{ code: 'song', currency: 'EUR', amount: 2_000_000n }]);
  expect(cost(of('any'), 1n, 'minutes')).toBe(9_000_000n);
  expect(cost(of('any'), 1n, 'seconds')).toBe(10_000n);
});
