// Refunds of earlier charges: which charge a refund names, what remains of it, and what is free again once nothing does.

import type { RefundCommand } from './commands';
import type { Effects, View } from './decision';
import type { EarlierCharge, WalletCharges, WholeCharge } from './earlier-charge';
import { ownEvidence } from './evidence';
import { type Refusal, refuse } from './refusal';
import type { Situation } from './situation';

/** The charge that a refund undoes. */
export type UndoneCharge = EarlierCharge & WholeCharge;

const NONE: readonly EarlierCharge[] = [];

/**
 * Of the charges that the refund names, the first of which enough remains; where there is none such, the first of which
 * anything remains, and else the first. One refund undoes one charge.
 */
export function chargeNamed(view: View, command: RefundCommand): UndoneCharge | undefined {
  const { charges } = view;
  if (charges === undefined) return undefined;
  let partly: EarlierCharge | undefined;
  let any: EarlierCharge | undefined;
  for (const charge of candidates(view, charges, command)) {
    const remaining = charge.charged - charge.refunded;
    if (remaining >= command.amount) return { ...charge, ...charges.whole(charge.transaction) };
    if (remaining > 0n) partly ??= charge;
    any ??= charge;
  }
  const chosen = partly ?? any;
  return chosen && { ...chosen, ...charges.whole(chosen.transaction) };
}

/** Under strict refunds money goes back only to where it came from, and no more than came. */
export function withinUndoneCharge({ view, command, undone }: Situation): Refusal | undefined {
  if (view.terms.refunds === 'open' || command.kind !== 'refund') return undefined;
  if (undone === undefined) {
    return refuse('refund_exceeds_charge', 'the refund names no earlier charge of this subscriber');
  }
  if (undone.refunded + command.amount <= undone.charged) return undefined;
  return refuse(
    'refund_exceeds_charge',
    `the refund is above what remains of transaction ${undone.transaction}`,
  );
}

/** The effects of a refund with its link to the charge, and with the evidence that is free when all of it is undone. */
export function undoingEffects(
  view: View,
  { subscriber, currency, amount }: RefundCommand,
  undone: UndoneCharge,
  effects: Effects,
): Effects {
  const { transaction: charge, shares, uses } = undone;
  const capped = view.terms.refunds === 'linked';
  const undoes = { charge, capped };
  const total = undone.refunded + amount;
  const isUndone = shares.every(({ subscriber: payer, charged, refunded }) => {
    return (payer === subscriber ? total : refunded) >= charged;
  });
  return {
    ...effects,
    transactions: effects.transactions.map((transaction) =>
      transaction.kind === 'refund' ? { ...transaction, undoes } : transaction,
    ),
    refunded: { charge, subscriber, currency, total, capped: capped ? amount : 0n },
    ...(isUndone && uses.length > 0 && { evidence: uses.map(({ usedBy, ...unused }) => unused) }),
  };
}

/**
 * By the references of evidence, then by the further descriptions, each a reference code or evidence, then by the same
 * reference code; of one name the latest first.
 */
function* candidates(
  view: View,
  charges: WalletCharges,
  { application, confirmationRefs = [], texts, reference }: RefundCommand,
): Generator<EarlierCharge> {
  const naming = (name: string) => {
    const evidence = ownEvidence(view.evidence, application, name);
    return evidence === undefined ? NONE : charges.naming(evidence.issuedBy);
  };
  for (const name of confirmationRefs) yield* naming(name);
  for (const note of texts.notes) yield* latestFirst(charges.underCode(note), naming(note));
  yield* charges.underCode(reference.code);
}

/** Two sequences, each of which begins with the latest, as one. */
function* latestFirst(
  charges: Iterable<EarlierCharge>,
  further: Iterable<EarlierCharge>,
): Generator<EarlierCharge> {
  const others = further[Symbol.iterator]();
  try {
    let other = others.next();
    for (const charge of charges) {
      for (; isLater(other, charge); other = others.next()) yield other.value;
      yield charge;
    }
    for (; other.done !== true; other = others.next()) yield other.value;
  } finally {
    others.return?.();
  }
}

function isLater(
  other: IteratorResult<EarlierCharge>,
  { transaction }: EarlierCharge,
): other is IteratorYieldResult<EarlierCharge> {
  return other.done !== true && other.value.transaction > transaction;
}
