// doctor looks at what could keep an emulator from starting, and says what to do.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, test } from '@jest/globals';
import { driverFinding, nodeFinding } from '../../src/cli/doctor';
import { createEmulator } from '../../src/emulator';
import { emulated, runWords } from './in-process';
import { workplace } from './support';

const folder = mkdtempSync(join(tmpdir(), 'parlayx-doctor-'));
afterAll(() => rmSync(folder, { recursive: true }));

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

async function listening(server: Server): Promise<string> {
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return String((server.address() as AddressInfo).port);
}

/** `{ node: 'ok v20.20.2', port: 'problem Port ...' }` */
async function findings(...words: string[]) {
  const { code, out, err } = await runWords(['doctor', '--json', ...words]);
  expect(err).toBe('');
  const { checks } = JSON.parse(out) as { checks: { name: string; ok: boolean; text: string }[] };
  const told = checks.map(({ name, ok, text }) => [name, `${ok ? 'ok' : 'problem'} ${text}`]);
  return { code, ...Object.fromEntries(told) };
}

test('all is well: 0, a line each', async () => {
  const { code, out } = await runWords(['doctor', '--port', '0', '--data', folder]);
  expect(code).toBe(0);
  expect(out).toMatch(
    /^ok {2}version .*\nok {2}node {11}v.*\nok {2}driver {9}better-sqlite3 with SQLite [\d.]+\nok {2}configuration .*\nok {2}port {11}any that is free\nok {2}data .*\nok {2}ledgers {8}none yet\n$/,
  );
});

describe('node', () => {
  test.each([
    ['v20.12.0', true],
    ['v20.11.9', false],
    ['v18.20.0', false],
    ['v22.0.0', true],
  ])('%s: %p', (version, ok) => {
    expect(nodeFinding(version).ok).toBe(ok);
  });
});

test('a driver that was compiled for another version of Node', () => {
  const found = driverFinding(() => {
    throw new Error('The module was compiled against\na different version');
  });
  expect(found).toEqual({
    ok: false,
    text: 'better-sqlite3 cannot be loaded (The module was compiled against): run "npm rebuild better-sqlite3" with this version of Node.js.',
  });
});

describe('the port', () => {
  test('an emulator has it', async () => {
    const { port } = await emulated();
    expect(await findings('--port', String(port), '--data', ':memory:')).toMatchObject({
      code: 14,
      port: expect.stringMatching(
        /^problem Port \d+ .* in use; .* An emulator [\d.]+ runs there already\.$/,
      ),
    });
  });

  test.each<[string, () => Server, RegExp]>([
    [
      'a web server',
      () =>
        createHttpServer((_request, response) => response.setHeader('Server', 'nginx').end('x')),
      /A web server has it \(nginx\)\.$/,
    ],
    [
      'another program',
      () => createServer((socket) => socket.end('220 mail\r\n')),
      /Another program has it, which speaks no HTTP\.$/,
    ],
  ])('%s has it', async (_name, make, told) => {
    const port = await listening(make());
    const { code, port: found } = await findings('--port', port, '--data', ':memory:');
    expect([code, found]).toEqual([14, expect.stringMatching(told)]);
  });

  test('the address is not of this machine', async () => {
    const { port } = await findings('--host', '203.0.113.1', '--data', ':memory:');
    expect(port).toMatch(/^problem 203\.0\.113\.1 is no address of this machine; /);
  });
});

describe('the data', () => {
  test('a folder that is to be made', async () => {
    const place = join(folder, 'to', 'be');
    const { data } = await findings('--port', '0', '--data', place);
    expect(data).toBe(`ok ${place} will be made`);
  });

  test('a file in the way', async () => {
    writeFileSync(join(folder, 'file'), '');
    const { code, data } = await findings('--port', '0', '--data', join(folder, 'file', 'below'));
    expect([code, data]).toEqual([
      14,
      `problem ${join(folder, 'file')} is no folder: choose another place with --data.`,
    ]);
  });

  test('a ledger that another emulator has open', async () => {
    const place = join(folder, 'used');
    const emulator = await createEmulator({ data: place });
    const { ledgers } = await findings('--port', '0', '--data', place);
    expect(ledgers).toMatch(/^problem The ledger .*default\.db is in use by another process: /);
    await emulator.close();
    expect((await findings('--port', '0', '--data', place)).ledgers).toBe('ok 1, in use by nobody');
  });

  test('a file that is no ledger', async () => {
    const place = join(folder, 'strange');
    mkdirSync(place);
    writeFileSync(join(place, 'default.db'), 'This is a text, not a database.'.repeat(100));
    const { ledgers } = await findings('--port', '0', '--data', place);
    expect(ledgers).toMatch(/^problem .*default\.db is not a ledger of this emulator: /);
  });
});

test('a configuration that is wrong is told, and the rest looked at all the same', async () => {
  const file = join(folder, 'wrong.yaml');
  writeFileSync(file, 'codeWin: true\n');
  expect(await findings('--config', file, '--port', '0', '--data', ':memory:')).toMatchObject({
    code: 14,
    configuration: `problem ${file}: codeWin: unknown key, did you mean "codeWins"?`,
    port: 'ok any that is free',
    data: 'ok in memory',
  });
});

test('it leaves nothing behind', async () => {
  const place = workplace();
  const { code, out } = await place.run('doctor', '--port', '0');
  expect([code, out]).toEqual([0, expect.stringContaining('.parlayx will be made')]);
  expect(require('node:fs').readdirSync(place.folder)).toEqual([]);
  place.remove();
});
