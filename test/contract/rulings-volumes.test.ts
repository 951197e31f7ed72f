// What the standard leaves open about volumes and splits (clauses 7.2, 8.1.3, 8.2, 8.4), ruling by ruling.
import { describe, expect, test } from '@jest/globals';
import type { Terms } from '../../src/ledger/terms';
import type { Fault } from '../support/answers';
import type { Parts } from '../support/requests';
import { PAYER } from '../support/samples';
import { CENT, EURO, tariff } from '../support/tariffs';
import { lenientTerms, openTestSandbox } from '../support/test-sandbox';
import {
  CAPTURE_VOLUME,
  CHARGE_VOLUME,
  captureVolume,
  charge,
  freshReference,
  RELEASE_VOLUME,
  RESERVE_VOLUME,
  refuse,
  SPLIT,
  SPLIT_VOLUME,
  succeed,
  usage,
} from './asking';

/** By percentage, for payers 1, 2, 3. */
function splitOf(...percents: readonly number[]): Parts {
  return {
    splitInfo: percents.map((percent, index) => ({
      endUserIdentifier: `tel:+1555010${index + 1}`,
      percent: String(percent),
    })),
  };
}

function split(percents: readonly number[], amount: string, currency = 'EUR'): Parts {
  return {
    ...splitOf(...percents),
    ...charge({ amount, currency }),
    referenceCode: freshReference(),
  };
}

describe('M a volume reservation holds money at the price of the day it was made', () => {
  /** Half a cent a message, and then ten times as much. */
  const cheap = lenientTerms({ tariffs: [tariff('messages', CENT / 2n)] });
  const dear = lenientTerms({ tariffs: [tariff('messages', 5n * CENT)] });

  test('its price is kept when the tariff changes', async () => {
    let terms: Terms = cheap;
    const env = openTestSandbox({ terms: () => terms });
    const id = await env.reserve(RESERVE_VOLUME, { volume: '100' });
    expect(env.wallet(PAYER).held).toBe(50n * CENT);
    terms = dear;
    await succeed(env, CAPTURE_VOLUME, captureVolume(id, '100'));
    expect(env.wallet(PAYER)).toMatchObject({ held: 0n, charged: 50n * CENT });
  });

  test('rounded once on the cumulative total, so that parts add up to the whole', async () => {
    const env = openTestSandbox({ terms: () => cheap });
    const id = await env.reserve(RESERVE_VOLUME, { volume: '7' });
    const charged: bigint[] = [];
    for (let part = 1; part <= 7; part += 1) {
      await succeed(env, CAPTURE_VOLUME, captureVolume(id, '1'));
      charged.push(env.wallet(PAYER).charged / CENT);
    }
    expect(charged).toEqual([1n, 1n, 2n, 2n, 3n, 3n, 4n]);
    expect(env.wallet(PAYER).held).toBe(0n);
    await succeed(env, RELEASE_VOLUME, { reservationIdentifier: id });
  });

  test('a rest of volume is a rest of money', async () => {
    const env = openTestSandbox({ terms: () => dear });
    const id = await env.reserve(RESERVE_VOLUME, { volume: '100' });
    await succeed(env, CAPTURE_VOLUME, captureVolume(id, '30'));
    expect(env.wallet(PAYER)).toMatchObject({ held: 350n * CENT, charged: 150n * CENT });
    await refuse(env, CAPTURE_VOLUME, captureVolume(id, '71'), ['SVC0270']);
    await succeed(env, CAPTURE_VOLUME, captureVolume(id, '70'));
  });
});

describe('U split rounding: largest remainder, ties in the order of splitInfo', () => {
  test.each<[string, string, readonly number[], readonly bigint[]]>([
    ['10.00', 'EUR', [33, 33, 34], [3_300_000n, 3_300_000n, 3_400_000n]],
    ['0.10', 'EUR', [33, 33, 34], [30_000n, 30_000n, 40_000n]],
    ['0.01', 'EUR', [50, 50], [10_000n, 0n]],
    ['0.01', 'EUR', [49, 51], [0n, 10_000n]],
    ['0.02', 'EUR', [33, 33, 34], [10_000n, 0n, 10_000n]],
    ['1.01', 'EUR', [50, 50], [510_000n, 500_000n]],
    ['100', 'JPY', [33, 33, 34], [33_000_000n, 33_000_000n, 34_000_000n]],
    ['1', 'JPY', [1, 99], [0n, 1_000_000n]],
    ['1.000', 'BHD', [1, 99], [10_000n, 990_000n]],
    ['5', 'EUR', [100], [5_000_000n]],
  ])('%s %s by %j', async (amount, currency, percents, shares) => {
    const env = openTestSandbox();
    await succeed(env, SPLIT, split(percents, amount, currency));
    const charged = percents.map(
      (_, index) => env.wallet(`tel:+1555010${index + 1}`, currency).charged,
    );
    expect(charged).toEqual(shares);
  });

  test('a volume is rated once, then the money is split', async () => {
    const env = openTestSandbox({ terms: { tariffs: [tariff('messages', CENT / 2n)] } });
    const { endUserIdentifier: _, ...parts } = usage('3');
    await succeed(env, SPLIT_VOLUME, { ...splitOf(50, 50), ...parts });
    expect([1, 2].map((payer) => env.wallet(`tel:+1555010${payer}`).charged)).toEqual([CENT, CENT]);
  });
});

describe('V a split is charged whole or not at all', () => {
  test('one payer short: SVC0270, nobody charged', async () => {
    const env = openTestSandbox();
    await env.sandbox.provision([
      {
        kind: 'provision',
        subscriber: 'tel:+15550103',
        status: 'active',
        currency: 'EUR',
        balance: 2n * EURO,
      },
    ]);
    await refuse(env, SPLIT, split([40, 40, 20], '10.03'), ['SVC0270']);
    await succeed(env, SPLIT, split([40, 40, 20], '10'));
    expect(env.wallet('tel:+15550103')).toEqual({ available: 0n, held: 0n, charged: 2n * EURO });
  });
});

describe('W percentages and payers of a split', () => {
  const PART: Fault = ['SVC0002', 'splitInfo'];
  const twice = (other: string) => ({
    splitInfo: [PAYER, other].map((endUserIdentifier) => ({ endUserIdentifier, percent: '50' })),
  });

  test.each<[string, Parts, Fault]>([
    ['zero', splitOf(100, 0), PART],
    ['negative, though the sum is 100', splitOf(150, -50), PART],
    ['below 100', splitOf(50, 49), ['SVC0271']],
    ['above 100', splitOf(50, 51), ['SVC0271']],
    ['a lone payer of a half', splitOf(50), ['SVC0271']],
    ['beyond 32 bits together', splitOf(2147483647, 2147483647, 102), ['SVC0271']],
    ['the same end user twice', twice(PAYER), PART],
    ['the same end user in another spelling', twice('Tel:+1-555-0100'), PART],
    ['somebody who is no address', twice('tel:*'), PART],
    [
      'more than MaximumEndUserIdentifier',
      splitOf(...new Array<number>(9).fill(9), 10, 9),
      ['POL0250', 'splitInfo'],
    ],
  ])('%s', async (_, splitInfo, fault) => {
    const env = openTestSandbox();
    const { endUserIdentifier: _payer, ...volume } = usage('1');
    await refuse(
      env,
      SPLIT,
      { ...splitInfo, ...charge({ amount: '1' }), referenceCode: 'x' },
      fault,
    );
    await refuse(env, SPLIT_VOLUME, { ...splitInfo, ...volume }, fault);
  });
});

describe('AF a volume that is zero or below: SVC0002 volume', () => {
  const { referenceCode: _, ...reserved } = usage('1');
  const { billingText: _text, ...rated } = reserved;
  const { endUserIdentifier: _payer, ...splitted } = { ...usage('1'), ...splitOf(100) };

  test.each<[string, Parts]>([
    [CHARGE_VOLUME, usage('1')],
    ['VolumeCharging.refundVolume', usage('1')],
    ['VolumeCharging.getAmount', rated],
    [SPLIT_VOLUME, splitted],
    ['ReserveVolumeCharging.getAmount', rated],
    [RESERVE_VOLUME, reserved],
  ])('%s', async (key, parts) => {
    const env = openTestSandbox();
    for (const volume of ['0', '-1', '-9223372036854775808']) {
      await refuse(env, key, { ...parts, volume }, ['SVC0002', 'volume']);
    }
  });

  test('chargeReservation', async () => {
    const env = openTestSandbox();
    const id = await env.reserve(RESERVE_VOLUME);
    for (const volume of ['0', '-1']) {
      await refuse(env, CAPTURE_VOLUME, captureVolume(id, volume), ['SVC0002', 'volume']);
    }
  });
});

describe('volumes that cannot be rated (clause 8.2.2)', () => {
  test('no tariff for the unit: SVC0001', async () => {
    const env = openTestSandbox();
    const parameters = { name: 'unit', value: 'furlongs' };
    await refuse(env, CHARGE_VOLUME, usage('1', { parameters }), ['SVC0001', 'NO_TARIFF']);
  });

  test('a volume that costs more than the largest amount: SVC0002 volume', async () => {
    const env = openTestSandbox();
    await refuse(env, CHARGE_VOLUME, usage('9223372036854775807'), ['SVC0002', 'volume']);
  });

  test('a parameter named twice: SVC0002 parameters', async () => {
    const env = openTestSandbox();
    const parameters = ['messages', 'events'].map((value) => ({ name: 'Unit', value }));
    await refuse(env, CHARGE_VOLUME, usage('1', { parameters }), ['SVC0002', 'parameters']);
  });
});
