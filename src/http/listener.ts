// The HTTP server: bounds, who serves which request, and a stop that loses no request in progress.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { HTTP_LIMITS } from '../limits';
import type { Exchange } from '../sandbox/exchange';
import type { Catalogue } from '../wsdl/schema';
import { baseUrlOf, boundUrl } from './base-url';
import { ClientErrors } from './client-error';
import type { Readiness } from './readiness';
import type { Site } from './site';
import { createSoapEndpoint } from './soap-endpoint';

export interface ListenerOptions {
  readonly exchange: Exchange;
  readonly catalogue: Catalogue;
  readonly readiness: Readiness;
  readonly baseUrl?: string;
  readonly trustProxy: boolean;
  /** The version that a bare `?wsdl` answers. */
  readonly wsdlVersion: string;
  /** Told of what no request should be able to cause. */
  readonly onDefect: (error: unknown) => void;
  /** Instead of the usual bounds, for tests that cannot wait for them. */
  readonly limits?: Partial<Record<keyof typeof HTTP_LIMITS, number>>;
}

export interface Listener {
  /** Rejects as node:net does: EADDRINUSE, EACCES, EADDRNOTAVAIL, ENOTFOUND. */
  listen(port: number, host: string): Promise<{ readonly url: string; readonly port: number }>;
  /** Stops accepting, finishes what is in progress within the bound, closes idle connections at once. */
  close(): Promise<void>;
}

export function createListener(options: ListenerOptions): Listener {
  const { readiness } = options;
  const limits = { ...HTTP_LIMITS, ...options.limits };
  const clientErrors = new ClientErrors();
  const endpoint = createSoapEndpoint(options);
  let bound = '';
  let site: Site | undefined;

  const serve = (request: IncomingMessage, response: ServerResponse, expecting: boolean): void => {
    clientErrors.begun(request, response);
    if (readiness.draining) response.shouldKeepAlive = false;
    if (request.method !== 'POST') {
      site ??= loadSite({
        ...options,
        baseUrlOf: (asked) => baseUrlOf(asked, { ...options, bound }),
      });
      site(request, response);
    } else if (expecting) endpoint.serveExpecting(request, response);
    else endpoint.serve(request, response);
  };

  const server = createServer({
    maxHeaderSize: limits.headerBytes,
    headersTimeout: limits.headersTimeoutMs,
    requestTimeout: limits.requestTimeoutMs,
    keepAliveTimeout: limits.keepAliveTimeoutMs,
    connectionsCheckingInterval: Math.min(limits.headersTimeoutMs, 1_000),
  });
  server.maxConnections = limits.connections;
  // A client that has sent its request and closes its sending side still gets the answer: it may have been charged.
  // The option is as old as Node's HTTP and not in its types.
  Object.assign(server, { httpAllowHalfOpen: true });
  server.on('request', (request, response) => serve(request, response, false));
  server.on('checkContinue', (request, response) => serve(request, response, true));
  server.on('clientError', (error, socket) => clientErrors.answer(error, socket));

  return {
    listen: async (port, host) => {
      const address = await listening(server, port, host, options.onDefect);
      bound = boundUrl(address.address, address.port);
      return { url: bound, port: address.port };
    },
    close: () => {
      readiness.drain();
      return closed(server, limits.drainMs);
    },
  };
}

/** Loading a web framework takes longer than everything else at a start. */
function loadSite(options: import('./site').SiteOptions): Site {
  const { createSite } = require('./site') as typeof import('./site');
  return createSite(options);
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

function closed(server: Server, drainMs: number): Promise<void> {
  return new Promise((resolve) => {
    // A connection becomes idle the moment its last answer is out; asking again is the only way to learn of it.
    const sweep = setInterval(() => server.closeIdleConnections(), 20);
    const bound = setTimeout(() => server.closeAllConnections(), drainMs);
    server.close(() => {
      clearInterval(sweep);
      clearTimeout(bound);
      resolve();
    });
    server.closeIdleConnections();
  });
}
