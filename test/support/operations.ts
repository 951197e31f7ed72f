// The operations under test: those of the packaged catalogue, whichever they are.
import { loadPackagedCatalogue } from '../../src/wsdl/packaged';
import type { Catalogue, Operation } from '../../src/wsdl/schema';
import { partsOf } from './requests';

/** All that is served: every version of Payment and of messaging. */
export const PACKAGED = loadPackagedCatalogue();

/** Payment in every version. */
export const PAYMENT = PACKAGED.operations.filter(isPayment);

/** The version of Payment at hand, and of the domain: what is true of it is tested once, for all. */
export const CATALOGUE: Catalogue = {
  ...PACKAGED,
  services: PACKAGED.services.filter(isOfDomain),
  operations: PACKAGED.operations.filter(isOfDomain),
  byLocalName: (localName) => PACKAGED.byLocalName(localName).filter(isOfDomain),
};

/** What sends messages and tells of them, in every version. */
export const MESSAGING = PACKAGED.operations.filter((operation) => !isPayment(operation));

/** For test.each: a name and the operation of Payment. */
export const OPERATIONS: readonly (readonly [name: string, operation: Operation])[] =
  CATALOGUE.operations.map((operation) => [operation.key, operation]);

export function operationOf(key: string, version = 'v4_0'): Operation {
  const operation = PACKAGED.byKey(version, key);
  if (operation === undefined) throw new Error(`there is no ${key} in ${version}`);
  return operation;
}

export function has(operation: Operation, part: string): boolean {
  return partsOf(operation).some(({ name }) => name === part);
}

/** The operation of the same interface that answers with a reservation's identifier. */
export function openerOf({ interfaceName, version, key }: Operation): Operation {
  const opener = PACKAGED.operations.find(
    ({ response, ...each }) =>
      each.interfaceName === interfaceName &&
      each.version === version &&
      response.type.kind === 'complex' &&
      response.type.elements[0]?.type.kind === 'simple',
  );
  if (opener === undefined) throw new Error(`nothing opens a reservation for ${key}`);
  return opener;
}

export function isPayment({ interfaceName }: { readonly interfaceName: string }): boolean {
  return interfaceName.endsWith('Charging');
}

function isOfDomain(each: { readonly version: string; readonly interfaceName: string }): boolean {
  return each.version === 'v4_0' && isPayment(each);
}
