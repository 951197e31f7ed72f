// The admin API over HTTP: from the table of endpoints to routes, and from what they answer to bytes. Loaded with the
// first request for it, because a client that only charges should not wait for web framework and validation.
import type { IncomingMessage, ServerResponse } from 'node:http';
import express, { type NextFunction, type Request, type Response } from 'express';
import { ADMIN_LIMITS } from '../limits';
import { QuestionError } from '../sandbox/books/inquiry';
import { LedgerFileError } from '../store/ledger-file-error';
import { type AdminHost, adminOf } from './admin';
import { docsPage } from './docs-page';
import { type Answer, type Endpoint, Raw } from './endpoint';
import { corsHeaders, createGuard, type Guarded, type GuardOptions } from './guard';
import { LiveStream, LiveStreams } from './live-stream';
import type { Metrics } from './metrics';
import { openApi } from './openapi';
import { badRequest, hintOf, notFound, PROBLEM_TYPE, Problem } from './problem';
import { ENDPOINTS } from './table';

export interface ControlOptions {
  readonly host: AdminHost;
  readonly guard: GuardOptions;
  /** Told of what no request should be able to cause; gives the number that the client is told. */
  readonly onDefect: (error: unknown) => void;
}

export interface Control {
  serve(request: IncomingMessage, response: ServerResponse): void;
  /** Ends the streams; long polls end with their connections. */
  close(): void;
}

export const PREFIX = '/__admin/v1';

const CLOSE_ONE = 'Close one that is open, or follow several kinds of events in one.';

export function createControl(options: ControlOptions): Control {
  const streams = new LiveStreams();
  const app = express();
  app.disable('x-powered-by');
  app.set('query parser', 'simple');
  app.set('etag', false);
  const guard = createGuard(options.guard);

  app.use((request, response, next) => {
    response.set('Cache-Control', 'no-store');
    response.set(corsHeaders(request.headers.origin, options.guard.cors));
    if (request.method === 'OPTIONS' && isPreflight(request)) {
      response.status(204).end();
      return;
    }
    next();
  });
  let metrics: Metrics | undefined;
  app.get('/metrics', (request, response, next) => {
    guard(guarded(request, false));
    metrics ??= loadMetrics(options.host);
    const { type } = metrics;
    metrics.text().then((text) => response.type(type).send(text), next);
  });
  const routes = routesOf(options, guard, streams);
  app.use(PREFIX, routes);
  app.use(`/s/:sandbox${PREFIX}`, routes);
  app.use((request) => {
    guard(guarded(request, true));
    throw notFound(
      `There is nothing at ${request.path.slice(0, 200)}.`,
      `The admin API is below ${PREFIX}; GET ${PREFIX}/docs describes it.`,
    );
  });
  app.use((error: unknown, _request: Request, response: Response, next: NextFunction) => {
    if (response.headersSent) next(error);
    else sendProblem(response, problemOf(error, options.onDefect));
  });
  return { serve: app, close: () => streams.close() };
}

function loadMetrics(host: AdminHost): Metrics {
  return (require('./metrics') as typeof import('./metrics')).createMetrics(host);
}

function routesOf(
  { host }: ControlOptions,
  guard: (request: Guarded) => void,
  streams: LiveStreams,
): express.Router {
  const router = express.Router({ mergeParams: true, strict: true });
  router.get('/openapi.json', (request, response) => {
    guard(guarded(request, true));
    response.json(openApi(ENDPOINTS, host.version));
  });
  router.get('/docs', (request, response) => {
    guard(guarded(request, true));
    const page = docsPage(ENDPOINTS, host.version);
    response.set('Content-Security-Policy', page.policy).type('html').send(page.html);
  });
  for (const path of new Set(ENDPOINTS.map((endpoint) => endpoint.path))) {
    const here = ENDPOINTS.filter((endpoint) => endpoint.path === path);
    const route = router.route(path.replace(/\{(\w+)\}/g, ':$1'));
    for (const endpoint of here) {
      const verb = endpoint.method.toLowerCase() as 'get' | 'post' | 'put' | 'patch' | 'delete';
      route[verb](
        (request, _response, next) => {
          guard(guarded(request, endpoint.open));
          refuseBody(endpoint, request);
          next();
        },
        readerOf(endpoint),
        async (request: Request, response: Response) => {
          const { sandbox, ...params } = request.params as Readonly<Record<string, string>>;
          const admin = adminOf(host, request, sandbox, endpoint.asks);
          const raw = { params, query: { ...request.query }, body: request.body };
          send(response, endpoint, await endpoint.call(admin, raw), streams);
        },
      );
    }
    route.all((request) => {
      guard(guarded(request, true));
      const allowed = here.flatMap(({ method }) => (method === 'GET' ? ['GET', 'HEAD'] : [method]));
      const Allow = allowed.join(', ');
      throw new Problem(405, `${request.method} does nothing here.`, {
        hint: `Allowed here: ${Allow}.`,
        headers: { Allow },
      });
    });
  }
  return router;
}

function guarded(request: Request, open: boolean): Guarded {
  return { method: request.method, headers: request.headers, open };
}

function isPreflight(request: Request): boolean {
  return request.headers['access-control-request-method'] !== undefined;
}

/** A form of a foreign page cannot send this content type without asking (CSRF). */
function refuseBody(endpoint: Endpoint, request: Request): void {
  const { headers } = request;
  if (!hasBody(request)) return;
  // What would be left unread is refused: whoever sent it meant something.
  if (!endpoint.takesBody) {
    const hint = 'Leave out the body; what can be chosen is in the query.';
    throw badRequest('This request takes no body.', { hint, path: 'body' });
  }
  const expected = endpoint.bodyType ?? 'application/json';
  const type = (headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase();
  if (type === expected) return;
  throw new Problem(415, `Bodies are taken as ${expected}.`, {
    hint: `Send "Content-Type: ${expected}".`,
  });
}

function hasBody({ headers }: Request): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

/** The type has been looked at before; a body of no bytes is none. */
function readerOf(endpoint: Endpoint): express.RequestHandler {
  if (!endpoint.takesBody) return (_request, _response, next) => next();
  const type = (request: IncomingMessage): boolean => hasBody(request as Request);
  if (endpoint.bodyType !== undefined)
    return express.raw({ type, limit: ADMIN_LIMITS.importBytes });
  return express.json({ type, strict: false, limit: ADMIN_LIMITS.bodyBytes });
}

function send(response: Response, endpoint: Endpoint, answer: Answer, streams: LiveStreams): void {
  if (response.destroyed) return;
  if (answer === undefined) {
    response.status(endpoint.status).end();
  } else if (answer instanceof LiveStream && response.req.method === 'HEAD') {
    response.type('text/event-stream').end();
  } else if (answer instanceof LiveStream) {
    if (streams.full)
      throw new Problem(503, 'No more streams of events can be open.', { hint: CLOSE_ONE });
    streams.serve(answer, response);
  } else if (answer instanceof Raw) {
    if (answer.fileName !== undefined) response.attachment(answer.fileName);
    response.status(endpoint.status).type(answer.type).send(answer.content);
  } else {
    response.status(endpoint.status).json(answer);
  }
}

function sendProblem(response: Response, problem: Problem): void {
  response
    .status(problem.status)
    .set({ ...problem.options.headers })
    .type(PROBLEM_TYPE)
    .send(JSON.stringify(problem.body));
}

/** What is no Problem comes from the framework, which says whose fault it was, or from a defect. */
function problemOf(error: unknown, onDefect: (error: unknown) => void): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof LedgerFileError) {
    return new Problem(503, error.message, { hint: 'Put right what the sentence names.' });
  }
  if (error instanceof QuestionError) return badRequest(error.message, hintOf(error));
  const { status, type } = (error ?? {}) as { readonly status?: unknown; readonly type?: unknown };
  if (type === 'entity.parse.failed') {
    const hint = 'Send valid JSON: names and texts in double quotes, no comma at the end.';
    return badRequest('The body is not JSON.', { hint, path: 'body' });
  }
  if (status === 413) {
    const hint = 'Send less at once.';
    return new Problem(413, 'The body is too large.', { hint, path: 'body' });
  }
  if (status === 415) {
    const hint = 'Send it without Content-Encoding and in UTF-8.';
    return new Problem(415, 'The encoding of the body is not supported.', { hint });
  }
  if (typeof status === 'number' && status >= 400 && status < 500) {
    return badRequest('The request cannot be read.');
  }
  onDefect(error);
  return new Problem(500, 'Something went wrong that nobody foresaw.', {
    hint: 'The log says what.',
  });
}
