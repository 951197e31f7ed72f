// What an operator changes of a subscriber's money by hand: top-ups, withdrawals and the credit limit.
import { MONEY_LIMITS } from '../limits';
import type { AdjustCommand } from './commands';
import type { Decision, View } from './decision';
import { NO_EFFECTS, topUp } from './effects';
import type { Transfer, Wallet } from './model';
import type { Micros } from './money';
import { type Refusal, refuse } from './refusal';
import { applyTransfers, available, emptyWallet, OPERATOR, subscriberParty } from './wallet';

/** A wallet that is missing is opened empty; a limit may not leave a wallet below it. */
export function adjustEffects(view: View, command: AdjustCommand): Decision {
  const { subscriber, currency, amount = 0n } = command;
  const account = view.accounts.get(subscriber);
  if (account === undefined) return refuse('unknown_subscriber', `${subscriber} has no account`);

  const before = account.wallet ?? emptyWallet(subscriber, currency);
  const limited = { ...before, creditLimit: command.creditLimit ?? before.creditLimit };
  const transfers = movement(subscriber, currency, amount);
  const [after = limited] = applyTransfers([limited], transfers);
  const refusal = objection(after, amount);
  if (refusal !== undefined) return refusal;
  const isChanged = amount !== 0n || after.creditLimit !== before.creditLimit;
  if (!isChanged && account.wallet !== undefined) return NO_EFFECTS;

  return { ...NO_EFFECTS, transactions: [{ kind: 'adjust', transfers }], wallets: [after] };
}

function movement(subscriber: string, currency: string, amount: Micros): readonly Transfer[] {
  if (amount > 0n) return [topUp(subscriber, currency, amount)];
  if (amount === 0n) return [];
  const debit = subscriberParty(subscriber);
  return [{ layer: 'posted', currency, debit, credit: OPERATOR, amount: -amount }];
}

function objection(after: Wallet, amount: Micros): Refusal | undefined {
  const { subscriber, currency, credits, debits } = after;
  if (credits > MONEY_LIMITS.counterMicros || debits > MONEY_LIMITS.counterMicros) {
    return refuse('balance_limit', `the wallet of ${subscriber} has reached its largest total`);
  }
  if (available(after) >= 0n) return undefined;
  const detail =
    amount < 0n
      ? `${subscriber} has less than that available in ${currency}`
      : `${subscriber} would be below that credit limit in ${currency}`;
  return refuse('insufficient_funds', detail);
}
