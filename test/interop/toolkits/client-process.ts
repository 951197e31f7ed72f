// A client program in another language as a child process: one line of JSON for each call, one for each answer.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Parts } from '../../support/requests';

/** A fault as a toolkit gives it to its user. */
export interface ToldFault {
  readonly faultcode: string;
  readonly faultstring: string;
  /** Of the detail, when it understands that. */
  readonly exception?: string;
  readonly messageId?: string;
  readonly text?: string;
  readonly variables?: readonly string[];
}

/** What a call came to. `error` is a sentence of the toolkit itself, which then has sent nothing. */
export type Told =
  | { readonly answer: unknown }
  | { readonly fault: ToldFault }
  | { readonly error: string };

/** Arguments as JSON; a number is what the toolkit's language makes of it. */
export type Arguments = Parts | Readonly<Record<string, unknown>>;

export interface ClientProcess {
  /** One at a time. Rejects with what the program printed to its standard error when it gives no answer. */
  call(operation: string, args: Arguments): Promise<Told>;
  /** Ends the process, by force if it must be. */
  close(): Promise<void>;
}

const ANSWER_MS = 15_000;
const CLOSE_MS = 2_000;

export function startClient(program: string, words: readonly string[]): ClientProcess {
  const child = spawn(program, words, { stdio: 'pipe' });
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const closed = once(child, 'close');
  let complaint = '';
  child.stderr.setEncoding('utf8').on('data', (part: string) => {
    complaint += part;
  });
  // A program that has ended breaks the pipe; the call that finds no answer tells it, with the reason.
  child.stdin.on('error', () => {});

  return {
    call: async (operation, args) => {
      const timer = setTimeout(() => {
        complaint += `no answer in ${ANSWER_MS} ms`;
        child.kill('SIGKILL');
      }, ANSWER_MS);
      child.stdin.write(`${JSON.stringify({ operation, arguments: args })}\n`);
      const { value, done } = await answers.next();
      clearTimeout(timer);
      if (done) {
        await closed;
        throw new Error(`${program} ended at ${operation}: ${complaint}`);
      }
      return JSON.parse(value) as Told;
    },
    close: async () => {
      const timer = setTimeout(() => child.kill('SIGKILL'), CLOSE_MS);
      child.stdin.end();
      await closed;
      clearTimeout(timer);
    },
  };
}
