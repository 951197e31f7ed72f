// What is told of one exchange, to the log and to the journal.
import type { Instant } from '../ledger/time';
import type { SoapRequest, SoapResponse } from '../soap/transport';
import type { Injected } from './faults/course';
import type { Noted } from './journal/deviation-rules';

/** What the log, and later the journal, tells of an exchange. Nothing in it is masked. */
export interface ExchangeRecord {
  /** Under which the client and the journal know it; undefined when nothing is kept. */
  readonly id: string | undefined;
  readonly sandbox: string;
  readonly at: Instant;
  /** Without the query: what stands there is the client's own. */
  readonly path: string;
  readonly application?: string;
  /** `Interface.operation`. */
  readonly operation?: string;
  readonly version?: string;
  /** The endUserIdentifier, the payers of a split, the reservation, the addresses or the identifier of a message, as sent. */
  readonly subject?: string;
  readonly referenceCode?: string;
  /** How many parts a multipart message had besides the envelope. */
  readonly attachments?: number;
  /** 0 where no answer was meant to go out. */
  readonly status: number;
  /** `SVC0270`, `POL0001`, a SOAP faultcode, what was injected instead of an answer, or absent for a success. */
  readonly fault?: string;
  /** The reason behind the fault, for a person. */
  readonly detail?: string;
  /** What was put up with or worth a note, in the order met. */
  readonly deviations: readonly Noted[];
  /** A row of the published checks that refused, or the step before them: `message`, `shape`, `security`, ... */
  readonly check?: string;
  /** The numbers of the transactions that it made. */
  readonly transactions?: readonly number[];
  /** What a rule or a magic value made happen. */
  readonly injected?: Injected;
  readonly milliseconds: number;
  /** Both messages as they were, by reference. */
  readonly request: SoapRequest;
  readonly response: SoapResponse;
}

/** The header of an answer with the id of its exchange. */
export const EXCHANGE_HEADER = 'X-Parlayx-Exchange';
