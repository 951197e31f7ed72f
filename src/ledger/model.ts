// What the ledger holds: wallets, transfers, transactions, reservations, bills, references. Types only, no rules.
import type { Undoing } from './earlier-charge';
import type { Mention } from './evidence';
import type { Micros } from './money';
import type { Rate } from './rating';
import type { Instant } from './time';

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
