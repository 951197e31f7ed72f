// Everything a ledger holds, in one form for the model and for the real one, so that they can be compared.
import type { Operator } from './model';
import type { BillEntry, Evidence, Wallet } from './vocabulary';

export interface Holdings {
  readonly subscribers: readonly { readonly subscriber: string; readonly status: string }[];
  readonly wallets: readonly Wallet[];
  readonly reservations: readonly HeldReservation[];
  readonly bill: readonly BillEntry[];
  readonly evidence: readonly HeldEvidence[];
  /** What each application has earned: its charges less its refunds. */
  readonly earnings: readonly Earning[];
}

export interface HeldEvidence extends Omit<Evidence, 'usedBy'> {
  readonly used: boolean;
}

export interface Earning {
  readonly application: string;
  readonly currency: string;
  readonly balance: bigint;
}

export interface HeldReservation {
  readonly identifier: string;
  readonly application: string;
  readonly subscriber: string;
  readonly currency: string;
  readonly reserved: bigint;
  readonly charged: bigint;
  readonly expiresAt: number;
  readonly state: string;
  readonly texts: readonly string[];
  /** Only of a volume reservation. */
  readonly volume?: { readonly reserved: bigint; readonly charged: bigint };
}

export function holdingsOf(operator: Operator): Holdings {
  return {
    subscribers: [...operator.subscribers].map(([subscriber, status]) => ({ subscriber, status })),
    wallets: [...operator.wallets.values()],
    reservations: [...operator.reservations.values()].map((reservation) => {
      const { rate, reservedVolume: reserved, chargedVolume: charged } = reservation;
      return { ...reservation, ...(rate && { volume: { reserved, charged } }) };
    }),
    bill: operator.bill,
    evidence: [...operator.proofs.evidence.values()].map((piece) => {
      return { ...piece, used: piece.usedBy !== undefined };
    }),
    earnings: [...operator.earned].map(([key, balance]) => {
      const [application = '', currency = ''] = key.split(' ');
      return { application, currency, balance };
    }),
  };
}

/** One thing a line, sorted. */
export function linesOf({
  subscribers,
  wallets,
  reservations,
  bill,
  evidence,
  earnings,
}: Holdings): string[] {
  return [
    ...subscribers.map(({ subscriber, status }) => `${subscriber} is ${status}`),
    ...wallets.map(walletLine),
    ...reservations.map(reservationLine),
    ...bill.map(billLine),
    ...evidence.map(evidenceLine),
    ...earnings
      .filter(({ balance }) => balance !== 0n)
      .map(({ application, currency, balance }) => `${application} earned ${currency} ${balance}`),
  ].sort();
}

function walletLine(wallet: Wallet): string {
  const { subscriber, currency, credits, debits, held, creditLimit } = wallet;
  const sums = `credits ${credits} debits ${debits} held ${held} credit limit ${creditLimit}`;
  return `wallet of ${subscriber} in ${currency}: ${sums}`;
}

function reservationLine(reservation: HeldReservation): string {
  const { identifier, application, subscriber, currency, volume, texts } = reservation;
  const { reserved, charged, state, expiresAt } = reservation;
  const volumes = volume ? ` volumes ${volume.reserved} ${volume.charged}` : '';
  const money = `${currency} reserved ${reserved} charged ${charged}${volumes}`;
  const session = `${state} until ${expiresAt} ${JSON.stringify(texts)}`;
  return `reservation ${identifier} of ${subscriber} by ${application}: ${money} ${session}`;
}

function evidenceLine(piece: HeldEvidence): string {
  const { reference, application, service, issuedAt, used, recipients } = piece;
  const deliveries = recipients.map(({ subscriber, outcome, settlesAt }) => {
    return `${subscriber} ${outcome} at ${settlesAt}`;
  });
  const what = `${service} of ${application} at ${issuedAt} ${used ? 'used' : 'free'}`;
  return `evidence ${reference}: ${what}: ${deliveries.join(', ')}`;
}

function billLine({
  subscriber,
  application,
  kind,
  currency,
  amount,
  at,
  texts,
}: BillEntry): string {
  const what = `${kind} by ${application} ${currency} ${amount}`;
  return `bill of ${subscriber}: ${what} at ${at} ${JSON.stringify(texts)}`;
}
