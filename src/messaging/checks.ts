// What can be wrong with a request for sending, in the order in which it is judged: the first objection is the answer.
import { type Refusal, refuse } from '../ledger/refusal';
import { MESSAGING_LIMITS, PART_LIMITS } from '../limits';
import { invalidPart } from '../payment/faults';
import { unusableEndpoint } from './receipt-endpoint';
import type { MessagingRequest, Parts } from './request';

type Check = (request: MessagingRequest) => Refusal | undefined;

/** Shape before policy, as in the order of checks of Payment. */
const CHECKS: readonly Check[] = [
  addressesValid,
  titlesWithinBounds,
  messageWithinBounds,
  receiptRequestUsable,
  addressesWithinMaximum,
  senderNotCharged,
];

export function firstObjection(request: MessagingRequest): Refusal | undefined {
  for (const check of CHECKS) {
    const refusal = check(request);
    if (refusal !== undefined) return refusal;
  }
  return undefined;
}

/** TS 29.199-1: each names one subscriber. Where none does it is SVC0004. */
function addressesValid({ parts, addresses, context }: MessagingRequest): Refusal | undefined {
  if (addresses.every((address) => address === undefined)) {
    return refuse('no_valid_addresses', 'no address names a subscriber', 'addresses');
  }
  for (const [index, address] of addresses.entries()) {
    const length = parts.addresses?.[index]?.length ?? 0;
    if (address === undefined) {
      return invalidPart('addresses', `address ${index + 1} names no single subscriber`);
    }
    if (length > PART_LIMITS.endUserIdentifierCharacters) {
      return invalidPart('addresses', `address ${index + 1} is too long`);
    }
    if (address.deviation !== undefined && context.manner.strict) {
      return invalidPart('addresses', `address ${index + 1} has no scheme (${address.deviation})`);
    }
  }
  return undefined;
}

function titlesWithinBounds({ parts }: MessagingRequest): Refusal | undefined {
  return (
    tooLong(parts, 'senderName', MESSAGING_LIMITS.titleCharacters) ??
    tooLong(parts, 'senderAddress', MESSAGING_LIMITS.titleCharacters) ??
    tooLong(parts, 'subject', MESSAGING_LIMITS.titleCharacters)
  );
}

function messageWithinBounds({ parts }: MessagingRequest): Refusal | undefined {
  return tooLong(parts, 'message', MESSAGING_LIMITS.messageCharacters);
}

function receiptRequestUsable({ parts, context }: MessagingRequest): Refusal | undefined {
  const { receiptRequest } = parts;
  if (receiptRequest === undefined) return undefined;
  const { endpoint, correlator, interfaceName } = receiptRequest;
  const { endpointCharacters, correlatorCharacters } = MESSAGING_LIMITS;
  if (endpoint.length > endpointCharacters) {
    return invalidPart(
      'receiptRequest',
      `the endpoint has more than ${endpointCharacters} characters`,
    );
  }
  if (Math.max(correlator.length, interfaceName.length) > correlatorCharacters) {
    return invalidPart(
      'receiptRequest',
      `correlator or interfaceName has more than ${correlatorCharacters} characters`,
    );
  }
  const fault = unusableEndpoint(endpoint, context.messaging.receiptHosts);
  return fault === undefined ? undefined : invalidPart('receiptRequest', `the endpoint ${fault}`);
}

function addressesWithinMaximum({ parts }: MessagingRequest): Refusal | undefined {
  const { addresses } = MESSAGING_LIMITS;
  return (parts.addresses?.length ?? 0) <= addresses
    ? undefined
    : refuse('too_many_addresses', `more than ${addresses} addresses`, 'addresses');
}

/** What a message costs its sender is between operator and provider, and not on this ledger. */
function senderNotCharged({ parts }: MessagingRequest): Refusal | undefined {
  return parts.charging === undefined
    ? undefined
    : refuse('sender_charging', 'a message with charging information for its sender');
}

function tooLong(
  parts: Parts,
  part: 'senderName' | 'senderAddress' | 'subject' | 'message',
  limit: number,
): Refusal | undefined {
  const text = parts[part];
  if (text === undefined || text.length <= limit) return undefined;
  return invalidPart(part, `longer than ${limit} characters`);
}
