// What a request does otherwise than the interface asks, where it is understood all the same. Judges nothing.
import { SOAP_LIMITS } from '../limits';

export type DeviationName = keyof typeof DEVIATIONS;

export interface Deviation {
  readonly name: DeviationName;
  /** A path of names such as `chargeAmount/charge/amount`, or an HTTP header. May quote names of the message. */
  readonly where: string;
  /** What would have been right, as one sentence. */
  readonly rule: string;
}

/** Appends a deviation; what is beyond the bound goes unrecorded, so a flood of them costs nothing. */
export function note(deviations: Deviation[], name: DeviationName, where: string): void {
  if (deviations.length >= SOAP_LIMITS.deviations) return;
  deviations.push({ name, where, rule: DEVIATIONS[name] });
}

const DEVIATIONS = {
  'content-type':
    'SOAP 1.1 has the media type text/xml (clause 6), SOAP 1.2 application/soap+xml (part 2, clause 7.1.4).',
  soapaction: 'The WSDL binds every operation with soapAction="", sent as SOAPAction: "".',
  'soap.1.2': 'The WSDL binds every operation to SOAP 1.1.',
  path: 'A message goes to the address of its service, as the WSDL has it (soap:address).',
  'ns.none': 'The operation element is in the message namespace (TS 29.199-6 clause 5).',
  'ns.unknown': 'The operation element is in the message namespace (TS 29.199-6 clause 5).',
  'ns.interface': 'The operation element is in the namespace of its own interface (clause 5).',
  'part.ns':
    'Message parts are in the namespace of their operation (elementFormDefault="qualified").',
  'type.ns': 'Fields of a data type are in no namespace (its schema has no elementFormDefault).',
  'header.ns': 'The fields of RequestSOAPHeader are in the namespace of their header.',
  application: 'A RequestSOAPHeader and a UsernameToken beside it name the same application.',
  'description.repeated': 'Before version 4.0 a charge has one description.',
  order: 'Elements come in the order of the sequence (TS 29.199-6 clause 8).',
  case: 'Names of parts and fields begin with a lower-case letter.',
  'extra.element': 'Elements that the schema does not have are left out.',
  'extra.attribute': 'Elements of a document/literal message carry no attributes.',
  'extra.text': 'Only elements with a simple type hold text.',
  trim: 'White space around an xsd:string belongs to its value.',
  empty: 'A part without a value is left out.',
} as const;

export const DEVIATION_NAMES = Object.keys(DEVIATIONS) as readonly DeviationName[];

/** docs/deviations.md: what is put up with, and what would have been right. */
export function deviationsDocument(): string {
  return [
    '# Deviations',
    '',
    'Generated from `src/soap/deviation.ts` by `npm run generate`; do not edit.',
    '',
    'What clients of the field do otherwise than the interface asks, and what is understood all the same. Each is told in the log line',
    'of its exchange. With `--strict`, or `strict` of an application, the first one is a SOAP fault `Client` that names it with its rule,',
    'and nothing is executed; `address.scheme` is then SVC0002 with the part, `currency.alias` SVC0007. Values are never',
    'lenient.',
    '',
    '| deviation | what would have been right |',
    '|---|---|',
    ...DEVIATION_NAMES.map((name) => `| ${name} | ${DEVIATIONS[name]} |`),
    '| currency.alias | A currency is its ISO 4217 code (clause 10); a configured spelling such as `Birr` is read as one. |',
    '| address.scheme | An address begins with its scheme, as in tel:+15550100; bare digits are read as tel: (TS 29.199-1). |',
    '',
  ].join('\n');
}
