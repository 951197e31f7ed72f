// Health from start to stop, and a stop that loses nothing.
import { describe, expect, test } from '@jest/globals';
import { Readiness } from '../../src/http/readiness';
import { countingListener, heldListener, post, rawClient } from './support';

describe('health', () => {
  test.each([['/readyz'], ['/healthz'], ['/health']])('%s follows the start', async (path) => {
    const readiness = new Readiness(['seeds']);
    const server = await countingListener({ readiness });
    const early = await fetch(server.url + path);
    expect([early.status, await early.text()]).toEqual([503, 'Waiting for seeds.\n']);
    readiness.arrived('seeds');
    const later = await fetch(server.url + path);
    expect([later.status, await later.text()]).toEqual([200, 'ready\n']);
    await server.listener.close();
  });

  test('in trouble it says so until that is over, and SOAP goes on', async () => {
    let trouble: string | undefined = 'The disk is gone.';
    const server = await countingListener({ readiness: new Readiness([], () => trouble) });
    const during = await fetch(`${server.url}/readyz`);
    expect([during.status, await during.text()]).toEqual([503, 'The disk is gone.\n']);
    const charged = await fetch(server.url, { method: 'POST', body: 'charge' });
    expect([charged.status, server.executed]).toEqual([200, ['charge']]);
    trouble = undefined;
    const after = await fetch(`${server.url}/readyz`);
    expect([after.status, await after.text()]).toEqual([200, 'ready\n']);
    await server.listener.close();
  });

  test('/livez is alive from the first moment', async () => {
    const server = await countingListener({ readiness: new Readiness(['seeds']) });
    const response = await fetch(`${server.url}/livez`);
    expect([response.status, await response.text()]).toEqual([200, 'alive\n']);
    await server.listener.close();
  });

  test('while stopping it says so', () => {
    const readiness = new Readiness(['seeds']);
    readiness.drain();
    expect([readiness.serving, readiness.reasons]).toEqual([
      false,
      ['Waiting for seeds.', 'Stopping.'],
    ]);
  });
});

test('before the seeds are in, SOAP is refused with 503 and not executed', async () => {
  const readiness = new Readiness(['seeds']);
  const server = await countingListener({ readiness });
  const response = await fetch(server.url, { method: 'POST', body: 'charge' });
  expect([response.status, response.headers.get('retry-after')]).toEqual([503, '1']);
  expect(await response.text()).toBe('Waiting for seeds.\n');
  expect(server.executed).toEqual([]);
  await server.listener.close();
});

describe('a stop', () => {
  test('finishes what is in progress and closes its connection', async () => {
    const held = await heldListener();
    const client = rawClient(held.port).send(post('paid'));
    await held.begun;
    const stopped = held.listener.close();
    held.release();
    const text = await client.closed();
    expect(text).toMatch(/<paid>$/);
    expect(text).toContain('\r\nConnection: close\r\n');
    await stopped;
  });

  test('closes idle connections at once', async () => {
    const server = await countingListener();
    const idle = rawClient(server.port).send(post('a'));
    await idle.received(/<a>$/);
    const silent = rawClient(server.port);
    await silent.send('').socket.once('connect', () => {});
    await server.listener.close();
    expect(await idle.closed()).toMatch(/<a>$/);
  });

  test('closes connections that clients have opened in advance, and said nothing on', async () => {
    const far = 600_000;
    const limits = { drainMs: far, headersTimeoutMs: far, requestTimeoutMs: far };
    const server = await countingListener({ limits });
    const silent = rawClient(server.port);
    const later = rawClient(server.port).send(post('a'));
    await later.received(/<a>$/);
    await server.listener.close();
    expect(await silent.closed()).toBe('');
  });

  test('begins nothing new on a connection that is still in use', async () => {
    const held = await heldListener();
    const client = rawClient(held.port).send(post('first'));
    await held.begun;
    const stopped = held.listener.close();
    client.send(post('second'));
    held.release();
    const text = await client.closed();
    expect(text).toContain('<first>');
    expect(text).not.toContain('<second>');
    expect(held.executed).toEqual(['first']);
    await stopped;
  });

  test('does not wait for ever for what does not finish', async () => {
    const stuck = await countingListener({
      exchange: () => new Promise(() => {}),
      limits: { drainMs: 50 },
    });
    const client = rawClient(stuck.port).send(post('a'));
    while (stuck.executed.length === 0) await new Promise((resolve) => setImmediate(resolve));
    await stuck.listener.close();
    expect(await client.closed()).toBe('');
  });

  test('frees the port', async () => {
    const server = await countingListener();
    await server.listener.close();
    await expect(fetch(server.url)).rejects.toThrow();
  });
});
