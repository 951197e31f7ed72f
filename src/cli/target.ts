// Which emulator a command speaks to: by the addresses it is told, else by where the configuration says that one listens.
import type { ServerOptions } from '../config/configuration';
import { readClientSettings, readSettings } from '../config/settings';
import { findConfiguration } from './configuration-file';
import { UsageError } from './exit-code';
import type { Terminal } from './terminal';

export type Flags = Readonly<Record<string, unknown>>;

export interface Target {
  /** Of the services of the sandbox. No slash at its end. */
  readonly url: string;
  /** Below it is `/__admin/v1` of that sandbox. */
  readonly adminUrl: string;
  /** What the admin API asks for. */
  readonly token: string | undefined;
}

/** A flag goes before a variable, an address before host and port. Throws ConfigurationError, UsageError. */
export function targetOf(flags: Flags, { environment }: Pick<Terminal, 'environment'>): Target {
  const said = readClientSettings(flags, {});
  const { sandbox, ...known } = readClientSettings(flags, environment);
  const places = ['host', 'port', 'adminPort', 'config'].some((key) => flags[key] !== undefined);
  const url = said.url ?? (places ? undefined : known.url);
  const adminUrl = said.adminUrl ?? (places || said.url !== undefined ? undefined : known.adminUrl);
  if (url !== undefined) {
    const token = readSettings(flags, environment).server.adminToken;
    return { url: within(url, sandbox), adminUrl: within(adminUrl ?? url, sandbox), token };
  }
  const { server } = findConfiguration(flags, environment).configuration;
  const admin = adminUrl ?? ownUrl(server, server.adminPort ?? server.port);
  return {
    url: within(ownUrl(server, server.port), sandbox),
    adminUrl: within(admin, sandbox),
    token: server.adminToken,
  };
}

/** A server that listens on all addresses is asked on this machine's own. */
function ownUrl({ host }: ServerOptions, port: number): string {
  if (port === 0) {
    throw new UsageError('The port is left open (0): say where the emulator is with --url.');
  }
  if (host === '0.0.0.0' || host === '::') return `http://127.0.0.1:${port}`;
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

/** Throws UsageError for an address that is already that of another sandbox. */
function within(url: string, sandbox: string | undefined): string {
  if (sandbox === undefined) return url;
  const named = /\/s\/([^/]+)$/.exec(url)?.[1];
  if (named === undefined) return `${url}/s/${sandbox}`;
  if (named === sandbox) return url;
  throw new UsageError(`--sandbox says ${sandbox}, but ${url} is the sandbox ${named}.`);
}
