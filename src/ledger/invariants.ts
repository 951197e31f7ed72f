// What must be true of every ledger at every commit, in words. The audit proves it.

/** What each invariant says; docs and reports show these. */
export const INVARIANTS = {
  I1: 'every transfer moves an amount above zero between two different accounts in one transaction',
  I2: 'the counters of a wallet are the sums of its transfers',
  I3: 'no wallet is below its credit limit',
  I4: 'what a wallet holds is what its open reservations have left',
  I5: 'a reservation has charged between nothing and all that it reserved',
  I6: 'a reservation is open exactly as long as no transaction has closed it, and it is closed once',
  I7: 'what a reservation has charged is the sum of its captures',
  I8: 'what a charge notes as refunded is the sum of the refunds that name it, and those that must stay within it do',
  I9: 'a reference code belongs to a transaction that carries it, and its uses are counted without gaps',
  I10: 'transactions are numbered without gaps and their time never goes back',
  I12: 'no reservation is open past its time',
  I13: 'what wallets have, applications and the operator lack: all posted money sums to zero in each currency',
  I14: 'no transfer crosses currencies, and none of a reservation touches another wallet than its own',
  I17: 'evidence is what the transactions that issued and steered it made it, and one charge uses it at a time, until that is refunded in full',
  I18: 'the history of a wallet leads back over every transaction that moved its money',
} as const;

export type Invariant = keyof typeof INVARIANTS;

export interface Violation {
  readonly invariant: Invariant;
  /** What is wrong, where, as a sentence. */
  readonly sentence: string;
}

/** Notes a violation. */
export type Report = (invariant: Invariant, sentence: string) => void;
