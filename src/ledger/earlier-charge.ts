// What a refund may name: a charge that was made before, and the link that is kept. Types only, no rules.
import type { Evidence } from './evidence';
import type { Micros } from './money';

/** A charge as one of its payers paid it: a direct one, a split, or a capture. */
export interface EarlierCharge {
  readonly transaction: number;
  /** What it took from the payer; above zero. */
  readonly charged: Micros;
  /** What linked refunds have given back of that. */
  readonly refunded: Micros;
}

/**
 * The charges of one application that took money from one wallet, the latest first, and of one name those among its
 * latest LEDGER_LIMITS.usesOfName uses. They are read as far as somebody looks: one that is found early costs little.
 */
export interface WalletCharges {
  /** Those made under that referenceCode. */
  underCode(code: string): Iterable<EarlierCharge>;
  /** Those that name the evidence of that transaction, whether they use it or not. */
  naming(evidence: number): Iterable<EarlierCharge>;
  /** What else one of them did. */
  whole(transaction: number): WholeCharge;
}

export interface WholeCharge {
  /** What it took from each payer, and what linked refunds have given back of that. Payers of nothing are not among them. */
  readonly shares: readonly {
    readonly subscriber: string;
    readonly charged: Micros;
    readonly refunded: Micros;
  }[];
  /** The evidence that it uses. */
  readonly uses: readonly Evidence[];
}

/** The charge that a refund gives back, in part or in full. */
export interface Undoing {
  /** The number of its transaction. */
  readonly charge: number;
  /** Whether the refund may not exceed what remains of it. */
  readonly capped: boolean;
}
