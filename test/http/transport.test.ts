// What may arrive on a connection, and what becomes of it. Counts executions: a refused request has none.
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { HTTP_LIMITS } from '../../src/limits';
import { type Counting, countingListener, heldListener, post, rawClient } from './support';

/** 64 kilobytes. */
const CHUNK = `10000\r\n${'x'.repeat(65_536)}\r\n`;

let server: Counting;
beforeAll(async () => {
  server = await countingListener();
});
afterAll(() => server.listener.close());

/** The server still serves others, and serves them right. */
async function stillServes(): Promise<void> {
  const response = await fetch(server.url, { method: 'POST', body: 'next' });
  expect([response.status, await response.text()]).toEqual([200, '<next>']);
}

function executedDuring(task: () => Promise<void>): Promise<string[]> {
  const before = server.executed.length;
  return task().then(() => server.executed.slice(before));
}

describe('a POST', () => {
  test.each([
    ['/AmountChargingService/services/AmountCharging'],
    ['/AmountChargingService/services/AmountCharging/'],
    ['/parlayx30/payment/AmountCharging'],
    ['/'],
    ['/livez'],
    ['/%zz?wsdl'],
  ])('to %s reaches the engine', async (path) => {
    const response = await rawClient(server.port)
      .send(`POST ${path} HTTP/1.1\r\nHost: test\r\nContent-Length: 2\r\n\r\nhi`)
      .received(/<hi>$/);
    expect(response).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
    expect(server.requests.at(-1)?.path).toBe(path);
  });

  test('in absolute form, as through a proxy, reaches it too', async () => {
    await rawClient(server.port)
      .send('POST http://gateway.example/x HTTP/1.1\r\nHost: test\r\nContent-Length: 2\r\n\r\nhi')
      .received(/<hi>$/);
  });

  test('hands over header names in lower case', async () => {
    await rawClient(server.port)
      .send(post('a', 'Soapaction: "run"', 'X-ANY: 1'))
      .received(/<a>$/);
    expect(server.requests.at(-1)?.headers).toMatchObject({ soapaction: '"run"', 'x-any': '1' });
  });

  test('is answered without naming the software', async () => {
    const response = await fetch(server.url, { method: 'POST', body: 'x' });
    expect(response.headers.get('x-powered-by')).toBeNull();
    expect(response.headers.get('server')).toBeNull();
  });

  test('that offers an upgrade to HTTP/2 is answered in HTTP/1.1', async () => {
    const headers = [
      'Connection: Upgrade, HTTP2-Settings',
      'Upgrade: h2c',
      'HTTP2-Settings: AAMAAABk',
    ];
    const text = await rawClient(server.port)
      .send(post('a', ...headers))
      .received(/<a>$/);
    expect(text).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
  });

  test('in chunks is put together', async () => {
    const text = await rawClient(server.port)
      .send(post(undefined, 'Transfer-Encoding: chunked'))
      .send('3\r\nabc\r\n')
      .send('2;ext=1\r\nde\r\n0\r\n\r\n')
      .received(/<abcde>$/);
    expect(text).toContain('Content-Length: 7\r\n');
  });

  test('of HTTP/1.0 gets a length and no chunks, and its connection closed', async () => {
    const text = await rawClient(server.port)
      .send('POST / HTTP/1.0\r\nContent-Length: 2\r\n\r\nhi')
      .closed();
    expect(text).toContain('\r\nContent-Length: 4\r\n');
    expect(text).not.toMatch(/transfer-encoding/i);
    expect(text).toMatch(/\r\n\r\n<hi>$/);
  });

  test('of HTTP/1.0 with keep-alive keeps its connection', async () => {
    const request = 'POST / HTTP/1.0\r\nConnection: keep-alive\r\nContent-Length: 2\r\n\r\nhi';
    const client = rawClient(server.port).send(request);
    await client.received(/<hi>$/);
    await client.send(request).received(/<hi>HTTP.*<hi>$/s);
    client.socket.destroy();
  });
});

test('pipelined requests are executed and answered in their order', async () => {
  const client = rawClient(server.port);
  const executed = await executedDuring(async () => {
    await client.send(post('one') + post('two') + post('three')).received(/<three>$/);
  });
  expect(executed).toEqual(['one', 'two', 'three']);
  expect(client.text().match(/<\w+>/g)).toEqual(['<one>', '<two>', '<three>']);
  client.socket.destroy();
});

describe('a body', () => {
  const limit = HTTP_LIMITS.bodyBytes;

  test('of the greatest length is read', async () => {
    const response = await fetch(server.url, { method: 'POST', body: 'x'.repeat(limit) });
    expect(response.status).toBe(200);
    expect((await response.text()).length).toBe(limit + 2);
  });

  test('declared longer is 413, and the connection closed', async () => {
    const executed = await executedDuring(async () => {
      const text = await rawClient(server.port)
        .send(post(undefined, `Content-Length: ${limit + 1}`))
        .send('x'.repeat(limit + 1))
        .closed();
      expect(text).toMatch(/^HTTP\/1\.1 413 Payload Too Large\r\n/);
      expect(text).toContain('Connection: close\r\n');
    });
    expect(executed).toEqual([]);
    await stillServes();
  });

  test('of undeclared length is 413 once it is longer', async () => {
    const executed = await executedDuring(async () => {
      const client = rawClient(server.port).send(post(undefined, 'Transfer-Encoding: chunked'));
      for (let sent = 0; sent < 8; sent += 1) client.send(CHUNK);
      expect(await client.send('0\r\n\r\n').closed()).toMatch(
        /^HTTP\/1\.1 413 Payload Too Large\r\n/,
      );
    });
    expect(executed).toEqual([]);
    await stillServes();
  });

  test('that never ends is dropped for a while, then cut off', async () => {
    const client = rawClient(server.port).send(post(undefined, 'Transfer-Encoding: chunked'));
    let over = false;
    const closed = client.closed().finally(() => {
      over = true;
    });
    while (!over) {
      if (client.socket.write(CHUNK)) continue;
      await Promise.race([once(client.socket, 'drain').catch(() => {}), closed]);
    }
    expect(await closed).toMatch(/^HTTP\/1\.1 413 Payload Too Large\r\n/);
    await stillServes();
  });

  test.each([['gzip'], ['deflate'], ['br'], ['x-unknown'], ['gzip, gzip']])(
    'encoded with %s is 415 before a byte of it is read',
    async (encoding) => {
      const executed = await executedDuring(async () => {
        const text = await rawClient(server.port)
          .send(post('not gzip at all', `Content-Encoding: ${encoding}`))
          .closed();
        expect(text).toMatch(/^HTTP\/1\.1 415 Unsupported Media Type\r\n/);
      });
      expect(executed).toEqual([]);
      await stillServes();
    },
  );

  test('encoded with identity is read', async () => {
    await rawClient(server.port).send(post('a', 'Content-Encoding: identity')).received(/<a>$/);
  });

  test('that breaks off is never executed', async () => {
    const executed = await executedDuring(async () => {
      const client = rawClient(server.port)
        .send(post(undefined, 'Content-Length: 10'))
        .send('half');
      client.socket.end();
      await client.closed();
    });
    expect(executed).toEqual([]);
    await stillServes();
  });
});

describe('Expect: 100-continue', () => {
  test('is answered, then the body is read', async () => {
    const client = rawClient(server.port).send(
      post(undefined, 'Content-Length: 2', 'Expect: 100-continue'),
    );
    await client.received(/^HTTP\/1\.1 100 Continue\r\n\r\n$/);
    await client.send('hi').received(/\r\n\r\n<hi>$/);
    client.socket.destroy();
  });

  test.each([
    [`Content-Length: ${HTTP_LIMITS.bodyBytes + 1}`, 413],
    ['Content-Length: 2\r\nContent-Encoding: gzip', 415],
  ])('with %j is refused at once', async (headers, status) => {
    const text = await rawClient(server.port)
      .send(post(undefined, headers, 'Expect: 100-continue'))
      .closed();
    expect(text).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    await stillServes();
  });

  test('with anything else is 417', async () => {
    const text = await rawClient(server.port)
      .send(post('a', 'Expect: a miracle'))
      .received(/\r\n\r\n/);
    expect(text).toMatch(/^HTTP\/1\.1 417 /);
  });
});

describe('what is no HTTP', () => {
  test.each([
    [
      'two lengths',
      'POST / HTTP/1.1\r\nHost: t\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab',
      400,
    ],
    [
      'a length and chunks',
      'POST / HTTP/1.1\r\nHost: t\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
      400,
    ],
    ['a negative length', 'POST / HTTP/1.1\r\nHost: t\r\nContent-Length: -1\r\n\r\n', 400],
    ['a broken chunk', `${post(undefined, 'Transfer-Encoding: chunked')}zz\r\n`, 400],
    ['no host', 'POST / HTTP/1.1\r\nContent-Length: 1\r\n\r\na', 400],
    ['TLS', Buffer.from([0x16, 0x03, 0x01, 0x02, 0x00, 0x01, 0x00]), 400],
    ['headers too long', post('a', `X: ${'y'.repeat(HTTP_LIMITS.headerBytes)}`), 431],
  ])('%s is refused plainly', async (_name, bytes, status) => {
    const executed = await executedDuring(async () => {
      const text = await rawClient(server.port).send(bytes).closed();
      expect(text).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
      expect(text).toMatch(/connection: close/i);
      expect(text).not.toMatch(/at .*\.(js|ts)|node:/);
    });
    expect(executed).toEqual([]);
    await stillServes();
  });

  test('after a whole request does not cost that request its answer', async () => {
    const held = await heldListener();
    const client = rawClient(held.port).send(`${post('paid')}GARBAGE\r\n\r\n`);
    await held.begun;
    held.release();
    const text = await client.closed();
    expect(text).toMatch(/^HTTP\/1\.1 200 OK\r\n.*<paid>$/s);
    expect(held.executed).toEqual(['paid']);
    await held.listener.close();
  });
});

describe('time', () => {
  const limits = { headersTimeoutMs: 50, requestTimeoutMs: 50, keepAliveTimeoutMs: 50 };

  test.each([
    ['slow headers', 'POST / HTTP/1.1\r\nHost:'],
    ['a slow body', post(undefined, 'Content-Length: 5')],
  ])('%s are cut off with 408', async (_name, bytes) => {
    const hasty = await countingListener({ limits });
    expect(await rawClient(hasty.port).send(bytes).closed()).toMatch(/^HTTP\/1\.1 408 /);
    expect(hasty.executed).toEqual([]);
    await hasty.listener.close();
  });

  test('an idle connection is closed', async () => {
    const hasty = await countingListener({ limits });
    expect(await rawClient(hasty.port).send(post('a')).closed()).toMatch(/<a>$/);
    await hasty.listener.close();
  });
});

test('connections beyond the limit are closed, the others served', async () => {
  const small = await countingListener({ limits: { connections: 1 } });
  const first = rawClient(small.port).send(post('a'));
  await first.received(/<a>$/);
  expect(await rawClient(small.port).closed()).toBe('');
  await first.send(post('b')).received(/<b>$/);
  first.socket.destroy();
  await small.listener.close();
});

test('a client gone before the answer: executed once, and nothing breaks', async () => {
  const held = await heldListener();
  const client = rawClient(held.port).send(post('paid'));
  await held.begun;
  client.socket.destroy();
  await client.closed();
  held.release();
  await held.listener.close();
  expect(held.executed).toEqual(['paid']);
  expect(held.defects).toEqual([]);
});

test('a client that closes its sending side still gets its answer', async () => {
  const held = await heldListener();
  const client = rawClient(held.port, { allowHalfOpen: true });
  const finished = once(client.socket, 'finish');
  client.socket.end(post('paid'));
  await Promise.all([held.begun, finished]);
  await fetch(`${held.url}/livez`);
  held.release();
  expect(await client.closed()).toMatch(/<paid>$/);
  await held.listener.close();
});

test('an engine that throws is answered plainly, and told of', async () => {
  const broken = await countingListener({
    exchange: () => Promise.reject(new Error('secret in /srv/x')),
  });
  const response = await fetch(broken.url, { method: 'POST', body: 'a' });
  expect([response.status, await response.text()]).toEqual([500, 'Internal error.\n']);
  expect(broken.defects).toEqual([new Error('secret in /srv/x')]);
  await broken.listener.close();
});
