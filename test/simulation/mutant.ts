// A rule of src/ broken on purpose.
import type { Change } from './load-source';

export interface Mutant {
  readonly name: string;
  readonly changes: readonly Change[];
}

/** One change in one file. */
export function broken(name: string, file: string, find: string, replace: string): Mutant {
  return { name, changes: [{ file, find, replace }] };
}
