// A made-up interface for the codec's tests: parking lots. The codec must not know payments, so neither do they.
import { createCodec } from '../../../src/soap/codec';
import type { SoapCatalogue } from '../../../src/soap/compiled';
import { compileDecoder } from '../../../src/soap/decode';
import type { Deviation } from '../../../src/soap/deviation';
import type { Headers, SoapRequest } from '../../../src/soap/transport';
import { createXmlReader, type XmlElement } from '../../../src/soap/xml';
import type {
  ComplexType,
  ElementDeclaration,
  Operation,
  Service,
  SimpleType,
  Type,
} from '../../../src/wsdl/schema';

export const SOAP = 'http://schemas.xmlsoap.org/soap/envelope/';
export const XSI = 'http://www.w3.org/2001/XMLSchema-instance';
export const PARKING = 'urn:example:parking/local';
export const VALET = 'urn:example:valet_parking/local';
export const TYPES = 'urn:example:types';

export const readXml: (text: string) => XmlElement = createXmlReader();

// ---------------------------------------------------------------- schema

export function simple(base: SimpleType, values?: readonly string[]): Type {
  return values === undefined ? { kind: 'simple', base } : { kind: 'simple', base, values };
}

export function element(
  name: string,
  type: Type,
  [minOccurs, maxOccurs]: readonly [number, number] = [1, 1],
  namespace = '',
): ElementDeclaration {
  return { name, namespace, type, minOccurs, maxOccurs };
}

export function complex(
  name: string,
  elements: readonly ElementDeclaration[],
  namespace = TYPES,
): ComplexType {
  return { kind: 'complex', name, namespace, elements };
}

export const ONE = [1, 1] as const;
export const OPTIONAL = [0, 1] as const;
export const ANY = [0, Number.POSITIVE_INFINITY] as const;
export const SOME = [1, Number.POSITIVE_INFINITY] as const;

/** A description list, a currency, an amount and a code: the shape that matters most, under other names. */
export const FEE = complex('Fee', [
  element('text', simple('string'), SOME),
  element('money', simple('string'), OPTIONAL),
  element('sum', simple('decimal'), OPTIONAL),
  element('tariff', simple('string'), OPTIONAL),
]);

export const PAIR = complex('Pair', [
  element('name', simple('string')),
  element('value', simple('string')),
  element('hint', simple('string'), OPTIONAL),
]);

export const PARK_PARTS: readonly ElementDeclaration[] = [
  element('plate', simple('anyURI'), ONE, PARKING),
  element('fee', FEE, ONE, PARKING),
  element('minutes', simple('long'), OPTIONAL, PARKING),
  element('memo', simple('string'), OPTIONAL, PARKING),
  element('extras', PAIR, ANY, PARKING),
  element('ticket', simple('string'), ONE, PARKING),
];

/** The message element of an operation with the given parts. */
export function message(
  name: string,
  parts: readonly ElementDeclaration[],
  namespace = PARKING,
): ElementDeclaration {
  return element(name, complex(name, parts, namespace), ONE, namespace);
}

const EXCEPTION_FIELDS = [
  element('messageId', simple('string')),
  element('text', simple('string')),
  element('variables', simple('string'), ANY),
];

function exception(name: string): [string, ElementDeclaration] {
  return [name, element(name, complex(name, EXCEPTION_FIELDS), ONE, TYPES)];
}

function operation(
  interfaceName: string,
  namespace: string,
  name: string,
  parts: readonly ElementDeclaration[],
  results: readonly ElementDeclaration[] = [],
): Operation {
  return {
    key: `${interfaceName}.${name}`,
    name,
    interfaceName,
    version: 'v1_0',
    request: message(name, parts, namespace),
    response: message(`${name}Response`, results, namespace),
    faults: new Map([exception('ServiceException'), exception('PolicyException')]),
  };
}

const ticket = (namespace: string) => element('ticket', simple('string'), ONE, namespace);

export const PARK = operation('Parking', PARKING, 'park', PARK_PARTS);
export const QUOTE = operation(
  'Parking',
  PARKING,
  'quote',
  [element('minutes', simple('long'), ONE, PARKING)],
  [element('result', FEE, ONE, PARKING)],
);
/** `leave` exists in both interfaces; only ValetParking wants to know the driver. */
export const LEAVE = operation('Parking', PARKING, 'leave', [
  ticket(PARKING),
  element('minutes', simple('long'), ONE, PARKING),
]);
export const VALET_LEAVE = operation('ValetParking', VALET, 'leave', [
  ticket(VALET),
  element('driver', simple('string'), ONE, VALET),
]);

const SERVICES: readonly Service[] = [
  ['Parking', '/parking'],
  ['ValetParking', '/valet'],
].map(([interfaceName = '', path = '']) => ({
  name: `${interfaceName}Service`,
  port: interfaceName,
  interfaceName,
  version: 'v1_0',
  path,
  file: 'parking.wsdl',
}));

export function catalogueOf(operations: readonly Operation[]): SoapCatalogue {
  return {
    services: SERVICES,
    servicesOf: () => SERVICES,
    operations,
    byElement: (namespace, name) =>
      operations.find(({ request }) => request.name === name && request.namespace === namespace),
    byLocalName: (name) => operations.filter(({ request }) => request.name === name),
  };
}

export const PARKING_CATALOGUE = catalogueOf([PARK, QUOTE, LEAVE, VALET_LEAVE]);
export const parkingCodec = createCodec(PARKING_CATALOGUE);

// ---------------------------------------------------------------- messages

/** The prefixes s, p, v and xsi are bound; `header` is the content of Header. */
export function envelope(body: string, header = ''): string {
  return (
    `<s:Envelope xmlns:s="${SOAP}" xmlns:p="${PARKING}" xmlns:v="${VALET}" xmlns:xsi="${XSI}">` +
    `<s:Header>${header}</s:Header><s:Body>${body}</s:Body></s:Envelope>`
  );
}

export const PARK_REQUEST = envelope(
  '<p:park><p:plate>urn:plate:1</p:plate>' +
    '<p:fee><text>lot 7</text><sum>1.50</sum></p:fee><p:ticket>t-1</p:ticket></p:park>',
);

export const HEADERS: Headers = {
  'content-type': 'text/xml; charset=utf-8',
  soapaction: '""',
};

export function post(
  body: string | Uint8Array,
  headers: Headers = HEADERS,
  path = '/parking',
): SoapRequest {
  return { path, headers, bytes: typeof body === 'string' ? Buffer.from(body) : body };
}

// ---------------------------------------------------------------- outcomes

/** What `act` throws; refusals of the codec are no Errors, so expect().toThrow() cannot show their fields. */
export function thrownBy(act: () => unknown): unknown {
  try {
    act();
  } catch (thrown) {
    return thrown;
  }
  throw new Error('nothing was thrown');
}

export function names(deviations: readonly Deviation[]): string[] {
  return deviations.map(({ name, where }) => `${name} ${where}`);
}

/** Decodes the content of a `park` message whose parts are those given. */
export function decodeParts(parts: readonly ElementDeclaration[], content: string) {
  const deviations: Deviation[] = [];
  const root = readXml(`<p:park xmlns:p="${PARKING}" xmlns:xsi="${XSI}">${content}</p:park>`);
  const value = compileDecoder(message('park', parts))(root, deviations);
  return { value, deviations: names(deviations) };
}
