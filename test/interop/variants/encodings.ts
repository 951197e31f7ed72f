// Bytes and envelopes: encodings, SOAP 1.2, HTTP/1.0 by itself, and everything that XML allows around a value.
import { malformed } from './expected-faults';
import { AMOUNT, charge, local, pathOf, reference, user } from './parlayx';
import type { HttpMessage, Variant } from './variant';
import { type EnvelopeStyle, envelope, message, SOAP_1_2, XSI } from './writing';

const NUMBER = 'tel:+33600000101';
/** Told apart by its letters when an encoding is read wrongly. */
const TEXT = 'Musique à la carte';
const LETTERS_BEYOND_LATIN = 'Музыка € 音楽';

interface Written extends EnvelopeStyle {
  readonly text?: string;
  readonly change?: (text: string) => string;
}

function document({ text = TEXT, change = (body) => body, ...style }: Written = {}): string {
  const money = charge({ description: text, currency: 'EUR', amount: '1.50' });
  const parts = [user(NUMBER), money, reference('bytes-1')];
  return change(envelope(message('chargeAmount', local(AMOUNT, 'v3_1'), parts), style));
}

function sent(
  body: string | Buffer,
  type = 'text/xml; charset=utf-8',
  more: Partial<HttpMessage> = {},
): () => HttpMessage {
  return () => ({
    path: pathOf(AMOUNT),
    headers: [
      ['Content-Type', type],
      ['SOAPAction', '""'],
    ],
    body,
    ...more,
  });
}

const UTF_8_MARK = Buffer.from([0xef, 0xbb, 0xbf]);
const LITTLE_MARK = Buffer.from([0xff, 0xfe]);
const BIG_MARK = Buffer.from([0xfe, 0xff]);

function wide(text: string, bigEndian = false): Buffer {
  const bytes = Buffer.from(text, 'utf16le');
  return bigEndian ? bytes.swap16() : bytes;
}

const CHARGED = {
  operation: 'AmountCharging.chargeAmount',
  version: 'v3_1',
  application: 'anonymous',
  deviations: [],
  ledger: [`charge 1.5 EUR ${NUMBER}`],
  billed: [TEXT],
};

const OF_BYTES: readonly Variant[] = [
  {
    ...CHARGED,
    name: 'UTF-8 with a byte order mark',
    request: sent(Buffer.concat([UTF_8_MARK, Buffer.from(document())]), 'text/xml'),
  },
  {
    ...CHARGED,
    name: 'UTF-8 without charset or declaration, letters of several alphabets',
    request: sent(document({ text: LETTERS_BEYOND_LATIN }), 'text/xml'),
    billed: [LETTERS_BEYOND_LATIN],
  },
  {
    ...CHARGED,
    name: 'UTF-16, little-endian, with a byte order mark and a declaration',
    request: sent(
      Buffer.concat([LITTLE_MARK, wide(document({ before: declared('UTF-16') }))]),
      'text/xml; charset=utf-16',
    ),
  },
  {
    ...CHARGED,
    name: 'UTF-16, big-endian, with a byte order mark',
    request: sent(
      Buffer.concat([BIG_MARK, wide(document({ text: LETTERS_BEYOND_LATIN }), true)]),
      'text/xml',
    ),
    billed: [LETTERS_BEYOND_LATIN],
  },
  {
    ...CHARGED,
    name: 'UTF-16LE by its charset alone',
    request: sent(wide(document()), 'text/xml; charset=UTF-16LE'),
  },
  {
    ...CHARGED,
    name: 'ISO-8859-1 by its declaration',
    request: sent(Buffer.from(document({ before: declared('ISO-8859-1') }), 'latin1'), 'text/xml'),
  },
  {
    ...CHARGED,
    name: 'ISO-8859-1 by its charset',
    request: sent(Buffer.from(document(), 'latin1'), 'text/xml; charset=ISO-8859-1'),
  },
  {
    ...CHARGED,
    name: 'UTF-8 with a byte order mark, under another charset',
    request: sent(
      Buffer.concat([UTF_8_MARK, Buffer.from(document())]),
      'text/xml; charset=ISO-8859-1',
    ),
    deviations: ['encoding'],
  },
  {
    ...CHARGED,
    name: 'UTF-8 by its charset, and another encoding declared',
    request: sent(document({ before: declared('UTF-16') })),
    deviations: ['encoding'],
  },
  {
    ...refused('The message begins with two byte order marks.'),
    name: 'UTF-8 with two byte order marks',
    request: sent(Buffer.concat([UTF_8_MARK, UTF_8_MARK, Buffer.from(document())])),
  },
  {
    ...refused('The message holds bytes that are not UTF-8.'),
    name: 'ISO-8859-1 that calls itself UTF-8',
    request: sent(Buffer.from(document(), 'latin1')),
  },
];

const OF_XML: readonly Variant[] = [
  {
    ...CHARGED,
    name: 'XML 1.1',
    request: sent(document({ before: '<?xml version="1.1"?>' })),
    deviations: ['xml.version'],
  },
  {
    ...CHARGED,
    name: 'a header line of HTTP with a space in its name',
    request: sent(document(), undefined, {
      headers: [
        ['X Client', 'v'],
        ['Content-Type', 'text/xml'],
        ['SOAPAction', '""'],
      ],
      mendedHeaders: ['line 3'],
    }),
    deviations: ['http.header'],
  },
  {
    ...CHARGED,
    name: 'comments between and inside elements',
    request: sent(
      document({
        change: (text) =>
          `<!-- made by hand -->${text.replace('1.50', '1.<!-- , -->50').replace('<loc:ref', '<!-- x --><loc:ref')}`,
      }),
    ),
  },
  {
    ...CHARGED,
    name: 'values as CDATA',
    request: sent(
      document({ change: (text) => text.replace(/>([^<>]+)<\//g, '><![CDATA[$1]]></') }),
    ),
  },
  {
    ...CHARGED,
    name: 'values as character references',
    request: sent(
      document({ change: (text) => text.replace('à', '&#224;').replace('1.50', '&#x31;.50') }),
    ),
  },
  {
    ...CHARGED,
    name: 'an amount that is nil, and a code that has a price',
    request: sent(
      document({
        attributes: ` xmlns:xsi="${XSI}"`,
        change: (text) =>
          text.replace('<amount>1.50</amount>', '<amount xsi:nil="1"/><code>QUIZ</code>'),
      }),
    ),
    configuration: { prices: [{ code: 'QUIZ', amount: '2.50' }] },
    ledger: [`charge 2.5 EUR ${NUMBER}`],
  },
  {
    ...CHARGED,
    name: 'an empty Header, a newline in front and behind',
    request: sent(document({ before: '\n', after: '\n\n', header: '' })),
  },
  {
    ...refused('A document type declaration is not accepted.'),
    name: 'a document type with an entity',
    request: sent(document({ before: '<!DOCTYPE x [<!ENTITY a "b">]>' })),
  },
  {
    ...refused('Unknown operation'),
    name: 'an operation that no version has',
    request: sent(document().replaceAll('chargeAmount', 'debitAmount')),
    application: 'anonymous',
  },
];

const OF_TRANSPORT: readonly Variant[] = [
  {
    ...CHARGED,
    name: 'SOAP 1.2',
    request: sent(
      document({ namespace: SOAP_1_2, prefix: 'env' }),
      'application/soap+xml; charset=utf-8',
    ),
    deviations: ['soap.1.2'],
  },
  {
    ...CHARGED,
    name: 'SOAP 1.2 as text/xml',
    request: sent(document({ namespace: SOAP_1_2 })),
    deviations: ['content-type', 'soap.1.2'],
  },
  {
    ...refused('The envelope is in no namespace of SOAP 1.1 or 1.2.', 'soapenv:VersionMismatch'),
    name: 'an envelope of neither SOAP 1.1 nor 1.2',
    request: sent(document({ namespace: 'http://www.w3.org/2001/12/soap-envelope' })),
  },
  {
    ...CHARGED,
    name: 'HTTP/1.0',
    request: sent(document(), undefined, { http: '1.0' }),
  },
  {
    ...CHARGED,
    name: 'HTTP/1.0 that wants to stay connected',
    request: sent(document(), undefined, {
      http: '1.0',
      headers: [
        ['Connection', 'Keep-Alive'],
        ['Content-Type', 'text/xml'],
        ['SOAPAction', '""'],
      ],
    }),
  },
  {
    ...CHARGED,
    name: 'header names in odd letters, a query behind the path',
    request: sent(document(), undefined, {
      path: `${pathOf(AMOUNT)}?tenant=7`,
      headers: [
        ['CONTENT-TYPE', 'TEXT/XML;CHARSET=UTF-8'],
        ['soapaction', '""'],
        ['X-Forwarded-For', '192.0.2.1'],
      ],
    }),
  },
];

export const ENCODINGS: readonly Variant[] = [...OF_BYTES, ...OF_XML, ...OF_TRANSPORT];

function declared(encoding: string): string {
  return `<?xml version="1.0" encoding="${encoding}"?>\n`;
}

/** A message that is not read, so nobody is known to have sent it. */
function refused(faultstring: string, code?: string): Omit<Variant, 'name' | 'request'> {
  const { operation, version } = CHARGED;
  const fault = malformed(faultstring, code);
  return { operation, version, deviations: [], ledger: [], fault };
}
