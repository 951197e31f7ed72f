// Typed messages to text, by the schema and always in the same bytes. Knows no operation.
import type { ComplexType, ElementDeclaration } from '../wsdl/schema';
import { SOAP_1_1, SOAP_1_2, type SoapVersion, XSI } from './names';

/** Element text from a message of the declaration's shape. Throws TypeError when something required is absent. */
export type Encoder = (message: object) => string;

/**
 * Compiles an element that can stand in Body or in a fault's detail. Prefix `ns1` is declared on it and no
 * element is self-closed: readers of the field look for `<ns1:` and for `</ns1:`.
 */
export function compileEncoder(declaration: ElementDeclaration): Encoder {
  const { name, namespace, type } = declaration;
  if (type.kind !== 'complex') throw new Error(`The element ${name} has no complex type.`);
  const fields = compileFields(type, namespace, name);
  const open = `<ns1:${name} xmlns:ns1="${escapeAttribute(namespace)}">`;
  const close = `</ns1:${name}>`;
  return (message) => open + fields(message) + close;
}

/** The whole document around the content of Body. */
export function envelopeAround(body: string, soap: SoapVersion): string {
  return ENVELOPE_OPEN[soap] + body + ENVELOPE_CLOSE;
}

/**
 * Text as element content. A carriage return is written as a reference, else it would be read as a line feed;
 * what XML 1.0 cannot hold becomes U+FFFD, because an answer must be well-formed whatever is in the ledger.
 */
export function escapeText(text: string): string {
  if (!SPECIAL.test(text)) return text;
  return text
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/\r/g, '&#13;')
    .replace(NOT_XML, '\ufffd');
}

const ENVELOPE_OPEN = { '1.1': envelopeOpen(SOAP_1_1), '1.2': envelopeOpen(SOAP_1_2) } as const;
const ENVELOPE_CLOSE = '</soapenv:Body></soapenv:Envelope>';

/** Everything but the Char production of XML 1.0; with the flag u a lone surrogate is a character of its own. */
const NOT_XML = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu;
const SPECIAL = new RegExp(`[&<>\\r]|${NOT_XML.source}`, 'u');

type FieldEncoder = (message: object) => string;

function compileFields(type: ComplexType, namespace: string, path: string): FieldEncoder {
  const fields = type.elements.map((element) => compileField(element, namespace, path));
  return (message) => {
    let text = '';
    for (const field of fields) text += field(message);
    return text;
  };
}

function compileField(
  element: ElementDeclaration,
  namespace: string,
  parent: string,
): FieldEncoder {
  const { name, minOccurs, maxOccurs } = element;
  const path = `${parent}/${name}`;
  if (element.namespace !== '' && element.namespace !== namespace) {
    throw new Error(`The element ${path} is in a namespace that has no prefix.`);
  }
  const tag = element.namespace === '' ? name : `ns1:${name}`;
  const content = compileContent(element, namespace, path);
  const one = (value: unknown) => `<${tag}>${content(value)}</${tag}>`;

  return (message) => {
    const value = (message as Readonly<Record<string, unknown>>)[name];
    if (maxOccurs > 1 && Array.isArray(value)) {
      let text = '';
      for (const each of value) text += one(each);
      if (text !== '' || minOccurs === 0) return text;
    } else if (value !== undefined) {
      return one(value);
    } else if (minOccurs === 0) {
      return '';
    }
    throw new TypeError(`The message has no ${path}.`);
  };
}

function compileContent(
  { type }: ElementDeclaration,
  namespace: string,
  path: string,
): (value: unknown) => string {
  if (type.kind === 'complex') {
    const fields = compileFields(type, namespace, path);
    return (value) => {
      if (typeof value === 'object' && value !== null) return fields(value);
      throw new TypeError(`${path} of the message is no object.`);
    };
  }
  return (value) => {
    if (typeof value === 'string') return escapeText(value);
    if (typeof value === 'bigint' || typeof value === 'boolean' || Number.isInteger(value)) {
      return String(value);
    }
    throw new TypeError(`${path} of the message is no value of its type.`);
  };
}

function envelopeOpen(namespace: string): string {
  return (
    '<?xml version="1.0" encoding="utf-8" ?>' +
    `<soapenv:Envelope xmlns:soapenv="${namespace}" xmlns:xsi="${XSI}"><soapenv:Body>`
  );
}

function escapeAttribute(text: string): string {
  return escapeText(text).replace(/"/g, '&quot;');
}
