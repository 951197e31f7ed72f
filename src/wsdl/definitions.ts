// The WSDL files of one folder, joined by their imports into one set of definitions. Judges no operation.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SchemaSet } from './schemas';
import {
  attributeOf,
  childrenOf,
  clark,
  fail,
  parseXml,
  type QName,
  WsdlError,
  type XmlElement,
} from './xml';

export const WSDL = 'http://schemas.xmlsoap.org/wsdl/';

const SHARED_KINDS = ['message', 'portType', 'binding'] as const;
type SharedKind = (typeof SHARED_KINDS)[number];

export interface Definitions {
  /** The wsdl:service elements, by file name. */
  readonly services: readonly XmlElement[];
  readonly schemas: SchemaSet;
  /** Every file read, name to text. */
  readonly documents: ReadonlyMap<string, string>;
  /** What `name` refers to from the element `from`, whose file must define or import its namespace. */
  find(kind: SharedKind, name: QName, from: XmlElement): XmlElement;
  /** Throws WsdlError unless the wsdl:types of that file give it the namespace of a schema element. */
  checkElementVisible(name: QName, from: XmlElement): void;
}

type Edit = (file: string, text: string) => string;

const asWritten: Edit = (_file, text) => text;

/**
 * Reads every .wsdl file of the folder and what those import. Imports are bare file names, since all files
 * are served side by side. Throws WsdlError for what is missing, ill-formed or contradictory.
 */
export function readDefinitions(directory: string, edit: Edit = asWritten): Definitions {
  const folder = new Folder(directory, edit);
  const schemas = new SchemaSet((file, from) => folder.open(file, from));
  const components = new Map(SHARED_KINDS.map((kind) => [kind, new Map<string, XmlElement>()]));
  const services: XmlElement[] = [];
  const imported = new Map<string, ReadonlySet<string>>();
  const described = new Map<string, ReadonlySet<string>>();

  for (const file of folder.wsdlFiles()) {
    const root = folder.open(file);
    const namespace = checkRoot(root);
    imported.set(file, new Set([namespace, ...checkImports(root, folder)]));
    described.set(file, addSchemas(root, schemas));
    services.push(...childrenOf(root, WSDL, 'service'));

    for (const [kind, known] of components) {
      for (const node of childrenOf(root, WSDL, kind)) {
        const key = clark({ namespace, local: attributeOf(node, 'name') });
        if (known.has(key)) fail(node, 'is declared a second time');
        known.set(key, node);
      }
    }
  }
  schemas.compileAll();

  return {
    services,
    schemas,
    documents: folder.documents,
    find(kind, name, from) {
      const found = components.get(kind)?.get(clark(name));
      if (found === undefined) return fail(from, `refers to an unknown ${kind} ${clark(name)}`);
      if (imported.get(from.file)?.has(name.namespace)) return found;
      return fail(
        from,
        `refers to ${clark(name)}, but its file has no wsdl:import of that namespace`,
      );
    },
    checkElementVisible(name, from) {
      if (described.get(from.file)?.has(name.namespace)) return;
      fail(
        from,
        `refers to ${clark(name)}, but the wsdl:types of its file do not know that namespace`,
      );
    },
  };
}

/** The files of one directory, each read and parsed once. */
class Folder {
  readonly documents = new Map<string, string>();
  private readonly roots = new Map<string, XmlElement>();

  constructor(
    private readonly directory: string,
    private readonly edit: Edit,
  ) {}

  wsdlFiles(): string[] {
    const files = this.allFiles().filter((file) => file.endsWith('.wsdl'));
    if (files.length === 0) throw new WsdlError(`There is no .wsdl file in ${this.directory}.`);
    return files.sort();
  }

  /** `from` is the import that names the file. */
  open(file: string, from?: XmlElement): XmlElement {
    const known = this.roots.get(file);
    if (known !== undefined) return known;

    const text = this.edit(file, this.read(file, from));
    const root = parseXml(file, text);
    this.documents.set(file, text);
    this.roots.set(file, root);
    return root;
  }

  private allFiles(): string[] {
    try {
      return readdirSync(this.directory);
    } catch {
      throw new WsdlError(`The folder ${this.directory} cannot be read.`);
    }
  }

  private read(file: string, from: XmlElement | undefined): string {
    if (from !== undefined && !/^[\w.-]+$/.test(file)) {
      fail(from, `names "${file}"; give the bare name of a file in the same folder`);
    }
    try {
      return readFileSync(join(this.directory, file), 'utf8');
    } catch {
      if (from !== undefined) fail(from, `names ${file}, which cannot be read in the same folder`);
      throw new WsdlError(`${file} in ${this.directory} cannot be read.`);
    }
  }
}

function checkRoot(root: XmlElement): string {
  if (root.namespace !== WSDL || root.local !== 'definitions') fail(root, 'is no wsdl:definitions');
  return attributeOf(root, 'targetNamespace');
}

function checkImports(root: XmlElement, folder: Folder): string[] {
  return childrenOf(root, WSDL, 'import').map((node) => {
    const namespace = attributeOf(node, 'namespace');
    const location = attributeOf(node, 'location');
    const actual = checkRoot(folder.open(location, node));
    if (actual === namespace) return namespace;
    return fail(node, `expects the namespace ${namespace} in ${location}, which has ${actual}`);
  });
}

function addSchemas(root: XmlElement, schemas: SchemaSet): ReadonlySet<string> {
  const inline = childrenOf(root, WSDL, 'types').flatMap((types) => types.children);
  return new Set(inline.flatMap((schema) => [...schemas.add(schema)]));
}
