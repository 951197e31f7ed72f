// Charges that look as if one purchase was paid twice. What it tells are suspicions: an application may mean both.
import type { Micros } from '../../ledger/money';
import type { Instant } from '../../ledger/time';
import type { Posting } from '../../store/postings';
import { maskedAddresses, maskedReference } from '../journal/masking';
import { amountText, type Inquiry, listText, type MoneyQuestion, postingsFor } from './inquiry';
import { Verdict } from './verdict';

export interface SuspectQuestion extends Omit<MoneyQuestion, 'reference'> {
  /** How close two charges of the same amount are that may be one; five minutes when absent. */
  readonly withinMs?: number;
}

export interface Suspect {
  /** The same amount again under another reference, or the same reference applied again. */
  readonly reason: 'same amount' | 'same reference';
  readonly application: string;
  readonly subscriber: string;
  readonly currency: string;
  /** In the order in which they were made; two at least. */
  readonly charges: readonly {
    readonly transaction: number;
    readonly at: Instant;
    readonly reference: string;
    readonly amount: string;
  }[];
}

const WITHIN_MS = 300_000;

export function doubleChargeSuspects(
  inquiry: Inquiry,
  question: SuspectQuestion,
): readonly Suspect[] {
  const { withinMs = WITHIN_MS } = question;
  const charges = postingsFor(inquiry, question).filter(({ kind }) => kind !== 'refund');
  const groups = [
    ...grouped(charges, keyOfReference, () => true).map(suspect('same reference')),
    ...grouped(charges.filter(hasPrice), keyOfAmount, (last, next) => next.at - last.at <= withinMs)
      .filter((group) => new Set(group.map(({ referenceCode }) => referenceCode)).size > 1)
      .filter(isNotOneSession)
      .map(suspect('same amount')),
  ];
  return groups
    .sort((one, other) => firstOf(one) - firstOf(other))
    .map(({ reason, parts: [first, ...others] }) => ({
      reason,
      application: first.application,
      subscriber: first.subscriber,
      currency: first.currency,
      charges: [first, ...others].map(({ transaction, at, referenceCode, amount, currency }) => ({
        transaction,
        at,
        reference: referenceCode,
        amount: amountText(inquiry, amount, currency),
      })),
    }));
}

export function judgeNoDoubleCharges(
  inquiry: Inquiry,
  question: SuspectQuestion,
): Verdict<{ readonly suspects: readonly Suspect[] }> {
  const suspects = doubleChargeSuspects(inquiry, question);
  const sentence =
    suspects.length === 0
      ? 'No charge looks like a double of another.'
      : `${suspects.length === 1 ? '1 double charge is' : `${suspects.length} double charges are`} suspected: ${listText(suspects.map(suspectText))}.`;
  return new Verdict(suspects.length === 0, sentence, { suspects });
}

type Parts = readonly [Posting, ...Posting[]];

/** Charges in their order, in groups of two at least; a group goes on as long as the next one `belongs`. */
function grouped(
  charges: readonly Posting[],
  keyOf: (posting: Posting) => string,
  belongs: (last: Posting, next: Posting) => boolean,
): Parts[] {
  const groups: [Posting, ...Posting[]][] = [];
  const current = new Map<string, [Posting, ...Posting[]]>();
  for (const charge of charges) {
    const key = keyOf(charge);
    const group = current.get(key);
    const last = group?.[group.length - 1];
    if (group !== undefined && last !== undefined && belongs(last, charge)) {
      group.push(charge);
      continue;
    }
    const begun: [Posting, ...Posting[]] = [charge];
    current.set(key, begun);
    groups.push(begun);
  }
  return groups.filter(({ length }) => length > 1);
}

function keyOfReference({ application, subscriber, referenceCode }: Posting): string {
  return JSON.stringify([application, subscriber, referenceCode]);
}

function keyOfAmount({ application, subscriber, currency, amount }: Posting): string {
  return JSON.stringify([application, subscriber, currency, String(amount)]);
}

function hasPrice({ amount }: { readonly amount: Micros }): boolean {
  return amount > 0n;
}

/** Parts of one reservation are charged in equal steps where that is how the service is metered. */
function isNotOneSession(parts: Parts): boolean {
  const [first] = parts;
  if (first.reservation === undefined) return true;
  return parts.some(({ reservation }) => reservation !== first.reservation);
}

function suspect(reason: Suspect['reason']) {
  return (parts: Parts) => ({ reason, parts });
}

function firstOf({ parts: [first] }: { readonly parts: Parts }): number {
  return first.transaction;
}

function suspectText({ reason, subscriber, application, currency, charges }: Suspect): string {
  const [first] = charges;
  const numbers = listText(charges.map(({ transaction }) => transaction));
  const references = listText([
    ...new Set(charges.map(({ reference }) => maskedReference(reference, [subscriber]))),
  ]);
  const who = `${maskedAddresses(subscriber)} by ${application}`;
  return reason === 'same reference'
    ? `${who} under the one reference ${references} (transactions ${numbers})`
    : `${who} for ${first?.amount} ${currency} each under references ${references} (transactions ${numbers})`;
}
