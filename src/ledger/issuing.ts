// How evidence comes about and what is said of its delivery afterwards. Whether it proves a charge is in confirmation.ts.

import type { DeliverCommand, IssueCommand, ReceiptSentCommand } from './commands';
import type { Decision, Effects, View } from './decision';
import { NO_EFFECTS } from './effects';
import { type Evidence, type EvidenceRecipient, isReserved } from './evidence';
import { refuse } from './refusal';
import { identifierOf } from './reservation-identifier';
import type { Instant } from './time';

/** Of references that the ledger makes; others are SVC. */
const PREFIXES: ReadonlyMap<string, string> = new Map([
  ['sms', 'SMS'],
  ['mms', 'MMS'],
]);

/**
 * Registering again what is there already changes nothing, so that seeds may be applied at each start: how a delivery
 * has come out meanwhile stays. For another application, service or recipients it is refused.
 */
export function issueEffects(view: View, command: IssueCommand, now: Instant): Decision {
  const { application, service, reference, receipt } = command;
  const existing = reference === undefined ? undefined : view.evidence?.get(reference);
  const recipients = recipientsOf(command, now);
  if (existing !== undefined && reference !== undefined) {
    if (isSame(existing, command, recipients)) {
      return { ...NO_EFFECTS, evidenceReference: reference };
    }
    const detail = `the evidence "${reference}" is there already, with another application, service or recipients`;
    return refuse('reference_in_use', detail, 'reference');
  }
  if (recipients.length === 0) {
    return refuse('invalid_value', 'evidence must cover a subscriber', 'recipients');
  }
  if (reference !== undefined && isReserved(reference)) {
    const detail = `the evidence "${reference}" is named as the ledger names its own`;
    return refuse('invalid_value', detail, 'reference');
  }

  const issuedBy = view.nextTransaction;
  const evidence: Evidence = {
    reference:
      reference ?? `${PREFIXES.get(service) ?? 'SVC'}${identifierOf(issuedBy, view.series)}`,
    application,
    service,
    issuedBy,
    issuedAt: now,
    recipients,
    ...(receipt && { receipt }),
  };
  return {
    ...NO_EFFECTS,
    transactions: [{ kind: 'issue', application, transfers: [] }],
    evidence: [evidence],
    evidenceReference: evidence.reference,
  };
}

/** A receipt that was sent is not sent again. */
export function deliverEffects(view: View, command: DeliverCommand, now: Instant): Decision {
  const { reference, subscriber, outcome } = command;
  const evidence = view.evidence?.get(reference);
  if (evidence === undefined) {
    return refuse('invalid_value', `there is no evidence "${reference}"`, 'reference');
  }
  const isMeant = (recipient: EvidenceRecipient) =>
    subscriber === undefined || recipient.subscriber === subscriber;
  if (!evidence.recipients.some(isMeant)) {
    return refuse('invalid_value', `"${reference}" does not cover ${subscriber}`, 'subscriber');
  }
  const recipients = evidence.recipients.map((recipient) =>
    isMeant(recipient) ? { ...recipient, outcome, settlesAt: now } : recipient,
  );
  const mention = {
    reference,
    place: 'delivery',
    evidence: evidence.issuedBy,
    used: false,
  } as const;
  const { application } = evidence;
  return {
    ...NO_EFFECTS,
    transactions: [{ kind: 'deliver', application, mentions: [mention], transfers: [] }],
    evidence: [{ ...evidence, recipients }],
    evidenceReference: reference,
  };
}

/** No transaction: it is told of nothing but what the emulator still has to do. */
export function receiptSentEffects(
  view: View,
  { reference, subscriber }: ReceiptSentCommand,
): Effects {
  const evidence = view.evidence?.get(reference);
  if (evidence === undefined) return NO_EFFECTS;
  const recipients = evidence.recipients.map((recipient): EvidenceRecipient => {
    if (recipient.subscriber !== subscriber) return recipient;
    const { receiptAwaited, ...told } = recipient;
    return told;
  });
  return { ...NO_EFFECTS, evidence: [{ ...evidence, recipients }] };
}

/** Each subscriber once, as named first. */
function recipientsOf({ recipients, receipt }: IssueCommand, now: Instant): EvidenceRecipient[] {
  const bySubscriber = new Map<string, EvidenceRecipient>();
  for (const { subscriber, outcome, afterMs } of recipients) {
    if (bySubscriber.has(subscriber)) continue;
    bySubscriber.set(subscriber, {
      subscriber,
      outcome,
      settlesAt: now + afterMs,
      ...(receipt && { receiptAwaited: true as const }),
    });
  }
  return [...bySubscriber.values()];
}

function isSame(
  { application, service, recipients }: Evidence,
  command: IssueCommand,
  others: readonly EvidenceRecipient[],
): boolean {
  if (application !== command.application || service !== command.service) return false;
  const covered = new Set(recipients.map(({ subscriber }) => subscriber));
  return (
    covered.size === others.length && others.every(({ subscriber }) => covered.has(subscriber))
  );
}
