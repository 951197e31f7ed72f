// The page of variants is what the table says. With WRITE_DOCS=1 it is written first.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { variantsDocument } from './document';

const PAGE = join(__dirname, '..', '..', '..', 'docs', 'variants.md');

test('docs/variants.md is up to date', () => {
  if (process.env.WRITE_DOCS === '1') writeFileSync(PAGE, variantsDocument());
  expect(readFileSync(PAGE, 'utf8')).toBe(variantsDocument());
});
