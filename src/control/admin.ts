// What the endpoints of the admin API work with: the emulator behind them, and for each request the sandbox it means.
import type { IncomingMessage } from 'node:http';
import type { Configuration } from '../config/configuration';
import { isLoopback } from '../config/loopback';
import { nearest } from '../config/problem';
import type { Instant } from '../ledger/time';
import type { Sandbox } from '../sandbox/sandbox';
import type { TrafficCounters } from '../sandbox/traffic-counters';
import { DEFAULT_SANDBOX, SandboxError, type Worlds } from '../sandbox/worlds';
import { badRequest, conflict, notFound, Problem, TRY_AGAIN } from './problem';

/** The emulator, as far as the admin API has to do with it. */
export interface AdminHost {
  readonly version: string;
  readonly worlds: Worlds;
  /** What every sandbox begins with. */
  readonly configuration: Configuration;
  readonly traffic: TrafficCounters;
  /** By the clock of the process. */
  readonly startedAt: Instant;
  now(): Instant;
  /** Sentences on what keeps it from being ready. */
  reasons(): readonly string[];
  /** Begins a clean stop; absent where whoever made the emulator closes it. */
  readonly shutdown?: (() => void) | undefined;
}

/** One request of somebody who may ask. */
export interface Admin {
  readonly host: AdminHost;
  /** The sandbox that the path or X-Sandbox names, else `default`; made only for who changes it. Throws Problem. */
  readonly sandbox: Sandbox;
  /** Whether the request comes from this machine. */
  readonly isLocal: boolean;
}

/** `named` is the sandbox of the path; `asks`: the request changes nothing, so that no sandbox is made for it. */
export function adminOf(
  host: AdminHost,
  request: IncomingMessage,
  named: string | undefined,
  asks: boolean,
): Admin {
  let sandbox: Sandbox | undefined;
  return {
    host,
    get sandbox() {
      sandbox ??= usable(host.worlds, () => {
        const wanted = sandboxNamed(request, named);
        return asks ? host.worlds.existing(wanted) : host.worlds.get(wanted);
      });
      return sandbox;
    },
    isLocal: isLoopback((request.socket.remoteAddress ?? '').replace(/^::ffff:/, '')),
  };
}

/** What `use` gives. Throws Problem for what the sandboxes refuse. */
export function usable<T>(worlds: Worlds, use: () => T): T {
  try {
    return use();
  } catch (error) {
    throw problemOf(error, worlds);
  }
}

/** The same for what takes its time. */
export async function usableLater<T>(worlds: Worlds, use: Promise<T>): Promise<T> {
  try {
    return await use;
  } catch (error) {
    throw problemOf(error, worlds);
  }
}

/** There is none of that name. */
export function unknownSandbox(worlds: Worlds, name: string): Problem {
  const meant = nearest(
    name,
    worlds.list().map((each) => each.name),
  );
  return notFound(
    `There is no sandbox ${name}.`,
    meant === undefined
      ? 'GET /sandboxes lists those that there are; POST /sandboxes makes one.'
      : `Did you mean ${meant}?`,
  );
}

function problemOf(error: unknown, worlds: Worlds): unknown {
  if (!(error instanceof SandboxError)) return error;
  const { reason, message } = error;
  switch (reason) {
    case 'name':
      return badRequest(message, { hint: 'Give it another name.' });
    case 'unknown':
      return unknownSandbox(worlds, error.sandbox);
    case 'full':
      return new Problem(503, message, { hint: 'DELETE /sandboxes/NAME removes one.' });
    case 'leaving':
      return conflict(message, TRY_AGAIN);
    case 'exists':
      return conflict(message, 'Take another name, or DELETE /sandboxes/NAME first.');
    case 'default':
      return conflict(message, 'POST /reset takes it back to what it was after the seed.');
  }
}

function sandboxNamed({ headers }: IncomingMessage, named: string | undefined): string {
  const header = headers['x-sandbox'];
  const wanted = Array.isArray(header) ? header[0] : header;
  if (named !== undefined && wanted !== undefined && wanted !== named) {
    throw badRequest(`The path names the sandbox ${named}, X-Sandbox another one.`, {
      hint: 'Name it once.',
    });
  }
  return named ?? wanted ?? DEFAULT_SANDBOX;
}
