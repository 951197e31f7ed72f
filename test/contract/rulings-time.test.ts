// What the standard leaves open about how long a reservation runs (clauses 8.3, 8.4, 10), ruling by ruling.
import { describe, expect, test } from '@jest/globals';
import type { TimeMetric } from '../../src/ledger/time';
import type { Fault } from '../support/answers';
import { PAYER } from '../support/samples';
import { EURO } from '../support/tariffs';
import { testTerms } from '../support/terms';
import { openTestSandbox, START, type TestSandbox } from '../support/test-sandbox';
import {
  ADDITIONAL,
  additional,
  CAPTURE,
  capture,
  charge,
  RELEASE,
  RESERVE,
  refuse,
  succeed,
} from './asking';

const NOT_OPEN: Fault = ['SVC0002', 'reservationIdentifier'];
const MINUTE = 60_000;

function withDuration(ReservationDuration: TimeMetric, start = START): TestSandbox {
  return openTestSandbox({
    start,
    terms: { policy: { ...testTerms().policy, ReservationDuration } },
  });
}

function minutesLeft(env: TestSandbox): number {
  const [reservation] = env.sandbox.ledger.read.reservations(PAYER);
  return ((reservation?.expiresAt ?? 0) - START) / MINUTE;
}

describe('I J what extends a reservation', () => {
  test('I reserveAdditional adds the duration to its end, whenever it comes', async () => {
    const env = openTestSandbox();
    const id = await env.reserve(RESERVE);
    env.clock.advance(10 * MINUTE);
    await succeed(env, ADDITIONAL, additional(id, '1'));
    expect(minutesLeft(env)).toBe(60);
    await succeed(env, ADDITIONAL, additional(id, '-1'));
    expect(minutesLeft(env)).toBe(90);
  });

  test('I a refused one does not', async () => {
    const env = openTestSandbox();
    const id = await env.reserve(RESERVE);
    await refuse(env, ADDITIONAL, additional(id, '5000'), ['SVC0001', 'INSUFFICIENT_FUNDS']);
    await refuse(env, ADDITIONAL, additional(id, '-5000'), ['SVC0007']);
    expect(minutesLeft(env)).toBe(30);
  });

  test('I an expired one is not revived', async () => {
    const env = openTestSandbox();
    const id = await env.reserve(RESERVE);
    env.clock.advance(30 * MINUTE);
    await refuse(env, ADDITIONAL, additional(id, '0'), NOT_OPEN);
  });

  test('J chargeReservation does not', async () => {
    const env = openTestSandbox();
    const id = await env.reserve(RESERVE);
    env.clock.advance(10 * MINUTE);
    await succeed(env, CAPTURE, capture(id, '1'));
    expect(minutesLeft(env)).toBe(30);
  });
});

describe('AC months and years are those of the calendar, UTC', () => {
  test.each<[TimeMetric, string, string]>([
    [{ metric: 'Month', units: 1 }, '2026-01-31T23:30:00Z', '2026-02-28T23:30:00Z'],
    [{ metric: 'Month', units: 1 }, '2028-01-31T00:00:00Z', '2028-02-29T00:00:00Z'],
    [{ metric: 'Year', units: 1 }, '2028-02-29T12:00:00Z', '2029-02-28T12:00:00Z'],
    [{ metric: 'Week', units: 2 }, '2026-03-28T12:00:00Z', '2026-04-11T12:00:00Z'],
    [{ metric: 'Day', units: 1 }, '2026-12-31T23:59:59Z', '2027-01-01T23:59:59Z'],
    [{ metric: 'Second', units: 90 }, '2026-01-01T00:00:00Z', '2026-01-01T00:01:30Z'],
  ])('%j from %s: until %s', async (duration, from, until) => {
    const env = withDuration(duration, Date.parse(from));
    const id = await env.reserve(RESERVE);
    env.clock.set(Date.parse(until) - 1);
    await succeed(env, CAPTURE, capture(id, '1'));
    env.clock.set(Date.parse(until));
    await refuse(env, CAPTURE, capture(id, '0.1'), NOT_OPEN);
  });

  test('an extension that would outlast any reservation: POL0001 DURATION_LIMIT', async () => {
    const env = withDuration({ metric: 'Year', units: 6 });
    const id = await env.reserve(RESERVE);
    await refuse(env, ADDITIONAL, additional(id, '1'), ['POL0001', 'DURATION_LIMIT']);
  });
});

describe('AD a reservation ends at its instant, whoever notices', () => {
  test.each([
    ['a millisecond before: charged', 30 * MINUTE - 1, undefined],
    ['at it: refused', 30 * MINUTE, NOT_OPEN],
    ['long after: refused', 365 * 24 * 60 * MINUTE, NOT_OPEN],
  ])('%s', async (_, wait, fault) => {
    const env = openTestSandbox();
    const id = await env.reserve(RESERVE);
    env.clock.advance(wait);
    const answer = await env.ask(CAPTURE, capture(id, '1'));
    expect(answer.record.fault).toBe(fault?.[0]);
  });

  test('what is left comes back and is spent by the request that comes next', async () => {
    const env = openTestSandbox();
    await env.reserve(RESERVE, charge({ amount: '1000' }));
    env.clock.advance(30 * MINUTE);
    await env.reserve(RESERVE, charge({ amount: '1000' }));
    expect(env.wallet(PAYER)).toEqual({ available: 0n, held: 1000n * EURO, charged: 0n });
  });

  test('nobody asks: it is closed all the same, with its bill entry dated at its end', async () => {
    const env = openTestSandbox();
    const id = await env.reserve(RESERVE, charge({ amount: '10', description: 'Movie' }));
    await succeed(env, CAPTURE, capture(id, '4'));
    env.clock.advance(45 * MINUTE);
    await new Promise(setImmediate);
    await new Promise(setImmediate);

    const { read } = env.sandbox.ledger;
    expect(read.reservations(PAYER).map(({ state }) => state)).toEqual(['expired']);
    expect(env.wallet(PAYER)).toEqual({ available: 996n * EURO, held: 0n, charged: 4n * EURO });
    expect(read.billEntries(PAYER).map(({ at, amount }) => [at, amount])).toEqual([
      [START + 30 * MINUTE, 4n * EURO],
    ]);
    await refuse(env, RELEASE, { reservationIdentifier: id }, NOT_OPEN);
  });
});
