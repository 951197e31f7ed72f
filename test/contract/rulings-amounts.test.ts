// What the standard leaves open about amounts, codes and currencies (clauses 8.1, 8.3), ruling by ruling.
import { describe, expect, test } from '@jest/globals';
import { createCurrencies } from '../../src/ledger/currency';
import type { Fault } from '../support/answers';
import { PAYER } from '../support/samples';
import { CENT, EURO } from '../support/tariffs';
import { testTerms } from '../support/terms';
import { openTestSandbox } from '../support/test-sandbox';
import { CHARGE, charge, type Money, payment, REFUND, RESERVE, refuse, succeed } from './asking';

const SVC0007: Fault = ['SVC0007'];
const SVC0002: Fault = ['SVC0002', 'charge'];

describe('B funds short on a charge: SVC0270, nothing changed', () => {
  test.each([
    ['1000', undefined],
    ['1000.01', ['SVC0270']],
  ] as const)('%s of 1000', async (amount, fault) => {
    const env = openTestSandbox();
    if (fault === undefined) await succeed(env, CHARGE, payment({ amount }));
    else await refuse(env, CHARGE, payment({ amount }), fault);
  });
});

describe('L currencies', () => {
  const currencies = createCurrencies({ Birr: 'ETB' });

  test('none: that of the policy Currency', async () => {
    const env = openTestSandbox();
    await succeed(env, CHARGE, payment({ amount: '1' }));
    expect(env.wallet(PAYER, 'EUR').charged).toBe(EURO);
  });

  test('one wallet a currency, made on demand, no conversion', async () => {
    const env = openTestSandbox();
    await succeed(env, CHARGE, payment({ amount: '900', currency: 'EUR' }));
    await succeed(env, CHARGE, payment({ amount: '900', currency: 'USD' }));
    expect([env.wallet(PAYER, 'EUR'), env.wallet(PAYER, 'USD')]).toEqual([
      { available: 100n * EURO, held: 0n, charged: 900n * EURO },
      { available: 100n * EURO, held: 0n, charged: 900n * EURO },
    ]);
  });

  test('a configured spelling is the currency it stands for', async () => {
    const env = openTestSandbox({ terms: { currencies } });
    await succeed(env, CHARGE, payment({ amount: '1', currency: 'Birr' }));
    expect(env.wallet(PAYER, 'ETB').charged).toBe(EURO);
  });

  test.each([
    ['not known', 'ZZZ'],
    ['a spelling that is not configured', 'RLS'],
    ['lower case', 'eur'],
    ['excluded by policy', 'USD'],
  ])('%s: SVC0007', async (_, currency) => {
    const env = openTestSandbox({ terms: { allowedCurrencies: new Set(['EUR']) } });
    await refuse(env, CHARGE, payment({ amount: '1', currency }), SVC0007);
  });
});

describe('N amount and code', () => {
  const both: Money = { amount: '9', code: 'QUIZ' };

  test('the amount wins, the code is recorded', async () => {
    const env = openTestSandbox();
    await succeed(env, CHARGE, payment(both));
    expect(env.wallet(PAYER).charged).toBe(9n * EURO);
    expect(env.sandbox.ledger.read.transactions().at(-1)).toMatchObject({ code: 'QUIZ' });
  });

  test('the code wins where the terms say so', async () => {
    const env = openTestSandbox({ terms: { codeWins: true } });
    await succeed(env, CHARGE, payment(both));
    expect(env.wallet(PAYER).charged).toBe(150n * CENT);
  });

  test('the code alone is its price', async () => {
    const env = openTestSandbox();
    await succeed(env, CHARGE, payment({ code: 'QUIZ' }));
    expect(env.wallet(PAYER).charged).toBe(150n * CENT);
  });
});

describe('O P neither amount nor a code with a price: SVC0007', () => {
  test.each<[string, Money]>([
    ['O neither', {}],
    ['O both empty', { amount: '', code: '' }],
    ['O white space only', { amount: ' \n ', code: '\t' }],
    ['O an empty code, an amount that is not there', { code: '' }],
    ['P an unknown code', { code: 'NOPE' }],
    ['P a code that has no price in the currency named', { code: 'QUIZ', currency: 'USD' }],
  ])('%s', async (_, money) => {
    const env = openTestSandbox();
    for (const key of [CHARGE, REFUND]) await refuse(env, key, payment(money), SVC0007);
    await refuse(env, RESERVE, { endUserIdentifier: PAYER, ...charge(money) }, SVC0007);
  });
});

describe('Q amounts are taken exactly or refused', () => {
  test.each<[string, string, bigint]>([
    ['1.50', 'EUR', 150n * CENT],
    ['1.5', 'EUR', 150n * CENT],
    ['1.500000000', 'EUR', 150n * CENT],
    ['.5', 'EUR', 50n * CENT],
    ['5.', 'EUR', 5n * EURO],
    ['+5', 'EUR', 5n * EURO],
    ['007', 'EUR', 7n * EURO],
    [' \n 5\t', 'EUR', 5n * EURO],
    ['0.01', 'EUR', CENT],
    ['500.00', 'JPY', 500n * EURO],
    ['0.001', 'BHD', 1000n],
    ['0.0001', 'CLF', 100n],
    ['0.1', 'USD', 100_000n],
  ])('%j %s is charged', async (amount, currency, micros) => {
    const env = openTestSandbox();
    await succeed(env, CHARGE, payment({ amount, currency }));
    expect(env.wallet(PAYER, currency).charged).toBe(micros);
  });

  test.each<[string, string, string, Fault]>([
    ['negative', '-1', 'EUR', SVC0007],
    ['zero', '0', 'EUR', SVC0007],
    ['zero with digits and a sign', '-0.00', 'EUR', SVC0007],
    ['a tenth of a cent', '1.005', 'EUR', SVC0007],
    ['less than a cent', '0.001', 'EUR', SVC0007],
    ['half a yen', '500.5', 'JPY', SVC0007],
    ['finer than a dinar has', '1.0001', 'BHD', SVC0007],
    ['finer than a millionth', '0.0000001', 'EUR', SVC0007],
    ['an exponent', '1e3', 'EUR', SVC0002],
    ['a thousands separator', '1,000.00', 'EUR', SVC0002],
    ['a currency in it', '10 ETB', 'EUR', SVC0002],
  ])('%s: %s %s is refused', async (_, amount, currency, fault) => {
    const env = openTestSandbox();
    for (const key of [CHARGE, REFUND])
      await refuse(env, key, payment({ amount, currency }), fault);
    await refuse(env, CHARGE, payment({ amount, currency, code: 'QUIZ' }), fault);
  });
});

describe('AA description', () => {
  test.each([
    ['none: SVC0002', [], SVC0002],
    ['one', ['a'], undefined],
    ['as many as MaximumDescriptions', ['a', 'b', 'c'], undefined],
    ['one more: POL0012', ['a', 'b', 'c', 'd'], ['POL0012', 'charge']],
    ['empty ones count', ['a', '', '', ''], ['POL0012', 'charge']],
  ] as const)('%s', async (_, description, fault) => {
    const policy = { ...testTerms().policy, MaximumDescriptions: 3 };
    const env = openTestSandbox({ terms: { policy } });
    const parts = payment({ amount: '1', description });
    if (fault === undefined) await succeed(env, CHARGE, parts);
    else await refuse(env, CHARGE, parts, fault);
  });

  test('the first entry is the text of the bill, the others are notes', async () => {
    const env = openTestSandbox();
    await succeed(env, CHARGE, payment({ amount: '1', description: ['Quiz', 'mt-1', 'mt-2'] }));
    const { billEntries, transactions } = env.sandbox.ledger.read;
    expect(billEntries(PAYER).map(({ texts }) => texts)).toEqual([['Quiz']]);
    expect(transactions().at(-1)).toMatchObject({ notes: ['mt-1', 'mt-2'] });
  });
});

describe('AH amounts beyond what the ledger holds', () => {
  test('the largest amount is charged', async () => {
    const env = openTestSandbox({ terms: { openingBalance: () => 10n ** 18n } });
    await succeed(env, CHARGE, payment({ amount: '1000000000' }));
    expect(env.wallet(PAYER).charged).toBe(10n ** 15n);
  });

  test.each(['1000000000.01', '9223372036854775808', '9'.repeat(1000)])(
    '%s: SVC0007',
    async (amount) => {
      const env = openTestSandbox({ terms: { openingBalance: () => 10n ** 18n } });
      await refuse(env, CHARGE, payment({ amount }), SVC0007);
    },
  );
});
