// Starts an emulator, says where it is, and stops it cleanly when told to.
import { writeFileSync } from 'node:fs';
import type { Configuration } from '../config/configuration';
import { isLoopback } from '../config/loopback';
import { type Emulator, startEmulator, systemClock } from '../emulator';
import { assertRouted } from '../sandbox/routes';
import { banner } from './banner';
import { findConfiguration } from './configuration-file';
import { EnvironmentError, EXIT } from './exit-code';
import { createLog, type ProcessLog } from './log';
import type { Terminal } from './terminal';

/** How long the end waits for somebody to read the last of the output. */
const READERS_MS = 300;

/** Resolves with the exit code when a signal has ended the service; rejects when it cannot start. */
export async function serve(
  flags: Readonly<Record<string, unknown>>,
  terminal: Terminal,
): Promise<number> {
  const { configuration, file } = findConfiguration(flags, terminal.environment);
  const { server } = configuration;
  const log = createLog(server.logLevel, server.logFormat, systemClock);
  // However this ends.
  process.once('exit', log.flush);
  const signal = signalled();
  let shutdown = (): void => {};
  const asked = new Promise<void>((resolve) => {
    shutdown = resolve;
  });
  const emulator = await startEmulator(configuration, systemClock, log, shutdown);
  await demandInterfaces(emulator);
  if (server.portFile !== undefined) await writePortFile(server.portFile, emulator);

  tellPeople(emulator, configuration, file, terminal, log);
  terminal.out(readyLine(emulator, configuration));
  await Promise.race([signal, asked]);

  // A second signal means that somebody has no patience for what is still in progress.
  const impatient = signalled().then(() => process.exit(EXIT.other));
  await Promise.race([emulator.close(), impatient]);
  endWithoutReaders();
  return EXIT.ok;
}

/** A service that is to run for long does not begin with interface files of which some cannot be served. */
async function demandInterfaces(emulator: Emulator): Promise<void> {
  try {
    assertRouted(emulator.catalogue.operations);
  } catch (error) {
    await emulator.close();
    throw error;
  }
}

/** `ready http://127.0.0.1:8310 sandbox=default seed=none`, or the same as JSON. */
function readyLine({ url, port, sandbox, seeded }: Emulator, { server }: Configuration): string {
  const { name } = sandbox();
  if (!server.readyJson) {
    return `ready ${url} sandbox=${name} seed=${server.seed ?? 'none'}`;
  }
  const { applied, existing } = seeded;
  const seed = server.seed ?? null;
  return JSON.stringify({ ready: true, url, port, sandbox: name, seed, applied, existing });
}

function tellPeople(
  emulator: Emulator,
  configuration: Configuration,
  file: string | undefined,
  terminal: Terminal,
  log: ProcessLog,
): void {
  const { server } = configuration;
  if (!isLoopback(server.host)) {
    log.warn(
      `Listening on ${server.host}, not only on this machine: whoever reaches port ${emulator.port} can charge.`,
    );
  }
  tellToken(emulator, configuration, terminal);
  if (server.quiet) return;
  if (server.logFormat === 'json') {
    log.info(`started ${emulator.url}, data ${server.data}, configuration ${file ?? 'none'}`);
    return;
  }
  for (const line of banner(emulator, configuration)) terminal.err(line);
}

/** One that nobody gave can be learnt nowhere else. */
function tellToken(
  { adminUrl, adminToken }: Emulator,
  { server }: Configuration,
  terminal: Terminal,
): void {
  if (adminToken === undefined || server.adminToken !== undefined) return;
  const url = `${adminUrl}/__admin/v1`;
  if (server.logFormat === 'json') terminal.err(JSON.stringify({ adminUrl: url, adminToken }));
  else terminal.err(`admin API ${url} with the token ${adminToken}`);
}

async function writePortFile(file: string, emulator: Emulator): Promise<void> {
  try {
    writeFileSync(file, `${emulator.port}\n`);
  } catch {
    await emulator.close();
    throw new EnvironmentError(`The port file ${file} cannot be written.`);
  }
}

/** What the output streams still hold for a reader who does not read would keep the process for ever. */
function endWithoutReaders(): void {
  setTimeout(() => process.exit(EXIT.ok), READERS_MS).unref();
}

/** Resolves at the next SIGTERM, SIGINT or SIGHUP. */
function signalled(): Promise<void> {
  return new Promise((resolve) => {
    const signals = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const;
    const heard = (): void => {
      for (const signal of signals) process.removeListener(signal, heard);
      resolve();
    };
    for (const signal of signals) process.on(signal, heard);
  });
}
