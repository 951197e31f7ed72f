// Taking the state of a sandbox away, bringing it back, and beginning anew: all of it or nothing.

import type { LedgerImage } from '../store/image';
import type { Ledger } from '../store/ledger';
import {
  fileOf,
  type SandboxPart,
  SCOPES,
  type Scope,
  type Snapshot,
  snapshotOf,
} from './snapshot';
import type { SandboxClock } from './time/sandbox-clock';

export interface SandboxStateOptions {
  readonly name: string;
  readonly ledger: Ledger;
  readonly clock: SandboxClock;
  readonly parts: readonly SandboxPart[];
  /** How clock and parts begin; the ledger has been opened as it is to begin. */
  readonly beginning?: Surroundings | undefined;
  /** The ledger right after the seed. */
  readonly baseline: () => LedgerImage;
  /** Told when the ledger is another one. */
  readonly onReplaced: () => void;
}

/** What of a snapshot is not the ledger. */
export type Surroundings = Pick<Snapshot, 'clock' | 'parts'>;

export interface SandboxState {
  snapshot(): Snapshot;
  /**
   * Makes the sandbox what it was. At once and whole; what is in progress is decided there. Throws LedgerFileError when
   * the ledger cannot be written, and then nothing has changed.
   */
  restore(snapshot: Snapshot): void;
  /**
   * Back to the beginning: the ledger as the seed made it (`accounts`), and what else `scopes` name; all of it when absent.
   * As whole as `restore`.
   */
  reset(scopes?: readonly Scope[]): void;
  /** The sandbox as one file, which `importFile` of any sandbox takes. It holds subscriber numbers as they are. */
  exportFile(): Buffer;
  /** Throws LedgerFileError, in a sentence, for bytes that are no sandbox, are damaged or do not balance. */
  importFile(bytes: Uint8Array): void;
}

export function createSandboxState(options: SandboxStateOptions): SandboxState {
  const { name, ledger, clock, parts, beginning, baseline, onReplaced } = options;
  const kept = parts.filter((part) => part.state !== undefined);
  const states = () => Object.fromEntries(kept.map((part) => [part.scope, part.state?.()]));

  const snapshot = (): Snapshot => ({
    sandbox: name,
    takenAt: clock.now(),
    ledger: ledger.serialize(),
    clock: clock.state(),
    parts: states(),
  });

  const bringBack = (wanted: Readonly<Record<string, unknown>>): void => {
    for (const part of kept) {
      const state = wanted[part.scope];
      if (state === undefined) part.reset();
      else part.restore?.(state);
    }
  };

  const restore = (wanted: Snapshot): void => {
    const before = states();
    try {
      bringBack(wanted.parts);
      ledger.replace(wanted.ledger);
    } catch (error) {
      bringBack(before);
      throw error;
    }
    clock.restore(wanted.clock);
    onReplaced();
  };

  const reset = (scopes: readonly Scope[] = ['all']): void => {
    const wanted = new Set<Scope>(scopes.includes('all') ? SCOPES : scopes);
    if (wanted.has('accounts')) ledger.replace(baseline());
    // From here on nothing throws.
    for (const part of parts) if (wanted.has(part.scope)) part.reset();
    if (wanted.has('clock')) clock.reset();
    if (wanted.has('accounts')) onReplaced();
  };

  if (beginning !== undefined) {
    bringBack(beginning.parts);
    clock.restore(beginning.clock);
  }
  return {
    snapshot,
    restore,
    reset,
    exportFile: () => fileOf(snapshot()),
    importFile: (bytes) => restore(snapshotOf(bytes, { sandbox: name, takenAt: clock.now() })),
  };
}
