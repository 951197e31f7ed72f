// What is true of every bad message, whatever its class: nothing happens, nothing is given away, the next one works.

import { type AddressInfo, createServer, type Server } from 'node:net';
import { expect } from '@jest/globals';
import { operationOf } from '../support/operations';
import { envelope, messageOf } from '../support/requests';
import type { Reply, RequestOptions, TestSandbox } from '../support/test-sandbox';
import { type XmlNode, xmlText } from '../support/xml';
import { CHARGE, payment, succeed } from './asking';

/** Sends it, and checks all that is true of a message that is not executed. */
export async function sendBad(
  env: TestSandbox,
  body: string | Uint8Array,
  options?: RequestOptions,
): Promise<Reply> {
  const before = env.digest();
  const reply = await env.post(body, options);
  expect(reply.status).toBeGreaterThanOrEqual(400);
  expect(env.digest()).toBe(before);
  expect(reply.text).not.toMatch(
    /\.[jt]s\b|node_modules|\bat [\w.]+ \(|Error:|[\\/](?:src|dist|tmp)[\\/]/,
  );
  // Readers of the field take these anywhere in a body for a success.
  expect(reply.text).not.toMatch(/Response\b|22007201/i);
  await succeed(env, CHARGE, payment({ amount: '0.01' }));
  return reply;
}

/** The message element of a good chargeAmount, to be spoilt. */
export function goodCharge(): XmlNode {
  return messageOf(operationOf(CHARGE), payment({ amount: '1.50' }));
}

/** A good chargeAmount in full. */
export function goodEnvelope(): string {
  return envelope(xmlText(goodCharge()));
}

/** A good chargeAmount with one piece of its text replaced. */
export function spoilt(piece: string | RegExp, by: string): string {
  const good = goodEnvelope();
  const bad = good.replace(piece, () => by);
  if (bad === good) throw new Error(`there is no ${piece} to spoil`);
  return bad;
}

/** Somewhere to be lured to: counts who comes. */
export interface Lure {
  readonly url: string;
  visits(): number;
  close(): void;
}

export async function openLure(): Promise<Lure> {
  let visits = 0;
  const server: Server = createServer((socket) => {
    visits += 1;
    socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/`, visits: () => visits, close: () => server.close() };
}
