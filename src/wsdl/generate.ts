// Writes the messages of the interfaces as TypeScript, so that the compiler knows what the WSDL says.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadCatalogue } from './catalogue';
import { PACKAGE_ROOT, packagedDirectory } from './packaged';
import type {
  Catalogue,
  ComplexType,
  ElementDeclaration,
  Operation,
  SimpleType,
  SimpleValue,
  Type,
} from './schema';
import { WsdlError } from './xml';

/** The releases whose types are the types of the domain, and the file of each; older ones are mapped to it at the edge. */
const DOMAINS = [
  { folder: 'v4_0', file: 'operations.generated.ts' },
  { folder: 'messaging/v4_0', file: 'messaging-operations.generated.ts' },
] as const;

const TYPESCRIPT: Readonly<Record<SimpleType, string>> = {
  string: 'string',
  anyURI: 'string',
  dateTime: 'string',
  boolean: 'boolean',
  decimal: 'Decimal',
  int: 'number',
  long: 'bigint',
};

/**
 * Writes the generated files of src/wsdl. Answers the path of each and whether its text changed.
 * Throws WsdlError when the package was installed without its sources.
 */
export function writeGeneratedTypes(): { readonly file: string; readonly changed: boolean }[] {
  const directory = join(PACKAGE_ROOT, 'src', 'wsdl');
  if (!existsSync(directory)) {
    throw new WsdlError(`${directory} does not exist; run generate in a checkout of the sources.`);
  }
  return DOMAINS.map(({ folder, file: name }) => {
    const file = join(directory, name);
    const text = operationTypes(loadCatalogue([packagedDirectory(folder)]));
    const changed = !existsSync(file) || readFileSync(file, 'utf8') !== text;
    if (changed) writeFileSync(file, text);
    return { file, changed };
  });
}

/**
 * The TypeScript text of every message of a catalogue of one release, of the types they use, and of the
 * interface `Operations` that leads from an operation key to its request and response.
 */
export function operationTypes(catalogue: Catalogue): string {
  const names = new Names(catalogue.operations);
  const shared = sharedTypes(catalogue.operations);
  assertDistinct([
    ...shared.map((type) => type.name),
    ...catalogue.operations.flatMap((operation) => [
      names.message(operation, 'request'),
      names.message(operation, 'response'),
    ]),
  ]);
  const messages = catalogue.operations.flatMap((operation) => [
    messageText(operation, 'request', names),
    messageText(operation, 'response', names),
  ]);
  const entries = catalogue.operations.map(
    (operation) =>
      `  '${operation.key}': {\n` +
      `    request: ${names.message(operation, 'request')};\n` +
      `    response: ${names.message(operation, 'response')};\n` +
      '  };',
  );

  return [
    '// Generated from wsdl/ by `npm run generate`; do not edit. One interface a message and a data type.',
    "import type { Decimal } from './schema';",
    '',
    ...shared.flatMap((type) => [interfaceText(type.name, namespaceNote(type), type), '']),
    ...messages.flatMap((text) => [text, '']),
    '/** What each operation takes and gives. */',
    'export interface Operations {',
    ...entries,
    '}',
    '',
    'export type OperationKey = keyof Operations;',
    '',
  ].join('\n');
}

type Direction = 'request' | 'response';

/** Names of messages: the standard's (`ChargeAmountRequest`), after their interface where that is not unique. */
class Names {
  private readonly repeated = new Set<string>();

  constructor(operations: readonly Operation[]) {
    const seen = new Set<string>();
    for (const { name } of operations) {
      if (seen.has(name)) this.repeated.add(name);
      seen.add(name);
    }
  }

  message(operation: Operation, direction: Direction): string {
    const prefix = this.repeated.has(operation.name) ? operation.interfaceName : '';
    const suffix = direction === 'request' ? 'Request' : 'Response';
    return `${prefix}${operation.name.charAt(0).toUpperCase()}${operation.name.slice(1)}${suffix}`;
  }
}

/** The complex types below the messages and of the faults, each once, before those that use it. */
function sharedTypes(operations: readonly Operation[]): ComplexType[] {
  const found = new Set<ComplexType>();
  const visit = (type: Type): void => {
    if (type.kind === 'simple') return;
    for (const element of type.elements) visit(element.type);
    found.add(type);
  };

  for (const { request, response } of operations) {
    for (const part of [...partsOf(request.type), ...partsOf(response.type)]) visit(part.type);
  }
  for (const { faults } of operations) {
    for (const { type } of faults.values()) visit(type);
  }
  return distinct([...found]);
}

/** Types of one name and the same fields are one type in TypeScript, whatever namespaces they come from. */
function distinct(types: readonly ComplexType[]): ComplexType[] {
  const texts = new Set<string>();
  return types.filter((type) => {
    const text = interfaceText(type.name, '', type);
    return texts.size < texts.add(text).size;
  });
}

/** TypeScript would merge two interfaces of one name without a word. */
function assertDistinct(names: readonly string[]): void {
  const repeated = names.find((name, index) => names.indexOf(name) !== index);
  if (repeated === undefined) return;
  throw new WsdlError(
    `Two types would be generated as ${repeated}; rename one or load one release.`,
  );
}

function messageText(operation: Operation, direction: Direction, names: Names): string {
  const element = operation[direction];
  const note = `The ${direction} of ${operation.key}.`;
  return interfaceText(names.message(operation, direction), note, element.type);
}

function interfaceText(name: string, note: string, type: Type): string {
  const properties = partsOf(type).map(propertyText);
  const declaration =
    properties.length === 0
      ? `export type ${name} = Readonly<Record<string, never>>;`
      : `export interface ${name} {\n${properties.join('\n')}\n}`;
  return `/** ${note} */\n${declaration}`;
}

function propertyText(element: ElementDeclaration): string {
  const name = /^[A-Za-z_]\w*$/.test(element.name) ? element.name : `'${element.name}'`;
  const type = typeText(element.type);
  if (element.maxOccurs > 1) {
    const item = type.includes('|') ? `(${type})` : type;
    return `  readonly ${name}: readonly ${item}[];`;
  }
  return `  readonly ${name}${element.minOccurs === 0 ? '?' : ''}: ${type};`;
}

function typeText(type: Type): string {
  if (type.kind === 'complex') return type.name;
  return valuesText(type) ?? TYPESCRIPT[type.base];
}

function valuesText(type: SimpleValue): string | undefined {
  return type.values?.map((value) => `'${value.replaceAll(/['\\]/g, '\\$&')}'`).join(' | ');
}

function namespaceNote(type: ComplexType): string {
  return `${type.name} of ${type.namespace}.`;
}

function partsOf(type: Type): readonly ElementDeclaration[] {
  return type.kind === 'complex' ? type.elements : [];
}
