// One HTTP request of a command, bounded in time, and what came of it. Knows neither SOAP nor the admin API.
import { type IncomingHttpHeaders, type RequestOptions, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { Socket } from 'node:net';
import { codeOf } from '../config/error-code';

export interface HttpCall {
  readonly method: string;
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
  readonly timeoutMs: number;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly bytes: Buffer;
}

/** There was no answer, or none that was whole. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';

  constructor(
    /** A code of the system, or what happened: ECONNREFUSED, `no answer within 60 s`. */
    readonly reason: string,
    /** Whether there was a connection, so that the request may have been executed. */
    readonly maySent: boolean,
  ) {
    super(reason);
  }
}

/** Rejects with NoAnswer. Redirects are not followed. */
export function call({ url, body, timeoutMs, ...rest }: HttpCall): Promise<HttpAnswer> {
  const isSecure = /^https:/i.test(url);
  const late = AbortSignal.timeout(timeoutMs);
  const options: RequestOptions = {
    method: rest.method,
    headers: { Connection: 'close', ...rest.headers, ...lengthOf(rest.method, body) },
    agent: false,
    signal: late,
  };
  return new Promise((resolve, reject) => {
    let connected = false;
    const fail = (error: unknown): void => {
      const reason = late.aborted ? `no answer within ${timeoutMs / 1_000} s` : codeOf(error);
      reject(new NoAnswer(reason, connected));
    };
    const request = (isSecure ? requestHttps : requestHttp)(url, options, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.once('error', fail);
      response.once('end', () => {
        const { statusCode: status = 0, headers } = response;
        resolve({ status, headers, bytes: Buffer.concat(parts) });
      });
    });
    request.once('socket', (socket: Socket) => {
      socket.once(isSecure ? 'secureConnect' : 'connect', () => {
        connected = true;
      });
    });
    request.once('error', fail);
    request.end(body);
  });
}

/** Counted beforehand: legacy gateways do not read chunks, and a chunked body of nothing is a body. */
function lengthOf(method: string, body: string | Buffer = ''): Readonly<Record<string, string>> {
  return method === 'GET' ? {} : { 'Content-Length': String(Buffer.byteLength(body)) };
}
