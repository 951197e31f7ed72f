// docs/command-line.md: every command with its words and options, from the definitions that the parser is made of.
import { CLIENT_SETTINGS, SETTINGS } from '../config/settings';
import type { CommandDefinition } from './definition';

export function commandLineDocument(commands: readonly CommandDefinition[]): string {
  return [
    ...INTRODUCTION,
    ...commands.flatMap((command) => section(command)),
    ...EXIT_CODES,
    ...settings(),
    '',
  ].join('\n');
}

const INTRODUCTION = [
  '# Command line',
  '',
  'Generated from `src/cli` by `npm run generate`; do not edit.',
  '',
  '`npx parlayx-emulator COMMAND --help` says the same of one command. Results go to standard output, what is only for people to standard',
  'error; `--json` prints a result for programs. Subscriber numbers are masked unless `--reveal` is given. Durations are written `500ms`,',
  '`90s`, `30m`, `1h30m`, `2d`, `1month`; instants `2026-01-31T09:30:00Z`.',
  '',
  'Commands that speak to a running emulator find it by `--url`, by `--host` and `--port`, by `PARLAYX_URL`, or where the configuration of',
  'this folder has it listen, in this order; `--sandbox` says which of its sandboxes. One that is not there is not made but by `sandboxes create`,',
  'and by real SOAP calls.',
  '',
];

const EXIT_CODES = [
  '## Exit codes',
  '',
  '| code | meaning |',
  '|---|---|',
  '| 0 | done, or so it is |',
  '| 1 | asked and answered: it is not so |',
  '| 2 | a wrong command line or configuration |',
  '| 11 | nothing answers |',
  '| 12 | answered with a refusal |',
  '| 13 | not found: a file, a subscriber, a command to run |',
  '| 14 | the environment: a port taken, a file locked, a version of Node.js too old |',
  '| 20 | anything else; of a charge: whether it was made is unknown |',
  '',
  '`exec` ends with the code of its command, or with 1 when that was 0 and a ledger is not in order.',
  '',
];

/** With these words after the description; the rest of a command is in its definition. */
const NOTES: Readonly<Record<string, readonly string[]>> = {
  serve: [
    'Its options are the [settings](#settings). The ready line is all that it prints to standard output.',
  ],
  exec: [
    'It takes the [settings](#settings) of an emulator. Port and data are a free one and memory unless a flag or a variable says otherwise; the',
    'log has warnings only. The command finds `PARLAYX_URL`, `PARLAYX_ADMIN_URL` and, if there is one, `PARLAYX_ADMIN_TOKEN` in its environment,',
    'which is all that the other commands need, and has the terminal; signals are passed on to it. At its end every open sandbox is audited and searched',
    'for double charges, and one line on standard error tells what came of it. One reference charged twice fails the run; charges of one amount',
    'under several references close to one another are told, and fail it with `--double-charges all`.',
    '',
    '```sh',
    "npx parlayx-emulator exec -- sh -c 'npx parlayx-emulator charge tel:+15550100 1.50 EUR --reference r-1'",
    '```',
  ],
  charge: [
    'Exit code 12 for a fault, 11 when nothing was sent, 20 when there was no answer and nobody can say whether the charge was made. `--url` may',
    'be the address of an emulator, or in full that of the service of any gateway.',
  ],
};

function section({
  name,
  words,
  description,
  options = [],
  commands = [],
}: CommandDefinition): string[] {
  const heading = [`## ${name}`, '', `${sentence(description)}`, ''];
  const notes = NOTES[name];
  const told = notes === undefined ? [] : [...notes, ''];
  if (commands.length === 0) {
    const usage = words === undefined || name === 'serve' ? name : `${name} ${words}`;
    return [...heading, `\`${usage}\``, '', ...told, ...optionTable(options)];
  }
  const rows = commands.map((command) => {
    const word = command.isDefault ? `${name} [${command.name}]` : `${name} ${command.name}`;
    const usage = [word, command.words].filter((part) => part !== undefined).join(' ');
    const flags = (command.options ?? []).map(([flag]) => `\`${flag}\``).join(' ');
    return `| \`${cell(usage)}\` | ${cell(command.description)} | ${cell(flags)} |`;
  });
  return [...heading, ...told, '| command | | options |', '|---|---|---|', ...rows, ''];
}

function optionTable(options: NonNullable<CommandDefinition['options']>): string[] {
  if (options.length === 0) return [];
  const rows = options.map(([flag, meaning]) => `| \`${flag}\` | ${cell(meaning)} |`);
  return ['| option | |', '|---|---|', ...rows, ''];
}

function settings(): string[] {
  const rows = [...SETTINGS, ...CLIENT_SETTINGS].map(
    ({ flag, variable, description }) => `| \`${flag}\` | \`${variable}\` | ${cell(description)} |`,
  );
  return [
    '## Settings',
    '',
    'A flag goes before its variable, the variable before the key below `server` in the [configuration file](configuration.md).',
    '',
    '| flag | variable | |',
    '|---|---|---|',
    ...rows,
  ];
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}
