// Every command printed in the documents is executed, as printed. The environment moves ports and data out of the way.
import { execFile, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createEmulator, type Emulator } from '../../src/emulator';

const ROOT = join(__dirname, '..', '..');
const DOCUMENTS = ['README.md', 'CONTRIBUTING.md', ...markdownIn('docs')];
const PRINTED_URL = /http:\/\/127\.0\.0\.1:8310/g;
const run = promisify(execFile);

/** What continuous integration itself executes, in this order, before and around this test. */
const EXECUTED_BY_CI = ['npm ci', 'npm test'];

/** Pages whose commands build on one another and have a test of their own. */
const EXECUTED_IN_ORDER = ['docs/confirmation-references.md', 'docs/admin-api.md'];

let emulator: Emulator;
let scratch: string;

beforeAll(async () => {
  emulator = await createEmulator();
  scratch = mkdtempSync(join(tmpdir(), 'documents-'));
});

afterAll(async () => {
  await emulator.close();
  rmSync(scratch, { recursive: true, force: true });
});

describe('commands', () => {
  const commands = DOCUMENTS.flatMap((file) =>
    blocksOf(file, 'sh')
      .flatMap(commandsOf)
      .filter((command) => !EXECUTED_BY_CI.includes(command) && !EXECUTED_IN_ORDER.includes(file))
      .map((command) => [file, command] as const),
  );

  test.each(commands)('%s: %s', async (_file, command) => {
    if (command.startsWith('curl ')) return expectCharge(command);
    if (command.startsWith('npm start')) return expectReady(command);
    const { stdout } = await run('bash', ['-c', command], { cwd: ROOT });
    expect(stdout).not.toBe('');
  });
});

test('the JavaScript of the README runs', async () => {
  const [script = ''] = blocksOf('README.md', 'js');
  expect(script).toContain('createEmulator');
  await run(process.execPath, ['-e', `(async () => { ${script} })()`], { cwd: ROOT });
});

async function expectCharge(command: string): Promise<void> {
  const { stdout } = await run('bash', ['-c', command.replace(PRINTED_URL, emulator.url)]);
  expect(stdout).toContain('<ns1:chargeAmountResponse');
  expect(emulator.sandbox().ledger.read.billEntries()).toHaveLength(1);
}

/** In a process group of its own, because npm puts a shell between. */
function expectReady(command: string): Promise<void> {
  const environment = { PARLAYX_PORT: '0', PARLAYX_DATA: join(scratch, 'data') };
  const child = spawn('bash', ['-c', command], {
    cwd: ROOT,
    env: { ...process.env, ...environment },
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return new Promise((resolve, reject) => {
    let output = '';
    child.stdout.on('data', (chunk) => {
      output += chunk;
      if (/^ready http:\/\/127\.0\.0\.1:\d+ /m.test(output))
        process.kill(-(child.pid ?? 0), 'SIGTERM');
    });
    child.stderr.on('data', (chunk) => {
      output += chunk;
    });
    child.once('close', () => {
      if (/^ready /m.test(output)) resolve();
      else reject(new Error(output));
    });
  });
}

function blocksOf(file: string, language: string): string[] {
  const text = readFileSync(join(ROOT, file), 'utf8');
  return [...text.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, 'gms'))].map(
    (match) => match[1] ?? '',
  );
}

/** One a line; a line that ends with a backslash or inside quotes goes on in the next. */
function commandsOf(block: string): string[] {
  const commands: string[] = [];
  let open = '';
  for (const line of block.split('\n')) {
    open = open === '' ? line : `${open}\n${line}`;
    if (line.endsWith('\\') || (open.match(/'/g)?.length ?? 0) % 2 === 1) continue;
    if (open.trim() !== '') commands.push(open);
    open = '';
  }
  return commands;
}

function markdownIn(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.md'))
    .map((file) => join(folder, file));
}
