// From files, or objects of a program, to a configuration. The only door to the schema, so that a start without
// configuration and seed does not pay for loading a validation library (50 ms).
import { dirname, resolve } from 'node:path';
import { checkConfiguration, checkSeed } from './check';
import type { Configuration, ServerOptions } from './configuration';
import { readDocument } from './document';
import { resolveConfiguration, type Sourced } from './resolve';
import type { ConfigurationInput, SeedInput } from './schema';

/** What of a configuration's server section names a file. */
const FILE_KEYS = ['data', 'seed', 'portFile'] as const;

/**
 * Reads a configuration file, the seed file and what stands above both; names of files in the configuration file are
 * relative to it. Throws ConfigurationError or UnreadableFileError.
 */
export function loadFiles(
  file: string | undefined,
  overriding: Partial<ServerOptions>,
): Configuration {
  const configuration =
    file === undefined ? { source: 'configuration', input: {} } : configurationFile(file);
  const server = { ...configuration.input.server, ...overriding };
  return resolveConfiguration(
    { source: configuration.source, input: { ...configuration.input, server } },
    server.seed === undefined ? undefined : seedFile(server.seed),
  );
}

/** The same from the objects of a program. Throws ConfigurationError, or UnreadableFileError for `server.seed`. */
export function loadObjects(configuration: unknown, seed: unknown): Configuration {
  const input = checkConfiguration(configuration, 'configuration');
  const file = input.server?.seed;
  const fromFile = file === undefined ? undefined : seedFile(file);
  return resolveConfiguration(
    { source: 'configuration', input },
    seed === undefined ? fromFile : { source: 'seed', input: checkSeed(seed, 'seed') },
  );
}

function configurationFile(file: string): Sourced<ConfigurationInput> {
  const input = checkConfiguration(readDocument(file), file);
  const server = { ...input.server };
  for (const key of FILE_KEYS) {
    const name = server[key];
    if (name === undefined || name === ':memory:') continue;
    const slash = name.endsWith('/') ? '/' : '';
    server[key] = resolve(dirname(file), name) + slash;
  }
  return { source: file, input: { ...input, server } };
}

function seedFile(file: string): Sourced<SeedInput> {
  return { source: file, input: checkSeed(readDocument(file), file) };
}
