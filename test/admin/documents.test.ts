// The commands of docs/admin-api.md are executed in their order; an answer that is printed below one is what came.
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from '@jest/globals';
import { admin } from './support';

const PAGE = readFileSync(join(__dirname, '..', '..', 'docs', 'admin-api.md'), 'utf8');
const run = promisify(execFile);

test('docs/admin-api.md', async () => {
  const { emulator } = await admin();
  const blocks = [...PAGE.matchAll(/^```sh\n(.*?)^```(?:\n\n```json\n(.*?)^```)?/gms)];
  expect(blocks.length).toBeGreaterThan(5);
  for (const [, commands = '', answer] of blocks) {
    for (const command of commands.trim().split('\n')) {
      const here = command.replaceAll('http://127.0.0.1:8310', emulator.url);
      const { stdout } = await run('bash', ['-c', here]);
      expect(stdout).not.toBe('');
      if (answer !== undefined) expect(JSON.parse(stdout)).toEqual(JSON.parse(answer));
    }
  }
});
