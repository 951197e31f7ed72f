// Where the ledger of a sandbox lies: from what a person says to one file. Makes and opens nothing.
import { type Stats, statSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The database file of `sandbox` in `place`; `:memory:` stays as it is. A place that exists is what it is; of the
 * others, names that end in `.db`, `.sqlite` or `.sqlite3` are files and all else is a folder.
 */
export function databaseFile(place: string, sandbox: string): string {
  if (place === ':memory:') return place;
  return isFolder(place) ? join(place, `${sandbox}.db`) : place;
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
