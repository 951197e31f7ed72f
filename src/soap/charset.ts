// Bytes to text: which character encoding a message has, and that it has it throughout. Knows only the XML declaration.
import { isAscii } from 'node:buffer';
import { TextDecoder } from 'node:util';
import { type Deviation, note } from './deviation';
import { HttpRefusal, SoapFault } from './rejection';

/**
 * The text of a message, without its byte order mark. The encoding is told by the byte order mark, else by the charset
 * of Content-Type, else by the XML declaration, else it is UTF-8 (RFC 7303 clause 3); what says otherwise beside it is
 * a deviation, and between the bytes and the declaration alone an error (XML 1.0 clause 4.3.3). Throws HttpRefusal 415
 * for an encoding that is not read, SoapFault for bytes that are not of their encoding.
 */
export function decodeText(
  bytes: Uint8Array,
  contentType: string | undefined,
  deviations: Deviation[] = [],
): string {
  const declared = charsetOf(contentType);
  const mark = byteOrderMark(bytes);
  if (mark !== undefined) {
    if (!isNamed(mark.charset, declared)) note(deviations, 'encoding', 'Content-Type');
    return decodeAs(mark.charset, bytes.subarray(mark.length));
  }
  if (declared !== undefined) {
    const charset = charsetNamed(declared, bytes);
    const text = TEXT_OF[charset](bytes);
    if (!isNamed(charset, declaredEncoding(text))) note(deviations, 'encoding', 'Envelope');
    return text;
  }

  const wide = wideCharset(bytes);
  if (wide !== undefined) return decodeAs(wide, bytes);
  const start = afterSpace(bytes);
  if (bytes[start + 1] !== QUESTION) return TEXT_OF['utf-8'](bytes);
  const encoding = declaredEncoding(latin1(bytes.subarray(start, start + DECLARATION_BYTES)));
  return TEXT_OF[singleByteCharset(encoding, bytes)](bytes);
}

/**
 * The text as XML wants it to begin: white space before an XML declaration is dropped, and a later version than 1.0 is
 * left to be read as 1.0 (XML 1.0 clause 2.8). Throws SoapFault for a second byte order mark, which is a character.
 */
export function fromDeclaration(text: string, deviations: Deviation[]): string {
  if (text.charCodeAt(0) === BYTE_ORDER_MARK) {
    throw new SoapFault('Client', 'The message begins with two byte order marks.');
  }
  let start = 0;
  while (isSpace(text.charCodeAt(start))) start += 1;
  const declaration = DECLARATION.exec(text.slice(start, start + DECLARATION_BYTES));
  if (declaration === null) return text;
  if (start > 0) note(deviations, 'xml.declaration', 'Envelope');
  if (declaration[1] !== '1.0') note(deviations, 'xml.version', 'Envelope');
  return start === 0 ? text : text.slice(start);
}

/** The charset parameter of a Content-Type as it is written; absent when there is none or it is empty. */
export function charsetOf(contentType: string | undefined): string | undefined {
  if (contentType === undefined) return undefined;
  return /;\s*charset\s*=\s*["']?([^\s"';]+)/i.exec(contentType)?.[1];
}

type Charset = 'utf-8' | 'utf-16le' | 'utf-16be' | 'iso-8859-1' | 'us-ascii';

const NAMES: ReadonlyMap<string, Charset | 'utf-16'> = new Map([
  ['utf-8', 'utf-8'],
  ['utf8', 'utf-8'],
  ['utf-16', 'utf-16'],
  ['utf-16le', 'utf-16le'],
  ['utf-16be', 'utf-16be'],
  ['iso-8859-1', 'iso-8859-1'],
  ['iso8859-1', 'iso-8859-1'],
  ['iso_8859-1', 'iso-8859-1'],
  ['latin1', 'iso-8859-1'],
  ['us-ascii', 'us-ascii'],
  ['ascii', 'us-ascii'],
]);

const BYTE_ORDER_MARK = 0xfeff;
const LESS = 0x3c;
const QUESTION = 0x3f;
/** Room for the XML declaration and what white space it may hold. */
const DECLARATION_BYTES = 256;

const STRICT = { fatal: true, ignoreBOM: true } as const;
const utf8 = new TextDecoder('utf-8', STRICT);

const TEXT_OF: Readonly<Record<Charset, (bytes: Uint8Array) => string>> = {
  'utf-8': (bytes) => fatal(utf8, bytes),
  'utf-16le': (bytes) => fatal(new TextDecoder('utf-16le', STRICT), bytes),
  'utf-16be': (bytes) => fatal(new TextDecoder('utf-16be', STRICT), bytes),
  // Not TextDecoder('iso-8859-1'), which is windows-1252 by the WHATWG's table.
  'iso-8859-1': latin1,
  'us-ascii': (bytes) => {
    if (!isAscii(bytes)) throw invalidBytes('us-ascii');
    return latin1(bytes);
  },
};

/** Replacement characters would make two different references equal, so nothing is replaced. */
function fatal(decoder: TextDecoder, bytes: Uint8Array): string {
  try {
    return decoder.decode(bytes);
  } catch {
    throw invalidBytes(decoder.encoding);
  }
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}

function invalidBytes(charset: string): SoapFault {
  return new SoapFault('Client', `The message holds bytes that are not ${charset.toUpperCase()}.`);
}

function byteOrderMark(bytes: Uint8Array): { charset: Charset; length: number } | undefined {
  const first = bytes[0];
  const second = bytes[1];
  if (first === 0xff && second === 0xfe) return { charset: 'utf-16le', length: 2 };
  if (first === 0xfe && second === 0xff) return { charset: 'utf-16be', length: 2 };
  if (first !== 0xef || second !== 0xbb || bytes[2] !== 0xbf) return undefined;
  return { charset: 'utf-8', length: 3 };
}

/** UTF-16 shows in the zero byte of the first `<` (XML 1.0 appendix F), or of white space before it. */
function wideCharset(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  if (bytes[1] === 0 && (bytes[0] === LESS || isSpace(bytes[0]))) return 'utf-16le';
  if (bytes[0] === 0 && (bytes[1] === LESS || isSpace(bytes[1]))) return 'utf-16be';
  return undefined;
}

function afterSpace(bytes: Uint8Array): number {
  let start = 0;
  while (isSpace(bytes[start])) start += 1;
  return start;
}

function isSpace(code: number | undefined): boolean {
  return code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;
}

/** With its version. */
const DECLARATION = /^<\?xml\s+version\s*=\s*["']([^"'>]*)["']/;

/** An encoding that the bytes themselves show; a declaration in them must agree. */
function decodeAs(charset: Charset, bytes: Uint8Array): string {
  const text = TEXT_OF[charset](bytes);
  if (!isNamed(charset, declaredEncoding(text))) throw contradiction(charset);
  return text;
}

/** A declaration that could be read byte by byte is not in UTF-16, whatever it says. */
function singleByteCharset(encoding: string | undefined, bytes: Uint8Array): Charset {
  if (encoding === undefined) return 'utf-8';
  const charset = charsetNamed(encoding, bytes);
  if (charset.startsWith('utf-16')) throw contradiction('utf-8');
  return charset;
}

function charsetNamed(name: string, bytes: Uint8Array): Charset {
  const charset = NAMES.get(name.toLowerCase());
  if (charset === undefined) {
    throw new HttpRefusal(415, 'Send the message in UTF-8, UTF-16, ISO-8859-1 or US-ASCII.');
  }
  // Without a byte order mark big-endian is to be assumed (RFC 2781 clause 4.3), unless the bytes show it.
  return charset === 'utf-16' ? (wideCharset(bytes) ?? 'utf-16be') : charset;
}

function declaredEncoding(text: string): string | undefined {
  return /^\s*<\?xml\s[^>]*?\bencoding\s*=\s*["']([^"'>]*)["']/.exec(text)?.[1];
}

/** Whether what is said of an encoding is true; nothing said is. */
function isNamed(charset: Charset, said: string | undefined): boolean {
  if (said === undefined) return true;
  const name = NAMES.get(said.toLowerCase());
  return name === charset || (name === 'utf-16' && charset.startsWith('utf-16'));
}

function contradiction(charset: Charset): SoapFault {
  return new SoapFault(
    'Client',
    `The message begins as ${charset.toUpperCase()}, but another encoding is declared.`,
  );
}
