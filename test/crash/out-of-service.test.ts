// A server whose ledger is out of service tells so at /readyz, and is ready again by itself once its file is back.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import type { Health } from './full-server';

// The shell of Windows knows no limit on the size of files.
const onPosix = process.platform === 'win32' ? test.skip : test;

onPosix('/readyz follows the ledger out of service and back', () => {
  const folder = mkdtempSync(join(tmpdir(), 'out-of-service-'));
  try {
    const file = join(folder, 'ledger.db');
    const program = [join(__dirname, 'register.js'), join(__dirname, 'full-server.ts'), file];
    const { stdout, stderr, status } = spawnSync(
      'sh',
      ['-c', 'ulimit -f 1200; exec "$@"', 'sh', process.execPath, '-r', ...program],
      { encoding: 'utf8', timeout: 60_000, killSignal: 'SIGKILL' },
    );
    expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
    const health: Health[] = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    const reason = 'The ledger is out of service; the log says why.';
    expect(health).toEqual([
      { status: 200, text: 'ready\n' },
      { status: 503, text: `${reason}\n` },
      { status: 200, text: 'ready\n' },
    ]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
