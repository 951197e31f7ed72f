// One WSDL or XSD file as a tree of elements with their namespaces. Knows XML, not what the elements mean.
import { SaxesParser } from 'saxes';

/** A file of the interface cannot be used. The message is one sentence that names the file. */
export class WsdlError extends Error {
  override readonly name = 'WsdlError';
}

export interface QName {
  readonly namespace: string;
  readonly local: string;
}

export interface XmlElement extends QName {
  readonly file: string;
  readonly line: number;
  /** Attributes without a prefix; the others mean nothing to a reader of interfaces. */
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlElement[];
  readonly parent: XmlElement | undefined;
  /** The prefixes that this element itself declares. */
  readonly prefixes: Readonly<Record<string, string>>;
}

/** Reads `text`; `file` is the name that errors give. Throws WsdlError when it is not well-formed. */
export function parseXml(file: string, text: string): XmlElement {
  const parser = new SaxesParser({ xmlns: true });
  let root: XmlElement | undefined;
  let open: (XmlElement & { readonly children: XmlElement[] }) | undefined;

  parser.on('error', (error) => {
    throw new WsdlError(`${file} is not well-formed XML: ${error.message.replace(/\.$/, '')}.`);
  });
  parser.on('doctype', () => {
    throw new WsdlError(`${file} has a DOCTYPE, which is not read; take it out.`);
  });
  parser.on('opentag', (tag) => {
    const attributes = new Map<string, string>();
    for (const { prefix, local, value } of Object.values(tag.attributes)) {
      if (prefix === '') attributes.set(local, value);
    }
    const element = {
      file,
      line: parser.line,
      namespace: tag.uri,
      local: tag.local,
      attributes,
      children: [],
      parent: open,
      prefixes: tag.ns,
    };
    open?.children.push(element);
    root ??= element;
    open = element;
  });
  parser.on('closetag', () => {
    open = open?.parent as typeof open;
  });
  parser.write(text).close();

  if (root === undefined) throw new WsdlError(`${file} has no root element.`);
  return root;
}

/** The children of that name, in document order. */
export function childrenOf(element: XmlElement, namespace: string, local: string): XmlElement[] {
  return element.children.filter((c) => c.local === local && c.namespace === namespace);
}

/** The only child of that name. Throws WsdlError when there is none or more than one. */
export function onlyChild(element: XmlElement, namespace: string, local: string): XmlElement {
  const [first, ...more] = childrenOf(element, namespace, local);
  if (first === undefined) fail(element, `has no <${local}>`);
  if (more.length > 0) fail(element, `has more than one <${local}>`);
  return first;
}

/** The attribute, which must be there. */
export function attributeOf(element: XmlElement, name: string): string {
  const value = element.attributes.get(name);
  if (value === undefined) fail(element, `has no attribute ${name}`);
  return value;
}

/** The name that an attribute such as `type="common:ChargingInformation"` refers to. */
export function referenceOf(element: XmlElement, attribute: string): QName {
  const value = attributeOf(element, attribute).trim();
  const colon = value.indexOf(':');
  const prefix = colon < 0 ? '' : value.slice(0, colon);

  for (let at: XmlElement | undefined = element; at !== undefined; at = at.parent) {
    const namespace = Object.hasOwn(at.prefixes, prefix) ? at.prefixes[prefix] : undefined;
    if (namespace !== undefined) return { namespace, local: value.slice(colon + 1) };
  }
  if (prefix === '') return { namespace: '', local: value };
  return fail(element, `uses the prefix ${prefix} in ${attribute}="${value}" without declaring it`);
}

/** A name as one text, to be found in a Map and shown in errors: `{namespace}local`. */
export function clark(name: QName): string {
  return `{${name.namespace}}${name.local}`;
}

/** The element as it begins in its file: `<complexType name="A">`. */
export function tagOf(element: XmlElement): string {
  const name = element.attributes.get('name');
  return name === undefined ? `<${element.local}>` : `<${element.local} name="${name}">`;
}

/** Throws WsdlError: `what` continues a sentence that begins with the element and its place. */
export function fail(element: XmlElement, what: string): never {
  throw new WsdlError(`${element.file} line ${element.line}: ${tagOf(element)} ${what}.`);
}
