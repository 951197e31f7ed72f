// What a request does otherwise than the interface asks, where it is understood all the same. Judges nothing.
import { SOAP_LIMITS } from '../limits';

export type DeviationName = keyof typeof DEVIATIONS;

export interface Deviation {
  readonly name: DeviationName;
  /** A path of names such as `chargeAmount/charge/amount`, or an HTTP header. May quote names of the message. */
  readonly where: string;
  /** What would have been right, as one sentence. */
  readonly rule: string;
  /** Where that is written, such as `WS-I BP 1.1 R2745`. */
  readonly clause: string;
}

/** Appends a deviation; what is beyond the bound goes unrecorded, so a flood of them costs nothing. */
export function note(deviations: Deviation[], name: DeviationName, where: string): void {
  if (deviations.length >= SOAP_LIMITS.deviations) return;
  const { rule, clause } = DEVIATIONS[name];
  deviations.push({ name, where, rule, clause });
}

interface Rule {
  readonly clause: string;
  readonly rule: string;
}

const DEVIATIONS = {
  'http.header': {
    clause: 'RFC 9112 §2.2, §5',
    rule: 'A header line is a name, a colon and a value, on one line that ends with CR LF; others are mended or left out.',
  },
  'content-type': {
    clause: 'SOAP 1.1 §6',
    rule: 'SOAP 1.1 has the media type text/xml, SOAP 1.2 application/soap+xml (part 2, §7.1.4).',
  },
  encoding: {
    clause: 'RFC 7303 §3',
    rule: 'Byte order mark, charset of Content-Type and encoding declaration agree; the first of them that is there decides.',
  },
  'xml.declaration': {
    clause: 'XML 1.0 §2.8',
    rule: 'Nothing stands before an XML declaration.',
  },
  'xml.version': {
    clause: 'XML 1.0 §2.8',
    rule: 'A message is XML 1.0; one that declares another 1.x is read as 1.0.',
  },
  soapaction: {
    clause: 'WS-I BP 1.1 R2745',
    rule: 'The WSDL binds every operation with soapAction="", sent as SOAPAction: "".',
  },
  'soap.1.2': {
    clause: 'WSDL 1.1 §3.3',
    rule: 'The WSDL binds every operation to SOAP 1.1.',
  },
  path: {
    clause: 'WSDL 1.1 §3.8',
    rule: 'A message goes to the address of its service, as the WSDL has it (soap:address).',
  },
  'ns.none': {
    clause: 'WS-I BP 1.1 R1014',
    rule: 'The operation element is in the message namespace (TS 29.199-6 clause 5).',
  },
  'ns.unknown': {
    clause: 'WS-I BP 1.1 R2712',
    rule: 'The operation element is in the message namespace (TS 29.199-6 clause 5).',
  },
  'ns.interface': {
    clause: 'WS-I BP 1.1 R2712',
    rule: 'The operation element is in the namespace of its own interface (TS 29.199-6 clause 5).',
  },
  'part.ns': {
    clause: 'XML Schema 1 §3.3.2',
    rule: 'Message parts are in the namespace of their operation (elementFormDefault="qualified").',
  },
  'type.ns': {
    clause: 'XML Schema 1 §3.3.2',
    rule: 'Fields of a data type are in no namespace (its schema has no elementFormDefault).',
  },
  'header.ns': {
    clause: 'SOAP 1.1 §4.2',
    rule: 'RequestSOAPHeader is in the namespace of its gateway, and its fields are in the same.',
  },
  application: {
    clause: 'WSS UsernameToken Profile 1.1 §3.1',
    rule: 'A RequestSOAPHeader and a UsernameToken beside it name the same application.',
  },
  'description.repeated': {
    clause: 'XML Schema 1 §3.9.4',
    rule: 'Before version 4.0 a charge has one description.',
  },
  order: {
    clause: 'XML Schema 1 §3.8.4',
    rule: 'Elements come in the order of the sequence (TS 29.199-6 clause 8).',
  },
  case: {
    clause: 'XML Schema 1 §3.4.4',
    rule: 'Names of parts and fields begin with a lower-case letter.',
  },
  'extra.element': {
    clause: 'XML Schema 1 §3.4.4',
    rule: 'Elements that the schema does not have are left out.',
  },
  'extra.attribute': {
    clause: 'XML Schema 1 §3.4.4',
    rule: 'Elements of a document/literal message carry no attributes.',
  },
  'extra.text': {
    clause: 'XML Schema 1 §3.4.4',
    rule: 'Only elements with a simple type hold text.',
  },
  trim: {
    clause: 'XML Schema 2 §4.3.6',
    rule: 'White space around an xsd:string belongs to its value.',
  },
  empty: {
    clause: 'XML Schema 1 §3.3.4',
    rule: 'A part without a value is left out.',
  },
} as const satisfies Record<string, Rule>;

export const DEVIATION_NAMES = Object.keys(DEVIATIONS) as readonly DeviationName[];

/** docs/deviations.md: what is put up with, and what would have been right. */
export function deviationsDocument(): string {
  return [
    '# Deviations',
    '',
    'Generated from `src/soap/deviation.ts` by `npm run generate`; do not edit.',
    '',
    'What clients of the field do otherwise than the interface asks, and what is understood all the same. Each is told in the log line',
    'of its exchange and in the [journal](journal.md), with the clause that it breaks. With `--strict`, or `strict` of an application, the',
    'first one is a SOAP fault `Client` that names it with its rule, and nothing is executed; `address.scheme` is then SVC0002 with the',
    'part, `currency.alias` SVC0007.',
    '',
    'Values are never lenient, and a message that is wrong in itself is answered as such before a deviation is: bad credentials first, then',
    'a part that is missing, repeated or no value of its type (SVC0002 with the part), then the first deviation, also with `--strict`.',
    'The log and the journal have the deviations all the same.',
    '',
    '| deviation | clause | what would have been right |',
    '|---|---|---|',
    ...DEVIATION_NAMES.map((name) => row(name, DEVIATIONS[name])),
    row('currency.alias', {
      clause: 'TS 29.199-6 10',
      rule: 'A currency is its ISO 4217 code; a configured spelling such as `Birr` is read as one.',
    }),
    row('address.scheme', {
      clause: 'RFC 3966 §3',
      rule: 'An address begins with its scheme, as in tel:+15550100; bare digits are read as tel: (TS 29.199-1).',
    }),
    '',
    '## The head of a request',
    '',
    'Of the head of an HTTP request a line that cannot be read is left out, a folded line is joined to the one before, white space between',
    'a name and its colon is dropped, and a line may end with LF alone: `http.header`, with the number of the line. The connection is',
    'closed after the answer, because only the first request of a connection is mended; of a later one such a head is HTTP 400. HTTP 400 it',
    'stays, too, where the line at fault is about Content-Length or Transfer-Encoding, or could be taken for one of them: that would change',
    'what the body is.',
    '',
  ].join('\n');
}

function row(name: string, { clause, rule }: Rule): string {
  return `| ${name} | ${clause} | ${rule} |`;
}
