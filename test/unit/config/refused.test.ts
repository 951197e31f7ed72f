// What a configuration cannot say: one line a mistake, with the very sentence that a person reads.
import { describe, expect, test } from '@jest/globals';
import { checkConfiguration, checkSeed } from '../../../src/config/check';
import { ConfigurationError } from '../../../src/config/problem';
import { resolveConfiguration } from '../../../src/config/resolve';

function complaint(configuration: unknown): string {
  try {
    const input = checkConfiguration(configuration, 'f.yaml');
    resolveConfiguration({ source: 'f.yaml', input });
  } catch (error) {
    if (error instanceof ConfigurationError) return error.message;
    throw error;
  }
  return 'accepted';
}

const MONEY = 'expected an amount of zero or more, written in quotes: "50.00"';
const RULE = 'the policy of an application can only be more restrictive (TS 29.199-1)';

describe('keys', () => {
  test.each([
    [{ polices: {} }, 'polices: unknown key, did you mean "policies"?'],
    [{ server: { prot: 1 } }, 'server.prot: unknown key, did you mean "port"?'],
    [{ server: { loglevel: 'info' } }, 'server.loglevel: unknown key, did you mean "logLevel"?'],
    [{ policies: { currency: 'EUR' } }, 'policies.currency: unknown key, did you mean "Currency"?'],
    [{ references: { zzzzzz: 1 } }, 'references.zzzzzz: unknown key, known here are duplicates'],
    [
      { applications: { 'my shop': { police: {} } } },
      'applications["my shop"].police: unknown key, did you mean "policies"?',
    ],
    [
      { subscribers: [{ address: 'tel:+15550100', wallet: [] }] },
      'subscribers[0].wallet: unknown key, did you mean "wallets"?',
    ],
  ])('%j', (configuration, message) => {
    expect(complaint(configuration)).toBe(`f.yaml: ${message}`);
  });

  test('every mistake is told, one a line', () => {
    expect(complaint({ server: { port: 'x', hots: 1 } })).toBe(
      'f.yaml: server.port: found "x", expected a whole number from 0 to 65535\n' +
        'f.yaml: server.hots: unknown key, did you mean "host"?',
    );
  });
});

describe('values', () => {
  test.each([
    [[], 'found an empty list, expected a section with keys'],
    ['text', 'found "text", expected a section with keys'],
    [{ server: [] }, 'server: found an empty list, expected a section with keys'],
    [
      { server: { port: 65_536 } },
      'server.port: found the number 65536, expected a whole number from 0 to 65535',
    ],
    [
      { server: { baseUrl: 'localhost' } },
      'server.baseUrl: found "localhost", expected an http or https address',
    ],
    [
      { server: { logFormat: 'jsonl' } },
      'server.logFormat: found "jsonl", expected one of text, json; did you mean "json"?',
    ],
    [{ server: { quiet: 'yes' } }, 'server.quiet: found "yes", expected true or false'],
    [
      { policies: { ReservationDuration: { metric: 'Minite', units: 1 } } },
      'policies.ReservationDuration.metric: found "Minite", expected one of Millisecond, Second, Minute, ' +
        'Hour, Day, Week, Month, Year; did you mean "Minute"?',
    ],
    [
      { policies: { ReservationDuration: { metric: 'Year', units: 300_000 } } },
      'policies.ReservationDuration: a reservation can run for ten years at most',
    ],
    [
      { policies: { ReservationDuration: { metric: 'Minute' } } },
      'policies.ReservationDuration.units: is missing, expected a whole number of 1 or more',
    ],
    [
      { policies: { ReservationDuration: { metric: 'Year', units: 11 } } },
      'policies.ReservationDuration: a reservation can run for ten years at most',
    ],
    [
      { policies: { MaximumEndUserIdentifier: 0 } },
      'policies.MaximumEndUserIdentifier: found the number 0, expected a whole number of 1 or more',
    ],
    [
      { policies: { Currency: 'EURO' } },
      'policies.Currency: found "EURO", which is no currency of ISO 4217, currencies.aliases or ' +
        'currencies.fractionDigits',
    ],
    [
      { policies: { allowedCurrencies: [] } },
      'policies.allowedCurrencies: found an empty list, expected a list of currency codes',
    ],
    [
      { policies: { allowedCurrencies: ['USD'] } },
      'policies.allowedCurrencies: the policy Currency EUR must be among the allowed currencies',
    ],
    [
      { references: { duplicates: 'refuse' } },
      'references.duplicates: found "refuse", expected one of report, reject, replay',
    ],
    [
      { accounts: { countryCode: '0049' } },
      'accounts.countryCode: found "0049", expected a country code such as "49"',
    ],
    [
      { currencies: { aliases: { Taka: 'BTD' } } },
      'currencies.aliases.Taka: found "BTD", which is no currency of ISO 4217 or fractionDigits',
    ],
    [
      { currencies: { fractionDigits: { points: 2 } } },
      'currencies.fractionDigits.points: this name cannot be used here, expected fraction digits by ' +
        'currency code, such as { XTS: 2 }',
    ],
    [
      { prices: [{ code: 910, amount: '1' }] },
      'prices[0].code: found the number 910, expected a text in quotes',
    ],
    [
      {
        prices: [
          { code: 'a', amount: '1' },
          { code: 'a', amount: '2' },
        ],
      },
      'prices[1].code: has a price in EUR already',
    ],
    [
      { tariffs: [{ unit: 'minutes', price: '1', rounding: 'even' }] },
      'tariffs[0].rounding: found "even", expected one of half_up, up, down',
    ],
    [{ tariffs: [{ price: '1' }] }, 'tariffs[0].unit: is missing, expected a text'],
    [{ codeWins: 1 }, 'codeWins: found the number 1, expected true or false'],
  ])('%j', (configuration, message) => {
    expect(complaint(configuration)).toBe(`f.yaml: ${message}`);
  });
});

describe('money', () => {
  test.each([
    [50.5, `found the number 50.5, ${MONEY}`],
    ['1e3', `found "1e3", ${MONEY}`],
    ['-1', `found "-1", ${MONEY}`],
    [-1, `found the number -1, ${MONEY}`],
    ['1,000', `found "1,000", ${MONEY}`],
    ['', `found "", ${MONEY}`],
    [null, `found an empty value, ${MONEY}`],
    ['1000000000.01', 'found "1000000000.01", expected at most 1000000000 and six fraction digits'],
    ['0.0000001', 'found "0.0000001", expected at most 1000000000 and six fraction digits'],
    ['0.005', 'found "0.005", but EUR has 2 fraction digits'],
  ])('the balance %p', (balance, message) => {
    const subscribers = [{ address: 'tel:+15550100', wallets: [{ balance }] }];
    expect(complaint({ subscribers })).toBe(
      `f.yaml: subscribers[0].wallets[0].balance: ${message}`,
    );
  });

  test.each([['5'], ['5.'], ['.5'], ['+5.00'], [' 5.00 '], [5], [0]])(
    '%p is a balance',
    (balance) => {
      const subscribers = [{ address: 'tel:+15550100', wallets: [{ balance }] }];
      expect(complaint({ subscribers })).toBe('accepted');
    },
  );
});

describe('subscribers', () => {
  test.each([
    [
      [{ address: 4_915_112_345_678 }],
      'subscribers[0].address: found the number 4915112345678, expected an address in quotes, such as "tel:+15550100"',
    ],
    [
      [{ address: 'tel:' }],
      'subscribers[0].address: found "tel:", expected an address of one subscriber such as "tel:+15550100"',
    ],
    [
      [{ address: 'tel:+15550100' }, { address: '+1 5550100'.replace(' ', '') }],
      'subscribers[1].address: tel:+15550100 is there already, as entry 0',
    ],
    [
      [{ address: 'tel:+15550100', wallets: [{ balance: 1 }, { currency: 'EUR', balance: 1 }] }],
      'subscribers[0].wallets[1].currency: there is a wallet in EUR already',
    ],
    [
      [{ address: 'tel:+15550100', status: 'suspended' }],
      'subscribers[0].status: found "suspended", expected one of active, barred',
    ],
  ])('%j', (subscribers, message) => {
    expect(complaint({ subscribers })).toBe(`f.yaml: ${message}`);
  });
});

describe('an application cannot loosen a policy (TS 29.199-1)', () => {
  const general = {
    MaximumEndUserIdentifier: 5,
    SplitChargingAvailable: false,
    ReservationDuration: { metric: 'Day', units: 30 },
    MaximumDescriptions: 3,
    maximumAmountPerTransaction: { EUR: '50' },
    maximumAmountPerMonth: { EUR: '500' },
    allowedCurrencies: ['EUR', 'USD'],
  };

  test.each([
    [
      { MaximumEndUserIdentifier: 6 },
      `MaximumEndUserIdentifier: 6 is looser than the general 5; ${RULE}`,
    ],
    [{ MaximumDescriptions: 4 }, `MaximumDescriptions: 4 is looser than the general 3; ${RULE}`],
    [
      { SplitChargingAvailable: true },
      `SplitChargingAvailable: true is looser than the general false; ${RULE}`,
    ],
    [
      { ReservationDuration: { metric: 'Month', units: 1 } },
      `ReservationDuration: 1 Month is looser than the general 30 Day; ${RULE}`,
    ],
    [
      { maximumAmountPerTransaction: { EUR: '50.01' } },
      `maximumAmountPerTransaction.EUR: 50.01 is looser than the general 50.00; ${RULE}`,
    ],
    [
      { maximumAmountPerMonth: { EUR: 501 } },
      `maximumAmountPerMonth.EUR: 501.00 is looser than the general 500.00; ${RULE}`,
    ],
    [
      { allowedCurrencies: ['EUR', 'GBP'] },
      `allowedCurrencies: GBP is not allowed in general; ${RULE}`,
    ],
  ])('%j', (policies, message) => {
    expect(complaint({ policies: general, applications: { shop: { policies } } })).toBe(
      `f.yaml: applications.shop.policies.${message}`,
    );
  });

  test.each([
    [{ MaximumEndUserIdentifier: 5 }],
    [{ SplitChargingAvailable: false }],
    [{ ReservationDuration: { metric: 'Hour', units: 720 } }],
    [{ ReservationDuration: { metric: 'Week', units: 4 } }],
    [{ maximumAmountPerTransaction: { USD: '1000' } }],
    [{ allowedCurrencies: ['EUR'] }],
    [{ Currency: 'USD' }],
  ])('%j is as strict or stricter', (policies) => {
    expect(complaint({ policies: general, applications: { shop: { policies } } })).toBe('accepted');
  });

  test.each([
    [{ metric: 'Month', units: 13 }, { metric: 'Year', units: 1 }, false],
    [{ metric: 'Month', units: 12 }, { metric: 'Year', units: 1 }, true],
    [{ metric: 'Day', units: 28 }, { metric: 'Month', units: 1 }, true],
    [{ metric: 'Day', units: 29 }, { metric: 'Month', units: 1 }, false],
    [{ metric: 'Day', units: 365 }, { metric: 'Year', units: 1 }, true],
    [{ metric: 'Day', units: 366 }, { metric: 'Year', units: 1 }, false],
  ])('%j within a general %j: %s', (own, theirs, accepted) => {
    const said = complaint({
      policies: { ReservationDuration: theirs },
      applications: { shop: { policies: { ReservationDuration: own } } },
    });
    expect(said === 'accepted').toBe(accepted);
  });
});

test('a seed holds subscribers, evidence, tariffs and prices only', () => {
  expect(() => checkSeed({ server: { port: 1 } }, 's.yaml')).toThrow(
    's.yaml: server: unknown key, known here are subscribers, evidence, tariffs, prices',
  );
});
