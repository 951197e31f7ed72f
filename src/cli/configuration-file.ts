// Which configuration a command works with: flags, environment, the file that they name or the one found here.
import { existsSync } from 'node:fs';
import type { Configuration } from '../config/configuration';
import { resolveConfiguration } from '../config/resolve';
import { readSettings } from '../config/settings';

/** Looked for in the working directory, in this order. */
const FILE_NAMES = ['parlayx.yaml', 'parlayx.yml', 'parlayx.json'];

export interface Found {
  readonly configuration: Configuration;
  /** The configuration file; absent when there is none. */
  readonly file?: string;
}

/** Throws ConfigurationError or UnreadableFileError. Reading files costs 80 ms of libraries, so only when there are any. */
export function findConfiguration(
  flags: Readonly<Record<string, unknown>>,
  environment: Readonly<Record<string, string | undefined>>,
): Found {
  const { config, server } = readSettings(flags, environment);
  const file = config ?? detectedFile();
  if (file === undefined && server.seed === undefined) {
    const input = { server };
    return { configuration: resolveConfiguration({ source: 'configuration', input }) };
  }
  const { loadFiles } = require('../config/load') as typeof import('../config/load');
  const configuration = loadFiles(file, server);
  return file === undefined ? { configuration } : { configuration, file };
}

/** The configuration file of the working directory. */
export function detectedFile(): string | undefined {
  return FILE_NAMES.find((name) => existsSync(name));
}
