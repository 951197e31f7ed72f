// The operations under test: those of the packaged catalogue, whichever they are.
import { loadPackagedCatalogue } from '../../src/wsdl/packaged';
import type { Operation } from '../../src/wsdl/schema';
import { partsOf } from './requests';

export const CATALOGUE = loadPackagedCatalogue();

/** For test.each: a name and the operation. */
export const OPERATIONS: readonly (readonly [name: string, operation: Operation])[] =
  CATALOGUE.operations.map((operation) => [operation.key, operation]);

export function operationOf(key: string, version = 'v4_0'): Operation {
  const operation = CATALOGUE.byKey(version, key);
  if (operation === undefined) throw new Error(`there is no ${key} in ${version}`);
  return operation;
}

export function has(operation: Operation, part: string): boolean {
  return partsOf(operation).some(({ name }) => name === part);
}

/** The operation of the same interface that answers with a reservation's identifier. */
export function openerOf({ interfaceName, version, key }: Operation): Operation {
  const opener = CATALOGUE.operations.find(
    ({ response, ...each }) =>
      each.interfaceName === interfaceName &&
      each.version === version &&
      response.type.kind === 'complex' &&
      response.type.elements[0]?.type.kind === 'simple',
  );
  if (opener === undefined) throw new Error(`nothing opens a reservation for ${key}`);
  return opener;
}
