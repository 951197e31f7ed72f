// Writes the files that are made from others: types from the WSDL, JSON Schema from the configuration's schema,
// pages of docs/ from the tables that drive the code.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { configurationJsonSchema } from '../config/json-schema';
import { adminDocument } from '../control/document';
import { checksDocument, faultsDocument } from '../payment/documents';
import { faultInjectionDocument } from '../sandbox/faults/document';
import { deviationsDocument } from '../soap/deviation';
import { profilesDocument } from '../soap/profiles-document';
import { writeGeneratedTypes } from '../wsdl/generate';
import { PACKAGE_ROOT } from '../wsdl/packaged';
import type { CommandDefinition } from './definition';
import { commandLineDocument } from './document';
import { EXIT } from './exit-code';
import type { Terminal } from './terminal';

const ADMIN_PAGE = join('docs', 'admin-api.md');

export function generate(commands: readonly CommandDefinition[], terminal: Terminal): number {
  const written = [
    ...writeGeneratedTypes(),
    write(join('fixtures', 'configuration.schema.json'), configurationJsonSchema()),
    write(ADMIN_PAGE, adminDocument(readFileSync(join(PACKAGE_ROOT, ADMIN_PAGE), 'utf8'))),
    write(join('docs', 'command-line.md'), commandLineDocument(commands)),
    write(join('docs', 'checks.md'), checksDocument()),
    write(join('docs', 'faults.md'), faultsDocument()),
    write(join('docs', 'fault-injection.md'), faultInjectionDocument()),
    write(join('docs', 'profiles.md'), profilesDocument()),
    write(join('docs', 'deviations.md'), deviationsDocument()),
  ];
  for (const { file, changed } of written) {
    const name = relative(PACKAGE_ROOT, file);
    terminal.out(changed ? `${name} written` : `${name} is up to date`);
  }
  return EXIT.ok;
}

function write(name: string, text: string): { readonly file: string; readonly changed: boolean } {
  const file = join(PACKAGE_ROOT, name);
  const changed = !existsSync(file) || readFileSync(file, 'utf8') !== text;
  if (changed) writeFileSync(file, text);
  return { file, changed };
}
