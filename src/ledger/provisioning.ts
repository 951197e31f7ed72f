// What seeds change: subscribers and wallets that are not there yet. What exists is left alone.
import { NO_EFFECTS, topUp } from './effects';
import type { Effects, ProvisionCommand, Transfer, View } from './model';
import { applyTransfers, emptyWallet } from './wallet';

/** No transactions when everything is there already. */
export function provisionEffects(view: View, command: ProvisionCommand): Effects {
  const { subscriber, status, currency, balance, creditLimit } = command;
  const account = view.accounts.get(subscriber);
  const newWallet = currency !== undefined && account?.wallet === undefined;
  if (account !== undefined && !newWallet) return NO_EFFECTS;

  const transfers: Transfer[] = [];
  if (newWallet && balance !== undefined && balance > 0n) {
    transfers.push(topUp(subscriber, currency, balance));
  }
  const wallets = newWallet ? [emptyWallet(subscriber, currency, creditLimit)] : [];
  return {
    ...NO_EFFECTS,
    transactions: [{ kind: 'provision', transfers }],
    wallets: applyTransfers(wallets, transfers),
    subscribers: account === undefined ? [{ subscriber, status }] : [],
  };
}
