// Makes a failing history short enough to read, and tells it to a person with the seed that repeats it.
import { inspect } from 'node:util';
import type { History, Step } from './history';
import { type Difference, type OpenSubject, runHistory } from './run';

/** How many times a failing history may be run again in search of a shorter one. */
const ATTEMPTS = 300;

/** Shrinks a failing history and tells it. */
export async function explain(
  history: History,
  difference: Difference,
  open: OpenSubject,
): Promise<string> {
  const short = await shrink(history, difference, open);
  const requests = history.steps.filter(({ kind }) => kind === 'request').length;
  return report(short.history, short.difference, requests);
}

/** Drops steps, in halves, quarters and so on, as long as what is left still shows some difference. */
async function shrink(
  history: History,
  difference: Difference,
  open: OpenSubject,
): Promise<{ history: History; difference: Difference }> {
  let found = { history: upTo(history, difference), difference };
  let attempts = 0;

  for (let size = found.history.steps.length >> 1; size >= 1; size >>= 1) {
    for (let start = 0; start < found.history.steps.length; ) {
      attempts += 1;
      if (attempts > ATTEMPTS) return found;

      const steps = found.history.steps.filter((_, at) => at < start || at >= start + size);
      const shorter = { ...history, steps };
      const run = await runHistory(shorter, open).catch(() => undefined);
      if (run !== undefined && 'difference' in run)
        found = { history: upTo(shorter, run.difference), difference: run.difference };
      else start += size;
    }
  }
  return found;
}

/** The failure in words: the line to repeat it, the steps that suffice, what was expected and what was found. */
function report(
  { seed, world, steps }: History,
  { expected, found }: Difference,
  requests: number,
): string {
  const repeat = `SIMULATION_SEED=${seed} SIMULATION_COMMANDS=${requests}`;
  return [
    'The ledger and the model disagree. Repeat it with:',
    `  ${repeat} npx jest test/simulation/simulation.test.ts`,
    `Terms and provisions of seed ${seed}: ${show({ ...world, terms: termsOf(world) })}`,
    `${steps.length} steps are enough:`,
    ...steps.map((step) => `  ${show(step)}`),
    `expected: ${show(expected)}`,
    `found:    ${show(found)}`,
  ].join('\n');
}

function upTo(history: History, { index }: Difference): History {
  return { ...history, steps: history.steps.slice(0, index + 1) };
}

/** Only what differs from one application to the next; prices, tariffs and currencies are the same everywhere. */
function termsOf(world: History['world']): unknown {
  return [...world.terms].map(([application, terms]) => {
    const { prices, tariffs, digits, aliases, ...own } = terms;
    return { application, ...own, units: tariffs.map(({ description }) => description) };
  });
}

function show(value: Step | unknown): string {
  return inspect(value, { depth: 8, breakLength: Number.POSITIVE_INFINITY, maxStringLength: 200 });
}
