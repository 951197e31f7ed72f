// What depends on the ledger, in the order in which it is checked: the first refusal is the answer.
// What depends on the request alone has been checked before, in src/payment/checks.ts; docs/checks.md shows both.
import { LEDGER_LIMITS, MONEY_LIMITS } from '../limits';
import type {
  CaptureCommand,
  ChargeCommand,
  Command,
  Micros,
  QuoteCommand,
  RefundCommand,
  Reservation,
  ReserveCommand,
  View,
  Wallet,
} from './model';
import { type Refusal, refuse } from './refusal';
import type { Change, SessionCommand } from './situation';
import { addDuration, type Instant } from './time';
import { spendable } from './wallet';

/** Commands of applications; seeds and expiry have nothing to check. */
export type CheckedCommand =
  | ChargeCommand
  | RefundCommand
  | QuoteCommand
  | ReserveCommand
  | SessionCommand;

/** One payer's part in a command: money that leaves, or is held from, a subscriber. */
interface Share {
  readonly subscriber: string;
  readonly amount: Micros;
}

/** The command with the facts that the checks need. */
export interface Case {
  readonly view: View;
  readonly now: Instant;
  readonly command: CheckedCommand;
  /** Everyone whose account the command touches, in the order of the request. */
  readonly shares: readonly Share[];
  readonly currency: string;
  /** For commands on a reservation. */
  readonly reservation?: Reservation;
  readonly change?: Change;
}

export interface LedgerCheck {
  readonly name: string;
  readonly commands: readonly Command['kind'][];
  /** The faults it can answer, as docs/checks.md shows them. */
  readonly faults: string;
  readonly check: (situation: Case) => Refusal | undefined;
}

// Reference codes and reservations come first: without them there is no case to judge (see decide.ts).
// biome-ignore format: the columns are the documentation
export const LEDGER_CHECKS: readonly LedgerCheck[] = [
  { name: 'limit per transaction',  check: withinTransactionLimit, faults: 'POL0001 AMOUNT_LIMIT',   commands: ['charge',                    'reserve', 'enlarge'                      ] },
  { name: 'limit per month',        check: withinMonthlyLimit,     faults: 'POL0001 MONTHLY_LIMIT',  commands: ['charge',                    'reserve', 'enlarge', 'capture'           ] },
  { name: 'subscriber known',       check: subscriberKnown,        faults: 'SVC0002',                commands: ['charge', 'refund', 'quote', 'reserve'                                 ] },
  { name: 'account active',         check: accountActive,          faults: 'SVC0270, POL0001 ACCOUNT_BARRED', commands: ['charge', 'refund', 'quote', 'reserve', 'enlarge', 'capture', 'release'] },
  { name: 'within the reservation', check: withinReservation,      faults: 'SVC0007, SVC0002 volume, SVC0270', commands: [                                 'enlarge', 'capture'           ] },
  { name: 'funds',                  check: fundsSuffice,           faults: 'SVC0270, SVC0001 INSUFFICIENT_FUNDS', commands: ['charge',            'reserve', 'enlarge'                      ] },
  { name: 'longest reservation',    check: withinLongestTime,      faults: 'POL0001 DURATION_LIMIT', commands: [                                        'enlarge'                      ] },
  { name: 'largest balance',        check: countersHold,           faults: 'SVC0270, SVC0001 INSUFFICIENT_FUNDS', commands: ['charge', 'refund',  'reserve', 'enlarge', 'capture'           ] },
];

const CHECKS_OF = new Map(
  LEDGER_CHECKS.flatMap(({ commands }) => commands).map((kind) => [
    kind,
    LEDGER_CHECKS.filter(({ commands }) => commands.includes(kind)).map(({ check }) => check),
  ]),
);

/** The first refusal, in the published order. */
export function firstRefusal(situation: Case): Refusal | undefined {
  for (const check of CHECKS_OF.get(situation.command.kind) ?? []) {
    const refusal = check(situation);
    if (refusal !== undefined) return refusal;
  }
  return undefined;
}

function withinTransactionLimit({
  view,
  shares,
  currency,
  reservation,
}: Case): Refusal | undefined {
  const limit = view.terms.maximumAmountPerTransaction.get(currency);
  if (limit === undefined) return undefined;
  const asked = shares.reduce((sum, { amount }) => sum + amount, 0n);
  if (reservation !== undefined && asked <= 0n) return undefined;
  if (asked + (reservation?.reserved ?? 0n) <= limit) return undefined;
  return refuse('amount_limit', `above the limit of one transaction in ${currency}`);
}

function withinMonthlyLimit({ view, shares, currency }: Case): Refusal | undefined {
  const limit = view.terms.maximumAmountPerMonth.get(currency);
  if (limit === undefined) return undefined;
  for (const { subscriber, amount } of shares) {
    if (amount <= 0n || (view.charged.get(subscriber) ?? 0n) + amount <= limit) continue;
    return refuse('monthly_limit', `above the limit of one month in ${currency} for ${subscriber}`);
  }
  return undefined;
}

function subscriberKnown({ view, command, shares }: Case): Refusal | undefined {
  if (view.terms.unknownAccounts === 'create') return undefined;
  for (const { subscriber } of shares) {
    if (view.accounts.has(subscriber)) continue;
    const part = command.kind === 'charge' ? command.part : 'endUserIdentifier';
    return refuse('unknown_subscriber', `${subscriber} has no account`, part);
  }
  return undefined;
}

/** SVC0270 where the standard lists it for a charge that fails; POL0001 on every other operation. */
function accountActive({ view, command, shares }: Case): Refusal | undefined {
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

function withinReservation({ command, reservation, change }: Case): Refusal | undefined {
  if (reservation === undefined || change === undefined) return undefined;
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

function fundsSuffice({ view, command, shares }: Case): Refusal | undefined {
  for (const { subscriber, amount } of shares) {
    if (amount <= 0n) continue;
    if (amount <= spendable(view.accounts.get(subscriber), view.terms)) continue;
    return refuse(
      command.kind === 'charge' ? 'insufficient_funds' : 'insufficient_funds_to_reserve',
      `${subscriber} has less than the amount available`,
    );
  }
  return undefined;
}

function withinLongestTime({ command, now, reservation }: Case): Refusal | undefined {
  if (command.kind !== 'enlarge' || reservation === undefined) return undefined;
  const end = addDuration(reservation.expiresAt, command.duration);
  if (end - now <= LEDGER_LIMITS.reservationMs) return undefined;
  return refuse('duration_limit', 'the reservation would last longer than any may');
}

function countersHold({ view, command, shares }: Case): Refusal | undefined {
  for (const { subscriber, amount } of shares) {
    const wallet = view.accounts.get(subscriber)?.wallet;
    const counter = wallet === undefined ? 0n : counterMoved(command, wallet);
    if (counter + amount <= MONEY_LIMITS.counterMicros) continue;
    const isHold = command.kind === 'reserve' || command.kind === 'enlarge';
    return refuse(
      isHold ? 'insufficient_funds_to_reserve' : 'balance_limit',
      `the wallet of ${subscriber} has reached its largest total`,
    );
  }
  return undefined;
}

function counterMoved(command: CheckedCommand, wallet: Wallet): Micros {
  if (command.kind === 'refund') return wallet.credits;
  if (command.kind === 'reserve' || command.kind === 'enlarge') return wallet.held;
  return wallet.debits;
}
