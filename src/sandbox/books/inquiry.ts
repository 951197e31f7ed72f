// What every question about a ledger needs: the ledger, its terms, its time, and how to read and write what people name.
import { formatMicros, type Micros, parseMicros } from '../../ledger/money';
import type { TermsOf } from '../../ledger/terms';
import type { Instant } from '../../ledger/time';
import { normaliseAddress } from '../../payment/address';
import type { Ledger } from '../../store/ledger';
import type { Posting, PostingFilter } from '../../store/postings';
import { maskedReference } from '../journal/masking';
import { isoTime } from '../time/clock';

export interface Inquiry {
  readonly ledger: Pick<Ledger, 'read' | 'reservation' | 'audit' | 'digest' | 'series'>;
  readonly terms: TermsOf;
  readonly now: () => Instant;
}

/** Whose money a question is about: all that is named must be so. */
export interface MoneyQuestion {
  /** In any spelling that a request may have. */
  readonly subscriber?: string;
  readonly application?: string;
  /** The referenceCode of the requests. */
  readonly reference?: string;
  /** An ISO 4217 code. */
  readonly currency?: string;
  readonly since?: Instant;
  /** The first instant that is too late. */
  readonly until?: Instant;
}

/** A question that makes no sense; its message says what is wrong with it. */
export class QuestionError extends Error {
  override readonly name = 'QuestionError';
  readonly code = 'INVALID_QUESTION';

  constructor(
    message: string,
    /** What to ask instead, a sentence. */
    readonly hint?: string,
  ) {
    super(message);
  }
}

/**
 * The question with the code of its currency, which requests may spell otherwise. Throws QuestionError for one that is
 * not known: nothing was ever charged in it, and that answers no question.
 */
export function inKnownCurrency<Q extends { readonly currency?: string }>(
  { terms }: Pick<Inquiry, 'terms'>,
  question: Q,
): Q {
  const { currency } = question;
  if (currency === undefined) return question;
  const { currencies } = terms('');
  const code = currencies.resolve(currency.trim());
  if (code !== undefined) return code === currency ? question : { ...question, currency: code };
  const meant = currencies.resolve(currency.trim().toUpperCase());
  throw new QuestionError(
    `The currency "${currency.slice(0, 40)}" is not known.`,
    meant === undefined ? 'Name a code of ISO 4217 such as EUR.' : `Did you mean ${meant}?`,
  );
}

/** The postings that a question is about. Throws QuestionError. */
export function postingsFor(inquiry: Inquiry, question: MoneyQuestion): readonly Posting[] {
  const { reference, application, currency, since, until } = question;
  const subscriber = subscriberOf(inquiry, question);
  const filter: PostingFilter = {
    ...(subscriber !== undefined && { subscriber }),
    ...(application !== undefined && { application }),
    ...(reference !== undefined && { referenceCode: reference }),
    ...(currency !== undefined && { currency }),
    ...(since !== undefined && { since }),
    ...(until !== undefined && { until }),
  };
  return inquiry.ledger.read.postings(filter);
}

/** The normal form of the subscriber in question, as the ledger knows it. Throws QuestionError. */
export function subscriberOf(
  { terms }: Inquiry,
  { subscriber, application = '' }: Pick<MoneyQuestion, 'subscriber' | 'application'>,
): string | undefined {
  if (subscriber === undefined) return undefined;
  const found = normaliseAddress(subscriber.trim(), terms(application).countryCode);
  if (found !== undefined) return found.address;
  throw new QuestionError(
    `"${subscriber}" is no subscriber; name one address such as tel:+15550100.`,
    'Addresses look like tel:+15550100.',
  );
}

/** Throws QuestionError for what is no decimal. */
export function amountAsked(amount: string): Micros {
  const micros = parseMicros(amount.trim());
  if (micros !== undefined) return micros;
  throw new QuestionError(
    `"${amount}" is no amount; write a decimal such as "10.00".`,
    'Amounts are decimals such as "10.00".',
  );
}

/** `10.00`, with the digits of the currency. */
export function amountText({ terms }: Inquiry, amount: Micros, currency: string): string {
  return formatMicros(amount, terms('').currencies.exponent(currency));
}

/** `10.00 EUR`. */
export function moneyText(inquiry: Inquiry, amount: Micros, currency: string): string {
  return `${amountText(inquiry, amount, currency)} ${currency}`;
}

/**
 * ` by shop under reference r-1 since 2026-01-31T09:30:00.000Z`: what narrows a question, for a sentence in which the
 * numbers of `subscribers` are hidden.
 */
export function scopeText(
  { application, reference, since, until }: MoneyQuestion,
  subscribers: readonly string[],
): string {
  return [
    application === undefined ? '' : ` by ${application}`,
    reference === undefined ? '' : ` under reference ${maskedReference(reference, subscribers)}`,
    since === undefined ? '' : ` since ${isoTime(since)}`,
    until === undefined ? '' : ` before ${isoTime(until)}`,
  ].join('');
}

/** `1`, `1 and 2`, `1, 2 and 3`; of many, the first and how many more. */
export function listText(items: readonly (string | number)[]): string {
  const most = 10;
  if (items.length > most) {
    return `${items.slice(0, most).join(', ')} and ${items.length - most} more`;
  }
  return items.length < 2
    ? items.join('')
    : `${items.slice(0, -1).join(', ')} and ${items[items.length - 1]}`;
}
