// POST: collects a body within its bounds and has the SOAP engine answer it. No framework in between: routing and
// response helpers of one cost more than reading and deciding a whole charge.
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Exchange } from '../sandbox/exchange';
import { HttpRefusal } from '../soap/rejection';
import { type Headers, refuseHeaders, refuseLength, writeRefusal } from '../soap/transport';
import { refuseUnread, refuseUnsent, sendAnswer } from './answer';
import { mendedIn } from './heads';
import type { Readiness } from './readiness';

export interface SoapEndpointOptions {
  readonly exchange: Exchange;
  readonly readiness: Readiness;
  /** Told of what an exchange throws, which no request should make it do. */
  readonly onDefect: (error: unknown) => void;
}

export interface SoapEndpoint {
  /** Serves one POST on any path. */
  serve(request: IncomingMessage, response: ServerResponse): void;
  /** Serves one that waits for `100 Continue` before it sends its body. */
  serveExpecting(request: IncomingMessage, response: ServerResponse): void;
}

export function createSoapEndpoint(options: SoapEndpointOptions): SoapEndpoint {
  const { exchange, readiness, onDefect } = options;

  const answer = (request: IncomingMessage, response: ServerResponse, bytes: Buffer): void => {
    const mendedHeaders = mendedIn(request.socket);
    exchange({
      path: request.url ?? '/',
      headers: headersOf(request),
      bytes,
      ...(mendedHeaders && { mendedHeaders }),
    }).then(
      (result) => {
        if (readiness.draining) response.shouldKeepAlive = false;
        sendAnswer(response, result);
      },
      (error: unknown) => {
        onDefect(error);
        sendAnswer(response, writeRefusal(new HttpRefusal(500, 'Internal error.')));
      },
    );
  };

  const collect = (request: IncomingMessage, response: ServerResponse): void => {
    const chunks: Buffer[] = [];
    let length = 0;
    request.on('data', (chunk: Buffer) => {
      length += chunk.length;
      const refusal = refuseLength(length, headersOf(request));
      if (refusal === undefined) {
        chunks.push(chunk);
        return;
      }
      request.removeAllListeners('data').removeAllListeners('end');
      chunks.length = 0;
      refuseUnread(request, response, refusal);
    });
    // A body that breaks off never ends, so half a message is never executed.
    request.on('end', () => answer(request, response, joined(chunks)));
  };

  const refusalOf = (request: IncomingMessage): HttpRefusal | undefined =>
    readiness.serving
      ? refuseHeaders(headersOf(request))
      : new HttpRefusal(503, readiness.reasons.join(' '));

  return {
    serve: (request, response) => {
      const refusal = refusalOf(request);
      if (refusal === undefined) collect(request, response);
      else refuseUnread(request, response, refusal);
    },
    serveExpecting: (request, response) => {
      const refusal = refusalOf(request);
      if (refusal !== undefined) {
        refuseUnsent(response, refusal);
        return;
      }
      response.writeContinue();
      collect(request, response);
    },
  };
}

/** Only set-cookie, which no request has, comes as a list. */
function headersOf(request: IncomingMessage): Headers {
  return request.headers as Headers;
}

function joined(chunks: readonly Buffer[]): Buffer {
  const [first] = chunks;
  return chunks.length === 1 && first !== undefined ? first : Buffer.concat(chunks);
}
