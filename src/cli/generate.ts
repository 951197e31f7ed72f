// Writes the files that are made from others: types from the WSDL, JSON Schema from the configuration's schema.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { configurationJsonSchema } from '../config/json-schema';
import { writeGeneratedTypes } from '../wsdl/generate';
import { PACKAGE_ROOT } from '../wsdl/packaged';
import { EXIT } from './exit-code';
import type { Terminal } from './terminal';

export function generate(terminal: Terminal): number {
  for (const { file, changed } of [writeGeneratedTypes(), writeJsonSchema()]) {
    const name = relative(PACKAGE_ROOT, file);
    terminal.out(changed ? `${name} written` : `${name} is up to date`);
  }
  return EXIT.ok;
}

function writeJsonSchema(): { readonly file: string; readonly changed: boolean } {
  const file = join(PACKAGE_ROOT, 'fixtures', 'configuration.schema.json');
  const text = configurationJsonSchema();
  const changed = !existsSync(file) || readFileSync(file, 'utf8') !== text;
  if (changed) writeFileSync(file, text);
  return { file, changed };
}
