// What direct charges, splits and refunds change, once nothing speaks against them (clauses 8.1, 8.2).

import type { ChargeCommand, RefundCommand, Texts } from './commands';
import { evidenceUsed, mentionsOf } from './confirmation';
import type { Effects, View } from './decision';
import { openWallets, transferOf, useReference } from './effects';
import type { Mention } from './evidence';
import type { BillEntry, Transaction, Transfer } from './model';
import type { Instant } from './time';
import { type UndoneCharge, undoingEffects } from './undoing';
import { applicationParty, applyTransfers, subscriberParty } from './wallet';

/** One posted transfer and one bill entry a payer; all in one transaction (clause 8.1.3: simultaneously). */
export function chargeEffects(view: View, command: ChargeCommand, now: Instant): Effects {
  const credit = applicationParty(command.application);
  const transfers = command.payers.flatMap(({ subscriber, amount }) => {
    const debit = subscriberParty(subscriber);
    return transferOf({ layer: 'posted', currency: command.currency, debit, credit, amount });
  });
  return directEffects(view, command, command.payers, transfers, now);
}

/** Money back to one subscriber, perhaps of an earlier charge. */
export function refundEffects(
  view: View,
  command: RefundCommand,
  undone: UndoneCharge | undefined,
  now: Instant,
): Effects {
  const debit = applicationParty(command.application);
  const credit = subscriberParty(command.subscriber);
  const { currency, amount } = command;
  const transfers = transferOf({ layer: 'posted', currency, debit, credit, amount });
  const effects = directEffects(view, command, [command], transfers, now);
  return undone === undefined ? effects : undoingEffects(view, command, undone, effects);
}

function directEffects(
  view: View,
  command: ChargeCommand | RefundCommand,
  shares: readonly { readonly subscriber: string; readonly amount: bigint }[],
  transfers: readonly Transfer[],
  now: Instant,
): Effects {
  const { kind, application, currency, reference, texts } = command;
  const opened = openWallets(
    view,
    shares.map(({ subscriber }) => subscriber),
    currency,
  );
  const session = view.nextTransaction + opened.transactions.length;
  const bill = shares.map(
    ({ subscriber, amount }): BillEntry => ({
      session,
      subscriber,
      application,
      kind,
      currency,
      amount,
      at: now,
      texts: billTexts(texts),
    }),
  );
  const mentions = mentionsOf(view, command);
  return {
    transactions: [...opened.transactions, transactionOf(command, mentions, transfers)],
    wallets: applyTransfers(opened.wallets, transfers),
    subscribers: opened.subscribers,
    bill,
    ...useReference(view, application, reference, session, mentions),
    ...evidenceUsed(view, mentions, session),
    replayed: false,
  };
}

/** An empty text adds nothing to a bill. */
export function billTexts({ bill }: Texts): readonly string[] {
  return bill === undefined || bill === '' ? [] : [bill];
}

function transactionOf(
  command: ChargeCommand | RefundCommand,
  mentions: readonly Mention[],
  transfers: readonly Transfer[],
): Transaction {
  const { kind, application, reference, code, measure, texts } = command;
  return {
    kind,
    application,
    referenceCode: reference.code,
    ...(code === undefined ? {} : { code }),
    ...(texts.notes.length === 0 ? {} : { notes: texts.notes }),
    ...measure,
    ...(mentions.length === 0 ? {} : { mentions }),
    transfers,
  };
}
