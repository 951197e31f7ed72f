// What one XML Schema declaration says, as far as the standard's schemas go: sequences of elements over a few
// simple types. The rest is refused, so that no constraint of a schema is dropped in silence.
import type { ComplexType, ElementDeclaration, SimpleValue, Type } from './schema';
import { attributeOf, childrenOf, fail, onlyChild, tagOf, type XmlElement } from './xml';

export const XSD = 'http://www.w3.org/2001/XMLSchema';

/** One xsd:schema element, be it a file of its own or inline in a WSDL. */
export interface Schema {
  readonly targetNamespace: string;
  /** elementFormDefault="qualified". */
  readonly qualified: boolean;
  /** The namespaces that this schema may refer to. */
  readonly visible: ReadonlySet<string>;
}

/** Finds what a declaration refers to by name. */
export interface References {
  typeReferredTo(from: XmlElement, attribute: string, schema: Schema): Type;
  elementReferredTo(from: XmlElement, schema: Schema): ElementDeclaration;
}

/** The type of an xsd:element: the one it names, or the one it holds. */
export function typeOfElement(node: XmlElement, schema: Schema, references: References): Type {
  const contents = node.children.filter((child) => child.local !== 'annotation');
  const [content] = contents;
  if (node.attributes.has('type')) {
    if (content !== undefined) fail(node, 'has both a type and a content of its own');
    return references.typeReferredTo(node, 'type', schema);
  }
  if (content === undefined) fail(node, 'has no type');
  if (contents.length > 1) fail(node, 'has more than one content');
  return compileType(content, attributeOf(node, 'name'), schema, references);
}

/** An xsd:complexType or xsd:simpleType; `name` is its own or that of the element that holds it. */
export function compileType(
  node: XmlElement,
  name: string,
  schema: Schema,
  references: References,
): Type {
  if (node.namespace === XSD && node.local === 'simpleType') {
    return simpleType(node, schema, references);
  }
  if (node.namespace === XSD && node.local === 'complexType') {
    return complexType(node, name, schema, references);
  }
  return fail(node, 'is not supported as the content of an element');
}

/** Whether an element form, or its default, says qualified. */
export function isQualified(node: XmlElement, attribute: string, otherwise: boolean): boolean {
  const form = node.attributes.get(attribute);
  if (form === undefined) return otherwise;
  if (form !== 'qualified' && form !== 'unqualified') {
    fail(node, `has ${attribute}="${form}", which is neither qualified nor unqualified`);
  }
  return form === 'qualified';
}

export function allowAttributes(node: XmlElement, names: readonly string[]): void {
  for (const name of node.attributes.keys()) {
    if (!names.includes(name)) fail(node, `has the attribute ${name}, which is not supported`);
  }
}

function simpleType(node: XmlElement, schema: Schema, references: References): SimpleValue {
  allowAttributes(node, ['name', 'id']);
  allowChildren(node, ['restriction']);
  const restriction = onlyChild(node, XSD, 'restriction');
  allowChildren(restriction, ['enumeration']);
  const base = references.typeReferredTo(restriction, 'base', schema);
  if (base.kind === 'complex') return fail(restriction, 'restricts a type that is not simple');

  const values = childrenOf(restriction, XSD, 'enumeration').map((e) => attributeOf(e, 'value'));
  return values.length === 0 ? base : { kind: 'simple', base: base.base, values };
}

function complexType(
  node: XmlElement,
  name: string,
  schema: Schema,
  references: References,
): ComplexType {
  allowAttributes(node, ['name', 'id']);
  allowChildren(node, ['sequence']);
  const sequence = onlyChild(node, XSD, 'sequence');
  allowAttributes(sequence, ['id']);
  allowChildren(sequence, ['element']);
  const elements = childrenOf(sequence, XSD, 'element').map((element) =>
    localElement(element, schema, references),
  );
  return { kind: 'complex', name, namespace: schema.targetNamespace, elements };
}

function localElement(
  node: XmlElement,
  schema: Schema,
  references: References,
): ElementDeclaration {
  allowAttributes(node, ['name', 'type', 'ref', 'minOccurs', 'maxOccurs', 'form', 'id']);
  const minOccurs = occurrence(node, 'minOccurs');
  const maxOccurs = occurrence(node, 'maxOccurs');
  if (maxOccurs < 1 || minOccurs > maxOccurs) {
    fail(node, `can occur ${minOccurs} to ${maxOccurs} times, which is not supported`);
  }

  if (node.attributes.has('ref')) {
    return { ...references.elementReferredTo(node, schema), minOccurs, maxOccurs };
  }
  return {
    name: attributeOf(node, 'name'),
    namespace: isQualified(node, 'form', schema.qualified) ? schema.targetNamespace : '',
    type: typeOfElement(node, schema, references),
    minOccurs,
    maxOccurs,
  };
}

function occurrence(node: XmlElement, attribute: 'minOccurs' | 'maxOccurs'): number {
  const text = node.attributes.get(attribute) ?? '1';
  if (attribute === 'maxOccurs' && text === 'unbounded') return Number.POSITIVE_INFINITY;
  if (!/^\d{1,9}$/.test(text)) fail(node, `has ${attribute}="${text}", which is no number`);
  return Number(text);
}

function allowChildren(node: XmlElement, names: readonly string[]): void {
  for (const child of node.children) {
    if (child.namespace === XSD && child.local === 'annotation') continue;
    if (child.namespace !== XSD || !names.includes(child.local)) {
      fail(child, `is not supported in ${tagOf(node)}`);
    }
  }
}
