// What the journal keeps, and how much of it: records as they are, with both messages by reference. Masks nothing.
import type { ExchangeRecord } from '../exchange-record';

/** An exchange that has an id, because it is kept. */
export type JournalRecord = ExchangeRecord & { readonly id: string };

export function isKept(record: ExchangeRecord): record is JournalRecord {
  return record.id !== undefined;
}

/** How much is kept; whatever is beyond the first bound that is reached goes, the oldest first. */
export interface JournalBounds {
  /** Exchanges; 0: none, and nothing is recorded. */
  readonly records: number;
  /** By the sandbox's clock; undefined: as long as there is room. */
  readonly ageMs: number | undefined;
  /** Of requests and responses together. */
  readonly bytes: number;
}

/** What a record takes beside the bodies, roughly. */
const RECORD_BYTES = 1_024;

export function weightOf({ request, response }: JournalRecord): number {
  return request.bytes.length + response.bytes.length + RECORD_BYTES;
}
