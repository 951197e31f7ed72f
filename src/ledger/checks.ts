// What can only be judged with the ledger in view. Each check states one rule; matrix.ts has their order.
import { LEDGER_LIMITS, MONEY_LIMITS } from '../limits';
import type { CaptureCommand } from './commands';
import type { Decision, View } from './decision';
import { REPLAYED } from './effects';
import type { Reservation, Wallet } from './model';
import type { Micros } from './money';
import { Refusal, refuse } from './refusal';
import type { Change, CheckedCommand, Situation } from './situation';
import { addDuration } from './time';
import { openingBalance, spendable } from './wallet';

/** A refusal, or for an identical repeat under the policy `replay` the answer as before. */
export type LedgerCheck = (situation: Situation) => Decision | undefined;

/** Clause 8.1.1: the application keeps its codes unique; what happens when it does not is policy. */
export function referenceUnused({ view, command }: Situation): Decision | undefined {
  const { referenceUse, terms } = view;
  if (referenceUse === undefined || terms.duplicateReferences === 'report') return undefined;
  if (!('reference' in command)) return undefined;
  const { fingerprint, code } = command.reference;
  if (terms.duplicateReferences === 'replay' && sameBytes(referenceUse.fingerprint, fingerprint)) {
    return REPLAYED;
  }
  return refuse('reference_in_use', `the code "${code}" has been used before`, 'referenceCode');
}

/** Clauses 8.3, 8.4: of a reservation that the request may not touch nothing is disclosed. */
export function reservationOpen({ reservation, command }: Situation): Refusal | undefined {
  if (reservation !== undefined || !('reservationIdentifier' in command)) return undefined;
  const detail = `no open reservation ${command.reservationIdentifier} of this application`;
  return refuse('reservation_not_open', detail, 'reservationIdentifier');
}

/** Clauses 8.3.2.1, 8.3.3.1: the currency is that of the reservation, and the amount exact in it. */
export function changePriced({ change }: Situation): Refusal | undefined {
  return change instanceof Refusal ? change : undefined;
}

export function withinTransactionLimit({
  view,
  shares,
  currency,
  reservation,
}: Situation): Refusal | undefined {
  const limit = view.terms.maximumAmountPerTransaction.get(currency);
  if (limit === undefined) return undefined;
  const asked = shares.reduce((sum, { amount }) => sum + amount, 0n);
  if (reservation !== undefined && asked <= 0n) return undefined;
  if (asked + (reservation?.reserved ?? 0n) <= limit) return undefined;
  return refuse('amount_limit', `above the limit of one transaction in ${currency}`);
}

export function withinMonthlyLimit({ view, shares, currency }: Situation): Refusal | undefined {
  const limit = view.terms.maximumAmountPerMonth.get(currency);
  if (limit === undefined) return undefined;
  for (const { subscriber, amount } of shares) {
    if (amount <= 0n || (view.charged.get(subscriber) ?? 0n) + amount <= limit) continue;
    return refuse('monthly_limit', `above the limit of one month in ${currency} for ${subscriber}`);
  }
  return undefined;
}

export function subscriberKnown({ view, command, shares }: Situation): Refusal | undefined {
  if (view.terms.unknownAccounts === 'create') return undefined;
  for (const { subscriber } of shares) {
    if (view.accounts.has(subscriber)) continue;
    const part = command.kind === 'charge' ? command.part : 'endUserIdentifier';
    return refuse('unknown_subscriber', `${subscriber} has no account`, part);
  }
  return undefined;
}

/** SVC0270 where the standard lists it for a charge that fails; POL0001 on every other operation. */
export function accountActive({ view, command, shares }: Situation): Refusal | undefined {
  for (const { subscriber } of shares) {
    if (view.accounts.get(subscriber)?.status !== 'barred') continue;
    const isCharge = command.kind === 'charge' || command.kind === 'capture';
    return refuse(
      isCharge ? 'barred_account_charged' : 'account_barred',
      `${subscriber} is barred`,
    );
  }
  return undefined;
}

export function withinReservation({
  command,
  reservation,
  change,
}: Situation): Refusal | undefined {
  if (reservation === undefined || change === undefined) return undefined;
  if (change instanceof Refusal) return change;
  return command.kind === 'capture'
    ? captureWithin(command, reservation, change)
    : reductionWithin(reservation, change);
}

function captureWithin(
  { quantity }: CaptureCommand,
  { reserved, charged, volume }: Reservation,
  change: Change,
): Refusal | undefined {
  const exceeds =
    quantity.by === 'volume' && volume !== undefined
      ? change.volume > volume.reserved - volume.charged
      : change.amount > reserved - charged;
  return exceeds
    ? refuse('exceeds_reservation', 'above what is left of the reservation')
    : undefined;
}

/** A reduction frees what is not charged yet, no more (clause 8.3.2). */
function reductionWithin(
  { reserved, charged, volume }: Reservation,
  change: Change,
): Refusal | undefined {
  if (volume === undefined) {
    if (reserved + change.amount >= charged) return undefined;
    return refuse('charging_information', BELOW_CHARGED);
  }
  const after = volume.reserved + change.volume;
  if (after < volume.charged) return refuse('invalid_value', BELOW_CHARGED, 'volume');
  if (after <= LARGEST_LONG && reserved + change.amount <= MONEY_LIMITS.amountMicros)
    return undefined;
  return refuse('invalid_value', 'the reservation would be beyond the largest one', 'volume');
}

const BELOW_CHARGED = 'the reservation would fall below what is charged already';
const LARGEST_LONG = 2n ** 63n - 1n;

export function fundsSuffice({ view, command, shares, currency }: Situation): Refusal | undefined {
  for (const { subscriber, amount } of shares) {
    if (amount <= 0n) continue;
    if (amount <= spendable(view.accounts.get(subscriber), currency, view.terms)) continue;
    return refuse(
      command.kind === 'charge' ? 'insufficient_funds' : 'insufficient_funds_to_reserve',
      `${subscriber} has less than the amount available${remedy(view, subscriber)}`,
    );
  }
  return undefined;
}

/** Who starts with the defaults meets this one first. */
function remedy({ accounts, terms }: View, subscriber: string): string {
  const wallet = accounts.get(subscriber)?.wallet;
  const isAsOpened = terms.unknownAccounts === 'create' && wallet === undefined;
  return isAsOpened ? ': accounts.openingBalance says what a new wallet holds' : '';
}

export function withinLongestTime({ command, now, reservation }: Situation): Refusal | undefined {
  if (command.kind !== 'enlarge' || reservation === undefined) return undefined;
  const end = addDuration(reservation.expiresAt, command.duration);
  if (end - now <= LEDGER_LIMITS.reservationMs) return undefined;
  return refuse('duration_limit', 'the reservation would last longer than any may');
}

export function countersHold({ view, command, shares, currency }: Situation): Refusal | undefined {
  for (const { subscriber, amount } of shares) {
    const wallet = view.accounts.get(subscriber)?.wallet;
    const counter = counterMoved(command, wallet, openingBalance(currency, view.terms));
    if (counter + amount <= MONEY_LIMITS.counterMicros) continue;
    const isHold = command.kind === 'reserve' || command.kind === 'enlarge';
    return refuse(
      isHold ? 'insufficient_funds_to_reserve' : 'balance_limit',
      `the wallet of ${subscriber} has reached its largest total`,
    );
  }
  return undefined;
}

/** Of a wallet that is still to be opened, only the opening balance has moved. */
function counterMoved(
  { kind }: CheckedCommand,
  wallet: Wallet | undefined,
  opening: Micros,
): Micros {
  if (kind === 'refund') return wallet?.credits ?? opening;
  if (kind === 'reserve' || kind === 'enlarge') return wallet?.held ?? 0n;
  return wallet?.debits ?? 0n;
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}
