// Another configuration from one that holds: sections that say how is charged are replaced, checked by the schema and
// the rules of the configuration file. Applies nothing.
import { checkConfiguration } from './check';
import type { Configuration } from './configuration';
import { resolveConfiguration } from './resolve';
import type { ConfigurationInput, SeedInput } from './schema';

/** The sections that can change while a sandbox runs. */
const SECTIONS = [
  'policies',
  'references',
  'confirmation',
  'refunds',
  'accounts',
  'tariffs',
  'prices',
  'applications',
] as const;

/** Sections under their names; one that is undefined is taken away. */
export type Changes = {
  readonly [name in (typeof SECTIONS)[number]]?: ConfigurationInput[name] | undefined;
};

/**
 * What `current` becomes. Tariffs and prices of the seed count no more once their section is replaced. Throws
 * ConfigurationError.
 */
export function changedConfiguration(current: Configuration, changes: Changes): Configuration {
  const source = 'change';
  const { input, seed = {} } = current.written;
  const checked = checkConfiguration(withoutKeys({ ...changes }, []), source);
  const replaced = SECTIONS.filter((name) => name in changes);
  const kept: ConfigurationInput = withoutKeys(input, replaced);
  const seeded: SeedInput = withoutKeys(seed, replaced);
  return resolveConfiguration(
    { source, input: { ...kept, ...checked } },
    { source, input: seeded },
  );
}

/** Also without what is undefined. */
function withoutKeys<T extends object>(value: T, keys: readonly string[]): T {
  return Object.fromEntries(
    Object.entries(value).filter(([key, part]) => part !== undefined && !keys.includes(key)),
  ) as T;
}
