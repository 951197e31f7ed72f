// Whether a ledger could be opened at a place, found out without opening it.
import { existsSync } from 'node:fs';
import { asLedgerFileError } from './ledger-file-error';
import { lockLedger } from './lock';
import { ledgerPath } from './place';

/**
 * What stands in the way, as a sentence: another process, or a file that is no ledger. Undefined when nothing does.
 * Makes no file; what is in a ledger is looked at when it is opened.
 */
export function ledgerTrouble(location: string): string | undefined {
  if (!existsSync(location)) return undefined;
  try {
    const path = ledgerPath(location);
    // Whoever has it open has made this file.
    if (existsSync(`${path}.lock`)) lockLedger(path).release();
    return undefined;
  } catch (error) {
    return asLedgerFileError(error, location).message;
  }
}
