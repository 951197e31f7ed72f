// Questions about a ledger that change nothing: for tests, the demo and the admin interface. Plain values out.
import type Database from 'better-sqlite3';
import type { Evidence, EvidenceRecipient } from '../ledger/evidence';
import type { BillEntry, Reservation, SubscriberStatus, Wallet } from '../ledger/model';
import type { Micros } from '../ledger/money';
import type { Instant } from '../ledger/time';
import type { Books } from './books';
import type { JournalFilter, RecordedTransaction } from './journal';
import { type Posting, type PostingFilter, Postings } from './postings';

export interface SubscriberRecord {
  readonly subscriber: string;
  readonly status: SubscriberStatus;
}

export interface Counts {
  readonly subscribers: number;
  readonly wallets: number;
  readonly transactions: number;
  readonly transfers: number;
  readonly reservations: number;
  readonly openReservations: number;
  readonly billEntries: number;
  readonly referenceUses: number;
  readonly evidence: number;
}

export interface Balance {
  readonly currency: string;
  /** What was charged for the application less what it refunded; below zero when it refunded more. */
  readonly balance: Micros;
}

/** Answers show what is committed. Without a subscriber they show all. */
export interface LedgerReading {
  ledgerTime(): Instant;
  counts(): Counts;
  /** By address. */
  subscribers(subscriber?: string): readonly SubscriberRecord[];
  /** The names of those that money was moved or held for, in order. */
  applications(): readonly string[];
  /** By subscriber and currency. */
  wallets(subscriber?: string): readonly Wallet[];
  /** In the order in which they were opened. */
  reservations(subscriber?: string): readonly Reservation[];
  /** Those that nothing has closed yet, by the time at which they run out; it may have come. */
  openReservations(): readonly Reservation[];
  /** By the time at which the session ended, then by its number. */
  billEntries(subscriber?: string): readonly BillEntry[];
  /** By number. */
  transactions(filter?: JournalFilter): readonly RecordedTransaction[];
  /** What was charged and refunded, by transaction. */
  postings(filter?: PostingFilter): readonly Posting[];
  evidence(reference: string): Evidence | undefined;
  /** In the order in which it was issued. */
  evidences(filter?: EvidenceFilter): readonly Evidence[];
  /** When the first delivery settles after an instant that an application is still to be told of. */
  nextReceipt(after: Instant): Instant | undefined;
  /** The deliveries that have settled at `now` and that an application is still to be told of, the first `limit` of them. */
  receiptsDue(now: Instant, limit: number): readonly DueReceipt[];
  /** By currency; summed from the journal, so the time it takes grows with the ledger. */
  applicationBalances(application: string): readonly Balance[];
}

/** Evidence of one application, or that covers one subscriber. */
export interface EvidenceFilter {
  readonly application?: string;
  readonly subscriber?: string;
}

export interface DueReceipt {
  readonly evidence: Evidence;
  readonly recipient: EvidenceRecipient;
}

type CountsRow = { readonly [name in keyof Counts]: bigint };

const COUNTS = `SELECT
  (SELECT count(*) FROM subscriber) AS subscribers,
  (SELECT count(*) FROM account WHERE id > 0) AS wallets,
  (SELECT transactions FROM meta) AS transactions,
  (SELECT count(*) FROM transfer) AS transfers,
  (SELECT count(*) FROM reservation) AS reservations,
  (SELECT count(*) FROM reservation WHERE state = 'open') AS openReservations,
  (SELECT count(*) FROM bill_entry) AS billEntries,
  (SELECT count(*) FROM reference_use) AS referenceUses,
  (SELECT count(*) FROM evidence) AS evidence`;

const WALLETS = `SELECT owner AS subscriber, currency, credits, debits, held, credit_limit AS creditLimit
  FROM account WHERE kind = 'subscriber'`;

/**
 * The account with the lower id of a transfer is the application's or the operator's.
 * sum() raises where it would pass 2^63, so units and millionths are summed apart.
 */
const BALANCES = `SELECT m.currency,
    sum(iif(t.credit = m.id, 1, -1) * (t.amount / 1000000)) AS units,
    sum(iif(t.credit = m.id, 1, -1) * (t.amount % 1000000)) AS micros
  FROM transfer t CROSS JOIN account m ON m.id = min(t.debit, t.credit)
  WHERE t.layer = 'posted' AND m.kind = 'application' AND m.owner = ?
  GROUP BY m.currency ORDER BY m.currency`;

export function readingOf(database: Database.Database, books: Books): LedgerReading {
  const time = database.prepare<[], bigint>('SELECT ledger_time FROM meta').pluck();
  const counts = database.prepare<[], CountsRow>(COUNTS);
  const subscribers = database.prepare<[], SubscriberRecord>(
    'SELECT address AS subscriber, status FROM subscriber ORDER BY address',
  );
  const subscriberOf = database.prepare<[string], SubscriberRecord>(
    'SELECT address AS subscriber, status FROM subscriber WHERE address = ?',
  );
  const applications = database
    .prepare<[], string>(
      `SELECT DISTINCT owner FROM account WHERE kind = 'application' ORDER BY owner`,
    )
    .pluck();
  const wallets = database.prepare<[], Wallet>(`${WALLETS} ORDER BY owner, currency`);
  const walletsOf = database.prepare<[string], Wallet>(
    `${WALLETS} AND owner = ? ORDER BY currency`,
  );
  const balances = database.prepare<[string], { currency: string; units: bigint; micros: bigint }>(
    BALANCES,
  );
  const postings = new Postings(database);
  return {
    ledgerTime: () => Number(time.get()),
    counts: () => numbers(counts.get()),
    subscribers: (subscriber) =>
      subscriber === undefined ? subscribers.all() : subscriberOf.all(subscriber),
    applications: () => applications.all(),
    wallets: (subscriber) => (subscriber === undefined ? wallets.all() : walletsOf.all(subscriber)),
    reservations: (subscriber) => books.reservations.list(subscriber),
    openReservations: () => books.reservations.open(),
    billEntries: (subscriber) => books.bill.list(subscriber),
    transactions: (filter) => books.journal.list(filter ?? {}),
    evidence: (reference) => books.evidences.find(reference),
    evidences: (filter) => books.evidences.list(filter ?? {}),
    nextReceipt: (after) => books.evidences.nextReceipt(after),
    receiptsDue: (now, limit) => books.evidences.receiptsDue(now, limit),
    postings: (filter) => postings.list(filter ?? {}),
    applicationBalances: (application) =>
      balances.all(application).map(({ currency, units, micros }) => ({
        currency,
        balance: units * 1_000_000n + micros,
      })),
  };
}

function numbers(row: CountsRow | undefined): Counts {
  if (row === undefined) throw new Error('the ledger cannot be counted');
  return {
    subscribers: Number(row.subscribers),
    wallets: Number(row.wallets),
    transactions: Number(row.transactions),
    transfers: Number(row.transfers),
    reservations: Number(row.reservations),
    openReservations: Number(row.openReservations),
    billEntries: Number(row.billEntries),
    referenceUses: Number(row.referenceUses),
    evidence: Number(row.evidence),
  };
}
