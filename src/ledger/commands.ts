// What the ledger is asked: one command a request, in the words of bookkeeping. Types only, no rules.
import type { DeliveryOutcome, ReceiptRequest } from './evidence';
import type { Reference, SubscriberStatus } from './model';
import type { Micros } from './money';
import type { Measure, Rate } from './rating';
import type { TimeMetric } from './time';

/** What an amount operation asks: an amount as written, a price code, or both (the amount wins). */
export interface Charge {
  readonly amount?: Micros;
  /** Whether the amount counts the currency's smallest units, as some gateways have it: 5000 is 50.00 EUR, 5000 JPY. */
  readonly inMinorUnits?: true;
  readonly currency?: string;
  readonly code?: string;
}

/** Texts of one request: the first goes to the bill, the others are notes. */
export interface Texts {
  readonly bill?: string;
  readonly notes: readonly string[];
}

/** Moves money from one subscriber or, for a split, several at once (8.1.1, 8.1.3, 8.2.1, 8.2.4). */
export interface ChargeCommand {
  readonly kind: 'charge';
  readonly application: string;
  readonly currency: string;
  /** One a payer, in the order of the request; shares of a split already add up to the whole. A share may be 0. */
  readonly payers: readonly { readonly subscriber: string; readonly amount: Micros }[];
  /** The message part that names the payers: `endUserIdentifier` or `splitInfo`. */
  readonly part: string;
  readonly texts: Texts;
  readonly code?: string;
  readonly measure?: Measure;
  readonly reference: Reference;
  /** Each once; absent where the operation has no such part. */
  readonly confirmationRefs?: readonly string[];
}

/** Gives money back to one subscriber (8.1.2, 8.2.3). */
export interface RefundCommand {
  readonly kind: 'refund';
  readonly application: string;
  readonly currency: string;
  readonly subscriber: string;
  readonly amount: Micros;
  readonly texts: Texts;
  readonly code?: string;
  readonly measure?: Measure;
  readonly reference: Reference;
  /** Each once; absent where the operation has no such part. */
  readonly confirmationRefs?: readonly string[];
}

/** Asks only whether a price may be told to this subscriber (8.2.2, 8.4.1); moves nothing. */
export interface QuoteCommand {
  readonly kind: 'quote';
  readonly application: string;
  readonly subscriber: string;
}

/** Opens a reservation (8.3.1; with a measure and its rate, 8.4.2). */
export interface ReserveCommand {
  readonly kind: 'reserve';
  readonly application: string;
  readonly subscriber: string;
  readonly currency: string;
  readonly amount: Micros;
  readonly texts: Texts;
  readonly code?: string;
  readonly rated?: { readonly measure: Measure; readonly rate: Rate };
  readonly duration: TimeMetric;
}

/** What a request asks of an existing reservation; `by` must be the way it was made. */
export type ReservationQuantity =
  | { readonly by: 'amount'; readonly charge: Charge }
  | { readonly by: 'volume'; readonly volume: bigint };

/** Adds to a reservation, or takes from it when negative, and extends it (8.3.2, 8.4.3). */
export interface EnlargeCommand {
  readonly kind: 'enlarge';
  readonly application: string;
  readonly reservationIdentifier: string;
  readonly quantity: ReservationQuantity;
  readonly texts: Texts;
  readonly duration: TimeMetric;
}

/** Charges a part of a reservation (8.3.3, 8.4.4). */
export interface CaptureCommand {
  readonly kind: 'capture';
  readonly application: string;
  readonly reservationIdentifier: string;
  readonly quantity: ReservationQuantity;
  readonly texts: Texts;
  readonly reference: Reference;
}

/** Closes a reservation and returns what is left (8.3.4, 8.4.5). */
export interface ReleaseCommand {
  readonly kind: 'release';
  readonly application: string;
  readonly reservationIdentifier: string;
  readonly by: 'amount' | 'volume';
}

/** Closes one reservation whose time has come; the store submits it for each that is due. */
export interface ExpireCommand {
  readonly kind: 'expire';
  readonly application: string;
  readonly reservationIdentifier: string;
  /** An operator ends it before its time. */
  readonly early?: true;
}

/** Makes a subscriber known, with a wallet when there is none in that currency yet (seeds). */
export interface ProvisionCommand {
  readonly kind: 'provision';
  readonly subscriber: string;
  /** What the subscriber is from now on; unstated: as before, and active when new. */
  readonly status?: SubscriberStatus;
  readonly currency?: string;
  readonly balance?: Micros;
  readonly creditLimit?: Micros;
}

/** An operator moves money of a subscriber or changes how far a wallet may go below zero. */
export interface AdjustCommand {
  readonly kind: 'adjust';
  readonly subscriber: string;
  readonly currency: string;
  /** Above zero tops up, below zero takes out. */
  readonly amount?: Micros;
  readonly creditLimit?: Micros;
}

/** Records that a service was provided, or registers one that another system provided. */
export interface IssueCommand {
  readonly kind: 'issue';
  readonly application: string;
  /** `sms`, `mms`, or any other word. */
  readonly service: string;
  /** Only of a registration; otherwise the ledger makes one. */
  readonly reference?: string;
  /** Whom it was provided to; how it comes out for them, and how long after now. */
  readonly recipients: readonly {
    readonly subscriber: string;
    readonly outcome: DeliveryOutcome;
    readonly afterMs: number;
  }[];
  readonly receipt?: ReceiptRequest;
}

/** Steers a delivery: it has come out so, now. */
export interface DeliverCommand {
  readonly kind: 'deliver';
  readonly reference: string;
  /** All recipients when absent. */
  readonly subscriber?: string;
  readonly outcome: DeliveryOutcome;
}

/** The receipt of a delivery needs no further call: it was sent, or given up. */
export interface ReceiptSentCommand {
  readonly kind: 'receiptSent';
  readonly reference: string;
  readonly subscriber: string;
}

/** What a seed asks for; asked again it changes nothing. */
export type SeedCommand = ProvisionCommand | IssueCommand;

export type Command =
  | ChargeCommand
  | RefundCommand
  | QuoteCommand
  | ReserveCommand
  | EnlargeCommand
  | CaptureCommand
  | ReleaseCommand
  | ExpireCommand
  | ProvisionCommand
  | AdjustCommand
  | IssueCommand
  | DeliverCommand
  | ReceiptSentCommand;
