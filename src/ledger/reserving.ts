// What happens to a reservation from opening to close, once nothing speaks against it (clauses 8.3, 8.4).
import { billTexts } from './charging';
import type { CaptureCommand, EnlargeCommand, ReserveCommand } from './commands';
import { mentionsOf } from './confirmation';
import type { Effects, View } from './decision';
import { findingsIn, openWallets, transferOf, useReference, walletOf } from './effects';
import type { Mention } from './evidence';
import type { BillEntry, Reservation, Transaction, Transfer } from './model';
import type { Micros } from './money';
import { identifierOf } from './reservation-identifier';
import { type Change, knownAccount } from './situation';
import { addDuration, type Instant } from './time';
import { applicationParty, applyTransfers, subscriberParty } from './wallet';

/** Holds money for `duration` from now (clauses 8.3.1, 8.4.2). */
export function reserveEffects(view: View, command: ReserveCommand, now: Instant): Effects {
  const { application, subscriber, currency, amount, rated, texts, code } = command;
  const opened = openWallets(view, [subscriber], currency);
  const id = view.nextTransaction + opened.transactions.length;
  const reservation: Reservation = {
    id,
    application,
    subscriber,
    currency,
    reserved: amount,
    charged: 0n,
    expiresAt: addDuration(now, command.duration),
    state: 'open',
    texts: billTexts(texts),
    ...(rated === undefined
      ? {}
      : {
          volume: {
            reserved: rated.measure.volume,
            charged: 0n,
            unit: rated.measure.unit,
            rate: rated.rate,
          },
        }),
  };
  const transfers = hold(reservation, amount);
  const mentions = mentionsOf(view, command);
  const transaction: Transaction = {
    kind: 'reserve',
    application,
    reservation: id,
    ...(code === undefined ? {} : { code }),
    ...(texts.notes.length === 0 ? {} : { notes: texts.notes }),
    ...rated?.measure,
    ...(mentions.length === 0 ? {} : { mentions }),
    transfers,
  };
  return {
    transactions: [...opened.transactions, transaction],
    wallets: applyTransfers(opened.wallets, transfers),
    subscribers: opened.subscribers,
    reservation,
    reservationIdentifier: identifierOf(id, view.series),
    bill: [],
    findings: findingsIn(mentions),
    replayed: false,
  };
}

/** Adds to the hold or frees a part of it, and extends the time by the duration (clauses 8.3.2, 8.4.3). */
export function enlargeEffects(
  view: View,
  command: EnlargeCommand,
  reservation: Reservation,
  change: Change,
): Effects {
  const { volume } = reservation;
  const after: Reservation = {
    ...reservation,
    reserved: reservation.reserved + change.amount,
    expiresAt: addDuration(reservation.expiresAt, command.duration),
    texts: [...reservation.texts, ...billTexts(command.texts)],
    ...(volume && { volume: { ...volume, reserved: volume.reserved + change.volume } }),
  };
  const isReduction = change.amount < 0n || change.volume < 0n;
  const transfers = isReduction ? free(after, -change.amount) : hold(after, change.amount);
  const mentions = mentionsOf(view, command);
  const kind = isReduction ? 'reduce' : 'enlarge';
  const transaction = transactionOf(kind, command, after, change, mentions, transfers);
  return { ...sessionEffects(view, after, [transaction]), findings: findingsIn(mentions) };
}

/** Moves a part of the hold to the application (clauses 8.3.3, 8.4.4); the reservation stays open. */
export function captureEffects(
  view: View,
  command: CaptureCommand,
  reservation: Reservation,
  change: Change,
): Effects {
  const { volume } = reservation;
  const after: Reservation = {
    ...reservation,
    charged: reservation.charged + change.amount,
    texts: [...reservation.texts, ...billTexts(command.texts)],
    ...(volume && { volume: { ...volume, charged: volume.charged + change.volume } }),
  };
  // Freed before it is posted: the wallet's floor must hold after each line.
  const transfers = [...free(after, change.amount), ...post(after, change.amount)];
  const mentions = mentionsOf(view, command);
  const transaction = transactionOf('capture', command, after, change, mentions, transfers);
  const { application, reference } = command;
  return {
    ...sessionEffects(view, after, [{ ...transaction, referenceCode: reference.code }]),
    ...useReference(view, application, reference, view.nextTransaction, mentions),
  };
}

/** Returns what is left and writes the session's one bill entry, unless nothing was charged. */
export function closeEffects(
  view: View,
  reservation: Reservation,
  state: 'released' | 'expired',
  now: Instant,
): Effects {
  const after: Reservation = { ...reservation, state, closedBy: view.nextTransaction };
  const transaction: Transaction = {
    kind: state === 'released' ? 'release' : 'expire',
    application: reservation.application,
    reservation: reservation.id,
    transfers: free(reservation, reservation.reserved - reservation.charged),
  };
  return { ...sessionEffects(view, after, [transaction]), bill: billOf(reservation, now) };
}

function billOf(reservation: Reservation, now: Instant): readonly BillEntry[] {
  const { id, subscriber, application, currency, charged, texts, volume } = reservation;
  if (charged === 0n && (volume?.charged ?? 0n) === 0n) return [];
  return [
    {
      session: id,
      subscriber,
      application,
      kind: 'charge',
      currency,
      amount: charged,
      at: now,
      texts,
    },
  ];
}

function transactionOf(
  kind: 'enlarge' | 'reduce' | 'capture',
  command: EnlargeCommand | CaptureCommand,
  { id, volume }: Reservation,
  change: Change,
  mentions: readonly Mention[],
  transfers: readonly Transfer[],
): Transaction {
  const { application, quantity, texts } = command;
  const code = quantity.by === 'amount' ? quantity.charge.code : undefined;
  return {
    kind,
    application,
    reservation: id,
    ...(code === undefined ? {} : { code }),
    ...(texts.notes.length === 0 ? {} : { notes: texts.notes }),
    ...(volume && { volume: change.volume, unit: volume.unit }),
    ...(mentions.length === 0 ? {} : { mentions }),
    transfers,
  };
}

function sessionEffects(
  view: View,
  reservation: Reservation,
  transactions: readonly Transaction[],
): Effects {
  const wallet = walletOf(knownAccount(view, reservation.subscriber));
  return {
    transactions,
    wallets: applyTransfers(
      [wallet],
      transactions.flatMap(({ transfers }) => transfers),
    ),
    subscribers: [],
    reservation,
    bill: [],
    findings: [],
    replayed: false,
  };
}

function hold({ application, subscriber, currency }: Reservation, amount: Micros) {
  const debit = subscriberParty(subscriber);
  const credit = applicationParty(application);
  return transferOf({ layer: 'pending', currency, debit, credit, amount });
}

function free({ application, subscriber, currency }: Reservation, amount: Micros) {
  const debit = applicationParty(application);
  const credit = subscriberParty(subscriber);
  return transferOf({ layer: 'pending', currency, debit, credit, amount });
}

function post({ application, subscriber, currency }: Reservation, amount: Micros) {
  const debit = subscriberParty(subscriber);
  const credit = applicationParty(application);
  return transferOf({ layer: 'posted', currency, debit, credit, amount });
}
