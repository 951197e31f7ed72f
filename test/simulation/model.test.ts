// The model against stories worked out by hand, so that it deserves to be believed when it disagrees.
import { describe, expect, test } from '@jest/globals';
import { later, priceOf, sharesOf, toMicros, toText } from './arithmetic';
import { Operator } from './model';
import type { Request, Terms } from './vocabulary';

const TERMS: Terms = {
  currency: 'EUR',
  maximumPayers: 3,
  splits: true,
  duration: { metric: 'Minute', units: 10 },
  maximumDescriptions: 2,
  perTransaction: new Map(),
  perMonth: new Map(),
  duplicates: 'report',
  maximumConfirmationRefs: 2,
  confirmation: 'when-present',
  accepts: ['DeliveredToTerminal'],
  refunds: 'open',
  unknown: 'create',
  openingBalance: new Map([['EUR', 100_000_000n]]),
  codeWins: false,
  prices: [{ code: 'RINGTONE', currency: 'EUR', amount: 1_500_000n }],
  tariffs: [
    {
      unit: 'minutes',
      currency: 'EUR',
      rate: { micros: 100_000n, per: 3n, rounding: 'half_up' },
      description: 'Video by the minute',
    },
  ],
  defaultUnit: 'minutes',
  digits: new Map([
    ['EUR', 2],
    ['JPY', 0],
  ]),
  aliases: new Map(),
};

const ALICE = 'tel:+15550100';
const MINUTE = 60_000;

/** Performs lines of a story and tells what each came to: `ok`, or the fault with its variables. */
function tell(terms: Terms, lines: readonly [at: number, operation: string, request: Request][]) {
  const operator = new Operator(() => terms, 0);
  const outcomes = lines.map(([at, operation, request], index) => {
    const answer = operator.perform(operation, request, 'shop', at, String(index + 1));
    if ('response' in answer) return 'ok';
    return [answer.fault.messageId, ...answer.fault.variables].join(' ');
  });
  return { operator, outcomes };
}

function balanceOf(operator: Operator, subscriber = ALICE, currency = 'EUR') {
  const wallet = operator.wallets.get(`${subscriber} ${currency}`);
  return wallet && { money: wallet.credits - wallet.debits, held: wallet.held };
}

const euros = (amount: string, ...description: string[]): Request => ({
  endUserIdentifier: ALICE,
  charge: { description, amount },
});

describe('the model', () => {
  test('tells the soccer match of clause 4', () => {
    const of = (amount: string, text: string): Request => ({
      reservationIdentifier: '2',
      charge: { description: [text], amount },
      referenceCode: text,
    });
    const { operator, outcomes } = tell(TERMS, [
      [0, 'ReserveVolumeCharging.getAmount', { endUserIdentifier: ALICE, volume: 90n }],
      [0, 'ReserveAmountCharging.reserveAmount', euros('3.00', 'Match')],
      [5 * MINUTE, 'ReserveAmountCharging.chargeReservation', of('1.50', 'First half')],
      [9 * MINUTE, 'ReserveAmountCharging.chargeReservation', of('1.50', 'Second half')],
      [9 * MINUTE, 'ReserveAmountCharging.chargeReservation', of('0.01', 'Too much')],
      [9 * MINUTE, 'ReserveAmountCharging.reserveAdditionalAmount', of('1.00', 'Sudden death')],
      [19 * MINUTE, 'ReserveAmountCharging.chargeReservation', of('0.25', 'Goal')],
      [19 * MINUTE, 'ReserveAmountCharging.releaseReservation', { reservationIdentifier: '2' }],
      [19 * MINUTE, 'ReserveAmountCharging.releaseReservation', { reservationIdentifier: '2' }],
      [
        20 * MINUTE,
        'AmountCharging.refundAmount',
        { ...euros('1.63', 'Second place'), referenceCode: 'r1' },
      ],
    ]);

    const closed = 'SVC0002 reservationIdentifier';
    expect(outcomes).toEqual('ok ok ok ok SVC0270 ok ok ok'.split(' ').concat(closed, 'ok'));
    expect(balanceOf(operator)).toEqual({ money: 98_380_000n, held: 0n });
    expect(
      operator.bill.map(({ kind, amount, at, texts }) => ({ kind, amount, at, texts })),
    ).toEqual([
      {
        kind: 'charge',
        amount: 3_250_000n,
        at: 19 * MINUTE,
        texts: ['Match', 'First half', 'Second half', 'Sudden death', 'Goal'],
      },
      { kind: 'refund', amount: 1_630_000n, at: 20 * MINUTE, texts: ['Second place'] },
    ]);
  });

  test('returns at its expiry what a reservation has not charged, once', () => {
    const part: Request = { reservationIdentifier: '1', referenceCode: 'p', ...euros('2', 'Part') };
    const { operator, outcomes } = tell(TERMS, [
      [0, 'ReserveAmountCharging.reserveAmount', euros('5', 'Stream')],
      [10 * MINUTE - 1, 'ReserveAmountCharging.chargeReservation', part],
      [10 * MINUTE, 'ReserveAmountCharging.chargeReservation', part],
      [0, 'ReserveAmountCharging.chargeReservation', part],
    ]);

    const gone = 'SVC0002 reservationIdentifier';
    expect(outcomes).toEqual(['ok', 'ok', gone, gone]);
    expect(balanceOf(operator)).toEqual({ money: 98_000_000n, held: 0n });
    expect(operator.bill).toMatchObject([{ amount: 2_000_000n, at: 10 * MINUTE }]);
  });

  test('bills a volume by the cumulative total, so that parts add up to the whole', () => {
    const of = (volume: bigint): Request => ({
      reservationIdentifier: '1',
      volume,
      referenceCode: 'v',
    });
    const { operator, outcomes } = tell(TERMS, [
      [
        0,
        'ReserveVolumeCharging.reserveVolume',
        { endUserIdentifier: ALICE, volume: 4n, billingText: 'Video' },
      ],
      [0, 'ReserveVolumeCharging.chargeReservation', of(1n)],
      [0, 'ReserveVolumeCharging.chargeReservation', of(1n)],
      [0, 'ReserveVolumeCharging.reserveAdditionalVolume', { ...of(-3n), billingText: 'Less' }],
      [0, 'ReserveVolumeCharging.reserveAdditionalVolume', { ...of(-1n), billingText: 'Less' }],
      [0, 'ReserveVolumeCharging.chargeReservation', of(2n)],
      [0, 'ReserveVolumeCharging.chargeReservation', of(1n)],
    ]);

    // 1/30 euro a minute: 0.03, then 0.07 in all, then 0.10; 0.13 were held and 0.10 are after the reduction.
    expect(outcomes).toEqual(['ok', 'ok', 'ok', 'SVC0002 volume', 'ok', 'SVC0270', 'ok']);
    expect(balanceOf(operator)).toEqual({ money: 99_900_000n, held: 0n });
  });

  test('charges a split to all or to none', () => {
    const bob = 'tel:+15550101';
    const split = (amount: string, ...percents: number[]): Request => ({
      splitInfo: percents.map((percent, index) => ({
        endUserIdentifier: [ALICE, bob, 'sip:carol@example.com', 'short:12345'][index] ?? '',
        percent,
      })),
      charge: { description: ['Game'], amount },
      referenceCode: 's',
    });
    const operation = 'AmountCharging.chargeSplitAmount';
    const { operator, outcomes } = tell(TERMS, [
      [0, operation, split('0.10', 33, 33, 34)],
      [0, operation, split('0.02', 50, 25, 25)],
      [0, operation, split('150', 80, 20)],
      [0, operation, split('1', 50, 49)],
      [0, operation, split('1', 25, 25, 25, 25)],
      [0, operation, split('1', 100, 0)],
    ]);

    const refusals = ['SVC0270', 'SVC0271', 'POL0250 splitInfo', 'SVC0002 splitInfo'];
    expect(outcomes).toEqual(['ok', 'ok', ...refusals]);
    expect(operator.bill.map(({ amount }) => amount / 10_000n)).toEqual([3n, 3n, 4n, 1n, 1n, 0n]);
    expect(balanceOf(operator, bob)).toEqual({ money: 99_960_000n, held: 0n });
  });

  test.each([
    ['report', ['ok', 'ok', 'ok', 'ok'], 93_500_000n],
    ['reject', ['ok', 'SVC0002 referenceCode', 'SVC0002 referenceCode', 'ok'], 99_000_000n],
    ['replay', ['ok', 'ok', 'SVC0002 referenceCode', 'ok'], 99_000_000n],
  ] as const)('takes a reference code used again under %s', (duplicates, expected, money) => {
    const again = (amount: string): Request => ({
      ...euros(amount, 'Tone'),
      referenceCode: 'same',
    });
    const { operator, outcomes } = tell({ ...TERMS, duplicates }, [
      [0, 'AmountCharging.chargeAmount', again('1.50')],
      [0, 'AmountCharging.chargeAmount', again('1.500')],
      [0, 'AmountCharging.chargeAmount', again('4')],
      [0, 'AmountCharging.refundAmount', again('0.50')],
    ]);

    expect(outcomes).toEqual(expected);
    expect(balanceOf(operator)?.money).toBe(money);
  });

  test('lets a message prove one charge, and another when that is undone', () => {
    const operator = new Operator(
      () => ({ ...TERMS, refunds: 'linked', evidenceLasts: MINUTE }),
      0,
    );
    const recipients = [{ subscriber: ALICE, outcome: 'delivered', afterMs: 1_000 } as const];
    const message = { reference: 'sms', application: 'shop', service: 'sms', recipients };
    expect(operator.issue(message, 0)).toBe('issued');
    expect(operator.issue({ ...message, application: 'game' }, 0)).toBe('refused');

    const tone = (amount: string, referenceCode: string): Request => ({
      ...euros(amount, 'Tone'),
      referenceCode,
      confirmationRefs: ['sms'],
    });
    const story: [number, string, string, string][] = [
      [999, 'chargeAmount', '3', 'early'],
      [1_000, 'chargeAmount', '3', 'first'],
      [1_000, 'chargeAmount', '3', 'second'],
      [1_000, 'refundAmount', '3.01', 'too much'],
      [1_000, 'refundAmount', '2', 'a part'],
      [1_000, 'chargeAmount', '3', 'still used'],
      [1_000, 'refundAmount', '1', 'the rest'],
      [1_000, 'refundAmount', '0.01', 'nothing left'],
      [MINUTE + 1, 'chargeAmount', '3', 'too old'],
      [MINUTE, 'chargeAmount', '3', 'time never goes back'],
    ];
    const outcomes = story.map(([at, name, amount, code], index) => {
      const request = tone(amount, code);
      const answer = operator.perform(`AmountCharging.${name}`, request, 'shop', at, `${index}`);
      return 'fault' in answer ? answer.fault.messageId : 'ok';
    });

    const invalid = 'POL0253';
    const first = [invalid, 'ok', invalid, 'SVC0270', 'ok', invalid, 'ok', 'SVC0270'];
    expect(outcomes).toEqual([...first, invalid, invalid]);
    expect(balanceOf(operator)?.money).toBe(100_000_000n);
  });

  test.each<[string, string, Request, Partial<Terms>]>([
    ['SVC0007', 'no amount, no code', { charge: { description: ['x'], code: ' ' } }, {}],
    ['SVC0007', 'an unknown code', { charge: { description: ['x'], code: 'NONE' } }, {}],
    ['ok', 'a code', { charge: { description: ['x'], code: 'RINGTONE' } }, {}],
    ['SVC0007', 'more digits than the currency has', euros('1.505', 'x'), {}],
    ['SVC0007', 'zero', euros('0.00', 'x'), {}],
    ['SVC0007', 'beyond the bound', euros('1000000000.01', 'x'), {}],
    ['POL0012 charge', 'too many descriptions', euros('1', 'x', 'y', 'z'), {}],
    ['POL0001 AMOUNT_LIMIT', 'over the limit of one', euros('2', 'x'), limit('perTransaction')],
    ['POL0001 MONTHLY_LIMIT', 'over the limit of a month', euros('2', 'x'), limit('perMonth')],
    ['SVC0002 endUserIdentifier', 'a stranger', euros('1', 'x'), { unknown: 'refuse' }],
    ['SVC0270', 'more than there is', euros('100.01', 'x'), {}],
    ['SVC0002 referenceCode', 'no reference', { ...euros('1', 'x'), referenceCode: '' }, {}],
  ])('answers %s to %s', (outcome, _, request, changes) => {
    const whole = { endUserIdentifier: ALICE, referenceCode: 'ref', ...request };
    const { operator, outcomes } = tell({ ...TERMS, ...changes }, [
      [0, 'AmountCharging.chargeAmount', whole],
    ]);

    expect(outcomes).toEqual([outcome]);
    expect(operator.wallets.size).toBe(outcome === 'ok' ? 1 : 0);
  });
});

function limit(name: 'perTransaction' | 'perMonth'): Partial<Terms> {
  return { [name]: new Map([['EUR', 1_990_000n]]) };
}

describe('the arithmetic', () => {
  test.each([
    ['1.5', 1_500_000n],
    ['-.25', -250_000n],
    ['+007.', 7_000_000n],
    ['500.0000000', 500_000_000n],
    ['0.0000001', undefined],
  ])('reads %s', (text, micros) => {
    expect(toMicros(text)).toBe(micros);
  });

  test.each([
    [1_230_000n, 2, '1.23'],
    [5_000_000n, 0, '5'],
    [5_000n, 3, '0.005'],
  ])('writes %d with %d digits', (micros, digits, text) => {
    expect(toText(micros, digits)).toBe(text);
  });

  test.each([
    ['half_up', 1n, 30_000n],
    ['half_up', 2n, 70_000n],
    ['up', 1n, 40_000n],
    ['down', 2n, 60_000n],
    ['up', 3n, 100_000n],
  ] as const)('rates thirds of ten cents rounded %s', (rounding, volume, price) => {
    expect(priceOf({ micros: 100_000n, per: 3n, rounding }, volume, 10_000n)).toBe(price);
  });

  test('gives the steps left over to the largest remainders, first come first', () => {
    expect(sharesOf(100n, [33, 33, 34], 1n)).toEqual([33n, 33n, 34n]);
    expect(sharesOf(1n, [50, 50], 1n)).toEqual([1n, 0n]);
    expect(sharesOf(10n, [15, 60, 25], 1n)).toEqual([2n, 6n, 2n]);
  });

  test('adds a month to the last day of January as February has it', () => {
    const january = Date.UTC(2024, 0, 31, 8, 30);
    expect(later(january, { metric: 'Month', units: 1 })).toBe(Date.UTC(2024, 1, 29, 8, 30));
  });
});
