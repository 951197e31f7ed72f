// The audit of the journal: transactions in order, transfers that are sound, and what they come to.

import type { RefundAudit } from './audit-refunds';
import type {
  AuditedAccount,
  AuditedBooks,
  AuditedTransaction,
  AuditedTransfer,
} from './audited-books';
import type { Report } from './invariants';
import type { Micros } from './money';

/** An account with what the journal says of it. */
export interface AccountSums {
  readonly account: AuditedAccount;
  readonly name: string;
  credits: Micros;
  debits: Micros;
  held: Micros;
  /** What its open reservations have left. */
  reserved: Micros;
  /** The last transaction that moved money of this account, and the one before it. */
  latest: number | undefined;
  previous: number | undefined;
}

/** What the journal says of one reservation. */
export interface SessionSums {
  held: Micros;
  captured: Micros;
  readonly closers: AuditedTransaction[];
  readonly wallets: Set<number>;
}

export interface JournalSums {
  readonly sessions: ReadonlyMap<number, SessionSums>;
  readonly lastTransaction: AuditedTransaction | undefined;
  /** How many transactions issued evidence. */
  readonly issues: number;
}

/**
 * Walks transactions and transfers side by side, both in order of number, and adds up `accounts` on the way. `refunds`
 * sees all that is sound.
 */
export function auditJournal(
  books: AuditedBooks,
  accounts: ReadonlyMap<number, AccountSums>,
  refunds: RefundAudit,
  report: Report,
): JournalSums {
  const sessions = new Map<number, SessionSums>();
  const transfers = books.transfers()[Symbol.iterator]();
  let transfer = transfers.next();
  let last: AuditedTransaction | undefined;
  let issues = 0;
  for (const transaction of books.transactions()) {
    auditOrder(transaction, last, report);
    last = transaction;
    if (transaction.kind === 'issue') issues += 1;
    refunds.begin(transaction);
    const session = sessionOf(sessions, transaction);
    while (transfer.done !== true && transfer.value.transaction <= transaction.number) {
      if (transfer.value.transaction < transaction.number) reportOrphan(transfer.value, report);
      else {
        auditTransfer(transfer.value, transaction, session, accounts, report);
        refunds.add(transfer.value);
      }
      transfer = transfers.next();
    }
  }
  for (; transfer.done !== true; transfer = transfers.next()) reportOrphan(transfer.value, report);

  if ((last?.number ?? 0) !== books.transactionCount) {
    report(
      'I10',
      `the ledger counts ${books.transactionCount} transactions and its last has number ${last?.number ?? 0}`,
    );
  }
  if (last !== undefined && last.at > books.ledgerTime) {
    report('I10', `transaction ${last.number} is later than ledger time ${books.ledgerTime}`);
  }
  return { sessions, lastTransaction: last, issues };
}

function auditOrder(
  { number, at }: AuditedTransaction,
  previous: AuditedTransaction | undefined,
  report: Report,
): void {
  const expected = (previous?.number ?? 0) + 1;
  if (number !== expected) {
    report('I10', `transaction ${number} follows where number ${expected} belongs`);
  }
  if (previous !== undefined && at < previous.at) {
    report('I10', `transaction ${number} is earlier than the one before it`);
  }
}

function reportOrphan({ transaction, line }: AuditedTransfer, report: Report): void {
  report('I1', `transfer ${transaction}/${line} belongs to no transaction`);
}

function auditTransfer(
  transfer: AuditedTransfer,
  { number, kind }: AuditedTransaction,
  session: SessionSums | undefined,
  accounts: ReadonlyMap<number, AccountSums>,
  report: Report,
): void {
  const { line, layer, amount } = transfer;
  const debit = accounts.get(transfer.debit);
  const credit = accounts.get(transfer.credit);
  if (debit === undefined || credit === undefined) {
    report('I1', `transfer ${number}/${line} names an account that does not exist`);
    return;
  }
  if (debit === credit) report('I1', `transfer ${number}/${line} goes from an account to itself`);
  if (amount <= 0n) report('I1', `transfer ${number}/${line} moves ${amount} micros`);
  if (debit.account.currency !== credit.account.currency) {
    report('I14', `transfer ${number}/${line} goes from ${debit.name} to ${credit.name}`);
  }
  auditChain(transfer, debit.account.kind === 'subscriber' ? debit : credit, report);

  if (layer === 'posted') {
    debit.debits += amount;
    credit.credits += amount;
    if (session === undefined || kind !== 'capture') return;
    session.captured += amount;
  } else {
    debit.held += amount;
    credit.held -= amount;
    if (session === undefined) {
      report('I4', `transfer ${number}/${line} holds money for no reservation`);
      return;
    }
    session.held += debit.account.kind === 'subscriber' ? amount : -amount;
  }
  session.wallets.add(debit.account.kind === 'subscriber' ? transfer.debit : transfer.credit);
}

function auditChain(
  { transaction, line, previous }: AuditedTransfer,
  wallet: AccountSums,
  report: Report,
): void {
  if (wallet.latest !== transaction) {
    wallet.previous = wallet.latest;
    wallet.latest = transaction;
  }
  if (previous === wallet.previous) return;
  report(
    'I18',
    `transfer ${transaction}/${line} leads ${wallet.name} back to ${previous}, not to ${wallet.previous}`,
  );
}

function sessionOf(
  sessions: Map<number, SessionSums>,
  transaction: AuditedTransaction,
): SessionSums | undefined {
  const { reservation, kind } = transaction;
  if (reservation === undefined) return undefined;
  let session = sessions.get(reservation);
  if (session === undefined) {
    session = { held: 0n, captured: 0n, closers: [], wallets: new Set() };
    sessions.set(reservation, session);
  }
  if (kind === 'release' || kind === 'expire') session.closers.push(transaction);
  return session;
}
