// The operations of the interfaces, compiled from their WSDL. Names none of them; knows nothing of envelopes.
import { type Definitions, readDefinitions, WSDL } from './definitions';
import type { Catalogue, ElementDeclaration, Operation, Service } from './schema';
import {
  attributeOf,
  childrenOf,
  fail,
  onlyChild,
  referenceOf,
  WsdlError,
  type XmlElement,
} from './xml';

const SOAP = 'http://schemas.xmlsoap.org/wsdl/soap/';
const SOAP_OVER_HTTP = 'http://schemas.xmlsoap.org/soap/http';
const EMPTY: readonly Operation[] = [];

export interface CatalogueOptions {
  /** Names of interfaces that applications offer: they are compiled and their files served, but they are no services. */
  readonly callbackInterfaces?: ReadonlySet<string>;
  /** Changes the text of a file as it is read, for the model and for whoever is served the file. */
  readonly edit?: (file: string, text: string) => string;
}

/** One folder, compiled. */
export interface CompiledRelease
  extends Pick<Catalogue, 'services' | 'operations' | 'callbacks' | 'documents'> {
  readonly directory: string;
}

/**
 * Compiles one folder a release into one catalogue. A folder stands alone: its imports stay inside it.
 * Throws WsdlError with one sentence when a file cannot be read, resolved or is beyond what is supported.
 */
export function loadCatalogue(
  directories: readonly string[],
  options: CatalogueOptions = {},
): Catalogue {
  return joined(directories.map((directory) => loadRelease(directory, options)));
}

/** Compiles one folder. Throws WsdlError as loadCatalogue does. */
export function loadRelease(
  directory: string,
  { callbackInterfaces, edit }: CatalogueOptions = {},
): CompiledRelease {
  const services: Service[] = [];
  const operations: Operation[] = [];
  const callbacks: Operation[] = [];
  const definitions = readDefinitions(directory, edit);
  for (const node of definitions.services) {
    for (const port of childrenOf(node, WSDL, 'port')) {
      const binding = definitions.find('binding', referenceOf(port, 'binding'), port);
      const portType = definitions.find('portType', referenceOf(binding, 'type'), binding);
      const service = serviceOf(node, port, portType);
      const compiled = operationsOf(portType, binding, definitions);
      if (callbackInterfaces?.has(service.interfaceName)) callbacks.push(...compiled);
      else {
        services.push(service);
        operations.push(...compiled);
      }
    }
  }
  return { directory, services, operations, callbacks, documents: definitions.documents };
}

/** One catalogue of several releases. Throws WsdlError when they contradict one another. */
export function joined(releases: readonly CompiledRelease[]): Catalogue {
  const services = releases.flatMap((release) => release.services);
  const operations = releases.flatMap((release) => release.operations);
  const callbacks = releases.flatMap((release) => release.callbacks);
  const documents = new Map<string, string>();
  for (const release of releases) {
    for (const [file, text] of release.documents) {
      if ((documents.get(file) ?? text) !== text) {
        throw new WsdlError(
          `${file} in ${release.directory} differs from the file of that name before it.`,
        );
      }
      documents.set(file, text);
    }
  }
  const servicesOf = (version: string) => services.filter((each) => each.version === version);
  return { ...indexed(operations), services, servicesOf, operations, callbacks, documents };
}

function indexed(
  operations: readonly Operation[],
): Pick<Catalogue, 'byElement' | 'byLocalName' | 'byKey'> {
  const elements = new Map<string, Map<string, Operation>>();
  const localNames = new Map<string, Operation[]>();
  const keys = new Map<string, Map<string, Operation>>();
  for (const operation of operations) {
    const { namespace, name } = operation.request;
    addOnce(elements, namespace, name, operation);
    addOnce(keys, operation.version, operation.key, operation);
    const sameName = localNames.get(name);
    if (sameName === undefined) localNames.set(name, [operation]);
    else sameName.push(operation);
  }
  return {
    byElement: (namespace, localName) => elements.get(namespace)?.get(localName),
    byLocalName: (localName) => localNames.get(localName) ?? EMPTY,
    byKey: (version, key) => keys.get(version)?.get(key),
  };
}

function addOnce(
  map: Map<string, Map<string, Operation>>,
  outer: string,
  inner: string,
  operation: Operation,
): void {
  const group = map.get(outer) ?? new Map<string, Operation>();
  const other = group.get(inner);
  if (other !== undefined) {
    throw new WsdlError(
      `${operation.key} of ${operation.version} cannot be told from ${other.key} of ${other.version}: ` +
        `both are {${outer}}${inner}.`,
    );
  }
  map.set(outer, group.set(inner, operation));
}

function serviceOf(node: XmlElement, port: XmlElement, portType: XmlElement): Service {
  const address = onlyChild(port, SOAP, 'address');
  const location = attributeOf(address, 'location');
  if (!URL.canParse(location)) fail(address, `has the location "${location}", which is no URL`);
  return {
    name: attributeOf(node, 'name'),
    port: attributeOf(port, 'name'),
    interfaceName: attributeOf(portType, 'name'),
    version: versionOf(portType),
    path: new URL(location).pathname,
    file: node.file,
  };
}

/** The version token of a namespace: `v4_0` of `…/amount_charging/v4_0/local`. */
export function versionIn(namespace: string): string | undefined {
  return /\/(v\d+_\d+)(?:\/|$)/.exec(namespace)?.[1];
}

/** The release is the version token of the interface's namespace: `…/amount_charging/v4_0/interface`. */
function versionOf(portType: XmlElement): string {
  const namespace = portType.parent?.attributes.get('targetNamespace') ?? '';
  return (
    versionIn(namespace) ??
    fail(portType, `is in ${namespace}, which names no version such as v4_0`)
  );
}

function operationsOf(portType: XmlElement, binding: XmlElement, from: Definitions): Operation[] {
  const soap = onlyChild(binding, SOAP, 'binding');
  if (attributeOf(soap, 'transport') !== SOAP_OVER_HTTP) fail(soap, 'is not SOAP over HTTP');
  const style = soap.attributes.get('style') ?? 'document';
  const bound = new Map(
    childrenOf(binding, WSDL, 'operation').map((node) => [attributeOf(node, 'name'), node]),
  );

  const operations = childrenOf(portType, WSDL, 'operation').map((node) => {
    const operation = operationOf(node, portType, from);
    const boundOperation = bound.get(operation.name);
    if (boundOperation === undefined) return fail(binding, `does not bind ${operation.name}`);
    checkBound(boundOperation, node, style);
    bound.delete(operation.name);
    return operation;
  });
  for (const [name, node] of bound) fail(node, `binds ${name}, which the portType does not have`);
  return operations;
}

function operationOf(node: XmlElement, portType: XmlElement, from: Definitions): Operation {
  const name = attributeOf(node, 'name');
  const interfaceName = attributeOf(portType, 'name');
  const faults = childrenOf(node, WSDL, 'fault').map((fault) => messageElement(fault, from));
  return {
    key: `${interfaceName}.${name}`,
    name,
    interfaceName,
    version: versionOf(portType),
    request: messageElement(onlyChild(node, WSDL, 'input'), from),
    response: messageElement(onlyChild(node, WSDL, 'output'), from),
    faults: new Map(faults.map((fault) => [fault.name, fault])),
  };
}

/** Document style: a message has one part, and the part is one global element. */
function messageElement(node: XmlElement, from: Definitions): ElementDeclaration {
  const message = from.find('message', referenceOf(node, 'message'), node);
  const part = onlyChild(message, WSDL, 'part');
  const name = referenceOf(part, 'element');
  from.checkElementVisible(name, part);
  const element = from.schemas.element(name, part);
  if (element.type.kind !== 'complex') fail(part, `is ${name.local}, which is no complex type`);
  return element;
}

/** Only document/literal can be answered; every fault of the interface must be bound. */
function checkBound(node: XmlElement, declared: XmlElement, bindingStyle: string): void {
  const style = onlyChild(node, SOAP, 'operation').attributes.get('style') ?? bindingStyle;
  if (style !== 'document') fail(node, `has the style ${style}; only document is supported`);
  for (const direction of ['input', 'output']) {
    const body = onlyChild(onlyChild(node, WSDL, direction), SOAP, 'body');
    if (attributeOf(body, 'use') !== 'literal') fail(body, 'is not literal');
  }
  const faults = faultNames(node);
  for (const fault of faultNames(declared)) {
    if (!faults.includes(fault)) fail(node, `does not bind the fault ${fault}`);
  }
}

function faultNames(operation: XmlElement): string[] {
  return childrenOf(operation, WSDL, 'fault').map((fault) => attributeOf(fault, 'name'));
}
