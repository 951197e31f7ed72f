// What defines a command of the command line: words, options, and what runs it. The definitions are data, so that the
// help, the page of docs/ and the parser cannot differ.
import { CLIENT_SETTINGS, SETTINGS, type Setting } from '../config/settings';
import type { Flags } from './target';
import type { Terminal } from './terminal';

/** An option that is no setting: how it is written, and what it is for. */
export type OptionDefinition = readonly [flag: string, description: string];

export interface CommandDefinition {
  readonly name: string;
  /** `<required> [optional] [several...]`, as the parser takes them. */
  readonly words?: string;
  readonly description: string;
  readonly settings?: readonly Setting[];
  readonly options?: readonly OptionDefinition[];
  /** Run when the command above it is called without a word. */
  readonly isDefault?: true;
  /** Whether everything after the first word belongs to that word. */
  readonly passesOptions?: true;
  /** Resolves with the exit code. Loads what it needs when it is called. */
  readonly run?: (words: Words, flags: Flags, terminal: Terminal) => number | Promise<number>;
  readonly commands?: readonly CommandDefinition[];
}

/** As given; the parser sees to it that the required ones are there. */
export interface Words {
  /** The required word at this place. */
  at(place: number): string;
  /** The optional word at this place. */
  maybe(place: number): string | undefined;
  readonly all: readonly string[];
}

export function settingsOf(...keys: readonly Setting['key'][]): readonly Setting[] {
  return [...CLIENT_SETTINGS, ...SETTINGS].filter(({ key }) => keys.includes(key));
}

/** Where the emulator is that a command speaks to, in the words of that. */
export const SERVICES = described({
  url: 'address of the emulator',
  sandbox: 'which sandbox; default when not named',
  host: 'host of the emulator, instead of its address',
  port: 'port of the emulator, instead of its address',
  config: 'configuration file that says both',
});

/** The same for the admin API. */
const ADMIN = [
  ...SERVICES,
  ...described({
    adminUrl: 'address of the admin API, where it differs',
    adminPort: 'port of the admin API, where it differs',
    adminToken: 'token that the admin API asks for',
  }),
];

export const JSON_OUT: OptionDefinition = ['--json', 'print JSON'];
export const REVEAL: OptionDefinition = ['--reveal', 'subscriber numbers in full'];
export const CSV: OptionDefinition = ['--csv', 'print CSV'];
export const SINCE_UNTIL: readonly OptionDefinition[] = [
  ['--since <instant>', 'from this instant, such as 2026-01-31T09:30:00Z'],
  ['--until <instant>', 'before this instant'],
];

/** A command that speaks to the admin API; `heading` is its name and its words. */
export function remote(
  heading: string,
  description: string,
  options: readonly OptionDefinition[],
  run: NonNullable<CommandDefinition['run']>,
): CommandDefinition {
  const [name = '', ...words] = heading.split(' ');
  return {
    name,
    ...(words.length > 0 && { words: words.join(' ') }),
    description,
    settings: ADMIN,
    options: [...options, JSON_OUT],
    run,
  };
}

function described(words: Partial<Record<Setting['key'], string>>): readonly Setting[] {
  return Object.entries(words).flatMap(([key, description]) =>
    settingsOf(key as Setting['key']).map((setting) => ({ ...setting, description })),
  );
}

/** Commands below one word, which alone means the first of them. */
export function group(
  name: string,
  description: string,
  [first, ...others]: readonly [CommandDefinition, ...CommandDefinition[]],
): CommandDefinition {
  return { name, description, commands: [{ ...first, isDefault: true }, ...others] };
}
