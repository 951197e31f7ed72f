// exec as a process: the command's environment and exit code, signals, and what the ledgers say at the end.
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { workplace } from './support';

const MAIN = join(__dirname, '..', '..', 'dist', 'cli', 'main.js');
const place = workplace();
afterAll(() => place.remove());

/** `emulator charge ...` in a script is this command line. */
function script(name: string, ...lines: string[]): string {
  const emulator = `emulator() { "${process.execPath}" "${MAIN}" "$@"; }`;
  writeFileSync(join(place.folder, name), ['set -e', emulator, ...lines].join('\n'));
  return name;
}

const CHARGE = 'emulator charge tel:+15550100 1.50 EUR --reference';

describe('the exit code and the last line', () => {
  test('a command that passes: 0', async () => {
    const file = script(
      'passes.sh',
      `${CHARGE} r-1`,
      'emulator verify exactly-once --reference r-1',
    );
    expect(await place.run('exec', '--', 'sh', file)).toEqual({
      code: 0,
      out: expect.stringMatching(/^tel:\+15\*{4}00 was charged 1\.50 EUR .*\nyes .*\n$/),
      err: expect.stringMatching(
        /\nparlayx-emulator exec: sh passes\.sh ended with 0; 1 exchange in 1 sandbox; the ledger is in order\.\n$/,
      ),
    });
    expect(existsSync(join(place.folder, '.parlayx'))).toBe(false);
  });

  test('a command that fails: its own', async () => {
    const { code, err } = await place.run(
      'exec',
      'sh',
      script('fails.sh', `${CHARGE} r-1`, 'exit 7'),
    );
    expect(code).toBe(7);
    expect(err).toMatch(/ ended with 7; .*in order\.\n$/);
  });

  test('a command that ends by a signal: 128 and its number', async () => {
    expect((await place.run('exec', '--', 'sh', '-c', 'kill -TERM $$')).code).toBe(143);
  });

  test('a long command is told on one line, and cut', async () => {
    const { err } = await place.run('exec', '--', 'sh', '-c', `true\n${'true; '.repeat(20)}`);
    expect(err).toMatch(
      /^parlayx-emulator exec: sh -c true true; [true; ]+\.\.\. ended with 0; .*\n$/,
    );
  });

  const twice = script('twice.sh', `${CHARGE} r-1`, `${CHARGE} r-1`);
  const renewed = script('renewed.sh', `${CHARGE} r-1`, `${CHARGE} r-2`);
  const elsewhere = script(
    'elsewhere.sh',
    `${CHARGE} r-1 --sandbox a`,
    `${CHARGE} r-1 --sandbox a`,
  );

  test.each([
    [
      [],
      twice,
      1,
      /FAILED; default: 1 double charge is suspected: .* under the one reference r-1 /,
    ],
    [[], renewed, 0, /in order; default: 1 double charge is /],
    [
      ['--double-charges', 'all'],
      renewed,
      1,
      /FAILED; default: .* each under references r-1 and r-2 /,
    ],
    [[], elsewhere, 1, /in 2 sandboxes; FAILED; a: 1 double charge is suspected: /],
    [['--double-charges', 'reference'], twice, 1, /FAILED; default: /],
    [['--double-charges', 'none'], twice, 0, /in order; default: 1 double charge is suspected/],
  ])('exec %j %s: %d', async (flags, file, code, summary) => {
    const finished = await place.run('exec', ...flags, '--', 'sh', file);
    expect(finished.err.trimEnd().split('\n').at(-1)).toMatch(summary);
    expect(finished.code).toBe(code);
  });
});

describe('the command', () => {
  test('finds the emulator in its environment, at a free port', async () => {
    place.environment.PARLAYX_ADMIN_TOKEN = 'a-token-for-tests';
    const words = 'echo $PARLAYX_URL $PARLAYX_ADMIN_URL $PARLAYX_ADMIN_TOKEN';
    const { out } = await place.run('exec', '--', 'sh', '-c', words);
    delete place.environment.PARLAYX_ADMIN_TOKEN;
    expect(out).toMatch(/^(http:\/\/127\.0\.0\.1:\d+) \1 a-token-for-tests\n$/);
    expect(out).not.toContain(':8310');
  });

  test('leaves the port and the data of the configuration file to serve', async () => {
    writeFileSync(
      join(place.folder, 'own.yaml'),
      'server: { port: 1, data: kept, adminPort: 2 }\naccounts: { unknown: refuse }\n',
    );
    const file = script('refused.sh', `${CHARGE} r-1 || echo $?`);
    const { code, out } = await place.run('exec', '--config', 'own.yaml', '--', 'sh', file);
    expect([code, out]).toEqual([0, '12\n']);
    expect(existsSync(join(place.folder, 'kept'))).toBe(false);
  });

  test('keeps its ledger where --data says', async () => {
    await place.run('exec', '--data', 'here', '--', 'sh', script('once.sh', `${CHARGE} r-1`));
    expect(existsSync(join(place.folder, 'here', 'default.db'))).toBe(true);
  });

  test.each([['SIGTERM'], ['SIGINT'], ['SIGHUP']] as const)(
    'gets a %s that comes',
    async (signal) => {
      const file = script(
        `traps-${signal}.sh`,
        `trap 'echo got it; exit 3' ${signal.slice(3)}`,
        'echo waiting',
        'for i in $(seq 400); do sleep 0.05; done',
      );
      const running = place.start('exec', '--', 'sh', file);
      await running.line(/waiting/);
      running.child.kill(signal);
      const { code, out, err } = await running.finished();
      expect([code, out]).toEqual([3, 'waiting\ngot it\n']);
      expect(err).toMatch(/ ended with 3; /);
    },
  );
});

describe('what keeps it from running', () => {
  test.each([
    [['exec'], 2, 'Name the command to run: parlayx-emulator exec -- npm test.\n'],
    [
      ['exec', '--', 'no-such-command'],
      13,
      'The command no-such-command cannot be started: there is no such command.\n',
    ],
    [
      ['exec', '--double-charges', 'some', '--', 'true'],
      2,
      '--double-charges: found "some", expected one of reference, all, none.\n',
    ],
    [['exec', '--', './passes.sh'], 14, 'The command ./passes.sh cannot be started: EACCES.\n'],
  ])('%j: %d', async (words, code, err) => {
    script('passes.sh', 'true');
    expect(await place.run(...words)).toEqual({ code, out: '', err });
  });
});
