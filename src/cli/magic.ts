// Prints the table of values by which a request itself asks for a fault. Needs no emulator.
import { MAGIC_EXAMPLES, magicTable } from '../sandbox/faults/magic';
import { EXIT } from './exit-code';
import { print } from './print';
import type { Flags } from './target';
import type { Terminal } from './terminal';

export function magic(flags: Flags, terminal: Terminal): number {
  print(terminal, flags, { table: magicTable(), examples: MAGIC_EXAMPLES }, magicTable());
  return EXIT.ok;
}
