// The digest by which two requests under one reference code are told to be the same or different.
import { hash } from 'node:crypto';
import { Refusal } from '../ledger/refusal';
import type { OperationKey } from '../wsdl/operations.generated';
import type { Reading } from './reading';

/**
 * SHA-256 over the operation and its decoded values; addresses and amounts in their normal form, so that
 * `1.5` and `1.50`, `+15550100` and `tel:+15550100` are the same request.
 */
export function fingerprintOf(key: OperationKey, reading: Reading): Uint8Array {
  const { parts } = reading;
  const canonical = JSON.stringify([
    key,
    parts.reservationIdentifier ?? payersOf(reading),
    chargeOf(reading),
    parts.volume?.toString(),
    parts.billingText,
    parts.parameters?.map(({ name, value }) => [name.toLowerCase(), value]).sort(),
  ]);
  return hash('sha256', canonical, 'buffer');
}

function payersOf(reading: Reading): unknown {
  if (reading.parts.splitInfo === undefined) return addressOf(reading.payer);
  return reading.payers.map((payer, index) => [
    addressOf(payer),
    reading.parts.splitInfo?.[index]?.percent,
  ]);
}

function addressOf(payer: Reading['payer']): string | undefined {
  return payer instanceof Refusal ? undefined : payer.address;
}

function chargeOf({ parts, charge, terms }: Reading): unknown {
  if (parts.charge === undefined || charge instanceof Refusal) return undefined;
  const { amount, currency, code } = charge;
  const resolved = currency === undefined ? undefined : terms.currencies.resolve(currency);
  return [parts.charge.description, resolved, amount?.toString(), code];
}
