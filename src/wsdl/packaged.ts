// The interface files that come with the emulator: where they lie and how much must be in them.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { loadCatalogue } from './catalogue';
import type { Catalogue } from './schema';
import { WsdlError } from './xml';

/** The root of the package: src/wsdl and dist/wsdl both lie two folders below it. */
export const PACKAGE_ROOT = join(__dirname, '..', '..');

/**
 * What each release holds, the newest first: TS 29.199-6 clause 8 has 16 operations in four interfaces. 2.1 cannot
 * split yet; 2.0 charges amounts alone, at once in both of its interfaces.
 */
const RELEASES: ReadonlyMap<string, { readonly services: number; readonly operations: number }> =
  new Map([
    ['v4_0', { services: 4, operations: 16 }],
    ['v3_1', { services: 4, operations: 16 }],
    ['v2_1', { services: 4, operations: 14 }],
    ['v2_0', { services: 2, operations: 8 }],
  ]);

/** The catalogue of all packaged releases. Throws WsdlError when a file is missing or damaged. */
export function loadPackagedCatalogue(): Catalogue {
  const catalogue = loadCatalogue([...RELEASES.keys()].map(packagedDirectory));
  assertComplete(catalogue);
  return catalogue;
}

/** The folder of one release, for example `v4_0`. */
export function packagedDirectory(version: string): string {
  const directory = join(PACKAGE_ROOT, 'wsdl', version);
  if (existsSync(directory)) return directory;
  throw new WsdlError(`The folder ${directory} with the interface files is missing; reinstall.`);
}

/** Throws WsdlError unless every packaged release has as many services and operations as the standard. */
export function assertComplete(catalogue: Catalogue): void {
  for (const [version, expected] of RELEASES) {
    const services = catalogue.services.filter((service) => service.version === version).length;
    const operations = catalogue.operations.filter((each) => each.version === version).length;
    if (services === expected.services && operations === expected.operations) continue;
    throw new WsdlError(
      `The interface files of ${version} hold ${services} services and ${operations} operations, ` +
        `but the standard has ${expected.services} and ${expected.operations}; restore the files of wsdl/${version}.`,
    );
  }
}
