// What seeds change: subscribers, their standing, and wallets that are not there yet.

import type { ProvisionCommand } from './commands';
import type { Effects, View } from './decision';
import { NO_EFFECTS, topUp } from './effects';
import type { Transfer } from './model';
import { applyTransfers, emptyWallet } from './wallet';

/** A stated status takes effect, a wallet that exists is left alone. No transactions when nothing changes. */
export function provisionEffects(view: View, command: ProvisionCommand): Effects {
  const { subscriber, status, currency, balance, creditLimit } = command;
  const account = view.accounts.get(subscriber);
  const newWallet = currency !== undefined && account?.wallet === undefined;
  const newStatus = status ?? account?.status ?? 'active';
  const standing =
    newStatus === account?.status ? [] : [{ subscriber, status: newStatus } as const];
  if (standing.length === 0 && !newWallet) return NO_EFFECTS;

  const transfers: Transfer[] = [];
  if (newWallet && balance !== undefined && balance > 0n) {
    transfers.push(topUp(subscriber, currency, balance));
  }
  const wallets = newWallet ? [emptyWallet(subscriber, currency, creditLimit)] : [];
  return {
    ...NO_EFFECTS,
    transactions: [{ kind: 'provision', transfers }],
    wallets: applyTransfers(wallets, transfers),
    subscribers: standing,
  };
}
