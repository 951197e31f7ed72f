// Requests by the schema: what a test says about an operation's parts becomes a message to the letter of its WSDL.
import type { ComplexType, ElementDeclaration, Operation } from '../../src/wsdl/schema';
import { escaped, type XmlNode, xmlText } from './xml';

/** Values as written on the wire; a list for an element that is there several times. */
export type PartValue = string | Parts | readonly PartValue[];
export interface Parts {
  readonly [name: string]: PartValue;
}

export const SOAP = 'http://schemas.xmlsoap.org/soap/envelope/';

/** The message element of a request. Throws for a name that the schema does not have: the test is wrong. */
export function messageOf({ request, key }: Operation, parts: Parts): XmlNode {
  return { ...nodeOf(request, ''), content: contentOf(complexOf(request, key), parts, key) };
}

/** An envelope around a message or around any markup. */
export function envelope(message: XmlNode | string, header = ''): string {
  const body = typeof message === 'string' ? message : xmlText(message);
  const head = header === '' ? '' : `<soapenv:Header>${header}</soapenv:Header>`;
  return (
    `<soapenv:Envelope xmlns:soapenv="${SOAP}">${head}` +
    `<soapenv:Body>${body}</soapenv:Body></soapenv:Envelope>`
  );
}

/** The parts of a request in schema order. */
export function partsOf({ request, key }: Operation): readonly ElementDeclaration[] {
  return complexOf(request, key).elements;
}

/** Every element below the message, by path (`charge/amount`), parts first. */
export function fieldsOf(
  operation: Operation,
): readonly { readonly path: string; readonly declaration: ElementDeclaration }[] {
  return partsOf(operation).flatMap((part) => {
    const below = part.type.kind === 'complex' ? part.type.elements : [];
    return [
      { path: part.name, declaration: part },
      ...below.map((declaration) => ({ path: `${part.name}/${declaration.name}`, declaration })),
    ];
  });
}

function contentOf(type: ComplexType, parts: Parts, owner: string): readonly XmlNode[] {
  const known = new Set(type.elements.map(({ name }) => name));
  const stray = Object.keys(parts).find((name) => !known.has(name));
  if (stray !== undefined) throw new Error(`${owner} has no ${stray}`);
  return type.elements.flatMap((element) => {
    const value = parts[element.name];
    if (value === undefined) return [];
    return isList(value)
      ? value.map((each) => elementOf(element, each, owner))
      : elementOf(element, value, owner);
  });
}

function elementOf(element: ElementDeclaration, value: PartValue, owner: string): XmlNode {
  const { type, name } = element;
  if (typeof value === 'string') return nodeOf(element, escaped(value));
  if (isList(value) || type.kind === 'simple')
    throw new Error(`${owner}/${name} is a simple value`);
  return { ...nodeOf(element, ''), content: contentOf(type, value, `${owner}/${name}`) };
}

function nodeOf({ name, namespace }: ElementDeclaration, content: string): XmlNode {
  return { name, namespace, content };
}

function complexOf({ type }: ElementDeclaration, owner: string): ComplexType {
  if (type.kind !== 'complex') throw new Error(`the request of ${owner} has no parts`);
  return type;
}

function isList(value: PartValue): value is readonly PartValue[] {
  return Array.isArray(value);
}
