// What is published: packed as npm does, laid into an empty project, and used there in every way that it is meant to be.
import { execFile, execFileSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

const ROOT = join(__dirname, '..', '..');
const PACKAGE = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
const run = promisify(execFile);

let project: string;
let files: readonly { readonly path: string; readonly size: number }[];
let packedBytes: number;

beforeAll(() => {
  project = mkdtempSync(join(tmpdir(), 'parlayx-package-'));
  const words = ['pack', '--ignore-scripts', '--json', '--pack-destination', project];
  const told = execFileSync('npm', words, { cwd: ROOT, stdio: ['ignore', 'pipe', 'ignore'] });
  const [packed] = JSON.parse(told.toString('utf8'));
  files = packed.files;
  packedBytes = packed.size;
  const place = join(project, 'node_modules', PACKAGE.name);
  mkdirSync(place, { recursive: true });
  const tarball = join(project, packed.filename);
  execFileSync('tar', ['-xzf', tarball, '-C', place, '--strip-components=1']);
  for (const name of Object.keys(PACKAGE.dependencies)) link(name);
  // For programs in TypeScript, which have it in any case.
  link('@types/node');
  const bin = join(project, 'node_modules', '.bin');
  mkdirSync(bin);
  for (const [name, file] of Object.entries<string>(PACKAGE.bin)) {
    symlinkSync(join(place, file), join(bin, name));
  }
  written('package.json', '{ "name": "project", "private": true }');
});

afterAll(() => rmSync(project, { recursive: true }));

/** As npm would install it: without its own dependencies in the way. */
function link(name: string): void {
  const target = join(project, 'node_modules', name);
  mkdirSync(dirname(target), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules', name), target);
}

function written(name: string, text: string): string {
  const file = join(project, name);
  writeFileSync(file, text);
  return file;
}

/** What the compiler has to say. */
async function compiled(
  moduleResolution: string,
  module: string,
  programs: readonly string[],
): Promise<string> {
  const compilerOptions = {
    module,
    moduleResolution,
    target: 'es2022',
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    allowJs: true,
    noEmit: true,
    skipLibCheck: false,
    types: ['node'],
  };
  const config = written('tsconfig.json', JSON.stringify({ compilerOptions, files: programs }));
  const tsc = join(ROOT, 'node_modules', '.bin', 'tsc');
  const { stdout } = await run(tsc, ['-p', config], { cwd: project }).catch((error) => error);
  return stdout;
}

const USE = `
const emulator = await createEmulator({ port: 0 });
await emulator.sandbox('one').accounts.create('tel:+15550100', { wallets: [{ balance: '5.00' }] });
const { holds } = emulator.sandbox('one').verify.invariants();
const clock = await fetch(emulator.adminUrl + '/__admin/v1/clock');
const wsdl = await fetch(emulator.url + '/AmountChargingService/services/AmountCharging?wsdl');
await emulator.close();
console.log(holds, clock.status, wsdl.status);
`;

describe('the tarball', () => {
  test('has what is used, and neither sources nor tests', () => {
    const tops = [...new Set(files.map(({ path }) => path.split('/')[0]))].sort();
    expect(tops).toEqual([
      'CHANGELOG.md',
      'LICENSE',
      'README.md',
      'dist',
      'docs',
      'fixtures',
      'package.json',
      'wsdl',
    ]);
    const strange = /\.(?:tsbuildinfo|map|db|log)$|(?<!\.d)\.ts$|(?:^|\/)(?:test|bench)\//;
    const found = files.filter(
      ({ path }) => strange.test(path) && !path.startsWith('docs/examples/'),
    );
    expect(found).toEqual([]);
    for (const path of ['dist/emulator.js', 'dist/emulator.d.ts', 'dist/cli/main.js']) {
      expect(files).toContainEqual(expect.objectContaining({ path }));
    }
  });

  test('is less than 1 MB, and 5 MB when it is unpacked', () => {
    expect(packedBytes).toBeLessThan(1_000_000);
    expect(files.reduce((sum, { size }) => sum + size, 0)).toBeLessThan(5_000_000);
  });

  test('names every package that its code needs, and no other', () => {
    const needed = new Set<string>();
    for (const { path } of files.filter((each) => /^dist\/.*\.js$/.test(each.path))) {
      const text = readFileSync(join(project, 'node_modules', PACKAGE.name, path), 'utf8');
      for (const [, name = ''] of text.matchAll(/\brequire\("([^".][^"]*)"\)/g)) {
        if (!name.startsWith('node:')) needed.add(name);
      }
    }
    const types = Object.keys(PACKAGE.dependencies).filter((name) => name.startsWith('@types/'));
    expect([...needed, ...types].sort()).toEqual(Object.keys(PACKAGE.dependencies).sort());
  });
});

describe('a program', () => {
  test.each([
    [
      'CommonJS',
      'use.cjs',
      `(async () => { const { createEmulator } = require('${PACKAGE.name}'); ${USE} })();`,
    ],
    ['an ES module', 'use.mjs', `import { createEmulator } from '${PACKAGE.name}'; ${USE}`],
    [
      'an ES module that imports it later',
      'later.mjs',
      `const { createEmulator } = await import('${PACKAGE.name}'); ${USE}`,
    ],
  ])('as %s', async (_form, name, text) => {
    const { stdout, stderr } = await run(process.execPath, [written(name, text)], { cwd: project });
    expect([stdout, stderr]).toEqual(['true 200 200\n', '']);
  });

  test('reaches nothing but what is exported', async () => {
    const file = written('inside.cjs', `require('${PACKAGE.name}/dist/store/ledger.js')`);
    await expect(run(process.execPath, [file])).rejects.toThrow('ERR_PACKAGE_PATH_NOT_EXPORTED');
  });
});

describe('TypeScript, with the declarations checked', () => {
  const PROGRAM = `
import { createEmulator, type Emulator, type FaultRule, type Sandbox, type Verdict } from '${PACKAGE.name}';

const rule: FaultRule = { match: { nth: 3 }, then: { outcome: 'timeout' } };

export async function story(): Promise<Verdict<object>> {
  const emulator: Emulator = await createEmulator({ port: 0, seed: { subscribers: [] } });
  const sandbox: Sandbox = emulator.sandbox('one');
  sandbox.faults.add(rule);
  const fired = await sandbox.clock.advance({ metric: 'Hour', units: 1 });
  for (const { at, kind, id } of fired) console.log(at.toFixed(0), kind.length, id.length);
  await emulator.close();
  return sandbox.verify.exactlyOnce({ reference: 'r-1' });
}

// @ts-expect-error: a port is a number
void createEmulator({ port: '0' });
`;

  test.each([
    ['node16', 'node16', 'story.mts'],
    ['node16', 'node16', 'story.cts'],
    ['nodenext', 'nodenext', 'story.ts'],
    ['bundler', 'esnext', 'story.ts'],
  ])('moduleResolution %s, module %s, %s', async (resolution, module, name) => {
    expect(await compiled(resolution, module, [written(name, PROGRAM)])).toBe('');
  });
});

describe('the programs of docs/in-code.md', () => {
  const page = readFileSync(join(ROOT, 'docs', 'in-code.md'), 'utf8');
  const programs = [...page.matchAll(/^```ts\n(.*?)^```/gms)].map(([, text = '']) => text);
  /** Of the sections that show one; the page itself begins with one. */
  const titles = page.split(/^## /m).filter((section) => /^```ts$/m.test(section));

  beforeAll(() => {
    const examples = join(project, 'examples');
    cpSync(join(ROOT, 'docs', 'examples'), examples, { recursive: true });
  });

  test('there is one in most sections', () => {
    expect(programs.length).toBe(titles.length);
    expect(titles.length).toBeGreaterThan(6);
  });

  test('all compile', async () => {
    const names = programs.map((text, index) => written(`page-${index}.mts`, text));
    expect(await compiled('node16', 'node16', names)).toBe('');
  });

  test.each(programs.map((text, index) => [index + 1, text] as const))(
    'number %d runs',
    async (index, text) => {
      // They hold nothing that is not JavaScript as well.
      const file = written(`page-${index}.mjs`, text);
      const { stderr } = await run(process.execPath, [file], { cwd: project });
      expect(stderr).toBe('');
    },
  );
});

describe('npx parlayx-emulator', () => {
  const npx = (...words: string[]) =>
    run('npx', ['--no-install', 'parlayx-emulator', ...words], { cwd: project });

  test('runs the command line', async () => {
    expect((await npx('version')).stdout).toBe(`${PACKAGE.version}\n`);
  });

  test('exec runs a command beside an emulator', async () => {
    const script = written(
      'ready.cjs',
      "fetch(process.env.PARLAYX_URL + '/readyz').then(async (r) => console.log(await r.text()))",
    );
    const { stdout, stderr } = await npx('exec', '--', process.execPath, script);
    expect(stdout.trim()).toBe('ready');
    expect(stderr).toContain(' ended with 0; ');
  });
});

test('an emulator whose interface files are damaged says so: it is not ready, and no message is taken', async () => {
  const { name } = PACKAGE;
  const place = join(project, 'node_modules', name);
  const damaged = join(project, 'damaged', 'node_modules', name);
  cpSync(place, damaged, { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(project, 'damaged', 'node_modules', 'node_modules'));
  const file = 'parlayx_payment_amount_charging_service_4_0.wsdl';
  writeFileSync(join(damaged, 'wsdl', 'v4_0', file), '<definitions>');
  const program = join(project, 'damaged', 'program.cjs');
  writeFileSync(
    program,
    `const { createEmulator } = require('${name}');
     (async () => {
       const defects = [];
       const log = { exchange() {}, defect: (error) => defects.push(error.message) };
       const { url, close } = await createEmulator({ log });
       await new Promise(setImmediate);
       const readiness = await (await fetch(url + '/readyz')).text();
       const service = url + '/AmountChargingService/services/AmountCharging';
       const { status } = await fetch(service, { method: 'POST', body: '<a/>' });
       console.log(JSON.stringify({ readiness, status, defect: defects[0] }));
       await close();
     })();`,
  );
  const environment = { ...process.env, NODE_PATH: join(ROOT, 'node_modules') };
  const { stdout } = await run(process.execPath, [program], { env: environment });
  expect(JSON.parse(stdout)).toEqual({
    readiness: 'The interface files cannot be used; the log says why.\n',
    status: 500,
    defect: expect.stringMatching(new RegExp(`^${file} `)),
  });
});
