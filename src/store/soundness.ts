// Whether a stored ledger may be served at all.
import type Database from 'better-sqlite3';
import { audit } from '../ledger/audit';
import { auditedBooks } from './audited-books';
import { damaged, LedgerFileError } from './ledger-file-error';

/** Money that does not add up is shown to a person; it is not served, and nothing is repaired in silence. */
export function demandSoundness(database: Database.Database, path: string): void {
  const violations = audit(auditedBooks(database));
  const first = violations[0];
  if (first === undefined) return;
  const others = violations.length > 1 ? `, and ${violations.length - 1} more` : '';
  throw new LedgerFileError(damaged(path, `${first.invariant}: ${first.sentence}${others}`));
}
