// The digest by which two requests under one reference code are told to be the same or different.
import { hash } from 'node:crypto';
import { Refusal } from '../ledger/refusal';
import type { OperationKey } from '../wsdl/operations.generated';
import { accepted, type Reading } from './reading';

/**
 * SHA-256 over the operation and its decoded values in their normal form, so that `1.5` and `1.50`, `+15550100` and
 * `tel:+15550100`, no currency and the one that is then meant, an identifier with zeros before it and without are the
 * same request.
 */
export function fingerprintOf(key: OperationKey, reading: Reading): Uint8Array {
  const { parts, confirmationRefs } = reading;
  const canonical = JSON.stringify([
    key,
    parts.reservationIdentifier?.replace(/^0+/, '') ?? payersOf(reading),
    chargeOf(reading),
    parts.volume?.toString(),
    parts.charge === undefined ? parts.billingText : undefined,
    parts.parameters?.map(({ name, value }) => [name.toLowerCase(), value]).sort(),
    ...(confirmationRefs.length > 0 ? [confirmationRefs] : []),
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

function chargeOf(reading: Reading): unknown {
  const { parts, charge } = reading;
  if (parts.charge === undefined || charge instanceof Refusal) return undefined;
  const { amount, code } = charge;
  return [parts.charge.description, currencyOf(reading), amount?.toString(), code];
}

/** That in which the charge is settled, whether the request says it or not. */
function currencyOf(reading: Reading): string | undefined {
  const { parts, terms, reservedIn } = reading;
  if (parts.reservationIdentifier === undefined) return accepted(reading.rated).currency;
  const named = accepted(reading.charge).currency;
  return named === undefined ? reservedIn : terms.currencies.resolve(named);
}
