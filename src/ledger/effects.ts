// Building the effects of an accepted command from its transactions.

import type { Effects, View } from './decision';
import type { Mention } from './evidence';
import type { Account, Reference, ReferenceUse, Transaction, Transfer, Wallet } from './model';
import { applyTransfers, emptyWallet, OPERATOR, openingBalance, subscriberParty } from './wallet';

const NO_FINDINGS: Effects['findings'] = [];
const DUPLICATE: Effects['findings'] = ['reference.duplicate'];
const RESOLVED: Effects['findings'] = ['description.resolved'];

export const NO_EFFECTS: Effects = {
  transactions: [],
  wallets: [],
  subscribers: [],
  bill: [],
  findings: [],
  replayed: false,
};

/** The answer to an identical repeat: as before, and nothing changes. */
export const REPLAYED: Effects = { ...NO_EFFECTS, replayed: true };

/** The accounts of a command with a wallet each: those that are missing are opened first. */
export interface Opened {
  readonly wallets: readonly Wallet[];
  readonly subscribers: Effects['subscribers'];
  /** The transaction that opens wallets, when there is any. */
  readonly transactions: readonly Transaction[];
}

/** Wallets of `subscribers` in `currency`, made on demand with the opening balance of the terms. */
export function openWallets(view: View, subscribers: readonly string[], currency: string): Opened {
  const wallets: Wallet[] = [];
  const unknown: Effects['subscribers'][number][] = [];
  const transfers: Transfer[] = [];
  const amount = openingBalance(currency, view.terms);
  for (const subscriber of subscribers) {
    const account = view.accounts.get(subscriber);
    if (account === undefined) unknown.push({ subscriber, status: 'active' });
    wallets.push(account?.wallet ?? emptyWallet(subscriber, currency));
    if (account?.wallet !== undefined || amount === 0n) continue;
    transfers.push(topUp(subscriber, currency, amount));
  }
  return {
    wallets: applyTransfers(wallets, transfers),
    subscribers: unknown,
    transactions: transfers.length === 0 ? [] : [{ kind: 'provision', transfers }],
  };
}

/** The wallet of an account that must have one. */
export function walletOf(account: Account): Wallet {
  if (account.wallet === undefined) throw new Error('the view lacks the wallet of a reservation');
  return account.wallet;
}

export function topUp(subscriber: string, currency: string, amount: bigint): Transfer {
  return {
    layer: 'posted',
    currency,
    debit: OPERATOR,
    credit: subscriberParty(subscriber),
    amount,
  };
}

/** One transfer, or none when there is nothing to move. */
export function transferOf(transfer: Transfer): readonly Transfer[] {
  return transfer.amount === 0n ? [] : [transfer];
}

/** The record of a reference code that has just been used in `transaction`. */
export function useReference(
  view: View,
  application: string,
  reference: Reference,
  transaction: number,
  mentions: readonly Mention[],
): Pick<Effects, 'referenceUse' | 'findings'> {
  const { space, code, fingerprint } = reference;
  const sequence = view.referenceUse === undefined ? 0 : view.referenceUse.sequence + 1;
  const referenceUse: ReferenceUse = {
    space,
    code,
    fingerprint,
    application,
    sequence,
    transaction,
  };
  const resolved = findingsIn(mentions);
  return { referenceUse, findings: sequence === 0 ? resolved : [...DUPLICATE, ...resolved] };
}

/** Whether a further description entry turned out to be evidence. */
export function findingsIn(mentions: readonly Mention[]): Effects['findings'] {
  return mentions.some(({ place }) => place === 'description') ? RESOLVED : NO_FINDINGS;
}
