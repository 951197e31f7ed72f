// Why a request got no further than the codec. Knows nothing of business refusals, which have an operation's answer.
import type { Operation } from '../wsdl/schema';
import type { Deviation } from './deviation';

/** Trouble below SOAP: a plain HTTP answer. `text` is one sentence for the client. */
export class HttpRefusal {
  constructor(
    readonly status: number,
    readonly text: string,
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
  constructor(
    readonly cause: HttpRefusal | SoapFault | ShapeFault,
    /** Always there with a ShapeFault, whose answer is in the terms of the operation. */
    readonly operation: Operation | undefined,
    readonly application: string | undefined,
    readonly deviations: readonly Deviation[],
  ) {}
}
