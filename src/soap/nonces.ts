// The nonces of password digests that have been used, so that a message overheard cannot be sent again.
import { SOAP_LIMITS } from '../limits';

/** A bounded memory: what no longer fits takes everything as old as itself with it, so nothing is forgotten and good. */
export class NonceMemory {
  readonly #created = new Map<string, number>();
  /** Nonces created at or before this instant are not remembered one by one, and so are no good. */
  #forgottenUntil = Number.NEGATIVE_INFINITY;

  constructor(private readonly capacity: number = SOAP_LIMITS.nonces) {}

  /**
   * Takes a nonce once. `created` is the instant its message names, and everything created before `oldest` is refused
   * elsewhere. Returns why the nonce is no good, or undefined when it was new.
   */
  use(nonce: string, created: number, oldest: number): string | undefined {
    this.#drop(oldest);
    if (this.#created.has(nonce)) return 'the nonce has been used before';
    if (created <= this.#forgottenUntil)
      return 'too many nonces have been used since it was created';
    if (this.#created.size >= this.capacity) this.#forget();
    this.#created.set(nonce, created);
    return undefined;
  }

  /** Those that their own age makes useless, as far as they stand first. */
  #drop(oldest: number): void {
    for (const [nonce, created] of this.#created) {
      if (created >= oldest) return;
      this.#created.delete(nonce);
    }
  }

  #forget(): void {
    for (const [nonce, created] of this.#created) {
      this.#created.delete(nonce);
      this.#forgottenUntil = Math.max(this.#forgottenUntil, created);
      return;
    }
  }
}
