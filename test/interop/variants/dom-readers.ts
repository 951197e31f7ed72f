// Answers read through a DOM: by prefixed names, as old Java and PHP programs do, and by XPath with namespaces.
import { type Facts, faultOf, type Namespaces, resultOf } from './facts';

/** What is used of xmldom and xpath, whose own types would bring those of a browser into the whole project. */
interface DomNode {
  readonly localName: string;
  readonly namespaceURI: string | null;
  readonly textContent: string | null;
  getElementsByTagName(name: string): ArrayLike<DomNode>;
}
interface Dom {
  readonly DOMParser: new (options: {
    readonly errorHandler: (level: string, text: string) => void;
  }) => { parseFromString(text: string, type: string): DomNode };
}
interface XPath {
  useNamespaces(
    prefixes: Readonly<Record<string, string>>,
  ): (expression: string, node: DomNode) => readonly DomNode[];
}

const { DOMParser }: Dom = require('@xmldom/xmldom');
const { useNamespaces }: XPath = require('xpath');

export function byPrefix(text: string, operation: string): Facts {
  const document = parsed(text);
  const find = (tag: string) => Array.from(document.getElementsByTagName(tag));
  const [response] = find(`ns1:${operation}Response`);
  if (response !== undefined) {
    const leaves = find('ns1:result').flatMap(leavesOf);
    return { paid: true, element: `${operation}Response`, ...resultOf(texts(leaves)) };
  }
  const [fault] = find('soapenv:Fault');
  if (fault === undefined) throw new Error('neither a response nor a fault');
  const exception = ['ServiceException', 'PolicyException'].find(
    (name) => find(`ns1:${name}`).length > 0,
  );
  return faultOf((tag) => texts(find(tag)), exception);
}

export function byXPath(text: string, operation: string, namespaces: Namespaces): Facts {
  const { soap, message, common } = namespaces;
  const select = useNamespaces({ s: soap, m: message, c: common });
  const document = parsed(text);
  const [response] = select(`/s:Envelope/s:Body/m:${operation}Response`, document);
  if (response !== undefined) {
    const leaves = select('m:result/descendant-or-self::*[not(*)]', response);
    const { localName, namespaceURI } = response;
    return {
      paid: true,
      element: localName,
      namespace: namespaceURI ?? '',
      ...resultOf(texts(leaves)),
    };
  }
  const [fault] = select('/s:Envelope/s:Body/s:Fault', document);
  if (fault === undefined) throw new Error('neither a response nor a fault');
  const [detail] = select('detail/c:*', fault);
  const find = (tag: string) => texts(select(`${tag} | detail/c:*/${tag}`, fault));
  return {
    ...faultOf(find, detail?.localName),
    ...(detail !== undefined && { detailNamespace: detail.namespaceURI ?? '' }),
  };
}

function parsed(text: string): DomNode {
  const errorHandler = (level: string, message: string) => {
    throw new Error(`${level}: ${message}`);
  };
  return new DOMParser({ errorHandler }).parseFromString(text, 'text/xml');
}

function leavesOf(node: DomNode): readonly DomNode[] {
  const below = Array.from(node.getElementsByTagName('*'));
  return below.length === 0 ? [node] : below;
}

function texts(nodes: readonly DomNode[]): readonly string[] {
  return nodes.map(({ textContent }) => textContent ?? '');
}
