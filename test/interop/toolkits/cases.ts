// What the toolkits are asked beyond a valid call of every operation, and what must come of it. Data only.
import type { Fault } from '../../support/answers';
import type { Arguments } from './client-process';

export const UNICODE = 'Ünïcödé ☃ 日本語 😀 & <b> "quoted" \'single\'';

export const BARRED = 'tel:+15550166';
export const VIEWER = 'tel:+15550110';

export const CONFIGURATION = {
  // Sample requests name evidence that nobody has issued.
  confirmation: { mode: 'off' as const },
  prices: [{ code: 'QUIZ', amount: '1.50' }],
  tariffs: [
    { unit: 'messages', price: '0.10', description: UNICODE },
    // So cheap that the largest xsd:long can be paid.
    { unit: 'bits', price: '0.01', per: 1_000_000_000_000, description: 'Bits' },
  ],
};

export const SEED = {
  subscribers: [
    { address: BARRED, status: 'barred' as const },
    { address: VIEWER, wallets: [{ balance: '20.00' }] },
  ],
};

/** First parts that no toolkit refuses to send, and the emulator does. */
export const UNFIT: Readonly<Record<string, unknown>> = {
  endUserIdentifier: 'http://example.com/',
  reservationIdentifier: '0',
  splitInfo: [{ endUserIdentifier: 'http://example.com/', percent: '100' }],
};

export function charge(amount: string, more: object = {}): Arguments {
  return { charge: { description: 'x', currency: 'EUR', amount, ...more } };
}

function payers(count: number, percent: string): Arguments {
  return {
    splitInfo: Array.from({ length: count }, (_, index) => ({
      endUserIdentifier: `tel:+155501${20 + index}`,
      percent,
    })),
  };
}

/** What is changed in a valid request of an operation, and its fault. */
export const FAULT_CASES: readonly (readonly [key: string, name: string, Arguments, Fault])[] = [
  [
    'VolumeCharging.chargeVolume',
    'a unit without tariff',
    unit('furlongs'),
    ['SVC0001', 'NO_TARIFF'],
  ],
  [
    'ReserveAmountCharging.reserveAmount',
    'no funds',
    charge('5000'),
    ['SVC0001', 'INSUFFICIENT_FUNDS'],
  ],
  [
    'ReserveVolumeCharging.reserveVolume',
    'no funds',
    { volume: '99999' },
    ['SVC0001', 'INSUFFICIENT_FUNDS'],
  ],
  [
    'AmountCharging.chargeAmount',
    'an empty referenceCode',
    { referenceCode: '' },
    ['SVC0002', 'referenceCode'],
  ],
  ['VolumeCharging.chargeVolume', 'a volume of zero', { volume: '0' }, ['SVC0002', 'volume']],
  [
    'AmountCharging.chargeAmount',
    'neither amount nor code',
    { charge: { description: 'x' } },
    ['SVC0007'],
  ],
  [
    'AmountCharging.chargeAmount',
    'an unknown currency',
    charge('1', { currency: 'XXX' }),
    ['SVC0007'],
  ],
  ['AmountCharging.chargeAmount', 'no funds', charge('5000'), ['SVC0270']],
  ['AmountCharging.chargeAmount', 'a barred account', { endUserIdentifier: BARRED }, ['SVC0270']],
  ['VolumeCharging.chargeVolume', 'no funds', { volume: '99999' }, ['SVC0270']],
  ['ReserveAmountCharging.chargeReservation', 'more than is reserved', charge('9'), ['SVC0270']],
  [
    'ReserveVolumeCharging.chargeReservation',
    'more than is reserved',
    { volume: '99' },
    ['SVC0270'],
  ],
  ['AmountCharging.chargeSplitAmount', '99 per cent', payers(9, '11'), ['SVC0271']],
  ['VolumeCharging.chargeSplitVolume', '101 per cent', payers(1, '101'), ['SVC0271']],
  [
    'AmountCharging.refundAmount',
    'a barred account',
    { endUserIdentifier: BARRED },
    ['POL0001', 'ACCOUNT_BARRED'],
  ],
  [
    'AmountCharging.chargeAmount',
    '11 descriptions',
    charge('1', { description: new Array(11).fill('x') }),
    ['POL0012', 'charge'],
  ],
  ['AmountCharging.chargeSplitAmount', '11 payers', payers(11, '9'), ['POL0250', 'splitInfo']],
  ['VolumeCharging.chargeSplitVolume', '11 payers', payers(11, '9'), ['POL0250', 'splitInfo']],
];

/** An amount as the program has it, a text or a number of its language; what is charged in micros, or the fault. */
export const AMOUNT_CASES: readonly (readonly [
  kind: string,
  amount: string | number,
  bigint | Fault,
])[] = [
  ['text', '0.01', 10_000n],
  ['text', '500.00', 500_000_000n],
  ['text', '007.50', 7_500_000n],
  ['text', '+5', 5_000_000n],
  ['number', 1.5, 1_500_000n],
  ['number', 1000, 1_000_000_000n],
  ['text', '0.001', ['SVC0007']],
  ['text', '-1', ['SVC0007']],
  ['text', '1e3', ['SVC0002', 'charge']],
  ['text', '1,000', ['SVC0002', 'charge']],
  ['text', '10 EUR', ['SVC0002', 'charge']],
  ['text', 'NaN', ['SVC0002', 'charge']],
  // All of these languages write such a number with an exponent, which xsd:decimal does not have.
  ['number', 1e25, ['SVC0002', 'charge']],
  ['number', 1e-7, ['SVC0002', 'charge']],
];

export const LARGEST_LONG = '9223372036854775807';
export const BEYOND_LONG = '9223372036854775808';
/** At the tariff for bits. */
export const PRICE_OF_LARGEST_LONG = '92233.72';

export function unit(name: string): Arguments {
  return { parameters: [{ name: 'unit', value: name }] };
}
