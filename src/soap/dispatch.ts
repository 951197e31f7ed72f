// Which operation a message asks for, and in which version. The Body decides: SOAPAction never does, the path only
// where names repeat.
import type { Catalogue, Operation } from '../wsdl/schema';
import { type Deviation, note } from './deviation';
import { SoapFault } from './rejection';
import type { XmlElement } from './xml';

/** What the codec needs of a catalogue. */
export type OperationCatalogue = Pick<Catalogue, 'operations' | 'byElement' | 'byLocalName'>;

/**
 * The operation that is meant, and after it those that could be meant just as well. Throws a SoapFault `Client` for an
 * element that is no operation of the catalogue.
 */
export type Dispatcher = (
  message: XmlElement,
  path: string,
  deviations: Deviation[],
) => readonly [Operation, ...Operation[]];

/**
 * By qualified name; else by local name alone. A namespace of the catalogue settles the version. Any other one is taken
 * at the version that it names, and where it names none, or not one that has such an operation, the first of
 * `assumedVersions` that has it is meant. A local name of several interfaces is told by the interface that the namespace
 * or the path names, else by the parts that are there; where they do not tell either, the first in the catalogue comes
 * first.
 */
export function createDispatcher(
  catalogue: OperationCatalogue,
  assumedVersions: readonly string[] = [],
): Dispatcher {
  let vocabulary: Vocabulary | undefined;
  /** Of the whole catalogue, which nobody needs who speaks to the letter. */
  const known = (): Vocabulary => {
    vocabulary ??= vocabularyOf(catalogue.operations);
    return vocabulary;
  };

  const candidatesFor = ({ namespace, local }: XmlElement): readonly Operation[] => {
    const named = catalogue.byLocalName(local);
    const version = known().versions.get(namespace);
    return version === undefined
      ? ofFirstVersion(named, [...versionsIn(namespace), ...assumedVersions])
      : named.filter((operation) => operation.version === version);
  };

  return (message, path, deviations) => {
    const { namespace, local } = message;
    const exact = catalogue.byElement(namespace, local);
    if (exact !== undefined) return [exact];

    const candidates = candidatesFor(message);
    if (candidates.length === 0) {
      throw new SoapFault('Client', 'Unknown operation', `{${namespace}}${local}`);
    }
    if (namespace === '') note(deviations, 'ns.none', local);
    else note(deviations, known().versions.has(namespace) ? 'ns.interface' : 'ns.unknown', local);

    const candidateNamed = (text: string) => {
      const name = interfaceIn(text, known().interfaces);
      return candidates.find(({ interfaceName }) => interfaceName === name);
    };
    const named = candidateNamed(namespace.replaceAll('_', '')) ?? candidateNamed(path);
    return named === undefined ? bestByParts(candidates, message) : [named];
  };
}

interface Vocabulary {
  /** By the namespace of requests. */
  readonly versions: ReadonlyMap<string, string>;
  /** The longest first, because ReserveAmountCharging contains AmountCharging. */
  readonly interfaces: readonly string[];
}

function vocabularyOf(operations: readonly Operation[]): Vocabulary {
  const interfaces = new Set(operations.map(({ interfaceName }) => interfaceName));
  return {
    versions: new Map(operations.map(({ request, version }) => [request.namespace, version])),
    interfaces: [...interfaces].sort((a, b) => b.length - a.length),
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

/** Those with the fewest parts missing or unknown. */
function bestByParts(
  candidates: readonly Operation[],
  message: XmlElement,
): readonly [Operation, ...Operation[]] {
  const given = new Set(message.children.map(({ local }) => local));
  const judged = candidates.map((operation) => ({ operation, misfits: misfits(operation, given) }));
  const fewest = Math.min(...judged.map((each) => each.misfits));
  const [best, ...others] = judged
    .filter((each) => each.misfits === fewest)
    .map(({ operation }) => operation);
  if (best === undefined) throw new Error('There is no operation to choose from.');
  return [best, ...others];
}

function misfits({ request }: Operation, given: ReadonlySet<string>): number {
  const parts = request.type.kind === 'complex' ? request.type.elements : [];
  const known = new Set(parts.map(({ name }) => name));
  const missing = parts.filter(({ name, minOccurs }) => minOccurs > 0 && !given.has(name));
  const unknown = [...given].filter((name) => !known.has(name));
  return missing.length + unknown.length;
}
