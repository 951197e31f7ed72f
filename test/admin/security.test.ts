// Who may use the admin API: hosts, pages, tokens, ports.
import { request } from 'node:http';
import { afterEach, describe, expect, test } from '@jest/globals';
import { createEmulator, type Emulator, type EmulatorOptions } from '../../src/emulator';

let started: Emulator[] = [];
afterEach(async () => {
  await Promise.all(started.map((emulator) => emulator.close()));
  started = [];
});

async function emulated(options: EmulatorOptions = {}): Promise<Emulator> {
  const emulator = await createEmulator(options);
  started.push(emulator);
  return emulator;
}

interface Answer {
  readonly status: number;
  readonly headers: Record<string, unknown>;
  readonly body: string;
}

/** Other than fetch, it sends any Host. */
function asked(
  port: number,
  path: string,
  headers: Record<string, string> = {},
  method = 'GET',
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, path, method, headers }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (part: string) => {
        body += part;
      });
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body }),
      );
    });
    sent.on('error', reject).end();
  });
}

const HEALTH = '/__admin/v1/health';
const TOKEN = 'letters-and-digits-1';

describe('on loopback it answers to names of this machine alone', () => {
  test.each([
    ['127.0.0.1:80', 200],
    ['localhost:8310', 200],
    ['LOCALHOST', 200],
    ['127.1.2.3', 200],
    ['[::1]:8310', 200],
    ['attacker.example', 421],
    ['attacker.example:8310', 421],
    ['localhost.attacker.example', 421],
    ['127.0.0.1.attacker.example', 421],
    ['[::2]:8310', 421],
  ])('%s: %i', async (host, status) => {
    const { port } = await emulated();
    expect((await asked(port, HEALTH, { Host: host })).status).toBe(status);
    expect((await asked(port, '/metrics', { Host: host })).status).toBe(status);
  });

  test('and to that of its base URL', async () => {
    const { port } = await emulated({ baseUrl: 'https://pay.example/x' });
    expect((await asked(port, HEALTH, { Host: 'pay.example' })).status).toBe(200);
    expect((await asked(port, HEALTH, { Host: 'other.example' })).status).toBe(421);
  });
});

describe('a page of another origin changes nothing', () => {
  test.each([
    ['its own page', { Origin: 'http://localhost', Host: 'localhost' }, 204],
    ['a program', {}, 204],
    ['another page', { Origin: 'https://attacker.example' }, 403],
    ['another port', { Origin: 'http://localhost:3000', Host: 'localhost:8310' }, 403],
    ['a sandboxed page', { Origin: 'null' }, 403],
    ['a page that hides its origin', { 'Sec-Fetch-Site': 'cross-site' }, 403],
  ])('%s', async (_name, headers, status) => {
    const { port } = await emulated();
    expect((await asked(port, '/__admin/v1/reset', headers, 'POST')).status).toBe(status);
  });

  test('and reads nothing, unless the configuration names its origin', async () => {
    const page = 'http://localhost:3000';
    const [closed, open] = [await emulated(), await emulated({ cors: [page] })];
    const allowed = async (port: number, origin: string) =>
      (await asked(port, HEALTH, { Origin: origin })).headers['access-control-allow-origin'];
    expect(await allowed(closed.port, page)).toBeUndefined();
    expect(await allowed(open.port, page)).toBe(page);
    expect(await allowed(open.port, 'https://attacker.example')).toBeUndefined();

    const reset = await asked(open.port, '/__admin/v1/reset', { Origin: page }, 'POST');
    expect(reset.status).toBe(204);
    const asking = { Origin: page, 'Access-Control-Request-Method': 'PUT' };
    const preflight = await asked(open.port, '/__admin/v1/clock', asking, 'OPTIONS');
    expect(preflight.status).toBe(204);
    expect(preflight.headers['access-control-allow-headers']).toContain('Content-Type');
  });
});

describe('with a token', () => {
  test.each([
    ['none', undefined, 401],
    ['another', 'Bearer letters-and-digits-2', 401],
    ['a longer one', `Bearer ${TOKEN}1`, 401],
    ['as a password', `Basic ${TOKEN}`, 401],
    ['the one', `Bearer ${TOKEN}`, 200],
    ['the one, in another case of the word', `bearer ${TOKEN}`, 200],
  ])('%s', async (_name, authorization, status) => {
    const { port } = await emulated({ adminToken: TOKEN });
    const headers = authorization === undefined ? undefined : { authorization };
    const answer = await asked(port, HEALTH, headers);
    expect(answer.status).toBe(status);
    expect(answer.headers['www-authenticate']).toBe(status === 401 ? 'Bearer' : undefined);
    expect(answer.body).not.toContain(TOKEN);
    expect((await asked(port, '/metrics', headers)).status).toBe(status);
  });

  test('the description and the version tell nothing of a sandbox and are there for everybody', async () => {
    const { port } = await emulated({ adminToken: TOKEN });
    for (const path of ['openapi.json', 'docs', 'version']) {
      expect((await asked(port, `/__admin/v1/${path}`)).status).toBe(200);
    }
  });

  test('clients of the services need none', async () => {
    const { url } = await emulated({ adminToken: TOKEN });
    expect((await fetch(`${url}/readyz`)).status).toBe(200);
  });
});

test('beyond loopback a token is made, whatever the host is called by', async () => {
  const [one, other] = [await emulated({ host: '0.0.0.0' }), await emulated({ host: '0.0.0.0' })];
  expect(one.adminToken).toMatch(/^[\w-]{32}$/);
  expect(one.adminToken).not.toBe(other.adminToken);
  expect((await asked(one.port, HEALTH, { Host: 'box.lan' })).status).toBe(401);
  const authorization = `Bearer ${one.adminToken}`;
  expect((await asked(one.port, HEALTH, { Host: 'box.lan', authorization })).status).toBe(200);
});

test('on loopback none is made', async () => {
  expect((await emulated()).adminToken).toBeUndefined();
});

describe('with a port of its own', () => {
  test('it is only there, and so are the metrics', async () => {
    const { url, adminUrl, port } = await emulated({ adminPort: 0 });
    expect(adminUrl).not.toBe(url);
    expect((await fetch(`${adminUrl}/__admin/v1/health`)).status).toBe(200);
    expect((await fetch(`${adminUrl}/metrics`)).status).toBe(200);
    expect((await fetch(`${adminUrl}/readyz`)).status).toBe(404);
    for (const path of [HEALTH, '/s/one/__admin/v1/clock', '/metrics']) {
      expect((await asked(port, path)).status).toBe(404);
    }
    expect((await asked(port, '/__admin/v1/reset', {}, 'POST')).status).toBe(404);
  });

  test('that is taken, it does not start and leaves the other free', async () => {
    const { port } = await emulated();
    await expect(createEmulator({ adminPort: port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });
});

describe('what only looks like the admin API is a service like any other', () => {
  test.each(['/__administration', '/__Admin/v1/reset', '/s/x/y/__admin/v1/reset', '/x/__admin'])(
    'POST %s',
    async (path) => {
      const { port } = await emulated();
      const answer = await asked(port, path, { 'Content-Type': 'text/xml' }, 'POST');
      expect(answer.headers['content-type']).not.toContain('json');
    },
  );
});

test('the page of the documents loads nothing and runs nothing', async () => {
  const { port } = await emulated();
  const { headers, body } = await asked(port, '/__admin/v1/docs');
  expect(headers['content-security-policy']).toMatch(/^default-src 'none'; style-src 'sha256-/);
  expect(body).not.toMatch(/<script|<link|<img|src=|@import|url\(|https?:\/\//i);
});
