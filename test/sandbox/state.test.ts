// The state of a sandbox taken away and brought back, and begun anew: all of it or nothing.
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import {
  ClockError,
  ConfigurationError,
  type Emulator,
  LedgerFileError,
  type Sandbox,
  type Scope,
} from '../../src/emulator';
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

  test('changed terms and delivery rules go along: snapshot, fork and file', async () => {
    const emulator = await emulated({ data: place() });
    const sandbox = emulator.sandbox();
    const told = ({ terms, deliveryRules }: Sandbox) => [
      [...terms.terms('').maximumAmountPerTransaction],
      terms.terms('').tariffs.map(({ unit }) => unit),
      terms.terms('shop').duplicateReferences,
      deliveryRules(),
    ];
    const before = told(sandbox);
    emulator.sandboxes.configure('default', {
      policies: { maximumAmountPerTransaction: { EUR: '2' } },
      tariffs: [{ unit: 'songs', price: '0.99' }],
      applications: { shop: { references: { duplicates: 'reject' } } },
    });
    sandbox.setDeliveryRules([{ address: 'tel:+1555*', outcome: 'never' }]);
    const changed = told(sandbox);
    expect(changed).not.toEqual(before);
    const [taken, file] = [sandbox.snapshot(), sandbox.exportFile()];
    expect(told(emulator.sandboxes.create('fork', { from: 'default' }))).toEqual(changed);

    sandbox.reset();
    expect(told(sandbox)).toEqual(before);
    expect(told(emulator.sandboxes.create('later', { from: taken }))).toEqual(changed);
    sandbox.restore(taken);
    expect(told(sandbox)).toEqual(changed);

    const elsewhere = await emulated();
    const other = elsewhere.sandbox('copy');
    const untouched = other.snapshot();
    other.importFile(file);
    expect(told(other)).toEqual(changed);
    expect((await charge(other.url, '2.01')).text).toContain('POL');
    // What came along can be changed further, and is in the next file.
    elsewhere.sandboxes.configure('copy', { tariffs: [{ unit: 'films', price: '3' }] });
    expect(told(other)).toEqual([changed[0], ['films'], ...changed.slice(2)]);
    const third = (await emulated()).sandbox();
    third.importFile(other.exportFile());
    expect(told(third)).toEqual(told(other));
    other.restore(untouched);
    expect(told(other)).toEqual(before);
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
    [
      'terms that cannot be',
      { ...state, parts: { configuration: { terms: { written: { input: { policy: {} } } } } } },
      ConfigurationError,
      'what is to be imported: policy: unknown key',
    ],
    [
      'delivery rules that cannot be',
      { ...state, parts: { configuration: { deliveryRules: [{ address: 7 }] } } },
      LedgerFileError,
      'delivery rules that cannot be',
    ],
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

test('an outcome that was forced before a reset does not come after it', async () => {
  const sandbox = (await emulated()).sandbox();
  for (let turns = 0; turns < 12; turns += 1) {
    sandbox.faults.next('timeout-charged');
    // Refused for want of money, so that the outcome would stand for the next call.
    const refused = charge(sandbox.url, '500');
    for (let turn = 0; turn < turns; turn += 1) {
      await new Promise((resolve) => setImmediate(resolve));
    }
    sandbox.reset();
    await refused;
    sandbox.reset(['accounts']);
    expect(sandbox.faults.rules()).toEqual([]);
  }
});

describe('an instant at which every sandbox begins', () => {
  const clock = '2027-01-01T00:00:00Z';
  const START = Date.UTC(2027, 0, 1);

  test('is where its clock stands, and where a reset takes it back to', async () => {
    const emulator = await emulated({ clock });
    for (const sandbox of [emulator.sandbox(), emulator.sandbox('other')]) {
      expect(sandbox.clock.status()).toMatchObject({ mode: 'frozen', now: START });
      expect(sandbox.ledger.read.transactions()).toMatchObject([{ at: START }]);
      await sandbox.clock.advance(MINUTE);
      await charge(sandbox.url, '5');
      sandbox.reset(['clock']);
      expect(sandbox.clock.now()).toBe(START + MINUTE);
      sandbox.reset();
      expect(sandbox.clock.status()).toMatchObject({ mode: 'frozen', now: START });
    }
    expect(emulator.sandbox().ledger.digest()).toBe(emulator.sandbox('other').ledger.digest());
  });

  test('is not before a ledger in a file, which keeps its time', async () => {
    const data = temporaryFolder();
    const first = await emulated({ data, clock });
    await first.sandbox().clock.advance(60 * MINUTE);
    await charge(first.url, '5');
    await first.close();
    const second = (await emulated({ data, clock })).sandbox();
    expect(second.clock.status()).toMatchObject({ mode: 'frozen', now: START + 60 * MINUTE });
  });

  test('can be left for real time by the restore of a clock that had it', async () => {
    const real = (await emulated()).sandbox().snapshot();
    const sandbox = (await emulated({ clock })).sandbox();
    sandbox.restore({ ...real, ledger: sandbox.snapshot().ledger });
    expect(sandbox.clock.status()).toMatchObject({ factor: 1 });
  });

  test.each(['2027-01-01', 'tomorrow', '2027-02-30T00:00:00Z'])('is not %s', async (written) => {
    await expect(emulated({ clock: written })).rejects.toThrow(
      `server.clock: found "${written}", expected an instant such as 2027-01-01T00:00:00Z`,
    );
  });
});

test.each([
  ['a charge that is refused', '500', undefined],
  ['a charge that nobody commits', '5', 'reset-uncharged'],
  ['the same of somebody new', '5', 'reset-uncharged', 'tel:+15550177'],
] as const)('%s leaves the digest as it was', async (_what, amount, outcome, ...payers) => {
  const sandbox = (await emulated()).sandbox();
  await charge(sandbox.url, '1');
  const digest = sandbox.verify.digest();
  const time = sandbox.ledger.read.ledgerTime();
  await sandbox.clock.advance(MINUTE);
  if (outcome !== undefined) sandbox.faults.next(outcome);
  await charge(sandbox.url, amount, {}, payers[0] ?? FAN).catch(() => 'no answer');
  expect(sandbox.ledger.read.ledgerTime()).toBeGreaterThan(time);
  expect(sandbox.verify.digest()).toBe(digest);
});
