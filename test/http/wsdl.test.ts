// The interface files as clients fetch them: by every path, in every spelling, with an address that leads back here.
import { readdirSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { WSDL_VERSIONS } from '../../src/config/configuration';
import { packagedDirectory } from '../../src/wsdl/packaged';
import { type Counting, catalogue, countingListener, rawClient } from './support';

let server: Counting;
beforeAll(async () => {
  server = await countingListener();
});
afterAll(() => server.listener.close());

const AMOUNT = '/AmountChargingService/services/AmountCharging';

async function fetched(path: string): Promise<{ status: number; type: string; text: string }> {
  const response = await fetch(server.url + path);
  return {
    status: response.status,
    type: response.headers.get('content-type') ?? '',
    text: await response.text(),
  };
}

function addressIn(wsdl: string): string | undefined {
  return /<(?:\w+:)?address location="([^"]*)"/.exec(wsdl)?.[1];
}

const SERVICES = catalogue.services.map(
  (service) => [service.interfaceName, service.version, service] as const,
);

/** Types of a release that carry another number than its interfaces. */
const APART: ReadonlyMap<string, string> = new Map([
  ['SendSms v2_2', '_common_types_2_1'],
  ['SendMessage v3_1', '_multimedia_messaging_types_3_0'],
]);

describe('the WSDL of each service', () => {
  test.each(SERVICES)(
    '%s %s tells the address it was asked at',
    async (_name, version, { path }) => {
      const { status, type, text } = await fetched(`${path}?wsdl=${version}`);
      expect([status, type]).toEqual([200, 'text/xml; charset=utf-8']);
      expect(text).toMatch(new RegExp(`targetNamespace="[^"]*/${version}/service"`));
      expect(addressIn(text)).toBe(server.url + path);
    },
  );

  test.each(SERVICES)(
    '%s %s: everything that it imports can be fetched, and is of its version',
    async (name, version, { path }) => {
      const seen = new Set<string>();
      const waiting = [`${server.url}${path}?wsdl=${version}`];
      for (const url of waiting) {
        const response = await fetch(url);
        expect([url, response.status]).toEqual([url, 200]);
        const text = await response.text();
        for (const [, location = ''] of text.matchAll(
          /(?:location|schemaLocation)="([^"]+\.(?:wsdl|xsd))"/g,
        )) {
          const next = new URL(location, url).href;
          if (seen.has(next)) continue;
          seen.add(next);
          waiting.push(next);
        }
      }
      // Its interface and the common types, at least; of its version, but for what older releases share or number apart.
      expect(seen.size).toBeGreaterThanOrEqual(2);
      const token = version.slice(1);
      for (const url of seen) {
        expect(url).toMatch(
          new RegExp(`(?:_${token}|_faults_\\d_\\d|${APART.get(`${name} ${version}`)})\\.`),
        );
      }
    },
  );

  test.each(
    [...WSDL_VERSIONS, 'messaging/v4_0', 'messaging/v3_1', 'messaging/v2_2'].flatMap((folder) =>
      readdirSync(packagedDirectory(folder)).map((file) => [folder, file] as const),
    ),
  )('the canonical path /wsdl/%s/%s', async (folder, file) => {
    const { status, text } = await fetched(`/wsdl/${folder}/${file}`);
    expect([status, text.slice(0, 38)]).toEqual([200, '<?xml version="1.0" encoding="UTF-8"?>']);
  });

  test.each([
    [`${AMOUNT}?wsdl`],
    [`${AMOUNT}?WSDL`],
    [`${AMOUNT}?Wsdl`],
    [`${AMOUNT}?wsdl=`],
    [`${AMOUNT}?wsdl=1`],
    [`${AMOUNT}?x=1&wsdl`],
    [`${AMOUNT}/?wsdl`],
    ['/amountchargingservice/services/amountcharging?wsdl'],
    [`${AMOUNT}/v3?wsdl`],
    ['/parlayx30/payment/AmountCharging?WSDL'],
    ['/parlayxchargeamountgw/services/AmountChargingService/?wsdl'],
    ['/parlay-server/services/AmountChargingPort?wsdl'],
    ['/wsdl/v4_0/parlayx_payment_amount_charging_service_4_0.wsdl'],
    ['/AmountChargingService/services/parlayx_payment_amount_charging_service_4_0.wsdl'],
    [`${AMOUNT}?wsdl=parlayx_payment_amount_charging_service_4_0.wsdl`],
  ])('GET %s', async (path) => {
    const { status, text } = await fetched(path);
    expect(status).toBe(200);
    expect(addressIn(text)).toBe(server.url + AMOUNT);
  });

  test('HEAD has the headers and no body', async () => {
    const response = await fetch(`${server.url}${AMOUNT}?wsdl`, { method: 'HEAD' });
    const { text } = await fetched(`${AMOUNT}?wsdl`);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-length')).toBe(String(Buffer.byteLength(text)));
    expect(await response.text()).toBe('');
  });

  test('HTTP/1.0 gets it with a length', async () => {
    const text = await rawClient(server.port).send(`GET ${AMOUNT}?wsdl HTTP/1.0\r\n\r\n`).closed();
    expect(text).toMatch(/\r\nContent-Length: \d+\r\n/);
    expect(text).not.toMatch(/transfer-encoding/i);
    expect(addressIn(text)).toBe(server.url + AMOUNT);
  });
});

describe('what is not there', () => {
  test.each([
    ['GET', AMOUNT, 405, 'POST'],
    ['GET', `${AMOUNT}/`, 405, 'POST'],
    ['GET', `${AMOUNT}?x=1`, 405, 'POST'],
    ['PUT', AMOUNT, 405, 'POST'],
    ['DELETE', AMOUNT, 405, 'POST'],
    ['OPTIONS', AMOUNT, 405, 'POST'],
    ['PATCH', `${AMOUNT}?wsdl`, 405, 'POST'],
    ['PUT', '/livez', 405, 'GET, HEAD, POST'],
    ['OPTIONS', '/', 405, 'GET, HEAD, POST'],
    ['GET', `${AMOUNT}?wsdl=v9_9`, 404, null],
    ['GET', `${AMOUNT}?wsdl=v2`, 404, null],
    ['GET', '/VolumeChargingService/services/VolumeCharging?wsdl=v2_0', 404, null],
    ['GET', '/nothing?wsdl=v2_1', 404, null],
    ['GET', `${AMOUNT}?wsdl=../../package.json`, 404, null],
    ['GET', `${AMOUNT}?wsdl=..%2F..%2Fx`, 404, null],
    ['GET', `${AMOUNT}?wsdl=nothing.wsdl`, 404, null],
    ['GET', `${AMOUNT}?xsd=2`, 404, null],
    ['GET', '/nothing', 404, null],
    ['GET', '/nothing?wsdl', 404, null],
    ['GET', '/?wsdl', 404, null],
    ['GET', '/wsdl/v4_0/', 404, null],
    ['GET', '/wsdl/v4_0/constructor', 404, null],
    ['GET', '/..%2fpackage.json', 404, null],
    ['GET', '/%zz', 404, null],
    ['HEAD', '/nothing', 404, null],
  ])('%s %s: %d', async (method, path, status, allow) => {
    const response = await fetch(server.url + path, { method });
    expect([response.status, response.headers.get('allow')]).toEqual([status, allow]);
    const text = await response.text();
    expect(text).not.toContain(process.cwd());
    expect(text).not.toMatch(/node_modules|at .*\.[jt]s/);
    expect(response.headers.get('x-powered-by')).toBeNull();
  });

  test('a path that climbs out of the folder', async () => {
    const text = await rawClient(server.port)
      .send('GET /wsdl/../../package.json HTTP/1.1\r\nHost: t\r\nConnection: close\r\n\r\n')
      .closed();
    expect(text).toMatch(/^HTTP\/1\.1 404 /);
  });
});

describe('the address in the WSDL', () => {
  const forwarded = {
    'X-Forwarded-Proto': 'https',
    'X-Forwarded-Host': 'pay.example',
    'X-Forwarded-Prefix': '/emulator',
  };
  const HERE = 'http://127.0.0.1:';

  test.each<[string, object, Record<string, string>, string]>([
    ['the Host header', {}, { Host: 'sdp.example:8310' }, 'http://sdp.example:8310'],
    ['an IPv6 Host', {}, { Host: '[::1]:8310' }, 'http://[::1]:8310'],
    ['no markup from Host', {}, { Host: 'a"><x>' }, HERE],
    ['no path from Host', {}, { Host: 'evil.example/x' }, HERE],
    ['no user from Host', {}, { Host: 'user@evil.example' }, HERE],
    ['no proxy that is not trusted', {}, { Host: 'h', ...forwarded }, 'http://h'],
    [
      'a trusted proxy',
      { trustProxy: true },
      { Host: 'h', ...forwarded },
      'https://pay.example/emulator',
    ],
    [
      'the first of several proxies',
      { trustProxy: true },
      {
        Host: 'h',
        'X-Forwarded-Host': 'first.example, second.example',
        'X-Forwarded-Proto': 'https,http',
      },
      'https://first.example',
    ],
    [
      'the port of a trusted proxy',
      { trustProxy: true },
      { Host: 'h', 'X-Forwarded-Host': 'pay.example', 'X-Forwarded-Port': '8443' },
      'http://pay.example:8443',
    ],
    [
      'no nonsense of a trusted proxy',
      { trustProxy: true },
      {
        Host: 'h',
        'X-Forwarded-Host': '"><script>',
        'X-Forwarded-Proto': 'javascript',
        'X-Forwarded-Prefix': '/a"b',
      },
      'http://h',
    ],
    [
      'the base URL before all else',
      { baseUrl: 'https://fixed.example/px/', trustProxy: true },
      { Host: 'h', ...forwarded },
      'https://fixed.example/px',
    ],
  ])('takes %s', async (_name, options, headers, base) => {
    const special = await countingListener(options);
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
    const text = await rawClient(special.port)
      .send(`GET ${AMOUNT}?wsdl HTTP/1.1\r\n${lines.join('\r\n')}\r\nConnection: close\r\n\r\n`)
      .closed();
    const expected = base === HERE ? special.url : base;
    expect(addressIn(text)).toBe(expected + AMOUNT);
    await special.listener.close();
  });
});

describe('the overview', () => {
  test('is text for a terminal', async () => {
    const { status, type, text } = await fetched('/');
    expect([status, type]).toEqual([200, 'text/plain; charset=utf-8']);
    for (const link of links()) expect(text.split(/\s+/)).toContain(link);
  });

  test('is a page for a browser', async () => {
    const response = await fetch(`${server.url}/`, { headers: { Accept: 'text/html,*/*;q=0.8' } });
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(response.headers.get('vary')).toContain('Accept');
    const text = await response.text();
    for (const link of links()) expect(text).toContain(`href="${link}"`);
  });

  /** A bare `?wsdl` is 4.0. */
  function links(): string[] {
    return catalogue.services.map(({ path, version }) => {
      const query = version === 'v4_0' ? '?wsdl' : `?wsdl=${version}`;
      return `${server.url}${path}${query}`;
    });
  }
});

describe('the version of a bare ?wsdl', () => {
  const VOLUME = '/VolumeChargingService/services/VolumeCharging';

  test.each([
    ['v4_0', `${AMOUNT}?wsdl`, 'v4_0'],
    ['v2_1', `${AMOUNT}?wsdl`, 'v2_1'],
    ['v2_1', `${AMOUNT}/v3?WSDL=`, 'v2_1'],
    ['v2_1', `${AMOUNT}?wsdl=v4_0`, 'v4_0'],
    ['v2_1', `${AMOUNT}?wsdl=V3_1`, 'v3_1'],
    ['v2_0', `${AMOUNT}?wsdl`, 'v2_0'],
    ['v2_0', `${VOLUME}?wsdl`, 'v4_0'],
  ])('configured as %s, GET %s answers %s', async (wsdlVersion, path, version) => {
    const special = await countingListener({ wsdlVersion });
    const text = await (await fetch(special.url + path)).text();
    expect(text).toMatch(new RegExp(`targetNamespace="[^"]*/${version}/service"`));
    await special.listener.close();
  });

  test('the overview says which it is', async () => {
    const special = await countingListener({ wsdlVersion: 'v2_1' });
    const text = await (await fetch(`${special.url}/`)).text();
    expect(text).toContain(`  WSDL v2_1  ${special.url}${AMOUNT}?wsdl\n`);
    expect(text).toContain(`  WSDL v4_0  ${special.url}${AMOUNT}?wsdl=v4_0\n`);
    await special.listener.close();
  });
});
