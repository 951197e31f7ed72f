// Charges that need evidence, and refunds of charges that had it: rulings R and AI to AN, as bytes.
import { describe, expect, test } from '@jest/globals';
import type { DeliveryOutcome } from '../../src/ledger/evidence';
import type { Terms } from '../../src/ledger/terms';
import { PART_LIMITS } from '../../src/limits';
import type { Fault } from '../support/answers';
import type { Parts } from '../support/requests';
import { PAYER, SPLIT_PAYERS } from '../support/samples';
import { EURO } from '../support/tariffs';
import { testTerms } from '../support/terms';
import { deviationsOf, openTestSandbox, type TestSandbox } from '../support/test-sandbox';
import {
  CAPTURE,
  CHARGE,
  CHARGE_VOLUME,
  capture,
  charge,
  freshReference,
  payment,
  REFUND,
  RESERVE,
  refuse,
  SPLIT,
  SPLIT_VOLUME,
  succeed,
  usage,
} from './asking';

const { confirmation: JUDGED } = testTerms();
const REQUIRED = { confirmation: { ...JUDGED, mode: 'required' } } as const;
const LINKED = { refunds: 'linked' } as const;
const APPLICATION = 'anonymous';
const SECOND = 1_000;

function env(terms: Partial<Terms> = {}): TestSandbox {
  return openTestSandbox({ terms: { confirmation: JUDGED, ...terms } });
}

interface Issue {
  readonly to?: readonly string[];
  readonly outcome?: DeliveryOutcome;
  readonly afterMs?: number;
  readonly application?: string;
}

/** Evidence of that name, or of one that the ledger makes. */
async function issue(
  { sandbox }: TestSandbox,
  reference?: string,
  { to = [PAYER], outcome = 'delivered', afterMs = 0, application = APPLICATION }: Issue = {},
): Promise<string> {
  const decision = await sandbox.ledger.submit({
    kind: 'issue',
    application,
    service: 'sms',
    recipients: to.map((subscriber) => ({ subscriber, outcome, afterMs })),
    ...(reference !== undefined && { reference }),
  });
  if (!('evidenceReference' in decision)) throw new Error('not issued');
  return decision.evidenceReference ?? '';
}

function proved(amount: string, ...confirmationRefs: readonly string[]): Parts {
  return payment({ amount }, { confirmationRefs });
}

function split(amount: string, ...confirmationRefs: readonly string[]): Parts {
  const splitInfo = SPLIT_PAYERS.map((endUserIdentifier) => ({ endUserIdentifier, percent: '50' }));
  return { splitInfo, ...charge({ amount }), referenceCode: freshReference(), confirmationRefs };
}

const invalid = (...references: readonly string[]): Fault => ['POL0253', references.join(', ')];

describe('AI evidence that holds', () => {
  test('proves one charge; what the operation answered is its name', async () => {
    const at = env();
    const reference = await issue(at);
    expect(reference).toMatch(/^SMS\d{15}$/);
    await succeed(at, CHARGE, proved('1', reference));
    const again = await refuse(at, CHARGE, proved('1', reference), invalid(reference));
    expect(again.record.detail).toMatch(/^"SMS\d+" was used by transaction \d+$/);
    expect(at.wallet(PAYER).charged).toBe(EURO);
  });

  test('several prove one charge together, each of them is used up', async () => {
    const at = env();
    await issue(at, 'a');
    await issue(at, 'b');
    await succeed(at, CHARGE, proved('1', 'a', 'b'));
    await refuse(at, CHARGE, proved('1', 'b', 'a'), invalid('b', 'a'));
  });

  test('of a split covers one of those who pay', async () => {
    const at = env();
    await issue(at, 'a', { to: [SPLIT_PAYERS[1]] });
    await issue(at, 'b', { to: [PAYER] });
    await refuse(at, SPLIT, split('1', 'a', 'b'), invalid('b'));
    await succeed(at, SPLIT, split('1', 'a'));
  });

  test('has been delivered: not before its time', async () => {
    const at = env();
    await issue(at, 'a', { afterMs: 5 * SECOND });
    const early = await refuse(at, CHARGE, proved('1', 'a'), invalid('a'));
    expect(early.record.detail).toBe('"a" is in state DeliveredToNetwork');
    at.clock.advance(5 * SECOND - 1);
    await refuse(at, CHARGE, proved('1', 'a'), invalid('a'));
    at.clock.advance(1);
    await succeed(at, CHARGE, proved('1', 'a'));
  });

  test('is young enough: its age counts from its issue', async () => {
    const at = env({ confirmation: { ...JUDGED, windowMs: 60 * SECOND } });
    for (const name of ['a', 'b']) await issue(at, name, { afterMs: SECOND });
    at.clock.advance(60 * SECOND);
    await succeed(at, CHARGE, proved('1', 'a'));
    at.clock.advance(1);
    await refuse(at, CHARGE, proved('1', 'b'), invalid('b'));
  });

  test.each<[string, string, Issue]>([
    ['another application', 'other', { application: 'another' }],
    ['another subscriber', 'foreign', { to: SPLIT_PAYERS }],
    ['a message that could not be delivered', 'undelivered', { outcome: 'impossible' }],
    ['a message that is on its way for ever', 'underway', { outcome: 'never' }],
  ])('is not that of %s', async (_whose, name, what) => {
    const at = env();
    await issue(at, name, what);
    await issue(at, 'good');
    await refuse(at, CHARGE, proved('1', 'none', 'good', name), invalid('none', name));
    await succeed(at, CHARGE, proved('1', 'good'));
  });

  test('steered by the operator it is what it was steered to', async () => {
    const at = env();
    await issue(at, 'a', { outcome: 'never' });
    await refuse(at, CHARGE, proved('1', 'a'), invalid('a'));
    await at.sandbox.ledger.submit({ kind: 'deliver', reference: 'a', outcome: 'delivered' });
    await succeed(at, CHARGE, proved('1', 'a'));
  });
});

describe('AJ how many references', () => {
  const ten = Array.from({ length: 10 }, (_, index) => `ref-${index}`);

  test('ten by default; the count is judged before any of them is', async () => {
    const at = env();
    const TOO_MANY: Fault = ['POL0252', 'confirmationRefs'];
    await refuse(at, CHARGE, proved('1', ...ten, 'one more'), TOO_MANY);
    await refuse(at, CHARGE, proved('1', ...ten), invalid(...ten));
    for (const reference of ten) await issue(at, reference);
    await refuse(at, CHARGE, proved('1', ...ten, ten[0] ?? ''), TOO_MANY);
    await succeed(at, CHARGE, proved('1', ...ten));
  });

  test('one that is there twice is told, judged and used once', async () => {
    const at = env();
    await refuse(at, CHARGE, proved('1', 'a', 'b', 'a'), invalid('a', 'b'));
    await issue(at, 'a');
    await succeed(at, CHARGE, proved('1', 'a', 'a'));
  });

  test('an empty one is none', async () => {
    const at = env(REQUIRED);
    const reply = await refuse(at, CHARGE, proved('1', ''), ['POL0253', 'confirmationRefs']);
    expect(deviationsOf(reply)).toEqual(['empty']);
  });

  test('one that is too long is SVC0002', async () => {
    const at = env({ confirmation: { ...JUDGED, mode: 'off' } });
    const longest = 'x'.repeat(PART_LIMITS.confirmationRefCharacters);
    await succeed(at, CHARGE, proved('1', longest));
    await refuse(at, CHARGE, proved('1', `${longest}x`), ['SVC0002', 'confirmationRefs']);
  });

  test('markup in one is escaped where it is told', async () => {
    const at = env();
    await refuse(at, CHARGE, proved('1', '<&"'), ['POL0253', '&lt;&amp;"']);
  });
});

describe('AK whether evidence is needed', () => {
  const NEEDED: Fault = ['POL0253', 'confirmationRefs'];

  test('required: no charge of an amount without, in any version', async () => {
    const at = env(REQUIRED);
    await refuse(at, CHARGE, payment({ amount: '1' }), NEEDED);
    await refuse(at, SPLIT, split('1'), NEEDED);
    const older = await at.ask(CHARGE, payment({ amount: '1' }), { version: 'v2_1' });
    expect([older.status, older.record.fault]).toEqual([500, 'POL0253']);
    await issue(at, 'a');
    await succeed(at, CHARGE, proved('1', 'a'));
  });

  test('required: not of operations that have no part for it', async () => {
    const at = env(REQUIRED);
    await succeed(at, CHARGE_VOLUME, usage('1'));
    const { splitInfo } = split('1');
    const { endUserIdentifier, ...volume } = usage('2');
    await succeed(at, SPLIT_VOLUME, { ...volume, splitInfo: splitInfo ?? [] });
    await succeed(at, CAPTURE, capture(await at.reserve(RESERVE), '1'));
    await succeed(at, REFUND, payment({ amount: '1' }));
  });

  test('a further description is no evidence in this sense', async () => {
    const at = env(REQUIRED);
    await issue(at, 'a');
    await refuse(at, CHARGE, payment({ amount: '1', description: ['Quiz', 'a'] }), NEEDED);
  });

  test('off: recorded, whatever they are, and not used up', async () => {
    const at = env({ confirmation: { ...JUDGED, mode: 'off' } });
    await issue(at, 'a');
    await succeed(at, CHARGE, proved('1', 'a', 'none'));
    await succeed(at, CHARGE, proved('1', 'a'));
    expect(at.sandbox.ledger.read.evidence('a')).not.toHaveProperty('usedBy');
    expect(
      at.sandbox.ledger.read.transactions().filter(({ kind }) => kind === 'charge'),
    ).toMatchObject([
      {
        mentions: [
          { reference: 'a', evidence: 1 },
          { reference: 'none', used: false },
        ],
      },
      { mentions: [{ reference: 'a', used: false }] },
    ]);
  });

  test('each application on its own terms', async () => {
    const at = openTestSandbox({
      terms: (name) => testTerms(name === 'strict' ? REQUIRED : {}),
    });
    await succeed(at, CHARGE, payment({ amount: '1' }), { application: 'easy' });
    await refuse(at, CHARGE, payment({ amount: '1' }), NEEDED, { application: 'strict' });
  });
});

describe('AL descriptions', () => {
  test('that name evidence are resolved and on the record; none is used up or judged', async () => {
    const at = env();
    await issue(at, 'a');
    await issue(at, 'b', { application: 'another', outcome: 'never' });
    const description = ['Quiz', 'a', 'b', 'nothing'];
    const reply = await succeed(at, CHARGE, payment({ amount: '1', description }));
    expect(deviationsOf(reply)).toEqual(['description.resolved']);
    expect(at.sandbox.ledger.read.transactions().at(-1)).toMatchObject({
      notes: ['a', 'b', 'nothing'],
      mentions: [{ reference: 'a', place: 'description', evidence: 1, used: false }],
    });
    await succeed(at, CHARGE, proved('1', 'a'));
  });

  test('of a reservation and its charges too', async () => {
    const at = env();
    await issue(at, 'a');
    const identifier = await at.reserve(
      RESERVE,
      charge({ amount: '5', description: ['Quiz', 'a'] }),
    );
    const part = capture(identifier, '1', { description: ['Part', 'a'] });
    expect(deviationsOf(await succeed(at, CAPTURE, part))).toEqual(['description.resolved']);
  });
});

describe('AM what is refused or repeated uses nothing', () => {
  test('a charge without funds', async () => {
    const at = env();
    await issue(at, 'a');
    await refuse(at, CHARGE, proved('5000', 'a'), ['SVC0270']);
    await succeed(at, CHARGE, proved('1', 'a'));
  });

  test('POL0253 comes before funds', async () => {
    const at = env();
    await refuse(at, CHARGE, proved('5000', 'a'), invalid('a'));
  });

  test('replay: an identical repeat is answered as before, though its evidence is used up', async () => {
    const at = env({ duplicateReferences: 'replay' });
    await issue(at, 'a');
    const request = proved('1', 'a');
    const first = await succeed(at, CHARGE, request);
    expect((await succeed(at, CHARGE, request)).text).toBe(first.text);
    for (const confirmationRefs of [[], ['b'], ['a', 'b']]) {
      const other = { ...request, confirmationRefs };
      await refuse(at, CHARGE, other, ['SVC0002', 'referenceCode']);
    }
    expect(at.wallet(PAYER).charged).toBe(EURO);
  });

  test('report: the repeat has no evidence left', async () => {
    const at = env();
    await issue(at, 'a');
    const request = proved('1', 'a');
    await succeed(at, CHARGE, request);
    await refuse(at, CHARGE, request, invalid('a'));
  });
});

describe('AN a refund', () => {
  test('may name the evidence of its charge; all of it back, the evidence is free', async () => {
    const at = env();
    await issue(at, 'a');
    await succeed(at, CHARGE, proved('3', 'a'));
    await succeed(at, REFUND, proved('2', 'a'));
    await refuse(at, CHARGE, proved('1', 'a'), invalid('a'));
    await succeed(at, REFUND, proved('1', 'a'));
    await succeed(at, CHARGE, proved('1', 'a'));
  });

  test.each<[string, Issue]>([
    ['another application', { application: 'another' }],
    ['another subscriber', { to: SPLIT_PAYERS }],
  ])('may not name that of %s', async (_whose, what) => {
    const at = env();
    await issue(at, 'a', what);
    await refuse(at, REFUND, proved('1', 'a', 'none'), invalid('a', 'none'));
  });

  test('may name that of another payer of the same split', async () => {
    const at = env(LINKED);
    const [first, second] = SPLIT_PAYERS;
    await issue(at, 'a', { to: [second] });
    await succeed(at, SPLIT, split('2', 'a'));
    await succeed(at, REFUND, { ...proved('1', 'a'), endUserIdentifier: first });
    await refuse(at, REFUND, proved('1', 'a'), invalid('a'));
    await succeed(at, REFUND, { ...proved('1', 'a'), endUserIdentifier: second });
    await succeed(at, SPLIT, split('2', 'a'));
  });

  test('of a charge that only mentioned its evidence leads back to it', async () => {
    const at = env({ ...LINKED, confirmation: { ...JUDGED, mode: 'off' } });
    await issue(at, 'a');
    await succeed(at, CHARGE, proved('1', 'a'));
    await succeed(at, CHARGE, payment({ amount: '1', description: ['Quiz', 'a'] }));
    for (let charges = 0; charges < 2; charges += 1) await succeed(at, REFUND, proved('1', 'a'));
    await refuse(at, REFUND, proved('1', 'a'), ['SVC0270']);
  });

  test('under a code that all charges have gives back one after the other, of this payer', async () => {
    const at = env(LINKED);
    const code = { referenceCode: 'PREMIUM' };
    await succeed(at, CHARGE, payment({ amount: '3' }, code));
    await succeed(at, CHARGE, payment({ amount: '2' }, code));
    await succeed(
      at,
      CHARGE,
      payment({ amount: '9' }, { ...code, endUserIdentifier: 'tel:+15550777' }),
    );
    await refuse(at, REFUND, payment({ amount: '5' }, code), ['SVC0270']);
    await succeed(at, REFUND, payment({ amount: '3' }, code));
    await succeed(at, REFUND, payment({ amount: '2' }, code));
    await refuse(at, REFUND, payment({ amount: '0.01' }, code), ['SVC0270']);
    expect(at.wallet(PAYER).available).toBe(1_000n * EURO);
  });

  test('may name what was never delivered, is old, and has been used', async () => {
    const at = env({ confirmation: { ...JUDGED, windowMs: SECOND } });
    await issue(at, 'a', { outcome: 'never' });
    at.clock.advance(2 * SECOND);
    await succeed(at, REFUND, proved('1', 'a'));
  });
});

describe('R refunds: linked', () => {
  const BEYOND: Fault = ['SVC0270'];
  const back = (amount: string, more: Parts = {}): Parts => payment({ amount }, more);

  test('up to what remains of the charge, however many parts', async () => {
    const at = env(LINKED);
    await succeed(at, CHARGE, payment({ amount: '1' }, { referenceCode: 'sale' }));
    for (let part = 0; part < 3; part += 1) {
      await succeed(at, REFUND, payment({ amount: '0.33', description: ['Back', 'sale'] }));
    }
    const rest = payment({ amount: '0.02', description: ['Back', 'sale'] });
    const refusal = await refuse(at, REFUND, rest, BEYOND);
    expect(refusal.record.detail).toBe('the refund is above what remains of transaction 2');
    await succeed(at, REFUND, {
      ...rest,
      ...charge({ amount: '0.01', description: ['B', 'sale'] }),
    });
    await refuse(
      at,
      REFUND,
      { ...rest, ...charge({ amount: '0.01', description: ['B', 'sale'] }) },
      BEYOND,
    );
    expect(at.wallet(PAYER).available).toBe(1_000n * EURO);
  });

  test.each<[string, Parts]>([
    ['the same referenceCode', { referenceCode: 'sale' }],
    ['a further description', charge({ amount: '1', description: ['Back', 'sale'] })],
    ['the evidence of the charge', { confirmationRefs: ['a'] }],
    ['evidence as a further description', charge({ amount: '1', description: ['Back', 'x', 'a'] })],
  ])('named by %s', async (_how, names) => {
    const at = env(LINKED);
    await issue(at, 'a');
    await succeed(at, CHARGE, { ...proved('1', 'a'), referenceCode: 'sale' });
    await refuse(at, REFUND, back('1'), BEYOND);
    await succeed(at, REFUND, back('1', names));
    expect(at.sandbox.ledger.read.transactions().at(-1)?.undoes).toEqual({
      charge: 3,
      capped: true,
    });
  });

  test.each<[string, string, Parts, Parts]>([
    ['a volume', CHARGE_VOLUME, usage('10', { referenceCode: 'sale' }), {}],
    [
      'a share of a split',
      SPLIT,
      { ...split('2'), referenceCode: 'sale' },
      { endUserIdentifier: SPLIT_PAYERS[1] },
    ],
  ])('of %s', async (_what, key, request, more) => {
    const at = env(LINKED);
    await succeed(at, key, request);
    await refuse(at, REFUND, back('1.01', { referenceCode: 'sale', ...more }), BEYOND);
    await succeed(at, REFUND, back('1', { referenceCode: 'sale', ...more }));
  });

  test('of a part of a reservation', async () => {
    const at = env(LINKED);
    const part = {
      ...capture(await at.reserve(RESERVE, charge({ amount: '9' })), '1'),
      referenceCode: 'part',
    };
    await succeed(at, CAPTURE, part);
    await refuse(at, REFUND, back('1.01', { referenceCode: 'part' }), BEYOND);
    await succeed(at, REFUND, back('1', { referenceCode: 'part' }));
  });

  test('of a volume by the same referenceCode', async () => {
    const at = env(LINKED);
    await succeed(at, CHARGE_VOLUME, usage('10', { referenceCode: 'sale' }));
    const refundVolume = 'VolumeCharging.refundVolume';
    await refuse(at, refundVolume, usage('11', { referenceCode: 'sale' }), BEYOND);
    await succeed(at, refundVolume, usage('10', { referenceCode: 'sale' }));
  });

  test.each<[string, Parts]>([
    ['no charge', { referenceCode: 'other' }],
    ['the charge of another subscriber', { endUserIdentifier: SPLIT_PAYERS[0] }],
    ['a charge in another currency', charge({ amount: '1', currency: 'USD' })],
  ])('one that names %s', async (_what, more) => {
    const at = env(LINKED);
    await succeed(at, CHARGE, payment({ amount: '1' }, { referenceCode: 'sale' }));
    await refuse(at, REFUND, back('1', { referenceCode: 'sale', ...more }), BEYOND);
  });

  test('nor the charge of another application', async () => {
    const at = env(LINKED);
    await succeed(at, CHARGE, payment({ amount: '1' }, { referenceCode: 'sale' }), {
      application: 'news',
    });
    await refuse(at, REFUND, back('1', { referenceCode: 'sale' }), BEYOND, { application: 'quiz' });
  });
});
