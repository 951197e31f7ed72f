// Which charge a refund undoes, how much of it, and what is free again then.
import { describe, expect, test } from '@jest/globals';
import { decide } from '../../../src/ledger/decide';
import type { EarlierCharge } from '../../../src/ledger/earlier-charge';
import type { Evidence } from '../../../src/ledger/evidence';
import { keysOf } from '../../../src/ledger/keys';
import type { RefundCommand, View } from '../../../src/ledger/model';
import { Refusal } from '../../../src/ledger/refusal';
import type { Terms } from '../../../src/ledger/terms';
import { testTerms } from '../../support/terms';

const ALICE = 'tel:+15550001';
const BOB = 'tel:+15550002';
const EUR = 1_000_000n;

function chargeOf(transaction: number, changes: Partial<EarlierCharge> = {}): EarlierCharge {
  return {
    transaction,
    application: 'shop',
    currency: 'EUR',
    shares: [{ subscriber: ALICE, charged: 5n * EUR, refunded: 0n }],
    uses: [],
    ...changes,
  };
}

function evidence(reference: string, usedBy?: number): Evidence {
  return {
    reference,
    application: 'shop',
    service: 'sms',
    issuedBy: 1,
    issuedAt: 0,
    recipients: [{ subscriber: ALICE, outcome: 'delivered', settlesAt: 0 }],
    ...(usedBy !== undefined && { usedBy }),
  };
}

interface Known {
  readonly charges?: readonly EarlierCharge[];
  readonly evidence?: readonly Evidence[];
  readonly codes?: readonly (readonly [string, number])[];
}

function viewOf(
  { charges = [], evidence: known = [], codes = [] }: Known,
  refunds: Terms['refunds'],
): View {
  return {
    terms: testTerms({ refunds }),
    accounts: new Map(),
    charged: new Map(),
    evidence: new Map(known.map((each) => [each.reference, each])),
    charges: new Map(charges.map((each) => [each.transaction, each])),
    chargeOfCode: new Map(codes),
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
  const charges = [chargeOf(5), chargeOf(6), chargeOf(7), chargeOf(8)];
  const known: Known = {
    charges,
    evidence: [evidence('SMS1', 5), evidence('SMS2', 6), evidence('unused')],
    codes: [
      ['order', 7],
      ['same', 8],
    ],
  };
  const byRefs = { confirmationRefs: ['SMS1'] };

  test.each<[string, RefundCommand, number | undefined]>([
    ['by confirmationRefs, before all else', refund(1n, { ...byRefs, ...notes('order') }), 5],
    [
      'by the first of confirmationRefs',
      refund(1n, { confirmationRefs: ['unused', 'SMS2', 'SMS1'] }),
      6,
    ],
    ['by a description that is a reference code', refund(1n, notes('?', 'order', 'SMS1')), 7],
    ['by a description that is evidence', refund(1n, notes('SMS2', 'order')), 6],
    ['by the same reference code', refund(1n), 8],
    ['by nothing', refund(1n, { reference: { ...refund(1n).reference, code: 'new' } }), undefined],
    ['in another currency: none', refund(1n, { ...byRefs, currency: 'USD' }), undefined],
    ['of another subscriber', refund(1n, { subscriber: BOB }), undefined],
  ])('%s', (_how, command, expected) => {
    // What a refund may name is judged elsewhere.
    const { confirmationRefs } = command;
    const judged = command.subscriber === ALICE ? (confirmationRefs ?? []) : [];
    expect(undone(known, { ...command, confirmationRefs: judged })).toBe(expected);
  });

  test('is passed over when it took nothing from the subscriber', () => {
    const others = { shares: [{ subscriber: BOB, charged: EUR, refunded: 0n }] };
    const codes = { ...known, charges: [chargeOf(7, others), chargeOf(8)] };
    expect(undone(codes, refund(1n, notes('order')))).toBe(8);
  });

  test('is none when evidence of that name is of another application', () => {
    const foreign = { ...evidence('SMS1', 5), application: 'game' };
    expect(undone({ charges, evidence: [foreign] }, refund(1n, notes('SMS1')))).toBeUndefined();
  });

  test('is looked for by evidence and by codes, the own one last', () => {
    expect(keysOf(refund(1n, { ...byRefs, ...notes('order') }), 0, testTerms())).toMatchObject({
      evidence: ['SMS1', 'order'],
      charges: { application: 'shop', codes: ['order', 'same'] },
    });
  });
});

describe('refunds: linked', () => {
  const partly = chargeOf(8, {
    shares: [
      { subscriber: ALICE, charged: 5n * EUR, refunded: 2n * EUR },
      { subscriber: BOB, charged: 9n * EUR, refunded: 0n },
    ],
  });
  const known: Known = { charges: [partly], codes: [['same', 8]] };

  test.each([
    ['open', 4n, 'undoes'],
    ['open', 3n, 'undoes'],
    ['linked', 3n, 'undoes'],
    ['linked', 4n, 'refund_exceeds_charge'],
  ] as const)('%s: %s back of the 3 that remain: %s', (policy, units, outcome) => {
    const decision = decide(viewOf(known, policy), refund(units), 100);
    if (decision instanceof Refusal) return expect(decision.code).toBe(outcome);
    expect(decision).toMatchObject({
      transactions: [{}, { undoes: { charge: 8, capped: policy === 'linked' } }],
      refunded: { charge: 8, subscriber: ALICE, currency: 'EUR', total: (2n + units) * EUR },
    });
  });

  test.each([
    ['open', 'ok'],
    ['linked', 'refund_exceeds_charge'],
  ] as const)('%s: one that names no charge: %s', (policy, outcome) => {
    const decision = decide(viewOf({}, policy), refund(1n), 100);
    expect(decision instanceof Refusal ? decision.code : 'ok').toBe(outcome);
  });
});

describe('the evidence of a charge', () => {
  const shares = [
    { subscriber: ALICE, charged: 5n * EUR, refunded: 2n * EUR },
    { subscriber: BOB, charged: 5n * EUR, refunded: 5n * EUR },
  ];
  const open = shares.map((share) => ({ ...share, refunded: 0n }));

  test.each<[string, bigint, EarlierCharge['shares'], boolean]>([
    ['free when the last of it is back', 3n, shares, true],
    ['free when more than that is back', 4n, shares, true],
    ['in use while a part of it is missing', 2n, shares, false],
    ['in use while another payer misses his', 5n, open, false],
  ])('is %s', (_what, units, split, isFree) => {
    const charge = chargeOf(8, { shares: split, uses: ['SMS1', 'SMS2'] });
    const found = [evidence('SMS1', 8), evidence('SMS2', 8)];
    const view = viewOf({ charges: [charge], evidence: found, codes: [['same', 8]] }, 'open');
    const decision = decide(view, refund(units), 100);
    const freed = decision instanceof Refusal ? undefined : decision.evidence;
    expect(freed).toEqual(isFree ? [evidence('SMS1'), evidence('SMS2')] : undefined);
  });
});
