// How evidence comes about: made or registered, steered, and told of.
import { describe, expect, test } from '@jest/globals';
import type { Command, IssueCommand } from '../../../src/ledger/commands';
import { decide } from '../../../src/ledger/decide';
import type { View } from '../../../src/ledger/decision';
import type { Evidence } from '../../../src/ledger/evidence';
import { Refusal } from '../../../src/ledger/refusal';
import { testTerms } from '../../support/terms';

const ALICE = 'tel:+15550001';
const BOB = 'tel:+15550002';
const NOW = 1_000;

function viewOf(...known: readonly Evidence[]): View {
  return {
    terms: testTerms(),
    accounts: new Map(),
    charged: new Map(),
    evidence: new Map(known.map((each) => [each.reference, each])),
    nextTransaction: 17,
  };
}

const issue: IssueCommand = {
  kind: 'issue',
  application: 'shop',
  service: 'sms',
  recipients: [
    { subscriber: ALICE, outcome: 'delivered', afterMs: 500 },
    { subscriber: BOB, outcome: 'never', afterMs: 0 },
  ],
};
const registration: IssueCommand = { ...issue, reference: 'ticket-7', service: 'cinema' };
const receipt = {
  endpoint: 'http://x',
  interfaceName: 'SmsNotification',
  correlator: 'c',
  version: 'v4_0',
};
const registered: Evidence = {
  reference: 'ticket-7',
  application: 'shop',
  service: 'cinema',
  issuedBy: 3,
  issuedAt: 100,
  recipients: [
    { subscriber: ALICE, outcome: 'impossible', settlesAt: 100 },
    { subscriber: BOB, outcome: 'never', settlesAt: 100 },
  ],
};

function effects(view: View, command: Command) {
  const decision = decide(view, command, NOW);
  if (decision instanceof Refusal) throw new Error(decision.detail);
  return decision;
}

function refusal(view: View, command: Command) {
  const decision = decide(view, command, NOW);
  return decision instanceof Refusal ? [decision.code, decision.variable] : 'accepted';
}

describe('issued', () => {
  test('in a transaction of its own, with the times of its deliveries', () => {
    expect(effects(viewOf(), { ...issue, receipt })).toMatchObject({
      transactions: [{ kind: 'issue', application: 'shop', transfers: [] }],
      evidenceReference: 'SMS100000000000017',
      evidence: [
        {
          reference: 'SMS100000000000017',
          issuedBy: 17,
          issuedAt: NOW,
          receipt,
          recipients: [
            { subscriber: ALICE, outcome: 'delivered', settlesAt: NOW + 500, receiptAwaited: true },
            { subscriber: BOB, outcome: 'never', settlesAt: NOW, receiptAwaited: true },
          ],
        },
      ],
    });
  });

  test.each([
    ['sms', 'SMS100000000000017'],
    ['mms', 'MMS100000000000017'],
    ['cinema', 'SVC100000000000017'],
  ])('%s gets the reference %s', (service, reference) => {
    expect(effects(viewOf(), { ...issue, service }).evidenceReference).toBe(reference);
  });

  test('to a subscriber who is named twice once, as named first', () => {
    const twice = [
      ...issue.recipients,
      { subscriber: ALICE, outcome: 'never', afterMs: 0 } as const,
    ];
    const { evidence = [] } = effects(viewOf(), { ...issue, recipients: twice });
    expect(evidence[0]?.recipients).toEqual([
      { subscriber: ALICE, outcome: 'delivered', settlesAt: NOW + 500 },
      { subscriber: BOB, outcome: 'never', settlesAt: NOW },
    ]);
  });
});

describe('registered', () => {
  test('under its own reference', () => {
    expect(effects(viewOf(), registration).evidence).toMatchObject([{ reference: 'ticket-7' }]);
  });

  test('again: nothing changes, whatever has come of the delivery', () => {
    const again = effects(viewOf(registered), registration);
    expect(again).toMatchObject({ transactions: [], evidenceReference: 'ticket-7' });
    expect(again).not.toHaveProperty('evidence');
  });

  test.each<[string, Partial<IssueCommand>]>([
    ['application', { application: 'game' }],
    ['service', { service: 'theatre' }],
    ['recipient', { recipients: [issue.recipients[0] as IssueCommand['recipients'][number]] }],
  ])('again for another %s: refused', (_what, changes) => {
    const outcome = refusal(viewOf(registered), { ...registration, ...changes });
    expect(outcome).toEqual(['reference_in_use', 'reference']);
  });

  test.each<[string, Partial<IssueCommand>, string]>([
    ['for nobody', { recipients: [] }, 'recipients'],
    ['under a name such as the ledger makes', { reference: 'SMS100000000000099' }, 'reference'],
  ])('%s: refused', (_what, changes, part) => {
    expect(refusal(viewOf(), { ...registration, ...changes })).toEqual(['invalid_value', part]);
  });
});

describe('steered', () => {
  test.each([
    ['all', undefined, ['delivered', 'delivered']],
    ['one', BOB, ['impossible', 'delivered']],
  ])('%s of its recipients, from now on', (_who, subscriber, outcomes) => {
    const { transactions, evidence = [] } = effects(viewOf(registered), {
      kind: 'deliver',
      reference: 'ticket-7',
      outcome: 'delivered',
      ...(subscriber !== undefined && { subscriber }),
    });
    expect(transactions).toMatchObject([
      { kind: 'deliver', application: 'shop', mentions: [{ reference: 'ticket-7', evidence: 3 }] },
    ]);
    const { recipients = [] } = evidence[0] ?? {};
    expect(recipients.map(({ outcome }) => outcome)).toEqual(outcomes);
    expect(recipients.map(({ settlesAt }) => settlesAt)).toEqual(
      outcomes.map((_, index) => (subscriber === undefined || index === 1 ? NOW : 100)),
    );
  });

  test.each([
    ['that does not exist', { reference: 'none' }, 'reference'],
    ['that does not cover the subscriber', { subscriber: 'tel:+15550009' }, 'subscriber'],
  ])('evidence %s: refused', (_what, changes, part) => {
    const deliver = { kind: 'deliver', reference: 'ticket-7', outcome: 'delivered' } as const;
    expect(refusal(viewOf(registered), { ...deliver, ...changes })).toEqual([
      'invalid_value',
      part,
    ]);
  });
});

test('a receipt that was sent is awaited no more, and is no transaction', () => {
  const recipients = registered.recipients.map((recipient) => ({
    ...recipient,
    receiptAwaited: true as const,
  }));
  const told = { kind: 'receiptSent', reference: 'ticket-7', subscriber: BOB } as const;
  const { transactions, evidence } = effects(viewOf({ ...registered, receipt, recipients }), told);
  expect(transactions).toEqual([]);
  expect(evidence).toEqual([
    { ...registered, receipt, recipients: [recipients[0], registered.recipients[1]] },
  ]);
  expect(effects(viewOf(), told)).not.toHaveProperty('evidence');
});
