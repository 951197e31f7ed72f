// One SOAP exchange without a server: bytes in, bytes out, and a record of what happened in between.
import { refuse } from '../ledger/refusal';
import type { Instant } from '../ledger/time';
import { faultOf, invalidPart } from '../payment/faults';
import type { Outcome } from '../payment/operations';
import type { Codec, Reading } from '../soap/codec';
import type { Deviation } from '../soap/deviation';
import { HttpRefusal, Rejection, ShapeFault } from '../soap/rejection';
import type { SoapRequest, SoapResponse } from '../soap/transport';
import type { OperationKey } from '../wsdl/operations.generated';

/** What the log, and later the journal, tells of an exchange. Nothing in it is masked. */
export interface ExchangeRecord {
  readonly at: Instant;
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

type Perform = (operation: OperationKey, message: never, application: string) => Promise<Performed>;

/** An outcome with what was lenient or noteworthy on the way. */
export type Performed = Outcome<OperationKey> & { readonly notes: readonly string[] };

export type Exchange = (request: SoapRequest) => Promise<SoapResponse>;

/** Tells whoever watches for defects, and gives the number that the client is told. */
export type ReportDefect = (error: unknown) => string;

/** `perform` executes an operation; `onRecord` is told of every exchange, also of one that was refused. */
export function createExchange(
  codec: Codec,
  perform: Perform,
  now: () => Instant,
  onRecord: (record: ExchangeRecord) => void,
  reportDefect: ReportDefect,
): Exchange {
  return async (request) => {
    const started = performance.now();
    const at = now();
    const reading = codec.read(request);
    const { response, ...told } =
      reading instanceof Rejection
        ? rejected(codec, reading)
        : await answered(codec, perform, reading).catch((error: unknown) =>
            defective(codec, reading, reportDefect(error)),
          );
    onRecord({
      at,
      path: request.path,
      ...told,
      status: response.status,
      milliseconds: performance.now() - started,
    });
    return response;
  };
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
    const fault = faultOf(invalidPart(cause.part, cause.detail));
    const response = codec.writeOperationFault(operation, fault);
    return { ...about, response, fault: fault.messageId, detail: cause.detail };
  }
  const response = codec.writeFault(cause);
  if (cause instanceof HttpRefusal) {
    return { ...about, response, fault: `HTTP ${cause.status}`, detail: cause.text };
  }
  return { ...about, response, fault: cause.code, detail: cause.detail ?? cause.text };
}

async function answered(codec: Codec, perform: Perform, reading: Reading): Promise<Told> {
  const { operation, message, application } = reading;
  const outcome = await perform(operation.key as OperationKey, message as never, application);
  const about = {
    application,
    operation: operation.key,
    version: operation.version,
    ...subjectOf(message),
    deviations: [...reading.deviations, ...outcome.notes.map((name) => ({ name }))],
  };
  if ('fault' in outcome) {
    const response = codec.writeOperationFault(operation, outcome.fault);
    const { detail } = outcome.refusal;
    return { ...about, response, fault: outcome.fault.messageId, detail };
  }
  return { ...about, response: codec.writeResponse(operation, outcome.response) };
}

/** Something went wrong that nobody foresaw: SVC0001 with a number to look for in the log. */
function defective(
  codec: Codec,
  { operation, application, deviations }: Reading,
  number: string,
): Told {
  const fault = faultOf(refuse('internal_error', 'a defect of the emulator', number));
  return {
    application,
    operation: operation.key,
    version: operation.version,
    deviations,
    response: codec.writeOperationFault(operation, fault),
    fault: fault.messageId,
    detail: `defect ${number}, see the log`,
  };
}

function subjectOf(message: object): Pick<ExchangeRecord, 'subject' | 'referenceCode'> {
  const parts = message as {
    readonly endUserIdentifier?: string;
    readonly splitInfo?: readonly { readonly endUserIdentifier: string }[];
    readonly reservationIdentifier?: string;
    readonly referenceCode?: string;
  };
  const payers = parts.splitInfo?.map(({ endUserIdentifier }) => endUserIdentifier).join(' ');
  const subject = parts.endUserIdentifier ?? payers ?? parts.reservationIdentifier;
  const { referenceCode } = parts;
  return {
    ...(subject !== undefined && { subject }),
    ...(referenceCode !== undefined && { referenceCode }),
  };
}
