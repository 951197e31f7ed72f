// The JavaScript of the pages about sandboxes and their clocks does what it says.
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from '@jest/globals';

const ROOT = join(__dirname, '..', '..');

test.each(['sandboxes.md', 'clock.md'])('%s', async (page) => {
  const text = readFileSync(join(ROOT, 'docs', page), 'utf8');
  const [, script = ''] = /^```js\n(.*?)^```/ms.exec(text) ?? [];
  const told = page === 'clock.md' ? 'console.log(fired[0].kind, fired[0].id);' : '';
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['-e', `(async () => { ${script} ${told} })()`],
    { cwd: ROOT },
  );
  expect(stdout).toBe(told === '' ? '' : 'reservation.expired 100000000000002\n');
});
