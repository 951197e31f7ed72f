// What the ledger of a sandbox has in its books, over the admin API: reservations, transactions, bill, settlement.
import { z } from 'zod';
import { about, value } from '../../config/schema-words';
import type { Reservation } from '../../ledger/model';
import { formatMicros, type Micros } from '../../ledger/money';
import { Refusal } from '../../ledger/refusal';
import { identifierOf } from '../../ledger/reservation-identifier';
import { settlementCsv } from '../../sandbox/books/csv';
import type { Sandbox } from '../../sandbox/sandbox';
import type { RecordedTransaction } from '../../store/journal';
import { addressOf } from '../address';
import type { Admin } from '../admin';
import { type Endpoint, endpoint, Raw } from '../endpoint';
import { conflict, notFound, Problem, TRY_AGAIN } from '../problem';
import {
  currency,
  instant,
  limit,
  limited,
  moment,
  money,
  named,
  number,
  reveal,
  subscriber,
  text,
} from '../schemas';
import { shown } from '../shown';

const reservation = named(
  'Reservation',
  z.strictObject({
    reservationIdentifier: z.string(),
    application: z.string(),
    subscriber: z.string(),
    currency: z.string(),
    state: z.enum(['open', 'released', 'expired']),
    reserved: money,
    charged: money,
    remaining: money.meta({ description: 'What is still held; 0 once it is closed.' }),
    expiresAt: instant,
    runsOutInMs: z.int().optional().meta({ description: 'Only while it is open.' }),
    texts: z.array(z.string()),
    volume: z
      .strictObject({ unit: z.string(), reserved: z.string(), charged: z.string() })
      .optional(),
  }),
);

const party = z.strictObject({
  kind: z.enum(['subscriber', 'application', 'operator']),
  owner: z.string(),
});

const transaction = named(
  'Transaction',
  z.strictObject({
    number: z.int(),
    at: instant,
    kind: z.string(),
    application: z.string().optional(),
    referenceCode: z.string().optional(),
    reservation: z.string().optional(),
    code: z.string().optional(),
    notes: z.array(z.string()).optional(),
    volume: z.string().optional(),
    unit: z.string().optional(),
    transfers: z.array(
      z.strictObject({
        layer: z.enum(['posted', 'pending']),
        currency: z.string(),
        debit: party,
        credit: party,
        amount: money,
      }),
    ),
  }),
);

const billEntry = named(
  'BillEntry',
  z.strictObject({
    transaction: z.int(),
    subscriber: z.string(),
    application: z.string(),
    kind: z.enum(['charge', 'refund']),
    currency: z.string(),
    amount: money,
    at: instant,
    texts: z.array(z.string()),
  }),
);

const settlementLine = named(
  'SettlementLine',
  z.strictObject({
    application: z.string(),
    currency: z.string(),
    charged: money,
    refunded: money,
    net: money,
    charges: z.int(),
    refunds: z.int(),
  }),
);

const identifier = about(
  value(z.string().regex(/^\d{1,40}$/), 'the digits of a reservation'),
  'The reservationIdentifier that the request was answered with.',
);
const STATES = value(z.enum(['open', 'closed', 'all']), 'one of open, closed, all');

export const BOOK_ENDPOINTS: readonly Endpoint[] = [
  endpoint({
    id: 'listReservations',
    method: 'GET',
    path: '/reservations',
    tag: 'reservations',
    summary:
      'Reservations with what remains of each and when it runs out; the open ones first to run out.',
    query: z.strictObject({
      state: about(STATES, 'open when absent.').optional(),
      subscriber: subscriber.optional(),
      application: text.optional(),
      limit,
      reveal,
    }),
    answer: z.strictObject({ reservations: z.array(reservation) }),
    handle: ({ sandbox }, { query }) => {
      const found = reservationsIn(sandbox, query.state ?? 'open').filter(
        (each) =>
          each.subscriber === (addressOf(sandbox, query.subscriber) ?? each.subscriber) &&
          each.application === (query.application ?? each.application),
      );
      const page = found.slice(0, limited(query.limit)).map((each) => told(sandbox, each));
      return shown({ reservations: page }, query.reveal === 'true');
    },
  }),
  endpoint({
    id: 'getReservation',
    method: 'GET',
    path: '/reservations/{reservationIdentifier}',
    tag: 'reservations',
    summary: 'One reservation, open or closed.',
    params: z.strictObject({ reservationIdentifier: identifier }),
    query: z.strictObject({ reveal }),
    answer: reservation,
    refusals: { 404: 'There is no such reservation.' },
    handle: ({ sandbox }, { params, query }) =>
      shown(told(sandbox, found(sandbox, params.reservationIdentifier)), query.reveal === 'true'),
  }),
  ...(['release', 'expire'] as const).map((verb) =>
    endpoint({
      id: `${verb}Reservation`,
      method: 'POST',
      path: `/reservations/{reservationIdentifier}/${verb}`,
      tag: 'reservations',
      summary:
        verb === 'release'
          ? 'Closes a reservation as its application would and gives back what is held.'
          : 'Has a reservation run out now, before its time.',
      params: z.strictObject({ reservationIdentifier: identifier }),
      query: z.strictObject({ reveal }),
      answer: reservation,
      refusals: {
        404: 'There is no such reservation.',
        409: 'It is closed, or may not be closed.',
      },
      handle: (admin, { params, query }) =>
        closed(admin, verb, params.reservationIdentifier, query.reveal === 'true'),
    }),
  ),
  endpoint({
    id: 'listTransactions',
    method: 'GET',
    path: '/transactions',
    tag: 'books',
    summary: 'The journal of the ledger, by number: every movement of money and every hold.',
    query: z.strictObject({
      subscriber: subscriber.optional(),
      after: number(0, Number.MAX_SAFE_INTEGER, 'Those numbered above this.'),
      limit,
      reveal,
    }),
    answer: z.strictObject({ transactions: z.array(transaction) }),
    handle: ({ sandbox }, { query }) => {
      const address = addressOf(sandbox, query.subscriber);
      const transactions = sandbox.ledger.read
        .transactions({
          ...(address !== undefined && { subscriber: address }),
          after: Number(query.after ?? 0),
          limit: limited(query.limit),
        })
        .map((each) => transactionTold(sandbox, each));
      return shown({ transactions }, query.reveal === 'true');
    },
  }),
  endpoint({
    id: 'listBill',
    method: 'GET',
    path: '/bill',
    tag: 'books',
    summary: 'Bill entries, one a charging session, in the order in which the sessions ended.',
    query: z.strictObject({ subscriber: subscriber.optional(), limit, reveal }),
    answer: z.strictObject({ total: z.int(), entries: z.array(billEntry) }),
    handle: ({ sandbox }, { query }) => {
      const all = sandbox.ledger.read.billEntries(addressOf(sandbox, query.subscriber));
      const entries = all.slice(0, limited(query.limit)).map(({ session, amount, ...entry }) => ({
        transaction: session,
        ...entry,
        amount: amountText(sandbox, amount, entry.currency),
      }));
      return shown({ total: all.length, entries }, query.reveal === 'true');
    },
  }),
  endpoint({
    id: 'getSettlement',
    method: 'GET',
    path: '/settlement',
    tag: 'books',
    summary: 'What each application is owed for a period, by currency, as JSON or CSV.',
    query: z.strictObject({
      application: text.optional(),
      currency: currency.optional(),
      since: moment.optional(),
      until: about(moment, 'The first instant that is too late.').optional(),
      format: value(z.enum(['json', 'csv']), 'one of json, csv').optional(),
    }),
    answer: z.strictObject({ lines: z.array(settlementLine) }),
    otherTypes: ['text/csv'],
    handle: ({ sandbox }, { query: { application, currency: code, since, until, format } }) => {
      const lines = sandbox.settlement({
        ...(application !== undefined && { application }),
        ...(code !== undefined && { currency: code }),
        ...(since !== undefined && { since: Date.parse(since) }),
        ...(until !== undefined && { until: Date.parse(until) }),
      });
      if (format === 'csv') return new Raw('text/csv', settlementCsv(lines), 'settlement.csv');
      return { lines };
    },
  }),
];

function reservationsIn({ ledger }: Sandbox, state: 'open' | 'closed' | 'all') {
  if (state === 'open') return ledger.read.openReservations();
  const all = ledger.read.reservations();
  return state === 'all' ? all : all.filter((each) => each.state !== 'open');
}

function found({ ledger }: Sandbox, reservationIdentifier: string): Reservation {
  const reservation = ledger.reservation(reservationIdentifier);
  if (reservation !== undefined) return reservation;
  throw notFound(
    `There is no reservation ${reservationIdentifier}.`,
    'GET /reservations?state=all lists them.',
  );
}

async function closed(
  { sandbox }: Admin,
  verb: 'release' | 'expire',
  reservationIdentifier: string,
  revealed: boolean,
): Promise<object> {
  const { application, volume } = found(sandbox, reservationIdentifier);
  const decision = await sandbox.ledger.submit(
    verb === 'release'
      ? {
          kind: 'release',
          application,
          reservationIdentifier,
          by: volume === undefined ? 'amount' : 'volume',
        }
      : { kind: 'expire', application, reservationIdentifier, early: true },
  );
  if (decision instanceof Refusal) {
    if (decision.code === 'busy')
      throw new Problem(503, `Refused: ${decision.detail}.`, { hint: TRY_AGAIN });
    throw conflict(
      `Refused: ${decision.detail}.`,
      'GET /reservations lists those that are still open.',
    );
  }
  return shown(told(sandbox, found(sandbox, reservationIdentifier)), revealed);
}

function told(sandbox: Sandbox, reservation: Reservation): object {
  const { id, state, reserved, charged, expiresAt, volume, closedBy: _by, ...rest } = reservation;
  const text = (micros: Micros): string => amountText(sandbox, micros, rest.currency);
  const isOpen = state === 'open';
  return {
    reservationIdentifier: identifierOf(id, sandbox.ledger.series),
    ...rest,
    state,
    reserved: text(reserved),
    charged: text(charged),
    remaining: text(isOpen ? reserved - charged : 0n),
    expiresAt,
    ...(isOpen && { runsOutInMs: Math.max(expiresAt - sandbox.clock.now(), 0) }),
    ...(volume && {
      volume: { unit: volume.unit, reserved: volume.reserved, charged: volume.charged },
    }),
  };
}

export function transactionTold(sandbox: Sandbox, transaction: RecordedTransaction): object {
  const { number, at, kind, application, referenceCode, code, notes, volume, unit } = transaction;
  const { reservation, transfers } = transaction;
  return {
    number,
    at,
    kind,
    application,
    referenceCode,
    reservation:
      reservation === undefined ? undefined : identifierOf(reservation, sandbox.ledger.series),
    code,
    notes,
    volume,
    unit,
    transfers: transfers.map((transfer) => ({
      ...transfer,
      amount: amountText(sandbox, transfer.amount, transfer.currency),
    })),
  };
}

function amountText({ terms }: Sandbox, micros: Micros, currency: string): string {
  return formatMicros(micros, terms.terms('').currencies.exponent(currency));
}
