// An emulator over HTTP and a client that speaks to any of its sandboxes in one line.
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, expect } from '@jest/globals';
import {
  createEmulator,
  type Emulator,
  type EmulatorOptions,
  type Sandbox,
} from '../../src/emulator';
import { operationOf } from '../support/operations';
import { envelope, messageOf, type Parts } from '../support/requests';
import { pathOf } from '../support/test-sandbox';

export const FAN = 'tel:+15550100';
export const SEED = { subscribers: [{ address: FAN, wallets: [{ balance: '50.00' }] }] };
export const MINUTE = 60_000;
const EURO = 1_000_000n;

const running: Emulator[] = [];
const servers: Server[] = [];
const folders: string[] = [];
const defects: unknown[] = [];

afterEach(async () => {
  for (const emulator of running.splice(0)) await emulator.close();
  for (const server of servers.splice(0)) server.close();
  expect(defects.splice(0)).toEqual([]);
});
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

/** Closed after the test, in which nothing unforeseen may have happened. */
export async function emulated(options: EmulatorOptions = {}): Promise<Emulator> {
  const log = { exchange: () => {}, defect: (error: unknown) => defects.push(error) };
  const emulator = await createEmulator({ seed: SEED, log, ...options });
  running.push(emulator);
  return emulator;
}

export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'parlayx-sandboxes-'));
  folders.push(folder);
  return folder;
}

/** An application that takes receipts; what it was sent. Closed after the test. */
export async function receiver(): Promise<{ readonly url: string; readonly received: string[] }> {
  const received: string[] = [];
  const server = createServer((request, response) => {
    request.setEncoding('utf8').on('data', (text) => received.push(text));
    request.on('end', () => response.end());
  });
  servers.push(server);
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, received };
}

/** Sends a message whose delivery is to be told to `endpoint`; its identifier. */
export async function sendSms(url: string, endpoint: string): Promise<string> {
  const receiptRequest = { endpoint, interfaceName: 'SmsNotification', correlator: 'one' };
  const parts = { addresses: [FAN], message: 'Goal!', receiptRequest };
  const { text } = await send(url, 'SendSms.sendSms', parts);
  const [, identifier] = /<ns1:result>(.*)<\/ns1:result>/.exec(text) ?? [];
  if (identifier === undefined) throw new Error(`no message: ${text}`);
  return identifier;
}

export interface Sent {
  readonly status: number;
  readonly text: string;
}

/** Sends a request of `Interface.operation` to the services at `url`. */
export async function send(
  url: string,
  key: string,
  parts: Parts,
  headers: Readonly<Record<string, string>> = {},
): Promise<Sent> {
  const operation = operationOf(key);
  const response = await fetch(url + pathOf(operation), {
    method: 'POST',
    headers: { 'Content-Type': 'text/xml; charset=utf-8', SOAPAction: '""', ...headers },
    body: envelope(messageOf(operation, parts)),
  });
  return { status: response.status, text: await response.text() };
}

export function charge(url: string, amount: string, headers = {}, payer = FAN): Promise<Sent> {
  const parts = { endUserIdentifier: payer, charge: charged(amount), referenceCode: 'charge' };
  return send(url, 'AmountCharging.chargeAmount', parts, headers);
}

/** Opens a reservation; its identifier. */
export async function reserve(
  url: string,
  amount: string,
  headers = {},
  payer = FAN,
): Promise<string> {
  const parts = { endUserIdentifier: payer, charge: charged(amount) };
  const { text } = await send(url, 'ReserveAmountCharging.reserveAmount', parts, headers);
  const [, identifier] = /<ns1:result>(\d+)<\/ns1:result>/.exec(text) ?? [];
  if (identifier === undefined) throw new Error(`no reservation: ${text}`);
  return identifier;
}

export function capture(url: string, reservationIdentifier: string, amount: string): Promise<Sent> {
  const parts = { reservationIdentifier, charge: charged(amount), referenceCode: 'capture' };
  return send(url, 'ReserveAmountCharging.chargeReservation', parts);
}

export function release(url: string, reservationIdentifier: string): Promise<Sent> {
  return send(url, 'ReserveAmountCharging.releaseReservation', { reservationIdentifier });
}

/** Euros that are there, and those of them that are held. */
export function funds(sandbox: Sandbox, subscriber = FAN): readonly [there: number, held: number] {
  const [wallet] = sandbox.ledger.read.wallets(subscriber);
  if (wallet === undefined) throw new Error(`${subscriber} has no wallet`);
  const { credits, debits, held } = wallet;
  return [Number((credits - debits) / EURO), Number(held / EURO)];
}

function charged(amount: string): Parts {
  return { description: 'Test', currency: 'EUR', amount };
}
