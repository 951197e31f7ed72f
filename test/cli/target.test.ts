// Where a command looks for its emulator, and what it says when there is none or it may not ask.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { targetOf } from '../../src/cli/target';
import { createEmulator, type Emulator } from '../../src/emulator';
import { emulated, run } from './in-process';

describe('the address', () => {
  const DEFAULT = 'http://127.0.0.1:8310';
  test.each<[Record<string, string>, Record<string, string>, string, string]>([
    [{}, {}, DEFAULT, DEFAULT],
    [{ port: '1' }, {}, 'http://127.0.0.1:1', 'http://127.0.0.1:1'],
    [{ host: '0.0.0.0' }, {}, DEFAULT, DEFAULT],
    [{ host: '::1' }, {}, 'http://[::1]:8310', 'http://[::1]:8310'],
    [{ adminPort: '2' }, {}, DEFAULT, 'http://127.0.0.1:2'],
    [{}, { PARLAYX_PORT: '3' }, 'http://127.0.0.1:3', 'http://127.0.0.1:3'],
    [{ url: 'http://a:1/' }, {}, 'http://a:1', 'http://a:1'],
    [{}, { PARLAYX_URL: 'http://b:1' }, 'http://b:1', 'http://b:1'],
    [{}, { PARLAYX_URL: 'http://b:1', PARLAYX_PORT: '3' }, 'http://b:1', 'http://b:1'],
    [{ port: '3' }, { PARLAYX_URL: 'http://b:1' }, 'http://127.0.0.1:3', 'http://127.0.0.1:3'],
    [{ url: 'http://a:1' }, { PARLAYX_ADMIN_URL: 'http://b:2' }, 'http://a:1', 'http://a:1'],
    [
      {},
      { PARLAYX_URL: 'http://b:1', PARLAYX_ADMIN_URL: 'http://b:2' },
      'http://b:1',
      'http://b:2',
    ],
    [{ sandbox: 'x' }, { PARLAYX_URL: 'http://b:1' }, 'http://b:1/s/x', 'http://b:1/s/x'],
    [{ sandbox: 'x' }, { PARLAYX_URL: 'http://b:1/s/x' }, 'http://b:1/s/x', 'http://b:1/s/x'],
    [{}, { PARLAYX_SANDBOX: 'x' }, `${DEFAULT}/s/x`, `${DEFAULT}/s/x`],
  ])('flags %j, environment %j: %s and %s', (flags, environment, url, adminUrl) => {
    expect(targetOf(flags, { environment })).toMatchObject({ url, adminUrl });
  });

  test.each([
    ['--port 0', 2, 'The port is left open (0): say where the emulator is with --url.\n'],
    [
      '--url http://b:1/s/x --sandbox y',
      2,
      '--sandbox says y, but http://b:1/s/x is the sandbox x.\n',
    ],
    ['--url nowhere', 2, '--url: found "nowhere", expected an http or https address\n'],
    [
      '--port 1',
      11,
      'No emulator answers at http://127.0.0.1:1 (ECONNREFUSED): start one with "parlayx-emulator serve", or say with --url where it is.\n',
    ],
  ])('clock %s: %d', async (flags, code, err) => {
    expect(await run(`clock ${flags}`)).toEqual({ code, out: '', err });
  });

  test('a variable of a near name is refused', async () => {
    const { code, err } = await run('clock', { PARLAYX_ADMIN_ULR: 'http://b:1' });
    expect([code, err]).toEqual([
      2,
      'PARLAYX_ADMIN_ULR: unknown variable, did you mean PARLAYX_ADMIN_URL?\n',
    ]);
  });
});

describe('an admin API that asks for a token, on a port of its own', () => {
  const TOKEN = 'a-token-for-tests';
  let emulator: Emulator;
  beforeAll(async () => {
    const server = { adminPort: 0, adminToken: TOKEN };
    emulator = await createEmulator({ configuration: { server } });
  });
  afterAll(() => emulator.close());
  const ask = (flags: string, more: Record<string, string> = {}) =>
    run(`clock ${flags}`, { PARLAYX_URL: emulator.url, ...more });

  test('is asked there, with the token', async () => {
    const there = { PARLAYX_ADMIN_URL: emulator.adminUrl };
    expect((await ask(`--admin-token ${TOKEN}`, there)).code).toBe(0);
    expect((await ask('', { ...there, PARLAYX_ADMIN_TOKEN: TOKEN })).code).toBe(0);
  });

  test('without the token: 12', async () => {
    expect(await ask('', { PARLAYX_ADMIN_URL: emulator.adminUrl })).toEqual({
      code: 12,
      out: '',
      err: 'A bearer token is asked for. Give the one that was printed at the start as --admin-token or PARLAYX_ADMIN_TOKEN.\n',
    });
  });

  test('at the port of the services: 13', async () => {
    expect(await ask('')).toEqual({
      code: 13,
      out: '',
      err: 'The admin API and the metrics have a port of their own. Name it with --admin-url or --admin-port.\n',
    });
  });
});

describe('somebody else', () => {
  let server: Server;
  beforeAll(async () => {
    server = createServer((_request, response) => response.end('<h1>It works!</h1>'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterAll(() => {
    server.close();
  });

  test('is told from an emulator: 12', async () => {
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    expect(await run(`accounts --url ${url}`)).toEqual({
      code: 12,
      out: '',
      err: `What answers at ${url} is no parlayx-emulator, or one of another version: say with --url where it is.\n`,
    });
  });
});

test('readyz is of the emulator, whichever sandbox a command is for', async () => {
  const { url } = await emulated();
  expect(await run('readyz', { PARLAYX_URL: `${url}/s/x` })).toEqual({
    code: 0,
    out: 'ready\n',
    err: '',
  });
});
