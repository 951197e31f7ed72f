// Subscribers, their wallets and what they are told of them, over the admin API.
import { z } from 'zod';
import { about, section, value } from '../../config/schema-words';
import { type Account, AccountError } from '../../sandbox/accounts';
import { statementCsv } from '../../sandbox/books/csv';
import type { Statement } from '../../sandbox/books/statement';
import { maskedReference } from '../../sandbox/journal/masking';
import type { Admin } from '../admin';
import { type Endpoint, endpoint, Raw } from '../endpoint';
import { badRequest, conflict, hintOf, notFound, Problem, TRY_AGAIN } from '../problem';
import {
  amount,
  currency,
  instant,
  limit,
  limited,
  moment,
  money,
  named,
  payment,
  reveal,
  subscriber,
  subscriberPath,
} from '../schemas';
import { shown } from '../shown';

const status = value(z.enum(['active', 'barred']), 'one of active, barred');

const account = named(
  'Account',
  z.strictObject({
    subscriber: z.string(),
    status: z.enum(['active', 'barred']),
    wallets: z.array(
      z.strictObject({
        currency: z.string(),
        balance: money.meta({ description: 'What was paid in less what was paid out.' }),
        held: money.meta({ description: 'What open reservations hold of it.' }),
        creditLimit: money.meta({ description: 'How far the balance may go below zero.' }),
        available: money.meta({ description: 'What can be spent now.' }),
      }),
    ),
  }),
);

const newAccount = section({
  subscriber,
  status: about(status, 'active when absent.').optional(),
  wallets: value(
    z.array(
      section({
        currency: about(currency, 'The policy Currency when absent.').optional(),
        balance: about(amount, '0 when absent.').optional(),
        creditLimit: about(amount, 'How far it may go below zero; 0 when absent.').optional(),
      }),
    ),
    'a list of wallets',
  ).optional(),
});

const movement = section({
  amount: payment,
  currency: about(currency, 'The policy Currency when absent.').optional(),
});

const statement = named(
  'Statement',
  z.strictObject({
    subscriber: z.string(),
    wallets: z.array(
      z.strictObject({
        currency: z.string(),
        opening: money,
        lines: z.array(
          z.strictObject({
            transaction: z.int(),
            at: instant,
            kind: z.enum(['top-up', 'withdrawal', 'charge', 'refund', 'hold', 'release']),
            application: z.string().optional(),
            reference: z.string().optional(),
            reservation: z.string().optional(),
            amount: money.meta({ description: 'Below zero for what leaves, or is held.' }),
            balance: money,
            held: money,
          }),
        ),
        closing: money,
        held: money,
      }),
    ),
    bill: z.array(
      z.strictObject({
        transaction: z.int(),
        at: instant,
        kind: z.enum(['charge', 'refund']),
        application: z.string(),
        texts: z.array(z.string()),
        amount: money,
        currency: z.string(),
      }),
    ),
  }),
);

const UNKNOWN = { 404: 'There is no such subscriber.' };

export const ACCOUNT_ENDPOINTS: readonly Endpoint[] = [
  endpoint({
    id: 'listSubscribers',
    method: 'GET',
    path: '/subscribers',
    tag: 'subscribers',
    summary: 'The subscribers with their wallets, by address.',
    query: z.strictObject({
      limit,
      after: about(subscriber, 'Those after this one.').optional(),
      reveal,
    }),
    answer: z.strictObject({ total: z.int(), subscribers: z.array(account) }),
    handle: ({ sandbox }, { query }) => {
      const all = sandbox.accounts.list();
      const { after } = query;
      const page = after === undefined ? all : all.filter((each) => each.subscriber > after);
      return {
        total: all.length,
        subscribers: page.slice(0, limited(query.limit)).map((each) => told(each, query)),
      };
    },
  }),
  endpoint({
    id: 'createSubscriber',
    method: 'POST',
    path: '/subscribers',
    tag: 'subscribers',
    summary: 'Makes a subscriber known, with wallets and what is in them.',
    query: z.strictObject({ reveal }),
    body: newAccount,
    status: 201,
    answer: account,
    refusals: { 409: 'The subscriber is there already.' },
    handle: async ({ sandbox }, { body, query }) => {
      const { subscriber: address, ...details } = body;
      return told(await done(sandbox.accounts.create(address, details)), query);
    },
  }),
  endpoint({
    id: 'getSubscriber',
    method: 'GET',
    path: '/subscribers/{subscriber}',
    tag: 'subscribers',
    summary: 'One subscriber with all wallets.',
    params: subscriberPath,
    query: z.strictObject({ reveal }),
    answer: account,
    refusals: UNKNOWN,
    handle: (admin, { params, query }) => told(found(admin, params.subscriber), query),
  }),
  endpoint({
    id: 'changeSubscriber',
    method: 'PATCH',
    path: '/subscribers/{subscriber}',
    tag: 'subscribers',
    summary: 'Bars a subscriber, lets one in again, or sets the credit limit of a wallet.',
    params: subscriberPath,
    query: z.strictObject({ reveal }),
    body: section({
      status: about(status, 'barred: whatever would move money is refused.').optional(),
      creditLimit: about(amount, 'How far the wallet may go below zero.').optional(),
      currency: about(currency, 'Of that wallet; the policy Currency when absent.').optional(),
    }),
    answer: account,
    refusals: { ...UNKNOWN, 409: 'The wallet is further below zero than that.' },
    handle: async (admin, { params, body, query }) => {
      const { accounts } = admin.sandbox;
      const { creditLimit } = body;
      refuseNoChange(body);
      let changed = found(admin, params.subscriber);
      const address = changed.subscriber;
      // First what can be refused: then nothing has changed.
      if (creditLimit !== undefined) {
        changed = await done(accounts.setCreditLimit(address, creditLimit, body.currency));
      }
      if (body.status === 'barred') changed = await done(accounts.bar(address));
      if (body.status === 'active') changed = await done(accounts.unbar(address));
      return told(changed, query);
    },
  }),
  ...(['topUp', 'withdraw'] as const).map((verb) =>
    endpoint({
      id: verb,
      method: 'POST',
      path: `/subscribers/{subscriber}/${verb === 'topUp' ? 'top-up' : 'withdraw'}`,
      tag: 'subscribers',
      summary:
        verb === 'topUp'
          ? 'Pays into a wallet, which is opened where there is none.'
          : 'Pays out of a wallet what is available in it.',
      params: subscriberPath,
      query: z.strictObject({ reveal }),
      body: movement,
      answer: account,
      refusals: { ...UNKNOWN, 409: 'The wallet cannot hold, or does not have, that much.' },
      handle: async ({ sandbox }, { params, body, query }) => {
        const { accounts } = sandbox;
        const changed = accounts[verb](params.subscriber, body.amount, body.currency);
        return told(await done(changed), query);
      },
    }),
  ),
  endpoint({
    id: 'getStatement',
    method: 'GET',
    path: '/subscribers/{subscriber}/statement',
    tag: 'subscribers',
    summary: 'Every movement and hold of a period with the balance after it, as JSON or CSV.',
    params: subscriberPath,
    query: z.strictObject({
      currency: currency.optional(),
      since: moment.optional(),
      until: about(moment, 'The first instant that is too late.').optional(),
      format: value(z.enum(['json', 'csv']), 'one of json, csv').optional(),
      reveal,
    }),
    answer: statement,
    otherTypes: ['text/csv'],
    refusals: UNKNOWN,
    handle: (admin, { params, query }) => {
      const { subscriber: address } = found(admin, params.subscriber);
      const { since, until } = query;
      const made: Statement = admin.sandbox.statement({
        subscriber: address,
        ...(query.currency !== undefined && { currency: query.currency }),
        ...(since !== undefined && { since: Date.parse(since) }),
        ...(until !== undefined && { until: Date.parse(until) }),
      });
      const revealed = query.reveal === 'true';
      if (query.format !== 'csv') return shown(made, revealed);
      const told = revealed ? made : withMaskedReferences(made);
      return new Raw('text/csv', statementCsv(told), 'statement.csv');
    },
  }),
];

function refuseNoChange(body: { status?: unknown; creditLimit?: unknown; currency?: unknown }) {
  if (body.creditLimit !== undefined) return;
  if (body.status !== undefined && body.currency === undefined) return;
  const path = body.currency === undefined ? 'body' : 'body.currency';
  const detail =
    body.currency === undefined
      ? 'The body says nothing that is to change.'
      : 'body.currency: stands beside a creditLimit alone.';
  throw badRequest(detail, { hint: 'Give status, or creditLimit, or both.', path });
}

/** A table has no subscriber in it but by such a number. */
function withMaskedReferences(made: Statement): Statement {
  const wallets = made.wallets.map((wallet) => ({
    ...wallet,
    lines: wallet.lines.map(({ reference, ...line }) => ({
      ...line,
      ...(reference !== undefined && { reference: maskedReference(reference, [made.subscriber]) }),
    })),
  }));
  return { ...made, wallets };
}

function told(account: Account, { reveal }: { readonly reveal?: string | undefined }): object {
  return shown(account, reveal === 'true');
}

function found({ sandbox }: Admin, address: string): Account {
  const account = refusing(() => sandbox.accounts.find(address));
  if (account === undefined) throw unknown(address);
  return account;
}

function unknown(address: string): Problem {
  return notFound(
    `There is no subscriber ${address}.`,
    'POST /subscribers makes one; addresses look like tel:+15550100.',
  );
}

async function done<T>(change: Promise<T>): Promise<T> {
  try {
    return await change;
  } catch (error) {
    throw problemOf(error);
  }
}

function refusing<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw problemOf(error);
  }
}

function problemOf(error: unknown): unknown {
  if (!(error instanceof AccountError)) return error;
  const { code, message, hint } = error;
  switch (code) {
    case 'invalid_address':
    case 'invalid_amount':
      return badRequest(message, hintOf({ hint }));
    case 'unknown_subscriber':
      return notFound(message, 'POST /subscribers makes one.');
    case 'busy':
    case 'outcome_unknown':
      return new Problem(503, message, { hint: TRY_AGAIN });
    case 'account_exists':
      return conflict(message, 'PATCH /subscribers/ADDRESS changes it; top-up pays in.');
    default:
      return conflict(message, 'GET /subscribers/ADDRESS tells how the account is.');
  }
}
