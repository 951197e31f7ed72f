// The rows that an audit reads, as any store can stream them. Types only.
import type { PartyKind, ReservationState, TransactionKind } from './model';
import type { Micros } from './money';
import type { Instant } from './time';

export interface AuditedAccount {
  readonly id: number;
  readonly kind: PartyKind;
  readonly owner: string;
  readonly currency: string;
  readonly credits: Micros;
  readonly debits: Micros;
  readonly held: Micros;
  readonly creditLimit: Micros;
  /** The last transaction that moved money of this wallet; of wallets only. */
  readonly latest: number | undefined;
}

export interface AuditedTransaction {
  readonly number: number;
  readonly at: Instant;
  readonly kind: TransactionKind;
  readonly application: string | undefined;
  readonly reservation: number | undefined;
}

export interface AuditedTransfer {
  readonly transaction: number;
  readonly line: number;
  readonly layer: 'posted' | 'pending';
  /** Account ids. */
  readonly debit: number;
  readonly credit: number;
  readonly amount: Micros;
  /** The transaction before this one that moved money of the same wallet. */
  readonly previous: number | undefined;
}

export interface AuditedReservation {
  readonly id: number;
  /** An account id. */
  readonly wallet: number;
  readonly reserved: Micros;
  readonly charged: Micros;
  readonly volumeReserved: bigint;
  readonly volumeCharged: bigint;
  readonly expiresAt: Instant;
  readonly state: ReservationState;
  readonly closedBy: number | undefined;
}

/** One use of a reference code, with what its transaction says of itself. */
export interface AuditedReferenceUse {
  readonly application: string;
  readonly space: string;
  readonly code: string;
  readonly sequence: number;
  readonly transaction: number;
  readonly recordedApplication: string | undefined;
  readonly recordedCode: string | undefined;
}

/** That a refund names a charge. */
export interface AuditedUndoing {
  readonly refund: number;
  readonly charge: number;
  readonly capped: boolean;
}

/** What is noted as refunded of a charge to one wallet. */
export interface AuditedRefundTotal {
  readonly charge: number;
  /** An account id. */
  readonly wallet: number;
  readonly total: Micros;
  /** Of that, by refunds that may not exceed the charge. */
  readonly capped: Micros;
}

/** One piece of evidence, with what the transaction that issued it says of itself. */
export interface AuditedEvidence {
  readonly id: number;
  readonly reference: string;
  readonly application: string;
  readonly issuedAt: Instant;
  readonly usedBy: number | undefined;
  readonly recipients: number;
  /** The digest of what it is now. */
  readonly digest: string;
  /** The last that was noted, and the transaction that left it so. */
  readonly sealedDigest: string | undefined;
  readonly sealedBy: number | undefined;
  readonly recordedAt: Instant | undefined;
  readonly recordedKind: TransactionKind | undefined;
  readonly recordedApplication: string | undefined;
}

/** Evidence that a transaction names, with what that transaction says of itself. */
export interface AuditedMention {
  readonly transaction: number;
  readonly reference: string;
  readonly evidence: number;
  readonly used: boolean;
  readonly recordedKind: TransactionKind | undefined;
  readonly recordedApplication: string | undefined;
}

/** A ledger, a row at a time. */
export interface AuditedBooks {
  readonly ledgerTime: Instant;
  /** How many transactions the ledger believes to hold. */
  readonly transactionCount: number;
  /** In any order. */
  accounts(): Iterable<AuditedAccount>;
  /** By number. */
  transactions(): Iterable<AuditedTransaction>;
  /** By transaction and line. */
  transfers(): Iterable<AuditedTransfer>;
  /** By id. */
  reservations(): Iterable<AuditedReservation>;
  /** By application, space, code and sequence. */
  referenceUses(): Iterable<AuditedReferenceUse>;
  /** By refund. */
  undoings(): Iterable<AuditedUndoing>;
  /** In any order. */
  refundTotals(): Iterable<AuditedRefundTotal>;
  /** By id. */
  evidence(): Iterable<AuditedEvidence>;
  /** Those that name what was issued, by transaction. */
  mentions(): Iterable<AuditedMention>;
}
