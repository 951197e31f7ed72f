// What one request says, in the ledger's terms: to whom, and where to tell of it. Judges nothing.
import type { Terms } from '../ledger/terms';
import { type Address, normaliseAddress } from '../payment/address';
import type { Manner } from '../payment/manner';
import type { ChargingInformation, SimpleReference } from '../wsdl/messaging-operations.generated';
import type { MessagingTerms } from './delivery';

/** The parts of all requests; each has some of them. */
export interface Parts {
  readonly addresses?: readonly string[];
  readonly senderName?: string;
  readonly senderAddress?: string;
  readonly subject?: string;
  readonly message?: string;
  readonly charging?: ChargingInformation;
  readonly receiptRequest?: SimpleReference;
  readonly requestIdentifier?: string;
}

/** On which terms a request is read. */
export interface MessagingContext {
  readonly application: string;
  readonly terms: Pick<Terms, 'countryCode'>;
  readonly messaging: MessagingTerms;
  readonly manner: Manner;
}

export class MessagingRequest {
  /** One an address in the order of the request; undefined for what names no subscriber. */
  readonly addresses: readonly (Address | undefined)[];

  constructor(
    readonly parts: Parts,
    readonly context: MessagingContext,
  ) {
    const { countryCode } = context.terms;
    this.addresses = (parts.addresses ?? []).map((text) => normaliseAddress(text, countryCode));
  }

  /** Everyone who gets the message, once, whatever the spellings of one address. */
  get recipients(): readonly string[] {
    return [...new Set(this.addresses.flatMap((each) => each?.address ?? []))];
  }

  get deviations(): readonly string[] {
    return [...new Set(this.addresses.flatMap((each) => each?.deviation ?? []))];
  }
}
