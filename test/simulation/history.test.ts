// Do the histories go where the rules are? Every answer an operation can give must come up in them.
import { describe, expect, test } from '@jest/globals';
import { createHistory, Expectation, referenceOf } from './history';
import { PARTS } from './vocabulary';

const SEEDS = Array.from({ length: 20 }, (_, index) => index + 1);

const VALUES = 'ok, SVC0002 endUserIdentifier';
const AMOUNT = 'SVC0002 charge, SVC0007, POL0012 charge';
const VOLUME = 'SVC0002 volume, SVC0002 parameters, SVC0001 NO_TARIFF';
const BILLED = 'SVC0002 billingText';
const LIMITS = 'POL0001 AMOUNT_LIMIT, POL0001 MONTHLY_LIMIT';
const BARRED = 'POL0001 ACCOUNT_BARRED';
const FUNDS = 'SVC0001 INSUFFICIENT_FUNDS';
const SPLIT = 'ok, SVC0002 splitInfo, POL0251, POL0250 splitInfo, SVC0271';
const CODE = 'SVC0002 referenceCode';
const SESSION = 'ok, SVC0002 reservationIdentifier';
const PROOF = 'SVC0002 confirmationRefs, POL0252 confirmationRefs, POL0253 references';
const PROVED = `${PROOF}, POL0253 confirmationRefs`;

const ANSWERS: Readonly<Record<string, readonly string[]>> = {
  'AmountCharging.chargeAmount': [VALUES, AMOUNT, CODE, LIMITS, PROVED, 'SVC0270'],
  'AmountCharging.refundAmount': [VALUES, AMOUNT, CODE, BARRED, PROOF, 'SVC0270'],
  'AmountCharging.chargeSplitAmount': [SPLIT, AMOUNT, CODE, LIMITS, PROVED, 'SVC0270'],
  'VolumeCharging.chargeVolume': [VALUES, VOLUME, BILLED, CODE, LIMITS, 'SVC0270'],
  'VolumeCharging.getAmount': [VALUES, VOLUME, BARRED],
  'VolumeCharging.refundVolume': [VALUES, VOLUME, BILLED, CODE, BARRED, 'SVC0270'],
  'VolumeCharging.chargeSplitVolume': [SPLIT, VOLUME, BILLED, CODE, LIMITS, 'SVC0270'],
  'ReserveAmountCharging.reserveAmount': [VALUES, AMOUNT, LIMITS, BARRED, FUNDS],
  'ReserveAmountCharging.reserveAdditionalAmount': [SESSION, AMOUNT, LIMITS, FUNDS],
  'ReserveAmountCharging.chargeReservation': [SESSION, AMOUNT, CODE, 'SVC0270'],
  'ReserveAmountCharging.releaseReservation': [SESSION],
  'ReserveVolumeCharging.getAmount': [VALUES, VOLUME, BARRED],
  'ReserveVolumeCharging.reserveVolume': [VALUES, VOLUME, BILLED, LIMITS, BARRED, FUNDS],
  'ReserveVolumeCharging.reserveAdditionalVolume': [SESSION, BILLED, LIMITS, FUNDS],
  'ReserveVolumeCharging.chargeReservation': [SESSION, BILLED, CODE, 'SVC0270'],
  'ReserveVolumeCharging.releaseReservation': [SESSION],
};

describe('the histories', () => {
  const seen = answersSeen();

  test('repeat exactly from their seeds', () => {
    expect(createHistory(7, 300)).toEqual(createHistory(7, 300));
  });

  test.each(Object.keys(PARTS))('meet every answer to %s', (operation) => {
    const expected = ANSWERS[operation]?.flatMap((names) => names.split(', '));
    expect([...(seen.get(operation) ?? [])]).toEqual(expect.arrayContaining(expected ?? ['?']));
  });
});

/** By operation, what the model answers over all seeds. */
function answersSeen(): ReadonlyMap<string, ReadonlySet<string>> {
  const seen = new Map<string, Set<string>>();
  for (const seed of SEEDS) {
    const { world, steps } = createHistory(seed, 1_000);
    const expectation = new Expectation(world);
    for (const step of steps) {
      if (step.kind === 'clock') expectation.clock = expectation.instantOf(step);
      if (step.kind === 'standing') expectation.stand(step);
      if (step.kind === 'issue') expectation.issue(step, referenceOf(step));
      if (step.kind === 'deliver') expectation.deliver(step);
      if (step.kind === 'adjust') expectation.adjust(step);
      if (step.kind === 'expire') expectation.expire(step);
      if (step.kind !== 'request') continue;
      const identifier = { response: { result: String(step.id) } };
      const answer = expectation.answer(step, expectation.requestOf(step), identifier);
      const answers = seen.get(step.operation) ?? new Set();
      seen.set(step.operation, answers.add(nameOf(answer)));
    }
  }
  return seen;
}

function nameOf(answer: ReturnType<Expectation['answer']>): string {
  if ('response' in answer) return 'ok';
  const { messageId, variables } = answer.fault;
  const isOfReferences = messageId === 'POL0253' && variables[0] !== 'confirmationRefs';
  return isOfReferences ? 'POL0253 references' : [messageId, ...variables].join(' ');
}
