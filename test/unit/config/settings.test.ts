// Flag before environment before file before default.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { databaseFile } from '../../../src/config/data-place';
import { loadFiles } from '../../../src/config/load';
import { readSettings, SETTINGS } from '../../../src/config/settings';

const folder = mkdtempSync(join(tmpdir(), 'parlayx-settings-'));
afterAll(() => rmSync(folder, { recursive: true }));

function written(name: string, text: string): string {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}

describe('precedence', () => {
  const file = written('port.yaml', 'server: { port: 3000 }');
  test.each([
    [{ port: '1000' }, { PARLAYX_PORT: '2000' }, file, 1000],
    [{}, { PARLAYX_PORT: '2000' }, file, 2000],
    [{}, { PARLAYX_PORT: '' }, file, 3000],
    [{}, {}, undefined, 8310],
  ])('flags %j, environment %j, file %s: %d', (flags, environment, name, port) => {
    const { server } = readSettings(flags, environment);
    expect(loadFiles(name, server).server.port).toBe(port);
  });
});

test('every setting has one flag, one variable and one key of the same name', () => {
  expect(SETTINGS.map(({ key, flag, variable }) => [key, flag.split(' ')[0], variable])).toEqual([
    ['port', '--port', 'PARLAYX_PORT'],
    ['host', '--host', 'PARLAYX_HOST'],
    ['data', '--data', 'PARLAYX_DATA'],
    ['seed', '--seed', 'PARLAYX_SEED'],
    ['config', '--config', 'PARLAYX_CONFIG'],
    ['baseUrl', '--base-url', 'PARLAYX_BASE_URL'],
    ['trustProxy', '--trust-proxy', 'PARLAYX_TRUST_PROXY'],
    ['strict', '--strict', 'PARLAYX_STRICT'],
    ['profile', '--profile', 'PARLAYX_PROFILE'],
    ['magic', '--no-magic', 'PARLAYX_MAGIC'],
    ['journal', '--no-journal', 'PARLAYX_JOURNAL'],
    ['maxJournal', '--max-journal', 'PARLAYX_MAX_JOURNAL'],
    ['maxAge', '--max-age', 'PARLAYX_MAX_AGE'],
    ['clock', '--clock', 'PARLAYX_CLOCK'],
    ['wsdlVersion', '--wsdl-version', 'PARLAYX_WSDL_VERSION'],
    ['confirmationRefs', '--confirmation-refs', 'PARLAYX_CONFIRMATION_REFS'],
    ['adminPort', '--admin-port', 'PARLAYX_ADMIN_PORT'],
    ['adminToken', '--admin-token', 'PARLAYX_ADMIN_TOKEN'],
    ['cors', '--cors', 'PARLAYX_CORS'],
    ['logLevel', '--log-level', 'PARLAYX_LOG_LEVEL'],
    ['logFormat', '--log-format', 'PARLAYX_LOG_FORMAT'],
    ['quiet', '--quiet', 'PARLAYX_QUIET'],
    ['readyJson', '--ready-json', 'PARLAYX_READY_JSON'],
    ['portFile', '--port-file', 'PARLAYX_PORT_FILE'],
  ]);
});

describe('texts', () => {
  test.each([
    ['PARLAYX_PORT', '0', { port: 0 }],
    ['PARLAYX_TRUST_PROXY', 'yes', { trustProxy: true }],
    ['PARLAYX_TRUST_PROXY', 'FALSE', { trustProxy: false }],
    ['PARLAYX_MAGIC', 'off', { magic: false }],
    ['PARLAYX_WSDL_VERSION', 'v2_1', { wsdlVersion: 'v2_1' }],
    ['PARLAYX_CONFIRMATION_REFS', 'v4_0', { confirmationRefs: ['v4_0'] }],
    ['PARLAYX_CONFIRMATION_REFS', 'V3_1 , v4_0,v3_1', { confirmationRefs: ['v3_1', 'v4_0'] }],
    ['PARLAYX_CONFIRMATION_REFS', 'none', { confirmationRefs: [] }],
    ['PARLAYX_ADMIN_PORT', '0', { adminPort: 0 }],
    ['PARLAYX_ADMIN_TOKEN', 'letters-and-digits', { adminToken: 'letters-and-digits' }],
    ['PARLAYX_CORS', '*', { cors: ['*'] }],
    ['PARLAYX_CORS', 'http://a:1, https://b', { cors: ['http://a:1', 'https://b'] }],
    ['PARLAYX_LOG_LEVEL', 'Debug', { logLevel: 'debug' }],
    ['PARLAYX_JOURNAL', 'off', { journal: false }],
    ['PARLAYX_MAX_JOURNAL', '500', { maxJournal: 500 }],
    ['PARLAYX_MAX_AGE', '3600', { maxAge: 3600 }],
    ['PARLAYX_CLOCK', '2027-01-01T00:00:00Z', { clock: '2027-01-01T00:00:00Z' }],
    ['PARLAYX_CLOCK', '2028-02-29T09:30+02:00', { clock: '2028-02-29T09:30+02:00' }],
    ['PARLAYX_BASE_URL', 'https://pay.example/x', { baseUrl: 'https://pay.example/x' }],
  ])('%s=%s', (variable, text, server) => {
    expect(readSettings({}, { [variable]: text }).server).toEqual(server);
  });

  test.each([
    ['PARLAYX_PORT', 'tcp://10.0.0.1:80', 'expected a whole number from 0 to 65535'],
    ['PARLAYX_PORT', '65536', 'expected a whole number from 0 to 65535'],
    ['PARLAYX_QUIET', 'maybe', 'expected true or false'],
    ['PARLAYX_MAX_JOURNAL', '0', 'expected a whole number from 1 to 1000000'],
    ['PARLAYX_MAX_AGE', '1h', 'expected a whole number of seconds, 1 or more'],
    ['PARLAYX_CLOCK', '2027-01-01', 'expected an instant such as 2027-01-01T00:00:00Z'],
    ['PARLAYX_CLOCK', '2027-01-01T00:00:00', 'expected an instant such as 2027-01-01T00:00:00Z'],
    ['PARLAYX_CLOCK', '2027-02-29T00:00:00Z', 'expected an instant such as 2027-01-01T00:00:00Z'],
    ['PARLAYX_CLOCK', '2027-04-31T00:00:00Z', 'expected an instant such as 2027-01-01T00:00:00Z'],
    ['PARLAYX_CLOCK', '2100-02-29T00:00:00Z', 'expected an instant such as 2027-01-01T00:00:00Z'],
    ['PARLAYX_CLOCK', '2027-13-01T00:00:00Z', 'expected an instant such as 2027-01-01T00:00:00Z'],
    ['PARLAYX_CLOCK', 'now', 'expected an instant such as 2027-01-01T00:00:00Z'],
    ['PARLAYX_CONFIRMATION_REFS', 'v2_1', 'expected v4_0,v3_1, one of them, or none'],
    ['PARLAYX_CONFIRMATION_REFS', 'v4_0,none', 'expected v4_0,v3_1, one of them, or none'],
    ['PARLAYX_LOG_FORMAT', 'xml', 'expected one of text, json'],
    ['PARLAYX_BASE_URL', 'pay.example', 'expected an http or https address'],
    ['PARLAYX_HOST', ' ', 'expected a host name or address'],
  ])('%s=%s is refused', (variable, text, expected) => {
    const trimmed = JSON.stringify(text.trim() === '' ? ' ' : text);
    expect(() => readSettings({}, { [variable]: text })).toThrow(
      `${variable}: found ${trimmed}, ${expected}`,
    );
  });

  test('a token that is refused is not repeated', () => {
    expect(() => readSettings({}, { PARLAYX_ADMIN_TOKEN: 'sh ort' })).toThrow(
      'PARLAYX_ADMIN_TOKEN: found something else, expected a token of 8 to 200',
    );
  });

  test('a refused flag is named as it is typed', () => {
    expect(() => readSettings({ port: 'x' }, {})).toThrow('--port: found "x", expected');
  });
});

describe('files named in a configuration file', () => {
  test('are relative to it', () => {
    mkdirSync(join(folder, 'deep'));
    written('deep/seed.yaml', 'subscribers: [{ address: "tel:+15550100" }]');
    const file = written('deep/all.yaml', 'server: { data: ledgers/, seed: seed.yaml }');
    const { server, provision } = loadFiles(file, {});
    expect(server.data).toBe(`${join(folder, 'deep', 'ledgers')}/`);
    expect(provision).toHaveLength(1);
  });

  test(':memory: is no file', () => {
    expect(loadFiles(written('memory.yaml', 'server: { data: ":memory:" }'), {}).server.data).toBe(
      ':memory:',
    );
  });
});

describe('a variable that is nearly one of ours', () => {
  test('is refused with what was meant', () => {
    expect(() => readSettings({}, { PARLAYX_PRT: '1' })).toThrow(
      'PARLAYX_PRT: unknown variable, did you mean PARLAYX_PORT?',
    );
  });

  test.each(['PARLAYX_SOMETHING_ELSE_ENTIRELY', 'OTHER_PORT'])('%s is none', (name) => {
    expect(readSettings({}, { [name]: '1' })).toEqual({ server: {} });
  });
});

describe('the place of the data', () => {
  test.each([
    [':memory:', ':memory:'],
    ['new-folder', 'new-folder/default.db'],
    ['new.folder/', 'new.folder/default.db'],
    ['some/new.db', 'some/new.db'],
    ['some/new.sqlite3', 'some/new.sqlite3'],
  ])('%s is %s', (place, file) => {
    const at = (name: string): string => (name === ':memory:' ? name : join(folder, name));
    const given = place.endsWith('/') ? `${at(place)}` : at(place);
    expect(databaseFile(given, 'default')).toBe(at(file));
  });

  test('an existing file is a file, an existing folder a folder, whatever their names', () => {
    const file = written('ledger', '');
    mkdirSync(join(folder, 'folder.db'));
    expect(databaseFile(file, 'default')).toBe(file);
    expect(databaseFile(join(folder, 'folder.db'), 'default')).toBe(
      join(folder, 'folder.db', 'default.db'),
    );
  });
});
