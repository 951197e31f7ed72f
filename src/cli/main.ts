#!/usr/bin/env node
// The command line: which command takes what. Each command is in a file of its own, loaded when it is asked for.
import { Command, CommanderError, Option } from 'commander';
import { nearest } from '../config/problem';
import { SETTINGS, type Setting } from '../config/settings';
import { EXIT, UsageError } from './exit-code';
import { processTerminal, type Terminal } from './terminal';

type Finished = (code: number | Promise<number>) => Promise<void>;

void run(process.argv, processTerminal());

async function run(argv: readonly string[], terminal: Terminal): Promise<void> {
  let exitCode: number = EXIT.ok;
  const program = commandLine(terminal, async (code) => {
    exitCode = await code;
  });
  try {
    await program.parseAsync(argv);
  } catch (error) {
    if (error instanceof CommanderError) {
      exitCode = error.exitCode === 0 ? EXIT.ok : EXIT.usage;
    } else {
      const { code, text } = (require('./failure') as typeof import('./failure')).failureOf(error);
      terminal.err(text);
      exitCode = code;
    }
  }
  process.exitCode = exitCode;
}

function commandLine(terminal: Terminal, finished: Finished): Command {
  const program = new Command('parlayx-emulator')
    .description("An operator's Parlay X Payment gateway (3GPP TS 29.199-6) in one process.")
    .exitOverride()
    .helpOption('-h, --help', 'show this help')
    .version(version(), '-v, --version', 'show the version');

  const serve = program
    .command('serve', { isDefault: true })
    .description('start the emulator (the command when none is named)')
    .argument('[nothing...]')
    .action((words: string[], flags) => {
      refuseWords(words, program);
      return finished((require('./serve') as typeof import('./serve')).serve(flags, terminal));
    });
  addSettings(serve, SETTINGS);

  program
    .command('validate')
    .description('check a configuration or seed file')
    .argument('[file]', 'parlayx.yaml, parlayx.yml or parlayx.json here when not named')
    .action((file: string | undefined) =>
      finished((require('./validate') as typeof import('./validate')).validate(file, terminal)),
    );

  const readyz = program
    .command('readyz')
    .description('ask a running emulator whether it is ready')
    .action((flags) =>
      finished((require('./readyz') as typeof import('./readyz')).readyz(flags, terminal)),
    );
  addSettings(readyz, settingsOf('host', 'port', 'config'));

  program
    .command('demo')
    .description('play the soccer match of TS 29.199-6 clause 4 and show what happens')
    .action(() => finished((require('./demo') as typeof import('./demo')).demo(terminal)));

  program
    .command('generate')
    .description('write the files that are made from others')
    .action(() =>
      finished((require('./generate') as typeof import('./generate')).generate(terminal)),
    );

  program
    .command('version')
    .description('show the version')
    .action(() => terminal.out(version()));
  return program;
}

/** Texts are judged in config/settings.ts, in the same words for flags and variables. */
function addSettings(command: Command, settings: readonly Setting[]): void {
  for (const { flag, description, variable } of settings) {
    command.addOption(new Option(flag, `${description} (${variable})`));
  }
}

function settingsOf(...keys: readonly Setting['key'][]): readonly Setting[] {
  return SETTINGS.filter(({ key }) => keys.includes(key));
}

/** A word that names no command reaches the default one. */
function refuseWords([word]: readonly string[], program: Command): void {
  if (word === undefined) return;
  const commands = program.commands.map((command) => command.name());
  const meant = nearest(word, commands);
  throw new UsageError(
    `Unknown command "${word}"${meant === undefined ? `; there are ${commands.join(', ')}` : `, did you mean "${meant}"?`}`,
  );
}

function version(): string {
  return (require('./version') as typeof import('./version')).packageVersion();
}
