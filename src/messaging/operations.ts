// The operations of messaging: a message sent is evidence issued by the ledger, a delivery status is read from it.

import type { Command, IssueCommand } from '../ledger/commands';
import type { Effects } from '../ledger/decision';
import { deliveryStatus, type Evidence } from '../ledger/evidence';
import type { Refusal } from '../ledger/refusal';
import type { Instant } from '../ledger/time';
import { MESSAGING_LIMITS } from '../limits';
import { invalidPart } from '../payment/faults';
import type { OperationKey, Operations } from '../wsdl/messaging-operations.generated';
import { firstObjection } from './checks';
import { deliveryTo } from './delivery';
import { type MessagingContext, MessagingRequest, type Parts } from './request';

export type { Operations as MessagingOperations } from '../wsdl/messaging-operations.generated';

/** What is served; the other operations are those of applications. */
export type MessagingKey = Exclude<OperationKey, `${string}Notification.${string}`>;

/** What kind of service an identifier is evidence of. */
export type MessagingService = 'sms' | 'mms';

const SERVED = {
  'SendSms.sendSms': { service: 'sms', task: 'send' },
  'SendSms.getSmsDeliveryStatus': { service: 'sms', task: 'status' },
  'SendMessage.sendMessage': { service: 'mms', task: 'send' },
  'SendMessage.getMessageDeliveryStatus': { service: 'mms', task: 'status' },
} as const satisfies Record<
  MessagingKey,
  { readonly service: MessagingService; readonly task: 'send' | 'status' }
>;

type Response = Operations[MessagingKey]['response'];

/** A request that gets no further. */
interface Refused {
  readonly kind: 'refused';
  readonly refusal: Refusal;
}

/** A message on its way to the ledger. */
interface Sending {
  readonly kind: 'command';
  readonly command: Command;
  response(effects: Pick<Effects, 'evidenceReference'>): Response;
}

/** A question about the message `reference`; answered from its evidence, when there is any. */
interface Asking {
  readonly kind: 'question';
  readonly reference: string;
  answer(evidence: Evidence | undefined, now: Instant): Response | Refusal;
}

export type PreparedMessaging = (Refused | Sending | Asking) & {
  readonly deviations: readonly string[];
};

export function isMessaging(key: string): key is MessagingKey {
  return Object.hasOwn(SERVED, key);
}

/** Judges a request and says what the ledger has to do, or what of it has to be read. `version` is the request's. */
export function prepareMessaging(
  key: MessagingKey,
  parts: Parts,
  version: string,
  context: MessagingContext,
): PreparedMessaging {
  const { service, task } = SERVED[key];
  if (task === 'status') return { ...asking(service, parts, context), deviations: [] };
  const request = new MessagingRequest(parts, context);
  const { deviations } = request;
  const refusal = firstObjection(request);
  if (refusal !== undefined) return { kind: 'refused', refusal, deviations };
  const command = issue(service, request, version);
  return { kind: 'command', command, deviations, response: identified };
}

function issue(
  service: MessagingService,
  request: MessagingRequest,
  version: string,
): IssueCommand {
  const { parts, context, recipients } = request;
  const { receiptRequest } = parts;
  return {
    kind: 'issue',
    application: context.application,
    service,
    recipients: recipients.map((subscriber) => ({
      subscriber,
      ...deliveryTo(subscriber, context.messaging),
    })),
    ...(receiptRequest !== undefined && { receipt: { ...receiptRequest, version } }),
  };
}

function identified({ evidenceReference }: Pick<Effects, 'evidenceReference'>): Response {
  if (evidenceReference === undefined) throw new Error('a message without an identifier');
  return { result: evidenceReference };
}

/** Only the application that sent a message is told of it; others learn nothing, not even that there is one. */
function asking(
  service: MessagingService,
  { requestIdentifier = '' }: Parts,
  { application }: MessagingContext,
): Refused | Asking {
  if (requestIdentifier.length > MESSAGING_LIMITS.identifierCharacters) {
    const refusal = invalidPart('requestIdentifier', 'longer than any identifier');
    return { kind: 'refused', refusal };
  }
  return {
    kind: 'question',
    reference: requestIdentifier,
    answer: (evidence, now) => {
      if (evidence?.application !== application || evidence.service !== service) {
        return invalidPart('requestIdentifier', `no ${service} of this application has it`);
      }
      const result = evidence.recipients.map((recipient) => ({
        address: recipient.subscriber,
        deliveryStatus: deliveryStatus(recipient, now),
      }));
      return { result };
    },
  };
}
