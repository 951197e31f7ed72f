// The tariffs of an emulator that nobody configured. Data only.
import type { Rounding } from '../ledger/rating';

export interface DefaultTariff {
  readonly unit: string;
  /** In the smallest amounts of the currency (cents), so that it can be paid in every currency. */
  readonly steps: number;
  /** The volume that `steps` pays for. */
  readonly per: number;
  readonly rounding: Rounding;
  readonly description: string;
}

/** 60 seconds cost what a minute costs; 1,000 bytes are a kilobyte, 1,000 kilobytes a megabyte. */
export const DEFAULT_TARIFFS: readonly DefaultTariff[] = [
  data('bytes', 1_000_000),
  data('kilobytes', 1_000),
  data('megabytes', 1),
  { unit: 'seconds', steps: 1, per: 1, rounding: 'half_up', description: 'Seconds of use' },
  { unit: 'minutes', steps: 60, per: 1, rounding: 'half_up', description: 'Minutes of use' },
  { unit: 'messages', steps: 10, per: 1, rounding: 'half_up', description: 'Messages' },
  { unit: 'events', steps: 50, per: 1, rounding: 'half_up', description: 'Events' },
];

function data(unit: string, perMegabyte: number): DefaultTariff {
  return { unit, steps: 10, per: perMegabyte, rounding: 'half_up', description: 'Data volume' };
}
