// Calls applications over HTTP: one POST, bounded in time and size, and nothing that an answer could lead to.
import { type ClientRequest, type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { MESSAGING_LIMITS } from '../limits';
import type { Caller } from '../sandbox/messaging/receipts';
import { createCallWriter } from '../soap/calls';
import type { Catalogue } from '../wsdl/schema';

/** The call is taken when the answer has a status of success; redirects are not followed. */
export function createCaller(catalogue: Pick<Catalogue, 'callbacks'>): Caller {
  const write = createCallWriter(catalogue);
  return async ({ endpoint, key, version, message }, signal) => {
    const { headers, bytes } = write(version, key, message);
    const late = AbortSignal.timeout(MESSAGING_LIMITS.receiptTimeoutMs);
    const { protocol } = new URL(endpoint);
    const send = protocol === 'https:' ? requestHttps : requestHttp;
    const status = await statusOf(
      send(endpoint, {
        method: 'POST',
        headers,
        agent: false,
        signal: AbortSignal.any([signal, late]),
      }),
      bytes,
    ).catch((error: unknown) => {
      if (late.aborted) {
        throw new Error(`No answer within ${MESSAGING_LIMITS.receiptTimeoutMs} milliseconds.`);
      }
      throw new Error(`The call failed (${error instanceof Error ? codeOf(error) : error}).`);
    });
    if (status < 200 || status > 299) throw new Error(`The answer was HTTP ${status}.`);
  };
}

function codeOf(error: NodeJS.ErrnoException): string {
  return error.code ?? error.message;
}

function statusOf(request: ClientRequest, bytes: Buffer): Promise<number> {
  return new Promise((resolve, reject) => {
    request.once('error', reject);
    request.once('response', (response: IncomingMessage) => {
      let read = 0;
      response.on('data', (chunk: Buffer) => {
        read += chunk.length;
        if (read > MESSAGING_LIMITS.receiptAnswerBytes) response.destroy();
      });
      response.once('error', reject);
      response.once('close', () => resolve(response.statusCode ?? 0));
    });
    request.end(bytes);
  });
}
