// A process whose files may not grow beyond a limit of the operating system, so that COMMIT itself fails:
// the failure that leaves an outcome in doubt. Prints what each charge was told, and the defects.
// Arguments: ledger file, how many charges, and `once` when the ledger cannot be opened again.
import { writeSync } from 'node:fs';
import { Refusal } from '../../src/ledger/refusal';
import { openDatabase } from '../../src/store/database';
import { openLedger } from '../../src/store/ledger';
import { testTerms } from '../support/terms';

/** One line of output. */
export type Told =
  | { readonly name: string; readonly told: string; readonly reference?: string }
  | { readonly defect: string; readonly code: string };

if (require.main === module) void main();

async function main(): Promise<void> {
  const [file = '', count = '', openings = ''] = process.argv.slice(2);
  const tell = (line: Told) => writeSync(1, `${JSON.stringify(line)}\n`);
  const terms = testTerms({ openingBalance: () => 10n ** 12n });
  let opened = 0;
  const ledger = openLedger(
    {
      location: file,
      now: () => 1_000,
      terms: () => terms,
      onDefect: (error, reference) => tell({ defect: reference, code: codeOf(error) }),
    },
    (path, createdAt) => {
      opened += 1;
      if (openings === 'once' && opened > 1) throw new Error('no second opening');
      return openDatabase(path, createdAt);
    },
  );
  for (let index = 0; index < Number(count); index += 1) {
    const name = `charge-${index}`;
    const decision = await ledger.submit({
      kind: 'charge',
      application: 'shop',
      currency: 'EUR',
      payers: [{ subscriber: `tel:+1555${index % 100}`, amount: 10_000n }],
      part: 'endUserIdentifier',
      texts: { bill: 'film', notes: [] },
      reference: { space: 'charge', code: name, fingerprint: Buffer.from(name) },
    });
    if (!(decision instanceof Refusal)) tell({ name, told: 'accepted' });
    else tell({ name, told: decision.code, reference: decision.variable ?? '' });
  }
  await ledger.close();
}

function codeOf(error: unknown): string {
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  return String(Reflect.get(Object(cause), 'code') ?? cause);
}
