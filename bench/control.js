// Milliseconds of fork, snapshot, restore, reset, export, import and of starting an emulator, in memory.
// Usage: npm run build && node bench/control.js [--accounts 10000] [--rounds 31]
'use strict';
const path = require('node:path');
const { parseArgs } = require('node:util');

const started = performance.now();
const { createEmulator } = require(path.join(__dirname, '..', 'dist', 'emulator.js'));
const loadedMs = performance.now() - started;

const { values } = parseArgs({
  options: {
    accounts: { type: 'string', default: '10000' },
    rounds: { type: 'string', default: '31' },
  },
});
const ACCOUNTS = Number(values.accounts);
const ROUNDS = Number(values.rounds);

const seed = {
  subscribers: Array.from({ length: ACCOUNTS }, (_each, index) => ({
    address: `tel:+1555${String(index).padStart(7, '0')}`,
    wallets: [{ balance: '100.00' }],
  })),
};

function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

function tell(what, times) {
  const worst = Math.max(...times);
  process.stdout.write(
    `${what.padEnd(34)} median ${median(times).toFixed(2).padStart(7)} ms   worst ${worst.toFixed(2).padStart(7)} ms\n`,
  );
}

/** Times of `act`; what comes before and after each round does not count. */
async function timed(what, act, before = async () => {}, after = async () => {}) {
  const times = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    await before(round);
    const begun = performance.now();
    const result = await act(round);
    times.push(performance.now() - begun);
    await after(result, round);
  }
  tell(what, times);
}

async function main() {
  process.stdout.write(`modules loaded in ${loadedMs.toFixed(0)} ms; ${ACCOUNTS} accounts\n`);
  const begun = performance.now();
  await (await createEmulator({ port: 0 })).close();
  tell('createEmulator, the first', [performance.now() - begun]);
  const closing = (emulator) => emulator.close();
  await timed(
    'createEmulator, further ones',
    () => createEmulator({ port: 0 }),
    undefined,
    closing,
  );
  await timed(
    'createEmulator with the seed',
    () => createEmulator({ port: 0, seed }),
    undefined,
    closing,
  );

  const emulator = await createEmulator({ port: 0, seed });
  const sandbox = emulator.sandbox();
  let turn = 0;
  const charge = async () => {
    turn += 1;
    await sandbox.ledger.submit({
      kind: 'charge',
      application: 'bench',
      currency: 'EUR',
      payers: [{ subscriber: seed.subscribers[turn % ACCOUNTS].address, amount: 10_000n }],
      part: 'endUserIdentifier',
      texts: { bill: 'bench', notes: [] },
      reference: { space: 'charge', code: `bench-${turn}`, fingerprint: Buffer.from(String(turn)) },
    });
  };
  const snapshot = sandbox.snapshot();
  const remove = (_made, round) => emulator.sandboxes.remove(`fork-${round}`);
  await timed(
    'create from the baseline',
    (n) => emulator.sandboxes.create(`fork-${n}`),
    charge,
    remove,
  );
  await timed(
    'fork of a sandbox',
    (round) => emulator.sandboxes.create(`fork-${round}`, { from: 'default' }),
    charge,
    remove,
  );
  await timed('snapshot', () => sandbox.snapshot(), charge);
  await timed('restore', () => sandbox.restore(snapshot), charge);
  await timed('reset', () => sandbox.reset(), charge);
  await timed('reset and the first charge after it', async () => {
    sandbox.reset();
    await charge();
  });
  await timed('export as a file', () => sandbox.exportFile(), charge);
  const file = sandbox.exportFile();
  await timed('import of a file, audited', () => sandbox.importFile(file), charge);
  await emulator.close();
}

main().catch((error) => {
  process.stderr.write(`${error.stack}\n`);
  process.exitCode = 1;
});
