// Prints the parts of an element the way the tables of the standard do, so that tests can compare them as text.
import type { ElementDeclaration } from '../../../src/wsdl/schema';

/** For example `splitInfo SplitType [1..n], volume long, billingText string [0..1]`. */
export function partsText(element: ElementDeclaration): string {
  return elementsOf(element).map(partText).join(', ');
}

/** The element and all below it as `path namespace`, the namespace as it stands in a message. */
export function namespacesOf(element: ElementDeclaration, above = ''): [string, string][] {
  const path = above === '' ? element.name : `${above}/${element.name}`;
  return [
    [path, element.namespace],
    ...elementsOf(element).flatMap((child) => namespacesOf(child, path)),
  ];
}

export function elementsOf(element: ElementDeclaration): readonly ElementDeclaration[] {
  return element.type.kind === 'complex' ? element.type.elements : [];
}

function partText({ name, type, minOccurs, maxOccurs }: ElementDeclaration): string {
  const typeName = type.kind === 'complex' ? type.name : (type.values?.join('|') ?? type.base);
  const upper = maxOccurs === Number.POSITIVE_INFINITY ? 'n' : String(maxOccurs);
  const occurrence = minOccurs === 1 && maxOccurs === 1 ? '' : ` [${minOccurs}..${upper}]`;
  return `${name} ${typeName}${occurrence}`;
}
