// A listener with an engine that only counts, and a client that speaks raw bytes, for what fetch cannot say.
import { connect, type Socket } from 'node:net';
import { createListener, type Listener, type ListenerOptions } from '../../src/http/listener';
import { Readiness } from '../../src/http/readiness';
import type { SoapRequest, SoapResponse } from '../../src/soap/transport';
import { loadPackagedCatalogue } from '../../src/wsdl/packaged';

export const catalogue = loadPackagedCatalogue();

export interface Counting {
  readonly listener: Listener;
  readonly readiness: Readiness;
  readonly port: number;
  readonly url: string;
  /** The bodies that the engine was given, as text. */
  readonly executed: string[];
  readonly requests: SoapRequest[];
  readonly defects: unknown[];
}

/** A listener on a free port whose engine answers with the body it was given. */
export async function countingListener(options: Partial<ListenerOptions> = {}): Promise<Counting> {
  const executed: string[] = [];
  const requests: SoapRequest[] = [];
  const defects: unknown[] = [];
  const readiness = options.readiness ?? new Readiness();
  const listener = createListener({
    catalogue,
    readiness,
    trustProxy: false,
    wsdlVersion: 'v4_0',
    onDefect: (error) => defects.push(error),
    ...options,
    exchange: (request) => {
      executed.push(Buffer.from(request.bytes).toString());
      requests.push(request);
      return (options.exchange ?? echo)(request);
    },
  });
  const { port, url } = await listener.listen(0, '127.0.0.1');
  return { listener, readiness, port, url, executed, requests, defects };
}

/** A listener whose engine answers only when it is released; `begun` once it has been asked. */
export async function heldListener() {
  let begin = (): void => {};
  let release = (): void => {};
  const begun = new Promise<void>((resolve) => {
    begin = resolve;
  });
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  const counting = await countingListener({
    exchange: async (request) => {
      begin();
      await released;
      return echo(request);
    },
  });
  return { ...counting, begun, release: () => release() };
}

function echo(request: SoapRequest): Promise<SoapResponse> {
  return Promise.resolve(answerOf(Buffer.from(request.bytes).toString()));
}

function answerOf(text: string): SoapResponse {
  const bytes = Buffer.from(`<${text}>`);
  return {
    status: 200,
    headers: { 'Content-Type': 'text/xml; charset=utf-8', 'Content-Length': `${bytes.length}` },
    bytes,
  };
}

export interface RawClient {
  readonly socket: Socket;
  readonly text: () => string;
  send(data: string | Buffer): RawClient;
  /** Everything that was received once it matches. */
  received(pattern: RegExp): Promise<string>;
  /** Everything that was received once the other side has closed. */
  closed(): Promise<string>;
}

export function rawClient(port: number, options: { allowHalfOpen?: boolean } = {}): RawClient {
  const socket = connect({ port, host: '127.0.0.1', ...options });
  let text = '';
  let over = false;
  const waiting = new Set<() => void>();
  const wake = (): void => {
    for (const look of waiting) look();
  };
  socket.setEncoding('latin1').on('data', (part) => {
    text += part;
    wake();
  });
  // A reset shows as a close without the expected answer.
  socket.on('error', () => {});
  socket.on('close', () => {
    over = true;
    wake();
  });
  const until = (done: () => boolean): Promise<string> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        if (!done() && !over) return;
        waiting.delete(look);
        if (done()) resolve(text);
        else reject(new Error(`closed after ${JSON.stringify(text)}`));
      };
      waiting.add(look);
      look();
    });

  const client: RawClient = {
    socket,
    text: () => text,
    send: (data) => {
      socket.write(data);
      return client;
    },
    received: (pattern) => until(() => pattern.test(text)),
    closed: () => until(() => over),
  };
  return client;
}

/** A POST with these header lines; a body adds its Content-Length. */
export function post(body: string | undefined, ...headers: string[]): string {
  const length = body === undefined ? [] : [`Content-Length: ${Buffer.byteLength(body)}`];
  return `${['POST /any HTTP/1.1', 'Host: test', ...length, ...headers].join('\r\n')}\r\n\r\n${body ?? ''}`;
}
