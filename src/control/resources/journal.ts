// The journal of a sandbox over the admin API: exchanges that were, one of them whole, and waiting for those to come.
import { z } from 'zod';
import { about, value } from '../../config/schema-words';
import { ADMIN_LIMITS } from '../../limits';
import { explanationText, STEPS } from '../../sandbox/journal/explanation';
import { WaitTimeoutError } from '../../sandbox/journal/journal';
import type { ExchangeFilter } from '../../sandbox/journal/journal-filter';
import { type Endpoint, endpoint, Raw } from '../endpoint';
import { notFound, type Problem } from '../problem';
import {
  instant,
  limit,
  limited,
  moment,
  money,
  named,
  number,
  reveal,
  subscriber,
  switched,
  text,
} from '../schemas';
import { shown } from '../shown';

const summary = {
  id: z.string(),
  sandbox: z.string(),
  at: instant,
  milliseconds: z.number(),
  path: z.string(),
  application: z.string().optional(),
  operation: z.string().optional(),
  version: z.string().optional(),
  subject: z.string().optional().meta({ description: 'Whom or what the request names.' }),
  reference: z.string().optional(),
  status: z.int(),
  fault: z.string().optional(),
  detail: z.string().optional(),
  check: z.string().optional().meta({ description: 'What refused: a row of the checks.' }),
  deviations: z.array(z.strictObject({ name: z.string(), where: z.string(), clause: z.string() })),
  transactions: z.array(z.int()),
  injected: z.strictObject({ rule: z.string(), stage: z.string(), action: z.string() }).optional(),
  requestBytes: z.int(),
  responseBytes: z.int(),
};
const message = z.strictObject({ headers: z.record(z.string(), z.string()), body: z.string() });

const exchange = named('Exchange', z.strictObject(summary));
const exchangeView = named(
  'ExchangeView',
  z.strictObject({ ...summary, request: message, response: message }),
);

const outcome = z.enum(['passed', 'refused', 'noted', 'not reached']);
const line = { outcome, text: z.string(), clause: z.string().optional() };
const explanation = named(
  'Explanation',
  z.strictObject({
    id: z.string(),
    at: instant,
    sentence: z.string().meta({ description: 'What came of it.' }),
    steps: z.array(
      z.strictObject({ step: z.enum(STEPS), ...line, lines: z.array(z.strictObject(line)) }),
    ),
    transfers: z.array(
      z.strictObject({
        transaction: z.int(),
        movement: z.enum(['topped up', 'paid out', 'charged', 'refunded', 'held', 'freed']),
        from: z.string(),
        to: z.string(),
        amount: money,
        currency: z.string(),
        balance: money,
        held: money,
      }),
    ),
  }),
);

const FILTER = {
  operation: about(text, '`AmountCharging.chargeAmount`, or `chargeAmount` of any.').optional(),
  version: about(text, 'Such as v4_0.').optional(),
  application: text.optional(),
  subscriber: subscriber.optional(),
  reference: about(text, 'The referenceCode.').optional(),
  fault: about(text, 'A code such as SVC0270; `true` for any, `false` for none.').optional(),
  status: number(0, 599, 'Of HTTP; 0 where no answer was meant to go out.'),
  injected: about(text, 'The id of a fault rule; `true` for any, `false` for none.').optional(),
  since: moment.optional(),
  after: about(text, 'The id of an exchange: only later ones.').optional(),
};
const filter = z.strictObject(FILTER);
type Query = z.output<typeof filter>;

const exchangeId = z.strictObject({
  id: about(
    value(z.string().min(1).max(60), 'the id of an exchange'),
    'As X-Parlayx-Exchange has it.',
  ),
});
const GONE = { 404: 'There is no such exchange, or no more.' };

export const JOURNAL_ENDPOINTS: readonly Endpoint[] = [
  endpoint({
    id: 'listRequests',
    method: 'GET',
    path: '/requests',
    tag: 'journal',
    summary:
      'Exchanges that were, in their order: the latest, or with `after` those that followed.',
    query: z.strictObject({ ...FILTER, limit, reveal }),
    answer: z.strictObject({ exchanges: z.array(exchange) }),
    handle: ({ sandbox }, { query }) => {
      const exchanges = sandbox.journal.list(filterOf(query), {
        limit: limited(query.limit),
        reveal: query.reveal === 'true',
      });
      return shown({ exchanges }, true);
    },
  }),
  endpoint({
    id: 'deleteRequests',
    method: 'DELETE',
    path: '/requests',
    tag: 'journal',
    summary: 'Forgets all exchanges; ids go on from where they are.',
    handle: ({ sandbox }) => {
      sandbox.journal.clear();
      return undefined;
    },
  }),
  endpoint({
    id: 'waitForRequests',
    method: 'GET',
    path: '/requests/wait',
    tag: 'journal',
    summary: 'Answers as soon as enough exchanges match, or when the time is over.',
    query: z.strictObject({
      ...FILTER,
      count: number(1, ADMIN_LIMITS.mostListed, 'How many; 1 when absent.'),
      timeoutMs: number(0, ADMIN_LIMITS.waitMs, 'How long, in real time; 10 seconds when absent.'),
      past: switched('Whether those count that have been already; true when absent.'),
      reveal,
    }),
    answer: z.strictObject({
      enough: z.boolean().meta({ description: 'False when the time was over before.' }),
      exchanges: z.array(exchange),
    }),
    handle: async ({ sandbox }, { query }) => {
      try {
        const exchanges = await sandbox.journal.wait(filterOf(query), {
          count: Number(query.count ?? 1),
          timeoutMs: Number(query.timeoutMs ?? 10_000),
          past: query.past !== 'false',
          reveal: query.reveal === 'true',
        });
        return shown({ enough: true, exchanges }, true);
      } catch (error) {
        if (!(error instanceof WaitTimeoutError)) throw error;
        return shown({ enough: false, exchanges: error.seen }, true);
      }
    },
  }),
  endpoint({
    id: 'getRequest',
    method: 'GET',
    path: '/requests/{id}',
    tag: 'journal',
    summary: 'One exchange with both messages; secrets in them are hidden.',
    params: exchangeId,
    query: z.strictObject({ reveal }),
    answer: exchangeView,
    refusals: GONE,
    handle: ({ sandbox }, { params, query }) => {
      const found = sandbox.journal.get(params.id, { reveal: query.reveal === 'true' });
      if (found === undefined) throw gone(params.id);
      return shown(found, true);
    },
  }),
  endpoint({
    id: 'explainRequest',
    method: 'GET',
    path: '/requests/{id}/explain',
    tag: 'journal',
    summary: 'One exchange step by step: what was looked at, what refused it, what money moved.',
    params: exchangeId,
    query: z.strictObject({
      format: value(z.enum(['json', 'text']), 'one of json, text').optional(),
      reveal,
    }),
    answer: explanation,
    otherTypes: ['text/plain'],
    refusals: GONE,
    handle: ({ sandbox }, { params, query }) => {
      const explained = sandbox.journal.explain(params.id, { reveal: query.reveal === 'true' });
      if (explained === undefined) throw gone(params.id);
      if (query.format === 'text') return new Raw('text/plain', explanationText(explained));
      return shown(explained, true);
    },
  }),
];

function gone(id: string): Problem {
  return notFound(`There is no exchange ${id}, or no more.`, 'GET /requests lists them.');
}

function filterOf(query: Query): ExchangeFilter {
  const { operation, version, application, subscriber: who, reference, after } = query;
  const { fault, status, injected, since } = query;
  return {
    ...(operation !== undefined && { operation }),
    ...(version !== undefined && { version }),
    ...(application !== undefined && { application }),
    ...(who !== undefined && { subscriber: who }),
    ...(reference !== undefined && { reference }),
    ...(fault !== undefined && { fault: wordOrSwitch(fault) }),
    ...(status !== undefined && { status: Number(status) }),
    ...(injected !== undefined && { injected: wordOrSwitch(injected) }),
    ...(since !== undefined && { since: Date.parse(since) }),
    ...(after !== undefined && { after }),
  };
}

function wordOrSwitch(word: string): string | boolean {
  return word === 'true' || (word !== 'false' && word);
}
