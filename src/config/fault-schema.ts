// What a rule of fault injection may say: its part of the schema, for the configuration file, code and the admin API.
import { z } from 'zod';
import { OUTCOME_WORDS } from '../sandbox/faults/outcomes';
import { type FaultRule, STAGES } from '../sandbox/faults/rule';
import { about, section, value } from './schema-words';

const text = value(z.string().min(1), 'a text');
const whole = value(z.int().min(0), 'a whole number of zero or more');
const atLeastOne = value(z.int().min(1), 'a whole number of 1 or more');
const milliseconds = value(z.int().min(0), 'whole milliseconds');
const money = value(
  z.union([z.string().regex(/^\s*[+-]?(\d+\.?\d*|\.\d+)\s*$/), z.int()]),
  'an amount, written in quotes: "5.00"',
);

const match = section({
  operation: about(
    text,
    'AmountCharging.chargeAmount, or chargeAmount of any interface.',
  ).optional(),
  version: about(text, 'The version of the message, such as v4_0.').optional(),
  application: about(text, 'The name of the application.').optional(),
  subscriber: about(
    text,
    'An address, the beginning of some ("tel:+1555*"), or a range ("tel:+15550100..tel:+15550199").',
  ).optional(),
  amount: about(
    value(
      z.union([money, z.strictObject({ min: money.optional(), max: money.optional() })]),
      'an amount in quotes such as "5.00", or { min: "1.00", max: "5.00" }',
    ),
    'The amount as the request writes it.',
  ).optional(),
  currency: about(text, 'The currency of the charge.').optional(),
  reference: about(text, 'A reference code, or the beginning of some ("test-*").').optional(),
  nth: about(atLeastOne, 'Only this one of the calls that match the rest.').optional(),
});

const delay = section({
  fixed: about(milliseconds, 'Always as long.').optional(),
  uniform: about(
    section({ min: milliseconds, max: milliseconds }),
    'Each time in between as likely.',
  ).optional(),
  lognormal: about(
    section({
      median: milliseconds,
      sigma: value(z.number().min(0).max(10), 'a number from 0 to 10'),
      max: milliseconds,
    }),
    'As networks are: mostly near the median, now and then far above.',
  ).optional(),
});

const action = section({
  outcome: about(
    value(z.enum(OUTCOME_WORDS as [string, ...string[]]), `one of ${OUTCOME_WORDS.join(', ')}`),
    'An outcome by its word.',
  ).optional(),
  fault: about(
    section({
      code: value(z.string().regex(/^(SVC|POL)\d{4}$/), 'a code such as SVC0270'),
      variables: value(z.array(z.string()), 'a list of texts').optional(),
      text: text.optional(),
    }),
    'A ServiceException or PolicyException.',
  ).optional(),
  http: about(
    section({
      status: value(z.int().min(200).max(599), 'a status from 200 to 599'),
      body: about(
        value(z.string(), 'html, empty or a text'),
        'html for a page, empty for none, or the text itself; html when absent.',
      ).optional(),
    }),
    'An answer that is no SOAP.',
  ).optional(),
  delay: about(
    delay,
    'In real time, before what else happens, or before the true answer.',
  ).optional(),
  dribble: about(
    section({ bytes: atLeastOne, everyMs: milliseconds }),
    'The true answer, so many bytes at a time.',
  ).optional(),
});

export const faultRuleSchema = section({
  id: about(text, 'Made when absent.').optional(),
  match: about(match, 'Which calls; every one when absent.').optional(),
  at: about(
    value(z.enum(STAGES), `one of ${STAGES.join(', ')}`),
    'Where it happens; each action has a stage of its own when absent.',
  ).optional(),
  then: about(action, 'What happens.'),
  probability: about(
    value(z.number().min(0).max(1), 'a number from 0 to 1'),
    'How likely; 1 when absent.',
  ).optional(),
  seed: about(whole, 'Of its chances and delays.').optional(),
  times: about(atLeastOne, 'How often at most.').optional(),
  skip: about(whole, 'How many calls that match are let go first.').optional(),
}) satisfies z.ZodType<FaultRule>;

export const faultRulesSchema = value(z.array(faultRuleSchema), 'a list of rules');
