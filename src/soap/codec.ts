// The wire in one piece: requests to typed messages, typed messages and refusals to responses. Executes nothing.
import type { Catalogue, Operation } from '../wsdl/schema';
import { decodeText } from './charset';
import type { CredentialCheck } from './credentials';
import { compileDecoder, type Decoder, type Message, type RepeatedFields } from './decode';
import { type Deviation, note } from './deviation';
import { createDispatcher, type OperationCatalogue } from './dispatch';
import { compileEncoder, type Encoder, envelopeAround } from './encode';
import { openEnvelope, soapVersionOf } from './envelope';
import {
  type AnswerForm,
  compileFaultWriter,
  type OperationFault,
  type OperationFaultWriter,
  writeSoapFault,
} from './faults';
import { applicationOf } from './identity';
import type { SoapVersion } from './names';
import { HUAWEI, type Profile, STANDARD } from './profiles';
import {
  HeaderFault,
  HttpRefusal,
  type Known,
  Rejection,
  type RejectionCause,
  SecurityFault,
  ShapeFault,
  SoapFault,
} from './rejection';
import { isRequestHeader } from './request-header';
import {
  type Headers,
  MEDIA_TYPES,
  refuseTransport,
  type SoapRequest,
  type SoapResponse,
  writeRefusal,
  xmlResponse,
} from './transport';
import { LENIENT_TO_ALL, type WireTermsOf } from './wire-terms';
import type { XmlElement } from './xml';
import { createXmlReader } from './xml';

/** A request that was understood. */
export interface Reading extends Known {
  readonly operation: Operation;
  /** The parts of the request, in the shape that the schema gives them. */
  readonly message: Message;
  /** Which application asks, by its own word. */
  readonly application: string;
  /** What was put up with, in the order met; none for a request to the letter. */
  readonly deviations: readonly Deviation[];
  /** The blocks RequestSOAPHeader that came along. */
  readonly requestHeaders: readonly XmlElement[];
  /** Whether the application is held to the letter: what is read leniently later is to be refused as well. */
  readonly strict: boolean;
}

/** How an answer is to be written; a Reading or a Rejection says so. */
export interface ResponseForm {
  readonly soap: SoapVersion;
  readonly profile: Profile;
}

export interface Codec {
  /**
   * Never throws for what a client sends: what is not understood, or not let pass by the terms of the application,
   * comes back as a Rejection.
   */
  read(request: SoapRequest, reception?: Reception): Reading | Rejection;
  /** HTTP 200. Throws TypeError when the message lacks what the response requires. */
  writeResponse(operation: Operation, message: object, form?: ResponseForm): SoapResponse;
  /** HTTP 500 with a ServiceException or PolicyException of the operation's version. */
  writeOperationFault(operation: Operation, fault: OperationFault, form?: AnswerForm): SoapResponse;
  /** HTTP 500 without detail for a fault of the message, the status of an HttpRefusal. */
  writeFault(fault: SoapFault | SecurityFault | HttpRefusal, soap?: SoapVersion): SoapResponse;
}

/** On which terms whom is listened to. */
export interface Reception {
  readonly termsOf: WireTermsOf;
  /** Asked when the terms of an application demand credentials. */
  readonly checkCredentials: CredentialCheck;
}

/** What the codec needs of a catalogue. */
export type SoapCatalogue = OperationCatalogue & Pick<Catalogue, 'services'>;

/** What is told of messages that go beyond their schema. */
export interface CodecOptions {
  /** Versions to read a message in whose namespace tells none, the likeliest first. */
  readonly assumedVersions?: readonly string[];
  readonly repeatedFields?: RepeatedFields;
}

/** Compiles every operation of the catalogue; throws when one cannot be. */
export function createCodec(catalogue: SoapCatalogue, options: CodecOptions = {}): Codec {
  const { assumedVersions, repeatedFields } = options;
  const compiled = new Map(
    catalogue.operations.map((each) => [
      each,
      compileOperation(each, pathsOf(each, catalogue), repeatedFields),
    ]),
  );
  const dispatch = createDispatcher(catalogue, assumedVersions);
  const readXml = createXmlReader();

  function inVersion({ key }: Operation, version: string): CompiledOperation | undefined {
    const found = catalogue.operations.find((each) => each.key === key && each.version === version);
    return found && compiled.get(found);
  }

  function partsOf(operation: Operation): CompiledOperation {
    const parts = compiled.get(operation);
    if (parts === undefined) throw new Error(`${operation.key} is not in the catalogue.`);
    return parts;
  }

  return {
    read(request, { termsOf, checkCredentials } = OPEN_TO_ALL) {
      const deviations: Deviation[] = [];
      let operation: Operation | undefined;
      let application: string | undefined;
      let soap: SoapVersion = '1.1';
      let profile = STANDARD;
      try {
        const refusal = refuseTransport(request);
        if (refusal !== undefined) throw refusal;
        const { headers, path } = request;
        const root = readXml(decodeText(request.bytes, headers['content-type']));
        soap = soapVersionOf(root) ?? '1.1';
        noteHeaders(headers, soap, deviations);
        const { header, message, independent } = openEnvelope(root, deviations);
        application = applicationOf(header, headers, deviations);
        const terms = termsOf(application);
        const requestHeaders = header.length === 0 ? header : header.filter(isRequestHeader);
        profile = terms.profile ?? (requestHeaders.length > 0 ? HUAWEI : STANDARD);
        operation = dispatch(message, path, deviations);
        for (const { local } of independent) {
          if (catalogue.byLocalName(local).length === 0) continue;
          throw new SoapFault('Client', 'The SOAP Body holds more than one message.');
        }
        if (terms.credentials !== undefined) {
          const cause = checkCredentials({ blocks: header, headers }, terms.credentials);
          if (cause !== undefined) throw cause;
        }
        const { decode, paths } = partsOf(operation);
        notePath(path, paths, deviations);
        const value = decode(message, deviations);
        const { strict } = terms;
        if (strict) refuseDeviation(deviations);
        return {
          operation,
          message: value,
          application,
          deviations,
          soap,
          profile,
          requestHeaders,
          strict,
        };
      } catch (error) {
        if (!isRejection(error)) throw error;
        return new Rejection(error, { operation, application, deviations, soap, profile });
      }
    },

    writeResponse(operation, message, { soap, profile } = STANDARD_FORM) {
      const { emptyResponse, encode } = partsOf(operation);
      const version = profile.answerVersions[operation.version];
      if (emptyResponse !== undefined && version !== undefined) {
        const other = inVersion(operation, version)?.emptyResponse;
        if (other !== undefined) return other[soap];
      }
      return emptyResponse?.[soap] ?? xmlResponse(200, envelopeAround(encode(message), soap), soap);
    },

    writeOperationFault(operation, fault, form = STANDARD_FORM) {
      return partsOf(operation).writeFault(fault, form);
    },

    writeFault(fault, soap = '1.1') {
      return fault instanceof HttpRefusal ? writeRefusal(fault) : writeSoapFault(fault, soap);
    },
  };
}

const OPEN_TO_ALL: Reception = { termsOf: LENIENT_TO_ALL, checkCredentials: () => undefined };

const STANDARD_FORM: ResponseForm = { soap: '1.1', profile: STANDARD };

interface CompiledOperation {
  readonly decode: Decoder;
  readonly encode: Encoder;
  /** Written once when the response has no parts, as nearly all have none. */
  readonly emptyResponse: Readonly<Record<SoapVersion, SoapResponse>> | undefined;
  /** Where the operation's service is. */
  readonly paths: ReadonlySet<string>;
  readonly writeFault: OperationFaultWriter;
}

function compileOperation(
  operation: Operation,
  paths: ReadonlySet<string>,
  repeatedFields: RepeatedFields | undefined,
): CompiledOperation {
  const { request, response } = operation;
  const encode = compileEncoder(response);
  const isEmpty = response.type.kind === 'complex' && response.type.elements.length === 0;
  return {
    decode: compileDecoder(request, repeatedFields),
    encode,
    emptyResponse: isEmpty
      ? { '1.1': emptyResponse('1.1'), '1.2': emptyResponse('1.2') }
      : undefined,
    paths,
    writeFault: compileFaultWriter(operation),
  };

  function emptyResponse(soap: SoapVersion): SoapResponse {
    return xmlResponse(200, envelopeAround(encode({}), soap), soap);
  }
}

/** The addresses of the operation's service, in whichever version. */
function pathsOf({ interfaceName }: Operation, { services }: SoapCatalogue): ReadonlySet<string> {
  const own = services.filter((service) => service.interfaceName === interfaceName);
  return new Set(own.map(({ path }) => path));
}

/** Neither header decides anything: clients of the field send whatever their toolkit or author thought of. */
function noteHeaders(headers: Headers, soap: SoapVersion, deviations: Deviation[]): void {
  const [mediaType = ''] = (headers['content-type'] ?? '').split(';', 1);
  if (mediaType.trim().toLowerCase() !== MEDIA_TYPES[soap]) {
    note(deviations, 'content-type', 'Content-Type');
  }
  if (soap === '1.2') note(deviations, 'soap.1.2', 'Envelope');
  else if (headers.soapaction !== '""') note(deviations, 'soapaction', 'SOAPAction');
}

/** Nor does the path, where the message tells what is meant. */
function notePath(path: string, paths: ReadonlySet<string>, deviations: Deviation[]): void {
  if (paths.has(path)) return;
  const query = path.indexOf('?');
  if (query === -1 || !paths.has(path.slice(0, query))) note(deviations, 'path', path);
}

/** What an application that is held to the letter is told: where it departs from it first, and what would be right. */
function refuseDeviation([first]: readonly Deviation[]): void {
  if (first === undefined) return;
  const { name, where, rule } = first;
  // Some readers take the name of a response anywhere in an answer for success, and names can be the client's own.
  const place = /response|faultstring|22007201/i.test(where) ? '' : ` at ${where}`;
  throw new SoapFault('Client', `Refused for the deviation ${name}${place}: ${rule}`, where);
}

function isRejection(error: unknown): error is RejectionCause {
  return (
    error instanceof SoapFault ||
    error instanceof ShapeFault ||
    error instanceof HttpRefusal ||
    error instanceof HeaderFault ||
    error instanceof SecurityFault
  );
}
