// The schemas of one release together: which of them declares a name, and who may refer to it.
// What a declaration says is read in types.ts. Knows nothing of WSDL.
import type { ElementDeclaration, SimpleType, SimpleValue, Type } from './schema';
import {
  allowAttributes,
  compileType,
  isQualified,
  type References,
  type Schema,
  typeOfElement,
  XSD,
} from './types';
import { attributeOf, clark, fail, type QName, referenceOf, type XmlElement } from './xml';

const SIMPLE_TYPES: readonly SimpleType[] = [
  'string',
  'anyURI',
  'boolean',
  'decimal',
  'int',
  'long',
  'dateTime',
];
const BUILT_IN: ReadonlyMap<string, SimpleValue> = new Map(
  SIMPLE_TYPES.map((base) => [base, { kind: 'simple', base }]),
);

interface Component {
  readonly node: XmlElement;
  readonly schema: Schema;
}

/** Add every schema first, then ask for elements. All of it throws WsdlError. */
export class SchemaSet implements References {
  private readonly elements = new Map<string, Component>();
  private readonly types = new Map<string, Component>();
  private readonly compiled = new Map<Component, Type>();
  private readonly inProgress = new Set<Component>();
  private readonly files = new Set<string>();

  /** `open` reads the root of another file of the folder, given the element that names it. */
  constructor(private readonly open: (file: string, from: XmlElement) => XmlElement) {}

  /** Adds a schema and all it imports or includes; answers the namespaces visible in it. */
  add(root: XmlElement): ReadonlySet<string> {
    if (root.namespace !== XSD || root.local !== 'schema') fail(root, 'is not an xsd:schema');
    allowAttributes(root, ['targetNamespace', 'elementFormDefault', 'version', 'id']);
    const targetNamespace = attributeOf(root, 'targetNamespace');
    const visible = new Set([targetNamespace, XSD]);
    const qualified = isQualified(root, 'elementFormDefault', false);
    const schema = { targetNamespace, qualified, visible };

    for (const node of root.children) {
      if (node.namespace !== XSD) fail(node, 'is not an XML Schema element');
      if (node.local === 'import') {
        visible.add(attributeOf(node, 'namespace'));
        this.follow(node, attributeOf(node, 'namespace'));
      } else if (node.local === 'include') this.follow(node, targetNamespace);
      else if (node.local === 'element') declare(this.elements, { node, schema });
      else if (node.local === 'complexType') declare(this.types, { node, schema });
      else if (node.local === 'simpleType') declare(this.types, { node, schema });
      else if (node.local !== 'annotation') fail(node, 'is not supported in a schema');
    }
    return visible;
  }

  /** The global element of that name, which `from` refers to. */
  element(name: QName, from: XmlElement): ElementDeclaration {
    const component = this.elements.get(clark(name));
    if (component === undefined) return fail(from, `refers to an unknown element ${clark(name)}`);

    const { node, schema } = component;
    allowAttributes(node, ['name', 'type', 'id']);
    const type = this.once(component, () => typeOfElement(node, schema, this));
    return { name: name.local, namespace: name.namespace, type, minOccurs: 1, maxOccurs: 1 };
  }

  typeReferredTo(from: XmlElement, attribute: string, schema: Schema): Type {
    const name = visibleName(from, attribute, schema);
    if (name.namespace === XSD) {
      const type = BUILT_IN.get(name.local);
      return type ?? fail(from, `uses xsd:${name.local}, which is not supported`);
    }
    const component = this.types.get(clark(name));
    return component === undefined
      ? fail(from, `refers to an unknown type ${clark(name)}`)
      : this.named(component);
  }

  elementReferredTo(from: XmlElement, schema: Schema): ElementDeclaration {
    return this.element(visibleName(from, 'ref', schema), from);
  }

  /** Compiles every declaration, so that a mistake is found also where no operation uses it. */
  compileAll(): void {
    for (const { node, schema } of this.elements.values()) {
      this.element({ namespace: schema.targetNamespace, local: attributeOf(node, 'name') }, node);
    }
    for (const component of this.types.values()) this.named(component);
  }

  private follow(node: XmlElement, namespace: string): void {
    const file = node.attributes.get('schemaLocation');
    if (file === undefined) return;

    const root = this.open(file, node);
    const actual = root.attributes.get('targetNamespace') ?? 'none';
    if (actual !== namespace) {
      fail(node, `expects the namespace ${namespace} in ${file}, which has ${actual}`);
    }
    if (this.files.has(file)) return;
    this.files.add(file);
    this.add(root);
  }

  private named(component: Component): Type {
    const { node, schema } = component;
    return this.once(component, () => compileType(node, attributeOf(node, 'name'), schema, this));
  }

  /** A declaration is compiled once; one that contains itself could never end. */
  private once(component: Component, compile: () => Type): Type {
    const known = this.compiled.get(component);
    if (known !== undefined) return known;
    if (this.inProgress.has(component)) return fail(component.node, 'contains itself');

    this.inProgress.add(component);
    const type = compile();
    this.compiled.set(component, type);
    return type;
  }
}

function declare(components: Map<string, Component>, component: Component): void {
  const { node, schema } = component;
  const key = clark({ namespace: schema.targetNamespace, local: attributeOf(node, 'name') });
  if (components.has(key)) fail(node, 'is declared a second time');
  components.set(key, component);
}

function visibleName(from: XmlElement, attribute: string, schema: Schema): QName {
  const name = referenceOf(from, attribute);
  if (schema.visible.has(name.namespace)) return name;
  return fail(from, `refers to ${clark(name)}, but its schema has no xsd:import of that namespace`);
}
