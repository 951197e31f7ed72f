// Runs a command beside an emulator of its own: starts one, tells the command where it is, waits, asks the ledgers
// whether all is well, stops it. The exit code says how both went.
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import type { Configuration } from '../config/configuration';
import { codeOf } from '../config/error-code';
import { readSettings } from '../config/settings';
import { type Emulator, type Sandbox, startEmulator, systemClock } from '../emulator';
import { findConfiguration } from './configuration-file';
import { CommandError, EXIT, UsageError } from './exit-code';
import { createLog } from './log';
import type { Flags } from './target';
import type { Terminal } from './terminal';

/** Which suspected double charges fail a run. */
const DOUBLE_CHARGES = ['reference', 'all', 'none'] as const;
type DoubleCharges = (typeof DOUBLE_CHARGES)[number];

/** Of the command, as the summary tells it. */
const COMMAND_CHARACTERS = 60;

/** The command's own exit code, else 1 when a ledger is not as it should be. */
export async function exec(
  [command, ...args]: readonly string[],
  flags: Flags,
  terminal: Terminal,
): Promise<number> {
  if (command === undefined) {
    throw new UsageError('Name the command to run: parlayx-emulator exec -- npm test.');
  }
  const doubles = doubleChargesOf(flags);
  const configuration = configurationOf(flags, terminal);
  const { server } = configuration;
  const log = createLog(server.logLevel, server.logFormat, systemClock);
  let exchanges = 0;
  const counting = {
    ...log,
    exchange: (record: Parameters<typeof log.exchange>[0]) => {
      exchanges += 1;
      log.exchange(record);
    },
  };
  const emulator = await startEmulator(configuration, systemClock, counting);
  try {
    const environment = environmentOf(emulator, terminal);
    const code = await ended(command, args, environment);
    const findings = findingsOf(emulator, doubles);
    const { length: sandboxes } = emulator.sandboxes.list();
    const summary = [
      `${shortened([command, ...args].join(' '))} ended with ${code}`,
      `${counted(exchanges, 'exchange')} in ${counted(sandboxes, 'sandbox', 'sandboxes')}`,
      ...(findings.failed.length === 0 ? ['the ledger is in order'] : ['FAILED']),
      ...findings.failed,
      ...findings.told,
    ];
    log.flush();
    terminal.err(`parlayx-emulator exec: ${summary.join('; ')}.`);
    return code === EXIT.ok && findings.failed.length > 0 ? EXIT.failedCheck : code;
  } finally {
    await emulator.close();
    log.flush();
  }
}

function doubleChargesOf(flags: Flags): DoubleCharges {
  const given = flags.doubleCharges ?? 'reference';
  const known = DOUBLE_CHARGES.find((word) => word === given);
  if (known !== undefined) return known;
  const expected = DOUBLE_CHARGES.join(', ');
  throw new UsageError(`--double-charges: found "${given}", expected one of ${expected}.`);
}

/** Where it listens and keeps its data in the configuration file is meant for `serve`. */
function configurationOf(flags: Flags, { environment }: Terminal): Configuration {
  const { configuration } = findConfiguration(flags, environment);
  const { server: asked } = readSettings(flags, environment);
  const { adminPort: _adminPort, ...server } = configuration.server;
  return {
    ...configuration,
    server: {
      ...server,
      port: asked.port ?? 0,
      data: asked.data ?? ':memory:',
      logLevel: asked.logLevel ?? 'warn',
      ...(asked.adminPort !== undefined && { adminPort: asked.adminPort }),
    },
  };
}

function environmentOf(emulator: Emulator, { environment }: Terminal) {
  const { url, adminUrl, adminToken } = emulator;
  return {
    ...environment,
    PARLAYX_URL: url,
    PARLAYX_ADMIN_URL: adminUrl,
    ...(adminToken !== undefined && { PARLAYX_ADMIN_TOKEN: adminToken }),
  };
}

/** Resolves with the exit code as a shell tells it; rejects with CommandError when it cannot be started. */
function ended(
  command: string,
  args: readonly string[],
  env: Record<string, string | undefined>,
): Promise<number> {
  return new Promise((resolve, reject) => {
    // First the handlers: the command may be heard of, and this process be signalled, before spawn returns.
    const quiet = forwardSignals((signal) => child.kill(signal));
    const child = spawn(command, args, { env, stdio: 'inherit' });
    child.once('error', (error) => {
      quiet();
      const code = codeOf(error);
      const reason = code === 'ENOENT' ? 'there is no such command' : code;
      const exit = code === 'ENOENT' ? EXIT.notFound : EXIT.environment;
      reject(new CommandError(exit, `The command ${command} cannot be started: ${reason}.`));
    });
    child.once('exit', (code, signal) => {
      quiet();
      resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal]));
    });
  });
}

/** A terminal gives its interrupts to the command as well: only what comes from elsewhere is passed on. */
function forwardSignals(pass: (signal: NodeJS.Signals) => void): () => void {
  const fromTerminal = process.stdin.isTTY === true;
  const handlers = (['SIGINT', 'SIGTERM', 'SIGHUP'] as const).map((signal) => {
    const heard = (): void => {
      if (!(signal === 'SIGINT' && fromTerminal)) pass(signal);
    };
    process.on(signal, heard);
    return () => process.removeListener(signal, heard);
  });
  return () => {
    for (const remove of handlers) remove();
  };
}

interface Findings {
  readonly failed: readonly string[];
  /** What is suspect and does not count. */
  readonly told: readonly string[];
}

function findingsOf({ sandboxes, sandbox }: Emulator, doubles: DoubleCharges): Findings {
  const failed: string[] = [];
  const told: string[] = [];
  for (const { name } of sandboxes.list().filter(({ isOpen }) => isOpen)) {
    const { verify }: Sandbox = sandbox(name);
    const invariants = verify.invariants();
    if (!invariants.holds) failed.push(`${name}: ${withoutStop(invariants.sentence)}`);
    const charges = verify.noDoubleCharges();
    if (charges.holds) continue;
    const counts = charges.details.suspects.some(
      ({ reason }) => doubles === 'all' || (doubles === 'reference' && reason === 'same reference'),
    );
    (counts ? failed : told).push(`${name}: ${withoutStop(charges.sentence)}`);
  }
  return { failed, told };
}

/** On one line, and not longer than it takes to know it again. */
function shortened(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length <= COMMAND_CHARACTERS ? line : `${line.slice(0, COMMAND_CHARACTERS - 3)}...`;
}

function withoutStop(sentence: string): string {
  return sentence.replace(/\.$/, '');
}

function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}
