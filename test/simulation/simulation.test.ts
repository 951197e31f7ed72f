// The real ledger against the model: histories from seeds, every answer and every balance compared.
//   SIMULATION_SEED=<seed> runs one history alone; SIMULATION_COMMANDS=<number> sets its length (1000).
import { describe, expect, test } from '@jest/globals';
import { createHistory } from './history';
import { runHistory } from './run';
import { explain } from './shrink';
import { openSandbox } from './subject';

const { SIMULATION_SEED, SIMULATION_COMMANDS = '1000' } = process.env;
const SEEDS =
  SIMULATION_SEED === undefined
    ? Array.from({ length: 50 }, (_, index) => index + 1)
    : [Number(SIMULATION_SEED)];

describe('a sandbox and the model', () => {
  test.each(SEEDS)(
    'agree on the history of seed %d, with one digest in a file and in memory',
    async (seed) => {
      const history = createHistory(seed, Number(SIMULATION_COMMANDS));

      const run = await runHistory(history, openSandbox);
      if ('difference' in run) throw new Error(await explain(history, run.difference, openSandbox));

      const inMemory = { ...history, world: { ...history.world, durable: false } };
      expect(await runHistory(inMemory, openSandbox)).toEqual(run);
    },
  );
});
