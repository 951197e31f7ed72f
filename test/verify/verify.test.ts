// Questions to the ledger: what holds, and the sentence that explains why something does not.
import { describe, expect, test } from '@jest/globals';
import { createCurrencies } from '../../src/ledger/currency';
import { QuestionError } from '../../src/sandbox/books/inquiry';
import { VerificationError } from '../../src/sandbox/books/verdict';
import type { Verification } from '../../src/sandbox/books/verify';
import { capture, captureVolume, charge, payment, usage } from '../contract/asking';
import { PAYER, SPLIT_PAYERS } from '../support/samples';
import { tariff } from '../support/tariffs';
import { openTestSandbox, type TestSandbox } from '../support/test-sandbox';
import { split } from './asking';

const CHARGE = 'AmountCharging.chargeAmount';
const REFUND = 'AmountCharging.refundAmount';
const SPLIT = 'AmountCharging.chargeSplitAmount';
const RESERVE = 'ReserveAmountCharging.reserveAmount';
const CAPTURE = 'ReserveAmountCharging.chargeReservation';
const RELEASE = 'ReserveAmountCharging.releaseReservation';
const BOB = 'tel:+15550109';
const SHOP = { application: 'shop' };
const GAME = { application: 'game' };

async function charged(
  from: TestSandbox,
  amount: string,
  referenceCode: string,
  more: { readonly payer?: string; readonly application?: string } = {},
): Promise<void> {
  const { payer = PAYER, application = 'shop' } = more;
  const parts = payment({ amount }, { referenceCode, endUserIdentifier: payer });
  await from.ask(CHARGE, parts, { application });
}

/** Transactions 2, 3, 5, 6, 8 and 9 charge; the others open wallets. */
async function market(): Promise<TestSandbox> {
  const from = openTestSandbox();
  await charged(from, '10', 'r-1');
  await charged(from, '10', 'r-2', GAME);
  await charged(from, '4', 'r-3', { payer: BOB });
  await charged(from, '4', 'r-3', { payer: BOB });
  await from.ask(SPLIT, split([60, 40], '10.00', { referenceCode: 's-1' }), SHOP);
  from.clock.advance(60_000);
  await charged(from, '12', 'r-4');
  return from;
}

describe('how often it was charged', () => {
  let from: TestSandbox;
  const asked = async (ask: (verify: Verification) => { holds: boolean; sentence: string }) => {
    from ??= await market();
    const { holds, sentence } = ask(from.sandbox.verify);
    return [holds, sentence];
  };

  const answers: readonly [Parameters<typeof asked>[0], boolean, string][] = [
    [
      (verify) => verify.exactlyOnce({ reference: 'r-1' }),
      true,
      'tel:+15****00 was charged once for 10.00 EUR under reference r-1: transaction 2.',
    ],
    [
      (verify) => verify.exactlyOnce({ reference: 'r-3' }),
      false,
      'tel:+15****09 was charged 2 times for 4.00 EUR each under reference r-3: transactions 5 and 6.',
    ],
    [
      (verify) => verify.atMostOnce({ reference: 'r-3' }),
      false,
      'tel:+15****09 was charged 2 times for 4.00 EUR each under reference r-3: transactions 5 and 6.',
    ],
    [
      (verify) => verify.exactlyOnce({ reference: 'r-9' }),
      false,
      'Nobody was charged under reference r-9.',
    ],
    [
      (verify) => verify.atMostOnce({ reference: 'r-9' }),
      true,
      'Nobody was charged under reference r-9.',
    ],
    [
      (verify) => verify.never({ reference: 'r-9' }),
      true,
      'Nobody was charged under reference r-9.',
    ],
    [
      (verify) => verify.never({ reference: 'r-1' }),
      false,
      'tel:+15****00 was charged once for 10.00 EUR under reference r-1: transaction 2.',
    ],
    [
      (verify) => verify.exactlyOnce({ subscriber: '+15550100', application: 'game' }),
      true,
      'tel:+15****00 was charged once for 10.00 EUR by game: transaction 3.',
    ],
    [
      (verify) => verify.exactlyOnce({ subscriber: PAYER }),
      false,
      'tel:+15****00 was charged 3 times: transactions 2 (10.00 EUR), 3 (10.00 EUR) and 9 (12.00 EUR).',
    ],
    [
      (verify) => verify.exactlyOnce({ subscriber: PAYER, amount: '12' }),
      true,
      'tel:+15****00 was charged once for 12.00 EUR: transaction 9.',
    ],
    [
      (verify) => verify.exactlyOnce({ reference: 'r-1', amount: '10.01', currency: 'EUR' }),
      false,
      'Nobody was charged for 10.01 EUR under reference r-1; but tel:+15****00 was charged 10.00 EUR by shop under reference r-1 (transaction 2).',
    ],
    [
      (verify) => verify.exactlyOnce({ reference: 'r-1', subscriber: BOB }),
      false,
      'tel:+15****09 was not charged under reference r-1; but tel:+15****00 was charged 10.00 EUR by shop under reference r-1 (transaction 2).',
    ],
    [
      (verify) => verify.never({ subscriber: PAYER, currency: 'JPY' }),
      true,
      'tel:+15****00 was not charged in JPY.',
    ],
    [
      (verify) => verify.exactlyOnce({ since: Date.UTC(2026, 0, 31, 9, 31) }),
      true,
      'tel:+15****00 was charged once for 12.00 EUR since 2026-01-31T09:31:00.000Z: transaction 9.',
    ],
    [
      (verify) => verify.exactlyOnce({ reference: 's-1' }),
      true,
      'tel:+15****01 and tel:+15****02 were charged once for 10.00 EUR under reference s-1: transaction 8.',
    ],
    [
      (verify) =>
        verify.exactlyOnce({ reference: 's-1', subscriber: SPLIT_PAYERS[1], amount: '4' }),
      true,
      'tel:+15****02 was charged once for 4.00 EUR under reference s-1: transaction 8.',
    ],
  ];

  test.each(answers.map(([ask, holds, sentence]) => [sentence, holds, ask] as const))(
    '%s (%s)',
    async (sentence, holds, ask) => {
      expect(await asked(ask)).toEqual([holds, sentence]);
    },
  );
});

test('the details are plain values that JSON can carry', async () => {
  const from = openTestSandbox();
  await charged(from, '10', 'r-1');
  const verdict = from.sandbox.verify.exactlyOnce({ reference: 'r-1' });
  expect(JSON.parse(JSON.stringify(verdict))).toEqual({
    holds: true,
    sentence: verdict.sentence,
    details: {
      times: 1,
      charges: [
        {
          transaction: 2,
          at: from.clock.now(),
          application: 'shop',
          reference: 'r-1',
          subscribers: [PAYER],
          amount: '10.00',
          currency: 'EUR',
        },
      ],
    },
  });
});

test('an assertion gives the verdict back, or throws its sentence', async () => {
  const from = openTestSandbox();
  await charged(from, '10', 'r-1');
  const { verify } = from.sandbox;
  expect(verify.exactlyOnce({ reference: 'r-1' }).assert()).toMatchObject({ holds: true });
  expect(() => verify.never({ reference: 'r-1' }).assert()).toThrow(
    new VerificationError(
      'tel:+15****00 was charged once for 10.00 EUR under reference r-1: transaction 2.',
    ),
  );
});

test('captures count, each by itself', async () => {
  const from = openTestSandbox();
  const id = await from.reserve(RESERVE, undefined, SHOP);
  await from.ask(CAPTURE, { ...capture(id, '1'), referenceCode: 'c-1' }, SHOP);
  await from.ask(CAPTURE, { ...capture(id, '0.5'), referenceCode: 'c-1' }, SHOP);
  expect(from.sandbox.verify.exactlyOnce({ reference: 'c-1' })).toMatchObject({
    holds: false,
    sentence:
      'tel:+15****00 was charged 2 times under reference c-1: transactions 3 (1.00 EUR) and 4 (0.50 EUR).',
  });
});

test('a capture that was free is found by its reference', async () => {
  const from = openTestSandbox({ terms: { tariffs: [tariff('messages', 0n)] } });
  const id = await from.reserve('ReserveVolumeCharging.reserveVolume', undefined, SHOP);
  const parts = { ...captureVolume(id, '1'), referenceCode: 'c-1' };
  await from.ask('ReserveVolumeCharging.chargeReservation', parts, SHOP);
  expect(from.sandbox.verify.exactlyOnce({ reference: 'c-1', subscriber: PAYER })).toMatchObject({
    holds: true,
    sentence: 'tel:+15****00 was charged once for 0.00 EUR under reference c-1: transaction 3.',
  });
});

test('a free charge is a charge of nothing', async () => {
  const from = openTestSandbox();
  await from.ask(SPLIT, split([99, 1], '0.01', { referenceCode: 's-1' }), SHOP);
  const { verify } = from.sandbox;
  for (const subscriber of SPLIT_PAYERS) {
    expect(verify.exactlyOnce({ subscriber })).toMatchObject({ holds: true });
  }
  expect(verify.exactlyOnce({ subscriber: SPLIT_PAYERS[1], amount: '0.00' })).toMatchObject({
    holds: true,
    sentence: 'tel:+15****02 was charged once for 0.00 EUR: transaction 2.',
  });
});

describe('a question that makes no sense', () => {
  test.each<[string, (verify: Verification) => unknown]>([
    ['"sip:" is no subscriber', (verify) => verify.never({ subscriber: 'sip:' })],
    ['"ten" is no amount', (verify) => verify.never({ amount: 'ten' })],
    ['"" is no amount', (verify) => verify.net({}, '')],
  ])('%s', (sentence, ask) => {
    const { verify } = openTestSandbox().sandbox;
    expect(() => ask(verify)).toThrow(QuestionError);
    expect(() => ask(verify)).toThrow(sentence);
  });
});

describe('the net charge', () => {
  test('is charges less refunds', async () => {
    const from = openTestSandbox();
    await charged(from, '10', 'r-1');
    await from.ask(REFUND, payment({ amount: '4' }, { referenceCode: 'r-1' }), SHOP);
    const { verify } = from.sandbox;
    expect(verify.net({ subscriber: PAYER }, '6.00')).toMatchObject({
      holds: true,
      sentence: 'The net charge of tel:+15****00 is 6.00 EUR (charged 10.00, refunded 4.00).',
      details: { sums: [{ currency: 'EUR', charged: '10.00', refunded: '4.00', net: '6.00' }] },
    });
    expect(verify.net({ reference: 'r-1' }, '6').holds).toBe(true);
    expect(verify.net({ application: 'shop' }, '10')).toMatchObject({
      holds: false,
      sentence: 'The net charge by shop is 6.00 EUR (charged 10.00, refunded 4.00), not 10.00.',
    });
  });

  test('of nothing is zero', () => {
    const { verify } = openTestSandbox().sandbox;
    expect(verify.net({ subscriber: PAYER }, '0').holds).toBe(true);
    expect(verify.net({ subscriber: PAYER }, '1')).toMatchObject({
      holds: false,
      sentence: 'The net charge of tel:+15****00 is 0: nothing was charged, not 1.',
    });
  });

  test('of two currencies is no sum', async () => {
    const from = openTestSandbox();
    await charged(from, '10', 'r-1');
    await from.ask(CHARGE, payment({ amount: '5', currency: 'JPY' }), SHOP);
    const { verify } = from.sandbox;
    expect(verify.net({ subscriber: PAYER, currency: 'JPY' }, '5').holds).toBe(true);
    expect(verify.net({ subscriber: PAYER }, '15')).toMatchObject({
      holds: false,
      sentence:
        'The net charge of tel:+15****00 is 10.00 EUR (charged 10.00, refunded 0.00) and 5 JPY (charged 5, refunded 0), not 15.00; name the currency.',
    });
  });
});

describe('a currency', () => {
  const ASKS: readonly [string, (verify: Verification, currency: string) => unknown][] = [
    ['exactlyOnce', (verify, currency) => verify.exactlyOnce({ currency })],
    ['atMostOnce', (verify, currency) => verify.atMostOnce({ currency })],
    ['never', (verify, currency) => verify.never({ currency })],
    ['net', (verify, currency) => verify.net({ currency }, '0')],
    ['noOpenHolds', (verify, currency) => verify.noOpenHolds({ currency })],
    ['openHolds', (verify, currency) => verify.openHolds({ currency })],
    ['noDoubleCharges', (verify, currency) => verify.noDoubleCharges({ currency })],
    ['doubleChargeSuspects', (verify, currency) => verify.doubleChargeSuspects({ currency })],
  ];

  test.each(ASKS)('that is not known answers no question: %s', (_name, ask) => {
    const { verify } = openTestSandbox().sandbox;
    expect(() => ask(verify, 'eur')).toThrow(
      expect.objectContaining({ name: 'QuestionError', hint: 'Did you mean EUR?' }),
    );
    expect(() => ask(verify, 'EURO')).toThrow('The currency "EURO" is not known.');
    expect(() => ask(verify, 'EUR')).not.toThrow();
  });

  test('is meant by its other spellings too', async () => {
    const from = openTestSandbox({ terms: { currencies: createCurrencies({ Birr: 'ETB' }) } });
    await from.ask(CHARGE, payment({ amount: '3', currency: 'ETB' }, { referenceCode: 'r-1' }));
    const { verify, statement, settlement } = from.sandbox;
    expect(verify.exactlyOnce({ currency: ' Birr ' }).assert().details.times).toBe(1);
    expect(settlement({ currency: 'Birr' })).toMatchObject([{ currency: 'ETB', net: '3.00' }]);
    expect(statement({ subscriber: PAYER, currency: 'Birr' }).wallets).toHaveLength(1);
    expect(() => settlement({ currency: 'birr' })).toThrow(QuestionError);
    expect(() => statement({ subscriber: PAYER, currency: 'etb' })).toThrow('not known');
  });
});

describe('open holds', () => {
  test('are told with what remains and when they run out', async () => {
    const from = openTestSandbox();
    const parts = { endUserIdentifier: PAYER, ...charge({ amount: '10' }) };
    const later = await from.reserve('ReserveVolumeCharging.reserveVolume', undefined, GAME);
    from.clock.advance(60_000);
    const id = await from.reserve(RESERVE, parts, SHOP);
    await from.ask(CAPTURE, capture(id, '4'), SHOP);
    const { verify } = from.sandbox;
    expect(verify.openHolds().map(({ reservation }) => reservation)).toEqual([later, id]);
    expect(verify.openHolds({ application: 'shop' })).toEqual([
      {
        reservation: id,
        subscriber: PAYER,
        application: 'shop',
        currency: 'EUR',
        reserved: '10.00',
        charged: '4.00',
        remaining: '6.00',
        expiresAt: from.clock.now() + 1_800_000,
        runsOutInMs: 1_800_000,
      },
    ]);
    expect(verify.openHolds({ application: 'game' })).toMatchObject([
      { volume: { unit: 'messages', reserved: '3', charged: '0' }, runsOutInMs: 1_740_000 },
    ]);
    expect(verify.noOpenHolds({ subscriber: PAYER, application: 'shop' })).toMatchObject({
      holds: false,
      sentence: `1 reservation is open: ${id} holds 6.00 EUR of tel:+15****00 for shop and runs out in 1800 s.`,
    });
    expect(verify.noOpenHolds({ subscriber: BOB }).holds).toBe(true);
    expect(verify.noOpenHolds({ currency: 'JPY' }).holds).toBe(true);
  });

  test('are gone once they are released, or their time has come', async () => {
    const from = openTestSandbox();
    const { verify } = from.sandbox;
    const id = await from.reserve(RESERVE);
    await from.ask(RELEASE, { reservationIdentifier: id });
    expect(verify.noOpenHolds()).toMatchObject({
      holds: true,
      sentence: 'No reservation is open.',
    });
    await from.reserve(RESERVE);
    from.clock.advance(1_799_999);
    expect(verify.noOpenHolds().holds).toBe(false);
    from.clock.advance(1);
    expect(verify.noOpenHolds().holds).toBe(true);
  });
});

describe('double charges are suspected', () => {
  type Story = (from: TestSandbox) => Promise<unknown>;
  const twice =
    (later: Story): Story =>
    async (from) => {
      await charged(from, '10', 'r-1');
      await later(from);
    };

  test.each<[string, Story, boolean]>([
    ['the same amount under another reference', twice((from) => charged(from, '10', 'r-2')), true],
    ['the same reference again', twice((from) => charged(from, '10', 'r-1')), true],
    ['the same reference for another amount', twice((from) => charged(from, '11', 'r-1')), true],
    ['another amount', twice((from) => charged(from, '11', 'r-2')), false],
    ['another subscriber', twice((from) => charged(from, '10', 'r-2', { payer: BOB })), false],
    ['another application', twice((from) => charged(from, '10', 'r-2', GAME)), false],
    [
      'another currency',
      twice((from) => from.ask(CHARGE, payment({ amount: '10', currency: 'USD' }), SHOP)),
      false,
    ],
    [
      'the same amount, at the end of the window',
      twice(async (from) => {
        from.clock.advance(300_000);
        await charged(from, '10', 'r-2');
      }),
      true,
    ],
    [
      'the same amount, later',
      twice(async (from) => {
        from.clock.advance(300_001);
        await charged(from, '10', 'r-2');
      }),
      false,
    ],
    ['a refund of it', twice((from) => from.ask(REFUND, payment({ amount: '10' }), SHOP)), false],
    [
      'equal parts of one reservation',
      async (from) => {
        const id = await from.reserve(RESERVE, undefined, SHOP);
        await from.ask(CAPTURE, capture(id, '0.5'), SHOP);
        await from.ask(CAPTURE, capture(id, '0.5'), SHOP);
      },
      false,
    ],
    [
      'parts of two reservations',
      async (from) => {
        for (let count = 0; count < 2; count += 1) {
          const id = await from.reserve(RESERVE, undefined, SHOP);
          await from.ask(CAPTURE, capture(id, '0.5'), SHOP);
        }
      },
      true,
    ],
    [
      'volumes that cost the same',
      async (from) => {
        await from.ask('VolumeCharging.chargeVolume', usage('3'), SHOP);
        await from.ask('VolumeCharging.chargeVolume', usage('3'), SHOP);
      },
      true,
    ],
  ])('%s', async (_what, story, suspected) => {
    const from = openTestSandbox();
    await story(from);
    expect(from.sandbox.verify.noDoubleCharges().holds).toBe(!suspected);
  });

  test('with what they have in common', async () => {
    const from = openTestSandbox();
    await charged(from, '10', 'r-1');
    await charged(from, '10', 'r-2');
    await charged(from, '3', 'r-2');
    const at = from.clock.now();
    const common = { application: 'shop', subscriber: PAYER, currency: 'EUR' };
    const { verify } = from.sandbox;
    expect(verify.doubleChargeSuspects()).toEqual([
      {
        ...common,
        reason: 'same amount',
        charges: [
          { transaction: 2, at, reference: 'r-1', amount: '10.00' },
          { transaction: 3, at, reference: 'r-2', amount: '10.00' },
        ],
      },
      {
        ...common,
        reason: 'same reference',
        charges: [
          { transaction: 3, at, reference: 'r-2', amount: '10.00' },
          { transaction: 4, at, reference: 'r-2', amount: '3.00' },
        ],
      },
    ]);
    expect(verify.noDoubleCharges().sentence).toBe(
      '2 double charges are suspected: tel:+15****00 by shop for 10.00 EUR each under references r-1 and r-2 (transactions 2 and 3) and tel:+15****00 by shop under the one reference r-2 (transactions 3 and 4).',
    );
    expect(verify.noDoubleCharges({ withinMs: 0, application: 'game' }).holds).toBe(true);
  });
});

test('the invariants and the digest', async () => {
  const [one, other] = [openTestSandbox(), openTestSandbox()];
  await charged(one, '10', 'r-1');
  expect(one.sandbox.verify.invariants()).toMatchObject({
    holds: true,
    sentence: 'The ledger keeps all of its invariants.',
    details: { violations: [] },
  });
  const before = one.sandbox.verify.digest();
  expect(before).not.toBe(other.sandbox.verify.digest());
  await charged(other, '10', 'r-1');
  expect(other.sandbox.verify.digest()).toBe(before);
});
