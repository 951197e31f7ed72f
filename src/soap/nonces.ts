// The nonces of password digests that have been used, so that a message overheard cannot be sent again. Knows no file.
import { SOAP_LIMITS } from '../limits';

/** A nonce that an application has used; without one: nothing that it created until then is remembered any more. */
export interface NonceUse {
  readonly application: string;
  /** The instant that the message names. */
  readonly created: number;
  readonly nonce?: string;
}

/** Where uses outlive the process. */
export interface NonceJournal {
  /** What was recorded before, in order. */
  recorded(): Iterable<NonceUse>;
  append(use: NonceUse): void;
  /** What was recorded before gives way to these. */
  replace(uses: Iterable<NonceUse>): void;
}

/** For a ledger in memory: what it knows ends with the process, and nothing can be sent to it again. */
const NO_JOURNAL: NonceJournal = {
  recorded: () => [],
  append: () => undefined,
  replace: () => undefined,
};

/**
 * A memory bounded in all, apart for each application: what no longer fits is forgotten where there is most, and takes
 * everything as old as itself with it. So nothing is forgotten and good, and nobody pays for the clock or the number
 * of requests of another one.
 */
export class NonceMemory {
  readonly #applications = new Map<string, Used>();
  #size = 0;

  constructor(
    private readonly journal: NonceJournal = NO_JOURNAL,
    private readonly capacity: number = SOAP_LIMITS.nonces,
  ) {
    for (const { application, created, nonce } of journal.recorded()) {
      const used = this.#usedBy(application);
      if (nonce === undefined) used.forgottenUntil = Math.max(used.forgottenUntil, created);
      else this.#remember(used, nonce, created);
    }
  }

  /**
   * Takes a nonce once. `created` is the instant its message names, and everything created before `oldest` is refused
   * elsewhere. Returns why the nonce is no good, or undefined when it was new.
   */
  use(application: string, nonce: string, created: number, oldest: number): string | undefined {
    const used = this.#usedBy(application);
    used.oldest = oldest;
    const before = used.created.get(nonce);
    if (before !== undefined && before >= oldest) return 'the nonce has been used before';
    if (created <= used.forgottenUntil)
      return 'too many nonces have been used since it was created';
    this.#remember(used, nonce, created);
    this.journal.append({ application, created, nonce });
    return undefined;
  }

  #usedBy(application: string): Used {
    let used = this.#applications.get(application);
    if (used === undefined) {
      used = new Used();
      this.#applications.set(application, used);
    }
    return used;
  }

  #remember({ created }: Used, nonce: string, at: number): void {
    if (this.#size >= this.capacity) this.#makeRoom();
    this.#size -= created.size;
    created.set(nonce, at);
    this.#size += created.size;
  }

  /** A quarter at once: looking through all of them is then a small part of what each costs. */
  #makeRoom(): void {
    const all = [...this.#applications.values()];
    for (const used of all) this.#size -= used.forget((created) => created < used.oldest);
    while (this.#size > (this.capacity * 3) / 4) {
      const largest = all.reduce((a, b) => (b.created.size > a.created.size ? b : a));
      const last = largest.oldestQuarter();
      this.#size -= largest.forget((created) => created <= last);
    }
    this.journal.replace(this.#uses());
  }

  *#uses(): Generator<NonceUse> {
    for (const [application, { created, forgottenUntil }] of this.#applications) {
      if (Number.isFinite(forgottenUntil)) yield { application, created: forgottenUntil };
      for (const [nonce, at] of created) yield { application, created: at, nonce };
    }
  }
}

/** What one application has used. */
class Used {
  readonly created = new Map<string, number>();
  /** Nonces created at or before this instant are not remembered one by one, and so are no good. */
  forgottenUntil = Number.NEGATIVE_INFINITY;
  /** What is older is refused for its age. */
  oldest = Number.NEGATIVE_INFINITY;

  /** Returns how many. */
  forget(isForgotten: (created: number) => boolean): number {
    const before = this.created.size;
    for (const [nonce, created] of this.created) {
      if (!isForgotten(created)) continue;
      this.created.delete(nonce);
      this.forgottenUntil = Math.max(this.forgottenUntil, created);
    }
    return before - this.created.size;
  }

  /** The instant at which its oldest quarter ends. */
  oldestQuarter(): number {
    const sorted = Float64Array.from(this.created.values()).sort();
    return sorted[Math.floor(sorted.length / 4)] ?? Number.NEGATIVE_INFINITY;
  }
}
