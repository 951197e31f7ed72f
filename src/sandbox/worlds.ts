// All the sandboxes of an emulator by their names: made when first asked for, forked, removed. Knows of each only that
// it has a ledger somewhere; which one a request means is not decided here.
import { rmSync } from 'node:fs';
import { SANDBOX_LIMITS } from '../limits';
import type { LedgerImage } from '../store/image';
import type { Sandbox } from './sandbox';
import type { Surroundings } from './sandbox-state';
import type { Snapshot } from './snapshot';

/** The sandbox of those who name none; always there. */
export const DEFAULT_SANDBOX = 'default';

/** What a sandbox can begin as: the state right after the seed, under this name, which no sandbox has. */
const BASELINE = 'baseline';

/** Where ledgers of sandboxes lie. */
export interface Places {
  /** A file, or `:memory:`. */
  of(name: string): string;
  /** The names of the sandboxes that have a file. */
  names(): readonly string[];
}

export interface WorldsOptions {
  readonly places: Places;
  /** Whether a sandbox is made because somebody asks for it. */
  readonly autoCreate: boolean;
  /** Opens one; `initial` is the ledger that it begins with when it is not there yet, `beginning` how the rest begins. */
  readonly open: (
    name: string,
    file: string,
    initial: LedgerImage | undefined,
    beginning: Surroundings | undefined,
  ) => Sandbox;
  /** The ledger right after the seed; undefined until there is one. */
  readonly baseline: () => LedgerImage | undefined;
}

export interface Listed {
  readonly name: string;
  /** False for one that lies in its file and has not been asked for since the start. */
  readonly isOpen: boolean;
}

/** Why there is no such sandbox, in a sentence for a person. */
export class SandboxError extends Error {
  override readonly name = 'SandboxError';

  constructor(
    readonly reason: 'name' | 'unknown' | 'exists' | 'full' | 'leaving' | 'default',
    message: string,
    /** Whom it is about. */
    readonly sandbox: string,
  ) {
    super(message);
  }
}

export class Worlds {
  readonly #options: WorldsOptions;
  readonly #open = new Map<string, Sandbox>();
  /** The names of files, of those that are not open too. */
  readonly #known: Set<string>;
  readonly #leaving = new Set<string>();

  constructor(options: WorldsOptions) {
    this.#options = options;
    this.#known = new Set(options.places.names().filter(isSandboxName));
  }

  /**
   * The sandbox of that name: opened when it lies in a file, made from the baseline when there is none and that is
   * allowed. Throws SandboxError, or LedgerFileError when its file cannot be opened.
   */
  get(name: string): Sandbox {
    const sandbox = this.#open.get(name);
    if (sandbox !== undefined && this.#leaving.size === 0) return sandbox;
    this.#demandUsable(name);
    if (sandbox !== undefined) return sandbox;
    if (this.#known.has(name) || name === DEFAULT_SANDBOX) return this.#begin(name);
    if (!this.#options.autoCreate) throw unknown(name);
    this.#demandRoom(name);
    return this.#begin(name);
  }

  /** As `get`, but throws SandboxError where that would make one. */
  existing(name: string): Sandbox {
    this.#demandUsable(name);
    if (this.has(name)) return this.get(name);
    throw unknown(name);
  }

  has(name: string): boolean {
    return this.#open.has(name) || this.#known.has(name);
  }

  /** By name. */
  list(): readonly Listed[] {
    const names = [...new Set([...this.#open.keys(), ...this.#known])].sort();
    return names.map((name) => ({ name, isOpen: this.#open.has(name) }));
  }

  /**
   * Makes a new one from a snapshot, from the present state of the sandbox that is named, or from BASELINE. Throws
   * SandboxError when there is one of that name, or none to begin with.
   */
  create(name: string, from: string | Snapshot = BASELINE): Sandbox {
    this.#demandUsable(name);
    if (this.has(name))
      throw new SandboxError('exists', `There is a sandbox ${name} already.`, name);
    this.#demandRoom(name);
    return this.#begin(name, this.#originOf(from));
  }

  /** Closes the sandbox and deletes its file; what is in progress there is finished first. */
  async remove(name: string): Promise<void> {
    this.#demandUsable(name);
    if (name === DEFAULT_SANDBOX) {
      throw new SandboxError(
        'default',
        'The sandbox default is always there: reset it instead.',
        name,
      );
    }
    if (!this.has(name)) throw unknown(name);
    this.#leaving.add(name);
    try {
      await this.#open.get(name)?.close();
      this.#open.delete(name);
      this.#delete(name);
      this.#known.delete(name);
    } finally {
      this.#leaving.delete(name);
    }
  }

  /** Why one of them is out of service; sentences for a person. */
  trouble(): string | undefined {
    for (const sandbox of this.#open.values()) {
      const trouble = sandbox.ledger.trouble();
      if (trouble !== undefined) return trouble;
    }
    return undefined;
  }

  /** Ends what waits in them on purpose, so that connections can be closed. */
  release(): void {
    for (const { faults, journal } of this.#open.values()) {
      faults.close();
      journal.close();
    }
  }

  /** Closes all of them; rejects with the first error once all have been tried. */
  async close(): Promise<void> {
    const closing = [...this.#open.values()].map((sandbox) => sandbox.close());
    for (const closed of await Promise.allSettled(closing)) {
      if (closed.status === 'rejected') throw closed.reason;
    }
  }

  #begin(name: string, origin?: Snapshot): Sandbox {
    const { places, open, baseline } = this.#options;
    const file = places.of(name);
    const sandbox = open(name, file, origin?.ledger ?? baseline(), origin);
    this.#open.set(name, sandbox);
    if (file !== IN_MEMORY) this.#known.add(name);
    return sandbox;
  }

  #originOf(from: string | Snapshot): Snapshot | undefined {
    if (typeof from !== 'string') return from;
    if (from === BASELINE) return undefined;
    return this.existing(from).snapshot();
  }

  #demandUsable(name: string): void {
    if (name === BASELINE) throw new SandboxError('name', BASELINE_RULE, name);
    if (!isSandboxName(name)) throw new SandboxError('name', NAME_RULE, name);
    if (!this.#leaving.has(name)) return;
    throw new SandboxError('leaving', `The sandbox ${name} is being removed.`, name);
  }

  #demandRoom(name: string): void {
    const most = SANDBOX_LIMITS.sandboxes;
    if (new Set([...this.#open.keys(), ...this.#known]).size < most) return;
    throw new SandboxError('full', `There are ${most} sandboxes already: remove some first.`, name);
  }

  #delete(name: string): void {
    const file = this.#options.places.of(name);
    if (file === IN_MEMORY) return;
    for (const suffix of FILES) rmSync(file + suffix, { force: true });
  }
}

const IN_MEMORY = ':memory:';

/** All that a sandbox has on the disk, the ledger first: without it the others mean nothing. */
const FILES = ['', '-wal', '-shm', '.nonces', '.lock'] as const;

const NAME = /^[a-z0-9-]{1,40}$/;
const NAME_RULE = 'The name of a sandbox has 1 to 40 characters from a to z, 0 to 9 and -.';
const BASELINE_RULE = `No sandbox is called ${BASELINE}: that is the state right after the seed.`;

export function isSandboxName(text: string): boolean {
  return NAME.test(text) && text !== BASELINE;
}

function unknown(name: string): SandboxError {
  return new SandboxError('unknown', `There is no sandbox ${name}: create it first.`, name);
}
