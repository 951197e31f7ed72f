// Why a request got no further than the codec. Knows nothing of business refusals, which have an operation's answer.
import type { Operation } from '../wsdl/schema';
import type { Deviation } from './deviation';
import type { OperationFault } from './faults';
import type { SoapVersion } from './names';
import type { Profile } from './profiles';

/** Trouble below SOAP: a plain HTTP answer. `text` is one sentence for the client. */
export class HttpRefusal {
  constructor(
    readonly status: number,
    readonly text: string,
    /** For the exchange record only, when it says more. Holds no secret. */
    readonly detail?: string,
  ) {}
}

export type FaultCode = 'VersionMismatch' | 'MustUnderstand' | 'Client' | 'Server';

/** A message that never reached the service (SOAP 1.1 clause 4.4): a fault without detail. */
export class SoapFault {
  constructor(
    readonly code: FaultCode,
    /** One sentence for the client, made of our words alone. */
    readonly text: string,
    /** For the exchange record only: may quote the message. */
    readonly detail?: string,
  ) {}
}

/** Credentials of WS-Security that are no good: a fault in its own namespace, without detail (WSS 1.1, clause 12). */
export class SecurityFault {
  constructor(
    readonly code: 'InvalidSecurity' | 'FailedAuthentication',
    readonly text: string,
    /** For the exchange record only: the true cause. Holds no secret. */
    readonly detail: string,
  ) {}
}

/** A RequestSOAPHeader that is no good: a fault of the operation, as gateways have it. */
export class HeaderFault {
  constructor(
    readonly fault: OperationFault,
    /** For the exchange record only: the true cause. Holds no secret. */
    readonly detail: string,
  ) {}
}

/** A message part that is missing, repeated or no value of its type: SVC0002 names the part. */
export class ShapeFault {
  constructor(
    /** The top-level message part: `charge`, also when `charge/amount` is at fault. */
    readonly part: string,
    /** For the exchange record only: may quote the message. */
    readonly detail: string,
  ) {}
}

/** A request that was not read to the end, with what was known of it by then. */
export class Rejection {
  readonly operation: Operation | undefined;
  readonly application: string | undefined;
  readonly deviations: readonly Deviation[];
  readonly soap: SoapVersion;
  readonly profile: Profile;
  readonly message: object | undefined;

  constructor(
    readonly cause: RejectionCause,
    known: Known,
  ) {
    this.operation = known.operation;
    this.application = known.application;
    this.deviations = known.deviations;
    this.soap = known.soap;
    this.profile = known.profile;
    this.message = known.message;
  }
}

export type RejectionCause = HttpRefusal | SoapFault | SecurityFault | HeaderFault | ShapeFault;

/** What is known of a request so far. */
export interface Known {
  /** Always there with a ShapeFault or HeaderFault, whose answer is in the terms of the operation. */
  readonly operation: Operation | undefined;
  readonly application: string | undefined;
  readonly deviations: readonly Deviation[];
  /** SOAP 1.1 until the envelope says otherwise. */
  readonly soap: SoapVersion;
  readonly profile: Profile;
  /** The parts of the message, once they have been read. */
  readonly message?: object | undefined;
}
