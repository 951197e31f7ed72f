// What one exchange is made of, and what is refused before a byte of it is read as XML. Opens no connection.
import { HTTP_LIMITS } from '../limits';
import { isMultipart } from './mime';
import type { SoapVersion } from './names';
import { HttpRefusal } from './rejection';

/** Header names in lower case. */
export type Headers = Readonly<Record<string, string | undefined>>;

export interface SoapRequest {
  /** With or without a query. */
  readonly path: string;
  readonly headers: Headers;
  readonly bytes: Uint8Array;
  /** The lines of the HTTP head that could not be read as they came, such as `line 5`; absent for none. */
  readonly mendedHeaders?: readonly string[];
}

export interface SoapResponse {
  readonly status: number;
  /** `Content-Type` and `Content-Length`, spelt so: clients that parse HTTP by hand look for that. */
  readonly headers: Readonly<Record<string, string>>;
  /** May be shared between responses: read it, never write into it. */
  readonly bytes: Buffer;
  /** How it goes out where it does not simply go out whole: injected faults. Status 0: no answer is meant to. */
  readonly delivery?: Delivery;
}

/**
 * What is done to an answer on its way. `bytes` of the body go out before it happens; undefined: nothing at all.
 * `wait` begins the waiting: for a stall until the connection is closed, for the others until more goes out.
 */
export type Delivery =
  | { readonly how: 'reset' | 'close'; readonly bytes: number | undefined }
  | { readonly how: 'stall'; readonly bytes: number | undefined; readonly wait: () => Wait }
  | { readonly how: 'pause'; readonly bytes: number; readonly wait: () => Wait }
  | { readonly how: 'dribble'; readonly bytes: number; readonly wait: () => Wait };

/** A time in which nothing happens, which both sides can end. */
export interface Wait {
  readonly over: Promise<void>;
  end(): void;
}

/** What can be refused before the body is read: 415 for an encoded body, 413 for a declared length too great. */
export function refuseHeaders(headers: Headers): HttpRefusal | undefined {
  const encoding = headers['content-encoding'];
  if (encoding !== undefined && encoding !== '' && encoding.toLowerCase() !== 'identity') {
    return new HttpRefusal(415, 'Send the message without a Content-Encoding.');
  }
  return refuseLength(Number(headers['content-length'] ?? 0), headers);
}

/** 413 when a body of so many bytes is more than is read; one with attachments may be longer. */
export function refuseLength(bytes: number, headers: Headers): HttpRefusal | undefined {
  if (!(bytes > HTTP_LIMITS.bodyBytes)) return undefined;
  const limit = isMultipart(headers['content-type'])
    ? HTTP_LIMITS.multipartBytes
    : HTTP_LIMITS.bodyBytes;
  if (!(bytes > limit)) return undefined;
  return new HttpRefusal(413, `The message is longer than ${limit} bytes.`);
}

/** The refusal of a whole request, in the order 415, 413, 400. */
export function refuseTransport(request: SoapRequest): HttpRefusal | undefined {
  const { headers, bytes } = request;
  const refusal = refuseHeaders(headers) ?? refuseLength(bytes.length, headers);
  if (refusal !== undefined) return refusal;
  if (bytes.length === 0)
    return new HttpRefusal(400, 'The request has no body; send a SOAP message.');
  return undefined;
}

/** The plain answer to what is refused below SOAP; 401 asks for HTTP Basic (RFC 7617). */
export function writeRefusal(refusal: HttpRefusal): SoapResponse {
  const plain = response(refusal.status, 'text/plain; charset=utf-8', `${refusal.text}\n`);
  if (refusal.status !== 401) return plain;
  return { ...plain, headers: { ...plain.headers, 'WWW-Authenticate': CHALLENGE } };
}

const CHALLENGE = 'Basic realm="Parlay X Payment", charset="UTF-8"';

/** The type is that of the SOAP release, whatever the request's was. */
export function xmlResponse(status: number, text: string, soap: SoapVersion): SoapResponse {
  return response(status, `${MEDIA_TYPES[soap]}; charset=utf-8`, text);
}

/** SOAP 1.1 clause 6, SOAP 1.2 part 2 clause 7.1.4. */
export const MEDIA_TYPES = { '1.1': 'text/xml', '1.2': 'application/soap+xml' } as const;

function response(status: number, type: string, text: string): SoapResponse {
  const bytes = Buffer.from(text, 'utf8');
  return {
    status,
    headers: { 'Content-Type': type, 'Content-Length': String(bytes.length) },
    bytes,
  };
}
