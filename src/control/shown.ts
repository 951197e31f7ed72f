// How values of the code look outside: instants in ISO 8601, whole numbers beyond JSON's as text, sets as lists, and
// subscribers masked unless somebody asks for them, also where their numbers stand in a reference code.

import { maskedAddresses, maskedReference } from '../sandbox/journal/masking';
import { isoTime } from '../sandbox/time/clock';

/** Properties that are instants, wherever they stand. */
const INSTANTS: ReadonlySet<string> = new Set([
  'at',
  'now',
  'nextDue',
  'expiresAt',
  'issuedAt',
  'settlesAt',
  'since',
  'until',
  'startedAt',
]);

/** Properties that name subscribers, or quote whoever did. */
const SUBSCRIBERS: ReadonlySet<string> = new Set([
  'subscriber',
  'subscribers',
  'subject',
  'owner',
  'sentence',
  'detail',
]);

/** Properties that are reference codes: in them only the numbers of the subscribers around are hidden. */
const REFERENCES: ReadonlySet<string> = new Set(['reference', 'referenceCode']);

/** A copy fit for JSON. */
export function shown(value: unknown, revealed: boolean): object {
  return copied(value, '', revealed ? undefined : []) as object;
}

/** `subscribers` are those that stand around the value; undefined: nothing is masked. */
function copied(value: unknown, name: string, subscribers: readonly string[] | undefined): unknown {
  if (typeof value === 'number') return INSTANTS.has(name) ? isoTime(value) : value;
  if (typeof value === 'bigint') return value.toString();
  if (typeof value === 'string') {
    if (subscribers === undefined) return value;
    if (REFERENCES.has(name)) return maskedReference(value, subscribers);
    return SUBSCRIBERS.has(name) ? maskedAddresses(value) : value;
  }
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value) || value instanceof Set) {
    return Array.from(value, (entry) => copied(entry, name, subscribers));
  }
  const entries = value instanceof Map ? [...value] : Object.entries(value);
  const around = subscribers && [...subscribers, ...subscribersIn(value)];
  return Object.fromEntries(
    entries
      .filter(([, entry]) => entry !== undefined && typeof entry !== 'function')
      .map(([key, entry]) => [key, copied(entry, String(key), around)]),
  );
}

/** Of an object itself; of one with a reference code also of what lies deeper in it. */
function subscribersIn(value: object): readonly string[] {
  const isDeep = Object.keys(value).some((key) => REFERENCES.has(key));
  return Object.entries(value).flatMap(([key, part]): readonly string[] => {
    if (NAMES.has(key)) return [part].flat().filter((each) => typeof each === 'string');
    if (!isDeep || typeof part !== 'object' || part === null) return [];
    return [part].flat().flatMap(namedBelow);
  });
}

function namedBelow(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, part]): readonly string[] =>
    NAMES.has(key) && typeof part === 'string' ? [part] : [part].flat().flatMap(namedBelow),
  );
}

/** Properties that name a subscriber and nothing else. */
const NAMES: ReadonlySet<string> = new Set(['subscriber', 'subscribers', 'subject', 'owner']);
