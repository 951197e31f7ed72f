// What a row of the table of variants is: a request as some client sends it, and everything that must come of it.
import type { ConfigurationInput } from '../../../src/config/schema';

/** One HTTP request, with its headers as they are spelt. */
export interface HttpMessage {
  readonly path: string;
  /** The version of HTTP, when it is not 1.1. */
  readonly http?: '1.0';
  /** Host and Content-Length come by themselves. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: string | Buffer;
  /** Lines of its head that a server cannot read as they come, as the exchange names them. */
  readonly mendedHeaders?: readonly string[];
}

/** A fault as its answer must tell it; `exception` and `messageId` are absent where there is no detail. */
export interface ExpectedFault {
  readonly faultcode: string;
  readonly faultstring: string;
  readonly exception?: 'ServiceException' | 'PolicyException';
  readonly messageId?: string;
  /** The text in the detail, when it is not the faultstring. */
  readonly text?: string;
  readonly variables?: readonly string[];
}

export interface Variant {
  readonly name: string;
  /** `Interface.operation`; of a request that is not understood, the one that its client meant. */
  readonly operation: string;
  /** The version that the request is read in and, unless it says otherwise, answered in. */
  readonly version: string;
  readonly answerVersion?: string;
  /** A request that comes before and succeeds. */
  readonly earlier?: HttpMessage;
  /** A request that opens a reservation; its identifier is handed to `request`. */
  readonly opening?: HttpMessage;
  readonly request: (reservation: string) => HttpMessage;
  /** The application that is recorded; absent when the request is refused before it is known. */
  readonly application?: string;
  /** Names of deviations, in any order. */
  readonly deviations: readonly string[];
  /** The transactions that the request leaves, as `kind amount currency subscriber`. */
  readonly ledger: readonly string[];
  /** Texts on the bill, where what they say is the point. */
  readonly billed?: readonly string[];
  /** Absent for a success. */
  readonly fault?: ExpectedFault;
  /** When nothing is configured, it is absent. */
  readonly configuration?: ConfigurationInput;
}
