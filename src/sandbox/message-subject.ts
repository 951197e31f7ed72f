// Whom a request is about, as its message says it. Knows nothing of who that is in the ledger.
import type { ExchangeRecord } from './exchange-record';

/** The message parts that say whom a request is about. */
export const SUBJECT_PARTS = [
  'endUserIdentifier',
  'splitInfo',
  'reservationIdentifier',
  'addresses',
];

/** As sent: the subscribers, the reservation, the addresses or the identifier of a message. */
export function subjectOf(message: object): Pick<ExchangeRecord, 'subject' | 'referenceCode'> {
  const parts = message as {
    readonly reservationIdentifier?: string;
    readonly requestIdentifier?: string;
    readonly referenceCode?: string;
  };
  const subject =
    addressedBy(message)?.join(' ') ?? parts.reservationIdentifier ?? parts.requestIdentifier;
  const { referenceCode } = parts;
  return {
    ...(subject !== undefined && { subject }),
    ...(referenceCode !== undefined && { referenceCode }),
  };
}

/** Whoever a request names: those who pay, or those whom a message goes to. Undefined where it names nobody. */
export function addressedBy(message: object): readonly string[] | undefined {
  const { addresses } = message as { readonly addresses?: readonly string[] };
  return subscribersOf(message) ?? addresses;
}

/** Those who pay. Undefined where a request names a reservation instead. */
export function subscribersOf(message: object): readonly string[] | undefined {
  const { endUserIdentifier, splitInfo } = message as {
    readonly endUserIdentifier?: string;
    readonly splitInfo?: readonly { readonly endUserIdentifier: string }[];
  };
  if (endUserIdentifier !== undefined) return [endUserIdentifier];
  return splitInfo?.map((payer) => payer.endUserIdentifier);
}
