// How a decoded request is executed, whichever family of operations it belongs to. Types, and what a decision made.
import type { Effects } from '../ledger/decision';
import type { Refusal } from '../ledger/refusal';
import type { PaymentFault } from '../payment/faults';
import type { Manner } from '../payment/manner';
import type { DomainKey, DomainOperations } from './routes';

/** Executes an operation; `rehearsed`: has it judged in full and changes nothing. Messages are never rehearsed. */
export type Perform = (
  operation: DomainKey,
  request: never,
  application: string,
  manner: Manner,
  version: string,
  rehearsed: boolean,
) => Promise<Performed<DomainKey>>;

/** What an operation answers, in the words of the standard, with what was lenient or noteworthy on the way. */
export type Performed<K extends DomainKey> = (
  | { readonly response: DomainOperations[K]['response'] }
  | { readonly fault: PaymentFault; readonly refusal: Refusal }
) & {
  readonly notes: readonly string[];
  /** The numbers of the transactions made. */
  readonly transactions?: readonly number[];
};

/** The numbers of the transactions of a decision that is written. */
export function transactionsOf({ transactions, firstTransaction }: Effects): readonly number[] {
  if (firstTransaction === undefined) return NO_TRANSACTIONS;
  return transactions.map((_transaction, index) => firstTransaction + index);
}

export const NO_TRANSACTIONS: readonly number[] = [];
