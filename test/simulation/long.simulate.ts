// The simulation without hurry: new seeds until the time is up, the progress on standard error.
//   SIMULATION_HISTORIES  how many histories at most (default: as many as the time allows)
//   SIMULATION_COMMANDS   how many requests each (default 2000)
//   SIMULATION_MINUTES    when to stop (default 5)
//   SIMULATION_SEED       the first seed (default: the day, so that every day has its own)
import { expect, test } from '@jest/globals';
import { systemClock } from '../../src/sandbox/time/clock';
import { createHistory } from './history';
import { runHistory } from './run';
import { explain } from './shrink';
import { openSandbox } from './subject';

const DAY_MS = 86_400_000;
const PROGRESS_MS = 10_000;

test('a sandbox and the model agree for as long as there is time', async () => {
  const started = systemClock.now();
  const histories = setting('SIMULATION_HISTORIES', Number.POSITIVE_INFINITY);
  const commands = setting('SIMULATION_COMMANDS', 2_000);
  const end = started + setting('SIMULATION_MINUTES', 5) * 60_000;
  const first = setting('SIMULATION_SEED', Math.floor(started / DAY_MS) * 10_000);

  let told = started;
  let done = 0;
  for (; done < histories && (done === 0 || systemClock.now() < end); done += 1) {
    const history = createHistory(first + done, commands);
    const run = await runHistory(history, openSandbox);
    if ('difference' in run) throw new Error(await explain(history, run.difference, openSandbox));
    expect(await runHistory(history, openSandbox)).toEqual(run);

    if (systemClock.now() < told + PROGRESS_MS) continue;
    told = systemClock.now();
    tell(`${done + 1} histories of ${commands} requests agree, seeds from ${first}`);
  }
  tell(
    `done: ${done} histories of ${commands} requests agree, seeds ${first} to ${first + done - 1}`,
  );
});

/** A positive whole number from the environment. */
function setting(name: string, otherwise: number): number {
  const text = process.env[name];
  if (text === undefined) return otherwise;
  if (!/^[1-9]\d*$/.test(text))
    throw new Error(`${name} is "${text}"; give a whole number above zero`);
  return Number(text);
}

function tell(line: string): void {
  process.stderr.write(`simulate: ${line}\n`);
}
