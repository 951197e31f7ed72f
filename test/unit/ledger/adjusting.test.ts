import { describe, expect, test } from '@jest/globals';
import type { AdjustCommand } from '../../../src/ledger/commands';
import { decide } from '../../../src/ledger/decide';
import type { View } from '../../../src/ledger/decision';
import type { Account, Reservation } from '../../../src/ledger/model';
import { Refusal } from '../../../src/ledger/refusal';
import { testTerms } from '../../support/terms';

const ALICE = 'tel:+15550100';
const WALLET = {
  subscriber: ALICE,
  currency: 'EUR',
  credits: 100n,
  debits: 30n,
  held: 20n,
  creditLimit: 0n,
};
const KNOWN = { status: 'active', wallet: WALLET } as const;

function viewOf(account?: Omit<Account, 'subscriber'>, reservation?: Reservation): View {
  const accounts = new Map<string, Account>();
  if (account !== undefined) accounts.set(ALICE, { subscriber: ALICE, ...account });
  return {
    terms: testTerms(),
    accounts,
    ...(reservation && { reservation }),
    charged: new Map(),
    nextTransaction: 1,
  };
}

function adjusted(account: Omit<Account, 'subscriber'> | undefined, change: object) {
  const command: AdjustCommand = { kind: 'adjust', subscriber: ALICE, currency: 'EUR', ...change };
  return decide(viewOf(account), command, 0);
}

describe('a wallet after an adjustment', () => {
  test.each([
    ['a top-up', KNOWN, { amount: 5n }, { ...WALLET, credits: 105n }],
    ['a withdrawal of all that is free', KNOWN, { amount: -50n }, { ...WALLET, debits: 80n }],
    ['a new credit limit', KNOWN, { creditLimit: 9n }, { ...WALLET, creditLimit: 9n }],
    [
      'a withdrawal into a limit given with it',
      KNOWN,
      { amount: -59n, creditLimit: 9n },
      { ...WALLET, debits: 89n, creditLimit: 9n },
    ],
    [
      'a first wallet',
      { ...KNOWN, wallet: undefined },
      { amount: 7n },
      { ...WALLET, credits: 7n, debits: 0n, held: 0n },
    ],
  ])('%s', (_name, account, change, wallet) => {
    const transactions = [{ kind: 'adjust' }];
    expect(adjusted(account, change)).toMatchObject({ transactions, wallets: [wallet] });
  });

  test('its transfer is with the operator, in the direction of the amount', () => {
    const operator = { kind: 'operator', owner: '' };
    const alice = { kind: 'subscriber', owner: ALICE };
    const moved = { layer: 'posted', currency: 'EUR', amount: 5n };
    expect(adjusted(KNOWN, { amount: 5n })).toMatchObject({
      transactions: [{ transfers: [{ ...moved, debit: operator, credit: alice }] }],
    });
    expect(adjusted(KNOWN, { amount: -5n })).toMatchObject({
      transactions: [{ transfers: [{ ...moved, debit: alice, credit: operator }] }],
    });
  });

  test.each([
    ['nothing', {}],
    ['the limit that there is', { creditLimit: 0n }],
    ['an amount of nothing', { amount: 0n }],
  ])('%s changes nothing', (_name, change) => {
    expect(adjusted(KNOWN, change)).toMatchObject({ transactions: [], wallets: [] });
  });
});

describe('an adjustment that is refused', () => {
  const postpaid = { status: 'active', wallet: { ...WALLET, debits: 105n, creditLimit: 30n } };
  test.each([
    ['nobody is known', undefined, { amount: 1n }, 'unknown_subscriber'],
    ['more than is free is taken', KNOWN, { amount: -51n }, 'insufficient_funds'],
    [
      'something is taken from no wallet',
      { ...KNOWN, wallet: undefined },
      { amount: -1n },
      'insufficient_funds',
    ],
    ['the limit is below what is owed', postpaid, { creditLimit: 24n }, 'insufficient_funds'],
    ['a counter would overflow', KNOWN, { amount: 10n ** 18n }, 'balance_limit'],
  ])('%s', (_name, account, change, code) => {
    const decision = adjusted(account as typeof KNOWN | undefined, change);
    expect(decision).toBeInstanceOf(Refusal);
    expect(decision).toMatchObject({ code });
  });
});

describe('an expiry before its time', () => {
  const open: Reservation = {
    id: 1,
    application: 'shop',
    subscriber: ALICE,
    currency: 'EUR',
    reserved: 20n,
    charged: 0n,
    expiresAt: 1_000,
    state: 'open',
    texts: [],
  };
  const expire = { kind: 'expire', application: 'shop', reservationIdentifier: '1' } as const;

  test('gives back what is held', () => {
    const effects = decide(viewOf(KNOWN, open), { ...expire, early: true }, 5);
    expect(effects).toMatchObject({
      reservation: { state: 'expired' },
      wallets: [{ ...WALLET, held: 0n }],
    });
  });

  test('is refused of one that is closed, and of none', () => {
    const closed: Reservation = { ...open, state: 'released', closedBy: 2 };
    for (const view of [viewOf(KNOWN, closed), viewOf(KNOWN)]) {
      const decision = decide(view, { ...expire, early: true }, 5);
      expect(decision).toMatchObject({ code: 'reservation_not_open' });
    }
  });

  test('is a defect when nobody asked for it', () => {
    expect(() => decide(viewOf(KNOWN, open), expire, 5)).toThrow('is not due');
  });
});
