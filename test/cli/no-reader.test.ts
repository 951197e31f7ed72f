// A service whose output nobody reads serves on, and ends when it is told to.
import { once } from 'node:events';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { charge } from './charge';
import { namedPipe, type Pipe } from './pipe';
import { type Running, type Workplace, workplace } from './support';

const OK = /^200 .*chargeAmountResponse/s;

/** Their log is more than the 64 kB that a pipe holds. */
const ENOUGH = 1000;

let place: Workplace;
let pipe: Pipe;
let running: Running[] = [];

beforeEach(() => {
  place = workplace();
  pipe = namedPipe(join(place.folder, 'pipe'));
});
afterEach(() => {
  for (const { child } of running) child.kill('SIGKILL');
  running = [];
  pipe.close();
  place.remove();
});

async function serve(...args: string[]) {
  const service = await place.serve('--data', ':memory:', ...args);
  running.push(service);
  return service;
}

async function chargeTimes(url: string, times: number): Promise<void> {
  for (let left = times; left > 0; left -= 20) {
    const answers = await Promise.all(
      Array.from({ length: Math.min(left, 20) }, () => charge(url, 'tel:+15550100', '0.01')),
    );
    for (const answer of answers) expect(answer).toMatch(OK);
  }
}

/** Also when a stream of it is still open. */
async function exitCode({ child }: Running, signal: NodeJS.Signals): Promise<number | null> {
  const exited = once(child, 'exit');
  child.kill(signal);
  await exited;
  return child.exitCode;
}

describe.each([['text'], ['json']])('a log in %s', (format) => {
  test.each([['SIGTERM'], ['SIGINT']] as const)(
    'whose reader has gone: %s ends the service with 0',
    async (signal) => {
      const service = await serve('--log-format', format);
      service.child.stderr?.destroy();
      await chargeTimes(service.url, 6);
      expect(await exitCode(service, signal)).toBe(0);
    },
  );

  test('that is more than an unread pipe holds: SIGTERM ends the service with 0', async () => {
    place.streams.stderr = pipe.descriptor;
    const service = await serve('--log-format', format);
    await chargeTimes(service.url, ENOUGH);
    expect(await exitCode(service, 'SIGTERM')).toBe(0);
    expect(pipe.read().split('\n').length).toBeLessThan(ENOUGH);
  });
});

test('a log that is read late is whole', async () => {
  place.streams.stderr = pipe.descriptor;
  const service = await serve('--quiet');
  await chargeTimes(service.url, ENOUGH);
  let log = '';
  while (log.split('\n').length <= ENOUGH) {
    log += pipe.read();
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect(await exitCode(service, 'SIGTERM')).toBe(0);
  log += pipe.read();
  const whole = /^\S+Z anonymous AmountCharging\.chargeAmount tel:\S+ ok .*ms$/;
  expect(log.trimEnd().split('\n')).toEqual(Array(ENOUGH).fill(expect.stringMatching(whole)));
});

test('a reader that returns is told how many lines are missing', async () => {
  place.streams.stderr = pipe.descriptor;
  const service = await serve('--quiet');
  pipe.leave();
  await chargeTimes(service.url, ENOUGH);
  pipe.join();
  expect(await exitCode(service, 'SIGTERM')).toBe(0);
  const log = pipe.read();
  const [, dropped] = /^\S+Z warning .* missing here: (\d+)\.\n/.exec(log) ?? [];
  expect(Number(dropped) + log.split('\n').length - 2).toBe(ENOUGH);
});

describe('a pipe that is full before the first word', () => {
  test('for people: SIGTERM ends the service with 0', async () => {
    pipe.fill();
    place.streams.stderr = pipe.descriptor;
    const service = await serve();
    await chargeTimes(service.url, 1);
    expect(await exitCode(service, 'SIGTERM')).toBe(0);
  });

  test('for machines: SIGTERM ends the service with 0', async () => {
    pipe.fill();
    place.streams.stdout = pipe.descriptor;
    const service = place.start('--port', '0', '--data', ':memory:');
    running.push(service);
    while (!service.err().includes('A first charge')) {
      await once(service.child.stderr as NonNullable<typeof service.child.stderr>, 'data');
    }
    expect(await exitCode(service, 'SIGTERM')).toBe(0);
  });
});
