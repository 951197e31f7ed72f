// Ways in which clients of the field bend a message out of shape, and what the exchange record says of each.
import type { Operation } from '../../src/wsdl/schema';
import { CATALOGUE } from '../support/operations';
import { childrenOf, mapped, type XmlNode, xmlText } from '../support/xml';

export interface Bend {
  readonly name: string;
  /** The deviations on the record, each name once, in the order met. */
  readonly deviations: readonly string[];
  /** Nothing tells the version any more: it is read as 2.1 where 2.1 has the operation. */
  readonly assumed?: boolean;
  /** The message element as markup; undefined where the operation cannot be bent so. */
  bend(message: XmlNode, operation: Operation): string | undefined;
}

const COMMON = 'http://www.csapi.org/schema/parlayx/common/v4_0';
const XSI = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"';
const XSD = 'xmlns:xsd="http://www.w3.org/2001/XMLSchema"';

/** TS 29.199-6 clause 5 for namespaces, clause 8 for the order of parts; what is lenient is our choice. */
export const BENDS: readonly Bend[] = [
  bend('parts in reverse order', ['order'], (message) =>
    childrenOf(message).length < 2 ? undefined : { ...message, content: reversed(message) },
  ),
  bend('fields in reverse order', ['order'], (message) =>
    hasFields(message)
      ? atLevel(message, 1, (part) => ({ ...part, content: reversed(part) }))
      : undefined,
  ),
  {
    ...bend('no namespace at all', ['ns.none', 'part.ns'], (message) =>
      mapped(message, (node) => ({ ...node, namespace: '' })),
    ),
    assumed: true,
  },
  {
    ...bend('only the operation in no namespace', ['ns.none'], (message) => ({
      ...message,
      namespace: '',
    })),
    assumed: true,
  },
  {
    ...bend('only the operation in an unknown namespace', ['ns.unknown'], (message) => ({
      ...message,
      namespace: 'urn:example:gateway',
    })),
    assumed: true,
  },
  {
    ...bend(
      'everything in the namespace of a version that there is not',
      ['ns.unknown', 'part.ns'],
      (message) => renamespaced(message, message.namespace.replace(/v\d_\d/, 'v9_9')),
    ),
    assumed: true,
  },
  bend(
    'everything in the namespace of its version without the last word',
    ['ns.unknown', 'part.ns'],
    (message) => renamespaced(message, message.namespace.replace('/local', '')),
  ),
  bend(
    'only the operation in the namespace of another interface',
    ['ns.interface'],
    otherInterface,
  ),
  bend('parts unqualified', ['part.ns'], (message) =>
    atLevel(message, 1, (part) => ({ ...part, namespace: '' })),
  ),
  bend('parts in a foreign namespace', ['part.ns'], (message) =>
    atLevel(message, 1, (part) => ({ ...part, namespace: 'urn:example:parts' })),
  ),
  bend('fields in the message namespace', ['type.ns'], (message) =>
    fieldsIn(message, message.namespace),
  ),
  bend('fields in the namespace of the common types', ['type.ns'], (message) =>
    fieldsIn(message, COMMON),
  ),
  {
    name: 'a default namespace, undone with xmlns="" on each field: the published form',
    deviations: [],
    bend: (message) => (hasFields(message) ? withDefaultNamespace(message) : undefined),
  },
  bend('an unknown element beside the parts', ['extra.element'], (message) => ({
    ...message,
    content: [EXTRA, ...childrenOf(message), EXTRA],
  })),
  bend('an unknown element among the fields', ['extra.element'], (message) =>
    hasFields(message)
      ? atLevel(message, 1, (part) =>
          childrenOf(part).length === 0 ? part : { ...part, content: [...childrenOf(part), EXTRA] },
        )
      : undefined,
  ),
  bend('an unknown attribute everywhere', ['extra.attribute'], (message) =>
    mapped(message, (node) => ({ ...node, attributes: ' id="a1" href="#a2"' })),
  ),
  bend('xsi:type on every value, rightly or wrongly', ['extra.attribute'], (message) =>
    mapped(message, (node) =>
      typeof node.content === 'string'
        ? { ...node, attributes: ` ${XSI} ${XSD} xsi:type="xsd:int"` }
        : node,
    ),
  ),
  bend('encodingStyle on the operation', ['extra.attribute'], (message) => ({
    ...message,
    attributes: ' soapenv:encodingStyle="http://schemas.xmlsoap.org/soap/encoding/"',
  })),
  bend('names as the tables of clause 8.2 print them', ['case'], (message) =>
    mapped(message, (node, level) =>
      level === 0 ? node : { ...node, name: capitalised(node.name) },
    ),
  ),
  bend('white space around every value', ['trim'], (message) => spaced(message)),
  bend(
    'text between the parts',
    ['extra.text'],
    (message) => message,
    (markup) => markup.replace(/<\/m:(\w+)>$/, 'and so on</m:$1>'),
  ),
  bend(
    'comments and line breaks between the elements',
    [],
    (message) => message,
    (markup) => markup.replaceAll('><', '>\r\n\t<!-- <m:none/> --><'),
  ),
  bend('comments and CDATA inside of every value', [], (message) =>
    mapped(message, (node) =>
      typeof node.content === 'string'
        ? { ...node, content: `${node.content.slice(0, 1)}<!-- -->${cdata(node.content.slice(1))}` }
        : node,
    ),
  ),
];

const EXTRA: XmlNode = { name: 'tenant', namespace: '', content: 'north' };

function bend(
  name: string,
  deviations: readonly string[],
  change: (message: XmlNode, operation: Operation) => XmlNode | undefined,
  rewrite: (markup: string) => string = (markup) => markup,
): Bend {
  return {
    name,
    deviations,
    bend: (message, operation) => {
      const bent = change(message, operation);
      return bent === undefined ? undefined : rewrite(xmlText(bent));
    },
  };
}

/** One that has no operation of the same name, else it would be that operation. */
function otherInterface(message: XmlNode, { name }: Operation): XmlNode | undefined {
  const other = CATALOGUE.operations.find(
    ({ request }) => CATALOGUE.byElement(request.namespace, name) === undefined,
  );
  return other && { ...message, namespace: other.request.namespace };
}

function atLevel(root: XmlNode, at: number, change: (node: XmlNode) => XmlNode): XmlNode {
  return mapped(root, (node, level) => (level === at ? change(node) : node));
}

function fieldsIn(message: XmlNode, namespace: string): XmlNode | undefined {
  return hasFields(message) ? atLevel(message, 2, (field) => ({ ...field, namespace })) : undefined;
}

function renamespaced(message: XmlNode, namespace: string): XmlNode {
  return mapped(message, (node) => (node.namespace === '' ? node : { ...node, namespace }));
}

function hasFields(message: XmlNode): boolean {
  return childrenOf(message).some((part) => childrenOf(part).length > 0);
}

function reversed(node: XmlNode): XmlNode['content'] {
  return typeof node.content === 'string' ? node.content : [...node.content].reverse();
}

function withDefaultNamespace(node: XmlNode, outer = ''): string {
  const { name, namespace, content } = node;
  const declaration = namespace === outer ? '' : ` xmlns="${namespace}"`;
  const inside =
    typeof content === 'string'
      ? content
      : content.map((each) => withDefaultNamespace(each, namespace)).join('');
  return `<${name}${declaration}>${inside}</${name}>`;
}

function spaced(message: XmlNode): XmlNode {
  return mapped(message, (node) =>
    typeof node.content === 'string' ? { ...node, content: `\n  ${node.content}\t ` } : node,
  );
}

function capitalised(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}

function cdata(text: string): string {
  return `<![CDATA[${text}]]>`;
}
