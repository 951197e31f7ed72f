// What rules can ask of a call that has been read. Everything is worked out when a rule asks for it.
import { parseMicros } from '../../ledger/money';
import type { TermsOf } from '../../ledger/terms';
import { normaliseAddress } from '../../payment/address';
import { addressedBy } from '../message-subject';
import type { NamedReservation } from '../named-reservation';
import type { CallFacts } from './matching';

/** A call that has been read, as far as a plan may ask. */
export interface Call {
  readonly operation: string;
  readonly version: string;
  readonly application: string;
  /** The request in the domain's form. */
  readonly message: object;
  /** The reservation that it names, looked up when asked. */
  reservation(): NamedReservation | undefined;
}

export function factsOf(call: Call, terms: TermsOf): CallFacts {
  return new Facts(call, terms);
}

interface MatchedParts {
  readonly charge?: { readonly amount?: string; readonly currency?: string };
  readonly referenceCode?: string;
}

class Facts implements CallFacts {
  readonly operation: string;
  readonly version: string;
  readonly application: string;
  readonly reference: string | undefined;
  readonly #call: Call;
  readonly #parts: MatchedParts;
  readonly #terms: TermsOf;

  constructor(call: Call, terms: TermsOf) {
    this.operation = call.operation;
    this.version = call.version;
    this.application = call.application;
    this.#call = call;
    this.#parts = call.message;
    this.#terms = terms;
    this.reference = this.#parts.referenceCode;
  }

  get subscribers(): readonly string[] {
    const { countryCode } = this.#terms(this.application);
    const named = addressedBy(this.#call.message);
    if (named === undefined) return this.#owner;
    return named.map((text) => normaliseAddress(text.trim(), countryCode)?.address ?? text);
  }

  get #owner(): readonly string[] {
    const reservation = this.#call.reservation();
    return reservation === undefined ? [] : [reservation.subscriber];
  }

  get amount(): bigint | undefined {
    const text = this.#parts.charge?.amount?.trim();
    return text === undefined ? undefined : parseMicros(text);
  }

  /** That of the request, else of its reservation, else of the policy; undefined for what charges nobody. */
  get currency(): string | undefined {
    const { policy, currencies } = this.#terms(this.application);
    const written = this.#parts.charge?.currency?.trim();
    if (written) return currencies.resolve(written) ?? written;
    return this.#call.reservation()?.currency ?? policy.Currency;
  }
}
