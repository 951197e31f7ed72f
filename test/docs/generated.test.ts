import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { checksDocument, faultsDocument } from '../../src/payment/documents';
import { deviationsDocument } from '../../src/soap/deviation';
import { profilesDocument } from '../../src/soap/profiles-document';

const DOCS = join(__dirname, '..', '..', 'docs');

test.each([
  ['checks.md', checksDocument],
  ['faults.md', faultsDocument],
  ['profiles.md', profilesDocument],
  ['deviations.md', deviationsDocument],
])('docs/%s is what the code does; if not, run npm run generate', (file, document) => {
  expect(readFileSync(join(DOCS, file), 'utf8')).toBe(document());
});
