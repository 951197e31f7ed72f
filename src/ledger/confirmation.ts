// Whether the evidence that a request names holds, and what a charge uses up of it. How evidence comes about is in
// issuing.ts; how a refund frees it in undoing.ts.

import type { ChargeCommand, RefundCommand, Texts } from './commands';
import type { Effects, View } from './decision';
import {
  type DeliveryStatus,
  deliveryStatus,
  type Evidence,
  type Mention,
  ownEvidence,
} from './evidence';
import { type Refusal, refuse } from './refusal';
import type { Situation } from './situation';
import type { Instant } from './time';

const NO_MENTIONS: readonly Mention[] = [];
const NOTHING_USED = {};

/** Counts in every case: whatever else is accepted is less sure. */
const SUREST: DeliveryStatus = 'DeliveredToTerminal';

/** POL0253 names every reference that does not hold; a charge that needs evidence and names none names the part. */
export function confirmationRefsHold(situation: Situation): Refusal | undefined {
  const { view, command } = situation;
  if (command.kind !== 'charge' && command.kind !== 'refund') return undefined;
  const { confirmationRefs } = command;
  const { mode } = view.terms.confirmation;
  if (confirmationRefs === undefined || mode === 'off') return undefined;
  if (confirmationRefs.length === 0) {
    if (command.kind === 'refund' || mode !== 'required') return undefined;
    return refuse('invalid_confirmations', 'the charge names no evidence', 'confirmationRefs');
  }

  const failing: string[] = [];
  const reasons: string[] = [];
  for (const reference of confirmationRefs) {
    const reason = objectionTo(reference, situation, command);
    if (reason === undefined) continue;
    failing.push(reference);
    reasons.push(`"${reference}" ${reason}`);
  }
  if (failing.length === 0) return undefined;
  return refuse('invalid_confirmations', reasons.join('; '), failing.join(', '));
}

/** The evidence that a request names: all of confirmationRefs, and of the further descriptions what is evidence. */
export function mentionsOf(
  view: View,
  command: {
    readonly kind: string;
    readonly application: string;
    readonly texts: Texts;
    readonly confirmationRefs?: readonly string[];
  },
): readonly Mention[] {
  const { kind, application, texts, confirmationRefs = [] } = command;
  if (confirmationRefs.length === 0 && texts.notes.length === 0) return NO_MENTIONS;

  const uses = kind === 'charge' && view.terms.confirmation.mode !== 'off';
  const named = confirmationRefs.map((reference): Mention => {
    const evidence = ownEvidence(view.evidence, application, reference)?.issuedBy;
    if (evidence === undefined) return { reference, place: 'confirmationRefs', used: false };
    return { reference, place: 'confirmationRefs', evidence, used: uses };
  });
  const resolved = [...new Set(texts.notes)].flatMap((reference): readonly Mention[] => {
    const evidence = ownEvidence(view.evidence, application, reference)?.issuedBy;
    if (evidence === undefined) return NO_MENTIONS;
    return [{ reference, place: 'description', evidence, used: false }];
  });
  return [...named, ...resolved];
}

/** What the mentions use up, as it is afterwards. */
export function evidenceUsed(
  view: View,
  mentions: readonly Mention[],
  transaction: number,
): Pick<Effects, 'evidence'> {
  if (mentions.length === 0) return NOTHING_USED;
  const evidence = mentions.flatMap(({ reference, used }) => {
    const found = used ? view.evidence?.get(reference) : undefined;
    return found === undefined ? [] : [{ ...found, usedBy: transaction }];
  });
  return evidence.length === 0 ? NOTHING_USED : { evidence };
}

/**
 * Why a reference does not hold. Of a refund nothing but whose it is matters, the charge has been proved: it covers the
 * subscriber, or leads to a charge that took money from this one for another, as in a split.
 */
function objectionTo(
  reference: string,
  { view, shares, now }: Situation,
  { kind, application }: ChargeCommand | RefundCommand,
): string | undefined {
  const evidence = ownEvidence(view.evidence, application, reference);
  if (evidence === undefined) return 'was not issued to this application';

  const payers = new Set(shares.map(({ subscriber }) => subscriber));
  const covered = evidence.recipients.filter(({ subscriber }) => payers.has(subscriber));
  const isRefund = kind === 'refund';
  const isTheirs = covered.length > 0 || (isRefund && leadsToCharge(evidence, view));
  if (!isTheirs) return 'covers nobody in this request';
  if (isRefund) return undefined;

  const { accepts, windowMs } = view.terms.confirmation;
  const states = covered.map((recipient) => deliveryStatus(recipient, now));
  const isEnough = (state: DeliveryStatus) => state === SUREST || accepts.has(state);
  if (!states.some(isEnough)) return `is in state ${states.join(', ')}`;
  if (isOlder(evidence, now, windowMs)) return 'is too old';
  if (evidence.usedBy !== undefined) return `was used by transaction ${evidence.usedBy}`;
  return undefined;
}

function leadsToCharge({ issuedBy }: Evidence, { charges }: View): boolean {
  const [latest] = charges?.naming(issuedBy) ?? [];
  return latest !== undefined;
}

function isOlder({ issuedAt }: Evidence, now: Instant, windowMs: number | undefined): boolean {
  return windowMs !== undefined && now - issuedAt > windowMs;
}
