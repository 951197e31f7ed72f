// The versions that are served, by the token in their namespaces.
import { v2_0 } from './v2_0';
import { v2_1 } from './v2_1';
import { v3_1 } from './v3_1';
import { v4_0 } from './v4_0';
import type { Version } from './version';

const VERSIONS: ReadonlyMap<string, Version> = new Map([
  ['v4_0', v4_0],
  ['v3_1', v3_1],
  ['v2_1', v2_1],
  ['v2_0', v2_0],
]);

/**
 * How messages are read that do not tell their version or go beyond it: without a namespace of ours they are of 2.1, as
 * nearly all of the field is (of 2.2 for messaging, which came with it), and of 4.0 where those have no such operation.
 */
export const READING = {
  assumedVersions: ['v2_1', 'v2_2', 'v4_0'],
  repeatedFields: new Map([['ChargingInformation/description', 'description.repeated']] as const),
} as const;

/** The version whose token is `name`. Throws when there is none: operations come from the catalogue alone. */
export function versionNamed(name: string): Version {
  const version = VERSIONS.get(name);
  if (version === undefined) throw new Error(`no mapping for version ${name}`);
  return version;
}
