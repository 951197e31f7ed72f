// Short forms of the requests that the rulings are about.

import { expect } from '@jest/globals';
import { expectFault, type Fault } from '../support/answers';
import type { Parts } from '../support/requests';
import { PAYER } from '../support/samples';
import type { Reply, RequestOptions, TestSandbox } from '../support/test-sandbox';

/** What a request says about money; `description` when it says nothing else. */
export interface Money {
  readonly amount?: string;
  readonly currency?: string;
  readonly code?: string;
  readonly description?: string | readonly string[];
}

let references = 0;

/** A reference code that no other request has. */
export function freshReference(): string {
  references += 1;
  return `ruling-${references}`;
}

export function charge({ description = 'Daily quiz', ...money }: Money): Parts {
  return { charge: { description, ...money } };
}

/** chargeAmount and refundAmount. */
export function payment(money: Money, more: Parts = {}): Parts {
  return { endUserIdentifier: PAYER, ...charge(money), referenceCode: freshReference(), ...more };
}

/** chargeVolume and refundVolume, in messages. */
export function usage(volume: string, more: Parts = {}): Parts {
  return {
    endUserIdentifier: PAYER,
    volume,
    billingText: 'Traffic',
    referenceCode: freshReference(),
    parameters: { name: 'unit', value: 'messages' },
    ...more,
  };
}

/** reserveAdditionalAmount. */
export function additional(reservationIdentifier: string, amount: string, more: Money = {}): Parts {
  return { reservationIdentifier, ...charge({ amount, ...more }) };
}

/** chargeReservation by amount. */
export function capture(reservationIdentifier: string, amount: string, more: Money = {}): Parts {
  return { ...additional(reservationIdentifier, amount, more), referenceCode: freshReference() };
}

/** reserveAdditionalVolume. */
export function additionalVolume(reservationIdentifier: string, volume: string): Parts {
  return { reservationIdentifier, volume, billingText: 'More traffic' };
}

/** chargeReservation by volume. */
export function captureVolume(reservationIdentifier: string, volume: string): Parts {
  return { reservationIdentifier, volume, referenceCode: freshReference() };
}

export const CHARGE = 'AmountCharging.chargeAmount';
export const REFUND = 'AmountCharging.refundAmount';
export const SPLIT = 'AmountCharging.chargeSplitAmount';
export const CHARGE_VOLUME = 'VolumeCharging.chargeVolume';
export const SPLIT_VOLUME = 'VolumeCharging.chargeSplitVolume';
export const RESERVE = 'ReserveAmountCharging.reserveAmount';
export const ADDITIONAL = 'ReserveAmountCharging.reserveAdditionalAmount';
export const CAPTURE = 'ReserveAmountCharging.chargeReservation';
export const RELEASE = 'ReserveAmountCharging.releaseReservation';
export const RESERVE_VOLUME = 'ReserveVolumeCharging.reserveVolume';
export const ADDITIONAL_VOLUME = 'ReserveVolumeCharging.reserveAdditionalVolume';
export const CAPTURE_VOLUME = 'ReserveVolumeCharging.chargeReservation';
export const RELEASE_VOLUME = 'ReserveVolumeCharging.releaseReservation';

/** HTTP 200, and the reply for those who want to look at more. */
export async function succeed(
  env: TestSandbox,
  key: string,
  parts: Parts,
  options?: RequestOptions,
): Promise<Reply> {
  const reply = await env.ask(key, parts, options);
  expect([key, reply.status, reply.record.fault]).toEqual([key, 200, undefined]);
  return reply;
}

/** Exactly this fault, and a ledger as before; ledger time has moved to the clock already. */
export async function refuse(
  env: TestSandbox,
  key: string,
  parts: Parts,
  fault: Fault,
  options?: RequestOptions,
): Promise<Reply> {
  await env.sandbox.ledger.tick();
  const before = env.digest();
  const reply = await env.ask(key, parts, options);
  expectFault(reply, fault);
  expect(env.digest()).toBe(before);
  return reply;
}
