// One command in front of the ledger as it stands: the facts that checks and changes share, each worked out once.
import type {
  AdjustCommand,
  CaptureCommand,
  Command,
  DeliverCommand,
  EnlargeCommand,
  ExpireCommand,
  IssueCommand,
  ProvisionCommand,
  ReceiptSentCommand,
  ReleaseCommand,
} from './commands';
import type { View } from './decision';
import type { Account, Reservation } from './model';
import type { Micros } from './money';
import { invalid, priceWithin } from './price';
import { rated } from './rating';
import { Refusal } from './refusal';
import type { Instant } from './time';
import { chargeNamed, type UndoneCharge } from './undoing';

/** Commands of applications that have to do with money; what operators and time do has no check of a request. */
export type CheckedCommand = Exclude<
  Command,
  | ExpireCommand
  | ProvisionCommand
  | AdjustCommand
  | IssueCommand
  | DeliverCommand
  | ReceiptSentCommand
>;

type SessionCommand = EnlargeCommand | CaptureCommand | ReleaseCommand;

/** One payer's part in a command: money that leaves, is held from, or comes back to a subscriber. */
interface Share {
  readonly subscriber: string;
  /** Below zero only for a reduction. */
  readonly amount: Micros;
}

export interface Situation {
  readonly view: View;
  readonly command: CheckedCommand;
  readonly now: Instant;
  /** Everyone whose account the command touches, in the order of the request. */
  readonly shares: readonly Share[];
  /** The currency of the money it moves; '' when it moves none. */
  readonly currency: string;
  /** For commands on a reservation, when there is one that they may touch. */
  readonly reservation?: Reservation;
  /** What an enlargement or a capture changes, or why that cannot be told. */
  readonly change?: Change | Refusal;
  /** For a refund, when it names one: the charge that it undoes. */
  readonly undone?: UndoneCharge;
}

/** What one enlargement or capture changes: money, and for a volume reservation the volume too. */
export interface Change {
  /** Below zero only for a reduction. */
  readonly amount: Micros;
  readonly volume: bigint;
}

export function situationOf(view: View, command: CheckedCommand, now: Instant): Situation {
  switch (command.kind) {
    case 'charge':
      return { view, command, now, shares: command.payers, currency: command.currency };
    case 'refund': {
      const undone = chargeNamed(view, command);
      const { currency } = command;
      return { view, command, now, shares: [command], currency, ...(undone && { undone }) };
    }
    case 'reserve':
      return { view, command, now, shares: [command], currency: command.currency };
    case 'quote':
      return { view, command, now, shares: [{ ...command, amount: 0n }], currency: '' };
    default:
      return sessionOf(view, command, now);
  }
}

/** The reservation of a situation that has passed its checks. */
export function settledReservation({ reservation }: Situation): Reservation {
  if (reservation === undefined) throw new Error('used before it was checked: reservation');
  return reservation;
}

/** The change of a situation that has passed its checks. */
export function settledChange({ change }: Situation): Change {
  if (change === undefined || change instanceof Refusal) {
    throw new Error('used before it was checked: change');
  }
  return change;
}

/** The account of a subscriber that the view must hold: one that owns a reservation. */
export function knownAccount(view: View, subscriber: string): Account {
  const account = view.accounts.get(subscriber);
  if (account === undefined) throw new Error('the view lacks the account of a reservation');
  return account;
}

function sessionOf(view: View, command: SessionCommand, now: Instant): Situation {
  const reservation = openReservation(view, command, now);
  if (reservation === undefined) return { view, command, now, shares: [], currency: '' };
  const { subscriber, currency } = reservation;
  if (command.kind === 'release') {
    return { view, command, now, reservation, currency, shares: [{ subscriber, amount: 0n }] };
  }
  const change = changeOf(view, command, reservation);
  const amount = change instanceof Refusal ? 0n : change.amount;
  return { view, command, now, reservation, change, currency, shares: [{ subscriber, amount }] };
}

/** The reservation that a command may work on: open, of this application, and of the way the command speaks. */
function openReservation(
  view: View,
  command: SessionCommand,
  now: Instant,
): Reservation | undefined {
  const { reservation } = view;
  if (reservation === undefined) return undefined;
  if (reservation.application !== command.application) return undefined;
  if (reservation.state !== 'open' || now >= reservation.expiresAt) return undefined;
  const by = command.kind === 'release' ? command.by : command.quantity.by;
  return (reservation.volume !== undefined) === (by === 'volume') ? reservation : undefined;
}

/**
 * The money that the quantity of a command stands for. Volumes are billed as the difference of two cumulative
 * totals at the reservation's own rate, so that parts always add up to the whole.
 */
function changeOf(
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
