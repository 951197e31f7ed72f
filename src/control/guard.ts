// Who may use the admin API: the hosts by which it may be called, the token, and which pages of browsers. Judges
// headers alone; changes nothing.
import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { isLoopback } from '../config/loopback';
import { Problem } from './problem';

export interface GuardOptions {
  /** The address that the server was told to bind to. */
  readonly host: string;
  /** Asked for when given. */
  readonly token?: string | undefined;
  /** Where clients reach it through a proxy. */
  readonly baseUrl?: string | undefined;
  /** Origins of pages that may call, `*` for all. */
  readonly cors: readonly string[];
}

export interface Guarded {
  readonly method: string;
  readonly headers: IncomingHttpHeaders;
  /** What it tells is the same for everybody: no token is asked for. */
  readonly open: boolean;
}

/** Throws Problem: 421 for a host that is not ours, 403 for a page of another origin, 401 without the token. */
export function createGuard(options: GuardOptions): (request: Guarded) => void {
  const { token } = options;
  const checksHost = isLoopback(options.host);
  const expected = token === undefined ? undefined : digest(token);

  return ({ method, headers, open }) => {
    if (checksHost) refuseForeignHost(headers, options);
    refuseForeignPage(method, headers, options);
    if (expected === undefined || open) return;
    const given = /^Bearer +(\S+) *$/i.exec(headers.authorization ?? '')?.[1];
    if (given !== undefined && timingSafeEqual(digest(given), expected)) return;
    throw new Problem(
      401,
      given === undefined ? 'A bearer token is asked for.' : 'The bearer token is not the one.',
      {
        hint: 'Send "Authorization: Bearer TOKEN" with the token that was printed at the start or given as --admin-token.',
        headers: { 'WWW-Authenticate': 'Bearer' },
      },
    );
  };
}

/** The headers that let pages of the configured origins read the answer; none for others. */
export function corsHeaders(
  origin: string | undefined,
  cors: readonly string[],
): Readonly<Record<string, string>> {
  if (cors.length === 0) return {};
  if (origin === undefined || !isAllowed(origin, cors)) return { Vary: 'Origin' };
  return {
    Vary: 'Origin',
    'Access-Control-Allow-Origin': origin,
    'Access-Control-Allow-Methods': 'GET, POST, PUT, PATCH, DELETE',
    'Access-Control-Allow-Headers': 'Authorization, Content-Type, X-Sandbox',
    'Access-Control-Max-Age': '600',
  };
}

/**
 * A name that resolves to this machine is no proof that its page may speak to it (DNS rebinding). X-Forwarded-Host is none
 * either: such a page can send it.
 */
function refuseForeignHost(headers: IncomingHttpHeaders, options: GuardOptions): void {
  const { host, baseUrl } = options;
  const name = hostName(headers.host ?? '');
  if (isLoopback(name) || name === hostName(host)) return;
  if (baseUrl !== undefined && name === new URL(baseUrl).hostname.toLowerCase()) return;
  throw new Problem(421, `The host "${name.slice(0, 80)}" is not one of this emulator.`, {
    hint: 'Call it by localhost or 127.0.0.1, or say with --base-url how clients reach it.',
  });
}

/** Browsers name the page that a request comes from; programs have none. */
function refuseForeignPage(
  method: string,
  headers: IncomingHttpHeaders,
  { cors, baseUrl }: GuardOptions,
): void {
  if (method === 'GET' || method === 'HEAD' || method === 'OPTIONS') return;
  const { origin, host = '' } = headers;
  const isForeign =
    origin === undefined
      ? headers['sec-fetch-site'] === 'cross-site'
      : origin.replace(/^https?:\/\//, '').toLowerCase() !== host.toLowerCase();
  if (!isForeign || (origin !== undefined && isAllowed(origin, cors))) return;
  if (baseUrl !== undefined && origin === new URL(baseUrl).origin) return;
  throw new Problem(403, 'Pages of other origins may not call the admin API.', {
    hint: 'Start the emulator with --cors ORIGIN for a page that may.',
  });
}

function isAllowed(origin: string, cors: readonly string[]): boolean {
  return cors.includes('*') || cors.includes(origin);
}

/** `localhost` of `localhost:8310`, `::1` of `[::1]:8310`. */
function hostName(authority: string): string {
  const name = authority.toLowerCase();
  const bracketed = /^\[(.+)\](?::\d+)?$/.exec(name)?.[1];
  if (bracketed !== undefined) return bracketed;
  const [host = '', ...ports] = name.split(':');
  return ports.length > 1 ? name : host;
}

/** Of one length, whatever was sent. */
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
