// What was charged and refunded, one row a payer: the journal as questions about money see it. Changes nothing.
import type Database from 'better-sqlite3';
import type { Micros } from '../ledger/money';
import type { Instant } from '../ledger/time';
import { HISTORY } from './wallet-history';

/** The part of one charge or refund that one subscriber has in it; of zero when it was free. */
export interface Posting {
  readonly transaction: number;
  readonly at: Instant;
  /** A capture charges a part of a reservation. */
  readonly kind: 'charge' | 'capture' | 'refund';
  readonly application: string;
  readonly referenceCode: string;
  /** The opening transaction of the reservation, of a capture. */
  readonly reservation?: number;
  readonly subscriber: string;
  readonly currency: string;
  /** Never below zero: `kind` says which way it went. */
  readonly amount: Micros;
}

/** Postings that have all of this; `until` is the first instant after them. */
export interface PostingFilter {
  readonly subscriber?: string;
  readonly application?: string;
  readonly referenceCode?: string;
  readonly currency?: string;
  readonly since?: Instant;
  readonly until?: Instant;
}

interface PostingRow {
  readonly number: bigint;
  readonly at: bigint;
  readonly kind: Posting['kind'];
  readonly application: string;
  readonly referenceCode: string;
  readonly reservation: bigint | null;
  readonly subscriber: string;
  readonly currency: string;
  readonly amount: bigint;
}

type Values = { readonly [name in keyof PostingFilter]-?: string | number | null };

const COLUMNS = `x.number AS number, x.at, x.kind, x.application, x.reference_code AS referenceCode,
  a.owner AS subscriber, a.currency`;

const CONDITIONS = `($application IS NULL OR x.application = $application)
  AND ($referenceCode IS NULL OR x.reference_code = $referenceCode)
  AND ($subscriber IS NULL OR a.owner = $subscriber)
  AND ($currency IS NULL OR a.currency = $currency)
  AND ($since IS NULL OR x.at >= $since) AND ($until IS NULL OR x.at < $until)`;

/** Direct charges and refunds have a bill entry a payer, also of nothing; captures have the wallet of their session. */
const among = (numbers: string): string => `WITH RECURSIVE ${numbers}
  SELECT ${COLUMNS}, NULL AS reservation, b.line, b.amount
    FROM wanted w CROSS JOIN tx x ON x.number = w.number
    CROSS JOIN bill_entry b ON b.session = x.number CROSS JOIN account a ON a.id = b.wallet
    WHERE x.kind IN ('charge', 'refund') AND ${CONDITIONS}
  UNION ALL
  SELECT ${COLUMNS}, x.reservation, 0 AS line, coalesce(t.amount, 0) AS amount
    FROM wanted w CROSS JOIN tx x ON x.number = w.number
    CROSS JOIN reservation r ON r.id = x.reservation CROSS JOIN account a ON a.id = r.wallet
    LEFT JOIN transfer t ON t.tx = x.number AND t.layer = 'posted'
    WHERE x.kind = 'capture' AND ${CONDITIONS}
  ORDER BY number, line`;

const ALL = 'wanted(number) AS (SELECT number FROM tx)';

/** From application to application by the primary key that begins with them, and by the whole key in each. */
const OF_REFERENCE = `asking(application) AS (
    SELECT min(application) FROM reference_use
    UNION ALL
    SELECT (SELECT min(application) FROM reference_use WHERE application > asking.application)
    FROM asking WHERE asking.application IS NOT NULL),
  wanted(number) AS (
    SELECT u.tx FROM asking CROSS JOIN reference_use u
    WHERE u.application = asking.application AND u.space IN ('charge', 'refund')
      AND u.code = $referenceCode)`;

/** What moved money is found by its transfers, a direct charge that was free by its bill entry. */
const OF_SUBSCRIBER = `${HISTORY},
  wanted(number) AS (
    SELECT number FROM history
    UNION
    SELECT b.session FROM account a CROSS JOIN bill_entry b ON b.wallet = a.id
    WHERE a.kind = 'subscriber' AND a.owner = $subscriber AND b.amount = 0)`;

export class Postings {
  readonly #all;
  readonly #ofReference;
  readonly #ofSubscriber;

  constructor(database: Database.Database) {
    const prepare = (numbers: string) => database.prepare<Values, PostingRow>(among(numbers));
    this.#all = prepare(ALL);
    this.#ofReference = prepare(OF_REFERENCE);
    this.#ofSubscriber = prepare(OF_SUBSCRIBER);
  }

  /**
   * By transaction, then as the request names the payers. Those of a reference or of a subscriber are found by index;
   * a capture that was free, in a session that never held anything, only by its reference.
   */
  list(filter: PostingFilter): Posting[] {
    const rows = this.#statementFor(filter).all({
      subscriber: filter.subscriber ?? null,
      application: filter.application ?? null,
      referenceCode: filter.referenceCode ?? null,
      currency: filter.currency ?? null,
      since: filter.since ?? null,
      until: filter.until ?? null,
    });
    return rows.map(postingOf);
  }

  #statementFor({ referenceCode, subscriber }: PostingFilter) {
    if (referenceCode !== undefined) return this.#ofReference;
    return subscriber === undefined ? this.#all : this.#ofSubscriber;
  }
}

function postingOf(row: PostingRow): Posting {
  const { number, at, kind, application, referenceCode, reservation, subscriber } = row;
  return {
    transaction: Number(number),
    at: Number(at),
    kind,
    application,
    referenceCode,
    ...(reservation === null ? {} : { reservation: Number(reservation) }),
    subscriber,
    currency: row.currency,
    amount: row.amount,
  };
}
