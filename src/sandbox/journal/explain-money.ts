// Which money an exchange moved, with the balances after it. Knows the ledger and nothing of messages.
import type { Party, Transfer } from '../../ledger/model';
import type { RecordedTransaction } from '../../store/journal';
import { amountText, type Inquiry } from '../books/inquiry';
import { statementOf } from '../books/statement';
import type { ExplainedLine, ExplainedStep, ExplainedTransfer, Movement } from './explanation';
import type { JournalRecord } from './journal-record';

/** In the order in which they were booked; none where the ledger has been made another one since. */
export function transfersOf(
  inquiry: Inquiry,
  record: JournalRecord,
  shown: (text: string) => string,
): readonly ExplainedTransfer[] {
  const { read } = inquiry.ledger;
  return (record.transactions ?? []).flatMap((number) => {
    const [transaction] = read.transactions({ after: number - 1, limit: 1 });
    if (transaction === undefined || !isOf(transaction, record)) return [];
    return transaction.transfers.map((transfer): ExplainedTransfer => {
      const { currency, amount } = transfer;
      return {
        transaction: number,
        movement: movementOf(transfer),
        from: shown(partyText(transfer.debit)),
        to: shown(partyText(transfer.credit)),
        amount: amountText(inquiry, amount, currency),
        currency,
        ...standingAfter(inquiry, transfer, number),
      };
    });
  });
}

/** What was done with money in one clause of a sentence; wallets that were opened on the way are left out. */
export function moneyText(transfers: readonly ExplainedTransfer[]): string {
  const told = transfers.filter(({ movement }) => movement !== 'topped up');
  if (told.length === 0) return 'no money moved';
  return told
    .map(({ amount, currency, movement, from, to }) => {
      const isBack = movement === 'refunded' || movement === 'freed';
      return `${amount} ${currency} ${movement} ${isBack ? `to ${to}` : `from ${from}`}`;
    })
    .join(', ');
}

export function moneyStep(
  { transactions = [], fault, injected, referenceCode }: JournalRecord,
  transfers: readonly ExplainedTransfer[],
): ExplainedStep {
  const isRepeat = fault === undefined && injected === undefined && referenceCode !== undefined;
  const nothing = `nothing was booked${isRepeat ? ': an identical repeat, answered as before' : ''}`;
  const unknown = transfers.length === 0 ? ', which moved no money or is there no more' : '';
  const text =
    transactions.length === 0 ? nothing : `transaction ${transactions.join(', ')}${unknown}`;
  return {
    step: 'money',
    outcome: transactions.length === 0 ? 'noted' : 'passed',
    text,
    lines: transfers.map(lineOf),
  };
}

function lineOf(transfer: ExplainedTransfer): ExplainedLine {
  const { transaction, movement, from, to, amount, currency, balance, held } = transfer;
  const text = `transaction ${transaction}: ${amount} ${currency} ${movement}, from ${from} to ${to}; balance ${balance}, held ${held}`;
  return { outcome: 'passed', text };
}

function movementOf({ layer, debit, credit }: Transfer): Movement {
  const isPayer = debit.kind === 'subscriber';
  if (layer === 'pending') return isPayer ? 'held' : 'freed';
  if (debit.kind === 'operator') return 'topped up';
  if (credit.kind === 'operator') return 'paid out';
  return isPayer ? 'charged' : 'refunded';
}

/** A number says little of a ledger that was reset or restored. */
function isOf(
  { kind, application, referenceCode, at }: RecordedTransaction,
  record: JournalRecord,
) {
  if (kind === 'provision') return true;
  return (
    application === record.application &&
    (referenceCode === undefined || referenceCode === record.referenceCode) &&
    at >= record.at
  );
}

function partyText({ kind, owner }: Party): string {
  if (kind === 'subscriber') return owner;
  return kind === 'operator' ? 'the operator' : `application ${owner}`;
}

/** Of the one subscriber that every transfer has. */
function standingAfter(inquiry: Inquiry, { debit, credit, currency }: Transfer, number: number) {
  const subscriber = debit.kind === 'subscriber' ? debit.owner : credit.owner;
  const [wallet] = statementOf(inquiry, { subscriber, currency }).wallets;
  const lines = wallet?.lines.filter(({ transaction }) => transaction <= number) ?? [];
  const { balance = '', held = '' } = lines[lines.length - 1] ?? {};
  return { balance, held };
}
