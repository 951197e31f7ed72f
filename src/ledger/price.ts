// From the charging information of a request to one exact amount in one currency (clause 8.1.1.1, SVC0007).
import { MONEY_LIMITS } from '../limits';
import type { Charge } from './commands';
import { billableStep, type Micros } from './money';
import { type Refusal, refuse } from './refusal';
import type { Terms } from './terms';

export interface Price {
  readonly currency: string;
  /** May be zero or negative: only the caller knows what its operation takes. */
  readonly amount: Micros;
}

/** The price of charging information whose currency, when absent, is the policy's. */
export function priceOf(charge: Charge, terms: Terms): Price | Refusal {
  const currency = namedCurrency(charge, terms) ?? terms.policy.Currency;
  if (typeof currency !== 'string') return currency;
  const price = amountOf(charge, terms, currency, charge.currency === undefined);
  return 'amount' in price ? exact(price, terms) : price;
}

/**
 * The price of charging information against a reservation, whose currency is settled:
 * a request may repeat it but not change it (clauses 8.3.2.1, 8.3.3.1).
 */
export function priceWithin(charge: Charge, terms: Terms, established: string): Price | Refusal {
  const currency = namedCurrency(charge, terms) ?? established;
  if (typeof currency !== 'string') return currency;
  if (currency !== established) {
    return invalid(`the reservation is in ${established}, the request names ${currency}`);
  }
  const price = amountOf(charge, terms, currency, false);
  return 'amount' in price ? exact(price, terms) : price;
}

/**
 * What is wrong with charging information whatever its reservation turns out to be: when it names no currency,
 * precision can only be judged against the reservation's.
 */
export function unusable(charge: Charge, terms: Terms): Refusal | undefined {
  const named = namedCurrency(charge, terms);
  if (named !== undefined && typeof named !== 'string') return named;
  const price = amountOf(charge, terms, named ?? terms.policy.Currency, named === undefined);
  if (!('amount' in price)) return price;
  const judged = named === undefined ? price : exact(price, terms);
  return 'amount' in judged ? undefined : judged;
}

export function invalid(detail: string): Refusal {
  return refuse('charging_information', detail);
}

function namedCurrency(charge: Charge, terms: Terms): string | Refusal | undefined {
  if (charge.currency === undefined) return undefined;
  const currency = terms.currencies.resolve(charge.currency);
  return currency ?? invalid(`the currency "${charge.currency}" is not known`);
}

/**
 * The amount wins over the code unless the terms say otherwise. A code's price is the one in `currency`;
 * failing that, and only when `anyCurrency`, the first one in the price list.
 */
function amountOf(
  charge: Charge,
  terms: Terms,
  currency: string,
  anyCurrency: boolean,
): Price | Refusal {
  const { amount, code } = charge;
  if (amount === undefined && code === undefined)
    return invalid('neither amount nor code is there');
  const stated =
    amount === undefined
      ? undefined
      : { currency, amount: inUnits(charge, amount, terms, currency) };
  if (stated !== undefined && (code === undefined || !terms.codeWins)) return stated;

  const ofCode = terms.prices.filter((price) => price.code === code);
  const inCurrency = ofCode.find((price) => price.currency === currency);
  const price = inCurrency ?? (anyCurrency ? ofCode[0] : undefined);
  if (price !== undefined) return price;
  if (stated !== undefined) return stated;
  return invalid(`no price for the code "${code}" in ${currency}`);
}

/** Which currency an amount is in is settled only here: a reservation may have another than the policy's. */
function inUnits({ inMinorUnits }: Charge, amount: Micros, terms: Terms, currency: string): Micros {
  return inMinorUnits ? amount / 10n ** BigInt(terms.currencies.exponent(currency)) : amount;
}

function exact(price: Price, terms: Terms): Price | Refusal {
  const { amount, currency } = price;
  if (terms.allowedCurrencies !== undefined && !terms.allowedCurrencies.has(currency)) {
    return invalid(`charging in ${currency} is not allowed`);
  }
  if (amount > MONEY_LIMITS.amountMicros || -amount > MONEY_LIMITS.amountMicros) {
    return invalid('the amount is beyond the largest one');
  }
  const exponent = terms.currencies.exponent(currency);
  if (amount % billableStep(exponent) !== 0n) {
    return invalid(`the amount has more than the ${exponent} fraction digits of ${currency}`);
  }
  return price;
}
