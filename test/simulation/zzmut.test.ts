// Can the simulation tell a broken ledger from a sound one? Each mutant breaks one rule and must be caught.
import { describe, expect, test } from '@jest/globals';
import { createHistory } from './history';
import { type Change, loadSource } from './load-source';
import { MUTANTS } from './mutants';
import { type OpenSubject, runHistory } from './run';
import { type Parts, subjectsOf } from './subject';

const FIXES = [
  { file: 'payment/checks.ts', find: "export const referenceCodeWithinBounds: RequestCheck = ({ parts }) =>\n", replace: "export const referenceCodeWithinBounds: RequestCheck = ({ parts }) => parts.referenceCode === '' ? invalidPart('referenceCode', 'empty') :\n" },
  { file: 'ledger/checks.ts', find: "const counter = wallet === undefined ? 0n : counterMoved(command, wallet);", replace: "const counter = wallet === undefined ? (command.kind === 'refund' && view.terms.unknownAccounts === 'create' ? view.terms.openingBalance : 0n) : counterMoved(command, wallet);" },
  { file: 'ledger/price.ts', find: "const price = amountOf(charge, terms, currency ?? terms.policy.Currency, true);\n  return 'amount' in price ? undefined : price;", replace: "const price = amountOf(charge, terms, currency ?? terms.policy.Currency, currency === undefined);\n  if (!('amount' in price)) return price; const e = currency === undefined ? price : exact(price, terms); return 'amount' in e ? undefined : e;" },
];
const SEEDS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
const REQUESTS = 600;

describe('the simulation', () => {
  test('agrees with the sound rules', async () => {
    const open = openChanged([]);
    for (const seed of SEEDS) expect(await isCaught(open, seed)).toBe(false);
  });

  test.each(MUTANTS)('notices when $name', async ({ changes }) => {
    const open = openChanged(changes);
    let caught = false;
    for (const seed of SEEDS) caught ||= await isCaught(open, seed);
    expect(caught).toBe(true);
  });
});

function openChanged(changes: readonly Change[]): OpenSubject {
  const load = loadSource([...FIXES, ...changes]);
  const { createSandbox } = load('sandbox/sandbox') as Pick<Parts, 'createSandbox'>;
  const { createCurrencies } = load('ledger/currency') as Pick<Parts, 'createCurrencies'>;
  const { identifierOf } = load('ledger/reservation-identifier') as Pick<Parts, 'identifierOf'>;
  return subjectsOf({ createSandbox, createCurrencies, identifierOf });
}

/** Whether an answer or a balance differs, the audit objects, or the ledger breaks. */
async function isCaught(open: OpenSubject, seed: number): Promise<boolean> {
  const history = createHistory(seed, REQUESTS);
  const run = await runHistory(history, open).catch(() => undefined);
  if (run === undefined || 'difference' in run) console.log(seed, JSON.stringify(run, (_, v) => typeof v === 'bigint' ? String(v) : v instanceof Error ? v.stack : v)?.slice(0, 700));
  return run === undefined || 'difference' in run;
}
