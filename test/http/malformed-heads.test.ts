// Heads of requests that are not as RFC 9112 has them: those of hand-written clients work, and what could change where
// a body ends does not.
import { setImmediate as turn } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createEmulator, type Emulator, type ExchangeRecord } from '../../src/emulator';
import { headLength, mendedHead } from '../../src/http/head';
import { chargeEnvelope } from '../cli/charge';
import { type Counting, countingListener, rawClient } from './support';

const START = 'POST /x HTTP/1.1\r\nHost: t\r\n';
const END = 'Content-Length: 2\r\n\r\n';

let server: Counting;
beforeAll(async () => {
  server = await countingListener();
});
afterAll(() => server.listener.close());

/** By the name of what is wrong: the lines between, and the headers that the engine sees of them. */
const MENDABLE: readonly (readonly [string, string, Record<string, string>])[] = [
  ['no colon', 'Just a text\r\n', {}],
  ['an assignment', 'User-Agent = x\r\n', {}],
  ['a space in the name', 'X Header: v\r\n', {}],
  ['a space after the name', 'X-A : v\r\n', { 'x-a': ' v' }],
  ['no name', ': v\r\n', {}],
  ['a name with quotes', '"X": 1\r\n', {}],
  ['a name in ISO 8859-1', 'X-\u00e9: x\r\n', {}],
  ['a name in UTF-8', 'Auth\u00c3\u00a9: x\r\n', {}],
  ['a control character', 'X-A: \u0001v\r\nX-B: w\r\n', { 'x-b': 'w' }],
  ['a folded line', 'X-A: v\r\n\t folded\r\n', { 'x-a': 'v folded' }],
  ['a folded line at first', ' folded: x\r\n', {}],
  ['a second request line', 'POST / HTTP/1.1\r\n', {}],
  ['a line that ends with LF', 'Accept: text/xml\nX-B: w\r\n', { accept: 'text/xml', 'x-b': 'w' }],
  ['several of them', 'Foo\r\nX-A: v\n w\r\nX B: c\r\n', { 'x-a': 'v w' }],
];

describe('a request is served all the same', () => {
  test.each(MENDABLE)('%s', async (_what, lines, headers) => {
    const text = await sent([`${START}${lines}${END}hi`]);
    expect(text).toMatch(/^HTTP\/1\.1 200 OK\r\n[\s\S]*\r\n\r\n<hi>$/);
    expect(text).toMatch(/\r\nconnection: close\r\n/i);
    expect(seen(headers)).toEqual(trimmed(headers));
    expect(server.requests.at(-1)?.mendedHeaders?.length).toBeGreaterThan(0);
  });

  test.each([1, 2, 3, 7, 40])('however it is cut, into %i bytes', async (size) => {
    const head = `${START}X Header: v\nX-A: a\r\n b\r\n${END.replaceAll('\r', '')}hi`;
    const parts = head.match(new RegExp(`[\\s\\S]{1,${size}}`, 'g')) ?? [];
    expect(await sent(parts)).toMatch(/^HTTP\/1\.1 200 OK\r\n[\s\S]*\r\n\r\n<hi>$/);
    expect(seen({ 'x-a': '' })).toEqual({ 'x-a': 'a b' });
  });

  test('a body that comes later and looks like a head is a body', async () => {
    const body = 'a: b\n\nPOST / HTTP/1.1\r\n\r\n';
    const length = `Content-Length: ${body.length}\r\n\r\n`;
    expect(await sent([`${START}Foo\r\n${length}`, body.slice(0, 5), body.slice(5)])).toMatch(
      new RegExp(`\r\n\r\n<${body}>$`),
    );
  });

  test('one of HTTP/1.0 whose lines all end with LF', async () => {
    const text = await sent(['POST /x HTTP/1.0\nContent-Length: 2\n\nhi']);
    expect(text).toMatch(/^HTTP\/1\.1 200 OK\r\n[\s\S]*\r\n\r\n<hi>$/);
  });

  test('after empty lines', async () => {
    expect(await sent([`\r\n\n${START}Foo\r\n${END}hi`])).toMatch(/<hi>$/);
  });
});

test('a head to the letter is handed on as it is, and its connection stays open', async () => {
  const client = rawClient(server.port).send(`${START}X-A: \u00e9\r\n${END}hi`);
  expect(await client.received(/<hi>$/)).not.toMatch(/connection: close/i);
  expect(server.requests.at(-1)?.mendedHeaders).toBeUndefined();
  await client.send(`${START}${END}ho`).received(/<ho>$/);
  client.socket.destroy();
});

describe('what may say where the body ends is refused: 400', () => {
  test.each([
    ['a length without a colon', 'Content-Length\r\n'],
    ['a length without a colon, with a number', 'Content-Length 5\r\n'],
    ['a space after Content-Length', 'Content-Length : 1\r\n'],
    ['a space within Content-Length', 'Content- Length: 1\r\n'],
    ['a space after Transfer-Encoding', 'Transfer-Encoding : chunked\r\n'],
    ['a folded Transfer-Encoding', 'Transfer-Encoding:\r\n chunked\r\n'],
    ['a folded line that is a length', ' Content-Length: 1\r\n'],
    ['a length behind a bare CR', 'X-A: a\rContent-Length: 1\r\n'],
    ['a length after another length', 'Foo\r\nContent-Length: 1\r\n'],
    ['chunks beside a length', 'Foo\r\nTransfer-Encoding: chunked\r\n'],
    ['a length that is none', 'Foo\r\nContent-Length: 0x1\r\n'],
  ])('%s', async (_what, lines) => {
    const before = server.executed.length;
    const text = await rawClient(server.port).send(`${START}${lines}${END}hi`).closed();
    expect(text).toMatch(/^HTTP\/1\.1 400 /);
    expect(server.executed.length).toBe(before);
  });
});

describe('the end of a head', () => {
  test.each([
    ['A\r\nB: c\r\n\r\nbody', 11],
    ['A\nB: c\n\nbody', 8],
    ['A\r\nB: c\n\r\nbody', 10],
    ['\r\n\r\nA\r\n\r\nbody', 9],
    ['A\r\nB: c\r\n', undefined],
    ['\r\n\r\n', undefined],
  ])('of %j is at %p', (text, length) => {
    expect(headLength(Buffer.from(text))).toBe(length);
  });
});

test('what was mended is told by line', () => {
  const head = mendedHead(Buffer.from(`${START}Foo\r\nX-A: v\r\n w\r\nX-B : c\r\nX-C: d\n\r\n`));
  expect(head?.mended).toEqual(['line 3', 'line 5', 'line 6', 'line 7']);
  expect(head?.bytes.toString()).toBe(`${START}X-A: v w\r\nX-B: c\r\nX-C: d\r\n\r\n`);
});

describe('an exchange', () => {
  let emulator: Emulator;
  const records: ExchangeRecord[] = [];
  beforeAll(async () => {
    emulator = await createEmulator({
      configuration: { applications: { careful: { strict: true } } },
      log: { exchange: (record) => records.push(record), defect: () => {} },
    });
  });
  afterAll(() => emulator.close());

  test.each([
    ['anonymous', '', 'chargeAmountResponse'],
    [
      'careful',
      `Authorization: Basic ${btoa('careful:x')}\r\n`,
      'Refused for the deviation http.header',
    ],
  ])('of %s tells the deviation', async (_application, authorization, answer) => {
    const body = chargeEnvelope('tel:+15550100', '1');
    const path = '/AmountChargingService/services/AmountCharging';
    const head = `POST ${path} HTTP/1.1\r\nHost: t\r\n${authorization}X Header: v\r\nContent-Type: text/xml\r\nSOAPAction: ""\r\n`;
    const text = await rawClient(emulator.port)
      .send(`${head}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`)
      .closed();
    expect(text).toContain(answer);
    const where = `line ${authorization === '' ? 3 : 4}`;
    expect(records.at(-1)?.deviations).toMatchObject([{ name: 'http.header', where }]);
  });
});

async function sent(parts: readonly string[]): Promise<string> {
  const client = rawClient(server.port);
  client.socket.setNoDelay(true);
  for (const part of parts) {
    client.socket.write(part, 'latin1');
    await turn();
  }
  return client.received(/\r\n\r\n[\s\S]+$/);
}

function seen(names: Readonly<Record<string, string>>): Record<string, string | undefined> {
  const { headers = {} } = server.requests.at(-1) ?? {};
  return Object.fromEntries(Object.keys(names).map((name) => [name, headers[name]]));
}

function trimmed(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, value.trim()]));
}
