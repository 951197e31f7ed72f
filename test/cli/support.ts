// The built command line as a child process, in a working directory of its own.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const MAIN = join(__dirname, '..', '..', 'dist', 'cli', 'main.js');

if (!existsSync(MAIN)) throw new Error('Build first: npm run build.');

export interface Finished {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export interface Running {
  readonly child: ChildProcess;
  readonly out: () => string;
  readonly err: () => string;
  /** Once the standard output has a line that matches. */
  line(pattern: RegExp): Promise<RegExpExecArray>;
  finished(): Promise<Finished>;
  /** SIGTERM, then the end. */
  stop(): Promise<Finished>;
}

export interface Workplace {
  readonly folder: string;
  run(...args: string[]): Promise<Finished>;
  start(...args: string[]): Running;
  /** Started with a free port; waits for the ready line. */
  serve(...args: string[]): Promise<Running & { readonly url: string; readonly port: number }>;
  readonly environment: Record<string, string>;
  /** Descriptors that take the output in place of `out()` and `err()`. */
  readonly streams: { stdout?: number; stderr?: number };
  remove(): void;
}

export function workplace(): Workplace {
  const folder = mkdtempSync(join(tmpdir(), 'parlayx-cli-'));
  const environment: Record<string, string> = {};
  const streams: Workplace['streams'] = {};

  const start = (...args: string[]): Running => {
    const child = spawn(process.execPath, [MAIN, ...args], {
      cwd: folder,
      env: { PATH: process.env.PATH, ...environment },
      stdio: ['ignore', streams.stdout ?? 'pipe', streams.stderr ?? 'pipe'],
    });
    let out = '';
    let err = '';
    child.stdout?.setEncoding('utf8').on('data', (part) => {
      out += part;
    });
    child.stderr?.setEncoding('utf8').on('data', (part) => {
      err += part;
    });
    const closed = once(child, 'close');
    const finished = async (): Promise<Finished> => {
      await closed;
      return { code: child.exitCode, out, err };
    };
    return {
      child,
      out: () => out,
      err: () => err,
      finished,
      line: (pattern) =>
        new Promise((resolve, reject) => {
          const look = (): void => {
            const match = pattern.exec(out);
            if (match !== null) resolve(match);
          };
          child.stdout?.on('data', look);
          closed.then(
            () => reject(new Error(`ended with ${child.exitCode}: ${out}${err}`)),
            reject,
          );
          look();
        }),
      stop: () => {
        child.kill('SIGTERM');
        return finished();
      },
    };
  };

  return {
    folder,
    environment,
    streams,
    start,
    run: (...args) => start(...args).finished(),
    serve: async (...args) => {
      const running = start('--port', '0', ...args);
      const [, url = '', port] = await running.line(/^ready (http:\/\/[^ ]+:(\d+)) .*\n/m);
      return { ...running, url, port: Number(port) };
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
