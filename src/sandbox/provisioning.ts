// Applies a seed to a ledger, and makes the state that a reset goes back to.
import type { SeedCommand } from '../ledger/commands';
import { Refusal } from '../ledger/refusal';
import type { TermsOf } from '../ledger/terms';
import type { Instant } from '../ledger/time';
import { LEDGER_LIMITS } from '../limits';
import { IN_MEMORY } from '../store/database';
import type { LedgerImage } from '../store/image';
import { type Ledger, openLedger } from '../store/ledger';

/** Configuration or seed ask of a ledger what it cannot take. The message is for a person. */
export class ProvisionError extends Error {
  override readonly name = 'ProvisionError';

  constructor({ code, detail }: Refusal) {
    const help =
      code === 'reference_in_use' ? ' Give it another name, or start with another ledger.' : '';
    super(`Configuration or seed do not go with the ledger: ${detail}.${help}`);
  }
}

/** In portions that the ledger's queue can hold, whatever the size of a seed. */
export async function provision(ledger: Ledger, commands: readonly SeedCommand[]) {
  let applied = 0;
  for (let start = 0; start < commands.length; start += LEDGER_LIMITS.queuedCommands / 2) {
    const portion = commands.slice(start, start + LEDGER_LIMITS.queuedCommands / 2);
    for (const decision of await Promise.all(portion.map((command) => ledger.submit(command)))) {
      if (decision instanceof Refusal) throw new ProvisionError(decision);
      if (decision.transactions.length > 0) applied += 1;
    }
  }
  return { applied, existing: commands.length - applied };
}

/** A ledger that holds the seed and nothing else. Throws when the seed is refused. */
export async function seededImage(
  commands: readonly SeedCommand[],
  terms: TermsOf,
  now: () => Instant,
): Promise<LedgerImage> {
  const ledger = openLedger({ location: IN_MEMORY, now, terms });
  try {
    await provision(ledger, commands);
    return ledger.serialize();
  } finally {
    await ledger.close();
  }
}
