// The listener for clients: who serves which request.
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Exchange } from '../sandbox/exchange';
import type { Catalogue } from '../wsdl/schema';
import { type AdminDoor, isAdminPath, isMetricsPath, serveAdmin } from './admin-door';
import { baseUrlOf, boundUrl } from './base-url';
import type { Readiness } from './readiness';
import { createBoundedServer, type ServerLimits } from './server';
import type { Site } from './site';
import { createSoapEndpoint } from './soap-endpoint';

export interface ListenerOptions {
  readonly exchange: Exchange;
  readonly catalogue: Catalogue;
  readonly readiness: Readiness;
  readonly baseUrl?: string;
  readonly trustProxy: boolean;
  /** The names of the sandboxes that are there, for the overview. */
  readonly sandboxes?: () => readonly string[];
  /** The version that a bare `?wsdl` answers. */
  readonly wsdlVersion: string;
  /** Told of what no request should be able to cause. */
  readonly onDefect: (error: unknown) => void;
  /** Serves the admin API and the metrics; without it their paths are like any other. */
  readonly admin?: AdminDoor;
  /** Instead of the usual bounds, for tests that cannot wait for them. */
  readonly limits?: Partial<ServerLimits>;
}

export interface Listener {
  /** Rejects as node:net does: EADDRINUSE, EACCES, EADDRNOTAVAIL, ENOTFOUND. */
  listen(port: number, host: string): Promise<{ readonly url: string; readonly port: number }>;
  /** Stops accepting, finishes what is in progress within the bound, closes idle connections at once. */
  close(): Promise<void>;
}

export function createListener(options: ListenerOptions): Listener {
  const { readiness, admin } = options;
  const endpoint = createSoapEndpoint(options);
  let bound = '';
  let site: Site | undefined;

  /** Undefined when the interface files that it shows cannot be used. */
  const siteNow = (): Site | undefined => {
    try {
      site ??= loadSite({
        ...options,
        baseUrlOf: (asked) => baseUrlOf(asked, { ...options, bound }),
      });
    } catch (error) {
      options.onDefect(error);
    }
    return site;
  };

  const serve = (request: IncomingMessage, response: ServerResponse, expecting: boolean): void => {
    if (readiness.draining) response.shouldKeepAlive = false;
    if (admin !== undefined && isAdminPath(request.url)) {
      serveAdmin(admin, request, response, expecting);
    } else if (request.method !== 'POST') {
      if (admin !== undefined && isMetricsPath(request.url)) {
        admin.serve(request, response);
        return;
      }
      const found = siteNow();
      if (found !== undefined) found(request, response);
      else response.writeHead(503, { 'Content-Type': 'text/plain' }).end(BROKEN);
    } else if (expecting) endpoint.serveExpecting(request, response);
    else endpoint.serve(request, response);
  };

  const server = createBoundedServer({ ...options, serve });
  return {
    listen: async (port, host) => {
      const address = await server.listen(port, host);
      bound = boundUrl(address.address, address.port);
      return { url: bound, port: address.port };
    },
    close: () => {
      readiness.drain();
      return server.close();
    },
  };
}

const BROKEN = 'The interface files cannot be used; the log says why.\n';

/** Loading a web framework takes longer than everything else at a start. */
function loadSite(options: import('./site').SiteOptions): Site {
  const { createSite } = require('./site') as typeof import('./site');
  return createSite(options);
}
