// The command line: from the definitions of the commands to a parser, and from a line to an exit code.
import { Command, CommanderError, Option } from 'commander';
import { nearest } from '../config/problem';
import type { CommandDefinition, Words } from './definition';
import { EXIT, UsageError } from './exit-code';
import { LOCAL_COMMANDS, SERVE } from './local-commands';
import { REMOTE_COMMANDS } from './remote-commands';
import type { Terminal } from './terminal';

/** Writes a page from all of the definitions, so it stands here. */
const GENERATE: CommandDefinition = {
  name: 'generate',
  description: 'write the files that are made from others',
  run: (_words, _flags, terminal) =>
    (require('./generate') as typeof import('./generate')).generate(COMMANDS, terminal),
};

/** In the order in which the help tells of them. */
export const COMMANDS: readonly CommandDefinition[] = [
  SERVE,
  ...LOCAL_COMMANDS,
  ...REMOTE_COMMANDS,
  GENERATE,
];

/** Resolves with the exit code; what is wrong is told on the terminal. `argv` is as process.argv. */
export async function runCommandLine(argv: readonly string[], terminal: Terminal): Promise<number> {
  let exitCode: number = EXIT.ok;
  const program = parser(terminal, (code) => {
    exitCode = code;
  });
  try {
    await program.parseAsync(argv);
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
    const { code, text } = (require('./failure') as typeof import('./failure')).failureOf(error);
    terminal.err(text);
    return code;
  }
}

type Finished = (code: number) => void;

function parser(terminal: Terminal, finished: Finished): Command {
  const program = new Command('parlayx-emulator')
    .description("An operator's Parlay X Payment gateway (3GPP TS 29.199-6) in one process.")
    .exitOverride()
    .configureOutput({
      writeOut: (text) => terminal.out(text.trimEnd()),
      writeErr: (text) => terminal.err(text.trimEnd()),
    })
    // The options of a command are its own: charge has another --version.
    .enablePositionalOptions()
    .helpOption('-h, --help', 'show this help')
    .version(version(), '-v, --version', 'show the version');
  for (const definition of COMMANDS) add(program, definition, terminal, finished);
  program
    .command('version')
    .description('show the version')
    .action(() => terminal.out(version()));
  return program;
}

function add(
  above: Command,
  definition: CommandDefinition,
  terminal: Terminal,
  finished: Finished,
): void {
  const { name, words, description, run, commands = [] } = definition;
  const isDefault = definition.isDefault ?? false;
  const command = above.command(name, { isDefault }).description(description);
  // Whatever names no command reaches the default one, which can then say so.
  if (isDefault && words === undefined) command.argument('[nothing...]');
  if (words !== undefined) command.arguments(words);
  for (const { flag, description: meaning, variable } of definition.settings ?? []) {
    // Texts are judged in config/settings.ts, in the same words for flags and variables.
    command.addOption(new Option(flag, `${meaning} (${variable})`));
  }
  for (const [flag, meaning] of definition.options ?? []) command.option(flag, meaning);
  if (definition.passesOptions) command.passThroughOptions();
  if (commands.length > 0) command.enablePositionalOptions();
  for (const each of commands) add(command, each, terminal, finished);
  if (run === undefined) return;
  command.action(async () => {
    if (isDefault) refuseWords(command.args, above);
    finished(await run(wordsOf(command.args), command.opts(), terminal));
  });
}

function wordsOf(all: readonly string[]): Words {
  return {
    all,
    maybe: (place) => all[place],
    at: (place) => {
      const word = all[place];
      if (word === undefined) throw new UsageError('A word is missing; --help tells which.');
      return word;
    },
  };
}

/** A word that names no command reaches the default one. */
function refuseWords([word]: readonly string[], above: Command): void {
  if (word === undefined) return;
  const commands = above.commands.map((command) => command.name());
  const meant = nearest(word, commands);
  throw new UsageError(
    `Unknown command "${word}"${meant === undefined ? `; there are ${commands.join(', ')}` : `, did you mean "${meant}"?`}`,
  );
}

function version(): string {
  return (require('../package-version') as typeof import('../package-version')).packageVersion();
}
