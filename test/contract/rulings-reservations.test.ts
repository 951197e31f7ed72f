// What the standard leaves open about reservations (clauses 8.3, 8.4): amounts held, charged, enlarged and given back.
import { describe, expect, test } from '@jest/globals';
import type { Fault } from '../support/answers';
import type { Parts } from '../support/requests';
import { PAYER } from '../support/samples';
import { EURO } from '../support/tariffs';
import { openTestSandbox, type TestSandbox } from '../support/test-sandbox';
import {
  ADDITIONAL,
  ADDITIONAL_VOLUME,
  additional,
  additionalVolume,
  CAPTURE,
  CAPTURE_VOLUME,
  CHARGE,
  capture,
  captureVolume,
  charge,
  type Money,
  payment,
  RELEASE,
  RELEASE_VOLUME,
  RESERVE,
  RESERVE_VOLUME,
  refuse,
  succeed,
  usage,
} from './asking';

const NOT_OPEN: Fault = ['SVC0002', 'reservationIdentifier'];
const SHORT: Fault = ['SVC0001', 'INSUFFICIENT_FUNDS'];

/** Ten euros, or a hundred messages that cost as much. */
function reserveTen(env: TestSandbox, options?: { application: string }): Promise<string> {
  return env.reserve(RESERVE, charge({ amount: '10', currency: 'EUR' }), options);
}
function reserveHundred(env: TestSandbox, options?: { application: string }): Promise<string> {
  return env.reserve(RESERVE_VOLUME, { volume: '100' }, options);
}

/** Euros of the payer: available, held, charged. */
function euros(env: TestSandbox): readonly bigint[] {
  const { available, held, charged } = env.wallet(PAYER);
  return [available / EURO, held / EURO, charged / EURO];
}

describe('A funds short on a reservation: SVC0001 INSUFFICIENT_FUNDS', () => {
  test('reserveAmount, reserveVolume', async () => {
    const env = openTestSandbox();
    await refuse(
      env,
      RESERVE,
      { endUserIdentifier: PAYER, ...charge({ amount: '1000.01' }) },
      SHORT,
    );
    const { referenceCode: _, ...volume } = usage('10001');
    await refuse(env, RESERVE_VOLUME, volume, SHORT);
  });

  test('reserveAdditionalAmount, reserveAdditionalVolume; what is held elsewhere is not available', async () => {
    const env = openTestSandbox();
    const byAmount = await reserveTen(env);
    const byVolume = await reserveHundred(env);
    await refuse(env, ADDITIONAL, additional(byAmount, '980.01'), SHORT);
    await refuse(env, ADDITIONAL_VOLUME, additionalVolume(byVolume, '9801'), SHORT);
    await succeed(env, ADDITIONAL, additional(byAmount, '980'));
    expect(euros(env)).toEqual([0n, 1000n, 0n]);
  });
});

describe('C D E a reservation is charged in parts until nothing is left', () => {
  test('C above the rest: SVC0270, the reservation untouched', async () => {
    const env = openTestSandbox();
    const byAmount = await reserveTen(env);
    const byVolume = await reserveHundred(env);
    await refuse(env, CAPTURE, capture(byAmount, '10.01'), ['SVC0270']);
    await refuse(env, CAPTURE_VOLUME, captureVolume(byVolume, '101'), ['SVC0270']);
    await succeed(env, CAPTURE, capture(byAmount, '4'));
    await refuse(env, CAPTURE, capture(byAmount, '6.01'), ['SVC0270']);
  });

  test('D it stays open after a part, with the rest held', async () => {
    const env = openTestSandbox();
    const id = await reserveTen(env);
    await succeed(env, CAPTURE, capture(id, '4'));
    expect(euros(env)).toEqual([990n, 6n, 4n]);
    await succeed(env, CAPTURE, capture(id, '5'));
    await succeed(env, RELEASE, { reservationIdentifier: id });
    expect(euros(env)).toEqual([991n, 0n, 9n]);
  });

  test('E it stays open with nothing left: it may be enlarged, and released', async () => {
    const env = openTestSandbox();
    const id = await reserveTen(env);
    await succeed(env, CAPTURE, capture(id, '10'));
    await refuse(env, CAPTURE, capture(id, '0.01'), ['SVC0270']);
    await succeed(env, ADDITIONAL, additional(id, '5'));
    await succeed(env, CAPTURE, capture(id, '5'));
    await succeed(env, RELEASE, { reservationIdentifier: id });
    expect(euros(env)).toEqual([985n, 0n, 15n]);
  });
});

describe('F a reservation that the request may not touch: one answer for all reasons', () => {
  const REQUESTS: readonly (readonly [key: string, parts: (id: string) => Parts, by: string])[] = [
    [ADDITIONAL, (id) => additional(id, '1'), 'amount'],
    [CAPTURE, (id) => capture(id, '1'), 'amount'],
    [RELEASE, (id) => ({ reservationIdentifier: id }), 'amount'],
    [ADDITIONAL_VOLUME, (id) => additionalVolume(id, '1'), 'volume'],
    [CAPTURE_VOLUME, (id) => captureVolume(id, '1'), 'volume'],
    [RELEASE_VOLUME, (id) => ({ reservationIdentifier: id }), 'volume'],
  ];

  test.each(REQUESTS)('%s', async (key, parts, by) => {
    const env = openTestSandbox();
    const [reserve, reserveOther, release] =
      by === 'amount'
        ? [reserveTen, reserveHundred, RELEASE]
        : [reserveHundred, reserveTen, RELEASE_VOLUME];
    const expired = await reserve(env);
    env.clock.advance(30 * 60_000);
    const released = await reserve(env);
    await succeed(env, release, { reservationIdentifier: released });
    const foreign = await reserve(env, { application: 'another' });
    const otherInterface = await reserveOther(env);

    const never = [
      '100000000099999',
      '1',
      '0',
      '-1',
      'abc',
      "' OR 1=1 --",
      '9'.repeat(30),
      `${foreign}0`,
    ];
    for (const id of [...never, expired, released, foreign, otherInterface]) {
      await refuse(env, key, parts(id), NOT_OPEN);
    }
    expect(env.wallet(PAYER).charged).toBe(0n);
  });
});

describe('G H reserveAdditional below zero and zero', () => {
  test('G reduces down to nothing left, and frees at once', async () => {
    const env = openTestSandbox();
    const id = await reserveTen(env);
    await succeed(env, CAPTURE, capture(id, '4'));
    await succeed(env, ADDITIONAL, additional(id, '-2'));
    expect(euros(env)).toEqual([992n, 4n, 4n]);
    await refuse(env, ADDITIONAL, additional(id, '-4.01'), ['SVC0007']);
    await succeed(env, ADDITIONAL, additional(id, '-4'));
    expect(euros(env)).toEqual([996n, 0n, 4n]);
  });

  test('G reduces a volume; below what is charged SVC0002 volume', async () => {
    const env = openTestSandbox();
    const id = await reserveHundred(env);
    await succeed(env, CAPTURE_VOLUME, captureVolume(id, '40'));
    await refuse(env, ADDITIONAL_VOLUME, additionalVolume(id, '-61'), ['SVC0002', 'volume']);
    await succeed(env, ADDITIONAL_VOLUME, additionalVolume(id, '-60'));
    expect(euros(env)).toEqual([996n, 0n, 4n]);
  });

  test('H zero only extends', async () => {
    const env = openTestSandbox();
    const [byAmount, byVolume] = [await reserveTen(env), await reserveHundred(env)];
    await succeed(env, ADDITIONAL, additional(byAmount, '0'));
    await succeed(env, ADDITIONAL_VOLUME, additionalVolume(byVolume, '0'));
    expect(euros(env)).toEqual([980n, 20n, 0n]);
  });
});

describe('K currency on chargeReservation and reserveAdditionalAmount', () => {
  test.each<[string, Money, Fault | undefined]>([
    ['absent', {}, undefined],
    ['empty', { currency: ' ' }, undefined],
    ['that of the reservation', { currency: 'EUR' }, undefined],
    ['another one', { currency: 'USD' }, ['SVC0007']],
    ['an unknown one', { currency: 'ZZZ' }, ['SVC0007']],
  ])('%s', async (_, money, fault) => {
    const env = openTestSandbox();
    const id = await reserveTen(env);
    const requests = [
      [ADDITIONAL, additional(id, '1', money)],
      [CAPTURE, capture(id, '1', money)],
    ] as const;
    for (const [key, parts] of requests) {
      if (fault === undefined) await succeed(env, key, parts);
      else await refuse(env, key, parts, fault);
    }
  });

  test('absent: that of the reservation, not that of the policy', async () => {
    const env = openTestSandbox();
    const id = await env.reserve(RESERVE, charge({ amount: '500', currency: 'JPY' }));
    await refuse(env, CAPTURE, capture(id, '0.5'), ['SVC0007']);
    await succeed(env, CAPTURE, capture(id, '400'));
    expect(env.wallet(PAYER, 'JPY').charged).toBe(400n * EURO);
  });
});

describe('AB the bill of a reservation: one entry when it ends, its texts in order', () => {
  test('first descriptions of every request; refused ones leave none', async () => {
    const env = openTestSandbox();
    const id = await env.reserve(RESERVE, charge({ amount: '10', description: ['Movie', 'note'] }));
    await succeed(env, ADDITIONAL, additional(id, '5', { description: 'Extras' }));
    await refuse(env, CAPTURE, capture(id, '99', { description: 'Refused' }), ['SVC0270']);
    await succeed(env, CAPTURE, capture(id, '4', { description: 'Part 1' }));
    await succeed(env, CAPTURE, capture(id, '3', { description: '' }));
    expect(env.sandbox.ledger.read.billEntries(PAYER)).toEqual([]);

    env.clock.advance(60_000);
    await succeed(env, RELEASE, { reservationIdentifier: id });
    expect(env.sandbox.ledger.read.billEntries(PAYER)).toEqual([
      expect.objectContaining({
        ...{ kind: 'charge', currency: 'EUR', amount: 7n * EURO, at: env.clock.now() },
        texts: ['Movie', 'Extras', 'Part 1'],
      }),
    ]);
  });

  test('billing texts of a volume; an optional one may be missing', async () => {
    const env = openTestSandbox();
    const id = await reserveHundred(env);
    await succeed(env, CAPTURE_VOLUME, { ...captureVolume(id, '10'), billingText: 'Part 1' });
    await succeed(env, CAPTURE_VOLUME, captureVolume(id, '10'));
    await succeed(env, RELEASE_VOLUME, { reservationIdentifier: id });
    const entries = env.sandbox.ledger.read.billEntries(PAYER);
    expect(entries.map(({ texts, amount }) => [texts, amount])).toEqual([
      [['Quiz traffic', 'Part 1'], 2n * EURO],
    ]);
  });

  test('none for one released without a charge', async () => {
    const env = openTestSandbox();
    await succeed(env, RELEASE, { reservationIdentifier: await reserveTen(env) });
    await succeed(env, CHARGE, payment({ amount: '1', description: 'Direct' }));
    const entries = env.sandbox.ledger.read.billEntries(PAYER);
    expect(entries.map(({ texts }) => texts)).toEqual([['Direct']]);
  });
});
