// What can be said on the command line or in the environment: one flag, one variable and one key a setting.
import { LOG_FORMATS, LOG_LEVELS, type ServerOptions, WSDL_VERSIONS } from './configuration';
import { ConfigurationError, found, nearest } from './problem';

export interface Setting {
  /** The key below `server` in a configuration file, except for `config`, which names that file. */
  readonly key: keyof ServerOptions | 'config';
  /** As the command line takes it: `--port <number>`; without a value it is a switch. */
  readonly flag: string;
  readonly variable: string;
  readonly description: string;
  /** The end of the sentence "expected ...". */
  readonly expects: string;
  /** The value of a text, or undefined when it is not what is expected. */
  readonly read: (text: string) => string | number | boolean | undefined;
}

export interface Settings {
  readonly config?: string;
  readonly server: Partial<ServerOptions>;
}

const YES = ['true', '1', 'yes', 'on'];
const NO = ['false', '0', 'no', 'off'];

export const SETTINGS: readonly Setting[] = [
  {
    ...words('port', '--port <number>', 'port to listen on; 0 picks a free one', ''),
    expects: 'a whole number from 0 to 65535',
    read: (text) => (/^\d{1,5}$/.test(text) && Number(text) <= 65_535 ? Number(text) : undefined),
  },
  words('host', '--host <name>', 'address to listen on', 'a host name or address'),
  words('data', '--data <place>', 'a file, a folder, or :memory:', 'a file, a folder or :memory:'),
  words('seed', '--seed <file>', 'subscribers, tariffs and prices to start with', 'a file name'),
  words('config', '--config <file>', 'configuration file (YAML or JSON)', 'a file name'),
  {
    ...words('baseUrl', '--base-url <url>', 'address that clients use, for the WSDL', ''),
    expects: 'an http or https address',
    read: (text) => (/^https?:\/\/[^\s/?#]+(\/[^\s?#]*)?$/i.test(text) ? text : undefined),
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
    ...oneOf('wsdlVersion', '--wsdl-version <version>', WSDL_VERSIONS),
    description: `what a bare ?wsdl answers: ${WSDL_VERSIONS.join(', ')}`,
  },
  oneOf('logLevel', '--log-level <level>', LOG_LEVELS),
  oneOf('logFormat', '--log-format <format>', LOG_FORMATS),
  onOff('quiet', '--quiet', 'no banner'),
  onOff('readyJson', '--ready-json', 'print the ready line as JSON'),
  words('portFile', '--port-file <file>', 'write the port number to a file', 'a file name'),
];

/**
 * Reads flags (by key; a switch is `true`) and, for what they leave open, the environment. An empty variable counts
 * as absent. Throws ConfigurationError that names the flag or variable.
 */
export function readSettings(
  flags: Readonly<Record<string, unknown>>,
  environment: Readonly<Record<string, string | undefined>>,
): Settings {
  refuseMisspelt(environment);
  const values: Record<string, unknown> = {};
  for (const setting of SETTINGS) {
    const value = flagValue(setting, flags) ?? variableValue(setting, environment);
    if (value !== undefined) values[setting.key] = value;
  }
  const { config, ...server } = values;
  return typeof config === 'string' ? { config, server } : { server };
}

/** A variable that is nearly one of ours is a mistake; others may belong to somebody else. */
function refuseMisspelt(environment: Readonly<Record<string, string | undefined>>): void {
  const known = SETTINGS.map(({ variable }) => variable);
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
  const message = `found ${found(text)}, expected ${setting.expects}`;
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

/** `--base-url <url>` is PARLAYX_BASE_URL. */
function variableOf(flag: string): string {
  const name = nameOf(flag).slice('--'.length);
  return `PARLAYX_${name.toUpperCase().replaceAll('-', '_')}`;
}

function nameOf(flag: string): string {
  return flag.split(' ')[0] ?? flag;
}
