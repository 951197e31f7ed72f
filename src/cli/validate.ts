// Checks a configuration or seed file without starting anything.
import { loadFiles } from '../config/load';
import { ConfigurationError } from '../config/problem';
import { detectedFile } from './configuration-file';
import { EXIT, UsageError } from './exit-code';
import type { Terminal } from './terminal';

/** A seed file is a configuration file with fewer sections, so both are read as one. */
export function validate(named: string | undefined, terminal: Terminal): number {
  const file = named ?? detectedFile();
  if (file === undefined) {
    throw new UsageError('There is no parlayx.yaml here; name the file to validate.');
  }
  try {
    loadFiles(file, {});
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    terminal.err(error.message);
    return EXIT.failedCheck;
  }
  terminal.out(`${file} is valid.`);
  return EXIT.ok;
}
