// What can be said on the command line or in the environment: one flag, one variable and one key a setting.
import {
  CONFIRMATION_VERSIONS,
  LOG_FORMATS,
  LOG_LEVELS,
  ORIGIN,
  type ServerOptions,
  TOKEN,
  TOKEN_RULE,
  WSDL_VERSIONS,
} from './configuration';
import { INSTANT_RULE, instantIn } from './instant';
import { ConfigurationError, found, nearest } from './problem';

export interface Setting {
  /** The key below `server` in a configuration file, except for `config`, which names that file, and those of clients. */
  readonly key: keyof ServerOptions | 'config' | keyof ClientSettings;
  /** As the command line takes it: `--port <number>`; without a value it is a switch. */
  readonly flag: string;
  readonly variable: string;
  readonly description: string;
  /** The end of the sentence "expected ...". */
  readonly expects: string;
  /** Not to be repeated to people. */
  readonly secret?: true;
  /** The value of a text, or undefined when it is not what is expected. */
  readonly read: (text: string) => string | number | boolean | readonly string[] | undefined;
}

export interface Settings {
  readonly config?: string;
  readonly server: Partial<ServerOptions>;
}

/** Where a running emulator is, for commands that speak to one. */
export interface ClientSettings {
  /** Of the services, or of those of one sandbox. No slash at its end. */
  readonly url?: string;
  /** Of the admin API, where that has a port of its own. */
  readonly adminUrl?: string;
  readonly sandbox?: string;
}

const YES = ['true', '1', 'yes', 'on'];
const NO = ['false', '0', 'no', 'off'];

export const SETTINGS: readonly Setting[] = [
  {
    ...words('port', '--port <number>', 'port to listen on; 0 picks a free one', ''),
    expects: 'a whole number from 0 to 65535',
    read: portOf,
  },
  words('host', '--host <name>', 'address to listen on', 'a host name or address'),
  words('data', '--data <place>', 'a file, a folder, or :memory:', 'a file, a folder or :memory:'),
  words('seed', '--seed <file>', 'subscribers, tariffs and prices to start with', 'a file name'),
  words('config', '--config <file>', 'configuration file (YAML or JSON)', 'a file name'),
  {
    ...words('baseUrl', '--base-url <url>', 'address that clients use, for the WSDL', ''),
    expects: 'an http or https address',
    read: addressOf,
  },
  onOff('trustProxy', '--trust-proxy', 'believe X-Forwarded-* headers'),
  onOff('strict', '--strict', 'refuse messages that deviate from the interface'),
  words(
    'profile',
    '--profile <name>',
    'how answers look: auto, standard, huawei, ...',
    'a profile',
  ),
  {
    ...onOff('magic', '--no-magic', 'no faults for magic numbers and reference codes'),
    variable: 'PARLAYX_MAGIC',
  },
  {
    ...onOff('journal', '--no-journal', 'keep no record of exchanges'),
    variable: 'PARLAYX_JOURNAL',
  },
  {
    ...words('maxJournal', '--max-journal <number>', 'exchanges that a sandbox keeps', ''),
    expects: 'a whole number from 1 to 1000000',
    read: (text) => numberWithin(text, 1_000_000),
  },
  {
    ...words('maxAge', '--max-age <seconds>', 'how long exchanges are kept', ''),
    expects: 'a whole number of seconds, 1 or more',
    read: (text) => numberWithin(text, Number.MAX_SAFE_INTEGER),
  },
  {
    ...words('clock', '--clock <instant>', 'where every sandbox begins, its clock frozen', ''),
    expects: INSTANT_RULE,
    read: (text) => (instantIn(text) === undefined ? undefined : text),
  },
  {
    ...oneOf('wsdlVersion', '--wsdl-version <version>', WSDL_VERSIONS),
    description: `what a bare ?wsdl answers: ${WSDL_VERSIONS.join(', ')}`,
  },
  {
    ...words(
      'confirmationRefs',
      '--confirmation-refs <versions>',
      `versions with confirmationRefs: ${CONFIRMATION_VERSIONS.join(',')}, or none`,
      `${CONFIRMATION_VERSIONS.join(',')}, one of them, or none`,
    ),
    read: listOf(CONFIRMATION_VERSIONS),
  },
  {
    ...words(
      'adminPort',
      '--admin-port <number>',
      'port of the admin API alone; 0: a free one',
      '',
    ),
    expects: 'a whole number from 0 to 65535',
    read: portOf,
  },
  {
    ...words('adminToken', '--admin-token <token>', 'what the admin API asks for', ''),
    expects: TOKEN_RULE,
    secret: true,
    read: (text) => (TOKEN.test(text) ? text : undefined),
  },
  {
    ...words('cors', '--cors <origins>', 'origins of pages that may use the admin API', ''),
    expects: 'origins such as http://localhost:3000 with commas between them, or *',
    read: originsOf,
  },
  oneOf('logLevel', '--log-level <level>', LOG_LEVELS),
  oneOf('logFormat', '--log-format <format>', LOG_FORMATS),
  onOff('quiet', '--quiet', 'no banner'),
  onOff('readyJson', '--ready-json', 'print the ready line as JSON'),
  words('portFile', '--port-file <file>', 'write the port number to a file', 'a file name'),
];

/** They have no key in a configuration file, which is of a server. */
export const CLIENT_SETTINGS: readonly Setting[] = [
  {
    ...words('url', '--url <url>', 'address of a running emulator', ''),
    expects: 'an http or https address',
    read: (text) => addressOf(text)?.replace(/\/+$/, ''),
  },
  {
    ...words('adminUrl', '--admin-url <url>', 'address of its admin API, where it differs', ''),
    expects: 'an http or https address',
    read: (text) => addressOf(text)?.replace(/\/+$/, ''),
  },
  {
    ...words('sandbox', '--sandbox <name>', 'which sandbox; default when not named', ''),
    expects: 'a name of 1 to 40 characters from a to z, 0 to 9 and -',
    read: (text) => (/^[a-z0-9-]{1,40}$/.test(text) ? text : undefined),
  },
];

/** As `readSettings`, of what commands for a running emulator are told. */
export function readClientSettings(
  flags: Readonly<Record<string, unknown>>,
  environment: Readonly<Record<string, string | undefined>>,
): ClientSettings {
  refuseMisspelt(environment);
  return valuesOf(CLIENT_SETTINGS, flags, environment);
}

/**
 * Reads flags (by key; a switch is `true`) and, for what they leave open, the environment. An empty variable counts
 * as absent. Throws ConfigurationError that names the flag or variable.
 */
export function readSettings(
  flags: Readonly<Record<string, unknown>>,
  environment: Readonly<Record<string, string | undefined>>,
): Settings {
  refuseMisspelt(environment);
  const { config, ...server } = valuesOf(SETTINGS, flags, environment);
  return typeof config === 'string' ? { config, server } : { server };
}

function valuesOf(
  settings: readonly Setting[],
  flags: Readonly<Record<string, unknown>>,
  environment: Readonly<Record<string, string | undefined>>,
): Readonly<Record<string, unknown>> {
  const values: Record<string, unknown> = {};
  for (const setting of settings) {
    const value = flagValue(setting, flags) ?? variableValue(setting, environment);
    if (value !== undefined) values[setting.key] = value;
  }
  return values;
}

/** A variable that is nearly one of ours is a mistake; others may belong to somebody else. */
function refuseMisspelt(environment: Readonly<Record<string, string | undefined>>): void {
  const known = [...SETTINGS, ...CLIENT_SETTINGS].map(({ variable }) => variable);
  for (const name of Object.keys(environment)) {
    if (!name.startsWith('PARLAYX_') || known.includes(name)) continue;
    const meant = nearest(name, known);
    if (meant === undefined) continue;
    throw new ConfigurationError(name, [
      { path: '', message: `unknown variable, did you mean ${meant}?` },
    ]);
  }
}

function flagValue(setting: Setting, flags: Readonly<Record<string, unknown>>): unknown {
  const given = flags[setting.key];
  // That a flag which only says no is not there comes as a yes.
  if (given === true && setting.flag.startsWith('--no-')) return undefined;
  if (given === undefined || given === true) return given;
  return read(setting, String(given), nameOf(setting.flag));
}

function variableValue(
  setting: Setting,
  environment: Readonly<Record<string, string | undefined>>,
): unknown {
  const given = environment[setting.variable];
  return given === undefined || given === '' ? undefined : read(setting, given, setting.variable);
}

function read(setting: Setting, text: string, source: string): unknown {
  const value = setting.read(text.trim());
  if (value !== undefined) return value;
  const told = setting.secret ? 'something else' : found(text);
  const message = `found ${told}, expected ${setting.expects}`;
  throw new ConfigurationError(source, [{ path: '', message }]);
}

function words(key: Setting['key'], flag: string, description: string, expects: string): Setting {
  const read = (text: string): string | undefined => (text === '' ? undefined : text);
  return { key, flag, variable: variableOf(flag), description, expects, read };
}

function onOff(key: Setting['key'], flag: string, description: string): Setting {
  return {
    ...words(key, flag, description, 'true or false'),
    read: (text) => {
      const word = text.toLowerCase();
      if (YES.includes(word)) return true;
      return NO.includes(word) ? false : undefined;
    },
  };
}

function oneOf(key: Setting['key'], flag: string, values: readonly string[]): Setting {
  return {
    ...words(key, flag, values.join(', '), `one of ${values.join(', ')}`),
    read: (text) => values.find((value) => value === text.toLowerCase()),
  };
}

function addressOf(text: string): string | undefined {
  return /^https?:\/\/[^\s/?#]+(\/[^\s?#]*)?$/i.test(text) ? text : undefined;
}

/** A whole number from 1. */
function numberWithin(text: string, most: number): number | undefined {
  return /^[1-9]\d{0,15}$/.test(text) && Number(text) <= most ? Number(text) : undefined;
}

function portOf(text: string): number | undefined {
  return /^\d{1,5}$/.test(text) && Number(text) <= 65_535 ? Number(text) : undefined;
}

function originsOf(text: string): readonly string[] | undefined {
  const origins = text.split(/\s*,\s*/);
  return origins.every((origin) => ORIGIN.test(origin)) ? origins : undefined;
}

/** Words with commas between them; `none` is the empty list. */
function listOf(values: readonly string[]): Setting['read'] {
  return (text) => {
    const words = text.toLowerCase().split(/\s*,\s*/);
    if (words.join() === 'none') return [];
    return words.every((word) => values.includes(word)) ? [...new Set(words)] : undefined;
  };
}

/** `--base-url <url>` is PARLAYX_BASE_URL. */
function variableOf(flag: string): string {
  const name = nameOf(flag).slice('--'.length);
  return `PARLAYX_${name.toUpperCase().replaceAll('-', '_')}`;
}

function nameOf(flag: string): string {
  return flag.split(' ')[0] ?? flag;
}
