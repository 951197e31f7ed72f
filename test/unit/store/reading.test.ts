// What a ledger tells of itself.
import { beforeAll, describe, expect, test } from '@jest/globals';
import type { Command } from '../../../src/ledger/commands';
import { type Ledger, openLedger } from '../../../src/store/ledger';
import type { PostingFilter } from '../../../src/store/postings';
import { testTerms } from '../../support/terms';
import {
  ALICE,
  accepted,
  BOB,
  capture,
  enlarge,
  MINUTE,
  opened,
  provision,
  refund,
  release,
  reserve,
  reserveVolume,
  START,
  split,
  UNIT,
} from './support';

const CAROL = 'tel:+15550003';
let ledger: Ledger;

beforeAll(async () => {
  let now = START;
  ledger = openLedger({ location: ':memory:', now: () => now, terms: () => testTerms() });
  const serve = (command: Command) => accepted(ledger.submit(command));
  await serve(provision(ALICE, 100n, 20n));
  await serve({ kind: 'provision', subscriber: BOB, status: 'barred', currency: 'USD' });
  await serve(provision(CAROL, 1n));
  await serve(
    split(
      [
        [ALICE, 110n],
        [CAROL, 0n],
      ],
      'film',
    ),
  );
  await serve(refund(ALICE, 40n, 'back'));
  const session = await opened(ledger, reserve(ALICE, 10n));
  now += MINUTE;
  await serve(capture(session, 3n, 'part'));
  await serve(enlarge(session, -2n));
  await serve(release(session));
  await opened(ledger, reserveVolume(ALICE, 4n, 10_000n, 3n));
  // Nothing is held for the first events; what they cost in the end is still found by subscriber.
  const free = await opened(ledger, reserveVolume(CAROL, 1n, 4_000n));
  const more = { by: 'volume', volume: 9n } as const;
  await serve({ ...(enlarge(free, 0n) as Extract<Command, { kind: 'enlarge' }>), quantity: more });
  await serve({
    ...(capture(free, 0n, 'events') as Extract<Command, { kind: 'capture' }>),
    quantity: more,
  });
  await serve(release(free, 'volume'));
});

test('subscribers by address', () => {
  expect(ledger.read.subscribers()).toEqual([
    { subscriber: ALICE, status: 'active' },
    { subscriber: BOB, status: 'barred' },
    { subscriber: CAROL, status: 'active' },
  ]);
});

test('wallets, of all and of one', () => {
  const alice = {
    subscriber: ALICE,
    currency: 'EUR',
    credits: 140n * UNIT,
    debits: 113n * UNIT,
    held: 10_000n,
    creditLimit: 20n * UNIT,
  };
  expect(ledger.read.wallets(ALICE)).toEqual([alice]);
  expect(ledger.read.wallets().map(({ subscriber, currency }) => [subscriber, currency])).toEqual([
    [ALICE, 'EUR'],
    [BOB, 'USD'],
    [CAROL, 'EUR'],
  ]);
  expect(ledger.read.wallets('tel:+1999')).toEqual([]);
});

test('reservations by amount and by volume', () => {
  const [byAmount, byVolume] = ledger.read.reservations(ALICE);
  expect(byAmount).toEqual({
    id: 6,
    application: 'shop',
    subscriber: ALICE,
    currency: 'EUR',
    reserved: 8n * UNIT,
    charged: 3n * UNIT,
    expiresAt: START + 60 * MINUTE,
    state: 'released',
    closedBy: 9,
    texts: ['session', 'part'],
  });
  expect(byVolume).toEqual({
    id: 10,
    application: 'shop',
    subscriber: ALICE,
    currency: 'EUR',
    reserved: 10_000n,
    charged: 0n,
    expiresAt: START + 31 * MINUTE,
    state: 'open',
    texts: ['events'],
    volume: {
      reserved: 4n,
      charged: 0n,
      unit: 'events',
      rate: { micros: 10_000n, per: 3n, rounding: 'half_up', step: 10_000n },
    },
  });
  expect(ledger.read.reservations().map(({ id }) => id)).toEqual([6, 10, 11]);
  expect(ledger.read.reservations(BOB)).toEqual([]);
});

describe('bill entries', () => {
  test('of one subscriber: direct, refunded and by session, in order of their end', () => {
    expect(ledger.read.billEntries(ALICE)).toEqual([
      {
        session: 4,
        subscriber: ALICE,
        application: 'shop',
        kind: 'charge',
        currency: 'EUR',
        amount: 110n * UNIT,
        at: START,
        texts: ['charge film'],
      },
      expect.objectContaining({ session: 5, kind: 'refund', amount: 40n * UNIT }),
      expect.objectContaining({
        session: 6,
        amount: 3n * UNIT,
        at: START + MINUTE,
        texts: ['session', 'part'],
      }),
    ]);
  });

  test('that were free, and of a session that began free', () => {
    expect(ledger.read.billEntries(CAROL).map(({ session, amount }) => [session, amount])).toEqual([
      [4, 0n],
      [11, 40_000n],
    ]);
  });

  test('of all', () => {
    expect(
      ledger.read.billEntries().map(({ session, subscriber }) => [session, subscriber]),
    ).toEqual([
      [4, ALICE],
      [4, CAROL],
      [5, ALICE],
      [6, ALICE],
      [11, CAROL],
    ]);
  });
});

describe('transactions', () => {
  test('with all that was recorded', () => {
    expect(ledger.read.transactions({ after: 3, limit: 1 })).toEqual([
      {
        number: 4,
        at: START,
        kind: 'charge',
        application: 'shop',
        referenceCode: 'film',
        code: 'price',
        notes: ['a note'],
        transfers: [
          {
            layer: 'posted',
            currency: 'EUR',
            debit: { kind: 'subscriber', owner: ALICE },
            credit: { kind: 'application', owner: 'shop' },
            amount: 110n * UNIT,
          },
        ],
      },
    ]);
    expect(ledger.read.transactions({ after: 9, limit: 1 })).toMatchObject([
      { number: 10, kind: 'reserve', reservation: 10, volume: 4n, unit: 'events' },
    ]);
  });

  test.each([
    ['all', {}, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14]],
    ['a page', { after: 2, limit: 3 }, [3, 4, 5]],
    ['of one subscriber', { subscriber: ALICE }, [1, 4, 5, 6, 7, 8, 9, 10]],
    ['a page of one subscriber', { subscriber: ALICE, after: 4, limit: 2 }, [5, 6]],
    ['of one who moved no money', { subscriber: BOB }, []],
    ['of nobody', { subscriber: 'tel:+1999' }, []],
  ])('%s', (_which, filter, numbers) => {
    expect(ledger.read.transactions(filter).map(({ number }) => number)).toEqual(numbers);
  });
});

describe('postings', () => {
  test('with all that was recorded', () => {
    const found = { application: 'shop', currency: 'EUR' };
    expect(ledger.read.postings({ subscriber: ALICE })).toEqual([
      {
        ...found,
        transaction: 4,
        at: START,
        kind: 'charge',
        referenceCode: 'film',
        subscriber: ALICE,
        amount: 110n * UNIT,
      },
      expect.objectContaining({ transaction: 5, kind: 'refund', amount: 40n * UNIT }),
      {
        ...found,
        transaction: 7,
        at: START + MINUTE,
        kind: 'capture',
        referenceCode: 'part',
        reservation: 6,
        subscriber: ALICE,
        amount: 3n * UNIT,
      },
    ]);
  });

  test.each<[string, PostingFilter, readonly (readonly [number, string])[]]>([
    [
      'all',
      {},
      [
        [4, ALICE],
        [4, CAROL],
        [5, ALICE],
        [7, ALICE],
        [13, CAROL],
      ],
    ],
    [
      'of a reference, free ones too',
      { referenceCode: 'film' },
      [
        [4, ALICE],
        [4, CAROL],
      ],
    ],
    ['of a reference and a payer', { referenceCode: 'film', subscriber: CAROL }, [[4, CAROL]]],
    ['of a refund', { referenceCode: 'back' }, [[5, ALICE]]],
    [
      'of one who paid nothing at first',
      { subscriber: CAROL },
      [
        [4, CAROL],
        [13, CAROL],
      ],
    ],
    [
      'since',
      { since: START + MINUTE },
      [
        [7, ALICE],
        [13, CAROL],
      ],
    ],
    ['until', { until: START + MINUTE, subscriber: CAROL }, [[4, CAROL]]],
    ['of another application', { application: 'game' }, []],
    ['in another currency', { currency: 'JPY' }, []],
    ['of nobody', { subscriber: 'tel:+1999' }, []],
  ])('%s', (_which, filter, found) => {
    const postings = ledger.read.postings(filter);
    expect(postings.map(({ transaction, subscriber }) => [transaction, subscriber])).toEqual(found);
  });
});

test('open reservations', () => {
  expect(ledger.read.openReservations().map(({ id }) => id)).toEqual([10]);
});

test('the balances of an application', () => {
  expect(ledger.read.applicationBalances('shop')).toEqual([
    { currency: 'EUR', balance: 73n * UNIT + 40_000n },
  ]);
  expect(ledger.read.applicationBalances('nobody')).toEqual([]);
});

test('counts', () => {
  expect(ledger.read.counts()).toEqual({
    subscribers: 3,
    wallets: 3,
    transactions: 14,
    transfers: 13,
    reservations: 3,
    openReservations: 1,
    billEntries: 5,
    referenceUses: 4,
    evidence: 0,
  });
});
