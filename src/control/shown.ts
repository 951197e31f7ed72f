// How values of the code look outside: instants in ISO 8601, whole numbers beyond JSON's as text, sets as lists, and
// subscribers masked unless somebody asks for them.
import { isoTime } from '../sandbox/clock';
import { maskedAddresses } from '../sandbox/masking';

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

/** A copy fit for JSON. */
export function shown(value: unknown, revealed: boolean): object {
  return copied(value, '', revealed) as object;
}

function copied(value: unknown, name: string, revealed: boolean): unknown {
  if (typeof value === 'number') return INSTANTS.has(name) ? isoTime(value) : value;
  if (typeof value === 'bigint') return value.toString();
  if (typeof value === 'string') {
    return !revealed && SUBSCRIBERS.has(name) ? maskedAddresses(value) : value;
  }
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value) || value instanceof Set) {
    return Array.from(value, (entry) => copied(entry, name, revealed));
  }
  const entries = value instanceof Map ? [...value] : Object.entries(value);
  return Object.fromEntries(
    entries
      .filter(([, entry]) => entry !== undefined && typeof entry !== 'function')
      .map(([key, entry]) => [key, copied(entry, String(key), revealed)]),
  );
}
