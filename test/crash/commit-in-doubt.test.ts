// COMMIT itself fails, made so by a limit of the operating system on the size of files: the outcome is in doubt,
// nobody is told "not charged", nothing is repeated, and the ledger opens anew and goes on.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { openLedger } from '../../src/store/ledger';
import { testTerms } from '../support/terms';
import type { Told } from './full-file';

/** In blocks of 512 bytes, for some shells of 1,024: far less than the write-ahead file grows to. */
const LIMIT = 1_200;

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'in-doubt-'));
  file = join(folder, 'ledger.db');
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function run(...options: string[]): Told[] {
  const program = join(__dirname, 'full-file.ts');
  const hook = join(__dirname, 'register.js');
  const script = `ulimit -f ${LIMIT}; exec "$@"`;
  const command = [process.execPath, '-r', hook, program, file, '200', ...options];
  const { stdout, stderr, status } = spawnSync('sh', ['-c', script, 'sh', ...command], {
    encoding: 'utf8',
  });
  expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}

/** The names of those that were told `answer`. */
function told(lines: readonly Told[], answer: string): string[] {
  return lines.flatMap((line) => ('told' in line && line.told === answer ? [line.name] : []));
}

// The shell of Windows knows no such limit.
const onPosix = process.platform === 'win32' ? describe.skip : describe;

onPosix('a commit that fails', () => {
  test('is in doubt; the ledger opens anew and serves the next', async () => {
    const lines = run();
    const inDoubt = told(lines, 'outcome_unknown');
    const accepted = told(lines, 'accepted');
    expect(inDoubt.length).toBeGreaterThan(1);
    expect(accepted.length + inDoubt.length).toBe(200);
    expect(lines.at(-1)).toEqual({ name: 'charge-199', told: 'accepted' });

    const defects = lines.flatMap((line) => ('defect' in line ? [line] : []));
    expect(new Set(defects.map(({ code }) => code))).toEqual(new Set(['SQLITE_IOERR_WRITE']));
    const references = lines.flatMap((line) =>
      'told' in line && line.told === 'outcome_unknown' ? [line.reference] : [],
    );
    expect(references).toEqual(defects.map(({ defect }) => defect));

    const ledger = openLedger({ location: file, now: () => 2_000, terms: () => testTerms() });
    const there = ledger.read.transactions().flatMap(({ referenceCode: code }) => code ?? []);
    expect(ledger.audit()).toEqual([]);
    await ledger.close();
    // This failure cut the write short, so what was in doubt did not happen: unless somebody repeated it.
    expect(there).toEqual(accepted);
  });

  test('takes the ledger out of service when it cannot be opened again', () => {
    const lines = run('once');
    const inDoubt = told(lines, 'outcome_unknown');
    const accepted = told(lines, 'accepted');
    expect(inDoubt).toEqual([`charge-${accepted.length}`]);
    expect(told(lines, 'busy').length).toBe(200 - accepted.length - 1);
  });
});
