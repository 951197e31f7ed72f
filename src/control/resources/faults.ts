// Faults of a sandbox over the admin API: rules in order, profiles, and what the next call meets. Rules are shown as they
// were given, addresses included, so that they can be given back.
import { z } from 'zod';
import { faultRuleSchema, faultRulesSchema } from '../../config/fault-schema';
import { ConfigurationError, pathText } from '../../config/problem';
import { about, section, value } from '../../config/schema-words';
import { FaultRuleError } from '../../sandbox/faults/compile';
import { OUTCOMES } from '../../sandbox/faults/outcomes';
import { FAULT_PROFILE_NAMES, FAULT_PROFILES } from '../../sandbox/faults/profiles';
import { type FaultRule, STAGES } from '../../sandbox/faults/rule';
import type { Sandbox } from '../../sandbox/sandbox';
import { addressOf } from '../address';
import { type Endpoint, endpoint } from '../endpoint';
import { invalidRequest, notFound } from '../problem';
import { named, subscriberPath } from '../schemas';
import { shown } from '../shown';

const rule = named('FaultRule', faultRuleSchema);
const plan = named(
  'Faults',
  z.strictObject({
    rules: z.array(
      z.strictObject({
        rule,
        stage: z.enum(STAGES),
        action: z.string(),
        matched: z.int().meta({ description: 'Calls that matched.' }),
        injected: z.int().meta({ description: 'Those of them to which it happened.' }),
      }),
    ),
    magic: z.boolean().meta({ description: 'Whether values of requests may ask for faults.' }),
  }),
);
const made = z.strictObject({ id: z.string() });
const profile = value(z.enum(FAULT_PROFILE_NAMES), `one of ${FAULT_PROFILE_NAMES.join(', ')}`);
const ruleId = z.strictObject({ id: value(z.string().min(1).max(200), 'the id of a rule') });

const { match, then } = faultRuleSchema.shape;
const { outcome } = then.shape;
const next = section({
  outcome: about(outcome, 'An outcome by its word, such as timeout or fault-500.'),
  then: about(then, 'Any action, instead.').optional(),
  match: about(match, 'Which call; the very next when absent.'),
});
const nextOfSubscriber = section({ outcome: next.shape.outcome, then: next.shape.then });

export const FAULT_ENDPOINTS: readonly Endpoint[] = [
  endpoint({
    id: 'listFaults',
    method: 'GET',
    path: '/faults',
    tag: 'faults',
    summary: 'The rules in the order in which they are asked, with what they have done.',
    answer: plan,
    handle: ({ sandbox }) => told(sandbox),
  }),
  endpoint({
    id: 'replaceFaults',
    method: 'PUT',
    path: '/faults',
    tag: 'faults',
    summary: 'Replaces all rules, all or none; an empty list clears them.',
    body: faultRulesSchema,
    answer: plan,
    handle: ({ sandbox }, { body }) => {
      judged(() => sandbox.faults.replace(body));
      return told(sandbox);
    },
  }),
  endpoint({
    id: 'addFault',
    method: 'POST',
    path: '/faults',
    tag: 'faults',
    summary: 'Appends a rule.',
    body: rule,
    status: 201,
    answer: made,
    handle: ({ sandbox }, { body }) => ({ id: judged(() => sandbox.faults.add(body)) }),
  }),
  endpoint({
    id: 'clearFaults',
    method: 'DELETE',
    path: '/faults',
    tag: 'faults',
    summary: 'Removes all rules and forced outcomes.',
    handle: ({ sandbox }) => {
      sandbox.faults.clear();
      return undefined;
    },
  }),
  endpoint({
    id: 'forceNext',
    method: 'POST',
    path: '/faults/next',
    tag: 'faults',
    summary: 'Forces, once, what happens to the next call that matches.',
    body: next,
    status: 201,
    answer: made,
    handle: ({ sandbox }, { body }) => ({
      id: forced(sandbox, body, body.match),
    }),
  }),
  endpoint({
    id: 'deleteFault',
    method: 'DELETE',
    path: '/faults/{id}',
    tag: 'faults',
    summary: 'Removes one rule.',
    params: ruleId,
    refusals: { 404: 'There is no such rule.' },
    handle: ({ sandbox }, { params }) => {
      if (sandbox.faults.remove(params.id)) return undefined;
      throw notFound(`There is no rule ${params.id}.`, 'GET /faults lists them.');
    },
  }),
  endpoint({
    id: 'listFaultProfiles',
    method: 'GET',
    path: '/fault-profiles',
    tag: 'faults',
    summary: 'Rules under one word, and the outcomes that rules can name.',
    answer: z.strictObject({
      profiles: z.array(z.strictObject({ name: profile, rules: z.array(rule) })),
      outcomes: z.array(
        z.strictObject({
          word: z.string(),
          wire: z.string().meta({ description: 'What goes over the wire.' }),
          conclusion: z.string().meta({ description: 'What a client should conclude.' }),
        }),
      ),
    }),
    ofEmulator: true,
    handle: () => ({
      profiles: FAULT_PROFILE_NAMES.map((name) => ({ name, rules: FAULT_PROFILES[name] })),
      outcomes: OUTCOMES.map(({ word, wire, conclusion }) => ({ word, wire, conclusion })),
    }),
  }),
  endpoint({
    id: 'useFaultProfile',
    method: 'POST',
    path: '/fault-profiles/{name}/use',
    tag: 'faults',
    summary: 'Replaces all rules by those of a profile.',
    params: z.strictObject({ name: profile }),
    answer: plan,
    handle: ({ sandbox }, { params }) => {
      sandbox.faults.use(params.name);
      return told(sandbox);
    },
  }),
  endpoint({
    id: 'forceNextOfSubscriber',
    method: 'POST',
    path: '/subscribers/{subscriber}/next',
    tag: 'subscribers',
    summary: 'Forces, once, what happens to the next call that charges this subscriber.',
    params: subscriberPath,
    body: nextOfSubscriber,
    status: 201,
    answer: made,
    handle: ({ sandbox }, { params, body }) => ({
      id: forced(sandbox, body, { subscriber: addressOf(sandbox, params.subscriber) }),
    }),
  }),
];

function forced(
  { faults }: Sandbox,
  { outcome: word, then: action }: z.output<typeof nextOfSubscriber>,
  matching: FaultRule['match'],
): string {
  const both = word !== undefined && action !== undefined;
  const wanted = word ?? action;
  if (wanted === undefined || both) {
    throw invalidRequest('body', [
      { path: both ? 'then' : '', message: 'expected exactly one of outcome and then' },
    ]);
  }
  return judged(() => faults.next(wanted, matching));
}

function judged<T>(change: () => T): T {
  try {
    return change();
  } catch (error) {
    if (error instanceof ConfigurationError) throw invalidRequest('body', error.problems);
    if (!(error instanceof FaultRuleError)) throw error;
    const differences = error.problems.map(({ path, message }) => ({
      path: pathText(path),
      message,
    }));
    throw invalidRequest('body', differences);
  }
}

function told({ faults }: Sandbox): object {
  return shown({ rules: faults.rules(), magic: faults.magic }, true);
}
