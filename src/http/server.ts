// A server with its bounds: what a request may cost before it is understood, what is answered to what is no HTTP, and a
// stop that loses no request in progress. Knows nothing of what is served.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { HTTP_LIMITS } from '../limits';
import { ClientErrors } from './client-error';
import { awaitHeads, mendedIn } from './heads';

export type ServerLimits = Readonly<Record<keyof typeof HTTP_LIMITS, number>>;

export interface BoundedServerOptions {
  /** `expecting` when the client waits for `100 Continue` before it sends its body. */
  readonly serve: (request: IncomingMessage, response: ServerResponse, expecting: boolean) => void;
  /** Told of errors of the server itself, once it listens. */
  readonly onDefect: (error: unknown) => void;
  /** Instead of the usual bounds. */
  readonly limits?: Partial<ServerLimits>;
}

export interface BoundedServer {
  /** Rejects as node:net does: EADDRINUSE, EACCES, EADDRNOTAVAIL, ENOTFOUND. */
  listen(port: number, host: string): Promise<AddressInfo>;
  /** Stops accepting, finishes what is in progress within the bound, closes idle connections at once. */
  close(): Promise<void>;
}

export function createBoundedServer(options: BoundedServerOptions): BoundedServer {
  const { serve, onDefect } = options;
  const limits = { ...HTTP_LIMITS, ...options.limits };
  const clientErrors = new ClientErrors();
  const begin = (request: IncomingMessage, response: ServerResponse, expecting: boolean): void => {
    clientErrors.begun(request, response);
    // The next one would not be mended.
    if (mendedIn(request.socket) !== undefined) response.shouldKeepAlive = false;
    serve(request, response, expecting);
  };

  const server = createServer({
    maxHeaderSize: limits.headerBytes,
    headersTimeout: limits.headersTimeoutMs,
    requestTimeout: limits.requestTimeoutMs,
    keepAliveTimeout: limits.keepAliveTimeoutMs,
    connectionsCheckingInterval: Math.min(limits.headersTimeoutMs, 1_000),
  });
  awaitHeads(server, limits);
  server.maxConnections = limits.connections;
  const connections = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    connections.add(socket);
    socket.once('close', () => connections.delete(socket));
  });
  // A client that has sent its request and closes its sending side still gets the answer: it may have been charged.
  // The option is as old as Node's HTTP and not in its types.
  Object.assign(server, { httpAllowHalfOpen: true });
  server.on('request', (request, response) => begin(request, response, false));
  server.on('checkContinue', (request, response) => begin(request, response, true));
  server.on('clientError', (error, socket) => clientErrors.answer(error, socket));

  return {
    listen: (port, host) => listening(server, port, host, onDefect),
    close: () => closed(server, connections, limits.drainMs),
  };
}

function listening(
  server: Server,
  port: number,
  host: string,
  onDefect: (error: unknown) => void,
): Promise<AddressInfo> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.removeListener('error', reject);
      server.on('error', onDefect);
      resolve(server.address() as AddressInfo);
    });
  });
}

function closed(server: Server, connections: ReadonlySet<Socket>, drainMs: number): Promise<void> {
  const closeIdle = (): void => {
    server.closeIdleConnections();
    // Clients connect in advance, and Node takes what has not said a word for a request in progress.
    for (const socket of connections) if (socket.bytesRead === 0) socket.destroy();
  };
  return new Promise((resolve) => {
    // A connection becomes idle the moment its last answer is out; asking again is the only way to learn of it.
    const sweep = setInterval(closeIdle, 20);
    const bound = setTimeout(() => {
      for (const socket of connections) socket.destroy();
    }, drainMs);
    server.close(() => {
      clearInterval(sweep);
      clearTimeout(bound);
      resolve();
    });
    closeIdle();
  });
}
