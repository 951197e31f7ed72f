// An emulator whose files may not grow beyond a limit of the operating system and whose ledger is moved away, so that
// a commit fails and so does the opening after it. Prints what /readyz says then, and once the ledger is back.
// Argument: ledger file.
import { renameSync, writeSync } from 'node:fs';
import { createEmulator, virtualClock } from '../../src/emulator';
import { LEDGER_LIMITS } from '../../src/limits';

/** One line of output. */
export interface Health {
  readonly status: number;
  readonly text: string;
}

if (require.main === module) void main();

async function main(): Promise<void> {
  const [file = ''] = process.argv.slice(2);
  const clock = virtualClock(1_000);
  const { url, sandbox, close } = await createEmulator({ data: file, clock });
  const tellHealth = async () => {
    const response = await fetch(`${url}/readyz`);
    const health: Health = { status: response.status, text: await response.text() };
    writeSync(1, `${JSON.stringify(health)}\n`);
  };

  await tellHealth();
  renameSync(file, `${file}.away`);
  for (let number = 0; sandbox().ledger.trouble() === undefined; number += 1) {
    await sandbox().ledger.submit({
      kind: 'provision',
      subscriber: `tel:+1555${number}`,
      status: 'active',
      currency: 'EUR',
      balance: 1_000_000n,
      creditLimit: 0n,
    });
  }
  await tellHealth();
  renameSync(`${file}.away`, file);
  clock.advance(LEDGER_LIMITS.reopenPauseMs);
  await tellHealth();
  await close();
}
