// Which rule a call meets: matching, counting, chances, forced outcomes, and what a plan refuses to be told.
import { describe, expect, test } from '@jest/globals';
import type { Call } from '../../src/sandbox/faults/call';
import { FaultRuleError } from '../../src/sandbox/faults/compile';
import { type FaultOptions, Faults } from '../../src/sandbox/faults/plan';
import { FAULT_PROFILE_NAMES } from '../../src/sandbox/faults/profiles';
import { drawDelay, SeededRandom } from '../../src/sandbox/faults/random';
import type { FaultMatch, FaultRule } from '../../src/sandbox/faults/rule';
import { testTerms } from '../support/terms';

const RESET = { outcome: 'reset' } as const;

function planOf(...rules: readonly FaultRule[]): Faults {
  return planWith({ rules });
}

function planWith(options: FaultOptions): Faults {
  return new Faults(() => testTerms({ countryCode: '49' }), options);
}

function callOf(message: object = {}, more: Partial<Call> = {}): Call {
  return {
    operation: 'AmountCharging.chargeAmount',
    version: 'v4_0',
    application: 'shop',
    message: {
      endUserIdentifier: 'tel:+15550100',
      charge: { description: ['quiz'], currency: 'EUR', amount: '5.00' },
      referenceCode: 'test-17',
      ...message,
    },
    reservation: () => undefined,
    ...more,
  };
}

describe('a match', () => {
  test.each<[FaultMatch, boolean]>([
    [{}, true],
    [{ operation: 'AmountCharging.chargeAmount' }, true],
    [{ operation: 'chargeAmount' }, true],
    [{ operation: 'Amount' }, false],
    [{ operation: 'AmountCharging.refundAmount' }, false],
    [{ version: 'v4_0' }, true],
    [{ version: 'v2_1' }, false],
    [{ application: 'shop' }, true],
    [{ application: 'sho' }, false],
    [{ subscriber: 'tel:+15550100' }, true],
    [{ subscriber: '+15550100' }, true],
    [{ subscriber: 'tel:+1-555-0100' }, true],
    [{ subscriber: 'tel:+15550101' }, false],
    [{ subscriber: 'tel:+1555*' }, true],
    [{ subscriber: '+1555*' }, true],
    [{ subscriber: 'tel:+1556*' }, false],
    [{ subscriber: '*' }, true],
    [{ subscriber: 'tel:+15550100..tel:+15550199' }, true],
    [{ subscriber: '+15550000..+15550100' }, true],
    [{ subscriber: 'tel:+15550101..tel:+15550199' }, false],
    [{ subscriber: 'tel:+1555010..tel:+1555019' }, false],
    [{ amount: '5' }, true],
    [{ amount: 5 }, true],
    [{ amount: '5.01' }, false],
    [{ amount: { min: '5.00' } }, true],
    [{ amount: { min: '5.000001' } }, false],
    [{ amount: { max: '5' } }, true],
    [{ amount: { max: '4.99' } }, false],
    [{ amount: { min: '1', max: '9' } }, true],
    [{ currency: 'EUR' }, true],
    [{ currency: 'eur' }, true],
    [{ currency: 'USD' }, false],
    [{ reference: 'test-17' }, true],
    [{ reference: 'test-*' }, true],
    [{ reference: 'test-1' }, false],
    [{ operation: 'chargeAmount', subscriber: 'tel:+1555*', amount: { max: '5' } }, true],
    [{ operation: 'chargeAmount', subscriber: 'tel:+1555*', amount: { max: '4' } }, false],
  ])('%j: %s', (match, expected) => {
    expect(planOf({ match, then: RESET }).choose(callOf()) !== undefined).toBe(expected);
  });

  const SPLIT = {
    endUserIdentifier: undefined,
    splitInfo: [
      { endUserIdentifier: 'tel:+15550101' },
      { endUserIdentifier: '0155 1'.replace(' ', '') },
    ],
  };
  const RESERVED = { endUserIdentifier: undefined, charge: undefined, referenceCode: undefined };
  const owner = {
    subscriber: 'tel:+15550102',
    currency: 'USD',
    interfaceName: 'ReserveAmountCharging',
    isOpen: true,
  } as const;

  test.each<[string, FaultMatch, Call, boolean]>([
    ['any payer of a split', { subscriber: 'tel:+15550101' }, callOf(SPLIT), true],
    ['its national numbers', { subscriber: 'tel:+491551' }, callOf(SPLIT), true],
    ['nobody else', { subscriber: 'tel:+15550100' }, callOf(SPLIT), false],
    [
      'the owner of a reservation',
      { subscriber: 'tel:+15550102', currency: 'USD' },
      callOf(RESERVED, { reservation: () => owner }),
      true,
    ],
    ['an unknown reservation', { subscriber: '*' }, callOf(RESERVED), false],
    ['no amount', { amount: { min: '0' } }, callOf(RESERVED), false],
    ['no reference', { reference: '*' }, callOf(RESERVED), false],
    ['the policy Currency', { currency: 'EUR' }, callOf({ charge: { amount: '1' } }), true],
  ])('%s', (_name, match, call, expected) => {
    expect(planOf({ match, then: RESET }).choose(call) !== undefined).toBe(expected);
  });
});

describe('counting', () => {
  test.each<[Partial<FaultRule>, string]>([
    [{}, '111111'],
    [{ times: 2 }, '110000'],
    [{ skip: 2 }, '001111'],
    [{ skip: 1, times: 2 }, '011000'],
    [{ match: { nth: 3 } }, '001000'],
    [{ match: { nth: 2 }, skip: 1 }, '001000'],
    [{ probability: 0 }, '000000'],
    [{ probability: 1 }, '111111'],
  ])('%j over six calls: %s', (rule, expected) => {
    const plan = planOf({ then: RESET, ...rule });
    expect(fires(plan, 6)).toBe(expected);
  });

  test('nth counts only calls that match the rest', () => {
    const plan = planOf({ match: { application: 'shop', nth: 2 }, then: RESET });
    const others = callOf({}, { application: 'other' });
    expect(
      [callOf(), others, others, callOf()].map((call) => plan.choose(call) !== undefined),
    ).toEqual([false, false, false, true]);
    expect(plan.rules()).toMatchObject([{ matched: 2, injected: 1 }]);
  });

  test('a rule that does not fire asks the next; one that fires is the last asked', () => {
    const plan = planOf({ id: 'a', then: RESET, times: 1 }, { id: 'b', then: RESET });
    expect([plan.choose(callOf())?.rule, plan.choose(callOf())?.rule]).toEqual(['a', 'b']);
    expect(plan.rules()).toMatchObject([
      { rule: { id: 'a' }, matched: 2, injected: 1 },
      { rule: { id: 'b' }, matched: 1, injected: 1 },
    ]);
  });

  test('success lets a call go by, past all rules below', () => {
    const plan = planOf(
      { match: { application: 'shop' }, then: { outcome: 'success' } },
      { then: RESET },
    );
    expect(plan.choose(callOf())?.deed.does).toBe('pass');
    expect(plan.choose(callOf({}, { application: 'other' }))?.deed.does).toBe('reset');
  });
});

describe('chance', () => {
  test.each([
    [0.1, 1, 10_000, 1005],
    [0.1, 2, 10_000, 978],
    [0.5, 1, 10_000, 5010],
    [0.01, 7, 10_000, 123],
  ])('%d with seed %d fires so often in %d calls: %d', (probability, seed, calls, expected) => {
    const fired = [...fires(planOf({ probability, seed, then: RESET }), calls)].filter(
      (mark) => mark === '1',
    ).length;
    expect(fired).toBe(expected);
    // Five standard deviations: a generator that is off is found, whatever its seed.
    const deviation = Math.sqrt(calls * probability * (1 - probability));
    expect(Math.abs(fired - calls * probability)).toBeLessThan(5 * deviation);
  });

  test('the same seed, the same run; another seed or another name, another run', () => {
    const run = (rule: Partial<FaultRule>, seed = 1) =>
      fires(planWith({ seed, rules: [{ id: 'x', probability: 0.5, then: RESET, ...rule }] }), 64);
    expect(run({})).toBe(run({}));
    expect(new Set([run({}), run({ id: 'y' }), run({}, 2), run({ seed: 3 })]).size).toBe(4);
    expect(run({ seed: 3 }, 1)).toBe(run({ seed: 3, id: 'y' }, 2));
  });

  test('a rule of its own chance is not moved by others', () => {
    const rule = { id: 'x', probability: 0.5, then: RESET } as const;
    const other = { id: 'other', probability: 0.5, match: { application: 'nobody' }, then: RESET };
    expect(fires(planOf(other, rule), 64)).toBe(fires(planOf(rule), 64));
  });

  test.each([
    [{ fixed: 250 }, 250, 250, 250],
    [{ uniform: { min: 100, max: 900 } }, 101, 505, 900],
    [{ lognormal: { median: 800, sigma: 0.65, max: 3_000 } }, 99, 800, 3_000],
  ])('delays of %j: least, middle, most of a thousand', (delay, least, middle, most) => {
    const random = new SeededRandom(1);
    const drawn = Array.from({ length: 1_000 }, () => drawDelay(delay, random)).sort(
      (a, b) => a - b,
    );
    expect([drawn[0], drawn.at(-1)]).toEqual([least, most]);
    expect(Math.abs((drawn[500] ?? 0) - middle)).toBeLessThan(40);
    expect(drawn.every(Number.isInteger)).toBe(true);
  });
});

describe('the next outcome', () => {
  test('once, before all rules, to whom it is meant for', () => {
    const plan = planOf({ id: 'rule', then: RESET });
    plan.next('timeout', { subscriber: 'tel:+15550101' });
    expect(plan.choose(callOf())?.rule).toBe('rule');
    const meant = plan.choose(callOf({ endUserIdentifier: 'tel:+15550101' }));
    expect(meant).toMatchObject({ action: 'timeout', stage: 'after-commit-before-reply' });
    expect(plan.choose(callOf({ endUserIdentifier: 'tel:+15550101' }))?.rule).toBe('rule');
  });

  test('several stand in line', () => {
    const plan = planOf();
    for (const outcome of ['empty', 'half-uncharged', 'fault-200']) plan.next(outcome);
    plan.next({ fault: { code: 'POL0001' } });
    const seen = Array.from({ length: 5 }, () => plan.choose(callOf())?.action);
    expect(seen).toEqual(['empty', 'half-uncharged', 'fault-200', 'fault POL0001', undefined]);
    expect(plan.idle).toBe(true);
  });

  test('is still to come when a call does not get so far', () => {
    const plan = planOf();
    plan.next('reset');
    plan.choose(callOf())?.retract();
    expect(plan.rules()).toMatchObject([{ matched: 1, injected: 0 }]);
    expect(plan.choose(callOf())?.action).toBe('reset');
    expect(plan.rules()).toEqual([]);
  });

  test.each<[string, (plan: Faults, id: string) => unknown]>([
    ['reset', (plan) => plan.reset()],
    ['clear', (plan) => plan.clear()],
    ['replace', (plan) => plan.replace([])],
    ['restore', (plan) => plan.restore(planOf().state())],
    ['remove', (plan, id) => plan.remove(id)],
  ])('does not come back from a call that was on its way when the plan ended: %s', (_name, end) => {
    const plan = planOf();
    const id = plan.next('timeout-charged');
    const underway = plan.choose(callOf());
    end(plan, id);
    underway?.retract();
    expect([plan.rules(), plan.idle]).toEqual([[], true]);
  });

  test('does not come back among the rules of a profile', () => {
    const plan = planOf();
    plan.next('timeout-charged');
    const underway = plan.choose(callOf());
    const ids = plan.use('flaky');
    underway?.retract();
    expect(plan.rules().map(({ rule }) => rule.id)).toEqual(ids);
  });

  test('can be removed while it is on its way, and not once that is over', () => {
    const plan = planOf();
    const [first, second] = [plan.next('reset'), plan.next('reset')];
    const [one, other] = [plan.choose(callOf()), plan.choose(callOf())];
    one?.end();
    expect([plan.remove(first), plan.remove(second)]).toEqual([false, true]);
    other?.retract();
    expect(plan.rules()).toEqual([]);
  });
});

describe('what cannot be is refused, and the plan is as before', () => {
  test.each<[FaultRule, string]>([
    [{ then: {} }, '0.then: says nothing: expected outcome, fault, http, delay or dribble'],
    [
      { then: { outcome: 'reset', http: { status: 500 } } },
      '0.then: takes one of outcome, fault, http, dribble; only a delay may stand beside it',
    ],
    [
      { then: { outcome: 'dns' } },
      '0.then.outcome: dns: no server can do it: use http://gateway.invalid/, a name that never resolves (RFC 2606)',
    ],
    [
      { then: { outcome: 'tls' } },
      '0.then.outcome: tls: no answer can do it: use https:// with the port of the emulator, which speaks plain HTTP',
    ],
    [
      { at: 'during-reply', then: { fault: { code: 'SVC0270' } } },
      '0.at: fault SVC0270 cannot happen during-reply, only before-commit, before-decide, after-commit-before-reply',
    ],
    [
      { at: 'before-commit', then: { outcome: 'duplicate' } },
      '0.at: duplicate cannot happen before-commit, only after-commit-before-reply',
    ],
    [
      { at: 'before-commit', then: { outcome: 'timeout-charged' } },
      '0.at: timeout-charged says itself where it happens',
    ],
    [
      { at: 'before-parse', match: { application: 'shop' }, then: RESET },
      '0.match: before-parse nothing of the message is known; use before-decide',
    ],
    [
      { then: { fault: { code: 'ABC1' } } },
      '0.then.fault.code: ABC1 is no code such as SVC0270 or POL0001',
    ],
    [
      { then: { http: { status: 99 } } },
      '0.then.http.status: 99 is no status of an answer, 200 to 599',
    ],
    [{ then: { delay: {} } }, '0.then.delay: takes one of fixed, uniform, lognormal'],
    [
      { then: { delay: { fixed: 600_001 } } },
      '0.then.delay.fixed: must be whole milliseconds, 600000 at most',
    ],
    [
      { then: { delay: { uniform: { min: 2, max: 1 } } } },
      '0.then.delay.uniform: min is above max',
    ],
    [
      { then: { dribble: { bytes: 0, everyMs: 1 } } },
      '0.then.dribble.bytes: must be a whole number of 1 or more',
    ],
    [{ then: RESET, probability: 1.1 }, '0.probability: must be a number from 0 to 1'],
    [{ then: RESET, times: 0 }, '0.times: must be a whole number of 1 or more'],
    [{ then: RESET, skip: -1 }, '0.skip: must be a whole number of 0 or more'],
    [{ then: RESET, seed: 1.5 }, '0.seed: must be a whole number of 0 or more'],
    [{ then: RESET, match: { nth: 0 } }, '0.match.nth: must be a whole number of 1 or more'],
    [
      { then: RESET, match: { subscriber: 'http://x/' } },
      '0.match.subscriber: http://x/ names no single subscriber',
    ],
    [
      { then: RESET, match: { subscriber: '+2..+11' } },
      '0.match.subscriber: +2..+11 is no range: expected two numbers of the same length, the lower one first',
    ],
    [{ then: RESET, match: { amount: 'much' } }, '0.match.amount: much is no amount'],
    [
      { then: RESET, match: { amount: { min: '2', max: '1' } } },
      '0.match.amount: min is above max',
    ],
  ])('%j', (rule, message) => {
    const plan = planOf({ id: 'kept', then: RESET });
    expect(problemsOf(() => plan.replace([rule]))).toBe(message);
    expect(plan.rules()).toMatchObject([{ rule: { id: 'kept' } }]);
  });

  test('an outcome that there is not, with those that there are', () => {
    expect(problemsOf(() => planOf().next('timeot'))).toMatch(
      /^0\.then\.outcome: timeot is no outcome; there are success, .*timeout-uncharged/,
    );
  });

  test('an id twice', () => {
    const plan = planOf({ id: 'x', then: RESET });
    expect(problemsOf(() => plan.add({ id: 'x', then: RESET }))).toBe('1.id: x is there twice');
  });
});

describe('a plan', () => {
  test('has nothing to ask when there are no rules and no magic', () => {
    const plan = planOf();
    expect(plan.idle).toBe(true);
    plan.magic = true;
    expect(plan.idle).toBe(false);
    plan.magic = false;
    const id = plan.add({ then: RESET });
    expect([plan.idle, plan.remove(id), plan.remove(id), plan.idle]).toEqual([
      false,
      true,
      false,
      true,
    ]);
  });

  test('goes back to the configuration by reset, and to nothing by clear', () => {
    const plan = planWith({ rules: [{ id: 'a', then: RESET, times: 1 }], magic: true });
    plan.choose(callOf());
    plan.replace([]);
    plan.magic = false;
    plan.reset();
    expect([plan.magic, fires(plan, 2)]).toEqual([true, '10']);
    plan.clear();
    expect(plan.rules()).toEqual([]);
  });

  test('goes on from its state, in the middle of its chances', () => {
    const plan = planOf({ probability: 0.5, then: RESET }, { then: RESET, times: 9, skip: 3 });
    plan.next('timeout', { application: 'other' });
    fires(plan, 10);
    const state = JSON.parse(JSON.stringify(plan.state()));
    const copy = planOf();
    copy.restore(state);
    expect(copy.rules()).toEqual(plan.rules());
    expect(fires(copy, 40)).toBe(fires(plan, 40));
    expect(copy.add({ then: RESET })).toBe(plan.add({ then: RESET }));
  });

  test.each([
    [undefined],
    ['text'],
    [{ forced: [], rules: [{}], made: 0, magic: true }],
    [
      {
        forced: [],
        rules: [{ rule: { id: 'a', then: {} }, matched: 0, injected: 0, random: 0 }],
        made: 0,
      },
    ],
  ])('stays as it is when told the state %j', (state) => {
    const plan = planOf({ id: 'kept', then: RESET });
    expect(() => plan.restore(state)).toThrow(FaultRuleError);
    expect(plan.rules()).toMatchObject([{ rule: { id: 'kept' } }]);
  });

  test.each(FAULT_PROFILE_NAMES)('has good rules for %s', (name) => {
    const plan = planOf();
    expect(plan.use(name).length).toBeGreaterThan(0);
    expect(plan.rules().map(({ rule }) => rule.id)).toEqual(plan.use(name));
  });

  test('loses every other answer in ambiguous, each way as likely as the others', () => {
    const plan = planOf();
    plan.use('ambiguous');
    for (let calls = 0; calls < 24_000; calls += 1) plan.choose(callOf());
    const rules = plan.rules();
    expect(rules.map(({ stage }) => stage !== 'before-commit')).toEqual([
      true,
      false,
      true,
      false,
      true,
      false,
    ]);
    const deviation = Math.sqrt(24_000 * (1 / 12) * (11 / 12));
    for (const { injected } of rules)
      expect(Math.abs(injected - 2_000)).toBeLessThan(5 * deviation);
  });
});

function fires(plan: Faults, calls: number): string {
  return Array.from({ length: calls }, () =>
    plan.choose(callOf()) === undefined ? '0' : '1',
  ).join('');
}

function problemsOf(task: () => unknown): string {
  try {
    task();
  } catch (error) {
    if (error instanceof FaultRuleError) return error.message;
    throw error;
  }
  return 'accepted';
}
