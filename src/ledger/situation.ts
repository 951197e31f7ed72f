// One command in front of the ledger as it stands: the facts that checks and changes share, each worked out once.
import type {
  Account,
  CaptureCommand,
  EnlargeCommand,
  Micros,
  ReleaseCommand,
  Reservation,
  View,
} from './model';
import { invalid, priceWithin } from './price';
import { rated } from './rating';
import { Refusal } from './refusal';
import { idOf } from './reservation-identifier';
import type { Instant } from './time';

export type SessionCommand = EnlargeCommand | CaptureCommand | ReleaseCommand;

/** The reservation that a command may work on: open, of this application, and of the way the command speaks. */
export function openReservation(
  view: View,
  command: SessionCommand,
  now: Instant,
): Reservation | undefined {
  const { reservation } = view;
  if (reservation === undefined || reservation.id !== idOf(command.reservationIdentifier)) {
    return undefined;
  }
  if (reservation.application !== command.application) return undefined;
  if (reservation.state !== 'open' || now >= reservation.expiresAt) return undefined;
  const by = command.kind === 'release' ? command.by : command.quantity.by;
  return (reservation.volume !== undefined) === (by === 'volume') ? reservation : undefined;
}

/** What one enlargement or capture changes: money, and for a volume reservation the volume too. */
export interface Change {
  /** Below zero only for a reduction. */
  readonly amount: Micros;
  readonly volume: bigint;
}

/**
 * The money that the quantity of a command stands for. Volumes are billed as the difference of two cumulative
 * totals at the reservation's own rate, so that parts always add up to the whole.
 */
export function changeOf(
  view: View,
  command: EnlargeCommand | CaptureCommand,
  reservation: Reservation,
): Change | Refusal {
  const { quantity } = command;
  if (quantity.by === 'amount') {
    const price = priceWithin(quantity.charge, view.terms, reservation.currency);
    if (price instanceof Refusal) return price;
    const { amount } = price;
    if (command.kind === 'capture' && amount <= 0n) return invalid('the amount is not above zero');
    return { amount, volume: 0n };
  }
  const { volume } = reservation;
  if (volume === undefined) throw new Error('a volume is asked of an amount reservation');
  const [before, billed] =
    command.kind === 'capture'
      ? [volume.charged, reservation.charged]
      : [volume.reserved, reservation.reserved];
  const after = before + quantity.volume;
  const total = after < 0n ? 0n : rated(volume.rate, after);
  return { amount: total - billed, volume: quantity.volume };
}

/** The account of a subscriber that the view must hold: one that owns a reservation. */
export function knownAccount(view: View, subscriber: string): Account {
  const account = view.accounts.get(subscriber);
  if (account === undefined) throw new Error('the view lacks the account of a reservation');
  return account;
}
