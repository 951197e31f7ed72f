// What a start loads, and what only the first request for the admin API does. In processes of their own: the build.
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from '@jest/globals';

const run = promisify(execFile);
const ROOT = join(__dirname, '..', '..');

const SCRIPT = `
const { createEmulator } = require('./dist/emulator');
const loaded = () => ['express', 'zod', 'prom-client'].filter((name) =>
  Object.keys(require.cache).some((file) => file.includes('/node_modules/' + name + '/')));
(async () => {
  const emulator = await createEmulator();
  const told = [loaded()];
  for (const path of ['/__admin/v1/clock', '/metrics']) {
    await (await fetch(emulator.url + path)).text();
    told.push(loaded());
  }
  await emulator.close();
  console.log(JSON.stringify(told));
})();`;

test('web framework and validation come with the first admin request, metrics with the first of them', async () => {
  const { stdout } = await run(process.execPath, ['-e', SCRIPT], { cwd: ROOT });
  expect(JSON.parse(stdout)).toEqual([[], ['express', 'zod'], ['express', 'zod', 'prom-client']]);
});
