// Which exchanges are meant: a question about the journal, compiled once and asked of each record.

import type { Instant } from '../../ledger/time';
import { normaliseAddress } from '../../payment/address';
import type { JournalRecord } from './journal-record';

/** All that is given must be so. */
export interface ExchangeFilter {
  /** `AmountCharging.chargeAmount`, or `chargeAmount` of whichever interface. */
  readonly operation?: string;
  /** `v4_0`. */
  readonly version?: string;
  readonly application?: string;
  /** In any spelling; also of a request that names only a reservation of the subscriber. */
  readonly subscriber?: string;
  /** The referenceCode. */
  readonly reference?: string;
  /** `SVC0270`, a SOAP faultcode or `HTTP 415`; or whether there was any fault at all. */
  readonly fault?: string | boolean;
  /** Of HTTP. */
  readonly status?: number;
  /** Whether a fault rule had a hand in it, or the rule that had. */
  readonly injected?: boolean | string;
  readonly since?: Instant;
  /** The id of an exchange: only later ones. */
  readonly after?: string;
}

/** What tells whom a record is about, in normal form; worked out only for those who filter by subscriber. */
export type SubscribersOf = (record: JournalRecord) => readonly string[];

export type ExchangeMatcher = (record: JournalRecord) => boolean;

/** `after` is left to whoever knows the order. */
export function compileFilter(
  filter: ExchangeFilter,
  subscribersOf: SubscribersOf,
  countryCodeOf: (application: string) => string | undefined,
): ExchangeMatcher {
  const { operation, version, application, subscriber, reference, fault, status } = filter;
  const { injected, since } = filter;
  const conditions: ExchangeMatcher[] = [];
  if (operation !== undefined) conditions.push(operationMatcher(operation));
  if (version !== undefined) conditions.push((record) => record.version === version);
  if (application !== undefined) conditions.push((record) => record.application === application);
  if (reference !== undefined) conditions.push((record) => record.referenceCode === reference);
  if (status !== undefined) conditions.push((record) => record.status === status);
  if (since !== undefined) conditions.push((record) => record.at >= since);
  if (typeof fault === 'boolean') {
    conditions.push((record) => (record.fault !== undefined) === fault);
  } else if (fault !== undefined) conditions.push((record) => record.fault === fault);
  if (typeof injected === 'boolean') {
    conditions.push((record) => (record.injected !== undefined) === injected);
  } else if (injected !== undefined) {
    conditions.push((record) => record.injected?.rule === injected);
  }
  if (subscriber !== undefined) {
    const wanted = subscriber.trim();
    conditions.push((record) => {
      const address = normaliseAddress(wanted, countryCodeOf(record.application ?? ''))?.address;
      return subscribersOf(record).includes(address ?? wanted);
    });
  }
  return (record) => conditions.every((holds) => holds(record));
}

function operationMatcher(operation: string): ExchangeMatcher {
  if (operation.includes('.')) return (record) => record.operation === operation;
  const end = `.${operation}`;
  return (record) => record.operation?.endsWith(end) ?? false;
}
