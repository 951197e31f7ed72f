// The files beside the code: examples that work, and a JSON Schema that says what the code says.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { configurationJsonSchema } from '../../../src/config/json-schema';
import { loadFiles } from '../../../src/config/load';
import { configurationSchema } from '../../../src/config/schema';

const FIXTURES = join(__dirname, '..', '..', '..', 'fixtures');

test('the JSON Schema is fresh; if not: npm run generate', () => {
  const file = join(FIXTURES, 'configuration.schema.json');
  expect(readFileSync(file, 'utf8')).toBe(configurationJsonSchema());
});

test('the example configuration and the example seed hold together', () => {
  const { termsOf, provision } = loadFiles(join(FIXTURES, 'example-configuration.yaml'), {
    seed: join(FIXTURES, 'example-seed.yaml'),
  });
  expect(provision).toHaveLength(6);
  expect(termsOf('ringtones').policy.SplitChargingAvailable).toBe(false);
});

test('the example configuration has every section', () => {
  const text = readFileSync(join(FIXTURES, 'example-configuration.yaml'), 'utf8');
  const sections = Object.keys(configurationSchema.shape).filter((key) => !key.startsWith('$'));
  const missing = sections.filter((key) => !new RegExp(`^${key}:`, 'm').test(text));
  // These are in the example seed.
  expect(missing).toEqual(['subscribers', 'evidence']);
});
