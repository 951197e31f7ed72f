// What Node's parser cannot read: bad framing, headers too large, a client too slow. Answers plainly and closes.
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';

/** How long a connection may stay after it was told off, so that the client can read why. */
const GOODBYE_MS = 1_000;

const TEXTS: ReadonlyMap<number, readonly [reason: string, text: string]> = new Map([
  [400, ['Bad Request', 'This is no HTTP request.']],
  [408, ['Request Timeout', 'The request took too long to arrive.']],
  [413, ['Payload Too Large', 'The chunk extensions are too long.']],
  [431, ['Request Header Fields Too Large', 'The request has too long headers.']],
]);

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

/** Knows the latest request of each connection, since what follows it may be broken while it is still in work. */
export class ClientErrors {
  private readonly latest = new WeakMap<Duplex, Exchange>();

  begun(request: IncomingMessage, response: ServerResponse): void {
    this.latest.set(request.socket, { request, response });
  }

  /** The listener for `clientError`. */
  answer(error: NodeJS.ErrnoException, socket: Duplex): void {
    if (error.code === 'ECONNRESET' || !socket.writable) {
      socket.destroy();
      return;
    }
    const status = statusOf(error.code);
    const exchange = this.latest.get(socket);
    if (exchange === undefined || exchange.response.writableFinished) sayGoodbye(socket, status);
    else if (!exchange.request.complete && !exchange.response.headersSent) refuse(exchange, status);
    else finishThenClose(exchange, socket);
  }
}

/** The request itself is broken: it was not executed, and its place in the order of answers is its own. */
function refuse({ response }: Exchange, status: number): void {
  const text = textOf(status);
  response.writeHead(status, {
    'Content-Type': 'text/plain; charset=utf-8',
    'Content-Length': Buffer.byteLength(text),
    Connection: 'close',
  });
  response.end(text);
}

/**
 * What comes after a whole request is broken. That request may have been executed, so its true answer still goes out;
 * a 400 in its place would be taken for it.
 */
function finishThenClose({ response }: Exchange, socket: Duplex): void {
  if (response.headersSent) response.once('finish', () => socket.end());
  else response.shouldKeepAlive = false;
}

function sayGoodbye(socket: Duplex, status: number): void {
  const text = textOf(status);
  socket.end(
    `HTTP/1.1 ${status} ${TEXTS.get(status)?.[0]}\r\nContent-Type: text/plain; charset=utf-8\r\n` +
      `Content-Length: ${Buffer.byteLength(text)}\r\nConnection: close\r\n\r\n${text}`,
  );
  setTimeout(() => socket.destroy(), GOODBYE_MS).unref();
}

function statusOf(code: string | undefined): number {
  if (code === 'HPE_HEADER_OVERFLOW') return 431;
  if (code === 'HPE_CHUNK_EXTENSIONS_OVERFLOW') return 413;
  return code === 'ERR_HTTP_REQUEST_TIMEOUT' ? 408 : 400;
}

function textOf(status: number): string {
  return `${TEXTS.get(status)?.[1]}\n`;
}
