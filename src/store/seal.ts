// The digest of one piece of evidence: what it is and how its deliveries stand, without what charges and receipts do to it.
import { createHash } from 'node:crypto';

export interface Sealed {
  readonly reference: string;
  readonly service: string;
  /** As it is stored. */
  readonly receipt: string | null;
  /** In the order of their lines. */
  readonly recipients: readonly {
    readonly subscriber: string;
    readonly outcome: string;
    readonly settlesAt: number;
  }[];
}

/** SHA-256: equal for what is equal. */
export function sealOf({ reference, service, receipt, recipients }: Sealed): Buffer {
  const deliveries = recipients.map(({ subscriber, outcome, settlesAt }) => [
    subscriber,
    outcome,
    settlesAt,
  ]);
  const text = JSON.stringify([reference, service, receipt, deliveries]);
  return createHash('sha256').update(text).digest();
}
