// Waits at each new connection for the head of its first request and has it mended before HTTP is spoken. Clients that
// write their headers by hand open a connection for each request.
import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { canBegin, headLength, mendedHead } from './head';

export interface HeadLimits {
  readonly headerBytes: number;
  readonly headersTimeoutMs: number;
}

const MENDED = new WeakMap<Duplex, readonly string[]>();

/** What was mended in the head of the first request of a connection; undefined when nothing was. */
export function mendedIn(socket: Duplex): readonly string[] | undefined {
  return MENDED.get(socket);
}

/** Stands between the connections of a server and its own listener for them; that one gets every socket afterwards. */
export function awaitHeads(server: Server, limits: HeadLimits): void {
  const listeners = server.listeners('connection');
  server.removeAllListeners('connection');
  /** Those that wait, with what they have sent. */
  const waiting = new Map<Socket, Buffer>();

  const served = (socket: Socket, bytes: Buffer): void => {
    socket.pause();
    socket.unshift(bytes);
    for (const listener of listeners) listener.call(server, socket);
    socket.resume();
  };

  const failed = (socket: Socket, code: string): void => {
    const error = Object.assign(new Error('The head of a request did not arrive.'), { code });
    server.emit('clientError', error, socket);
  };

  server.on('connection', (socket: Socket) => {
    const late = setTimeout(() => {
      stop();
      failed(socket, 'ERR_HTTP_REQUEST_TIMEOUT');
    }, limits.headersTimeoutMs);
    const take = (chunk: Buffer): void => {
      const received = joined(waiting.get(socket), chunk);
      const length = headLength(received);
      waiting.set(socket, received);
      const mayCome = received.length <= limits.headerBytes && canBegin(received);
      if (length === undefined && mayCome) return;
      const head = length === undefined ? undefined : mendedHead(received.subarray(0, length));
      if (head !== undefined) MENDED.set(socket, head.mended);
      stop();
      served(socket, head ? joined(head.bytes, received.subarray(length)) : received);
    };
    const end = (): void => {
      const isBroken = waiting.get(socket) !== NOTHING;
      stop();
      if (isBroken) failed(socket, 'HPE_INVALID_EOF_STATE');
      else socket.end();
    };
    const stop = (): void => {
      clearTimeout(late);
      waiting.delete(socket);
      socket.off('data', take).off('end', end).off('close', stop);
    };
    waiting.set(socket, NOTHING);
    socket.on('error', ignored).on('data', take).on('end', end).on('close', stop);
  });
}

const NOTHING = Buffer.alloc(0);

/** A connection that fails is closed, and that is all there is to do. */
function ignored(): void {}

function joined(before: Buffer | undefined, bytes: Buffer): Buffer {
  return before === undefined || before.length === 0 ? bytes : Buffer.concat([before, bytes]);
}
