// Whether a call is one that a rule means. A match is compiled once; what it asks of a call is worked out when asked.
import { parseMicros } from '../../ledger/money';
import { normaliseAddress } from '../../payment/address';
import type { FaultAmount, FaultMatch } from './rule';

/** What of a call rules may ask for. */
export interface CallFacts {
  /** `AmountCharging.chargeAmount`. */
  readonly operation: string;
  readonly version: string;
  readonly application: string;
  /** In normal form; those of a split all, and of a reservation its owner. */
  readonly subscribers: readonly string[];
  /** In micros, as the request writes it. */
  readonly amount: bigint | undefined;
  readonly currency: string | undefined;
  readonly reference: string | undefined;
}

export type Matcher = (call: CallFacts) => boolean;

/** What is wrong with a match, at a path below it; empty when it can be used. */
export type MatchProblem = (path: readonly PropertyKey[], message: string) => void;

/** Every condition but `nth`, which is counted and not compared. */
export function compileMatch(match: FaultMatch, problem: MatchProblem): Matcher {
  const { operation, version, application, subscriber, amount, currency, reference } = match;
  const conditions: Matcher[] = [];
  if (operation !== undefined) conditions.push(operationMatcher(operation));
  if (version !== undefined) conditions.push((call) => call.version === version);
  if (application !== undefined) conditions.push((call) => call.application === application);
  if (subscriber !== undefined) conditions.push(subscriberMatcher(subscriber, problem));
  if (amount !== undefined) conditions.push(amountMatcher(amount, problem));
  if (currency !== undefined) {
    const wanted = currency.toUpperCase();
    conditions.push((call) => call.currency?.toUpperCase() === wanted);
  }
  if (reference !== undefined) {
    const fits = textMatcher(reference);
    conditions.push((call) => call.reference !== undefined && fits(call.reference));
  }
  return (call) => conditions.every((holds) => holds(call));
}

/** Whether a match asks anything of the message, which nobody has read before it is parsed. */
export function asksTheMessage({ nth: _nth, ...conditions }: FaultMatch): boolean {
  return Object.values(conditions).some((condition) => condition !== undefined);
}

function operationMatcher(operation: string): Matcher {
  if (operation.includes('.')) return (call) => call.operation === operation;
  const end = `.${operation}`;
  return (call) => call.operation.endsWith(end);
}

function subscriberMatcher(text: string, problem: MatchProblem): Matcher {
  const fits = text.includes('..') ? rangeMatcher(text, problem) : addressMatcher(text, problem);
  return (call) => call.subscribers.some(fits);
}

function addressMatcher(text: string, problem: MatchProblem): (address: string) => boolean {
  if (text.endsWith('*')) {
    const beginning = text.slice(0, -1);
    const wanted = /^\+?\d*$/.test(beginning) ? `tel:${beginning}` : beginning;
    return (address) => address.startsWith(wanted);
  }
  const wanted = normaliseAddress(text)?.address;
  if (wanted === undefined) problem(['subscriber'], `${text} names no single subscriber`);
  return (address) => address === wanted;
}

/** Numbers of one length: as texts they compare as they do by value. */
function rangeMatcher(text: string, problem: MatchProblem): (address: string) => boolean {
  const [first, last] = text.split('..', 2).map((end) => normaliseAddress(end.trim())?.address);
  const broken =
    first === undefined || last === undefined || first.length !== last.length || first > last;
  if (broken || !/^tel:\+?\d+$/.test(first) || !/^tel:\+?\d+$/.test(last)) {
    problem(
      ['subscriber'],
      `${text} is no range: expected two numbers of the same length, the lower one first`,
    );
    return () => false;
  }
  return (address) => address.length === first.length && first <= address && address <= last;
}

function amountMatcher(amount: FaultAmount, problem: MatchProblem): Matcher {
  const bound = (value: string | number | undefined, ...path: PropertyKey[]) => {
    if (value === undefined) return undefined;
    const micros = parseMicros(String(value).trim());
    if (micros === undefined) problem(['amount', ...path], `${value} is no amount`);
    return micros;
  };
  const range = typeof amount === 'object';
  const min = range ? bound(amount.min, 'min') : bound(amount);
  const max = range ? bound(amount.max, 'max') : min;
  if (min !== undefined && max !== undefined && min > max) {
    problem(['amount'], 'min is above max');
  }
  return ({ amount: asked }) =>
    asked !== undefined &&
    (min === undefined || asked >= min) &&
    (max === undefined || asked <= max);
}

function textMatcher(pattern: string): (text: string) => boolean {
  if (!pattern.endsWith('*')) return (text) => text === pattern;
  const beginning = pattern.slice(0, -1);
  return (text) => text.startsWith(beginning);
}
