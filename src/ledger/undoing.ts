// Refunds of earlier charges: which charge a refund names, what remains of it, and what is free again once nothing does.
import { ownEvidence } from './confirmation';
import type { EarlierCharge } from './earlier-charge';
import type { Effects, RefundCommand, View } from './model';
import { type Refusal, refuse } from './refusal';
import type { Situation } from './situation';

/**
 * The first charge named, if any, that took money of this currency from this subscriber: by confirmationRefs, then by
 * the further descriptions, each a reference code or evidence, then by the same reference code.
 */
export function chargeNamed(view: View, command: RefundCommand): EarlierCharge | undefined {
  const { application, subscriber, currency, confirmationRefs = [], texts, reference } = command;
  const byCode = (code: string) => view.chargeOfCode?.get(code);
  const byEvidence = (name: string) => ownEvidence(view, application, name)?.usedBy;
  const candidates = [
    ...confirmationRefs.map(byEvidence),
    ...texts.notes.flatMap((note) => [byCode(note), byEvidence(note)]),
    byCode(reference.code),
  ];
  for (const number of candidates) {
    const charge = number === undefined ? undefined : view.charges?.get(number);
    if (charge === undefined || charge.currency !== currency) continue;
    if (shareOf(charge, subscriber) !== undefined) return charge;
  }
  return undefined;
}

/** Under strict refunds money goes back only to where it came from, and no more than came. */
export function withinUndoneCharge({ view, command, undone }: Situation): Refusal | undefined {
  if (view.terms.refunds === 'open' || command.kind !== 'refund') return undefined;
  const share = undone && shareOf(undone, command.subscriber);
  if (share === undefined) {
    return refuse('refund_exceeds_charge', 'the refund names no earlier charge of this subscriber');
  }
  if (share.refunded + command.amount <= share.charged) return undefined;
  return refuse(
    'refund_exceeds_charge',
    `the refund is above what remains of transaction ${undone?.transaction}`,
  );
}

/** The effects of a refund with its link to the charge, and with the evidence that is free when all of it is undone. */
export function undoingEffects(
  view: View,
  { subscriber, currency, amount }: RefundCommand,
  undone: EarlierCharge,
  effects: Effects,
): Effects {
  const undoes = { charge: undone.transaction, capped: view.terms.refunds === 'linked' };
  const total = (shareOf(undone, subscriber)?.refunded ?? 0n) + amount;
  const isUndone = undone.shares.every(({ subscriber: payer, charged, refunded }) => {
    return (payer === subscriber ? total : refunded) >= charged;
  });
  return {
    ...effects,
    transactions: effects.transactions.map((transaction) =>
      transaction.kind === 'refund' ? { ...transaction, undoes } : transaction,
    ),
    refunded: { charge: undone.transaction, subscriber, currency, total },
    ...(isUndone && undone.uses.length > 0 && { evidence: freed(view, undone) }),
  };
}

function shareOf({ shares }: EarlierCharge, subscriber: string) {
  return shares.find((share) => share.subscriber === subscriber);
}

function freed(view: View, { transaction, uses }: EarlierCharge) {
  return uses.flatMap((reference) => {
    const evidence = view.evidence?.get(reference);
    if (evidence?.usedBy !== transaction) return [];
    const { usedBy, ...unused } = evidence;
    return [unused];
  });
}
