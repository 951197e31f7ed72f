// Answers that are not simply sent: cut, reset, held back, let out in drops. What was done to the ledger is done by then.
import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Delivery, SoapResponse, Wait } from '../soap/transport';

/** Answers of requests before it on the same connection go out first and whole. */
export function deliver(response: ServerResponse, answer: SoapResponse, delivery: Delivery): void {
  const { socket } = response;
  if (socket === null)
    response.once('socket', (its: Socket) => act(response, its, answer, delivery));
  else act(response, socket, answer, delivery);
}

function act(
  response: ServerResponse,
  socket: Socket,
  answer: SoapResponse,
  delivery: Delivery,
): void {
  const go = (next: () => void): void =>
    begun(response, answer, delivery.how === 'dribble' ? 0 : delivery.bytes, next);
  switch (delivery.how) {
    case 'reset':
      go(() => soon(() => socket.resetAndDestroy()));
      break;
    case 'close':
      go(() => socket.destroy());
      break;
    case 'stall':
      go(() => stall(response, socket, delivery.wait()));
      break;
    case 'pause':
      go(() =>
        after(response, delivery.wait(), () => response.end(answer.bytes.subarray(delivery.bytes))),
      );
      break;
    case 'dribble':
      go(() => dribble(response, answer.bytes, 0, delivery));
      break;
  }
}

/** Sends the head and so many bytes of the body, or nothing at all, and then goes on. */
function begun(
  response: ServerResponse,
  { status, headers, bytes }: SoapResponse,
  count: number | undefined,
  next: () => void,
): void {
  if (count !== undefined) {
    response.writeHead(status, headers);
    response.flushHeaders();
  }
  // Only what the kernel has is sure to arrive before a reset.
  if (count) response.write(bytes.subarray(0, count), next);
  else next();
}

function dribble(
  response: ServerResponse,
  bytes: Buffer,
  sent: number,
  drops: Delivery & { readonly how: 'dribble' },
): void {
  const next = sent + drops.bytes;
  if (next >= bytes.length) {
    response.end(bytes.subarray(sent));
    return;
  }
  response.write(bytes.subarray(sent, next), () =>
    after(response, drops.wait(), () => dribble(response, bytes, next, drops)),
  );
}

/** A client that closes while nothing comes has given up; one that had closed its sending side before has not. */
function stall(response: ServerResponse, socket: Socket, wait: Wait): void {
  if (!socket.readableEnded) socket.once('end', wait.end);
  after(response, wait, () => socket.destroy());
}

/** A reset that arrives together with an answer before it makes some clients lose that answer. */
function soon(next: () => void): void {
  setImmediate(() => setImmediate(next));
}

/** A client that is gone ends the waiting. */
function after(response: ServerResponse, wait: Wait, next: () => void): void {
  response.once('close', wait.end);
  void wait.over.then(() => {
    response.removeListener('close', wait.end);
    if (!response.destroyed) next();
  });
}
