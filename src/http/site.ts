// Everything that is not POST: WSDL and schemas with this server's address in them, health, an overview. Loaded with
// the first such request, because a client that only charges should not wait for a web framework to start.
import type { IncomingMessage, ServerResponse } from 'node:http';
import express, { type NextFunction, type Request, type Response } from 'express';
import { readPath } from '../sandbox/selection';
import { isSandboxName } from '../sandbox/worlds';
import { documentWithAddress } from '../wsdl/address';
import type { Catalogue } from '../wsdl/schema';
import { overviewHtml, overviewText } from './overview';
import type { Readiness } from './readiness';
import { createDocuments, endpointsOf, wsdlParameter } from './services';

export interface SiteOptions {
  readonly catalogue: Catalogue;
  readonly readiness: Readiness;
  /** The version that a bare `?wsdl` answers. */
  readonly wsdlVersion: string;
  readonly baseUrlOf: (request: IncomingMessage) => string;
  /** The names of the sandboxes that are there. */
  readonly sandboxes?: () => readonly string[];
  readonly onDefect: (error: unknown) => void;
}

export type Site = (request: IncomingMessage, response: ServerResponse) => void;

export function createSite(options: SiteOptions): Site {
  const { catalogue, readiness, wsdlVersion, sandboxes = () => [], onDefect } = options;
  /** The beginning of the path by which a request names a sandbox: `/s/NAME`. */
  const prefixes = new WeakMap<IncomingMessage, string>();
  const baseUrlOf = (request: IncomingMessage): string =>
    options.baseUrlOf(request) + (prefixes.get(request) ?? '');
  const documents = createDocuments(catalogue, wsdlVersion);
  const endpoints = endpointsOf(catalogue.services, wsdlVersion);
  const app = express();
  app.disable('x-powered-by');
  app.set('query parser', false);

  app.get('/livez', (_request, response) => sendText(response, 200, 'alive'));
  app.get(['/readyz', '/healthz', '/health'], (_request, response) => {
    const { reasons } = readiness;
    if (reasons.length === 0) return sendText(response, 200, 'ready');
    response.set('Retry-After', '1');
    sendText(response, 503, reasons.join('\n'));
  });

  app.use((request, response) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      return refuseMethod(response, !documents.isEndpoint(request.path));
    }
    const query = request.url.split('?', 2)[1] ?? '';
    const document = documents.find(request.path, query);
    if (document !== undefined) {
      response.type('text/xml; charset=utf-8');
      return response.send(documentWithAddress(document, baseUrlOf(request)));
    }
    if (request.path === '/' && query === '') return sendOverview(request, response);
    const isCall = documents.isEndpoint(request.path) && wsdlParameter(query) === undefined;
    if (isCall) return refuseMethod(response, false);
    sendText(response, 404, 'There is nothing here; GET / lists what there is.');
  });

  app.use((error: unknown, _request: Request, response: Response, next: NextFunction) => {
    onDefect(error);
    if (response.headersSent) return next(error);
    sendText(response, 500, 'Internal error.');
  });
  return (request, response) => {
    const { name, rest } = readPath(request.url ?? '/');
    // What is no name of a sandbox is nothing, and found so below.
    if (name !== undefined && isSandboxName(name)) {
      prefixes.set(request, `/s/${name}`);
      request.url = rest;
    }
    app(request, response);
  };

  function sendOverview(request: Request, response: Response): void {
    const base = baseUrlOf(request);
    response.vary('Accept');
    if (request.accepts(['text/plain', 'text/html']) === 'text/html') {
      response.set('Content-Security-Policy', "default-src 'none'; style-src 'unsafe-inline'");
      response.type('html').send(overviewHtml(endpoints, base, sandboxes()));
    } else {
      response.type('text/plain').send(overviewText(endpoints, base, sandboxes()));
    }
  }
}

/** A service takes POST; other paths are read, though POST is understood on them as well. */
function refuseMethod(response: Response, readable: boolean): void {
  response.set('Allow', readable ? 'GET, HEAD, POST' : 'POST');
  sendText(
    response,
    405,
    readable ? 'This method does nothing here.' : 'Send SOAP here by POST; the WSDL is at ?wsdl.',
  );
}

function sendText(response: Response, status: number, text: string): void {
  response.status(status).type('text/plain').send(`${text}\n`);
}
