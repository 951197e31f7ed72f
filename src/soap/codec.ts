// The wire in one piece: requests to typed messages, typed messages and refusals to responses. Executes nothing.
import type { Operation } from '../wsdl/schema';
import { decodeText } from './charset';
import { compileDecoder, type Decoder, type Message } from './decode';
import { type Deviation, note } from './deviation';
import { createDispatcher, type OperationCatalogue } from './dispatch';
import { compileEncoder, type Encoder, envelopeAround } from './encode';
import { openEnvelope } from './envelope';
import {
  compileFaultWriter,
  type FaultForm,
  type OperationFault,
  type OperationFaultWriter,
  STANDARD_FAULT_FORM,
  writeSoapFault,
} from './faults';
import { applicationOf } from './identity';
import { HttpRefusal, Rejection, ShapeFault, SoapFault } from './rejection';
import {
  type Headers,
  refuseTransport,
  type SoapRequest,
  type SoapResponse,
  writeRefusal,
  xmlResponse,
} from './transport';
import { createXmlReader } from './xml';

/** A request that was understood. */
export interface Reading {
  readonly operation: Operation;
  /** The parts of the request, in the shape that the schema gives them. */
  readonly message: Message;
  /** Which application asks, by its own word. */
  readonly application: string;
  /** What was put up with, in the order met; none for a request to the letter. */
  readonly deviations: readonly Deviation[];
}

export interface Codec {
  /** Never throws for what a client sends: what is not understood comes back as a Rejection. */
  read(request: SoapRequest): Reading | Rejection;
  /** HTTP 200. Throws TypeError when the message lacks what the response requires. */
  writeResponse(operation: Operation, message: object): SoapResponse;
  /** HTTP 500 with a ServiceException or PolicyException of the operation's version. */
  writeOperationFault(operation: Operation, fault: OperationFault, form?: FaultForm): SoapResponse;
  /** HTTP 500 without detail for a SoapFault, the status of an HttpRefusal. */
  writeFault(fault: SoapFault | HttpRefusal): SoapResponse;
}

/** Compiles every operation of the catalogue; throws when one cannot be. */
export function createCodec(catalogue: OperationCatalogue): Codec {
  const compiled = new Map(catalogue.operations.map((each) => [each, compileOperation(each)]));
  const dispatch = createDispatcher(catalogue);
  const readXml = createXmlReader();

  function partsOf(operation: Operation): CompiledOperation {
    const parts = compiled.get(operation);
    if (parts === undefined) throw new Error(`${operation.key} is not in the catalogue.`);
    return parts;
  }

  return {
    read(request) {
      const deviations: Deviation[] = [];
      let operation: Operation | undefined;
      let application: string | undefined;
      try {
        const refusal = refuseTransport(request);
        if (refusal !== undefined) throw refusal;
        const { headers, path } = request;
        noteHeaders(headers, deviations);
        const root = readXml(decodeText(request.bytes, headers['content-type']));
        const { header, message, independent } = openEnvelope(root, deviations);
        application = applicationOf(header, headers, deviations);
        operation = dispatch(message, path, deviations);
        for (const { local } of independent) {
          if (catalogue.byLocalName(local).length === 0) continue;
          throw new SoapFault('Client', 'The SOAP Body holds more than one message.');
        }
        const value = partsOf(operation).decode(message, deviations);
        return { operation, message: value, application, deviations };
      } catch (error) {
        if (!isRejection(error)) throw error;
        return new Rejection(error, operation, application, deviations);
      }
    },

    writeResponse(operation, message) {
      const { emptyResponse, encode } = partsOf(operation);
      return emptyResponse ?? xmlResponse(200, envelopeAround(encode(message)));
    },

    writeOperationFault(operation, fault, form = STANDARD_FAULT_FORM) {
      return partsOf(operation).writeFault(fault, form);
    },

    writeFault(fault) {
      return fault instanceof HttpRefusal ? writeRefusal(fault) : writeSoapFault(fault);
    },
  };
}

interface CompiledOperation {
  readonly decode: Decoder;
  readonly encode: Encoder;
  /** Written once when the response has no parts, as nearly all have none. */
  readonly emptyResponse: SoapResponse | undefined;
  readonly writeFault: OperationFaultWriter;
}

function compileOperation(operation: Operation): CompiledOperation {
  const { request, response } = operation;
  const encode = compileEncoder(response);
  const isEmpty = response.type.kind === 'complex' && response.type.elements.length === 0;
  return {
    decode: compileDecoder(request),
    encode,
    emptyResponse: isEmpty ? xmlResponse(200, envelopeAround(encode({}))) : undefined,
    writeFault: compileFaultWriter(operation),
  };
}

/** Neither header decides anything: clients of the field send whatever their toolkit or author thought of. */
function noteHeaders(headers: Headers, deviations: Deviation[]): void {
  if (!/^text\/xml\s*(?:;|$)/i.test(headers['content-type'] ?? '')) {
    note(deviations, 'content-type', 'Content-Type');
  }
  if (headers.soapaction !== '""') note(deviations, 'soapaction', 'SOAPAction');
}

function isRejection(error: unknown): error is HttpRefusal | SoapFault | ShapeFault {
  return error instanceof SoapFault || error instanceof ShapeFault || error instanceof HttpRefusal;
}
