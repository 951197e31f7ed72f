// An emulator with its admin API, and what a test asks of it in one line.
import { afterEach } from '@jest/globals';
import { createEmulator, type Emulator, type EmulatorOptions } from '../../src/emulator';
import { charge } from '../cli/charge';

export const FAN = 'tel:+15550100';
export const SEED = { subscribers: [{ address: FAN, wallets: [{ balance: '50.00' }] }] };

let started: Emulator[] = [];
afterEach(async () => {
  await Promise.all(started.map((emulator) => emulator.close()));
  started = [];
});

/** Whatever it is: a test says what it should be. */
export interface Json {
  readonly [name: string]: Json;
}

export interface Answered {
  readonly status: number;
  readonly type: string;
  readonly headers: Headers;
  readonly text: string;
  /** Of a JSON answer, else undefined. */
  readonly json: Json;
}

export interface AdminClient {
  readonly emulator: Emulator;
  /** `GET /clock`, with a body for those that have one. */
  ask(call: string, body?: unknown, headers?: Record<string, string>): Promise<Answered>;
  /** One charge over SOAP, in the sandbox of that URL. */
  charge(amount: string, url?: string): Promise<string>;
}

/** Closed after the test. */
export async function admin(options: EmulatorOptions = {}): Promise<AdminClient> {
  const emulator = await createEmulator({ seed: SEED, ...options });
  started.push(emulator);
  return {
    emulator,
    ask: (call, body, headers) => ask(`${emulator.adminUrl}/__admin/v1`, call, body, headers),
    charge: (amount, url = emulator.url) => charge(url, FAN, amount, 'shop'),
  };
}

export async function ask(
  prefix: string,
  call: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Answered> {
  const [method = 'GET', path = '/'] = call.split(' ', 2);
  const isFile = body instanceof Uint8Array;
  const type = isFile ? 'application/octet-stream' : 'application/json';
  const response = await fetch(prefix + path, {
    method,
    headers: { ...(body !== undefined && { 'Content-Type': type }), ...headers },
    ...(body !== undefined && { body: isFile ? body : JSON.stringify(body) }),
  });
  const bytes = Buffer.from(await response.arrayBuffer());
  const received = response.headers.get('content-type') ?? '';
  const text = bytes.toString(received === 'application/octet-stream' ? 'latin1' : 'utf8');
  return {
    status: response.status,
    type: received.split(';')[0] ?? '',
    headers: response.headers,
    text,
    json: /json/.test(received) ? JSON.parse(text) : (undefined as never),
  };
}
