// A sandbox behind a real listener, and a client that tells what came over the wire and how the connection ended.
import { connect, type Socket } from 'node:net';
import { afterAll, afterEach } from '@jest/globals';
import { createListener } from '../../src/http/listener';
import { Readiness } from '../../src/http/readiness';
import type { Faults } from '../../src/sandbox/faults/plan';
import { operationOf, PACKAGED } from '../support/operations';
import { envelope, messageOf, type Parts } from '../support/requests';
import { openTestSandbox, pathOf, type TestSandboxOptions } from '../support/test-sandbox';

export const CHARGE = 'AmountCharging.chargeAmount';

export interface Served {
  readonly env: ReturnType<typeof openTestSandbox>;
  readonly faults: Faults;
  readonly port: number;
  /** How many charges are on bills. */
  charges(): number;
  close(): Promise<void>;
}

const closers: (() => Promise<void>)[] = [];

/** Closed after the tests of the file. */
export async function serve(options: TestSandboxOptions = {}): Promise<Served> {
  const env = openTestSandbox(options);
  const { sandbox } = env;
  const listener = createListener({
    exchange: sandbox.exchange,
    catalogue: PACKAGED,
    readiness: new Readiness(),
    trustProxy: false,
    wsdlVersion: 'v4_0',
    onDefect: (error) => env.defects.push(error),
  });
  const { port } = await listener.listen(0, '127.0.0.1');
  const close = async () => {
    sandbox.faults.close();
    await listener.close();
  };
  closers.push(close);
  return {
    env,
    faults: sandbox.faults as Faults,
    port,
    charges: () => sandbox.ledger.read.billEntries().length,
    close,
  };
}

afterAll(async () => {
  for (const close of closers) await close();
});

let references = 0;

/** One euro from `endUserIdentifier`. */
export function chargeParts(more: Parts = {}): Parts {
  references += 1;
  return {
    endUserIdentifier: 'tel:+15550100',
    charge: { description: 'Daily quiz', currency: 'EUR', amount: '1.00' },
    referenceCode: `fault-${references}`,
    ...more,
  };
}

export function request(parts: Parts = chargeParts(), key = CHARGE, version?: string): string {
  const operation = operationOf(key, version);
  const body = envelope(messageOf(operation, parts));
  return (
    `POST ${pathOf(operation)} HTTP/1.1\r\nHost: test\r\nContent-Type: text/xml; charset=utf-8\r\n` +
    `SOAPAction: ""\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`
  );
}

/** What a client of the wire has seen so far. */
export interface Client {
  readonly socket: Socket;
  text(): string;
  /** The body so far. */
  body(): string;
  /** undefined while the connection is open. */
  ended(): 'closed' | 'reset' | undefined;
  /** Once the whole answer is there by its Content-Length, or the connection has ended. */
  answered(): Promise<void>;
  over(): Promise<'closed' | 'reset'>;
}

export function send(port: number, text: string): Client {
  const socket = connect(port, '127.0.0.1');
  const chunks: Buffer[] = [];
  let ended: 'closed' | 'reset' | undefined;
  socket.on('data', (chunk) => chunks.push(chunk));
  socket.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'ECONNRESET') throw error;
    ended = 'reset';
  });
  socket.on('close', () => {
    ended ??= 'closed';
  });
  socket.write(text);

  const all = () => Buffer.concat(chunks).toString();
  const body = () => all().split('\r\n\r\n').slice(1).join('\r\n\r\n');
  return {
    socket,
    text: all,
    body,
    ended: () => ended,
    answered: () =>
      until(() => {
        const length = /^Content-Length: (\d+)\r$/im.exec(all())?.[1];
        const isWhole = length !== undefined && Buffer.byteLength(body()) >= Number(length);
        return isWhole || ended !== undefined;
      }),
    over: async () => {
      await until(() => ended !== undefined);
      return ended ?? 'closed';
    },
  };
}

/** Looks again in every round of the event loop; the time limit of the test is the only bound. */
export async function until(holds: () => boolean): Promise<void> {
  const began = testsOver;
  while (!holds()) {
    if (testsOver > began) throw new Error('the test is over and it never came to this');
    await new Promise((resolve) => setImmediate(resolve));
  }
}

let testsOver = 0;

afterEach(() => {
  testsOver += 1;
});
