import { describe, expect, test } from '@jest/globals';
import type { ProvisionCommand } from '../../../src/ledger/commands';
import { decide } from '../../../src/ledger/decide';
import type { View } from '../../../src/ledger/decision';
import type { Account } from '../../../src/ledger/model';
import { testTerms } from '../../support/terms';

const ALICE = 'tel:+15550100';
const WALLET = {
  subscriber: ALICE,
  currency: 'EUR',
  credits: 5n,
  debits: 0n,
  held: 0n,
  creditLimit: 0n,
};

function viewOf(account?: Omit<Account, 'subscriber'>): View {
  const accounts = new Map<string, Account>();
  if (account !== undefined) accounts.set(ALICE, { subscriber: ALICE, ...account });
  return { terms: testTerms(), accounts, charged: new Map(), nextTransaction: 1 };
}

describe('a seed makes what is not there, and its stated status takes effect', () => {
  const known = { status: 'active', wallet: WALLET } as const;
  test.each<[string, Omit<Account, 'subscriber'> | undefined, Partial<ProvisionCommand>, object]>([
    [
      'a new subscriber is active',
      undefined,
      {},
      { subscribers: [{ subscriber: ALICE, status: 'active' }] },
    ],
    [
      'a new subscriber may be barred',
      undefined,
      { status: 'barred' },
      { subscribers: [{ subscriber: ALICE, status: 'barred' }] },
    ],
    [
      'a wallet is opened with its balance',
      undefined,
      { currency: 'EUR', balance: 9n },
      { wallets: [{ ...WALLET, credits: 9n }] },
    ],
    [
      'a wallet of nothing is opened too',
      undefined,
      { currency: 'EUR', creditLimit: 7n },
      { wallets: [{ ...WALLET, credits: 0n, creditLimit: 7n }] },
    ],
    [
      'a wallet that exists is left alone',
      known,
      { currency: 'EUR', balance: 9n },
      { transactions: [], wallets: [] },
    ],
    [
      'an unstated status leaves the barred barred',
      { ...known, status: 'barred' },
      {},
      { transactions: [], subscribers: [] },
    ],
    [
      'a stated status bars',
      known,
      { status: 'barred' },
      { subscribers: [{ subscriber: ALICE, status: 'barred' }], wallets: [] },
    ],
    [
      'a stated status lets in again',
      { ...known, status: 'barred' },
      { status: 'active' },
      { subscribers: [{ subscriber: ALICE, status: 'active' }] },
    ],
  ])('%s', (_name, account, command, effects) => {
    const provision: ProvisionCommand = { kind: 'provision', subscriber: ALICE, ...command };
    expect(decide(viewOf(account), provision, 0)).toMatchObject(effects);
  });
});
