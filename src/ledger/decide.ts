// The ledger's one decision: a command in front of a view gives a refusal or the effects of accepting it.
// Pure: no clock, no randomness, no input or output. The order of what is judged is the published order.
import { chargeEffects, refundEffects } from './charging';
import { type Case, firstRefusal } from './checks';
import { NO_EFFECTS, REPLAYED } from './effects';
import type {
  Command,
  Decision,
  Reference,
  ReferenceSpace,
  Reservation,
  View,
  ViewKeys,
} from './model';
import { provisionEffects } from './provisioning';
import { Refusal, refuse } from './refusal';
import { captureEffects, closeEffects, enlargeEffects, reserveEffects } from './reserving';
import { changeOf, openReservation, type SessionCommand } from './situation';
import type { Terms } from './terms';
import { type Instant, startOfMonth } from './time';

/** What a store loads for a command. A reservation brings the account of its subscriber along. */
export function keysOf(command: Command, now: Instant, terms: Terms): ViewKeys {
  switch (command.kind) {
    case 'charge':
      return {
        subscribers: command.payers.map(({ subscriber }) => subscriber),
        currency: command.currency,
        reference: referenceKey(command.application, command.reference),
        ...monthKey(command.application, now, terms),
      };
    case 'refund':
      return {
        subscribers: [command.subscriber],
        currency: command.currency,
        reference: referenceKey(command.application, command.reference),
      };
    case 'quote':
      return { subscribers: [command.subscriber] };
    case 'reserve':
      return {
        subscribers: [command.subscriber],
        currency: command.currency,
        ...monthKey(command.application, now, terms),
      };
    case 'capture':
      return {
        subscribers: [],
        reservationIdentifier: command.reservationIdentifier,
        reference: referenceKey(command.application, command.reference),
        ...monthKey(command.application, now, terms),
      };
    case 'enlarge':
      return {
        subscribers: [],
        reservationIdentifier: command.reservationIdentifier,
        ...monthKey(command.application, now, terms),
      };
    case 'release':
    case 'expire':
      return { subscribers: [], reservationIdentifier: command.reservationIdentifier };
    case 'provision':
      return { subscribers: [command.subscriber], ...currencyKey(command.currency) };
  }
}

/** `now` is ledger time, never earlier than that of any decision before. */
export function decide(view: View, command: Command, now: Instant): Decision {
  const reference = 'reference' in command ? judgeReference(view, command.reference) : undefined;
  if (reference !== undefined) return reference;

  switch (command.kind) {
    case 'charge':
      return (
        firstRefusal({ ...common(view, now, command), shares: command.payers }) ??
        chargeEffects(view, command, now)
      );
    case 'refund':
      return (
        firstRefusal({ ...common(view, now, command), shares: [command] }) ??
        refundEffects(view, command, now)
      );
    case 'quote':
      return (
        firstRefusal({ view, now, command, currency: '', shares: [{ ...command, amount: 0n }] }) ??
        NO_EFFECTS
      );
    case 'reserve':
      return (
        firstRefusal({ ...common(view, now, command), shares: [command] }) ??
        reserveEffects(view, command, now)
      );
    case 'enlarge':
    case 'capture':
    case 'release':
      return decideSession(view, command, now);
    case 'expire':
      return decideExpiry(view, command.reservationIdentifier, now);
    case 'provision':
      return provisionEffects(view, command);
  }
}

/** Commands on a reservation: nothing is disclosed of one that they may not touch. */
function decideSession(view: View, command: SessionCommand, now: Instant): Decision {
  const reservation = openReservation(view, command, now);
  if (reservation === undefined) {
    const detail = `no open reservation ${command.reservationIdentifier} of this application`;
    return refuse('reservation_not_open', detail, 'reservationIdentifier');
  }
  if (command.kind === 'release') {
    return (
      firstRefusal(sessionCase(view, now, command, reservation, { amount: 0n, volume: 0n })) ??
      closeEffects(view, reservation, 'released', now)
    );
  }
  const change = changeOf(view, command, reservation);
  if (change instanceof Refusal) return change;
  const refusal = firstRefusal(sessionCase(view, now, command, reservation, change));
  if (refusal !== undefined) return refusal;
  return command.kind === 'enlarge'
    ? enlargeEffects(view, command, reservation, change)
    : captureEffects(view, command, reservation, change);
}

/** The store submits this only for reservations that are due; anything else is a defect of the store. */
function decideExpiry(view: View, identifier: string, now: Instant): Decision {
  const { reservation } = view;
  if (reservation === undefined || reservation.state !== 'open' || now < reservation.expiresAt) {
    throw new Error(`reservation ${identifier} is not due`);
  }
  return closeEffects(view, reservation, 'expired', now);
}

/** A code used before: applied and flagged, refused, or answered as the first time, as the terms say. */
function judgeReference(view: View, reference: Reference): Decision | undefined {
  const { referenceUse } = view;
  const policy = view.terms.duplicateReferences;
  if (referenceUse === undefined || policy === 'report') return undefined;
  if (policy === 'replay' && sameBytes(referenceUse.fingerprint, reference.fingerprint)) {
    return REPLAYED;
  }
  const detail = `the reference code "${reference.code}" has been used before`;
  return refuse('reference_in_use', detail, 'referenceCode');
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}

function common<C extends { readonly currency: string }>(view: View, now: Instant, command: C) {
  return { view, now, command, currency: command.currency };
}

function sessionCase(
  view: View,
  now: Instant,
  command: SessionCommand,
  reservation: Reservation,
  change: { readonly amount: bigint; readonly volume: bigint },
): Case {
  const { subscriber, currency } = reservation;
  const shares = [{ subscriber, amount: change.amount }];
  return { view, now, command, reservation, change, currency, shares };
}

function referenceKey(application: string, { space, code }: Reference) {
  return { application, space, code } satisfies {
    application: string;
    space: ReferenceSpace;
    code: string;
  };
}

function monthKey(application: string, now: Instant, terms: Terms): Pick<ViewKeys, 'chargedSince'> {
  if (terms.maximumAmountPerMonth.size === 0) return {};
  return { chargedSince: { application, since: startOfMonth(now) } };
}

function currencyKey(currency: string | undefined): Pick<ViewKeys, 'currency'> {
  return currency === undefined ? {} : { currency };
}
