// How often and how much was charged, as the ledger has it: exactly once, at most once, never, and net of refunds.
import type { Micros } from '../../ledger/money';
import type { Instant } from '../../ledger/time';
import type { Posting } from '../../store/postings';
import { maskedAddresses, maskedReference } from '../journal/masking';
import {
  amountAsked,
  amountText,
  type Inquiry,
  listText,
  type MoneyQuestion,
  moneyText,
  postingsFor,
  scopeText,
  subscriberOf,
} from './inquiry';
import { Verdict } from './verdict';

export interface ChargeQuestion extends MoneyQuestion {
  /** What a charge came to, as a decimal; of a split with a `subscriber`, that share alone. */
  readonly amount?: string;
}

/** One transaction that charged: directly, or a part of a reservation. */
export interface ChargeFound {
  readonly transaction: number;
  readonly at: Instant;
  readonly application: string;
  readonly reference: string;
  /** Whoever of its payers the question is about. */
  readonly subscribers: readonly string[];
  /** What those payers were charged. */
  readonly amount: string;
  readonly currency: string;
}

export interface ChargeDetails {
  readonly times: number;
  readonly charges: readonly ChargeFound[];
}

/** How often it may have been: the two bounds are included. */
export interface Times {
  readonly least: number;
  readonly most: number;
}

/** Whether what is asked was charged so often. */
export function judgeCharges(
  inquiry: Inquiry,
  question: ChargeQuestion,
  { least, most }: Times,
): Verdict<ChargeDetails> {
  const charges = chargesFound(inquiry, question);
  const times = charges.length;
  const sentence = sentenceFor(inquiry, question, charges, least > 0);
  return new Verdict(times >= least && times <= most, sentence, { times, charges });
}

export interface NetDetails {
  /** By currency, `charged` less `refunded`. */
  readonly sums: readonly {
    readonly currency: string;
    readonly charged: string;
    readonly refunded: string;
    readonly net: string;
  }[];
}

/** Whether what was charged less what was refunded is `amount`; nothing at all is zero in any currency. */
export function judgeNet(
  inquiry: Inquiry,
  question: MoneyQuestion,
  amount: string,
): Verdict<NetDetails> {
  const wanted = amountAsked(amount);
  const postings = postingsFor(inquiry, question);
  const sums = sumsOf(postings);
  const payers = [
    ...concerned(inquiry, question, []),
    ...postings.map(({ subscriber }) => subscriber),
  ];
  const details = sums.map(({ currency, charged, refunded }) => ({
    currency,
    charged: amountText(inquiry, charged, currency),
    refunded: amountText(inquiry, refunded, currency),
    net: amountText(inquiry, charged - refunded, currency),
  }));
  const [only, ...others] = sums;
  const holds = others.length === 0 && netOf(only) === wanted;
  const about = `The net charge${ofWhom(inquiry, question)}${scopeText(question, payers)}`;
  const expected = only === undefined ? amount : amountText(inquiry, wanted, only.currency);
  const found = details
    .map(({ net, currency, charged, refunded }) => {
      return `${net} ${currency} (charged ${charged}, refunded ${refunded})`;
    })
    .join(' and ');
  const difference = holds ? '' : `, not ${expected}`;
  const hint = others.length === 0 ? '' : '; name the currency';
  const sentence = `${about} is ${found || '0: nothing was charged'}${difference}${hint}.`;
  return new Verdict(holds, sentence, { sums: details });
}

interface Sums {
  readonly currency: string;
  readonly charged: Micros;
  readonly refunded: Micros;
}

function netOf(sums: Sums | undefined): Micros {
  return sums === undefined ? 0n : sums.charged - sums.refunded;
}

function sumsOf(postings: readonly Posting[]): readonly Sums[] {
  const byCurrency = new Map<string, Sums>();
  for (const { currency, kind, amount } of postings) {
    const { charged, refunded } = byCurrency.get(currency) ?? { charged: 0n, refunded: 0n };
    byCurrency.set(
      currency,
      kind === 'refund'
        ? { currency, charged, refunded: refunded + amount }
        : { currency, charged: charged + amount, refunded },
    );
  }
  return [...byCurrency.values()];
}

function chargesFound(inquiry: Inquiry, question: ChargeQuestion): ChargeFound[] {
  const { amount } = question;
  const wanted = amount === undefined ? undefined : amountAsked(amount);
  const byTransaction = new Map<number, Posting[]>();
  for (const posting of postingsFor(inquiry, question)) {
    if (posting.kind === 'refund') continue;
    const parts = byTransaction.get(posting.transaction);
    if (parts === undefined) byTransaction.set(posting.transaction, [posting]);
    else parts.push(posting);
  }
  return [...byTransaction.values()].flatMap((parts) => {
    const [first] = parts;
    const total = parts.reduce((sum, part) => sum + part.amount, 0n);
    if (first === undefined || (wanted !== undefined && total !== wanted)) return [];
    const { transaction, at, application, referenceCode: reference, currency } = first;
    return {
      transaction,
      at,
      application,
      reference,
      subscribers: parts.map(({ subscriber }) => subscriber),
      amount: amountText(inquiry, total, currency),
      currency,
    };
  });
}

/** `tel:+15****00 was charged 2 times for 10.00 EUR under reference r-1: transactions 12 and 15.` */
function sentenceFor(
  inquiry: Inquiry,
  question: ChargeQuestion,
  charges: readonly ChargeFound[],
  isMissed: boolean,
): string {
  const who = whoIn(inquiry, question, charges);
  const scope = scopeText(question, concerned(inquiry, question, charges));
  if (charges.length === 0) {
    const asked = amountPhrase(inquiry, question);
    const others = isMissed ? nearest(inquiry, question) : '';
    return `${who} was${who === 'Nobody' ? '' : ' not'} charged${asked}${scope}${others}.`;
  }
  const prices = new Set(charges.map(({ amount, currency }) => `${amount} ${currency}`));
  const price = prices.size === 1 ? ` for ${[...prices][0]}` : '';
  const each = price !== '' && charges.length > 1 ? ' each' : '';
  const times = charges.length === 1 ? 'once' : `${charges.length} times`;
  const numbers = charges.map(({ transaction, amount, currency }) =>
    prices.size === 1 ? transaction : `${transaction} (${amount} ${currency})`,
  );
  const noun = charges.length === 1 ? 'transaction' : 'transactions';
  const verb = who.includes(' and ') ? 'were' : 'was';
  return `${who} ${verb} charged ${times}${price}${each}${scope}: ${noun} ${listText(numbers)}.`;
}

/** Whose numbers are hidden in a sentence. */
function concerned(
  inquiry: Inquiry,
  question: MoneyQuestion,
  charges: readonly ChargeFound[],
): readonly string[] {
  const asked = subscriberOf(inquiry, question);
  return [...(asked === undefined ? [] : [asked]), ...charges.flatMap((each) => each.subscribers)];
}

/** The subscriber in question, or the only one found. */
function whoIn(
  inquiry: Inquiry,
  question: ChargeQuestion,
  charges: readonly ChargeFound[],
): string {
  const asked = subscriberOf(inquiry, question);
  if (asked !== undefined) return maskedAddresses(asked);
  const found = [...new Set(charges.flatMap(({ subscribers }) => subscribers))];
  return found.length === 0 ? 'Nobody' : listText(found.map((each) => maskedAddresses(each)));
}

function amountPhrase(inquiry: Inquiry, { amount, currency }: ChargeQuestion): string {
  if (amount === undefined) return currency === undefined ? '' : ` in ${currency}`;
  if (currency === undefined) return ` for ${amount}`;
  return ` for ${moneyText(inquiry, amountAsked(amount), currency)}`;
}

/** What there is instead, when only the reference, or only the subscriber, is asked for. */
function nearest(inquiry: Inquiry, { reference, subscriber, ...narrower }: ChargeQuestion): string {
  const wider =
    reference === undefined ? { ...(subscriber !== undefined && { subscriber }) } : { reference };
  const isNarrower =
    Object.values(narrower).some((value) => value !== undefined) ||
    (reference !== undefined && subscriber !== undefined);
  if (!isNarrower) return '';
  const found = chargesFound(inquiry, wider).map(
    ({ transaction, subscribers, amount, currency, application, reference: code }) => {
      const payers = listText(subscribers.map((each) => maskedAddresses(each)));
      const masked = maskedReference(code, subscribers);
      return `${payers} was charged ${amount} ${currency} by ${application} under reference ${masked} (transaction ${transaction})`;
    },
  );
  return found.length === 0 ? '' : `; but ${listText(found.slice(0, 3))}`;
}

function ofWhom(inquiry: Inquiry, question: MoneyQuestion): string {
  const subscriber = subscriberOf(inquiry, question);
  return subscriber === undefined ? '' : ` of ${maskedAddresses(subscriber)}`;
}
