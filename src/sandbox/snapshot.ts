// What of a sandbox can be taken away and brought back: values, and how they go into a file and out of it.
import type { Instant } from '../ledger/time';
import type { LedgerImage } from '../store/image';
import { type ImageFile, readImageFile, writeImageFile } from '../store/image-file';
import { LedgerFileError } from '../store/ledger-file-error';
import { type ClockState, readClockState } from './time/clock-state';

/** A sandbox at one moment: its ledger, its clock, and whatever of its parts keeps a state. Never changes. */
export interface Snapshot {
  /** Whose it is. */
  readonly sandbox: string;
  /** By the clock of the sandbox. */
  readonly takenAt: Instant;
  readonly ledger: LedgerImage;
  readonly clock: ClockState;
  readonly parts: Readonly<Record<string, unknown>>;
}

export const SCOPES = ['accounts', 'journal', 'faults', 'clock', 'configuration'] as const;
/** What a reset takes back: the ledger, what was recorded, the rules of faults, time, and changed terms. */
export type Scope = (typeof SCOPES)[number] | 'all';

/** Something that a sandbox has beside ledger and clock, and that ends with a reset. */
export interface SandboxPart {
  readonly scope: Exclude<Scope, 'all' | 'accounts' | 'clock'>;
  /** As it was when the sandbox began. Must not throw. */
  reset(): void;
  /** What a snapshot keeps of it, plain JSON; a part without is left alone by snapshots. */
  state?(): unknown;
  /** As `state` told it, in this process or from a file. Throws a sentence, and then is as it was. */
  restore?(state: unknown): void;
}

/** What a file says of a sandbox beside its ledger cannot be. */
export class SnapshotError extends LedgerFileError {}

/** One file for all of it: an SQLite database, which is the ledger. */
export function fileOf({ ledger, ...state }: Snapshot): Buffer {
  return writeImageFile(ledger, JSON.stringify(state));
}

/** Throws LedgerFileError, or ClockError for a clock that cannot be. A bare ledger comes with a clock of its own. */
export function snapshotOf(
  file: Uint8Array,
  bare: Pick<Snapshot, 'sandbox' | 'takenAt'>,
): Snapshot {
  const { image, state } = readImageFile(file);
  if (state === undefined) return { ...bare, ledger: image, clock: { mode: 'real' }, parts: {} };
  const { sandbox, takenAt, clock, parts } = parsed(state);
  return {
    sandbox: String(sandbox),
    takenAt: Number(takenAt),
    ledger: image,
    clock: readClockState(clock),
    parts: isRecord(parts) ? parts : {},
  };
}

function parsed(state: NonNullable<ImageFile['state']>): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(state);
    if (isRecord(value)) return value;
  } catch {
    // Told below.
  }
  throw new SnapshotError('What is to be imported does not tell the state of its sandbox.');
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
