// docs/confirmation-references.md: its requests are sent as printed, in order, and answered as it says.
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from '@jest/globals';
import { createEmulator, virtualClock } from '../../src/emulator';

const ROOT = join(__dirname, '..', '..');
const TEXT = readFileSync(join(ROOT, 'docs', 'confirmation-references.md'), 'utf8');
const run = promisify(execFile);

/** A request and what is printed of its answer. */
const STEPS = [...TEXT.matchAll(/^```sh\n(curl .*?)^```\n.*?^```text\n(.*?)\n```/gms)].map(
  ([, command = '', answer = '']) => ({ command, answer }),
);

test('the path from the message to the charge', async () => {
  const clock = virtualClock(Date.UTC(2026, 0, 31, 9, 30));
  const emulator = await createEmulator({ clock });
  try {
    expect(STEPS).toHaveLength(6);
    for (const { command, answer } of STEPS) {
      const { stdout } = await run('bash', [
        '-c',
        command.replaceAll('http://127.0.0.1:8310', emulator.url),
      ]);
      expect(stdout).toContain(answer);
      clock.advance(1_000);
    }
  } finally {
    await emulator.close();
  }
});
