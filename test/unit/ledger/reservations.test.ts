import { describe, expect, test } from '@jest/globals';
import type { Command } from '../../../src/ledger/commands';
import { decide } from '../../../src/ledger/decide';
import type { View } from '../../../src/ledger/decision';
import type { Account, Reservation } from '../../../src/ledger/model';
import { Refusal } from '../../../src/ledger/refusal';
import { identifierOf } from '../../../src/ledger/reservation-identifier';
import { testTerms } from '../../support/terms';

const EXPIRES = 1_000_000;
const EUR = 1_000_000n;
const HALF_HOUR = 30 * 60_000;

/** A session of 10 EUR with `charged` EUR gone, held from a wallet of 100 EUR. */
function session(changes: Partial<Reservation> = {}): Reservation {
  return {
    id: 7,
    application: 'shop',
    subscriber: 'tel:+15550100',
    currency: 'EUR',
    reserved: 10n * EUR,
    charged: 0n,
    expiresAt: EXPIRES,
    state: 'open',
    texts: ['match'],
    ...changes,
  };
}

function viewOf(reservation: Reservation, changes: Partial<Account> = {}): View {
  const { subscriber, currency, reserved, charged } = reservation;
  const held = reservation.state === 'open' ? reserved - charged : 0n;
  const wallet = {
    subscriber,
    currency,
    credits: 100n * EUR,
    debits: charged,
    held,
    creditLimit: 0n,
  };
  const account: Account = { subscriber, status: 'active', wallet, ...changes };
  return {
    terms: testTerms(),
    accounts: new Map([[subscriber, account]]),
    reservation,
    charged: new Map(),
    nextTransaction: 20,
  };
}

const texts = { notes: [] };
const common = { application: 'shop', reservationIdentifier: identifierOf(7), texts };
const reference = { space: 'charge', code: 'r-1', fingerprint: new Uint8Array() } as const;
const capture = (amount: bigint): Command => ({
  ...common,
  kind: 'capture',
  quantity: { by: 'amount', charge: { amount: amount * EUR } },
  reference,
});
const enlarge = (amount: bigint): Command => ({
  ...common,
  kind: 'enlarge',
  quantity: { by: 'amount', charge: { amount: amount * EUR } },
  duration: { metric: 'Minute', units: 30 },
});
const release: Command = { ...common, kind: 'release', by: 'amount' };

describe('clauses 8.3.2 to 8.3.4: what a request does to a reservation of 10 EUR', () => {
  test.each([
    // name, reservation before, command, at, outcome
    ['capture a part', session(), capture(4n), 0, { reserved: 10n, charged: 4n, expires: 0 }],
    ['capture all', session(), capture(10n), 0, { reserved: 10n, charged: 10n, expires: 0 }],
    ['capture above all', session(), capture(11n), 0, 'exceeds_reservation'],
    [
      'capture the rest',
      session({ charged: 4n * EUR }),
      capture(6n),
      0,
      { reserved: 10n, charged: 10n, expires: 0 },
    ],
    [
      'capture above the rest',
      session({ charged: 4n * EUR }),
      capture(7n),
      0,
      'exceeds_reservation',
    ],
    [
      'capture 1 ms before it expires',
      session(),
      capture(1n),
      EXPIRES - 1,
      { reserved: 10n, charged: 1n, expires: 0 },
    ],
    ['capture the moment it expires', session(), capture(1n), EXPIRES, 'reservation_not_open'],
    [
      'capture after release',
      session({ state: 'released', closedBy: 9 }),
      capture(1n),
      0,
      'reservation_not_open',
    ],
    ['enlarge', session(), enlarge(5n), 0, { reserved: 15n, charged: 0n, expires: HALF_HOUR }],
    ['enlarge above the funds', session(), enlarge(91n), 0, 'insufficient_funds_to_reserve'],
    [
      'enlarge to the last cent',
      session(),
      enlarge(90n),
      0,
      { reserved: 100n, charged: 0n, expires: HALF_HOUR },
    ],
    ['extend only', session(), enlarge(0n), 0, { reserved: 10n, charged: 0n, expires: HALF_HOUR }],
    ['reduce', session(), enlarge(-4n), 0, { reserved: 6n, charged: 0n, expires: HALF_HOUR }],
    [
      'reduce to what is charged',
      session({ charged: 4n * EUR }),
      enlarge(-6n),
      0,
      { reserved: 4n, charged: 4n, expires: HALF_HOUR },
    ],
    [
      'reduce below what is charged',
      session({ charged: 4n * EUR }),
      enlarge(-7n),
      0,
      'charging_information',
    ],
    ['enlarge after expiry', session(), enlarge(1n), EXPIRES, 'reservation_not_open'],
    [
      'release',
      session({ charged: 4n * EUR }),
      release,
      0,
      { reserved: 10n, charged: 4n, expires: 0, state: 'released' },
    ],
    [
      'release with nothing left',
      session({ charged: 10n * EUR }),
      release,
      0,
      { reserved: 10n, charged: 10n, expires: 0, state: 'released' },
    ],
    [
      'release twice',
      session({ state: 'released', closedBy: 9 }),
      release,
      0,
      'reservation_not_open',
    ],
    [
      'release after expiry',
      session({ state: 'expired', closedBy: 9 }),
      release,
      0,
      'reservation_not_open',
    ],
    [
      'capture by another application',
      session({ application: 'other' }),
      capture(1n),
      0,
      'reservation_not_open',
    ],
  ] as const)('%s', (_name, before, command, now, outcome) => {
    const decision = decide(viewOf(before), command, now);
    if (typeof outcome === 'string') {
      expect(decision).toMatchObject({ code: outcome });
      return;
    }
    expect(decision).toMatchObject({
      reservation: {
        reserved: outcome.reserved * EUR,
        charged: outcome.charged * EUR,
        expiresAt: EXPIRES + outcome.expires,
        state: 'state' in outcome ? outcome.state : 'open',
      },
    });
  });
});

test('what is left goes back at release, and the session has one bill entry with all texts', () => {
  const before = session({ charged: 4n * EUR, texts: ['match', 'first half'] });
  expect(decide(viewOf(before), release, 5)).toMatchObject({
    transactions: [{ kind: 'release', transfers: [{ layer: 'pending', amount: 6n * EUR }] }],
    wallets: [{ held: 0n, debits: 4n * EUR }],
    bill: [{ session: 7, amount: 4n * EUR, at: 5, texts: ['match', 'first half'] }],
  });
});

test('a session that charged nothing leaves no bill entry', () => {
  expect(decide(viewOf(session()), release, 5)).toMatchObject({ bill: [] });
});

test.each([
  ['capture', capture(1n), 'barred_account_charged'],
  ['enlarge', enlarge(1n), 'account_barred'],
  ['release', release, 'account_barred'],
])('%s on a barred account is refused', (_name, command, code) => {
  expect(decide(viewOf(session(), { status: 'barred' }), command, 0)).toMatchObject({ code });
});

test('a reservation cannot be extended without end', () => {
  const years: Command = { ...enlarge(0n), duration: { metric: 'Year', units: 11 } } as Command;
  expect(decide(viewOf(session()), years, 0)).toMatchObject({ code: 'duration_limit' });
});

test('the owner of a reservation must be in the view: anything else is a defect, not a refusal', () => {
  const view = { ...viewOf(session()), accounts: new Map<string, Account>() };
  expect(() => decide(view, capture(1n), 0)).toThrow('lacks the account');
  expect(decide(view, { ...common, kind: 'release', by: 'volume' }, 0)).toBeInstanceOf(Refusal);
});
