// Server-sent events: one answer that goes on until the client leaves. Bounded in how many there are and in what a slow
// reader can pile up; timers never keep the process alive.
import type { ServerResponse } from 'node:http';
import { ADMIN_LIMITS } from '../limits';

/** Sends one event; `data` becomes JSON. */
export type Send = (event: string, data: unknown, id?: string) => void;

/** An answer of events. `begin` starts sending and returns what ends it. */
export class LiveStream {
  constructor(readonly begin: (send: Send) => () => void) {}
}

/** The streams that are open now. */
export class LiveStreams {
  readonly #open = new Set<() => void>();
  #closed = false;

  /** Whether there can be another one. */
  get full(): boolean {
    return this.#closed || this.#open.size >= ADMIN_LIMITS.streams;
  }

  /** Sends the events of `stream` until the client goes, falls too far behind, or `close` is called. */
  serve(stream: LiveStream, response: ServerResponse): void {
    response.writeHead(200, {
      'Content-Type': 'text/event-stream; charset=utf-8',
      'Cache-Control': 'no-store',
      'X-Accel-Buffering': 'no',
    });
    response.write(': connected\n\n');

    let stop = (): void => {};
    const end = (): void => {
      if (!this.#open.delete(end)) return;
      clearInterval(pulse);
      stop();
      response.end();
    };
    const pulse = setInterval(() => response.write(': alive\n\n'), ADMIN_LIMITS.pulseMs);
    pulse.unref();
    this.#open.add(end);
    response.once('close', end);
    // Half a connection is kept open for answers to come, but nobody who closes their half goes on reading this one.
    response.socket?.once('end', end);
    stop = stream.begin((event, data, id) => {
      if (!this.#open.has(end)) return;
      if (response.writableLength > ADMIN_LIMITS.unreadBytes) {
        response.write('event: overrun\ndata: {}\n\n');
        end();
        return;
      }
      const name = id === undefined ? '' : `id: ${id}\n`;
      response.write(`${name}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
    });
    if (!this.#open.has(end)) stop();
  }

  /** Ends all, for good. */
  close(): void {
    this.#closed = true;
    for (const end of [...this.#open]) end();
  }
}
