// Where the ledgers of sandboxes lie: from what a person says to one file each. Makes and opens nothing.
import { readdirSync, type Stats, statSync } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';

/** The sandbox that a place is for when it is one file. */
const FIRST = 'default';

/**
 * The database file of `sandbox` in `place`; `:memory:` stays as it is. A place that exists is what it is; of the
 * others, names that end in `.db`, `.sqlite` or `.sqlite3` are files and all else is a folder. In a folder each sandbox
 * has a file of its name; beside a file `ledger.db`, the others have `ledger.NAME.db`.
 */
export function databaseFile(place: string, sandbox: string): string {
  if (place === ':memory:') return place;
  if (isFolder(place)) return join(place, `${sandbox}.db`);
  if (sandbox === FIRST) return place;
  const [stem, extension] = partsOf(place);
  return join(dirname(place), `${stem}.${sandbox}${extension}`);
}

/** The names that have a file in `place`, whatever is in it; none when there is nothing to look into. */
export function namesIn(place: string): readonly string[] {
  if (place === ':memory:') return [];
  if (isFolder(place)) return namesBetween(place, '', '.db');
  const [stem, extension] = partsOf(place);
  const others = namesBetween(dirname(place), `${stem}.`, extension);
  return statsOf(place) === undefined ? others : [FIRST, ...others];
}

function partsOf(place: string): readonly [stem: string, extension: string] {
  const extension = extname(place);
  return [basename(place, extension), extension];
}

function namesBetween(folder: string, start: string, end: string): readonly string[] {
  return entriesOf(folder)
    .filter((file) => file.length > start.length + end.length)
    .filter((file) => file.startsWith(start) && file.endsWith(end))
    .map((file) => file.slice(start.length, file.length - end.length));
}

function entriesOf(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function isFolder(place: string): boolean {
  const stats = statsOf(place);
  if (stats !== undefined) return stats.isDirectory();
  return place.endsWith('/') || !/\.(db|sqlite3?)$/i.test(place);
}

/** What cannot be looked at is left to whoever opens it, who has the sentence for it. */
function statsOf(place: string): Stats | undefined {
  try {
    return statSync(place);
  } catch {
    return undefined;
  }
}
