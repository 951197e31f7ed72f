// Independent readers of answers, each with a library or none of its own, and what each can tell of an answer.
import { join } from 'node:path';
import { XMLParser } from 'fast-xml-parser';
import { createClientAsync } from 'soap';
import { parseStringPromise } from 'xml2js';
import { packagedDirectory } from '../../../src/wsdl/packaged';
import type { Operation } from '../../../src/wsdl/schema';
import { PACKAGED } from '../../support/operations';
import { byPrefix, byXPath } from './dom-readers';
import { type Facts, faultOf, type Namespaces, resultOf } from './facts';

type Fact = keyof Facts;

export interface Reader {
  readonly name: string;
  readonly tells: readonly Fact[];
  /** Reads the answer to a request of this operation. */
  read(text: string, operation: Operation, namespaces: Namespaces): Promise<Facts>;
}

const OF_FAULT = [
  'faultcode',
  'faultstring',
  'exception',
  'messageId',
  'text',
  'variables',
] as const;
const ALL_BUT_NAMESPACES = ['paid', 'element', 'result', ...OF_FAULT] as const;

export const READERS: readonly Reader[] = [
  {
    name: 'string match on ns1:...Response',
    tells: ALL_BUT_NAMESPACES,
    read: async (text, { name }) => byStrings(text, name),
  },
  {
    name: 'DOM by prefix',
    tells: ALL_BUT_NAMESPACES,
    read: async (text, { name }) => byPrefix(text, name),
  },
  {
    name: 'XPath with namespaces',
    tells: [...ALL_BUT_NAMESPACES, 'namespace', 'detailNamespace'],
    read: async (text, { name }, namespaces) => byXPath(text, name, namespaces),
  },
  {
    name: 'xml2js',
    tells: [...ALL_BUT_NAMESPACES, 'namespace', 'detailNamespace'],
    read: (text, { name }) => byXml2js(text, name),
  },
  {
    name: 'fast-xml-parser',
    tells: ALL_BUT_NAMESPACES,
    read: async (text, { name }) => byFastXmlParser(text, name),
  },
  {
    name: 'node-soap',
    tells: ALL_BUT_NAMESPACES,
    read: byNodeSoap,
  },
];

function byStrings(text: string, operation: string): Facts {
  const element = `${operation}Response`;
  if (text.includes(`<ns1:${element} xmlns:ns1="`) && !text.includes('faultstring')) {
    const [, result] = /<ns1:result>(.*)<\/ns1:result>/.exec(text) ?? [];
    const texts = result?.split(/<[^>]*>/).filter((each) => each !== '');
    return { paid: true, element, ...resultOf(texts) };
  }
  const find = (tag: string) =>
    [...text.matchAll(new RegExp(`<${tag}>([^<]*)</${tag}>`, 'g'))].map(([, found = '']) => found);
  const [, exception] = /<detail><ns1:(\w+) /.exec(text) ?? [];
  return faultOf(find, exception);
}

async function byXml2js(text: string, operation: string): Promise<Facts> {
  const document = await parseStringPromise(text, { explicitArray: true, xmlns: true });
  const body = document['soapenv:Envelope']['soapenv:Body'][0];
  const [response] = body[`ns1:${operation}Response`] ?? [];
  if (response !== undefined) {
    const { local, uri } = response.$ns;
    return {
      paid: true,
      element: local,
      namespace: uri,
      ...resultOf(textsOf(response['ns1:result'])),
    };
  }
  const [fault] = body['soapenv:Fault'];
  const [name, [detail]] = Object.entries<Tree[]>(fault.detail?.[0] ?? {}).find(([key]) =>
    key.startsWith('ns1:'),
  ) ?? ['', []];
  const find = (tag: string) => textsOf(fault[tag] ?? detail?.[tag]);
  const facts = faultOf(find, detail === undefined ? undefined : name.replace('ns1:', ''));
  return { ...facts, ...(detail !== undefined && { detailNamespace: detail.$ns.uri }) };
}

/** As xml2js and fast-xml-parser give it to a program without types. */
// biome-ignore lint/suspicious/noExplicitAny: a tree of a library that has no types.
type Tree = any;

const withoutPrefixes = new XMLParser({ removeNSPrefix: true, parseTagValue: false });

function byFastXmlParser(text: string, operation: string): Facts {
  const body: Tree = withoutPrefixes.parse(text).Envelope.Body;
  const element = `${operation}Response`;
  if (element in body) return { paid: true, element, ...resultOf(textsOf(body[element].result)) };
  return ofFaultObject(body.Fault);
}

/** The parser of node-soap under the WSDL of the service that was asked. */
async function byNodeSoap(text: string, operation: Operation): Promise<Facts> {
  const parser = await parserFor(operation);
  const element = `${operation.name}Response`;
  try {
    const { Body } = parser.xmlToObject(text);
    if (!(element in Body)) throw new Error(`no ${element} in ${Object.keys(Body).join(' ')}`);
    return { paid: true, element, ...resultOf(textsOf(Body[element]?.result)) };
  } catch (error) {
    const { root } = error as { readonly root?: Tree };
    if (root === undefined) throw error;
    return ofFaultObject(root.Envelope.Body.Fault);
  }
}

interface Parser {
  xmlToObject(text: string): { readonly Body: Tree };
}

const parsers = new Map<string, Promise<Parser>>();

function parserFor({ interfaceName, version }: Operation): Promise<Parser> {
  const key = `${version} ${interfaceName}`;
  const known = parsers.get(key);
  if (known !== undefined) return known;
  const service = PACKAGED.services.find(
    (each) => each.interfaceName === interfaceName && each.version === version,
  );
  if (service === undefined) throw new Error(`no WSDL for ${key}`);
  const parser = createClientAsync(join(packagedDirectory(version), service.file)).then(
    (client) => (client as unknown as { readonly wsdl: Parser }).wsdl,
  );
  parsers.set(key, parser);
  return parser;
}

/** A fault as an object with the names of its elements, which lost their prefixes. */
function ofFaultObject(fault: Tree): Facts {
  const [exception, detail] = Object.entries<Tree>(fault.detail ?? {})[0] ?? [];
  return faultOf((tag) => textsOf(fault[tag] ?? detail?.[tag]), exception);
}

/** Every text at or below a value of a parser, attributes left out. */
function textsOf(value: Tree): readonly string[] {
  if (value === undefined || value === null) return [];
  if (typeof value !== 'object') return [String(value)];
  if (Array.isArray(value)) return value.flatMap(textsOf);
  return Object.entries<Tree>(value)
    .filter(([name]) => name !== '$' && name !== '$ns')
    .flatMap(([, each]) => textsOf(each));
}
