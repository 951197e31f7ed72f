// What each application is owed for a period: charged, refunded, net and how often, by currency.
import type { Micros } from '../../ledger/money';
import type { Posting } from '../../store/postings';
import { amountText, type Inquiry, type MoneyQuestion, postingsFor } from './inquiry';

export type SettlementQuestion = Pick<
  MoneyQuestion,
  'application' | 'currency' | 'since' | 'until'
>;

export interface SettlementLine {
  readonly application: string;
  readonly currency: string;
  readonly charged: string;
  readonly refunded: string;
  /** Below zero when more was refunded than charged. */
  readonly net: string;
  /** Transactions, whatever the number of their payers; free ones too. */
  readonly charges: number;
  readonly refunds: number;
}

/** By application and currency; its work grows with what was charged in all. */
export function settlementOf(
  inquiry: Inquiry,
  question: SettlementQuestion = {},
): readonly SettlementLine[] {
  const sums = new Map<string, Sums>();
  for (const posting of postingsFor(inquiry, question)) {
    const { application, currency } = posting;
    const key = JSON.stringify([application, currency]);
    sums.set(key, added(sums.get(key) ?? { ...NOTHING, application, currency }, posting));
  }
  return [...sums.values()]
    .sort(
      (one, other) =>
        compare(one.application, other.application) || compare(one.currency, other.currency),
    )
    .map(({ application, currency, charged, refunded, charges, refunds }) => ({
      application,
      currency,
      charged: amountText(inquiry, charged, currency),
      refunded: amountText(inquiry, refunded, currency),
      net: amountText(inquiry, charged - refunded, currency),
      charges,
      refunds,
    }));
}

interface Sums {
  readonly application: string;
  readonly currency: string;
  readonly charged: Micros;
  readonly refunded: Micros;
  readonly charges: number;
  readonly refunds: number;
  /** The transaction counted last: postings of one come one after another. */
  readonly last: number;
}

const NOTHING = { charged: 0n, refunded: 0n, charges: 0, refunds: 0, last: 0 };

function added(sums: Sums, { kind, amount, transaction }: Posting): Sums {
  const once = transaction === sums.last ? 0 : 1;
  const counted = { ...sums, last: transaction };
  return kind === 'refund'
    ? { ...counted, refunded: sums.refunded + amount, refunds: sums.refunds + once }
    : { ...counted, charged: sums.charged + amount, charges: sums.charges + once };
}

function compare(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
