// Which charge a refund undoes, how much of it, and what is free again then.
import { describe, expect, test } from '@jest/globals';
import type { RefundCommand } from '../../../src/ledger/commands';
import { decide } from '../../../src/ledger/decide';
import type { View } from '../../../src/ledger/decision';
import type { EarlierCharge, WalletCharges, WholeCharge } from '../../../src/ledger/earlier-charge';
import type { Evidence } from '../../../src/ledger/evidence';
import { keysOf } from '../../../src/ledger/keys';
import { Refusal } from '../../../src/ledger/refusal';
import type { Terms } from '../../../src/ledger/terms';
import { testTerms } from '../../support/terms';

const ALICE = 'tel:+15550001';
const BOB = 'tel:+15550002';
const EUR = 1_000_000n;

/** A charge of Alice, with everybody's shares when there are others. */
interface Charged extends EarlierCharge {
  readonly whole?: Partial<WholeCharge>;
}

function chargeOf(transaction: number, changes: Partial<Charged> = {}): Charged {
  return { transaction, charged: 5n * EUR, refunded: 0n, ...changes };
}

function evidence(reference: string, issuedBy = 1, usedBy?: number): Evidence {
  return {
    reference,
    application: 'shop',
    service: 'sms',
    issuedBy,
    issuedAt: 0,
    recipients: [{ subscriber: ALICE, outcome: 'delivered', settlesAt: 0 }],
    ...(usedBy !== undefined && { usedBy }),
  };
}

interface Known {
  readonly evidence?: readonly Evidence[];
  /** By reference code, the latest first. */
  readonly codes?: Readonly<Record<string, readonly Charged[]>>;
  /** By the transaction that issued evidence, the latest first. */
  readonly naming?: Readonly<Record<number, readonly Charged[]>>;
}

function chargesOf({ codes = {}, naming = {} }: Known): WalletCharges {
  const all = [...Object.values(codes), ...Object.values(naming)].flat();
  return {
    underCode: (code) => codes[code] ?? [],
    naming: (issuedBy) => naming[issuedBy] ?? [],
    whole: (transaction) => {
      const charge = all.find((each) => each.transaction === transaction);
      if (charge === undefined) throw new Error('not one of them');
      const { charged, refunded, whole } = charge;
      return { shares: [{ subscriber: ALICE, charged, refunded }], uses: [], ...whole };
    },
  };
}

function viewOf(known: Known, refunds: Terms['refunds']): View {
  return {
    terms: testTerms({ refunds }),
    accounts: new Map(),
    charged: new Map(),
    evidence: new Map((known.evidence ?? []).map((each) => [each.reference, each])),
    charges: chargesOf(known),
    nextTransaction: 20,
  };
}

function refund(units: bigint, changes: Partial<RefundCommand> = {}): RefundCommand {
  return {
    kind: 'refund',
    application: 'shop',
    currency: 'EUR',
    subscriber: ALICE,
    amount: units * EUR,
    texts: { bill: 'back', notes: [] },
    reference: { space: 'refund', code: 'same', fingerprint: new Uint8Array() },
    confirmationRefs: [],
    ...changes,
  };
}

function notes(...further: readonly string[]): Partial<RefundCommand> {
  return { texts: { bill: 'back', notes: further } };
}

/** The transaction that a refund is recorded to undo. */
function undone(known: Known, command: RefundCommand): number | undefined {
  const decision = decide(viewOf(known, 'open'), command, 100);
  if (decision instanceof Refusal) throw new Error(decision.detail);
  return decision.transactions.at(-1)?.undoes?.charge;
}

describe('the charge that a refund names', () => {
  const known: Known = {
    evidence: [evidence('SMS1', 1), evidence('SMS2', 2), evidence('unused', 3)],
    naming: { 1: [chargeOf(5)], 2: [chargeOf(6)] },
    codes: { order: [chargeOf(7)], same: [chargeOf(8)] },
  };
  const byRefs = { confirmationRefs: ['SMS1'] };

  test.each<[string, RefundCommand, number | undefined]>([
    ['by confirmationRefs, before all else', refund(1n, { ...byRefs, ...notes('order') }), 5],
    [
      'by the first of confirmationRefs that leads to one',
      refund(1n, { confirmationRefs: ['unused', 'SMS2', 'SMS1'] }),
      6,
    ],
    ['by a description that is a reference code', refund(1n, notes('?', 'order', 'SMS1')), 7],
    ['by a description that is evidence', refund(1n, notes('SMS2', 'order')), 6],
    ['by the same reference code', refund(1n), 8],
    ['by nothing', refund(1n, { reference: { ...refund(1n).reference, code: 'new' } }), undefined],
  ])('%s', (_how, command, expected) => {
    expect(undone(known, command)).toBe(expected);
  });

  const gone = { refunded: 5n * EUR };
  const partly = { refunded: 3n * EUR };
  test.each<[string, bigint, Known['codes'] & object, number]>([
    ['the latest of those under one code', 1n, { same: [chargeOf(8), chargeOf(4)] }, 8],
    [
      'the first of which enough remains',
      3n,
      { same: [chargeOf(8, gone), chargeOf(7, partly), chargeOf(6), chargeOf(5)] },
      6,
    ],
    [
      'also when a name before it leads to another',
      3n,
      { order: [chargeOf(7, partly)], same: [chargeOf(8, gone), chargeOf(6)] },
      6,
    ],
    [
      'where enough remains of none, the first of which anything does',
      6n,
      { order: [chargeOf(7, gone)], same: [chargeOf(6, partly), chargeOf(5)] },
      6,
    ],
    [
      'where nothing remains, the first',
      1n,
      { order: [chargeOf(4, gone)], same: [chargeOf(8, gone)] },
      4,
    ],
  ])('is %s', (_which, units, codes, expected) => {
    expect(undone({ codes }, refund(units, notes('order')))).toBe(expected);
  });

  test.each([
    [
      [8, 5],
      [7, 6],
      [8, 7, 6, 5],
    ],
    [[], [7], [7]],
    [[4], [7, 4], [7, 4, 4]],
  ])(
    'of a name that is code and evidence, %j and %j, is looked for from the latest',
    (code, use, order) => {
      const looked: number[] = [];
      const followed = function* (numbers: readonly number[]) {
        for (const number of numbers) {
          looked.push(number);
          yield chargeOf(number, gone);
        }
      };
      const view = viewOf({ evidence: [evidence('both', 1)] }, 'open');
      const { whole } = chargesOf({
        codes: { both: [...code, ...use].map((number) => chargeOf(number)) },
      });
      const charges: WalletCharges = {
        underCode: (name) => followed(name === 'both' ? code : []),
        naming: () => followed(use),
        whole,
      };
      const decision = decide({ ...view, charges }, refund(1n, notes('both')), 100);
      expect(decision).toMatchObject({ refunded: { charge: order[0] } });
      expect(looked.sort()).toEqual([...order].sort());
    },
  );

  test('nothing is read beyond the one that is taken, and what was begun is ended', () => {
    let ended = 0;
    const endless = function* () {
      try {
        for (let number = 19; ; number -= 1) yield chargeOf(number);
      } finally {
        ended += 1;
      }
    };
    const view = viewOf({ evidence: [evidence('same', 1)] }, 'open');
    const { whole } = chargesOf({ codes: { same: [chargeOf(19)] } });
    const charges = { underCode: endless, naming: endless, whole };
    const decision = decide({ ...view, charges }, refund(1n, notes('same')), 100);
    expect(decision).toMatchObject({ refunded: { charge: 19 } });
    expect(ended).toBe(2);
  });

  test('is none when evidence of that name is of another application', () => {
    const foreign = { ...evidence('SMS1', 1), application: 'game' };
    const found = { evidence: [foreign], naming: { 1: [chargeOf(5)] } };
    expect(undone(found, refund(1n, notes('SMS1')))).toBeUndefined();
  });

  test('is looked for among those of its application and its wallet', () => {
    expect(keysOf(refund(1n, { ...byRefs, ...notes('order') }), 0, testTerms())).toMatchObject({
      evidence: ['SMS1', 'order'],
      charges: { application: 'shop', subscriber: ALICE, currency: 'EUR' },
    });
  });
});

describe('a reference of confirmationRefs', () => {
  const ofBob = {
    ...evidence('SMS1', 1),
    recipients: [{ subscriber: BOB, outcome: 'delivered', settlesAt: 0 } as const],
  };

  test.each<[string, Known, string]>([
    ['ok: that covers another payer of the charge', { naming: { 1: [chargeOf(5)] } }, 'ok'],
    ['refused: that covers another, and no charge of the subscriber', {}, 'invalid_confirmations'],
  ])('%s', (_what, known, outcome) => {
    const view = viewOf({ ...known, evidence: [ofBob] }, 'linked');
    const decision = decide(view, refund(1n, { confirmationRefs: ['SMS1'] }), 100);
    expect(decision instanceof Refusal ? decision.code : 'ok').toBe(outcome);
  });
});

describe('refunds: linked', () => {
  const shares = [
    { subscriber: ALICE, charged: 5n * EUR, refunded: 2n * EUR },
    { subscriber: BOB, charged: 9n * EUR, refunded: 0n },
  ];
  const partly = chargeOf(8, { refunded: 2n * EUR, whole: { shares } });
  const known: Known = { codes: { same: [partly] } };

  test.each([
    ['open', 4n, 'undoes', 0n],
    ['open', 3n, 'undoes', 0n],
    ['linked', 3n, 'undoes', 3n],
    ['linked', 4n, 'refund_exceeds_charge', 0n],
  ] as const)('%s: %s back of the 3 that remain: %s', (policy, units, outcome, capped) => {
    const decision = decide(viewOf(known, policy), refund(units), 100);
    if (decision instanceof Refusal) return expect(decision.code).toBe(outcome);
    const total = (2n + units) * EUR;
    expect(decision).toMatchObject({
      transactions: [{}, { undoes: { charge: 8, capped: policy === 'linked' } }],
      refunded: { charge: 8, subscriber: ALICE, currency: 'EUR', total, capped: capped * EUR },
    });
  });

  test.each([
    ['open', 'ok'],
    ['linked', 'refund_exceeds_charge'],
  ] as const)('%s: one that names no charge: %s', (policy, outcome) => {
    const decision = decide(viewOf({}, policy), refund(1n), 100);
    expect(decision instanceof Refusal ? decision.code : 'ok').toBe(outcome);
  });

  test('one refund undoes one charge: two of which each has a part are not enough', () => {
    const both = { codes: { same: [chargeOf(8), chargeOf(7)] } };
    const decision = decide(viewOf(both, 'linked'), refund(10n), 100);
    expect(decision).toMatchObject({ detail: 'the refund is above what remains of transaction 8' });
  });
});

describe('the evidence of a charge', () => {
  const shares = [
    { subscriber: ALICE, charged: 5n * EUR, refunded: 2n * EUR },
    { subscriber: BOB, charged: 5n * EUR, refunded: 5n * EUR },
  ];
  const open = shares.map((share) => ({ ...share, refunded: 0n }));

  test.each<[string, bigint, WholeCharge['shares'], boolean]>([
    ['free when the last of it is back', 3n, shares, true],
    ['free when more than that is back', 4n, shares, true],
    ['in use while a part of it is missing', 2n, shares, false],
    ['in use while another payer misses his', 5n, open, false],
  ])('is %s', (_what, units, split, isFree) => {
    const uses = [evidence('SMS1', 1, 8), evidence('SMS2', 2, 8)];
    const refunded = split[0]?.refunded ?? 0n;
    const charge = chargeOf(8, { refunded, whole: { shares: split, uses } });
    const decision = decide(viewOf({ codes: { same: [charge] } }, 'open'), refund(units), 100);
    const freed = decision instanceof Refusal ? undefined : decision.evidence;
    expect(freed).toEqual(isFree ? [evidence('SMS1', 1), evidence('SMS2', 2)] : undefined);
  });
});
