// Messages with attachments (SOAP Messages with Attachments, RFC 2387): finds the part that is the envelope. What the
// other parts hold is not looked at.
import { MIME_LIMITS } from '../limits';
import { HttpRefusal, SoapFault } from './rejection';

/** The bytes to read as the envelope, with the Content-Type that is theirs. */
export interface RootPart {
  readonly bytes: Uint8Array;
  readonly contentType: string | undefined;
  /** How many parts came along. */
  readonly attachments: number;
}

/** Whether a Content-Type is that of a message with attachments. */
export function isMultipart(contentType: string | undefined): contentType is string {
  return contentType !== undefined && /^\s*multipart\/related\s*(?:;|$)/i.test(contentType);
}

/**
 * The part that `start` names, else the first (RFC 2387 clause 3.2). Throws a SoapFault `Client` for what is no whole
 * multipart message or beyond its bounds, HttpRefusal 415 for an envelope in a transfer encoding.
 */
export function rootPart(body: Uint8Array, contentType: string): RootPart {
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  const parts = partsOf(bytes, boundaryOf(contentType)).map(readPart);
  const start = parameterOf(contentType, 'start');
  const named = (part: Part): boolean =>
    bare(part.headers.get('content-id') ?? '') === bare(start ?? '');
  const root = start === undefined ? parts[0] : parts.find(named);
  if (root === undefined) {
    throw malformed(start === undefined ? 'holds no part' : 'has no part that its start names');
  }
  const encoding = root.headers.get('content-transfer-encoding')?.toLowerCase() ?? 'binary';
  if (!PLAIN_ENCODINGS.has(encoding)) {
    throw new HttpRefusal(
      415,
      'Send the envelope of a multipart message without a transfer encoding.',
    );
  }
  return {
    bytes: root.content,
    contentType: root.headers.get('content-type') ?? parameterOf(contentType, 'type'),
    attachments: parts.length - 1,
  };
}

interface Part {
  /** By name in lower case. */
  readonly headers: ReadonlyMap<string, string>;
  readonly content: Buffer;
}

const PLAIN_ENCODINGS: ReadonlySet<string> = new Set(['7bit', '8bit', 'binary']);

/** RFC 2046 clause 5.1.1. */
const BOUNDARY = /^[0-9A-Za-z'()+_,\-./:=? ]{0,69}[0-9A-Za-z'()+_,\-./:=?]$/;

const LF = 0x0a;
const CR = 0x0d;
const DASH = 0x2d;

function boundaryOf(contentType: string): string {
  const boundary = parameterOf(contentType, 'boundary');
  if (boundary !== undefined && BOUNDARY.test(boundary)) return boundary;
  throw malformed('names no boundary of 1 to 70 characters');
}

/** The value of a parameter of a Content-Type, without quotes and escapes. */
function parameterOf(contentType: string, name: string): string | undefined {
  const parameters = /;\s*([\w-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;"]*))/g;
  for (const [, key = '', quoted, token] of contentType.matchAll(parameters)) {
    if (key.toLowerCase() !== name) continue;
    return quoted === undefined ? token : quoted.replace(/\\(.)/g, '$1');
  }
  return undefined;
}

/** What lies between the delimiter lines; what stands before the first and after the last is for nobody. */
function partsOf(bytes: Buffer, boundary: string): readonly Buffer[] {
  const parts: Buffer[] = [];
  let start: number | undefined;
  for (let from = 0; ; ) {
    const line = delimiterLine(bytes, `--${boundary}`, from);
    if (line === undefined) throw malformed('has no closing delimiter');
    if (start !== undefined) parts.push(bytes.subarray(start, Math.max(start, line.contentEnd)));
    if (parts.length > MIME_LIMITS.parts)
      throw malformed(`has more than ${MIME_LIMITS.parts} parts`);
    if (line.closes) return parts;
    start = line.end;
    from = line.end;
  }
}

interface DelimiterLine {
  /** Where the content before it ends: the line break belongs to the delimiter. */
  readonly contentEnd: number;
  /** Where the next part begins. */
  readonly end: number;
  readonly closes: boolean;
}

/** The next line that is the delimiter, with nothing but spaces after it. */
function delimiterLine(bytes: Buffer, delimiter: string, from: number): DelimiterLine | undefined {
  for (let at = bytes.indexOf(delimiter, from); at >= 0; at = bytes.indexOf(delimiter, at + 1)) {
    if (at > 0 && bytes[at - 1] !== LF) continue;
    let end = at + delimiter.length;
    const closes = bytes[end] === DASH && bytes[end + 1] === DASH;
    if (closes) end += 2;
    while (bytes[end] === 0x20 || bytes[end] === 0x09) end += 1;
    if (bytes[end] === CR) end += 1;
    const ends = bytes[end] === LF || (closes && end >= bytes.length);
    if (!ends) continue;
    const lineBreak = bytes[at - 2] === CR ? 2 : 1;
    return { contentEnd: at - lineBreak, end: end + 1, closes };
  }
  return undefined;
}

/** Headers, an empty line, content. A part without headers begins with the empty line. */
function readPart(bytes: Buffer): Part {
  const headers = new Map<string, string>();
  let last = '';
  for (let at = 0; at < bytes.length; ) {
    const lineFeed = bytes.indexOf(LF, at);
    const end = lineFeed < 0 ? bytes.length : lineFeed;
    if (end > MIME_LIMITS.partHeaderBytes) {
      throw malformed(`has a part with more than ${MIME_LIMITS.partHeaderBytes} bytes of headers`);
    }
    const line = bytes.toString('latin1', at, bytes[end - 1] === CR ? end - 1 : end);
    at = end + 1;
    if (line === '') return { headers, content: bytes.subarray(at) };

    const [, name, value = ''] = /^([\w-]+)[ \t]*:[ \t]*(.*)$/.exec(line) ?? [];
    if (name !== undefined) {
      last = name.toLowerCase();
      headers.set(last, value.trim());
    } else if (/^[ \t]/.test(line) && last !== '') {
      headers.set(last, `${headers.get(last)} ${line.trim()}`);
    } else throw malformed('has a part with a line among its headers that is none');
  }
  // Without content there need not be an empty line (RFC 2046 clause 5.1).
  return { headers, content: bytes.subarray(bytes.length) };
}

/** Some leave out the angle brackets of a Content-ID, on one side or on both. */
function bare(contentId: string): string {
  return contentId.replace(/^<|>$/g, '');
}

function malformed(what: string): SoapFault {
  return new SoapFault('Client', `The multipart message ${what}.`);
}
