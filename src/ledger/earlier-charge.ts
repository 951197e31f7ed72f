// What a refund may name: a charge that was made before, and the link that is kept. Types only, no rules.
import type { Micros } from './model';

/** A charge as a later refund finds it: a direct one, a split, or a capture. */
export interface EarlierCharge {
  readonly transaction: number;
  readonly application: string;
  readonly currency: string;
  /** What it took from each payer, and what linked refunds have given back of that. Payers of nothing are not among them. */
  readonly shares: readonly {
    readonly subscriber: string;
    readonly charged: Micros;
    readonly refunded: Micros;
  }[];
  /** References of the evidence that it uses. */
  readonly uses: readonly string[];
}

/** The charge that a refund gives back, in part or in full. */
export interface Undoing {
  /** The number of its transaction. */
  readonly charge: number;
  /** Whether the refund may not exceed what remains of it. */
  readonly capped: boolean;
}
