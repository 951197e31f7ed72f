// What can be judged from a request and the application's terms alone. Each check states one rule of the standard.

import { unusable } from '../ledger/price';
import { Refusal, refuse } from '../ledger/refusal';
import { PART_LIMITS } from '../limits';
import { invalidPart } from './faults';
import type { Reading } from './reading';

export type RequestCheck = (reading: Reading) => Refusal | undefined;

/** TS 29.199-1: an address of one subscriber; Payment allows no wildcards. */
export const endUserIdentifierValid: RequestCheck = ({ parts, payer }) =>
  tooLong(parts.endUserIdentifier, PART_LIMITS.endUserIdentifierCharacters, 'endUserIdentifier') ??
  refusalIn(payer);

/** Clause 7.2: each share is positive, each payer is there once. */
export const splitInfoValid: RequestCheck = ({ parts, payers }) => {
  const seen = new Set<string>();
  for (const [index, payer] of payers.entries()) {
    const { endUserIdentifier = '', percent = 0 } = parts.splitInfo?.[index] ?? {};
    const excess = tooLong(endUserIdentifier, PART_LIMITS.endUserIdentifierCharacters, 'splitInfo');
    if (excess !== undefined) return excess;
    if (payer instanceof Refusal) return payer;
    if (percent <= 0) return invalidPart('splitInfo', 'a percentage is not above zero');
    if (seen.has(payer.address)) return invalidPart('splitInfo', `${payer.address} is there twice`);
    seen.add(payer.address);
  }
  return undefined;
};

/** Every description entry, the charging code and the currency keep within their bounds. */
export const chargeWithinBounds: RequestCheck = ({ parts }) => {
  for (const description of parts.charge?.description ?? []) {
    const excess = tooLong(description, PART_LIMITS.descriptionCharacters, 'charge');
    if (excess !== undefined) return excess;
  }
  return tooLong(parts.charge?.code, PART_LIMITS.codeCharacters, 'charge');
};

export const volumePositive: RequestCheck = ({ parts }) =>
  (parts.volume ?? 0n) > 0n ? undefined : invalidPart('volume', 'the volume is not above zero');

export const billingTextWithinBounds: RequestCheck = ({ parts }) =>
  tooLong(parts.billingText, PART_LIMITS.descriptionCharacters, 'billingText');

/** Clause 8.1.1.1: it identifies the request, so it says something. */
export const referenceCodeWithinBounds: RequestCheck = ({ parts, manner }) => {
  if (parts.referenceCode === '')
    return invalidPart('referenceCode', 'the reference code is empty');
  const own = manner.profile.referenceCodeCharacters ?? PART_LIMITS.referenceCodeCharacters;
  const limit = Math.min(own, PART_LIMITS.referenceCodeCharacters);
  return tooLong(parts.referenceCode, limit, 'referenceCode');
};

export const confirmationRefsInBounds: RequestCheck = ({ confirmationRefs }) => {
  for (const reference of confirmationRefs) {
    const limit = PART_LIMITS.confirmationRefCharacters;
    const excess = tooLong(reference, limit, 'confirmationRefs');
    if (excess !== undefined) return excess;
  }
  return undefined;
};

/** Clause 8.4.2.1: at most one instance of each parameter type. */
export const parametersDistinct: RequestCheck = ({ parts }) => {
  const parameters = parts.parameters ?? [];
  if (parameters.length > PART_LIMITS.parameters) {
    return invalidPart('parameters', 'there are too many parameters');
  }
  const names = new Set(parameters.map(({ name }) => name.toLowerCase()));
  return names.size === parameters.length
    ? undefined
    : invalidPart('parameters', 'a parameter is there twice');
};

/** Clause 10, SplitChargingAvailable. */
export const splitAvailable: RequestCheck = ({ terms }) =>
  terms.policy.SplitChargingAvailable
    ? undefined
    : refuse('split_unavailable', 'the policy SplitChargingAvailable is false');

/** Clause 10, MaximumEndUserIdentifier. */
export const payersWithinMaximum: RequestCheck = ({ parts, terms }) =>
  (parts.splitInfo?.length ?? 0) <= terms.policy.MaximumEndUserIdentifier
    ? undefined
    : refuse('too_many_payers', 'more than the policy MaximumEndUserIdentifier', 'splitInfo');

/** Clause 10, MaximumDescriptions: all entries of one charge count. */
export const descriptionsWithinMaximum: RequestCheck = ({ parts, terms }) =>
  (parts.charge?.description.length ?? 0) <= terms.policy.MaximumDescriptions
    ? undefined
    : refuse('too_many_descriptions', 'more than the policy MaximumDescriptions', 'charge');

/** MaximumConfirmationRefs: all of them count, also one that is there twice. */
export const confirmationRefsInNumber: RequestCheck = ({ parts, terms }) =>
  (parts.confirmationRefs?.length ?? 0) <= terms.policy.MaximumConfirmationRefs
    ? undefined
    : refuse(
        'too_many_confirmations',
        'more than the policy MaximumConfirmationRefs',
        'confirmationRefs',
      );

/** Clause 7.2: all allocations sum to 100. */
export const percentagesComplete: RequestCheck = ({ parts }) =>
  (parts.splitInfo ?? []).reduce((sum, { percent }) => sum + percent, 0) === 100
    ? undefined
    : refuse('percent_sum', 'the percentages do not sum to 100');

/** Clause 8.1.1.1: an amount or a code, exact in a currency that may be charged, above zero. */
export const chargingInformationValid: RequestCheck = ({ rated }) => {
  if (rated instanceof Refusal) return rated;
  return rated.amount > 0n ? undefined : notPositive();
};

/** Clause 8.3.3.1: as far as it can be judged before the reservation, and its currency, are known. */
export const partialChargeValid: RequestCheck = ({ charge, terms }) => {
  if (charge instanceof Refusal) return charge;
  const refusal = unusable(charge, terms);
  if (refusal !== undefined) return refusal;
  const codeDecides = charge.code !== undefined && terms.codeWins;
  return charge.amount === undefined || charge.amount > 0n || codeDecides
    ? undefined
    : notPositive();
};

/** Clause 8.3.2.1: a negative amount reduces, and zero only extends. */
export const adjustmentValid: RequestCheck = ({ charge, terms }) =>
  charge instanceof Refusal ? charge : unusable(charge, terms);

/** Clause 8.2.2: a tariff rates the volume. */
export const volumeRatable: RequestCheck = ({ rated }) => refusalIn(rated);

function notPositive(): Refusal {
  return refuse('charging_information', 'the amount is not above zero');
}

function refusalIn(value: unknown): Refusal | undefined {
  return value instanceof Refusal ? value : undefined;
}

function tooLong(text: string | undefined, limit: number, part: string): Refusal | undefined {
  if (text === undefined || text.length <= limit) return undefined;
  return invalidPart(part, `longer than ${limit} characters`);
}
