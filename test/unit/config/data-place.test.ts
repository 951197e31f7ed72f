// Where the ledgers of sandboxes lie, and which of them are there.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { databaseFile, namesIn } from '../../../src/config/data-place';

const root = mkdtempSync(join(tmpdir(), 'parlayx-places-'));
afterAll(() => rmSync(root, { recursive: true }));

test.each([
  [':memory:', 'team-a', ':memory:'],
  ['data', 'team-a', 'data/team-a.db'],
  ['data/', 'default', 'data/default.db'],
  ['data/ledger.db', 'default', 'data/ledger.db'],
  ['data/ledger.db', 'team-a', 'data/ledger.team-a.db'],
  ['ledger.sqlite3', 'team-a', 'ledger.team-a.sqlite3'],
])('in %s the sandbox %s has %s', (place, name, file) => {
  expect(databaseFile(place, name)).toBe(file);
});

test('those with a file in a folder are there', () => {
  const folder = join(root, 'folder');
  mkdirSync(folder);
  for (const file of ['default.db', 'default.db.lock', 'default.db-wal', 'team-a.db', '.db', 'x']) {
    writeFileSync(join(folder, file), '');
  }
  expect(namesIn(folder).slice().sort()).toEqual(['default', 'team-a']);
});

test('beside one file those named after it are there', () => {
  const folder = join(root, 'beside');
  mkdirSync(folder);
  for (const file of ['ledger.db', 'ledger.team-a.db', 'ledger.team-a.db.lock', 'other.db']) {
    writeFileSync(join(folder, file), '');
  }
  expect(namesIn(join(folder, 'ledger.db'))).toEqual(['default', 'team-a']);
});

test.each([[':memory:'], [join(root, 'nowhere')], [join(root, 'nowhere.db')]])(
  'in %s there are none',
  (place) => {
    expect(namesIn(place)).toEqual([]);
  },
);
