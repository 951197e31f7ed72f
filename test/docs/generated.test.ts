import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { COMMANDS } from '../../src/cli/command-line';
import { commandLineDocument } from '../../src/cli/document';
import { adminDocument } from '../../src/control/document';
import { checksDocument, faultsDocument } from '../../src/payment/documents';
import { faultInjectionDocument } from '../../src/sandbox/faults/document';
import { deviationsDocument } from '../../src/soap/deviation';
import { profilesDocument } from '../../src/soap/profiles-document';

const DOCS = join(__dirname, '..', '..', 'docs');

test.each([
  ['checks.md', checksDocument],
  ['faults.md', faultsDocument],
  ['fault-injection.md', faultInjectionDocument],
  ['profiles.md', profilesDocument],
  ['deviations.md', deviationsDocument],
  ['command-line.md', () => commandLineDocument(COMMANDS)],
])('docs/%s is what the code does; if not, run npm run generate', (file, document) => {
  expect(readFileSync(join(DOCS, file), 'utf8')).toBe(document());
});

test('the table in docs/admin-api.md is that of the code; if not, run npm run generate', () => {
  const page = readFileSync(join(DOCS, 'admin-api.md'), 'utf8');
  expect(page).toBe(adminDocument(page));
});
