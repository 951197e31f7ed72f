// What an emulator leaves behind when it is closed: nothing that keeps the process, and no files but the ledgers.
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { MINUTE, temporaryFolder } from './support';

/** Several sandboxes with reservations that run out some day, on clocks of every kind. */
function script(data: string): string {
  const source = (file: string) => JSON.stringify(join(__dirname, '../../src', file));
  return `require(${JSON.stringify(join(__dirname, '../crash/register.js'))});
    const { createEmulator } = require(${source('emulator.ts')});
    (async () => {
      const emulator = await createEmulator({ data: ${JSON.stringify(data)} });
      for (const name of ['default', 'a', 'b', 'c']) {
        const { ledger, clock, exchange } = emulator.sandbox(name);
        await ledger.submit({
          kind: 'reserve', application: 'shop', subscriber: 'tel:+15550100', currency: 'EUR', amount: 1000000n,
          texts: { notes: [] }, duration: { metric: 'Hour', units: 1 },
        });
        clock.after(${24 * 60 * MINUTE}, () => {});
        if (name === 'a') await clock.freeze();
        if (name === 'b') await clock.scale(2);
        if (name === 'c') await clock.advance(${MINUTE});
      }
      await fetch(emulator.url);
      await emulator.close();
      console.log('closed');
    })();`;
}

test.each([
  ['in memory', () => ':memory:'],
  ['in files', () => `${temporaryFolder()}/`],
])('%s, the process ends by itself', (_place, place) => {
  const data = place();
  const { status, signal, stdout, stderr } = spawnSync(process.execPath, ['-e', script(data)], {
    encoding: 'utf8',
    timeout: 20_000,
    killSignal: 'SIGKILL',
  });
  expect([status, signal, stdout, stderr]).toEqual([0, null, 'closed\n', '']);
  if (data === ':memory:') return;
  expect(readdirSync(data).sort()).toEqual(
    ['a', 'b', 'c', 'default'].flatMap((name) => [`${name}.db`, `${name}.db.lock`]),
  );
});
