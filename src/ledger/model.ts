// The vocabulary of the ledger: what it holds, what it is asked, what it answers. Types only, no rules.
import type { Undoing, WalletCharges } from './earlier-charge';
import type { DeliveryOutcome, Evidence, Mention, ReceiptRequest } from './evidence';
import type { Measure, Rate } from './rating';
import type { Refusal } from './refusal';
import type { Terms } from './terms';
import type { Instant, TimeMetric } from './time';

/** Money in millionths of a currency unit. */
export type Micros = bigint;

// ---------------------------------------------------------------- what the ledger holds

export type SubscriberStatus = 'active' | 'barred';

/** A subscriber's money in one currency. Available = credits - debits - held + creditLimit, never below zero. */
export interface Wallet {
  /** The normalised address, for example `tel:+15550100`. */
  readonly subscriber: string;
  readonly currency: string;
  /** Everything ever posted in; only grows. */
  readonly credits: Micros;
  /** Everything ever posted out; only grows. */
  readonly debits: Micros;
  /** What open reservations hold. */
  readonly held: Micros;
  /** How far a postpaid wallet may go below zero; 0 for a prepaid one. */
  readonly creditLimit: Micros;
}

/** What is known of a subscriber in the currency of a command. */
export interface Account {
  readonly subscriber: string;
  readonly status: SubscriberStatus;
  readonly wallet: Wallet | undefined;
}

export type PartyKind = 'subscriber' | 'application' | 'operator';

/** One side of a transfer. The operator is the world outside: where top-ups come from. */
export interface Party {
  readonly kind: PartyKind;
  /** The subscriber's address, the application's name, or '' for the operator. */
  readonly owner: string;
}

/** One movement of money: an immutable journal row. A pending transfer holds, a posted one moves. */
export interface Transfer {
  readonly layer: 'posted' | 'pending';
  readonly currency: string;
  readonly debit: Party;
  readonly credit: Party;
  /** Above zero. */
  readonly amount: Micros;
}

export type TransactionKind =
  | 'provision'
  | 'adjust'
  | 'charge'
  | 'refund'
  | 'reserve'
  | 'enlarge'
  | 'reduce'
  | 'capture'
  | 'release'
  | 'expire'
  | 'issue'
  | 'deliver';

/** One accepted change of the ledger. The store numbers transactions without gaps, from `View.nextTransaction`. */
export interface Transaction {
  readonly kind: TransactionKind;
  readonly application?: string;
  readonly referenceCode?: string;
  /** The opening transaction of the reservation it belongs to. */
  readonly reservation?: number;
  /** The charging code of the request, recorded even when an amount decided. */
  readonly code?: string;
  /** Further description entries: references to operations relevant to the charge (clause 8.1.1.1). */
  readonly notes?: readonly string[];
  readonly volume?: bigint;
  readonly unit?: string;
  /** The evidence that it names, in the order of the request. */
  readonly mentions?: readonly Mention[];
  /** Only of a refund that names an earlier charge. */
  readonly undoes?: Undoing;
  readonly transfers: readonly Transfer[];
}

export type ReservationState = 'open' | 'released' | 'expired';

/** A charging session against held funds. `0 <= charged <= reserved` always. */
export interface Reservation {
  /** The number of its opening transaction. */
  readonly id: number;
  readonly application: string;
  readonly subscriber: string;
  readonly currency: string;
  readonly reserved: Micros;
  readonly charged: Micros;
  readonly expiresAt: Instant;
  readonly state: ReservationState;
  /** First description entries or billing texts of the session, in order: one bill entry (clause 8.3.1). */
  readonly texts: readonly string[];
  /** The number of the transaction that closed it; absent while open. */
  readonly closedBy?: number;
  /** Only for a volume reservation: its volumes and the rate of the day it was made. */
  readonly volume?: {
    readonly reserved: bigint;
    readonly charged: bigint;
    readonly unit: string;
    readonly rate: Rate;
  };
}

/** One line of a subscriber's bill: one per charging session. */
export interface BillEntry {
  /** The first transaction of the session: the charge itself, or the one that opened the reservation. */
  readonly session: number;
  readonly subscriber: string;
  readonly application: string;
  readonly kind: 'charge' | 'refund';
  readonly currency: string;
  readonly amount: Micros;
  /** When the session ended. */
  readonly at: Instant;
  readonly texts: readonly string[];
}

export type ReferenceSpace = 'charge' | 'refund';

/** The reference code of a request, unique within application and space by the application's promise. */
export interface Reference {
  readonly space: ReferenceSpace;
  readonly code: string;
  /** Digest of operation and decoded values: equal for an identical request. */
  readonly fingerprint: Uint8Array;
}

/** One successful use of a reference code. */
export interface ReferenceUse extends Reference {
  readonly application: string;
  /** 0 for the first use; counts up under the policy `report`. */
  readonly sequence: number;
  readonly transaction: number;
}

// ---------------------------------------------------------------- what it is asked

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

// ---------------------------------------------------------------- what decide() sees

/** What a store must load before `decide`: see `keysOf`. */
export interface ViewKeys {
  readonly subscribers: readonly string[];
  /** The currency of the wallets wanted; a reservation brings its own wallet along. */
  readonly currency?: string;
  readonly reservationIdentifier?: string;
  readonly reference?: {
    readonly application: string;
    readonly space: ReferenceSpace;
    readonly code: string;
  };
  /** References of evidence, whoever's it is. */
  readonly evidence?: readonly string[];
  /** Wanted for a refund: what `application` charged this wallet before. */
  readonly charges?: {
    readonly application: string;
    readonly subscriber: string;
    readonly currency: string;
  };
  /** Wanted when a monthly limit applies: what `application` charged each subscriber since this instant. */
  readonly chargedSince?: { readonly application: string; readonly since: Instant };
}

/** The part of the ledger that one command can touch, as it stands when the command is decided. */
export interface View {
  readonly terms: Terms;
  /** The known ones of `ViewKeys.subscribers`, and the owner of the reservation. */
  readonly accounts: ReadonlyMap<string, Account>;
  readonly reservation?: Reservation;
  /** The latest use of the command's reference code. */
  readonly referenceUse?: ReferenceUse;
  /** By reference: what exists of `ViewKeys.evidence`. */
  readonly evidence?: ReadonlyMap<string, Evidence>;
  /** Those of `ViewKeys.charges`; absent when there is no such wallet. Good until the command is decided. */
  readonly charges?: WalletCharges;
  /** By subscriber: posted charges of the application, net of nothing, since `ViewKeys.chargedSince`. */
  readonly charged: ReadonlyMap<string, Micros>;
  /** The number that the next transaction gets. */
  readonly nextTransaction: number;
  /** What tells the identifiers of this ledger from those of others; 0 when absent. */
  readonly series?: number;
}

// ---------------------------------------------------------------- what it answers

/** Something worth telling a person about an accepted command, for example a reference code used again. */
export type Finding = 'reference.duplicate' | 'description.resolved';

export interface Effects {
  /** In order; numbered from `View.nextTransaction`. */
  readonly transactions: readonly Transaction[];
  /** The number of the first; the store tells it of what it has written. */
  readonly firstTransaction?: number;
  /** Every wallet touched, as it is afterwards. New ones are to be created. */
  readonly wallets: readonly Wallet[];
  /** Subscribers to create, or whose status changes. */
  readonly subscribers: readonly {
    readonly subscriber: string;
    readonly status: SubscriberStatus;
  }[];
  /** The reservation as it is afterwards. */
  readonly reservation?: Reservation;
  readonly bill: readonly BillEntry[];
  readonly referenceUse?: ReferenceUse;
  /** Evidence to create, or as it is afterwards. */
  readonly evidence?: readonly Evidence[];
  /** Of a linked refund: what one payer has got back of a charge, with this refund. */
  readonly refunded?: {
    readonly charge: number;
    readonly subscriber: string;
    readonly currency: string;
    readonly total: Micros;
    /** What this refund adds to those that may not exceed the charge. */
    readonly capped: Micros;
  };
  readonly findings: readonly Finding[];
  /** Only for an opened reservation: its identifier on the wire. */
  readonly reservationIdentifier?: string;
  /** Only for what was issued: its reference. */
  readonly evidenceReference?: string;
  /** True when the command was an identical repeat, answered as before without a change. */
  readonly replayed: boolean;
}

export type Decision = Refusal | Effects;
