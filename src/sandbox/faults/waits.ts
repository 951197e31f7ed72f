// Waiting in real time, which whoever closes can end at once: clients wait in real time, whatever a sandbox's clock says.
import type { Wait } from '../../soap/transport';

export class Waits {
  readonly #going = new Set<() => void>();
  #closed = false;

  /** Over after `ms`, when it is ended, or when all are released. */
  begin(ms: number): Wait {
    if (this.#closed || ms <= 0) return { over: Promise.resolve(), end: () => {} };
    let end = (): void => {};
    const over = new Promise<void>((resolve) => {
      const timer = setTimeout(() => end(), ms);
      end = () => {
        clearTimeout(timer);
        this.#going.delete(end);
        resolve();
      };
    });
    this.#going.add(end);
    return { over, end };
  }

  /** How many are going on. */
  get count(): number {
    return this.#going.size;
  }

  /** Ends all that are going on. */
  release(): void {
    for (const end of [...this.#going]) end();
  }

  /** Ends all, and from now on nobody waits. */
  close(): void {
    this.#closed = true;
    this.release();
  }
}
