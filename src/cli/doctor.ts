// Looks at everything that could keep an emulator from starting here, and says of each problem what to do. Changes nothing.
import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, resolve } from 'node:path';
import Database from 'better-sqlite3';
import { DEFAULT_SERVER, type ServerOptions } from '../config/configuration';
import { databaseFile, namesIn } from '../config/data-place';
import { codeOf } from '../config/error-code';
import { readSettings } from '../config/settings';
import { packageVersion } from '../package-version';
import { ledgerTrouble } from '../store/probe';
import { columns } from './columns';
import { findConfiguration } from './configuration-file';
import { EXIT } from './exit-code';
import { failureOf } from './failure';
import { call } from './http-call';
import { print } from './print';
import type { Flags } from './target';
import type { Terminal } from './terminal';

interface Finding {
  readonly ok: boolean;
  /** What is so, or what is wrong and what to do. */
  readonly text: string;
}

const OLDEST_NODE = [20, 12] as const;
const NEIGHBOUR_MS = 1_500;

/** 14 when something stands in the way. */
export async function doctor(flags: Flags, terminal: Terminal): Promise<number> {
  const { finding, server } = configurationFinding(flags, terminal);
  const checks: readonly (readonly [string, Finding])[] = [
    ['version', { ok: true, text: packageVersion() }],
    ['node', nodeFinding(process.version)],
    ['driver', driverFinding(sqliteVersion)],
    ['configuration', finding],
    ['port', await portFinding(server)],
    ['data', dataFinding(server.data)],
    ['ledgers', ledgerFinding(server.data)],
  ];
  const rows = checks.map(([name, { ok, text }]) => [ok ? 'ok' : 'problem', name, text]);
  const value = { checks: checks.map(([name, found]) => ({ name, ...found })) };
  print(terminal, flags, value, columns(rows));
  return checks.every(([, { ok }]) => ok) ? EXIT.ok : EXIT.environment;
}

/** `version` as process.version has it. */
export function nodeFinding(version: string): Finding {
  const [major = 0, minor = 0] = version.slice(1).split('.').map(Number);
  const [oldest, least] = OLDEST_NODE;
  if (major > oldest || (major === oldest && minor >= least)) return { ok: true, text: version };
  const text = `${version} is too old: install Node.js ${OLDEST_NODE.join('.')} or later.`;
  return { ok: false, text };
}

/** `load` gives the version of SQLite, or throws what keeps its driver from being loaded. */
export function driverFinding(load: () => string): Finding {
  try {
    return { ok: true, text: `better-sqlite3 with SQLite ${load()}` };
  } catch (error) {
    const [reason = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
    const advice = 'run "npm rebuild better-sqlite3" with this version of Node.js.';
    return { ok: false, text: `better-sqlite3 cannot be loaded (${reason}): ${advice}` };
  }
}

async function portFinding({ port, host }: ServerOptions): Promise<Finding> {
  if (port === 0) return { ok: true, text: 'any that is free' };
  try {
    await listenOnce(port, host);
    return { ok: true, text: `${port} on ${host} is free` };
  } catch (error) {
    const { text } = failureOf(error);
    const isTaken = codeOf(error) === 'EADDRINUSE';
    return { ok: false, text: isTaken ? `${text} ${await neighbour(port, host)}` : text };
  }
}

function dataFinding(place: string): Finding {
  if (place === ':memory:') return { ok: true, text: 'in memory' };
  const folder = dirname(databaseFile(resolve(place), 'default'));
  let existing = folder;
  while (!existsSync(existing) && dirname(existing) !== existing) existing = dirname(existing);
  const advice = 'choose another place with --data.';
  try {
    if (!statSync(existing).isDirectory()) {
      return { ok: false, text: `${existing} is no folder: ${advice}` };
    }
    accessSync(existing, constants.W_OK | constants.X_OK);
    return { ok: true, text: existing === folder ? folder : `${folder} will be made` };
  } catch (error) {
    return { ok: false, text: `${existing} cannot be written to (${codeOf(error)}): ${advice}` };
  }
}

/** Those of every sandbox that has a file. */
function ledgerFinding(place: string): Finding {
  if (place === ':memory:') return { ok: true, text: 'none in a file' };
  const files = namesIn(place).map((name) => databaseFile(place, name));
  for (const file of files) {
    const trouble = ledgerTrouble(file);
    if (trouble !== undefined) return { ok: false, text: trouble };
  }
  return { ok: true, text: files.length === 0 ? 'none yet' : `${files.length}, in use by nobody` };
}

function configurationFinding(
  flags: Flags,
  { environment }: Terminal,
): { readonly finding: Finding; readonly server: ServerOptions } {
  try {
    const { configuration, file } = findConfiguration(flags, environment);
    const text = file === undefined ? 'no file, all as it is by default' : `${file} is valid`;
    return { finding: { ok: true, text }, server: configuration.server };
  } catch (error) {
    const text = failureOf(error).text.replaceAll('\n', ' ');
    return { finding: { ok: false, text }, server: toldServer(flags, environment) };
  }
}

/** What flags and variables say, as far as that can be read. */
function toldServer(flags: Flags, environment: Terminal['environment']): ServerOptions {
  try {
    return { ...DEFAULT_SERVER, ...readSettings(flags, environment).server };
  } catch {
    return DEFAULT_SERVER;
  }
}

/** Only the first use of the class loads what is compiled for one version of Node. */
function sqliteVersion(): string {
  const database = new Database(':memory:');
  try {
    return String(database.prepare('SELECT sqlite_version()').pluck().get());
  } finally {
    database.close();
  }
}

function listenOnce(port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(port, host, () => server.close(() => resolve()));
  });
}

/** Who has the port, as far as one tells who answers there. */
async function neighbour(port: number, host: string): Promise<string> {
  const name = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
  const authority = name.includes(':') ? `[${name}]` : name;
  const url = `http://${authority}:${port}/__admin/v1/version`;
  try {
    const { bytes, headers } = await call({ method: 'GET', url, timeoutMs: NEIGHBOUR_MS });
    const said = /"name":"parlayx-payment-emulator","version":"([^"]+)"/.exec(bytes.toString());
    if (said !== null) return `An emulator ${said[1]} runs there already.`;
    return `A web server has it${headers.server === undefined ? '' : ` (${headers.server})`}.`;
  } catch {
    return 'Another program has it, which speaks no HTTP.';
  }
}
