// Which foreign toolkits this machine has. Installs them when asked to; a toolkit that is missing is told loudly.
import { spawnSync } from 'node:child_process';
import { program, type Toolkit } from './toolkits';

const PROBE_MS = 20_000;
/** A little more than the bound of install.sh itself. */
const INSTALL_MS = 270_000;

/**
 * The program that runs a toolkit, or undefined when it is not there. With CI=true or INTEROP_INSTALL=1 Debian's
 * packages are installed first; otherwise nothing is changed.
 */
export function programOf(
  toolkit: Pick<Toolkit, 'name' | 'packages' | 'probes'>,
): string | undefined {
  installWhenAsked();
  const probe = toolkit.probes.find(([command, ...words]) => succeeds(command, words));
  if (probe !== undefined) return probe[0];
  say(
    `SKIPPED: ${toolkit.name} is not installed, so nothing is tested with it. ` +
      `On Debian: apt-get install ${toolkit.packages}, or set INTEROP_INSTALL=1.`,
  );
  return undefined;
}

let asked = false;

function installWhenAsked(): void {
  if (asked || (process.env.CI !== 'true' && process.env.INTEROP_INSTALL !== '1')) return;
  asked = true;
  const { stdout, error } = spawnSync(program('install.sh'), {
    timeout: INSTALL_MS,
    encoding: 'utf8',
  });
  for (const line of (stdout ?? '').split('\n')) if (line !== '') say(line);
  if (error !== undefined) say(`Could not install SOAP toolkits: ${error.message}`);
}

function succeeds(command: string, words: readonly string[]): boolean {
  return spawnSync(command, words, { timeout: PROBE_MS, stdio: 'ignore' }).status === 0;
}

/** Past jest, which would hide it among its own lines or drop it. */
function say(line: string): void {
  process.stderr.write(`\n!!! ${line}\n`);
}
