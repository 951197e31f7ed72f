// From the bytes of a request to a typed message: every step in its order. Writes nothing.
import type { Operation } from '../wsdl/schema';
import { decodeText, fromDeclaration } from './charset';
import type { CompiledOperations, SoapCatalogue } from './compiled';
import type { CredentialCheck } from './credentials';
import type { Message } from './decode';
import type { Deviation } from './deviation';
import { createDispatcher } from './dispatch';
import { openEnvelope, soapVersionOf } from './envelope';
import { noteHeaders, notePath } from './http-deviations';
import { applicationOf } from './identity';
import { isMultipart, type RootPart, rootPart } from './mime';
import type { SoapVersion } from './names';
import { HUAWEI, STANDARD } from './profiles';
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
import { refuseDeviation } from './strictness';
import { refuseTransport, type SoapRequest } from './transport';
import { LENIENT_TO_ALL, type WireTermsOf } from './wire-terms';
import { createXmlReader, type XmlElement } from './xml';

/** What a request asks for. */
export interface Asked {
  readonly operation: Operation;
  /** The parts of the request, in the shape that the schema gives them. */
  readonly message: Message;
}

/** A request that was understood. */
export interface Reading extends Omit<Known, 'message'>, Asked {
  readonly operation: Operation;
  /** What it could ask for just as well, where neither its namespace nor path nor parts tell. */
  readonly alternatives: readonly Asked[];
  /** Which application asks, by its own word. */
  readonly application: string;
  /** What was put up with, in the order met; none for a request to the letter. */
  readonly deviations: readonly Deviation[];
  /** The blocks RequestSOAPHeader that came along. */
  readonly requestHeaders: readonly XmlElement[];
  /** How many parts of a multipart message came along with the envelope. */
  readonly attachments: number;
  /** Whether the application is held to the letter: what is read leniently later is to be refused as well. */
  readonly strict: boolean;
}

/** On which terms whom is listened to. */
export interface Reception {
  readonly termsOf: WireTermsOf;
  /** Asked when the terms of an application demand credentials. */
  readonly checkCredentials: CredentialCheck;
}

/**
 * Never throws for what a client sends: what is not understood, or not let pass by the terms of the application, comes
 * back as a Rejection.
 */
export type Reader = (request: SoapRequest, reception?: Reception) => Reading | Rejection;

/** `assumedVersions` are those to read a message in whose namespace tells none, the likeliest first. */
export function createReader(
  catalogue: SoapCatalogue,
  compiled: CompiledOperations,
  assumedVersions: readonly string[] | undefined,
): Reader {
  const dispatch = createDispatcher(catalogue, assumedVersions);
  const readXml = createXmlReader();

  return (request, { termsOf, checkCredentials } = OPEN_TO_ALL) => {
    const deviations: Deviation[] = [];
    let operation: Operation | undefined;
    let application: string | undefined;
    let soap: SoapVersion | undefined;
    let decoded: Message | undefined;
    let profile = STANDARD;
    try {
      const refusal = refuseTransport(request);
      if (refusal !== undefined) throw refusal;
      const { headers, path } = request;
      const sent = sentEnvelope(request);
      const text = decodeText(sent.bytes, sent.contentType, deviations);
      const root = readXml(fromDeclaration(text, deviations));
      soap = soapVersionOf(root) ?? '1.1';
      noteHeaders(request, sent.contentType, soap, deviations);
      const { header, message, independent } = openEnvelope(root, deviations);
      application = applicationOf(header, headers, deviations);
      const terms = termsOf(application);
      const requestHeaders = header.length === 0 ? header : header.filter(isRequestHeader);
      profile = terms.profile ?? (requestHeaders.length > 0 ? HUAWEI : STANDARD);
      const [meant, ...others] = dispatch(message, path, deviations);
      operation = meant;
      for (const { local } of independent) {
        if (catalogue.byLocalName(local).length === 0) continue;
        throw new SoapFault('Client', 'The SOAP Body holds more than one message.');
      }
      if (terms.credentials !== undefined) {
        const presented = { blocks: header, headers, missing: profile.missingCredentials };
        const cause = checkCredentials(presented, application, terms.credentials);
        if (cause !== undefined) throw cause;
      }
      const { decode, paths } = compiled.of(operation);
      notePath(path, paths, deviations);
      decoded = decode(message, deviations);
      const { strict } = terms;
      if (strict) refuseDeviation(deviations);
      return {
        operation,
        message: decoded,
        alternatives: others.length === 0 ? NONE : others.flatMap((each) => readAs(each, message)),
        application,
        deviations,
        soap,
        profile,
        requestHeaders,
        attachments: sent.attachments,
        strict,
      };
    } catch (error) {
      if (!isRejection(error)) throw error;
      if (soap === undefined) {
        // What is no XML is often of another media type as well, and that is worth telling.
        soap = '1.1';
        noteHeaders(request, request.headers['content-type'], soap, deviations);
      }
      return new Rejection(error, {
        operation,
        application,
        deviations,
        soap,
        profile,
        message: decoded,
      });
    }
  };

  /** None when the message does not have the shape of that operation after all. */
  function readAs(operation: Operation, message: XmlElement): readonly Asked[] {
    try {
      return [{ operation, message: compiled.of(operation).decode(message, []) }];
    } catch (error) {
      if (!isRejection(error)) throw error;
      return NONE;
    }
  }
}

const NONE: readonly Asked[] = [];

/** The body itself, or the part of it that is the envelope. */
function sentEnvelope({ headers, bytes }: SoapRequest): RootPart {
  const contentType = headers['content-type'];
  if (isMultipart(contentType)) return rootPart(bytes, contentType);
  return { bytes, contentType, attachments: 0 };
}

const OPEN_TO_ALL: Reception = { termsOf: LENIENT_TO_ALL, checkCredentials: () => undefined };

function isRejection(error: unknown): error is RejectionCause {
  return (
    error instanceof SoapFault ||
    error instanceof ShapeFault ||
    error instanceof HttpRefusal ||
    error instanceof HeaderFault ||
    error instanceof SecurityFault
  );
}
