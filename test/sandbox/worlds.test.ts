// Sandboxes of one emulator: apart from one another, made when they are needed, forked, removed, and there again.
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { SandboxError } from '../../src/emulator';
import { SANDBOX_LIMITS } from '../../src/limits';
import { charge, emulated, FAN, funds, MINUTE, reserve, SEED, temporaryFolder } from './support';

test('64 of them under load at the same time do not see each other', async () => {
  const emulator = await emulated();
  const names = Array.from({ length: 64 }, (_each, index) => `run-${index}`);
  const amounts = names.map((_name, index) => (index % 8) + 1);
  await Promise.all(
    names.map(async (name, index) => {
      const url = `${emulator.url}/s/${name}`;
      const amount = String(amounts[index]);
      const answers = await Promise.all(
        Array.from({ length: 8 }, (_each, turn) =>
          turn % 2 === 0
            ? charge(url, amount)
            : charge(emulator.url, amount, { 'X-Sandbox': name }),
        ),
      );
      // 50 euros are enough for eight charges of up to 6 euros.
      expect(answers.filter(({ status }) => status === 200)).toHaveLength(
        Math.min(8, Math.floor(50 / Number(amount))),
      );
    }),
  );
  names.forEach((name, index) => {
    const sandbox = emulator.sandbox(name);
    const amount = amounts[index] ?? 0;
    expect([name, funds(sandbox)]).toEqual([
      name,
      [50 - amount * Math.min(8, Math.floor(50 / amount)), 0],
    ]);
    expect(sandbox.ledger.audit()).toEqual([]);
  });
  expect(funds(emulator.sandbox())).toEqual([50, 0]);
});

describe('a sandbox', () => {
  test('is not called as the state right after the seed', async () => {
    const emulator = await emulated();
    expect(() => emulator.sandbox('baseline')).toThrow('No sandbox is called baseline');
    expect(() => emulator.sandboxes.create('baseline')).toThrow(SandboxError);
    expect((await charge(`${emulator.url}/s/baseline`, '1')).status).toBe(404);
    await charge(emulator.url, '5');
    expect(funds(emulator.sandboxes.create('fresh', { from: 'baseline' }))).toEqual([50, 0]);
  });

  test('is made from the seed when it is first named', async () => {
    const emulator = await emulated();
    expect(emulator.sandboxes.list()).toEqual([{ name: 'default', isOpen: true }]);
    const sandbox = emulator.sandbox('team-a');
    expect(sandbox.url).toBe(`${emulator.url}/s/team-a`);
    expect(emulator.sandbox('team-a')).toBe(sandbox);
    expect(funds(sandbox)).toEqual([50, 0]);
    expect(emulator.sandboxes.list().map(({ name }) => name)).toEqual(['default', 'team-a']);
  });

  test('is not made by its name when the configuration says so', async () => {
    const emulator = await emulated({ configuration: { sandboxes: { autoCreate: false } } });
    const unknown = 'There is no sandbox other: create it first.';
    expect(() => emulator.sandbox('other')).toThrow(unknown);
    const { status, text } = await charge(`${emulator.url}/s/other`, '1');
    expect([status, text]).toEqual([404, `${unknown}\n`]);
    const { url } = emulator.sandboxes.create('other');
    expect((await charge(url, '1')).status).toBe(200);
  });

  test('can be a fork of the present state of another one, and goes its own way', async () => {
    const emulator = await emulated();
    const original = emulator.sandbox('original');
    const held = await reserve(original.url, '20');
    await original.clock.freeze();
    const { name, clock } = emulator.sandboxes.create('fork', { from: 'original' });
    expect(clock.status()).toMatchObject({ mode: 'frozen', now: original.clock.now() });
    const fork = emulator.sandbox(name);
    expect(fork.ledger.digest()).toBe(original.ledger.digest());
    expect(await fork.clock.advance(31 * MINUTE)).toMatchObject([{ id: held }]);
    expect([funds(fork), funds(original)]).toEqual([
      [50, 0],
      [50, 20],
    ]);
  });

  test('can begin as a snapshot', async () => {
    const emulator = await emulated();
    const sandbox = emulator.sandbox();
    await charge(sandbox.url, '5');
    const snapshot = sandbox.snapshot();
    await charge(sandbox.url, '5');
    expect(funds(emulator.sandboxes.create('earlier', { from: snapshot }))).toEqual([45, 0]);
    expect(funds(emulator.sandboxes.create('anew', { from: 'baseline' }))).toEqual([50, 0]);
  });

  test('is forked whole while it is charged', async () => {
    const emulator = await emulated();
    const { url } = emulator.sandbox('busy');
    const charges = Array.from({ length: 40 }, () => charge(url, '1'));
    const forks: string[] = [];
    for (let turn = 0; turn < 10; turn += 1) {
      await new Promise((resolve) => setImmediate(resolve));
      forks.push(emulator.sandboxes.create(`fork-${turn}`, { from: 'busy' }).name);
    }
    await Promise.all(charges);
    for (const name of forks) {
      const { ledger } = emulator.sandbox(name);
      expect(ledger.audit()).toEqual([]);
      const [there] = funds(emulator.sandbox(name));
      expect(50 - there).toBe(ledger.read.billEntries(FAN).length);
    }
    expect(funds(emulator.sandbox('busy'))).toEqual([10, 0]);
  });

  test('is gone with everything when it is removed, and may come again', async () => {
    const emulator = await emulated();
    const { url } = emulator.sandbox('short');
    await charge(url, '5');
    await emulator.sandboxes.remove('short');
    expect(emulator.sandboxes.list()).toEqual([{ name: 'default', isOpen: true }]);
    expect((await charge(url, '1')).status).toBe(200);
    expect(funds(emulator.sandbox('short'))).toEqual([49, 0]);
  });

  test('finishes what is in progress before it goes', async () => {
    const emulator = await emulated();
    const { url } = emulator.sandbox('short');
    const charged = charge(url, '5');
    const { ledger } = emulator.sandbox('short');
    const submitted = ledger.submit({ kind: 'provision', subscriber: FAN, status: 'barred' });
    const removed = emulator.sandboxes.remove('short');
    expect(() => emulator.sandbox('short')).toThrow('The sandbox short is being removed.');
    expect(await submitted).toMatchObject({ transactions: [{ kind: 'provision' }] });
    await removed;
    expect([200, 500, 503]).toContain((await charged).status);
  });
});

describe('it is refused', () => {
  test.each([[''], ['Upper'], ['under_score'], ['a'.repeat(41)], ['..'], ['a/b']])(
    'the name %p',
    async (name) => {
      const emulator = await emulated();
      expect(() => emulator.sandbox(name)).toThrow(SandboxError);
      expect(() => emulator.sandboxes.create(name)).toThrow(
        'The name of a sandbox has 1 to 40 characters from a to z, 0 to 9 and -.',
      );
    },
  );

  test('to make one that is there, to fork or remove one that is not, to remove the first', async () => {
    const { sandboxes } = await emulated();
    expect(() => sandboxes.create('default')).toThrow('There is a sandbox default already.');
    expect(() => sandboxes.create('fork', { from: 'nothing' })).toThrow(
      'There is no sandbox nothing: create it first.',
    );
    await expect(sandboxes.remove('nothing')).rejects.toThrow(SandboxError);
    await expect(sandboxes.remove('default')).rejects.toThrow('reset it instead');
    expect(sandboxes.list()).toHaveLength(1);
  });

  test('to make more than there can be', async () => {
    const data = temporaryFolder();
    for (let made = 1; made < SANDBOX_LIMITS.sandboxes; made += 1) {
      writeFileSync(join(data, `s-${made}.db`), '');
    }
    const emulator = await emulated({ data: `${data}/` });
    expect(emulator.sandboxes.list()).toHaveLength(SANDBOX_LIMITS.sandboxes);
    const sentence = 'There are 1000 sandboxes already: remove some first.';
    expect(() => emulator.sandbox('more')).toThrow(sentence);
    const { status, text } = await charge(`${emulator.url}/s/more`, '1');
    expect([status, text]).toEqual([507, `${sentence}\n`]);
    await emulator.sandboxes.remove('s-1');
    expect(funds(emulator.sandbox('more'))).toEqual([50, 0]);
  });
});

describe('in files', () => {
  test('they are there again after a restart, as they were left', async () => {
    const data = `${temporaryFolder()}/`;
    const first = await emulated({ data });
    await charge(`${first.url}/s/team-a`, '5');
    const digest = first.sandbox('team-a').ledger.digest();
    await first.sandboxes.remove(first.sandbox('team-b').name);
    await first.close();
    expect(readdirSync(data).sort()).toEqual([
      'default.db',
      'default.db.lock',
      'team-a.db',
      'team-a.db.lock',
    ]);

    const second = await emulated({ data });
    expect(second.sandboxes.list()).toEqual([
      { name: 'default', isOpen: true },
      { name: 'team-a', isOpen: false },
    ]);
    expect(second.sandbox('team-a').ledger.digest()).toBe(digest);
    expect(funds(second.sandbox('team-b'))).toEqual([50, 0]);
  });

  test('beside one file the others have files of their own', async () => {
    const folder = temporaryFolder();
    const data = join(folder, 'ledger.db');
    const first = await emulated({ data });
    expect(funds(first.sandbox('team-a'))).toEqual([50, 0]);
    await first.close();
    expect(existsSync(join(folder, 'ledger.team-a.db'))).toBe(true);
    const second = await emulated({ data });
    expect(second.sandboxes.list().map(({ name }) => name)).toEqual(['default', 'team-a']);
  });

  test('one that is not there any more begins anew, and one that is no ledger is told', async () => {
    const data = temporaryFolder();
    writeFileSync(join(data, 'text.db'), 'not a database, but long enough to be looked at');
    const emulator = await emulated({ data, log: { exchange: () => {}, defect: () => {} } });
    expect(() => emulator.sandbox('text')).toThrow('text.db is not a ledger of this emulator');
    const { status, text } = await charge(`${emulator.url}/s/text`, '1');
    expect([status, text]).toEqual([
      503,
      'The ledger of the sandbox cannot be opened; the log says why.\n',
    ]);
    expect((await charge(emulator.url, '1')).status).toBe(200);
  });

  test('the clock goes on where the ledger is', async () => {
    const data = `${temporaryFolder()}/`;
    const first = await emulated({ data, seed: SEED });
    await first.sandbox().clock.advance(365 * 24 * 60 * MINUTE);
    await charge(first.url, '1');
    const before = first.sandbox().clock.now();
    await first.close();
    const second = await emulated({ data });
    const { clock } = second.sandbox();
    expect(clock.status().mode).toBe('offset');
    expect(clock.now()).toBeGreaterThanOrEqual(before - MINUTE);
    const identifier = await reserve(second.url, '1');
    expect(await clock.advance(30 * MINUTE)).toMatchObject([{ id: identifier }]);
  });
});
