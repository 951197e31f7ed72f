// What the admin API tells while it happens: server-sent events over a real socket, and long polls.
import { connect, type Socket } from 'node:net';
import { afterEach, describe, expect, test } from '@jest/globals';
import { virtualClock } from '../../src/emulator';
import { admin, FAN } from './support';

const START = Date.UTC(2026, 0, 31, 9, 30);

let sockets: Socket[] = [];
afterEach(() => {
  for (const socket of sockets) socket.destroy();
  sockets = [];
});

interface Stream {
  readonly socket: Socket;
  /** Resolves with all that was received once it matches. */
  until(pattern: RegExp): Promise<string>;
  /** Resolves once the other side has closed. */
  readonly closed: Promise<void>;
}

function stream(port: number, path: string): Stream {
  const socket = connect({ port, host: '127.0.0.1' });
  sockets.push(socket);
  let text = '';
  const waiting = new Set<() => void>();
  socket.setEncoding('utf8').on('data', (part) => {
    text += part;
    for (const look of waiting) look();
  });
  socket.on('error', () => {});
  socket.write(`GET ${path} HTTP/1.1\r\nHost: localhost\r\n\r\n`);
  return {
    socket,
    closed: new Promise((resolve) => socket.once('close', () => resolve())),
    until: (pattern) =>
      new Promise((resolve) => {
        const look = (): void => {
          if (!pattern.test(text)) return;
          waiting.delete(look);
          resolve(text);
        };
        waiting.add(look);
        look();
      }),
  };
}

async function reserve(client: Awaited<ReturnType<typeof admin>>): Promise<void> {
  const charge = { description: ['Match'], amount: '10' };
  await client.emulator
    .sandbox()
    .perform(
      'ReserveAmountCharging.reserveAmount',
      { endUserIdentifier: FAN, charge } as never,
      'shop',
    );
}

describe('a stream of events', () => {
  test('tells of an exchange and of its transaction, masked', async () => {
    const client = await admin();
    const events = stream(client.emulator.port, '/__admin/v1/events');
    expect(await events.until(/: connected/)).toMatch(/Content-Type: text\/event-stream/);
    await client.charge('1.50');
    const text = await events.until(
      /event: exchange[\s\S]*event: transaction|event: transaction[\s\S]*event: exchange/,
    );
    expect(text).toContain('id: default-000001');
    expect(text).toContain('"kind":"charge"');
    expect(text).toContain('"amount":"1.50"');
    expect(text).not.toContain('15550100');
  });

  test('tells of a clock that moves and of what runs out', async () => {
    const client = await admin({ clock: virtualClock(START) });
    await reserve(client);
    const events = stream(
      client.emulator.port,
      '/__admin/v1/events?types=transaction,clock&reveal=true',
    );
    await events.until(/: connected/);
    const moved = await client.ask('PUT /clock', {
      action: 'advance',
      duration: { metric: 'Day', units: 1 },
    });
    expect(moved.json.fired).toMatchObject([{ kind: 'reservation.expired' }]);
    const text = await events.until(
      /event: clock[\s\S]*"kind":"expire"|"kind":"expire"[\s\S]*event: clock/,
    );
    expect(text).toContain(FAN);
    expect(text).not.toContain('event: exchange');
  });

  test('is of one sandbox alone', async () => {
    const client = await admin();
    const { port, url } = client.emulator;
    client.emulator.sandbox('one');
    const events = stream(port, '/s/one/__admin/v1/events?types=exchange');
    await events.until(/: connected/);
    await client.charge('1');
    await client.charge('1', `${url}/s/one`);
    expect(await events.until(/event: exchange/)).not.toContain('default-0');
  });

  test('tells that the ledger was taken back', async () => {
    const client = await admin();
    await client.charge('1');
    const events = stream(client.emulator.port, '/__admin/v1/events?types=transaction');
    await events.until(/: connected/);
    await client.ask('POST /reset');
    expect(await events.until(/"reset":true/)).not.toContain('"kind"');
  });

  test('ends with the emulator', async () => {
    const client = await admin();
    const events = stream(client.emulator.port, '/__admin/v1/events');
    await events.until(/: connected/);
    await Promise.all([client.emulator.close(), events.closed]);
  });

  test('that nobody follows any more makes room for another', async () => {
    const client = await admin();
    const { port } = client.emulator;
    const open = Array.from({ length: 64 }, () => stream(port, '/__admin/v1/events'));
    await Promise.all(open.map((events) => events.until(/: connected/)));
    expect((await client.ask('GET /events')).status).toBe(503);
    for (const { socket } of open) socket.destroy();
    await Promise.all(open.map(({ closed }) => closed));
    for (;;) {
      const events = stream(port, '/__admin/v1/events');
      if (/ 200 /.test(await events.until(/\r\n\r\n/))) break;
    }
  });
});

describe('a long poll', () => {
  test('is answered by the exchange that it waits for', async () => {
    const client = await admin();
    const waiting = client.ask('GET /requests/wait?operation=chargeAmount&count=2');
    await client.charge('1');
    await client.charge('2');
    const { enough, exchanges } = (await waiting).json;
    expect(enough).toBe(true);
    expect(exchanges).toMatchObject([{ id: 'default-000001' }, { id: 'default-000002' }]);
  });

  test('is answered when its time is over', async () => {
    const client = await admin();
    const answer = await client.ask('GET /requests/wait?timeoutMs=1');
    expect(answer.json).toEqual({ enough: false, exchanges: [] });
  });

  test('can leave out what has been', async () => {
    const client = await admin();
    await client.charge('1');
    const answer = await client.ask('GET /requests/wait?timeoutMs=1&past=false');
    expect(answer.json).toEqual({ enough: false, exchanges: [] });
  });

  test('does not hold up the end of the emulator', async () => {
    const client = await admin();
    const waiting = client.ask('GET /requests/wait?timeoutMs=60000');
    await client.ask('GET /health');
    await client.emulator.close();
    expect((await waiting).json).toEqual({ enough: false, exchanges: [] });
  });
});
