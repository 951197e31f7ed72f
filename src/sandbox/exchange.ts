// One SOAP exchange without a server: bytes in, bytes out, and a record of what happened in between.
import { refuse } from '../ledger/refusal';
import type { Instant } from '../ledger/time';
import { faultOf, invalidPart } from '../payment/faults';
import type { Manner } from '../payment/manner';
import type { Outcome } from '../payment/operations';
import { versionNamed } from '../payment/versions/versions';
import type { Codec } from '../soap/codec';
import type { Deviation } from '../soap/deviation';
import type { Reading, Reception } from '../soap/reading';
import { HeaderFault, HttpRefusal, Rejection, ShapeFault } from '../soap/rejection';
import { contradictedAddress } from '../soap/request-header';
import type { SoapRequest, SoapResponse } from '../soap/transport';
import type { OperationKey } from '../wsdl/operations.generated';

/** What the log, and later the journal, tells of an exchange. Nothing in it is masked. */
export interface ExchangeRecord {
  readonly at: Instant;
  /** Without the query: what stands there is the client's own. */
  readonly path: string;
  readonly application?: string;
  /** `Interface.operation`. */
  readonly operation?: string;
  readonly version?: string;
  /** The endUserIdentifier, the payers of a split, or the reservation, as the request has them. */
  readonly subject?: string;
  readonly referenceCode?: string;
  readonly status: number;
  /** `SVC0270`, `POL0001`, a SOAP faultcode, or absent for a success. */
  readonly fault?: string;
  /** The reason behind the fault, for a person. */
  readonly detail?: string;
  readonly deviations: readonly Pick<Deviation, 'name' | 'where'>[] | readonly { name: string }[];
  readonly milliseconds: number;
}

type Perform = (
  operation: OperationKey,
  message: never,
  application: string,
  manner: Manner,
) => Promise<Performed>;

/** An outcome with what was lenient or noteworthy on the way. */
export type Performed = Outcome<OperationKey> & { readonly notes: readonly string[] };

export type Exchange = (request: SoapRequest) => Promise<SoapResponse>;

/** Tells whoever watches for defects, and gives the number that the client is told. */
export type ReportDefect = (error: unknown) => string;

/** `perform` executes an operation; `onRecord` is told of every exchange, also of one that was refused. */
export function createExchange(
  codec: Codec,
  reception: Reception,
  perform: Perform,
  now: () => Instant,
  onRecord: (record: ExchangeRecord) => void,
  reportDefect: ReportDefect,
): Exchange {
  return async (request) => {
    const started = performance.now();
    const at = now();
    const reading = codec.read(request, reception);
    const { response, ...told } =
      reading instanceof Rejection
        ? rejected(codec, reading)
        : await answered(codec, perform, reading).catch((error: unknown) =>
            defective(codec, reading, reportDefect(error)),
          );
    onRecord({
      at,
      path: withoutQuery(request.path),
      ...told,
      status: response.status,
      milliseconds: performance.now() - started,
    });
    return response;
  };
}

function withoutQuery(path: string): string {
  const end = path.indexOf('?');
  return end < 0 ? path : path.slice(0, end);
}

type Told = Pick<ExchangeRecord, 'deviations'> &
  Partial<ExchangeRecord> & { readonly response: SoapResponse };

function rejected(codec: Codec, rejection: Rejection): Told {
  const { cause, operation, application, deviations } = rejection;
  const about = {
    deviations,
    ...(application !== undefined && { application }),
    ...(operation !== undefined && { operation: operation.key, version: operation.version }),
  };
  if (cause instanceof ShapeFault) {
    if (operation === undefined) throw new Error('a ShapeFault belongs to an operation');
    const fault = faultOf(invalidPart(cause.part, cause.detail), rejection.profile);
    const response = codec.writeOperationFault(operation, fault, rejection);
    return { ...about, response, fault: fault.messageId, detail: cause.detail };
  }
  if (cause instanceof HeaderFault) {
    if (operation === undefined) throw new Error('a HeaderFault belongs to an operation');
    const response = codec.writeOperationFault(operation, cause.fault, rejection);
    return { ...about, response, fault: cause.fault.messageId, detail: cause.detail };
  }
  const response = codec.writeFault(cause, rejection.soap);
  if (cause instanceof HttpRefusal) {
    return {
      ...about,
      response,
      fault: `HTTP ${cause.status}`,
      detail: cause.detail ?? cause.text,
    };
  }
  return { ...about, response, fault: cause.code, detail: cause.detail ?? cause.text };
}

async function answered(codec: Codec, perform: Perform, reading: Reading): Promise<Told> {
  const { operation, application } = reading;
  const version = versionNamed(operation.version);
  const key = version.operation(operation.key);
  if (key === undefined) throw new Error(`${operation.key} of ${operation.version} is not mapped`);
  const message = version.request(key, reading.message);
  const contradiction = contradictionIn(reading, message);
  if (contradiction !== undefined) return rejected(codec, contradiction);
  const outcome = await perform(key, message as never, application, reading);
  const about = {
    application,
    operation: operation.key,
    version: operation.version,
    ...subjectOf(message),
    deviations: [...reading.deviations, ...outcome.notes.map((name) => ({ name }))],
  };
  if ('fault' in outcome) {
    const response = codec.writeOperationFault(operation, version.fault(outcome.fault), reading);
    const { detail } = outcome.refusal;
    return { ...about, response, fault: outcome.fault.messageId, detail };
  }
  const answer = version.response(key, outcome.response);
  return { ...about, response: codec.writeResponse(operation, answer, reading) };
}

/** A gateway that reads OA and FA of its header takes no charge of another subscriber. */
function contradictionIn(reading: Reading, message: object): Rejection | undefined {
  const { profile, requestHeaders } = reading;
  if (profile.headerAddresses === 'ignored' || requestHeaders.length === 0) return undefined;
  const subscribers = subscribersOf(message);
  if (subscribers === undefined) return undefined;
  const cause = contradictedAddress(requestHeaders, subscribers);
  return cause && new Rejection(cause, reading);
}

/** Something went wrong that nobody foresaw: SVC0001 with a number to look for in the log. */
function defective(codec: Codec, reading: Reading, number: string): Told {
  const { operation, application, deviations } = reading;
  const fault = faultOf(refuse('internal_error', 'a defect of the emulator', number));
  return {
    application,
    operation: operation.key,
    version: operation.version,
    deviations,
    response: codec.writeOperationFault(operation, fault, reading),
    fault: fault.messageId,
    detail: `defect ${number}, see the log`,
  };
}

function subjectOf(message: object): Pick<ExchangeRecord, 'subject' | 'referenceCode'> {
  const parts = message as {
    readonly reservationIdentifier?: string;
    readonly referenceCode?: string;
  };
  const subject = subscribersOf(message)?.join(' ') ?? parts.reservationIdentifier;
  const { referenceCode } = parts;
  return {
    ...(subject !== undefined && { subject }),
    ...(referenceCode !== undefined && { referenceCode }),
  };
}

/** Undefined where a request names a reservation instead. */
function subscribersOf(message: object): readonly string[] | undefined {
  const { endUserIdentifier, splitInfo } = message as {
    readonly endUserIdentifier?: string;
    readonly splitInfo?: readonly { readonly endUserIdentifier: string }[];
  };
  if (endUserIdentifier !== undefined) return [endUserIdentifier];
  return splitInfo?.map((payer) => payer.endUserIdentifier);
}
