// A second reader of the files: node-soap builds a client from each service and sees the same operations.
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { createClientAsync } from 'soap';
import { loadPackagedCatalogue, packagedDirectory } from '../../../src/wsdl/packaged';
import type { Type } from '../../../src/wsdl/schema';
import { isPayment } from '../../support/operations';

const catalogue = loadPackagedCatalogue({ confirmationRefs: ['v4_0', 'v3_1'] });

/** The parts of a type as node-soap describes them: a list has `[]` after its name. */
function described(type: Type): unknown {
  if (type.kind === 'simple') {
    const { base, values } = type;
    return values === undefined ? `xsd:${base}` : expect.stringContaining(`|${values.join()}`);
  }
  return Object.fromEntries(
    type.elements.map((element) => [
      element.maxOccurs > 1 ? `${element.name}[]` : element.name,
      described(element.type),
    ]),
  );
}

/** node-soap's description without its notes on namespaces. */
function withoutNamespaces(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => name !== 'targetNSAlias' && name !== 'targetNamespace')
      .map(([name, below]) => [name, withoutNamespaces(below)]),
  );
}

describe('node-soap reads', () => {
  test.each(catalogue.services.map((service) => [service.file, service] as const))(
    '%s with all its operations and parts',
    async (file, service) => {
      const folder = isPayment(service) ? service.version : `messaging/${service.version}`;
      const client = await createClientAsync(join(packagedDirectory(folder), file));
      const operations = catalogue.operations.filter(
        ({ interfaceName, version }) =>
          interfaceName === service.interfaceName && version === service.version,
      );

      expect(withoutNamespaces(client.describe())).toEqual({
        [service.name]: {
          [service.port]: Object.fromEntries(
            operations.map(({ name, request, response }) => [
              name,
              { input: described(request.type), output: described(response.type) },
            ]),
          ),
        },
      });
    },
  );
});
