// Which requests are for the admin API and the metrics, and how they get there. What is behind the door is loaded with
// the first of them; knows nothing of it.
import type { IncomingMessage, ServerResponse } from 'node:http';

export interface AdminDoor {
  serve(request: IncomingMessage, response: ServerResponse): void;
}

const SLASH = 47;
const LOW_LINE = 95;
const LETTER_S = 115;
const OF_SANDBOX = /^\/s\/[^/?]+\/__admin(?:[/?]|$)/;

/** Asked of every request: the paths of services are told apart by their second character. */
export function isAdminPath(url: string | undefined): boolean {
  if (url === undefined) return false;
  const first = url.charCodeAt(1);
  if (first === LOW_LINE) return /^\/__admin(?:[/?]|$)/.test(url);
  return first === LETTER_S && url.charCodeAt(2) === SLASH && OF_SANDBOX.test(url);
}

export function isMetricsPath(url: string | undefined): boolean {
  return url !== undefined && /^\/metrics(?:\?|$)/.test(url);
}

/** Of a client that waits for leave to send its body; whether it is taken is judged with the body. */
export function serveAdmin(
  door: AdminDoor,
  request: IncomingMessage,
  response: ServerResponse,
  expecting: boolean,
): void {
  if (expecting) response.writeContinue();
  door.serve(request, response);
}

/** Behind it nothing is loaded before somebody knocks. */
export function lazyDoor<T extends AdminDoor>(
  load: () => T,
): AdminDoor & { opened(): T | undefined } {
  let loaded: T | undefined;
  return {
    serve: (request, response) => {
      loaded ??= load();
      loaded.serve(request, response);
    },
    opened: () => loaded,
  };
}

const ELSEWHERE = JSON.stringify({
  type: 'about:blank',
  title: 'Not Found',
  status: 404,
  detail: 'The admin API and the metrics have a port of their own.',
});

/** For the port of the services when the admin API is on another one. */
export const ADMIN_ELSEWHERE: AdminDoor = {
  serve: (request, response) => {
    request.resume();
    response.writeHead(404, {
      'Content-Type': 'application/problem+json',
      'Content-Length': Buffer.byteLength(ELSEWHERE),
    });
    response.end(request.method === 'HEAD' ? undefined : ELSEWHERE);
  },
};
