// Which evidence proves a charge: every way in which a reference can fail, and what a charge uses up.
import { describe, expect, test } from '@jest/globals';
import type { ChargeCommand, RefundCommand } from '../../../src/ledger/commands';
import { decide } from '../../../src/ledger/decide';
import type { View } from '../../../src/ledger/decision';
import {
  type DeliveryOutcome,
  type DeliveryStatus,
  deliveryStatus,
  type Evidence,
} from '../../../src/ledger/evidence';
import { keysOf } from '../../../src/ledger/keys';
import { Refusal } from '../../../src/ledger/refusal';
import type { ConfirmationTerms } from '../../../src/ledger/terms';
import { testTerms } from '../../support/terms';

const ALICE = 'tel:+15550001';
const BOB = 'tel:+15550002';
const EUR = 1_000_000n;
const ISSUED = 1_000_000;
const SETTLED = ISSUED + 5_000;
const NOW = ISSUED + 60_000;

function evidence(changes: Partial<Evidence> & { outcome?: DeliveryOutcome } = {}): Evidence {
  const { outcome = 'delivered', ...others } = changes;
  return {
    reference: 'SMS1',
    application: 'shop',
    service: 'sms',
    issuedBy: 3,
    issuedAt: ISSUED,
    recipients: [{ subscriber: ALICE, outcome, settlesAt: SETTLED }],
    ...others,
  };
}

function viewOf(found: readonly Evidence[], confirmation: Partial<ConfirmationTerms> = {}): View {
  const terms = testTerms();
  return {
    terms: { ...terms, confirmation: { ...terms.confirmation, ...confirmation } },
    accounts: new Map(),
    charged: new Map(),
    evidence: new Map(found.map((each) => [each.reference, each])),
    nextTransaction: 20,
  };
}

const common = {
  application: 'shop',
  currency: 'EUR',
  texts: { bill: 'quiz', notes: [] },
} as const;
const fingerprint = new Uint8Array();

function charge(confirmationRefs?: readonly string[], more: Partial<ChargeCommand> = {}) {
  const command: ChargeCommand = {
    ...common,
    kind: 'charge',
    payers: [{ subscriber: ALICE, amount: EUR }],
    part: 'endUserIdentifier',
    reference: { space: 'charge', code: 'c', fingerprint },
    ...(confirmationRefs && { confirmationRefs }),
    ...more,
  };
  return command;
}

function refund(confirmationRefs: readonly string[]): RefundCommand {
  const reference = { space: 'refund', code: 'r', fingerprint } as const;
  return { ...common, kind: 'refund', subscriber: ALICE, amount: EUR, reference, confirmationRefs };
}

/** `ok`, or the code of the refusal with its variable. */
function outcomeOf(view: View, command: ChargeCommand | RefundCommand, now = NOW): string {
  const decision = decide(view, command, now);
  if (!(decision instanceof Refusal)) return 'ok';
  return [decision.code, decision.variable].join(' ');
}

const INVALID = 'invalid_confirmations SMS1';

describe('a reference to evidence', () => {
  test.each<[string, string, Evidence, Partial<ConfirmationTerms>, number]>([
    ['ok', 'delivered', evidence(), {}, NOW],
    ['ok', 'at the moment of its delivery', evidence(), {}, SETTLED],
    [INVALID, 'a moment before its delivery', evidence(), {}, SETTLED - 1],
    [INVALID, 'that cannot be delivered', evidence({ outcome: 'impossible' }), {}, NOW],
    [INVALID, 'whose delivery is uncertain', evidence({ outcome: 'uncertain' }), {}, NOW],
    [INVALID, 'that never leaves the network', evidence({ outcome: 'never' }), {}, NOW],
    [
      'ok',
      'in the network, where that counts',
      evidence({ outcome: 'never' }),
      accepting('DeliveredToNetwork'),
      NOW,
    ],
    [
      'ok',
      'at the terminal, where the network is enough',
      evidence(),
      accepting('DeliveredToNetwork'),
      NOW,
    ],
    [
      'ok',
      'at the terminal, where doubt is enough',
      evidence(),
      accepting('DeliveryUncertain'),
      NOW,
    ],
    [
      'ok',
      'in doubt, where that counts',
      evidence({ outcome: 'uncertain' }),
      accepting('DeliveryUncertain'),
      NOW,
    ],
    [
      INVALID,
      'in doubt, where only the network counts',
      evidence({ outcome: 'uncertain' }),
      accepting('DeliveredToNetwork'),
      NOW,
    ],
    [
      INVALID,
      'on its way, where only doubt counts',
      evidence({ outcome: 'uncertain' }),
      accepting('DeliveryUncertain'),
      SETTLED - 1,
    ],
    [
      INVALID,
      'that cannot be delivered, whatever counts',
      evidence({ outcome: 'impossible' }),
      accepting('DeliveredToNetwork', 'DeliveryUncertain'),
      NOW,
    ],
    [INVALID, 'of another application', evidence({ application: 'game' }), {}, NOW],
    [INVALID, 'that was never issued', evidence({ reference: 'other' }), {}, NOW],
    [
      INVALID,
      'that covers somebody else',
      evidence({ recipients: [{ subscriber: BOB, outcome: 'delivered', settlesAt: SETTLED }] }),
      {},
      NOW,
    ],
    ['ok', 'as old as the window', evidence(), { windowMs: NOW - ISSUED }, NOW],
    [INVALID, 'older than the window', evidence(), { windowMs: NOW - ISSUED - 1 }, NOW],
    [INVALID, 'that a charge has used', evidence({ usedBy: 7 }), {}, NOW],
  ])('%s: one %s', (outcome, _what, found, terms, now) => {
    expect(outcomeOf(viewOf([found], terms), charge(['SMS1']), now)).toBe(outcome);
  });

  test('all that fail are named in the order of the request, for the log with the reason', () => {
    const used = evidence({ reference: 'SMS2', usedBy: 7 });
    const view = viewOf([evidence(), used]);
    const decision = decide(view, charge(['none', 'SMS1', 'SMS2']), NOW);
    expect(decision).toMatchObject({
      code: 'invalid_confirmations',
      variable: 'none, SMS2',
      detail: '"none" was not issued to this application; "SMS2" was used by transaction 7',
    });
  });
});

describe('a split', () => {
  const payers = [ALICE, BOB].map((subscriber) => ({ subscriber, amount: EUR }));
  const to = (...outcomes: readonly [string, DeliveryOutcome][]): Evidence =>
    evidence({
      recipients: outcomes.map(([subscriber, outcome]) => ({
        subscriber,
        outcome,
        settlesAt: SETTLED,
      })),
    });

  test.each<[string, string, Evidence]>([
    ['ok', 'a payer', to([BOB, 'delivered'])],
    [
      'ok',
      'a payer whom it reached and one whom it did not',
      to([ALICE, 'never'], [BOB, 'delivered']),
    ],
    [INVALID, 'a payer whom it did not reach', to([ALICE, 'never'])],
    [
      INVALID,
      'a payer whom it did not reach and a stranger whom it did',
      to([BOB, 'impossible'], ['tel:+15550009', 'delivered']),
    ],
    [INVALID, 'nobody who pays', to(['tel:+15550009', 'delivered'])],
  ])('%s with evidence that covers %s', (outcome, _whom, found) => {
    expect(outcomeOf(viewOf([found]), charge(['SMS1'], { payers, part: 'splitInfo' }))).toBe(
      outcome,
    );
  });
});

describe('the mode', () => {
  const NONE = 'invalid_confirmations confirmationRefs';
  test.each<[ConfirmationTerms['mode'], string, string, readonly string[] | undefined]>([
    ['off', 'ok', 'an unknown reference', ['none']],
    ['off', 'ok', 'none', []],
    ['when-present', INVALID.replace('SMS1', 'none'), 'an unknown reference', ['none']],
    ['when-present', 'ok', 'none', []],
    ['required', 'ok', 'a good reference', ['SMS1']],
    ['required', NONE, 'none', []],
    ['required', 'ok', 'no part for it, as charges of a volume have it', undefined],
  ])('%s: %s with %s', (mode, outcome, _what, refs) => {
    expect(outcomeOf(viewOf([evidence()], { mode }), charge(refs))).toBe(outcome);
  });

  test('required does not ask it of a refund', () => {
    expect(outcomeOf(viewOf([], { mode: 'required' }), refund([]))).toBe('ok');
  });
});

describe('what a request says of evidence is recorded', () => {
  const notes = ['SMS2', 'nothing', 'SMS2'];
  const texts = { bill: 'quiz', notes };
  const other = evidence({ reference: 'SMS2', issuedBy: 4 });

  test('a charge uses what confirmationRefs name, and only mentions what its descriptions do', () => {
    const decision = decide(viewOf([evidence(), other]), charge(['SMS1'], { texts }), NOW);
    expect(decision).toMatchObject({
      transactions: [
        { kind: 'provision' },
        {
          mentions: [
            { reference: 'SMS1', place: 'confirmationRefs', evidence: 3, used: true },
            { reference: 'SMS2', place: 'description', evidence: 4, used: false },
          ],
        },
      ],
      evidence: [{ reference: 'SMS1', usedBy: 21 }],
      findings: ['description.resolved'],
    });
  });

  test('off: nothing is used', () => {
    const decision = decide(viewOf([evidence()], { mode: 'off' }), charge(['SMS1', 'none']), NOW);
    expect(decision).toMatchObject({
      transactions: [
        {},
        {
          mentions: [
            { reference: 'SMS1', evidence: 3, used: false },
            { reference: 'none', used: false },
          ],
        },
      ],
    });
    expect(decision).not.toHaveProperty('evidence');
  });

  test.each<[string, string, Partial<Evidence> & { outcome?: DeliveryOutcome }]>([
    ['ok', 'used by a charge', { usedBy: 7 }],
    ['ok', 'never delivered', { outcome: 'never' }],
    [INVALID, 'of another application', { application: 'game' }],
    [INVALID, 'that covers somebody else', { recipients: [] }],
  ])('%s: a refund may name evidence %s', (outcome, _what, changes) => {
    const view = viewOf([evidence(changes)], { windowMs: 1 });
    expect(outcomeOf(view, refund(['SMS1']))).toBe(outcome);
    const decision = decide(view, refund(['SMS1']), NOW);
    expect(decision).not.toHaveProperty('evidence');
  });

  test('a charge without references or further descriptions asks the store for none', () => {
    expect(keysOf(charge([]), NOW, testTerms())).not.toHaveProperty('evidence');
    expect(keysOf(charge(['a'], { texts }), NOW, testTerms()).evidence).toEqual(['a', ...notes]);
  });
});

describe('a delivery', () => {
  test.each<[DeliveryOutcome, DeliveryStatus]>([
    ['delivered', 'DeliveredToTerminal'],
    ['impossible', 'DeliveryImpossible'],
    ['uncertain', 'DeliveryUncertain'],
    ['never', 'DeliveredToNetwork'],
  ])('that comes out as %s is %s from then on', (outcome, status) => {
    const recipient = { subscriber: ALICE, outcome, settlesAt: SETTLED };
    expect(deliveryStatus(recipient, SETTLED - 1)).toBe('DeliveredToNetwork');
    expect(deliveryStatus(recipient, SETTLED)).toBe(status);
  });
});

function accepting(...states: readonly DeliveryStatus[]): Partial<ConfirmationTerms> {
  return { accepts: new Set(states) };
}
