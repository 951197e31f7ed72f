// The state of a sandbox taken away and brought back, and begun anew: all of it or nothing.
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { ClockError, type Emulator, LedgerFileError, type Scope } from '../../src/emulator';
import { writeImageFile } from '../../src/store/image-file';
import {
  charge,
  emulated,
  FAN,
  funds,
  MINUTE,
  receiver,
  release,
  reserve,
  sendSms,
  temporaryFolder,
} from './support';

const PLACES = [
  ['in memory', () => ':memory:'],
  ['in files', () => `${temporaryFolder()}/`],
] as const;

/** Money moved, a reservation open, a rule for faults, a day later. */
async function lived(emulator: Emulator): Promise<string> {
  const { url, clock, faults } = emulator.sandbox();
  await charge(url, '5');
  await clock.advance(24 * 60 * MINUTE);
  const identifier = await reserve(url, '20');
  faults.add({ match: { amount: '7.77' }, then: { outcome: 'fault-500' } });
  return identifier;
}

describe.each(PLACES)('%s', (_place, place) => {
  test('a snapshot brings back ledger, clock and faults', async () => {
    const emulator = await emulated({ data: place() });
    const { url, clock, faults, ledger, snapshot, restore } = emulator.sandbox();
    const identifier = await lived(emulator);
    await clock.freeze();
    const [taken, digest, now] = [snapshot(), ledger.digest(), clock.now()];

    await release(url, identifier);
    await charge(url, '3');
    faults.clear();
    await clock.advance(60 * MINUTE);
    clock.reset();

    restore(taken);
    expect([ledger.digest(), clock.now()]).toEqual([digest, now]);
    expect([clock.status().mode, faults.rules()]).toMatchObject(['frozen', [{ injected: 0 }]]);
    expect(await clock.advance(30 * MINUTE)).toMatchObject([{ id: identifier }]);
    expect(ledger.audit()).toEqual([]);
  });

  test('a reset takes all of it back to the seed', async () => {
    const emulator = await emulated({ data: place() });
    const sandbox = emulator.sandbox();
    const identifier = await lived(emulator);
    const terms = sandbox.terms;
    sandbox.configure({ terms: (name) => ({ ...terms.terms(name), refunds: 'linked' }) });
    sandbox.reset();
    expect(funds(sandbox)).toEqual([50, 0]);
    expect(sandbox.ledger.read.counts()).toMatchObject({ transactions: 1, reservations: 0 });
    expect([sandbox.faults.rules(), sandbox.journal.list()]).toEqual([[], []]);
    expect(sandbox.clock.status()).toMatchObject({ mode: 'real', offsetMs: 0 });
    expect(sandbox.terms).toEqual(terms);
    expect((await release(sandbox.url, identifier)).status).toBe(500);
    expect((await charge(sandbox.url, '50')).status).toBe(200);
  });

  test('the file of a sandbox makes another one the same', async () => {
    const emulator = await emulated({ data: place() });
    const sandbox = emulator.sandbox();
    const identifier = await lived(emulator);
    await sandbox.clock.freeze();
    const file = sandbox.exportFile();
    const other = (await emulated()).sandbox('copy');
    other.importFile(file);
    expect(other.ledger.digest()).toBe(sandbox.ledger.digest());
    expect(other.clock.state()).toEqual(sandbox.clock.state());
    expect(other.faults.rules()).toEqual(sandbox.faults.rules());
    expect((await release(other.url, identifier)).status).toBe(200);
    expect(funds(sandbox)).toEqual([45, 20]);
  });
});

describe('a reset takes back only what it is told to', () => {
  test.each<[Scope[], object]>([
    [['accounts'], { funds: [50, 0], rules: 1, exchanges: 2, mode: 'offset' }],
    [['faults'], { funds: [45, 20], rules: 0, exchanges: 2, mode: 'offset' }],
    [['journal'], { funds: [45, 20], rules: 1, exchanges: 0, mode: 'offset' }],
    [['clock', 'accounts'], { funds: [50, 0], rules: 1, exchanges: 2, mode: 'real' }],
    [['journal', 'faults'], { funds: [45, 20], rules: 0, exchanges: 0, mode: 'offset' }],
    [['clock', 'all'], { funds: [50, 0], rules: 0, exchanges: 0, mode: 'real' }],
    [[], { funds: [45, 20], rules: 1, exchanges: 2, mode: 'offset' }],
  ])('%j', async (scopes, expected) => {
    const emulator = await emulated();
    const sandbox = emulator.sandbox();
    await lived(emulator);
    sandbox.reset(scopes);
    expect({
      funds: funds(sandbox),
      rules: sandbox.faults.rules().length,
      exchanges: sandbox.journal.list().length,
      mode: sandbox.clock.status().mode,
    }).toEqual(expected);
  });
});

describe('all or nothing', () => {
  test('while it is charged, each charge is before or after a restore', async () => {
    const emulator = await emulated();
    const sandbox = emulator.sandbox();
    const empty = sandbox.snapshot();
    for (let round = 0; round < 20; round += 1) {
      const charges = Array.from({ length: 8 }, () => charge(sandbox.url, '1'));
      for (let turn = 0; turn < round; turn += 1) {
        await new Promise((resolve) => setImmediate(resolve));
      }
      if (round % 2 === 0) sandbox.restore(empty);
      else sandbox.reset();
      const answers = await Promise.all(charges);
      expect(answers.map(({ status }) => status)).toEqual(Array(8).fill(200));
      const [there] = funds(sandbox);
      expect(50 - there).toBe(sandbox.ledger.read.billEntries(FAN).length);
      expect(sandbox.ledger.audit()).toEqual([]);
    }
  });

  test('a reset that cannot be written changes nothing', async () => {
    const data = temporaryFolder();
    const emulator = await emulated({ data });
    const sandbox = emulator.sandbox();
    await lived(emulator);
    const before = [sandbox.ledger.digest(), sandbox.faults.rules(), sandbox.clock.state()];
    mkdirSync(join(data, 'default.db.new'));
    expect(() => sandbox.reset()).toThrow(LedgerFileError);
    expect([sandbox.ledger.digest(), sandbox.faults.rules(), sandbox.clock.state()]).toEqual(
      before,
    );
    expect(sandbox.journal.list()).toHaveLength(2);
    rmSync(join(data, 'default.db.new'), { recursive: true });
    sandbox.reset();
    expect(funds(sandbox)).toEqual([50, 0]);
  });

  const state = { sandbox: 'x', takenAt: 0, clock: { mode: 'real' }, parts: {} };
  test.each<[string, unknown, new () => Error, string]>([
    ['a clock that cannot be', { ...state, clock: { mode: 'frozen' } }, ClockError, 'a clock'],
    ['a list', [], LedgerFileError, 'does not tell the state of its sandbox'],
    ['faults that cannot be', { ...state, parts: { faults: { rules: 7 } } }, Error, ''],
  ] as never)('a file with %s changes nothing', async (_what, told, kind, sentence) => {
    const emulator = await emulated();
    const sandbox = emulator.sandbox();
    await lived(emulator);
    const before = [sandbox.ledger.digest(), sandbox.faults.rules(), sandbox.clock.state()];
    const file = writeImageFile(sandbox.ledger.serialize(), JSON.stringify(told));
    await charge(sandbox.url, '1');
    before[0] = sandbox.ledger.digest();
    expect(() => sandbox.importFile(file)).toThrow(kind);
    expect(() => sandbox.importFile(file)).toThrow(sentence);
    expect([sandbox.ledger.digest(), sandbox.faults.rules(), sandbox.clock.state()]).toEqual(
      before,
    );
  });

  test('bytes that are no sandbox change nothing', async () => {
    const sandbox = (await emulated()).sandbox();
    const digest = sandbox.ledger.digest();
    expect(() => sandbox.importFile(Buffer.from('hello'))).toThrow(LedgerFileError);
    expect(sandbox.ledger.digest()).toBe(digest);
  });
});

test('a receipt that was sent is sent again where the sandbox has gone back before it', async () => {
  const application = await receiver();
  const sandbox = (await emulated()).sandbox();
  await sandbox.clock.freeze();
  const id = await sendSms(sandbox.url, application.url);
  const before = sandbox.snapshot();
  expect(await sandbox.clock.advance(MINUTE)).toMatchObject([{ kind: 'receipt.sent', id }]);
  expect(await sandbox.clock.advance(MINUTE)).toEqual([]);
  sandbox.restore(before);
  expect(await sandbox.clock.advance(MINUTE)).toMatchObject([{ kind: 'receipt.sent', id }]);
  expect(application.received).toHaveLength(2);
});

test('a restore overtakes a clock that is being moved', async () => {
  const sandbox = (await emulated()).sandbox();
  await reserve(sandbox.url, '20');
  const before = sandbox.snapshot();
  const moved = sandbox.clock.advance(60 * MINUTE);
  sandbox.restore(before);
  await expect(moved).rejects.toThrow('The clock was reset');
  expect(await sandbox.clock.advance(60 * MINUTE)).toHaveLength(1);
});

test('the same requests after a reset get the same bytes and end in the same state', async () => {
  const sandbox = (await emulated()).sandbox();
  await sandbox.clock.freeze();
  const state = sandbox.snapshot();
  const run = async () => {
    sandbox.restore(state);
    const answers = [await charge(sandbox.url, '5'), await reserve(sandbox.url, '20')];
    await sandbox.clock.advance(31 * MINUTE);
    return [...answers, await charge(sandbox.url, '50'), sandbox.ledger.digest()];
  };
  expect(await run()).toEqual(await run());
});
