import { expect, test } from '@jest/globals';
import { createHistory } from './history';
import { loadSource } from './load-source';
import { runHistory } from './run';
import { explain } from './shrink';
import { subjectsOf } from './subject';
const load = loadSource(process.env.NOFIX ? [] : [
  { file: 'payment/checks.ts', find: "export const referenceCodeWithinBounds: RequestCheck = ({ parts }) =>\n", replace: "export const referenceCodeWithinBounds: RequestCheck = ({ parts }) => parts.referenceCode === '' ? invalidPart('referenceCode', 'empty') :\n" },
  { file: 'ledger/checks.ts', find: "const counter = wallet === undefined ? 0n : counterMoved(command, wallet);", replace: "const counter = wallet === undefined ? (command.kind === 'refund' && view.terms.unknownAccounts === 'create' ? view.terms.openingBalance : 0n) : counterMoved(command, wallet);" },
  { file: 'ledger/price.ts', find: "const price = amountOf(charge, terms, currency ?? terms.policy.Currency, true);\n  return 'amount' in price ? undefined : price;", replace: "const price = amountOf(charge, terms, currency ?? terms.policy.Currency, currency === undefined);\n  if (!('amount' in price)) return price; const e = currency === undefined ? price : exact(price, terms); return 'amount' in e ? undefined : e;" },
]);
const open = subjectsOf({ ...(load('sandbox/sandbox') as any), ...(load('ledger/currency') as any), ...(load('ledger/reservation-identifier') as any) });
const seeds = process.env.SIMULATION_SEED ? [Number(process.env.SIMULATION_SEED)] : Array.from({ length: 50 }, (_, i) => i + 1);
test.each(seeds)('steps are enough seed %d', async (seed) => {
  const h = createHistory(seed, Number(process.env.SIMULATION_COMMANDS ?? 1000));
  const run = await runHistory(h, open);
  if ('difference' in run) throw new Error(await explain(h, run.difference, open));
  expect(await runHistory(h, open)).toEqual(run);
});
