// The place where a ledger is to live: its path, its folder, and whose file lies there already. Creates no file.
import { existsSync, mkdirSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import Database from 'better-sqlite3';
import { isEmpty, isSignedAs } from './identity';
import { asLedgerFileError, LedgerFileError, notAFile, notOurs } from './ledger-file-error';
import { APPLICATION_ID } from './schema';

/**
 * The path that names a ledger file whichever way it is reached; its folder is created when missing.
 * Throws LedgerFileError when that cannot be, or when something else is there: then nothing is put beside it.
 */
export function ledgerPath(location: string): string {
  const path = resolve(location);
  try {
    const folder = dirname(path);
    makeFolder(folder);
    if (!existsSync(path)) return join(realpathSync(folder), basename(path));
    const real = realpathSync(path);
    demandLedger(real);
    return real;
  } catch (error) {
    throw asLedgerFileError(error, location);
  }
}

/** One at a time: the recursive mkdir of Node 20 never ends where the system answers ENOENT, as it does in /proc. */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  makeFolder(dirname(folder));
  try {
    mkdirSync(folder);
  } catch (error) {
    // Another process was quicker, or a file stands in the way: then what is made inside of it fails.
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
}

/**
 * Looks through SQLite and not at the bytes. The file alone does not tell: the signature may still be in the
 * write-ahead file of a killed process. And when any descriptor of a file is closed, the operating system drops
 * all locks that this process has on it, except that SQLite sees to its own.
 */
function demandLedger(path: string): void {
  const stats = statSync(path);
  if (!stats.isFile()) throw new LedgerFileError(notAFile(path));
  if (stats.size === 0) return;
  // To write would copy a stranger's write-ahead file into its database; only to read, where there is none, would
  // leave an empty one behind.
  const readonly = existsSync(`${path}-wal`);
  const database = new Database(path, { timeout: 0, fileMustExist: true, readonly });
  try {
    if (isEmpty(database) || isSignedAs(database, APPLICATION_ID)) return;
    throw new LedgerFileError(notOurs(path));
  } finally {
    database.close();
  }
}
