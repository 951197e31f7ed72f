// The service as a process: how it tells that it is there, keeps its ledger, and goes.
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { charge, chargeEnvelope } from './charge';
import { type Running, type Workplace, workplace } from './support';

const OK = /^200 .*chargeAmountResponse/s;
const NO_FUNDS = /^500 .*SVC0270/s;

let place: Workplace;
const left: Workplace[] = [];
let running: Running[] = [];

beforeEach(() => {
  place = workplace();
  left.push(place);
});
afterEach(() => {
  for (const { child } of running) child.kill('SIGKILL');
  running = [];
});
afterAll(() => {
  for (const each of left) each.remove();
});

async function serve(...args: string[]) {
  const service = await place.serve(...args);
  running.push(service);
  return service;
}

function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}

function seed(name: string, balance: string): string {
  writeFileSync(
    join(place.folder, name),
    `subscribers:\n  - address: tel:+15550199\n    wallets: [{ balance: "${balance}" }]\n`,
  );
  return name;
}

describe('the start', () => {
  test('prints one line for machines and a banner for people', async () => {
    const service = await serve();
    expect(service.out()).toBe(`ready ${service.url} sandbox=default seed=none\n`);
    expect(service.err()).toContain(
      '6 services, 20 operations, versions v4_0, v3_1, v2_2, v2_1, v2_0',
    );
    expect(service.err()).toContain(
      `${service.url}/AmountChargingService/services/AmountCharging?wsdl`,
    );
    expect(service.err()).toMatch(/data {2}\.parlayx\n {2}seed {2}none\n/);
  });

  test('prints one curl command that works as it stands', async () => {
    const service = await serve();
    const [command = ''] = /^curl .*$/m.exec(service.err()) ?? [];
    const { stdout } = await promisify(execFile)('sh', ['-c', command]);
    expect(stdout).toContain('chargeAmountResponse');
  });

  test('with --ready-json and --quiet prints JSON and nothing else', async () => {
    const file = seed('seed.yaml', '5');
    const service = place.start('--port', '0', '--quiet', '--ready-json', '--seed', file);
    running.push(service);
    const [line] = await service.line(/^\{.*\}\n/);
    const { url, port, ...rest } = JSON.parse(line);
    expect(url).toBe(`http://127.0.0.1:${port}`);
    expect(rest).toEqual({ ready: true, sandbox: 'default', seed: file, applied: 1, existing: 0 });
    expect((await service.stop()).err).toBe('');
  });

  test('writes the port to --port-file', async () => {
    const service = await serve('--port-file', 'port.txt');
    expect(readFileSync(join(place.folder, 'port.txt'), 'utf8')).toBe(`${service.port}\n`);
  });

  test('warns when others can reach it', async () => {
    const service = place.start('--port', '0', '--host', '0.0.0.0', '--quiet');
    running.push(service);
    const [, port] = await service.line(/^ready http:\/\/127\.0\.0\.1:(\d+) /);
    expect((await service.stop()).err).toMatch(
      new RegExp(`warning Listening on 0\\.0\\.0\\.0, not only on this machine: .* port ${port}`),
    );
  });

  test('finds parlayx.yaml in the working directory', async () => {
    writeFileSync(join(place.folder, 'parlayx.yaml'), 'accounts: { unknown: refuse }\n');
    const service = await serve();
    expect(await charge(service.url, 'tel:+15550100', '1')).toMatch(/^500 /);
    expect(service.err()).not.toContain('curl');
  });

  test('takes its settings from the environment', async () => {
    place.environment.PARLAYX_DATA = ':memory:';
    place.environment.PARLAYX_QUIET = 'true';
    const service = await serve();
    expect(existsSync(join(place.folder, '.parlayx'))).toBe(false);
    expect((await service.stop()).err).toBe('');
  });
});

describe('the ledger', () => {
  test('continues after a restart, and seeds make only what is missing', async () => {
    const file = seed('seed.yaml', '5.00');
    const first = await serve('--seed', file);
    expect(first.err()).toContain('seed  1 applied, 0 already there (seed.yaml)');
    expect(await charge(first.url, 'tel:+15550199', '4.00')).toMatch(OK);
    expect((await first.stop()).code).toBe(0);

    const second = await serve('--seed', file);
    expect(second.err()).toContain('seed  0 applied, 1 already there (seed.yaml)');
    expect(await charge(second.url, 'tel:+15550199', '1.01')).toMatch(NO_FUNDS);
    expect(await charge(second.url, 'tel:+15550199', '1.00')).toMatch(OK);
  });

  test.each([
    [[], '.parlayx/default.db'],
    [['--data', 'folder'], 'folder/default.db'],
    [['--data', 'made/ledger.db'], 'made/ledger.db'],
    [['--data', ':memory:'], undefined],
  ])('with %j is kept in %s', async (args, file) => {
    const service = await serve(...args);
    expect(await charge(service.url, 'tel:+15550100', '1')).toMatch(OK);
    await service.stop();
    const there = ['.parlayx/default.db', 'folder/default.db', 'made/ledger.db'].filter((name) =>
      existsSync(join(place.folder, name)),
    );
    expect(there).toEqual(file === undefined ? [] : [file]);
  });

  test('is for one process: a second one ends with 14 and says why', async () => {
    await serve();
    const { code, out, err } = await place.run('--port', '0');
    expect([code, out]).toEqual([14, '']);
    expect(err).toMatch(/^The ledger .*default\.db is in use by another process: .*\.\n$/);
  });

  test('that contradicts the configuration ends the start with 2 and says why', async () => {
    const registered = (application: string) =>
      writeFileSync(
        join(place.folder, 'parlayx.yaml'),
        `evidence: [{ reference: t1, application: ${application}, subscribers: ["tel:+15550100"] }]\n`,
      );
    registered('shop');
    await (await serve()).stop();
    registered('other');
    expect(await place.run('--port', '0')).toEqual({
      code: 2,
      out: '',
      err:
        'Configuration or seed do not go with the ledger: the evidence "t1" is there already, with another application, ' +
        'service or recipients. Give it another name, or start with another ledger.\n',
    });
  });

  test('that is none is told in one sentence', async () => {
    writeFileSync(join(place.folder, 'notes.db'), 'This is a text, not a database.'.repeat(100));
    const { code, err } = await place.run('--port', '0', '--data', 'notes.db');
    expect(code).toBe(14);
    expect(err).toMatch(/^[^\n]*notes\.db[^\n]*\.\n$/);
  });
});

describe('the end', () => {
  test.each([['SIGTERM'], ['SIGINT'], ['SIGHUP']] as const)('%s: exit 0', async (signal) => {
    const service = await serve();
    expect(await charge(service.url, 'tel:+15550100', '1')).toMatch(OK);
    service.child.kill(signal);
    const { code, err } = await service.finished();
    expect(code).toBe(0);
    expect(err).toMatch(/ AmountCharging\.chargeAmount tel:\+15\*\*\*\*00 ok /);
  });

  test('a second signal ends it at once, whatever is still in progress', async () => {
    const service = await serve();
    const slow = connect(service.port, '127.0.0.1');
    slow.on('error', () => {});
    slow.write('POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n');
    await once(slow, 'data');
    service.child.kill('SIGTERM');
    while (await listens(service.port)) await new Promise((resolve) => setImmediate(resolve));
    expect(service.child.exitCode).toBeNull();
    service.child.kill('SIGTERM');
    expect((await service.finished()).code).toBe(20);
  });

  test('a connection that stays open does not hold it up', async () => {
    const service = await serve();
    const response = await fetch(`${service.url}/livez`, { headers: { Connection: 'keep-alive' } });
    await response.text();
    expect((await service.stop()).code).toBe(0);
  });
});

describe('the log', () => {
  test('has a line an exchange, with the number masked and the reason', async () => {
    const service = await serve('--seed', seed('seed.yaml', '1'));
    await charge(service.url, 'tel:+15550199', '2');
    const { err } = await service.stop();
    expect(err).toMatch(
      /^\d{4}-\d\d-\d\dT[\d:.]+Z anonymous AmountCharging\.chargeAmount tel:\+15\*\*\*\*99 SVC0270 ".+" [\d.]+ms$/m,
    );
    expect(err.replace(/^curl.*$/m, '')).not.toContain('15550199');
  });

  test('has each deviation once, with its count and clause', async () => {
    const service = await serve();
    await chargeOddly(service.url);
    const { err } = await service.stop();
    expect(err).toMatch(
      / ok \[soapaction \(WS-I BP 1\.1 R2745\), part\.ns x3 \(XML Schema 1 §3\.3\.2\)\] [\d.]+ms$/m,
    );
  });

  test('as JSON has each with its place', async () => {
    const service = await serve('--log-format', 'json');
    await chargeOddly(service.url);
    const { err } = await service.stop();
    const [line = ''] = /^\{.*"msg":"exchange".*$/m.exec(err) ?? [];
    expect(JSON.parse(line)).toMatchObject({
      reference: 'ref',
      deviations: [
        { name: 'soapaction', where: 'SOAPAction', clause: 'WS-I BP 1.1 R2745' },
        { where: 'chargeAmount/endUserIdentifier', clause: 'XML Schema 1 §3.3.2' },
        { where: 'chargeAmount/charge' },
        { where: 'chargeAmount/referenceCode' },
      ],
    });
    expect(JSON.parse(line)).not.toHaveProperty('sandbox');
  });

  test.each([
    ['text', /Z \(worker-1\) anonymous AmountCharging\.chargeAmount /],
    ['json', /"sandbox":"worker-1"/],
  ])('as %s names a sandbox that is not the default one', async (format, expected) => {
    const service = await serve('--log-format', format);
    await charge(`${service.url}/s/worker-1`, 'tel:+15550100', '1');
    const { err } = await service.stop();
    expect(err).toMatch(expected);
  });

  test('says which key gives a new subscriber more', async () => {
    const service = await serve();
    await charge(service.url, 'tel:+15550199', '5000');
    const { err } = await service.stop();
    expect(err).toMatch(/ SVC0270 "[^"]*: accounts\.openingBalance says what a new wallet holds" /);
  });

  test.each([
    ['shop', 'shop'],
    ['shop AmountCharging.refundAmount', '"shop AmountCharging.refundAmount"'],
    ['a "shop"', '"a \\"shop\\""'],
  ])('the name %j stays one column', async (name, column) => {
    const service = await serve();
    await charge(service.url, 'tel:+15550100', '1', name);
    const { err } = await service.stop();
    expect(err).toContain(`Z ${column} AmountCharging.chargeAmount tel:+15****00 ok`);
  });

  test('is JSON on demand', async () => {
    const service = await serve('--log-format', 'json');
    await charge(service.url, 'tel:+15550100', '1');
    const { err } = await service.stop();
    const lines = err
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines.at(-1)).toMatchObject({
      level: 30,
      msg: 'exchange',
      application: 'anonymous',
      operation: 'AmountCharging.chargeAmount',
      subscriber: 'tel:+15****00',
      outcome: 'ok',
    });
  });

  test('is silent below its level', async () => {
    const service = await serve('--quiet', '--log-level', 'warn');
    await charge(service.url, 'tel:+15550100', '1');
    expect((await service.stop()).err).toBe('');
  });

  test('that nobody reads any more does not end the service', async () => {
    const service = await serve();
    service.child.stderr?.destroy();
    service.child.stdout?.destroy();
    for (let times = 0; times < 20; times += 1) {
      expect(await charge(service.url, 'tel:+15550100', '1')).toMatch(OK);
    }
    service.child.kill('SIGTERM');
    await new Promise((resolve) => service.child.once('exit', resolve));
    expect(service.child.exitCode).toBe(0);
  });
});

describe('what keeps it from starting', () => {
  test('a port in use: 14', async () => {
    const service = await serve();
    const { code, err } = await place.run('--port', String(service.port), '--data', ':memory:');
    expect(code).toBe(14);
    expect(err).toBe(
      `Port ${service.port} on 127.0.0.1 is in use; choose another with --port, or 0 for a free one.\n`,
    );
  });

  test.each<[string, string[], number, RegExp]>([
    [
      'an unknown flag',
      ['--prot', '1'],
      2,
      /^error: unknown option '--prot'\n\(Did you mean --port\?\)\n$/,
    ],
    [
      'a wrong value',
      ['--port', 'x'],
      2,
      /^--port: found "x", expected a whole number from 0 to 65535\n$/,
    ],
    [
      'a flag without its value',
      ['--port'],
      2,
      /^error: option '--port <number>' argument missing\n$/,
    ],
    ['an unknown command', ['sevre'], 2, /^Unknown command "sevre", did you mean "serve"\?\n$/],
    ['a missing file', ['--config', 'none.yaml'], 13, /^The file none\.yaml does not exist\.\n$/],
    ['a wrong key', ['--config', 'wrong.yaml'], 2, /^wrong\.yaml: prices: .*\n$/],
    [
      'a foreign host',
      ['--host', '203.0.113.1'],
      14,
      /^203\.0\.113\.1 is no address of this machine; .*\n$/,
    ],
    [
      'a port file that cannot be',
      ['--port-file', 'no/such'],
      14,
      /^The port file no\/such cannot be written\.\n$/,
    ],
    [
      'a data folder that cannot be',
      ['--data', 'wrong.yaml/below'],
      14,
      /^[^\n]*wrong\.yaml\/below[^\n]*\n$/,
    ],
  ])('%s', async (_name, args, expected, message) => {
    writeFileSync(join(place.folder, 'wrong.yaml'), 'prices: 1\n');
    const base = args.includes('--port') ? [] : ['--port', '0'];
    const { code, out, err } = await place.run(...base, '--quiet', ...args);
    expect(err).toMatch(message);
    expect([code, out]).toEqual([expected, '']);
  });
});

test('a folder that is full of dots and spaces is a folder', async () => {
  mkdirSync(join(place.folder, 'my data.d'));
  const service = await serve('--data', 'my data.d');
  expect(existsSync(join(place.folder, 'my data.d', 'default.db'))).toBe(true);
  await service.stop();
});

/** Without SOAPAction, and every part out of its namespace. */
function chargeOddly(url: string): Promise<Response> {
  return fetch(`${url}/AmountChargingService/services/AmountCharging`, {
    method: 'POST',
    headers: { 'Content-Type': 'text/xml' },
    body: chargeEnvelope('tel:+15550100', '1').replaceAll(/<(\/?)c:(?!chargeAmount)/g, '<$1'),
  });
}

test('two processes that begin at one instant answer alike, byte for byte', async () => {
  writeFileSync(
    join(place.folder, 'alike.yaml'),
    'faults:\n  - { then: { outcome: error-500 }, probability: 0.4, seed: 7 }\n',
  );
  const run = async () => {
    const service = await serve(
      ...['--clock', '2027-01-01T00:00:00Z', '--data', ':memory:', '--config', 'alike.yaml'],
      ...['--seed', seed('alike-seed.yaml', '20.00')],
    );
    const seen: unknown[] = [];
    for (const sandbox of ['', '/s/other']) {
      for (const amount of ['1', '5', '2.50', '90', '0.01', '7']) {
        const response = await fetch(`${service.url}${sandbox}${SERVICE}`, {
          method: 'POST',
          headers: { 'Content-Type': 'text/xml', SOAPAction: '""' },
          body: chargeEnvelope('tel:+15550199', amount),
        });
        // The date is that of the machine.
        const headers = [...response.headers].filter(([name]) => name !== 'date');
        seen.push([response.status, headers, await response.text()]);
      }
      const prefix = `${service.url}${sandbox}/__admin/v1`;
      await fetch(`${prefix}/clock`, {
        method: 'PUT',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ action: 'advance', ms: 1_000 }),
      });
      for (const path of ['/audit', '/transactions', '/clock']) {
        const told = (await (await fetch(prefix + path)).json()) as object;
        seen.push({ ...told, offsetMs: undefined });
      }
    }
    await service.stop();
    return seen;
  };
  const first = await run();
  expect(first[6]).toMatchObject({ ok: true, digest: expect.stringMatching(/^[0-9a-f]{64}$/) });
  expect(new Set(first.slice(0, 6).map((each) => (each as unknown[])[0]))).toEqual(
    new Set([200, 500]),
  );
  expect(await run()).toEqual(first);
});

const SERVICE = '/AmountChargingService/services/AmountCharging';
