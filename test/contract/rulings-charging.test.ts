// What the standard leaves open about refunds, reference codes, limits and barred accounts (clause 8), ruling by ruling.
import { describe, expect, test } from '@jest/globals';
import type { DuplicateReferences } from '../../src/ledger/terms';
import type { Fault } from '../support/answers';
import type { Parts } from '../support/requests';
import { PAYER } from '../support/samples';
import { CENT, EURO } from '../support/tariffs';
import { deviationsOf, openTestSandbox } from '../support/test-sandbox';
import {
  CAPTURE,
  CHARGE,
  CHARGE_VOLUME,
  charge,
  payment,
  REFUND,
  RELEASE,
  RESERVE,
  refuse,
  SPLIT,
  succeed,
  usage,
} from './asking';

const IN_USE: Fault = ['SVC0002', 'referenceCode'];

function withDuplicates(duplicateReferences: DuplicateReferences) {
  return openTestSandbox({ terms: { duplicateReferences } });
}

function coded(referenceCode: string, amount = '1'): Parts {
  return payment({ amount }, { referenceCode });
}

describe('R a refund needs no charge', () => {
  test('it is credited to whoever it names', async () => {
    const env = openTestSandbox();
    await succeed(env, REFUND, payment({ amount: '50' }));
    expect(env.wallet(PAYER)).toEqual({ available: 1050n * EURO, held: 0n, charged: 0n });
  });

  test('above what was charged', async () => {
    const env = openTestSandbox();
    await succeed(env, CHARGE, payment({ amount: '5' }));
    for (const amount of ['4', '4']) await succeed(env, REFUND, payment({ amount }));
    expect(env.wallet(PAYER).available).toBe(1003n * EURO);
  });
});

describe('S a reference code used again', () => {
  test('report: applied, and a finding on the record', async () => {
    const env = withDuplicates('report');
    const first = await succeed(env, CHARGE, coded('x'));
    const second = await succeed(env, CHARGE, coded('x'));
    expect([deviationsOf(first), deviationsOf(second)]).toEqual([[], ['reference.duplicate']]);
    expect(env.wallet(PAYER).charged).toBe(2n * EURO);
  });

  test('reject: SVC0002 referenceCode, charged once', async () => {
    const env = withDuplicates('reject');
    await succeed(env, CHARGE, coded('x'));
    await refuse(env, CHARGE, coded('x'), IN_USE);
    await refuse(env, CHARGE_VOLUME, usage('1', { referenceCode: 'x' }), IN_USE);
    expect(env.wallet(PAYER).charged).toBe(EURO);
  });

  test('replay: the same answer, charged once', async () => {
    const env = withDuplicates('replay');
    const first = await succeed(env, CHARGE, coded('x'));
    const before = env.digest();
    const again = await succeed(env, CHARGE, coded('x'));
    expect([again.text, env.digest()]).toEqual([first.text, before]);
  });

  test('replay of another request under the code: SVC0002 referenceCode', async () => {
    const env = withDuplicates('replay');
    await succeed(env, CHARGE, coded('x'));
    await refuse(env, CHARGE, coded('x', '2'), IN_USE);
  });

  test('replay of a charge to a reservation that is closed by now: as before', async () => {
    const env = withDuplicates('replay');
    const reservationIdentifier = await env.reserve(RESERVE);
    const capture = { reservationIdentifier, ...charge({ amount: '1' }), referenceCode: 'x' };
    const first = await succeed(env, CAPTURE, capture);
    await succeed(env, RELEASE, { reservationIdentifier });
    expect((await succeed(env, CAPTURE, capture)).text).toBe(first.text);
    expect(env.wallet(PAYER).charged).toBe(EURO);
  });

  test.each(['reject', 'replay'] as const)(
    '%s: codes of another application are others',
    async (policy) => {
      const env = withDuplicates(policy);
      await succeed(env, CHARGE, coded('x'), { application: 'quiz' });
      await succeed(env, CHARGE, coded('x', '2'), { application: 'news' });
      await succeed(env, CHARGE, coded('x', '3'));
      expect(env.wallet(PAYER).charged).toBe(6n * EURO);
    },
  );

  test.each(['reject', 'replay'] as const)('%s: a refused request uses no code', async (policy) => {
    const env = withDuplicates(policy);
    await refuse(env, CHARGE, coded('x', '5000'), ['SVC0270']);
    await refuse(env, CHARGE, coded('x', '0.001'), ['SVC0007']);
    await succeed(env, CHARGE, coded('x'));
  });

  test.each(['reject', 'replay'] as const)(
    '%s: two at the same moment, one charge',
    async (policy) => {
      const env = withDuplicates(policy);
      const request = {
        endUserIdentifier: PAYER,
        charge: { description: ['x'], code: 'QUIZ' },
        referenceCode: 'x',
        confirmationRefs: [],
      };
      const outcomes = await Promise.all(
        [1, 2].map(() => env.sandbox.perform(CHARGE, request, 'quiz')),
      );
      expect(outcomes.map((outcome) => 'response' in outcome)).toEqual([true, policy === 'replay']);
      expect(env.wallet(PAYER).charged).toBe(150n * CENT);
    },
  );
});

describe('T charges and refunds have codes apart', () => {
  test.each(['report', 'reject', 'replay'] as const)(
    '%s: a refund under the code of its charge',
    async (policy) => {
      const env = withDuplicates(policy);
      await succeed(env, CHARGE, coded('x'));
      const refund = await succeed(env, REFUND, coded('x'));
      expect(deviationsOf(refund)).toEqual([]);
      expect(env.wallet(PAYER).available).toBe(1000n * EURO);
    },
  );
});

describe('AG which requests are identical', () => {
  const first = payment({ amount: '1.5', currency: 'EUR' }, { referenceCode: 'x' });
  const change = (money: object) => ({
    ...first,
    charge: { ...(first.charge as Parts), ...money },
  });

  test.each<[string, Parts]>([
    ['other digits of the same amount', change({ amount: '+01.500' })],
    ['visual separators in the address', { ...first, endUserIdentifier: 'TEL:+1-555-01.00' }],
    ['the address without its scheme', { ...first, endUserIdentifier: '+15550100' }],
    ['an address parameter', { ...first, endUserIdentifier: `${PAYER};phone-context=x` }],
    ['without the currency, which is that of the policy', change({ currency: undefined })],
  ])('%s: replayed', async (_, repeat) => {
    const env = withDuplicates('replay');
    await succeed(env, CHARGE, first);
    await succeed(env, CHARGE, repeat);
    expect(env.wallet(PAYER).charged).toBe(150n * CENT);
  });

  test('with a code, no currency is the one that the code has its price in', async () => {
    const env = withDuplicates('replay');
    const priced = payment({ code: 'QUIZ' }, { referenceCode: 'x' });
    await succeed(env, CHARGE, priced);
    await succeed(env, CHARGE, payment({ code: 'QUIZ', currency: 'EUR' }, { referenceCode: 'x' }));
    expect(env.wallet(PAYER).charged).toBe(150n * CENT);
  });

  describe('of a charge to a reservation in dollars', () => {
    const part = (currency?: string) => charge({ amount: '1', ...(currency && { currency }) });

    test.each<[string, (identifier: string) => Parts]>([
      ['with its currency', () => part('USD')],
      [
        'with zeros before its identifier',
        (id) => ({ reservationIdentifier: `000${id}`, ...part() }),
      ],
      ['the same again when it is closed', () => part('USD')],
    ])('%s: replayed', async (name, otherwise) => {
      const env = withDuplicates('replay');
      const reservationIdentifier = await env.reserve(
        RESERVE,
        charge({ amount: '9', currency: 'USD' }),
      );
      const capture = { reservationIdentifier, referenceCode: 'x', ...part() };
      await succeed(env, CAPTURE, capture);
      if (name.includes('closed')) await succeed(env, RELEASE, { reservationIdentifier });
      await succeed(env, CAPTURE, { ...capture, ...otherwise(reservationIdentifier) });
      expect(env.wallet(PAYER, 'USD').charged).toBe(EURO);
    });

    test('with another currency: SVC0002 referenceCode', async () => {
      const env = withDuplicates('replay');
      const reservationIdentifier = await env.reserve(
        RESERVE,
        charge({ amount: '9', currency: 'USD' }),
      );
      const capture = { reservationIdentifier, referenceCode: 'x', ...part() };
      await succeed(env, CAPTURE, capture);
      await refuse(env, CAPTURE, { ...capture, ...part('EUR') }, IN_USE);
    });
  });

  test.each<[string, string, Parts]>([
    ['another amount', CHARGE, change({ amount: '1.51' })],
    ['another currency', CHARGE, change({ currency: 'USD' })],
    ['another description', CHARGE, change({ description: 'Other' })],
    ['a second description', CHARGE, change({ description: ['Daily quiz', 'more'] })],
    ['a code beside the amount', CHARGE, change({ code: 'QUIZ' })],
    ['another end user', CHARGE, { ...first, endUserIdentifier: 'tel:+15550109' }],
    ['another operation', CHARGE_VOLUME, usage('15', { referenceCode: 'x' })],
  ])('%s: SVC0002 referenceCode', async (_, key, other) => {
    const env = withDuplicates('replay');
    await succeed(env, CHARGE, first);
    await refuse(env, key, other, IN_USE);
  });
});

describe('Y a barred account', () => {
  test.each<[string, Parts, Fault]>([
    [CHARGE, payment({ amount: '1' }), ['SVC0270']],
    [CHARGE_VOLUME, usage('1'), ['SVC0270']],
    [REFUND, payment({ amount: '1' }), ['POL0001', 'ACCOUNT_BARRED']],
    [
      RESERVE,
      { endUserIdentifier: PAYER, ...charge({ amount: '1' }) },
      ['POL0001', 'ACCOUNT_BARRED'],
    ],
    [
      'VolumeCharging.getAmount',
      { endUserIdentifier: PAYER, volume: '1' },
      ['POL0001', 'ACCOUNT_BARRED'],
    ],
  ])('%s', async (key, parts, fault) => {
    const env = openTestSandbox();
    await env.sandbox.provision([{ kind: 'provision', subscriber: PAYER, status: 'barred' }]);
    await refuse(env, key, parts, fault);
  });
});

describe('AE limits of the agreement: POL0001 with a code', () => {
  const EUR = (units: bigint) => new Map([['EUR', units * EURO]]);

  test('maximumAmountPerTransaction, of one charge and of a whole split', async () => {
    const env = openTestSandbox({ terms: { maximumAmountPerTransaction: EUR(5n) } });
    const fault: Fault = ['POL0001', 'AMOUNT_LIMIT'];
    const splitInfo = [
      { endUserIdentifier: 'tel:+15550101', percent: '50' },
      { endUserIdentifier: 'tel:+15550102', percent: '50' },
    ];
    await succeed(env, CHARGE, payment({ amount: '5' }));
    await refuse(env, CHARGE, payment({ amount: '5.01' }), fault);
    await refuse(env, SPLIT, { splitInfo, ...charge({ amount: '6' }), referenceCode: 'x' }, fault);
    await succeed(env, CHARGE, payment({ amount: '6', currency: 'USD' }));
    await succeed(env, REFUND, payment({ amount: '6' }));
  });

  test('maximumAmountPerMonth, by application and calendar month (UTC)', async () => {
    const env = openTestSandbox({ terms: { maximumAmountPerMonth: EUR(10n) } });
    const fault: Fault = ['POL0001', 'MONTHLY_LIMIT'];
    await succeed(env, CHARGE, payment({ amount: '7' }));
    await refuse(env, CHARGE, payment({ amount: '3.01' }), fault);
    await succeed(env, CHARGE, payment({ amount: '3.01' }), { application: 'another' });
    await succeed(env, CHARGE, payment({ amount: '3' }));
    await succeed(env, REFUND, payment({ amount: '11' }));
    env.clock.set(Date.UTC(2026, 0, 31, 23, 59, 59, 999));
    await refuse(env, CHARGE, payment({ amount: '0.01' }), fault);
    env.clock.set(Date.UTC(2026, 1, 1));
    await succeed(env, CHARGE, payment({ amount: '10' }));
  });
});
