// Sends finished answers: always with a Content-Length, so that HTTP/1.0 clients get no chunks.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { HTTP_LIMITS } from '../limits';
import type { HttpRefusal } from '../soap/rejection';
import { type SoapResponse, writeRefusal } from '../soap/transport';
import { deliver } from './delivery';

/** Sends an answer. A client that is gone is none of our business: what it asked for has been done. */
export function sendAnswer(response: ServerResponse, answer: SoapResponse): void {
  if (response.destroyed || response.headersSent) return;
  if (answer.delivery !== undefined) {
    deliver(response, answer, answer.delivery);
    return;
  }
  response.writeHead(answer.status, answer.headers);
  response.end(answer.bytes);
}

/**
 * Refuses a request whose body has not been read to its end, and closes the connection. The answer goes out at once;
 * what the client still sends is dropped unread, up to a bound, since closing on a client that is still sending
 * would destroy the answer on its way.
 */
export function refuseUnread(
  request: IncomingMessage,
  response: ServerResponse,
  refusal: HttpRefusal,
): void {
  if (response.destroyed || response.headersSent) return;
  const answer = writeRefusal(refusal);
  response.writeHead(answer.status, {
    ...answer.headers,
    ...retryAfter(refusal),
    Connection: 'close',
  });
  response.write(answer.bytes);

  let dropped = 0;
  const finish = (): void => {
    clearTimeout(timer);
    response.end();
  };
  const timer = setTimeout(finish, HTTP_LIMITS.droppedMs);
  timer.unref();
  request.on('data', (chunk: Buffer) => {
    dropped += chunk.length;
    if (dropped > HTTP_LIMITS.droppedBytes) finish();
  });
  request.once('end', finish);
  request.once('close', finish);
}

/** Refuses a request whose client has not begun to send the body: it waits for `100 Continue`. */
export function refuseUnsent(response: ServerResponse, refusal: HttpRefusal): void {
  const answer = writeRefusal(refusal);
  response.writeHead(answer.status, {
    ...answer.headers,
    ...retryAfter(refusal),
    Connection: 'close',
  });
  response.end(answer.bytes);
}

function retryAfter(refusal: HttpRefusal): Record<string, string> {
  return refusal.status === 503 ? { 'Retry-After': '1' } : {};
}
