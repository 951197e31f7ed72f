// Answers as they come over HTTP, for readers that want nothing but their text and their status.
import type { Operation } from '../../src/wsdl/schema';
import { has, openerOf } from '../support/operations';
import { envelope, messageOf, type Parts } from '../support/requests';
import { sampleOf } from '../support/samples';
import { type RunningEmulator, serviceOf } from './foreign-client';

export interface RawAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

export async function post(
  emulator: RunningEmulator,
  operation: Operation,
  parts: Parts,
): Promise<RawAnswer> {
  const { path } = serviceOf(emulator, operation.interfaceName, operation.version);
  const response = await fetch(emulator.url + path, {
    method: 'POST',
    headers: { 'Content-Type': 'text/xml; charset=utf-8', SOAPAction: '""' },
    body: envelope(messageOf(operation, parts)),
  });
  return { status: response.status, headers: response.headers, text: await response.text() };
}

/** The answer to a valid request. */
export async function successOf(
  emulator: RunningEmulator,
  operation: Operation,
): Promise<RawAnswer> {
  return post(emulator, operation, await validParts(emulator, operation));
}

/** The answer to a request that does not say whom or what it is about: SVC0002 of its first part. */
export async function faultOf(emulator: RunningEmulator, operation: Operation): Promise<RawAnswer> {
  const parts = await validParts(emulator, operation);
  const {
    reservationIdentifier: _id,
    endUserIdentifier: _user,
    splitInfo: _split,
    ...others
  } = parts;
  return post(emulator, operation, others);
}

async function validParts(emulator: RunningEmulator, operation: Operation): Promise<Parts> {
  if (!has(operation, 'reservationIdentifier')) return sampleOf(operation);
  const opener = openerOf(operation);
  const { text } = await post(emulator, opener, sampleOf(opener));
  const [, reservationIdentifier = ''] = /<ns1:result>(\d+)</.exec(text) ?? [];
  return sampleOf(operation, { reservationIdentifier });
}
