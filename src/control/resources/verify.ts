// Questions to the ledger over the admin API: verdicts that explain themselves, and the audit.
import { z } from 'zod';
import { about, section, value } from '../../config/schema-words';
import { withoutUndefined } from '../../config/without-undefined';
import { QuestionError } from '../../sandbox/books/inquiry';
import type { Verdict } from '../../sandbox/books/verdict';
import type { Sandbox } from '../../sandbox/sandbox';
import { type Endpoint, endpoint } from '../endpoint';
import { badRequest, hintOf } from '../problem';
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

const NO_SUM = 'The question net needs an amount.';

const WHOSE = ['subscriber', 'application', 'currency'] as const;
const WHAT = [...WHOSE, 'reference', 'amount', 'since', 'until'] as const;

/** What a question looks at beside its name. */
const PARTS: Readonly<Record<Question['question'], readonly string[]>> = {
  exactlyOnce: WHAT,
  atMostOnce: WHAT,
  never: WHAT,
  net: WHAT,
  noOpenHolds: WHOSE,
  noDoubleCharges: [...WHOSE, 'since', 'until', 'withinMs'],
  invariants: [],
};

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
    asks: true,
    handle: ({ sandbox }, { body, query }) => {
      refuseStrangeParts(body);
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

/** An answer that left a part of the question out would be one to another question. */
function refuseStrangeParts({ question: asked, ...parts }: Question): void {
  const takes = PARTS[asked];
  const strange = Object.entries(parts)
    .filter(([name, part]) => part !== undefined && !takes.includes(name))
    .map(([name]) => name);
  const [first] = strange;
  if (first === undefined) return;
  const sentences = strange.map((name) => ({
    path: `body.${name}`,
    detail: `body.${name}: the question ${asked} does not look at it.`,
  }));
  throw badRequest(`The question ${asked} does not look at ${strange.join(', ')}.`, {
    hint: takes.length === 0 ? 'It takes nothing else.' : `It takes ${takes.join(', ')}.`,
    path: `body.${first}`,
    ...(sentences.length > 1 && { errors: sentences }),
  });
}

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
        if (sum === undefined)
          throw new QuestionError(NO_SUM, 'Give body.amount, such as "10.00".');
        return verify.net(scope, sum);
      case 'noOpenHolds':
        return verify.noOpenHolds(scope);
      case 'noDoubleCharges':
        return verify.noDoubleCharges({ ...scope, ...(withinMs !== undefined && { withinMs }) });
      case 'invariants':
        return verify.invariants();
    }
  } catch (error) {
    if (!(error instanceof QuestionError)) throw error;
    throw badRequest(error.message, { ...hintOf(error), path: 'body' });
  }
}
