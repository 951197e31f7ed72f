// What a decision sees and what it answers: the view of the ledger before it, the effects after it. Types only, no rules.
import type { WalletCharges } from './earlier-charge';
import type { Evidence } from './evidence';
import type {
  Account,
  BillEntry,
  ReferenceSpace,
  ReferenceUse,
  Reservation,
  SubscriberStatus,
  Transaction,
  Wallet,
} from './model';
import type { Micros } from './money';
import type { Refusal } from './refusal';
import type { Terms } from './terms';
import type { Instant } from './time';

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
