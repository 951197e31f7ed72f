// What open reservations hold: how much remains of each and when it runs out.
import { identifierOf } from '../../ledger/reservation-identifier';
import type { Instant } from '../../ledger/time';
import { maskedAddresses } from '../journal/masking';
import { amountText, type Inquiry, listText, type MoneyQuestion, subscriberOf } from './inquiry';
import { Verdict } from './verdict';

export type HoldQuestion = Pick<MoneyQuestion, 'subscriber' | 'application' | 'currency'>;

export interface OpenHold {
  /** As on the wire, without the zeros that a profile may put before it. */
  readonly reservation: string;
  readonly subscriber: string;
  readonly application: string;
  readonly currency: string;
  readonly reserved: string;
  readonly charged: string;
  /** What is still held. */
  readonly remaining: string;
  readonly expiresAt: Instant;
  /** Above zero. */
  readonly runsOutInMs: number;
  /** Only of a volume reservation, in its unit. */
  readonly volume?: { readonly unit: string; readonly reserved: string; readonly charged: string };
}

/** By the time at which they run out; one whose time has come is open no more, whether or not it is booked yet. */
export function openHolds(inquiry: Inquiry, question: HoldQuestion): readonly OpenHold[] {
  const { application, currency } = question;
  const subscriber = subscriberOf(inquiry, question);
  const { read } = inquiry.ledger;
  const now = Math.max(inquiry.now(), read.ledgerTime());
  return read
    .openReservations()
    .filter(
      (each) =>
        each.expiresAt > now &&
        each.application === (application ?? each.application) &&
        each.subscriber === (subscriber ?? each.subscriber) &&
        each.currency === (currency ?? each.currency),
    )
    .map(({ id, reserved, charged, expiresAt, volume, ...each }) => {
      const text = (amount: bigint) => amountText(inquiry, amount, each.currency);
      return {
        reservation: identifierOf(id, inquiry.ledger.series),
        subscriber: each.subscriber,
        application: each.application,
        currency: each.currency,
        reserved: text(reserved),
        charged: text(charged),
        remaining: text(reserved - charged),
        expiresAt,
        runsOutInMs: expiresAt - now,
        ...(volume && {
          volume: {
            unit: volume.unit,
            reserved: String(volume.reserved),
            charged: String(volume.charged),
          },
        }),
      };
    });
}

export function judgeNoOpenHolds(
  inquiry: Inquiry,
  question: HoldQuestion,
): Verdict<{ readonly holds: readonly OpenHold[] }> {
  const holds = openHolds(inquiry, question);
  const found = holds.map(
    ({ reservation, remaining, currency, subscriber, application, runsOutInMs }) =>
      `${reservation} holds ${remaining} ${currency} of ${maskedAddresses(subscriber)} for ${application} and runs out in ${Math.ceil(runsOutInMs / 1000)} s`,
  );
  const sentence =
    holds.length === 0
      ? 'No reservation is open.'
      : `${holds.length === 1 ? '1 reservation is' : `${holds.length} reservations are`} open: ${listText(found)}.`;
  return new Verdict(holds.length === 0, sentence, { holds });
}
