// Proof that a service was provided: what an application may name in confirmationRefs. Types, and what can be told of one
// piece alone; no rules of who may use it.
import type { Instant } from './time';

/** What becomes of a message on its way to one recipient. */
export const DELIVERY_OUTCOMES = ['delivered', 'impossible', 'uncertain', 'never'] as const;
export type DeliveryOutcome = (typeof DELIVERY_OUTCOMES)[number];

/** DeliveryStatus of TS 29.199-4 and 29.199-5, as far as an emulated delivery knows them. */
export type DeliveryStatus =
  | 'DeliveredToNetwork'
  | 'DeliveredToTerminal'
  | 'DeliveryImpossible'
  | 'DeliveryUncertain';

/** One subscriber whom a service was provided to. Delivered to the network at once, and `outcome` from `settlesAt` on. */
export interface EvidenceRecipient {
  /** The normalised address. */
  readonly subscriber: string;
  readonly outcome: DeliveryOutcome;
  readonly settlesAt: Instant;
  /** There while the application is still to be told of this delivery. */
  readonly receiptAwaited?: true;
}

/** Where to tell of a delivery (the receiptRequest of sendSms and sendMessage). */
export interface ReceiptRequest {
  readonly endpoint: string;
  readonly interfaceName: string;
  readonly correlator: string;
  /** The version of the interface that the message was sent in. */
  readonly version: string;
}

/** A service that was provided, under the identifier that its operation answered: the evidence of a later charge. */
export interface Evidence {
  /** What the application names in confirmationRefs. Unique in the ledger. */
  readonly reference: string;
  readonly application: string;
  /** `sms`, `mms`, or whatever a registration says. */
  readonly service: string;
  /** The number of the transaction that issued or registered it. */
  readonly issuedBy: number;
  readonly issuedAt: Instant;
  readonly recipients: readonly EvidenceRecipient[];
  /** The transaction of the successful charge that uses it; absent while unused, and again once that is refunded in full. */
  readonly usedBy?: number;
  readonly receipt?: ReceiptRequest;
}

/** Where a transaction names evidence: a charge, a refund or a reservation in its request, a delivery by steering it. */
export interface Mention {
  readonly reference: string;
  readonly place: 'confirmationRefs' | 'description' | 'delivery';
  /** The transaction that issued what it names; absent when nothing of that name was issued to the application. */
  readonly evidence?: number;
  /** Whether the charge uses it up. */
  readonly used: boolean;
}

const SETTLED: Readonly<Record<DeliveryOutcome, DeliveryStatus>> = {
  delivered: 'DeliveredToTerminal',
  impossible: 'DeliveryImpossible',
  uncertain: 'DeliveryUncertain',
  never: 'DeliveredToNetwork',
};

/** The references that ledgers make, of any of them: nothing else may be registered under one. */
const RESERVED = /^(?:SMS|MMS|SVC)\d{15}$/;

export function isReserved(reference: string): boolean {
  return RESERVED.test(reference);
}

/** A fact of data and time, like the expiry of a reservation: no sweep has to come by first. */
export function deliveryStatus(recipient: EvidenceRecipient, now: Instant): DeliveryStatus {
  return now < recipient.settlesAt ? 'DeliveredToNetwork' : SETTLED[recipient.outcome];
}

/** The evidence of that reference that was issued to the application. */
export function ownEvidence(
  evidence: ReadonlyMap<string, Evidence> | undefined,
  application: string,
  reference: string,
): Evidence | undefined {
  const found = evidence?.get(reference);
  return found?.application === application ? found : undefined;
}
