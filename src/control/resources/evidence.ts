// Evidence of provided services over the admin API: what there is, registering and steering it, and delivery rules.
import { z } from 'zod';
import { readDeliveryRules } from '../../config/messaging';
import { messaging } from '../../config/messaging-schema';
import { type Problem as Difference, pathText } from '../../config/problem';
import { about, section, value } from '../../config/schema-words';
import { DELIVERY_OUTCOMES, deliveryStatus, type Evidence } from '../../ledger/evidence';
import { Refusal } from '../../ledger/refusal';
import { PART_LIMITS } from '../../limits';
import type { Sandbox } from '../../sandbox/sandbox';
import { addressOf } from '../address';
import { type Endpoint, endpoint } from '../endpoint';
import { badRequest, conflict, invalidRequest, notFound, Problem, TRY_AGAIN } from '../problem';
import { instant, limit, limited, named, reveal, subscriber, text } from '../schemas';
import { shown } from '../shown';

const OUTCOMES = value(z.enum(DELIVERY_OUTCOMES), `one of ${DELIVERY_OUTCOMES.join(', ')}`);
const reference = about(
  value(
    z.string().trim().min(1).max(PART_LIMITS.confirmationRefCharacters),
    `a text of at most ${PART_LIMITS.confirmationRefCharacters} characters`,
  ),
  'What the application names in confirmationRefs.',
);

const evidence = named(
  'Evidence',
  z.strictObject({
    reference: z.string(),
    application: z.string(),
    service: z.string(),
    issuedAt: instant,
    issuedBy: z.int().meta({ description: 'The number of its transaction.' }),
    usedBy: z.int().optional().meta({ description: 'The transaction of the charge that used it.' }),
    recipients: z.array(
      z.strictObject({
        subscriber: z.string(),
        outcome: z.enum(DELIVERY_OUTCOMES),
        settlesAt: instant,
        status: z.string().meta({ description: 'The DeliveryStatus now.' }),
      }),
    ),
  }),
);

const registration = section({
  reference,
  application: text,
  service: about(text, 'The service provided; `registered` when absent.').optional(),
  subscribers: about(
    value(z.array(subscriber).min(1), 'a list of addresses'),
    'Whom it was provided to.',
  ),
  outcome: about(OUTCOMES, 'How it came out; delivered when absent.').optional(),
});

/** Those of the configuration file: `messaging.outcomes`. */
const DELIVERY_RULES = named('DeliveryRules', messaging.shape.outcomes.unwrap());

const UNKNOWN = { 404: 'There is no such evidence.' };

export const EVIDENCE_ENDPOINTS: readonly Endpoint[] = [
  endpoint({
    id: 'listEvidence',
    method: 'GET',
    path: '/evidence',
    tag: 'evidence',
    summary: 'Services that were provided and can prove a charge.',
    query: z.strictObject({
      application: text.optional(),
      subscriber: subscriber.optional(),
      limit,
      reveal,
    }),
    answer: z.strictObject({ total: z.int(), evidence: z.array(evidence) }),
    handle: ({ sandbox }, { query }) => {
      const address = addressOf(sandbox, query.subscriber);
      const all = sandbox.ledger.read.evidences({
        ...(query.application !== undefined && { application: query.application }),
        ...(address !== undefined && { subscriber: address }),
      });
      const page = all.slice(0, limited(query.limit)).map((each) => told(sandbox, each));
      return shown({ total: all.length, evidence: page }, query.reveal === 'true');
    },
  }),
  endpoint({
    id: 'registerEvidence',
    method: 'POST',
    path: '/evidence',
    tag: 'evidence',
    summary: 'Registers a service that another system provided.',
    query: z.strictObject({ reveal }),
    body: registration,
    status: 201,
    answer: evidence,
    refusals: { 409: 'The reference is there already and says something else.' },
    handle: async ({ sandbox }, { body, query }) => {
      const { application, service = 'registered', outcome = 'delivered' } = body;
      const recipients = [...new Set(body.subscribers.map((each) => addressOf(sandbox, each)))].map(
        (address) => ({ subscriber: address, outcome, afterMs: 0 }),
      );
      const decision = await sandbox.ledger.submit({
        kind: 'issue',
        application,
        service,
        reference: body.reference,
        recipients,
      });
      if (decision instanceof Refusal) throw refused(decision);
      return shown(told(sandbox, found(sandbox, body.reference)), query.reveal === 'true');
    },
  }),
  endpoint({
    id: 'getEvidence',
    method: 'GET',
    path: '/evidence/{reference}',
    tag: 'evidence',
    summary: 'One service that was provided.',
    params: z.strictObject({ reference }),
    query: z.strictObject({ reveal }),
    answer: evidence,
    refusals: UNKNOWN,
    handle: ({ sandbox }, { params, query }) =>
      shown(told(sandbox, found(sandbox, params.reference)), query.reveal === 'true'),
  }),
  endpoint({
    id: 'deliverEvidence',
    method: 'POST',
    path: '/evidence/{reference}/deliver',
    tag: 'evidence',
    summary: 'Settles how a delivery has come out, now, for one recipient or for all.',
    params: z.strictObject({ reference }),
    query: z.strictObject({ reveal }),
    body: section({
      outcome: OUTCOMES,
      subscriber: about(subscriber, 'All recipients when absent.').optional(),
    }),
    answer: evidence,
    refusals: UNKNOWN,
    handle: async ({ sandbox }, { params, body, query }) => {
      const address = addressOf(sandbox, body.subscriber);
      found(sandbox, params.reference);
      const decision = await sandbox.deliver(params.reference, body.outcome, address);
      if (decision instanceof Refusal) throw refused(decision);
      return shown(told(sandbox, found(sandbox, params.reference)), query.reveal === 'true');
    },
  }),
  endpoint({
    id: 'getDeliveryRules',
    method: 'GET',
    path: '/evidence-rules',
    tag: 'evidence',
    summary: 'The rules of what becomes of messages, in the form in which they are set.',
    answer: DELIVERY_RULES,
    handle: ({ sandbox }) =>
      sandbox.deliveryRules().map(({ address, outcome, afterMs }) => ({
        address,
        outcome,
        ...(afterMs !== undefined && { delaySeconds: afterMs / 1_000 }),
      })),
  }),
  endpoint({
    id: 'setDeliveryRules',
    method: 'PUT',
    path: '/evidence-rules',
    tag: 'evidence',
    summary:
      'Replaces the rules of what becomes of messages from now on; the first that fits decides.',
    body: DELIVERY_RULES,
    handle: ({ sandbox }, { body }) => {
      const problems: Difference[] = [];
      const { countryCode } = sandbox.terms.terms('');
      const rules = readDeliveryRules(body, countryCode, (path, message) =>
        problems.push({ path: pathText(path), message }),
      );
      if (problems.length > 0) throw invalidRequest('body', problems);
      sandbox.setDeliveryRules(rules);
      return undefined;
    },
  }),
];

function found({ ledger }: Sandbox, name: string): Evidence {
  const evidenceFound = ledger.read.evidence(name);
  if (evidenceFound !== undefined) return evidenceFound;
  throw notFound(`There is no evidence ${name}.`, 'GET /evidence lists it.');
}

function told({ clock }: Sandbox, { recipients, receipt: _receipt, ...rest }: Evidence): object {
  const now = clock.now();
  return {
    ...rest,
    recipients: recipients.map((recipient) => ({
      subscriber: recipient.subscriber,
      outcome: recipient.outcome,
      settlesAt: recipient.settlesAt,
      status: deliveryStatus(recipient, now),
    })),
  };
}

function refused({ code, detail }: Refusal): Problem {
  const sentence = `Refused: ${detail}.`;
  if (code === 'busy') return new Problem(503, sentence, { hint: TRY_AGAIN });
  return code === 'invalid_value'
    ? badRequest(sentence)
    : conflict(sentence, 'GET /evidence/REFERENCE tells what is there.');
}
