// Which encoding a message is in, and what is done with bytes that are not of it.
import { describe, expect, test } from '@jest/globals';
import { charsetOf, decodeText, fromDeclaration } from '../../../src/soap/charset';
import type { Deviation } from '../../../src/soap/deviation';
import { HttpRefusal, SoapFault } from '../../../src/soap/rejection';
import { thrownBy } from './support';

const bytes = (...parts: (string | number[])[]) =>
  Buffer.concat(
    parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : Buffer.from(part))),
  );
const utf16le = (text: string) => Buffer.from(text, 'utf16le');
const utf16be = (text: string) => Buffer.from(text, 'utf16le').swap16();

describe('the charset parameter of Content-Type', () => {
  test.each([
    [undefined, undefined],
    ['text/xml', undefined],
    ['text/xml; charset=', undefined],
    ['text/xml; charset=utf-8', 'utf-8'],
    ['text/xml;charset="utf-8"', 'utf-8'],
    ["text/xml; charset='utf-8'", 'utf-8'],
    ['text/xml; CHARSET=UTF-8', 'UTF-8'],
    ['application/soap+xml; action="x"; charset = iso-8859-1 ; a=b', 'iso-8859-1'],
    ['text/plain;charset=UTF-8', 'UTF-8'],
  ])('%s -> %s', (contentType, charset) => {
    expect(charsetOf(contentType)).toBe(charset);
  });
});

describe('the encoding is told by', () => {
  const declaration = (encoding: string) => `<?xml version="1.0" encoding="${encoding}"?><a>é</a>`;
  const declared = (encoding: string, coding: BufferEncoding) =>
    Buffer.from(declaration(encoding), coding);

  test.each<[string, Buffer, string | undefined, string]>([
    ['nothing: UTF-8', bytes('<a>é</a>'), undefined, '<a>é</a>'],
    ['a UTF-8 byte order mark', bytes([0xef, 0xbb, 0xbf], '<a>é</a>'), undefined, '<a>é</a>'],
    [
      'a UTF-16LE byte order mark',
      bytes([0xff, 0xfe], [...utf16le('<a>é</a>')]),
      undefined,
      '<a>é</a>',
    ],
    [
      'a UTF-16BE byte order mark',
      bytes([0xfe, 0xff], [...utf16be('<a>é</a>')]),
      undefined,
      '<a>é</a>',
    ],
    [
      'mark and charset alike',
      bytes([0xff, 0xfe], [...utf16le('<a/>')]),
      'a/b;charset=utf-16',
      '<a/>',
    ],
    [
      'charset=ISO-8859-1',
      bytes('<a>', [0xe9], '</a>'),
      'text/xml; charset=ISO-8859-1',
      '<a>é</a>',
    ],
    [
      'charset=utf-16, big-endian without a sign',
      utf16be('é<a/>'),
      'text/xml;charset=utf-16',
      'é<a/>',
    ],
    [
      'charset=utf-16, little-endian by the bytes',
      utf16le('<a/>'),
      'text/xml;charset=utf-16',
      '<a/>',
    ],
    ['charset=utf-16le', utf16le('<a>é</a>'), 'text/xml; charset=UTF-16LE', '<a>é</a>'],
    ['charset=utf-16be', utf16be('<a>é</a>'), 'text/xml; charset=utf-16be', '<a>é</a>'],
    ['charset=us-ascii', bytes('<a/>'), 'text/xml; charset=us-ascii', '<a/>'],
    [
      'charset before the declaration',
      bytes(declaration('iso-8859-1')),
      'text/xml;charset=utf-8',
      declaration('iso-8859-1'),
    ],
    ['the declaration', declared('ISO-8859-1', 'latin1'), 'text/xml', declaration('ISO-8859-1')],
    [
      'a single-quoted declaration',
      bytes("<?xml version='1.0' encoding='utf-8'?><a/>"),
      undefined,
      "<?xml version='1.0' encoding='utf-8'?><a/>",
    ],
    [
      'a declaration without encoding: UTF-8',
      bytes('<?xml version="1.0"?><a>é</a>'),
      undefined,
      '<?xml version="1.0"?><a>é</a>',
    ],
    [
      'zero bytes before or after <: UTF-16',
      utf16le(declaration('UTF-16')),
      undefined,
      declaration('UTF-16'),
    ],
    ['zero bytes, big-endian', utf16be('<a/>'), undefined, '<a/>'],
  ])('%s', (_how, message, contentType, text) => {
    expect(decodeText(message, contentType)).toBe(text);
  });

  test('ISO-8859-1 is not windows-1252: 0x80 is a control character, not the euro sign', () => {
    expect(decodeText(bytes([0x80]), 'text/xml; charset=latin1')).toBe('\u0080');
  });

  test('an excerpt of a larger buffer is read alone', () => {
    const larger = bytes('xx<a>', [0xe9], '</a>yy');
    const excerpt = larger.subarray(2, larger.length - 2);
    expect(decodeText(excerpt, 'text/xml; charset=latin1')).toBe('<a>é</a>');
  });
});

describe('what is said of the encoding beside that is noted', () => {
  test.each<[string, Buffer, string, string]>([
    [
      'a UTF-8 mark under another charset',
      bytes([0xef, 0xbb, 0xbf], '<a>é</a>'),
      'text/xml; charset=iso-8859-1',
      'encoding Content-Type',
    ],
    [
      'a UTF-16 mark under charset=utf-8',
      bytes([0xff, 0xfe], [...utf16le('<a>é</a>')]),
      'text/xml; charset=utf-8',
      'encoding Content-Type',
    ],
    [
      'a UTF-16LE mark under charset=utf-16be',
      bytes([0xff, 0xfe], [...utf16le('<a>é</a>')]),
      'a/b; charset=utf-16be',
      'encoding Content-Type',
    ],
    [
      'another declaration under a charset',
      bytes('<?xml version="1.0" encoding="latin1"?><a>é</a>'),
      'text/xml; charset=utf-8',
      'encoding Envelope',
    ],
  ])('%s', (_how, message, contentType, noted) => {
    const deviations: Deviation[] = [];
    expect(decodeText(message, contentType, deviations)).toMatch(/<a>é<\/a>$/);
    expect(deviations.map(({ name, where }) => `${name} ${where}`)).toEqual([noted]);
  });
});

describe('the beginning', () => {
  test.each([
    ['<a/>', '<a/>', []],
    ['\n <a/>', '\n <a/>', []],
    ['<?xml version="1.0"?><a/>', '<?xml version="1.0"?><a/>', []],
    ['\r\n\t <?xml version="1.0"?><a/>', '<?xml version="1.0"?><a/>', ['xml.declaration']],
    ["<?xml version='1.1' ?><a/>", "<?xml version='1.1' ?><a/>", ['xml.version']],
    ['<?xml-stylesheet href="a"?><a/>', '<?xml-stylesheet href="a"?><a/>', []],
  ])('of %j', (text, read, names) => {
    const deviations: Deviation[] = [];
    expect(fromDeclaration(text, deviations)).toBe(read);
    expect(deviations.map(({ name }) => name)).toEqual(names);
  });

  test('the declaration tells the encoding after white space as well', () => {
    const text = '\n<?xml version="1.0" encoding="ISO-8859-1"?><a>é</a>';
    expect(decodeText(Buffer.from(text, 'latin1'), 'text/xml')).toBe(text);
    expect(decodeText(utf16le('\n<a>é</a>'), 'text/xml')).toBe('\n<a>é</a>');
  });

  test('a second byte order mark is a character where none may be', () => {
    const text = decodeText(bytes([0xef, 0xbb, 0xbf], '\ufeff<a/>'), undefined);
    expect(thrownBy(() => fromDeclaration(text, []))).toBeInstanceOf(SoapFault);
  });
});

describe('refused as Client', () => {
  test.each<[string, Buffer, string | undefined]>([
    ['a lone continuation byte', bytes('<a>', [0x80], '</a>'), undefined],
    ['an overlong form', bytes('<a>', [0xc0, 0xaf], '</a>'), undefined],
    ['a surrogate in UTF-8', bytes('<a>', [0xed, 0xa0, 0x80], '</a>'), undefined],
    ['a character cut short', bytes('<a>', [0xe2, 0x82]), 'text/xml; charset=utf-8'],
    ['half a UTF-16 unit', bytes([0xff, 0xfe, 0x3c]), undefined],
    [
      'a lone surrogate in UTF-16',
      bytes([0xff, 0xfe], [0x3c, 0x00, 0x00, 0xd8, 0x3e, 0x00]),
      undefined,
    ],
    ['a byte above 127 in US-ASCII', bytes('<a>é</a>'), 'text/xml; charset=us-ascii'],
    [
      'a UTF-8 mark before another declaration',
      bytes([0xef, 0xbb, 0xbf], '<?xml version="1.0" encoding="latin1"?><a/>'),
      undefined,
    ],
    [
      'single bytes that declare UTF-16',
      bytes('<?xml version="1.0" encoding="utf-16"?><a/>'),
      undefined,
    ],
    [
      'UTF-16 that declares UTF-8',
      utf16le('<?xml version="1.0" encoding="utf-8"?><a/>'),
      undefined,
    ],
  ])('%s', (_how, message, contentType) => {
    const fault = thrownBy(() => decodeText(message, contentType));
    expect(fault).toBeInstanceOf(SoapFault);
    expect(fault).toMatchObject({ code: 'Client' });
  });

  test('and the next message is read as if nothing had happened', () => {
    for (const bad of [bytes([0xff]), bytes([0xff, 0xfe, 0x3c])]) {
      thrownBy(() => decodeText(bad, undefined));
      expect(decodeText(bytes('<a>é</a>'), undefined)).toBe('<a>é</a>');
    }
  });
});

describe('refused with HTTP 415', () => {
  test.each<[string, string | undefined]>([
    ['<a/>', 'text/xml; charset=windows-1252'],
    ['<a/>', 'text/xml; charset=utf-7'],
    ['<a/>', 'text/xml; charset=__proto__'],
    ['<?xml version="1.0" encoding="EBCDIC-CP-US"?><a/>', 'text/xml'],
  ])('%s as %s', (text, contentType) => {
    const refusal = thrownBy(() => decodeText(Buffer.from(text), contentType));
    expect(refusal).toEqual(
      new HttpRefusal(415, 'Send the message in UTF-8, UTF-16, ISO-8859-1 or US-ASCII.'),
    );
  });
});
