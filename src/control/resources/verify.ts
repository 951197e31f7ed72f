// Questions to the ledger over the admin API: verdicts that explain themselves, and the audit.
import { z } from 'zod';
import { about, section, value } from '../../config/schema-words';
import { withoutUndefined } from '../../config/without-undefined';
import { QuestionError } from '../../sandbox/inquiry';
import type { Sandbox } from '../../sandbox/sandbox';
import type { Verdict } from '../../sandbox/verdict';
import { type Endpoint, endpoint } from '../endpoint';
import { Problem } from '../problem';
import { amount, currency, moment, named, reveal, subscriber, text } from '../schemas';
import { shown } from '../shown';

const QUESTIONS = [
  'exactlyOnce',
  'atMostOnce',
  'never',
  'net',
  'noOpenHolds',
  'noDoubleCharges',
  'invariants',
] as const;

const verdict = named(
  'Verdict',
  z.strictObject({
    holds: z.boolean(),
    sentence: z.string().meta({ description: 'What was found, for a person.' }),
    details: z.looseObject({}).meta({ description: 'What the sentence is made of.' }),
  }),
);

const question = section({
  question: about(
    value(z.enum(QUESTIONS), `one of ${QUESTIONS.join(', ')}`),
    'What is asked: how often it was charged, what it came to, or whether all is well.',
  ),
  subscriber: subscriber.optional(),
  application: text.optional(),
  reference: about(text, 'The referenceCode of the requests.').optional(),
  currency: currency.optional(),
  amount: about(amount, 'Of each charge; with net, charges less refunds.').optional(),
  since: moment.optional(),
  until: about(moment, 'The first instant that is too late.').optional(),
  withinMs: about(
    value(z.int().min(1), 'whole milliseconds of 1 or more'),
    'With noDoubleCharges: how close two charges of one amount are that may be one.',
  ).optional(),
});
type Question = z.output<typeof question>;

const audit = named(
  'Audit',
  z.strictObject({
    ok: z.boolean().meta({ description: 'Whether the ledger keeps all of its invariants.' }),
    violations: z.array(z.strictObject({ invariant: z.string(), sentence: z.string() })),
    digest: z.string().meta({ description: 'SHA-256 of the whole ledger.' }),
    doubleChargeSuspects: z.array(z.looseObject({ reason: z.string() })),
    openHolds: z.array(z.looseObject({ reservation: z.string() })),
    counts: z.record(z.string(), z.int()),
  }),
);

export const VERIFY_ENDPOINTS: readonly Endpoint[] = [
  endpoint({
    id: 'verify',
    method: 'POST',
    path: '/verify',
    tag: 'verify',
    summary: 'Asks the ledger, not the messages, whether something is so. 200 whatever the answer.',
    query: z.strictObject({ reveal }),
    body: question,
    answer: verdict,
    handle: ({ sandbox }, { body, query }) => {
      const { holds, sentence, details } = answered(sandbox, body);
      // The sentence is masked where it is made, which knows what of it is a subscriber.
      return { holds, sentence, ...shown({ details }, query.reveal === 'true') };
    },
  }),
  endpoint({
    id: 'audit',
    method: 'GET',
    path: '/audit',
    tag: 'verify',
    summary: 'All invariants of the ledger, its digest, and what looks like charged twice.',
    query: z.strictObject({ reveal }),
    answer: audit,
    handle: ({ sandbox: { verify, ledger } }, { query }) => {
      const { holds, details } = verify.invariants();
      const all = {
        ok: holds,
        violations: details.violations,
        digest: verify.digest(),
        doubleChargeSuspects: verify.doubleChargeSuspects(),
        openHolds: verify.openHolds(),
        counts: ledger.read.counts(),
      };
      return shown(all, query.reveal === 'true');
    },
  }),
];

function answered({ verify }: Sandbox, body: Question): Verdict<object> {
  const { question: asked, since, until, withinMs, ...given } = body;
  const { amount: sum, ...named } = withoutUndefined(given);
  const scope = {
    ...named,
    ...(since !== undefined && { since: Date.parse(since) }),
    ...(until !== undefined && { until: Date.parse(until) }),
  };
  const price = sum === undefined ? {} : { amount: sum };
  try {
    switch (asked) {
      case 'exactlyOnce':
      case 'atMostOnce':
      case 'never':
        return verify[asked]({ ...scope, ...price });
      case 'net':
        if (sum === undefined) throw new QuestionError('The question net needs an amount.');
        return verify.net(scope, sum);
      case 'noOpenHolds':
        return verify.noOpenHolds(scope);
      case 'noDoubleCharges':
        return verify.noDoubleCharges({ ...scope, ...(withinMs !== undefined && { withinMs }) });
      case 'invariants':
        return verify.invariants();
    }
  } catch (error) {
    if (error instanceof QuestionError) throw new Problem(400, error.message, { path: 'body' });
    throw error;
  }
}
