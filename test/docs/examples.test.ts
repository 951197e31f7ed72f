// The examples of docs/examples run as a reader would run them: by Jest and by Vitest.
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from '@jest/globals';

const ROOT = join(__dirname, '..', '..');
const EXAMPLES = join(ROOT, 'docs', 'examples');
const run = promisify(execFile);

/** Without colours, and not as part of the run that this is in. */
const { JEST_WORKER_ID: _worker, NODE_ENV: _mode, ...inherited } = process.env;
const env = { ...inherited, NO_COLOR: '1', CI: 'true' };

test.each([
  ['jest', ['--config', join(EXAMPLES, 'jest', 'jest.config.js')], /^Tests: +7 passed, 7 total$/m],
  ['vitest', ['run', '--dir', join(EXAMPLES, 'vitest')], /^ +Tests {2}7 passed \(7\)$/m],
])(
  '%s',
  async (runner, words, summary) => {
    const program = join(ROOT, 'node_modules', '.bin', runner);
    const { stdout, stderr } = await run(program, words, { cwd: ROOT, env, timeout: 60_000 });
    expect(stdout + stderr).toMatch(summary);
  },
  60_000,
);
