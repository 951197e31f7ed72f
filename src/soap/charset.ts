// Bytes to text: which character encoding a message has, and that it has it throughout. Knows only the XML declaration.
import { isAscii } from 'node:buffer';
import { TextDecoder } from 'node:util';
import { HttpRefusal, SoapFault } from './rejection';

/**
 * The text of a message, without its byte order mark. The encoding is told by the byte order mark, else by the
 * charset of Content-Type, else by the XML declaration, else it is UTF-8 (RFC 7303 clause 3).
 * Throws HttpRefusal 415 for an encoding that is not read, SoapFault for bytes that are not of their encoding.
 */
export function decodeText(bytes: Uint8Array, contentType: string | undefined): string {
  const declared = charsetOf(contentType);
  const mark = byteOrderMark(bytes);
  if (mark !== undefined) {
    refuseContradiction(mark.charset, declared);
    return decodeAs(mark.charset, bytes.subarray(mark.length));
  }
  if (declared !== undefined) return TEXT_OF[charsetNamed(declared, bytes)](bytes);

  const wide = wideCharset(bytes);
  if (wide !== undefined) return decodeAs(wide, bytes);
  if (bytes[1] !== QUESTION) return TEXT_OF['utf-8'](bytes);
  const encoding = declaredEncoding(latin1(bytes.subarray(0, DECLARATION_BYTES)));
  return TEXT_OF[singleByteCharset(encoding, bytes)](bytes);
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

/** UTF-16 shows in the zero byte of the first `<` (XML 1.0 appendix F). */
function wideCharset(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  if (bytes[0] === LESS && bytes[1] === 0) return 'utf-16le';
  if (bytes[0] === 0 && bytes[1] === LESS) return 'utf-16be';
  return undefined;
}

/** An encoding that the bytes themselves show; a declaration in them must agree. */
function decodeAs(charset: Charset, bytes: Uint8Array): string {
  const text = TEXT_OF[charset](bytes);
  refuseContradiction(charset, declaredEncoding(text));
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
  return /^<\?xml\s[^>]*?\bencoding\s*=\s*["']([^"'>]*)["']/.exec(text)?.[1];
}

function refuseContradiction(charset: Charset, declared: string | undefined): void {
  if (declared === undefined) return;
  const name = NAMES.get(declared.toLowerCase());
  if (name === charset || (name === 'utf-16' && charset.startsWith('utf-16'))) return;
  throw contradiction(charset);
}

function contradiction(charset: Charset): SoapFault {
  return new SoapFault(
    'Client',
    `The message begins as ${charset.toUpperCase()}, but another encoding is declared.`,
  );
}
