// How transfers change wallets: the only place where a wallet's counters move.
import type { Account, Party, Transfer, Wallet } from './model';
import type { Micros } from './money';
import type { Terms } from './terms';

export const OPERATOR: Party = { kind: 'operator', owner: '' };

export function subscriberParty(owner: string): Party {
  return { kind: 'subscriber', owner };
}

export function applicationParty(owner: string): Party {
  return { kind: 'application', owner };
}

/** What a wallet can still spend: open reservations are already spoken for. */
export function available(wallet: Wallet): Micros {
  return wallet.credits - wallet.debits - wallet.held + wallet.creditLimit;
}

export function emptyWallet(
  subscriber: string,
  currency: string,
  creditLimit: Micros = 0n,
): Wallet {
  return { subscriber, currency, credits: 0n, debits: 0n, held: 0n, creditLimit };
}

/** What an account could spend in a currency, a wallet that is still to be opened included. */
export function spendable(account: Account | undefined, currency: string, terms: Terms): Micros {
  if (account?.wallet !== undefined) return available(account.wallet);
  return openingBalance(currency, terms);
}

/** What a wallet made on demand starts with. */
export function openingBalance(currency: string, terms: Terms): Micros {
  return terms.unknownAccounts === 'create' ? terms.openingBalance(currency) : 0n;
}

/** The wallet after one transfer that touches it; a posted one moves money, a pending one holds or frees it. */
function applyTransfer(wallet: Wallet, transfer: Transfer): Wallet {
  const { layer, amount } = transfer;
  const isDebit =
    transfer.debit.kind === 'subscriber' && transfer.debit.owner === wallet.subscriber;
  if (layer === 'pending') {
    return { ...wallet, held: wallet.held + (isDebit ? amount : -amount) };
  }
  return isDebit
    ? { ...wallet, debits: wallet.debits + amount }
    : { ...wallet, credits: wallet.credits + amount };
}

/** The wallets after transfers, in order. Every transfer touches exactly one of them. */
export function applyTransfers(
  wallets: readonly Wallet[],
  transfers: readonly Transfer[],
): Wallet[] {
  return wallets.map((wallet) =>
    transfers.reduce(
      (after, transfer) => (touches(transfer, wallet) ? applyTransfer(after, transfer) : after),
      wallet,
    ),
  );
}

function touches(transfer: Transfer, wallet: Wallet): boolean {
  if (transfer.currency !== wallet.currency) return false;
  const party = transfer.debit.kind === 'subscriber' ? transfer.debit : transfer.credit;
  return party.owner === wallet.subscriber;
}
