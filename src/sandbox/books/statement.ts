// The statement of one subscriber: every movement and hold of a period with the balance after it, and the bill.
import type { PartyKind, Transfer, Wallet } from '../../ledger/model';
import type { Micros } from '../../ledger/money';
import { identifierOf } from '../../ledger/reservation-identifier';
import type { Instant } from '../../ledger/time';
import type { RecordedTransaction } from '../../store/journal';
import { amountText, type Inquiry, QuestionError, subscriberOf } from './inquiry';

export interface StatementQuestion {
  readonly subscriber: string;
  readonly currency?: string;
  readonly since?: Instant;
  /** The first instant that is too late. */
  readonly until?: Instant;
}

/** Amounts are decimal texts; a balance is what was paid in less what was paid out, before any credit limit. */
export interface Statement {
  readonly subscriber: string;
  readonly wallets: readonly WalletStatement[];
  /** What the subscriber's bill shows for sessions that ended in the period. */
  readonly bill: readonly BillLine[];
}

export interface WalletStatement {
  readonly currency: string;
  readonly opening: string;
  readonly lines: readonly StatementLine[];
  readonly closing: string;
  /** At the end of the period. */
  readonly held: string;
}

export interface StatementLine {
  readonly transaction: number;
  readonly at: Instant;
  /** A capture is a `charge` after the `release` of what it takes out of its reservation. */
  readonly kind: 'top-up' | 'withdrawal' | 'charge' | 'refund' | 'hold' | 'release';
  readonly application?: string;
  readonly reference?: string;
  /** The identifier of the reservation it belongs to. */
  readonly reservation?: string;
  /** Below zero for what leaves the balance, or is held from it. */
  readonly amount: string;
  /** After this line. */
  readonly balance: string;
  readonly held: string;
}

export interface BillLine {
  readonly transaction: number;
  readonly at: Instant;
  readonly kind: 'charge' | 'refund';
  readonly application: string;
  readonly texts: readonly string[];
  readonly amount: string;
  readonly currency: string;
}

/** Throws QuestionError for somebody whom the ledger does not know. */
export function statementOf(inquiry: Inquiry, question: StatementQuestion): Statement {
  const { currency } = question;
  const { read } = inquiry.ledger;
  const subscriber = subscriberOf(inquiry, question) ?? question.subscriber;
  const wallets = read
    .wallets(subscriber)
    .filter((wallet) => wallet.currency === (currency ?? wallet.currency));
  if (wallets.length === 0 && !read.subscribers().some((each) => each.subscriber === subscriber)) {
    throw new QuestionError(`The ledger knows no subscriber ${subscriber}.`);
  }
  const transactions = read.transactions({ subscriber });
  const bill = read
    .billEntries(subscriber)
    .filter((entry) => entry.currency === (currency ?? entry.currency))
    .filter(({ at }) => isWithin(at, question));
  return {
    subscriber,
    wallets: wallets.map((wallet) => walletStatement(inquiry, wallet, transactions, question)),
    bill: bill.map(({ session, at, kind, application, texts, amount, ...entry }) => ({
      transaction: session,
      at,
      kind,
      application,
      texts,
      amount: amountText(inquiry, amount, entry.currency),
      currency: entry.currency,
    })),
  };
}

interface Standing {
  readonly balance: Micros;
  readonly held: Micros;
}

function walletStatement(
  inquiry: Inquiry,
  { subscriber, currency }: Wallet,
  transactions: readonly RecordedTransaction[],
  period: StatementQuestion,
): WalletStatement {
  const text = (amount: Micros) => amountText(inquiry, amount, currency);
  let standing: Standing = { balance: 0n, held: 0n };
  let opening = standing;
  const lines: StatementLine[] = [];
  for (const transaction of transactions) {
    if (period.until !== undefined && transaction.at >= period.until) break;
    for (const transfer of transaction.transfers) {
      if (transfer.currency !== currency || !isOf(transfer, subscriber)) continue;
      const isPaidOut = transfer.debit.kind === 'subscriber';
      const amount = isPaidOut ? -transfer.amount : transfer.amount;
      standing =
        transfer.layer === 'posted'
          ? { ...standing, balance: standing.balance + amount }
          : { ...standing, held: standing.held - amount };
      if (!isWithin(transaction.at, period)) {
        opening = standing;
        continue;
      }
      lines.push({
        ...aboutTransaction(transaction, inquiry.ledger.series),
        kind: kindOf(transfer, isPaidOut),
        amount: text(amount),
        balance: text(standing.balance),
        held: text(standing.held),
      });
    }
  }
  return {
    currency,
    opening: text(opening.balance),
    lines,
    closing: text(standing.balance),
    held: text(standing.held),
  };
}

function isWithin(at: Instant, { since, until }: StatementQuestion): boolean {
  return (since === undefined || at >= since) && (until === undefined || at < until);
}

function isOf({ debit, credit }: Transfer, subscriber: string): boolean {
  const party = debit.kind === 'subscriber' ? debit : credit;
  return party.owner === subscriber;
}

function kindOf({ layer, debit, credit }: Transfer, isPaidOut: boolean): StatementLine['kind'] {
  if (layer === 'pending') return isPaidOut ? 'hold' : 'release';
  const other: PartyKind = isPaidOut ? credit.kind : debit.kind;
  if (other === 'operator') return isPaidOut ? 'withdrawal' : 'top-up';
  return isPaidOut ? 'charge' : 'refund';
}

function aboutTransaction(transaction: RecordedTransaction, series: number) {
  const { number, at, application, referenceCode, reservation } = transaction;
  return {
    transaction: number,
    at,
    ...(application !== undefined && { application }),
    ...(referenceCode !== undefined && { reference: referenceCode }),
    ...(reservation !== undefined && { reservation: identifierOf(reservation, series) }),
  };
}
