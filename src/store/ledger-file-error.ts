// The one error a person sees when a ledger cannot be opened: a sentence, never a stack of SQLite.

/** What is wrong with the place a ledger should live in, and what to do about it. */
export class LedgerFileError extends Error {
  override readonly name = 'LedgerFileError';
}

/** What SQLite and the file system report, by the leading part of the code, as a sentence about `location`. */
const SENTENCES: ReadonlyMap<string, (location: string, reason: string) => string> = new Map([
  ['SQLITE_NOTADB', notOurs],
  ['SQLITE_CORRUPT', damaged],
  ['SQLITE_BUSY', inUse],
  ['SQLITE_CANTOPEN', notWritable],
  ['SQLITE_READONLY', notWritable],
  ['SQLITE_PERM', notWritable],
  ['SQLITE_FULL', diskFull],
  ['EACCES', notWritable],
  ['EPERM', notWritable],
  ['EROFS', notWritable],
  ['ENOENT', notWritable],
  ['ENOTDIR', notWritable],
  ['ENOSPC', diskFull],
]);

/** The same error when it is a LedgerFileError already, otherwise its sentence about `location`. */
export function asLedgerFileError(error: unknown, location: string): LedgerFileError {
  if (error instanceof LedgerFileError) return error;
  const family = /^(?:SQLITE_)?[A-Z]+/.exec(textOf(error, 'code'))?.[0] ?? '';
  const sentence = SENTENCES.get(family) ?? unreadable;
  return new LedgerFileError(sentence(location, textOf(error, 'message')), { cause: error });
}

export function notOurs(location: string): string {
  return `${location} is not a ledger of this emulator: give another file, or move this one away.`;
}

export function notAFile(location: string): string {
  return `${location} is not a file: give the path of a file for the ledger.`;
}

export function notALock(location: string): string {
  return `${location} is not the lock of a ledger: move it away, or give another file for the ledger.`;
}

export function notNonces(location: string): string {
  return `${location} is not the file of nonces of a ledger: move it away, or give another file for the ledger.`;
}

export function gone(location: string): string {
  return `The ledger ${location} is not there any more: put its files back in place.`;
}

export function damaged(location: string, reason: string): string {
  return `The ledger ${location} is damaged (${reason}): restore a copy, or start with a new file.`;
}

function inUse(location: string): string {
  return `The ledger ${location} is in use by another process: stop that one, or give another file.`;
}

function notWritable(location: string, reason: string): string {
  return `The ledger ${location} cannot be opened for writing (${reason}): check the path and its permissions.`;
}

function diskFull(location: string): string {
  return `There is no room left for the ledger ${location}: free space on its disk.`;
}

function unreadable(location: string, reason: string): string {
  return `The ledger ${location} cannot be opened (${reason}).`;
}

export function noRoomForNote(location: string): string {
  return `The ledger ${location} cannot be replaced: nothing can be written to ${location}.lock. Free space on its disk.`;
}

export function textOf(error: unknown, property: 'code' | 'message'): string {
  if (typeof error !== 'object' || error === null) return '';
  const value: unknown = Reflect.get(error, property);
  return typeof value === 'string' ? value : '';
}
