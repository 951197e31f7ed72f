// The command line in this process, with a terminal that remembers, beside an emulator in this process.
import { afterAll, afterEach } from '@jest/globals';
import { runCommandLine } from '../../src/cli/command-line';
import { createEmulator, type Emulator, type EmulatorOptions } from '../../src/emulator';
import type { Finished } from './support';

export const FAN = 'tel:+15550100';
/** How people get to see FAN. */
export const MASKED = 'tel:+15****00';

const started: Emulator[] = [];
afterAll(() => Promise.all(started.map((emulator) => emulator.close())));

/** Closed after all tests of the file; FAN has 50.00. Between two tests it is reset. */
export async function emulated(options: EmulatorOptions = {}): Promise<Emulator> {
  const emulator = await createEmulator({
    seed: { subscribers: [{ address: FAN, wallets: [{ balance: '50.00' }] }] },
    ...options,
  });
  started.push(emulator);
  return emulator;
}

afterEach(() => {
  for (const emulator of started) emulator.sandbox().reset();
});

/** One line of words with spaces between; a word with spaces stands in quotes. */
export function run(
  line: string,
  environment: Record<string, string | undefined> = {},
): Promise<Finished> {
  return runWords(wordsOf(line), environment);
}

export async function runWords(
  words: readonly string[],
  environment: Record<string, string | undefined> = {},
): Promise<Finished> {
  let out = '';
  let err = '';
  const terminal = {
    out: (text: string) => {
      out += `${text}\n`;
    },
    err: (text: string) => {
      err += `${text}\n`;
    },
    environment,
  };
  const code = await runCommandLine(['node', 'parlayx-emulator', ...words], terminal);
  return { code, out, err };
}

function wordsOf(line: string): string[] {
  return [...line.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare ?? '');
}
