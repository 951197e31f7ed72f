// Which operation a message asks for, and in which version. The Body decides: SOAPAction never does, the path only
// where names repeat.
import type { Catalogue, Operation } from '../wsdl/schema';
import { type Deviation, note } from './deviation';
import { SoapFault } from './rejection';
import type { XmlElement } from './xml';

/** What the codec needs of a catalogue. */
export type OperationCatalogue = Pick<Catalogue, 'operations' | 'byElement' | 'byLocalName'>;

/** Throws a SoapFault `Client` for an element that is no operation of the catalogue. */
export type Dispatcher = (message: XmlElement, path: string, deviations: Deviation[]) => Operation;

/**
 * By qualified name; else by local name alone. A namespace of the catalogue settles the version. Any other one is taken
 * at the version that it names, and where it names none, or not one that has such an operation, the first of
 * `assumedVersions` that has it is meant. A local name of several interfaces is told by the interface that the namespace
 * or the path names, else by the parts that are there, else it is the first in the catalogue.
 */
export function createDispatcher(
  catalogue: OperationCatalogue,
  assumedVersions: readonly string[] = [],
): Dispatcher {
  const versionOf = new Map(
    catalogue.operations.map(({ request, version }) => [request.namespace, version]),
  );
  const interfaces = new Set(catalogue.operations.map(({ interfaceName }) => interfaceName));
  // The longest first, because ReserveAmountCharging contains AmountCharging.
  const interfaceNames = [...interfaces].sort((a, b) => b.length - a.length);

  const candidatesFor = ({ namespace, local }: XmlElement): readonly Operation[] => {
    const named = catalogue.byLocalName(local);
    const version = versionOf.get(namespace);
    return version === undefined
      ? ofFirstVersion(named, [...versionsIn(namespace), ...assumedVersions])
      : named.filter((operation) => operation.version === version);
  };

  return (message, path, deviations) => {
    const { namespace, local } = message;
    const exact = catalogue.byElement(namespace, local);
    if (exact !== undefined) return exact;

    const candidates = candidatesFor(message);
    if (candidates.length === 0) {
      throw new SoapFault('Client', 'Unknown operation', `{${namespace}}${local}`);
    }
    if (namespace === '') note(deviations, 'ns.none', local);
    else note(deviations, versionOf.has(namespace) ? 'ns.interface' : 'ns.unknown', local);

    const candidateNamed = (text: string) => {
      const name = interfaceIn(text, interfaceNames);
      return candidates.find(({ interfaceName }) => interfaceName === name);
    };
    return (
      candidateNamed(namespace.replaceAll('_', '')) ??
      candidateNamed(path) ??
      bestByParts(candidates, message)
    );
  };
}

/** The version tokens in a namespace that is not ours, such as one that lacks its last word. */
function versionsIn(namespace: string): readonly string[] {
  return namespace.match(/\bv\d+_\d+\b/g) ?? [];
}

/** The operations of the first version that has any; all of them when no version is named that has. */
function ofFirstVersion(
  operations: readonly Operation[],
  versions: readonly string[],
): readonly Operation[] {
  for (const version of versions) {
    const found = operations.filter((operation) => operation.version === version);
    if (found.length > 0) return found;
  }
  return operations;
}

function interfaceIn(text: string, interfaceNames: readonly string[]): string | undefined {
  const lowerCase = text.toLowerCase();
  return interfaceNames.find((name) => lowerCase.includes(name.toLowerCase()));
}

/** The one with the fewest parts missing or unknown. */
function bestByParts(candidates: readonly Operation[], message: XmlElement): Operation {
  const given = new Set(message.children.map(({ local }) => local));
  const [best] = candidates
    .map((operation) => ({ operation, misfits: misfits(operation, given) }))
    .sort((a, b) => a.misfits - b.misfits);
  if (best === undefined) throw new Error('There is no operation to choose from.');
  return best.operation;
}

function misfits({ request }: Operation, given: ReadonlySet<string>): number {
  const parts = request.type.kind === 'complex' ? request.type.elements : [];
  const known = new Set(parts.map(({ name }) => name));
  const missing = parts.filter(({ name, minOccurs }) => minOccurs > 0 && !given.has(name));
  const unknown = [...given].filter((name) => !known.has(name));
  return missing.length + unknown.length;
}
