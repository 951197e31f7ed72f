// Snapshots under names, for those who reach the emulator over the admin API. They live as long as the emulator.
import { ADMIN_LIMITS } from '../limits';
import type { Snapshot } from '../sandbox/snapshot';
import { conflict } from './problem';

export interface KeptSnapshot {
  readonly name: string;
  readonly sandbox: string;
  readonly at: number;
  readonly bytes: number;
}

export class Snapshots {
  readonly #kept = new Map<string, Snapshot>();

  list(): readonly KeptSnapshot[] {
    return [...this.#kept].map(([name, snapshot]) => told(name, snapshot));
  }

  find(name: string): Snapshot | undefined {
    return this.#kept.get(name);
  }

  /** Throws Problem when there are too many. */
  keep(name: string, snapshot: Snapshot): KeptSnapshot {
    if (!this.#kept.has(name) && this.#kept.size >= ADMIN_LIMITS.snapshots) {
      throw conflict(
        `There are ${ADMIN_LIMITS.snapshots} snapshots already: delete some first.`,
        'DELETE /snapshots/NAME forgets one; a name that is there can be used again.',
      );
    }
    this.#kept.set(name, snapshot);
    return told(name, snapshot);
  }

  forget(name: string): void {
    this.#kept.delete(name);
  }
}

/** Those of one emulator. */
export function snapshotsOf(host: object): Snapshots {
  let snapshots = ALL.get(host);
  if (snapshots === undefined) {
    snapshots = new Snapshots();
    ALL.set(host, snapshots);
  }
  return snapshots;
}

const ALL = new WeakMap<object, Snapshots>();

function told(name: string, { sandbox, takenAt, ledger }: Snapshot): KeptSnapshot {
  return { name, sandbox, at: takenAt, bytes: ledger.length };
}
