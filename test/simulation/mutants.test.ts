// Can the simulation tell a broken ledger from a sound one? Each mutant breaks one rule and must be caught.
import { describe, expect, test } from '@jest/globals';
import { createHistory } from './history';
import { type Change, loadSource } from './load-source';
import { MUTANTS } from './mutants';
import { MUTANTS_OF_EVIDENCE } from './mutants-of-evidence';
import { type OpenSubject, runHistory } from './run';
import { type Parts, subjectsOf } from './subject';

const SEEDS = Array.from({ length: 40 }, (_, index) => index + 1);
const REQUESTS = 600;

describe('the simulation', () => {
  test('agrees with the sound rules', async () => {
    const open = openChanged([]);
    for (const seed of SEEDS.slice(0, 10)) expect(await isCaught(open, seed)).toBe(false);
  });

  test.each([...MUTANTS, ...MUTANTS_OF_EVIDENCE])('notices when $name', async ({ changes }) => {
    const open = openChanged(changes);
    let caught = false;
    for (const seed of SEEDS) caught ||= await isCaught(open, seed);
    expect(caught).toBe(true);
  });
});

function openChanged(changes: readonly Change[]): OpenSubject {
  const load = loadSource(changes);
  const { createSandbox } = load('sandbox/sandbox') as Pick<Parts, 'createSandbox'>;
  const { createCurrencies } = load('ledger/currency') as Pick<Parts, 'createCurrencies'>;
  const { identifierOf } = load('ledger/reservation-identifier') as Pick<Parts, 'identifierOf'>;
  return subjectsOf({ createSandbox, createCurrencies, identifierOf });
}

/** Whether an answer or a balance differs, or the audit objects. A mutant that only crashes proves nothing. */
async function isCaught(open: OpenSubject, seed: number): Promise<boolean> {
  const history = createHistory(seed, REQUESTS);
  return 'difference' in (await runHistory(history, open));
}
