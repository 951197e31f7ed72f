// Asks a running emulator over its admin API, and turns what stands in the way into a sentence and an exit code.
import { codeOf } from '../config/error-code';
import { CommandError, EXIT } from './exit-code';
import { call, type HttpAnswer, NoAnswer } from './http-call';
import { type Flags, targetOf } from './target';
import type { Terminal } from './terminal';

/** `advance` may have much to do on the way, and `wait` waits a minute at most. */
const PATIENCE_MS = 120_000;

type Query = Readonly<Record<string, string | undefined>>;

/** Each rejects with CommandError. `path` is below `/__admin/v1`; what is undefined in a query is left out. */
export interface AdminClient {
  /** `T` is what the description of the API says of the answer; it is believed. */
  ask<T>(call: AdminCall, query?: Query, body?: unknown): Promise<T>;
  /** An answer that is no JSON. */
  askText(call: AdminCall, query?: Query): Promise<string>;
}

type AdminCall = `${'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'} /${string}`;

/** Of the emulator and the sandbox that flags and environment name. Throws ConfigurationError, UsageError. */
export function adminClient(flags: Flags, terminal: Pick<Terminal, 'environment'>): AdminClient {
  const { adminUrl, token } = targetOf(flags, terminal);

  const sandbox = /\/s\/([^/]+)$/.exec(adminUrl)?.[1];

  const sent = async (asked: AdminCall, query: Query, body: unknown): Promise<string> => {
    const [method = 'GET', path = '/'] = asked.split(' ');
    const answer = await call({
      method,
      url: `${adminUrl}/__admin/v1${path}${queryText(query)}`,
      headers: {
        Accept: 'application/json',
        ...(token !== undefined && { Authorization: `Bearer ${token}` }),
        ...(body !== undefined && { 'Content-Type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      timeoutMs: PATIENCE_MS,
    }).catch((error: unknown) => {
      throw unreachable(adminUrl, error);
    });
    if (answer.status >= 200 && answer.status < 300) return answer.bytes.toString('utf8');
    throw refusal(adminUrl, answer);
  };

  /** A sandbox that nobody has made is a slip of the pen: only messages of applications make one by naming it. */
  const answered = async (asked: AdminCall, query: Query, body: unknown): Promise<string> => {
    const changesIt = !/^(?:GET \/|\w+ \/sandboxes)/.test(asked);
    if (sandbox !== undefined && changesIt) await sent(`GET /sandboxes/${sandbox}`, {}, undefined);
    return sent(asked, query, body);
  };

  return {
    ask: async (asked, query = {}, body = undefined) => {
      const text = await answered(asked, query, body);
      if (text === '') return undefined as never;
      const value = parsed(text);
      if (value === undefined) throw stranger(adminUrl);
      return value as never;
    },
    askText: (asked, query = {}) => answered(asked, query, undefined),
  };
}

/** `true` for the query of a switch that is on. */
export function switched(flag: unknown): 'true' | undefined {
  return flag === true ? 'true' : undefined;
}

/** One part of a path, as whoever gave the command wrote it. */
export function segment(text: string): string {
  return encodeURIComponent(text);
}

/** A text among the flags; undefined when it was not given. */
export function textOf(flags: Flags, key: string): string | undefined {
  const value = flags[key];
  return typeof value === 'string' ? value : undefined;
}

function queryText(query: Query): string {
  const given = Object.entries(query).filter((entry): entry is [string, string] => {
    return entry[1] !== undefined;
  });
  return given.length === 0 ? '' : `?${new URLSearchParams(given)}`;
}

function unreachable(url: string, error: unknown): CommandError {
  const reason = error instanceof NoAnswer ? error.reason : codeOf(error);
  return new CommandError(
    EXIT.cannotConnect,
    `No emulator answers at ${url} (${reason}): start one with "parlayx-emulator serve", or say with --url where it is.`,
  );
}

/** application/problem+json says what is wrong; anything else comes from somebody else. */
function refusal(url: string, { status, bytes }: HttpAnswer): CommandError {
  const { detail, hint } = (parsed(bytes.toString('utf8')) ?? {}) as {
    readonly detail?: unknown;
    readonly hint?: unknown;
  };
  if (typeof detail !== 'string') return stranger(url);
  if (status === 401) {
    return new CommandError(
      EXIT.serverRejected,
      `${detail} Give the one that was printed at the start as --admin-token or PARLAYX_ADMIN_TOKEN.`,
    );
  }
  if (status === 404 && /port of their own/.test(detail)) {
    return new CommandError(EXIT.notFound, `${detail} Name it with --admin-url or --admin-port.`);
  }
  // Hints for programs name calls of the API.
  const advice =
    typeof hint === 'string' && !/\b(?:GET|POST|PUT|PATCH|DELETE|body)\b/.test(hint)
      ? ` ${hint}`
      : '';
  const code = status === 404 ? EXIT.notFound : EXIT.serverRejected;
  const [, missing] = /^There is no sandbox (\S+)\.$/.exec(detail) ?? [];
  const otherwise = missing === undefined ? '' : ` "sandboxes create ${missing}" makes it.`;
  return new CommandError(code, spoken(detail) + (advice || otherwise));
}

/** Without the places and the quotes that only matter to who writes JSON. */
function spoken(detail: string): string {
  return detail
    .replace(/^(?:body|query|path)\.(?=\S)/, '')
    .replace(/, written in quotes: "([^"]*)"/, ' such as $1');
}

function stranger(url: string): CommandError {
  return new CommandError(
    EXIT.serverRejected,
    `What answers at ${url} is no parlayx-emulator, or one of another version: say with --url where it is.`,
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
