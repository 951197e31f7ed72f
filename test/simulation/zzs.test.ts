import { expect, test } from '@jest/globals';
import { createHistory } from './history';
import { loadSource } from './load-source';
import { runHistory } from './run';
import { explain } from './shrink';
import { subjectsOf } from './subject';
const load = loadSource(process.env.NOFIX ? [] : [{ file: 'sandbox/sandbox.ts', find: 'file: options.file,', replace: 'location: options.file,' }]);
const open = subjectsOf({ ...(load('sandbox/sandbox') as any), ...(load('ledger/currency') as any), ...(load('ledger/reservation-identifier') as any) });
const seeds = process.env.SIMULATION_SEED ? [Number(process.env.SIMULATION_SEED)] : Array.from({ length: 50 }, (_, i) => i + 1);
test.each(seeds)('steps are enough seed %d', async (seed) => {
  const h = createHistory(seed, Number(process.env.SIMULATION_COMMANDS ?? 1000));
  const run = await runHistory(h, open);
  if ('difference' in run) throw new Error(await explain(h, run.difference, open));
  expect(await runHistory(h, open)).toEqual(run);
});
