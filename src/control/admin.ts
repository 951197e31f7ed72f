// What the endpoints of the admin API work with: the emulator behind them, and for each request the sandbox it means.
import type { IncomingMessage } from 'node:http';
import type { Configuration } from '../config/configuration';
import { isLoopback } from '../config/loopback';
import type { Instant } from '../ledger/time';
import type { Sandbox } from '../sandbox/sandbox';
import type { TrafficCounters } from '../sandbox/traffic-counters';
import { DEFAULT_SANDBOX, SandboxError, type Worlds } from '../sandbox/worlds';
import { conflict, notFound, Problem } from './problem';

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
  /** The sandbox that the path or X-Sandbox names, else `default`. Throws Problem. */
  readonly sandbox: Sandbox;
  /** Whether the request comes from this machine. */
  readonly isLocal: boolean;
}

/** `named` is the sandbox of the path. */
export function adminOf(
  host: AdminHost,
  request: IncomingMessage,
  named: string | undefined,
): Admin {
  let sandbox: Sandbox | undefined;
  return {
    host,
    get sandbox() {
      sandbox ??= usable(() => host.worlds.get(sandboxNamed(request, named)));
      return sandbox;
    },
    isLocal: isLoopback((request.socket.remoteAddress ?? '').replace(/^::ffff:/, '')),
  };
}

/** What `use` gives. Throws Problem for what the sandboxes refuse. */
export function usable<T>(use: () => T): T {
  try {
    return use();
  } catch (error) {
    throw problemOf(error);
  }
}

/** The same for what takes its time. */
export async function usableLater<T>(use: Promise<T>): Promise<T> {
  try {
    return await use;
  } catch (error) {
    throw problemOf(error);
  }
}

function problemOf(error: unknown): unknown {
  if (!(error instanceof SandboxError)) return error;
  const { reason, message } = error;
  if (reason === 'name') return new Problem(400, message);
  if (reason === 'unknown') return notFound(message, 'GET /sandboxes lists those that there are.');
  if (reason === 'full') return new Problem(503, message);
  return conflict(message);
}

function sandboxNamed({ headers }: IncomingMessage, named: string | undefined): string {
  const header = headers['x-sandbox'];
  const wanted = Array.isArray(header) ? header[0] : header;
  if (named !== undefined && wanted !== undefined && wanted !== named) {
    throw new Problem(400, `The path names the sandbox ${named}, X-Sandbox another one.`, {
      hint: 'Name it once.',
    });
  }
  return named ?? wanted ?? DEFAULT_SANDBOX;
}
