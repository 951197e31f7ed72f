// The surroundings of one history: three applications with terms of their own, and whom the operator knows.
import type { Rate } from './arithmetic';
import type { Random } from './random';
import type { Tariff, Terms, Wallet } from './vocabulary';

export interface World {
  /** The clock's first instant. */
  readonly start: number;
  /** Whether the clock may also go back; then no timer ever fires either. */
  readonly clockJumps: boolean;
  /** Amounts near the bounds of the ledger instead of pocket money. */
  readonly huge: boolean;
  /** Whether the ledger lives in a file, so that it can be closed and opened again. */
  readonly durable: boolean;
  readonly terms: ReadonlyMap<string, Terms>;
  readonly provisions: readonly Provision[];
}

export interface Provision {
  readonly subscriber: string;
  readonly status: 'active' | 'barred';
  readonly wallet?: Wallet;
}

export const APPLICATIONS = ['shop', 'game', 'press'] as const;

/** One subscriber a line, in spellings that mean the same; the last is known to the operator as barred. */
export const SUBSCRIBERS: readonly (readonly [string, string, ...string[]])[] = [
  ['tel:+15550100', '+15550100', 'TEL:+1-555-0100', 'tel:+1(555)01.00'],
  ['tel:+15550101', 'Tel:+15550101', '+15550101'],
  ['sip:carol@example.com', 'SIP:carol@example.com'],
  ['short:12345', 'Short:12345'],
  ['tel:0805550102', '0805550102', 'tel:080-555-0102'],
  ['acr:frank', 'ACR:frank'],
  ['tel:+15550199', '+15550199'],
];

export const DIGITS: ReadonlyMap<string, number> = new Map([
  ['EUR', 2],
  ['JPY', 0],
  ['KWD', 3],
]);

/** A spelling that an operator takes for a currency. */
export const ALIASES: ReadonlyMap<string, string> = new Map([['YENS', 'JPY']]);

export const PRICES = [
  { code: 'RINGTONE', currency: 'EUR', amount: 1_500_000n },
  { code: 'RINGTONE', currency: 'JPY', amount: 2_000_000n },
  { code: 'RINGTONE', currency: 'KWD', amount: 125_000n },
  { code: 'PREMIUM', currency: 'EUR', amount: 7_990_000n },
];

export const TARIFFS: readonly Tariff[] = [
  tariff({ unit: 'minutes', micros: 100_000n, per: 3n, currency: 'EUR' }),
  tariff({ unit: 'minutes', contract: 'gold', micros: 25_000n, per: 1n, currency: 'EUR' }),
  tariff({ unit: 'minutes', service: 'video', micros: 7_000_000n, per: 11n, currency: 'EUR' }),
  tariff({ unit: 'minutes', operation: 'play', micros: 333_333n, per: 7n, currency: 'EUR' }),
  tariff({ unit: 'kilobytes', micros: 1_000n, per: 1_024n, currency: 'KWD', rounding: 'up' }),
  tariff({ unit: 'events', micros: 2_000_000n, per: 3n, currency: 'JPY', rounding: 'down' }),
];

export function createWorld(random: Random): World {
  const huge = random.chance(10);
  return {
    start: startOf(random),
    clockJumps: random.chance(60),
    huge,
    durable: random.chance(12),
    terms: new Map(APPLICATIONS.map((application) => [application, termsFor(random, huge)])),
    provisions: provisionsFor(random, huge),
  };
}

/** Any hour of 2024, or the last minutes of a month. */
function startOf(random: Random): number {
  const month = random.below(12);
  if (random.chance(40)) return Date.UTC(2024, month + 1) - random.below(3_600_000);
  return Date.UTC(2024, month, random.between(1, 28), random.below(24));
}

function termsFor(random: Random, huge: boolean): Terms {
  const limit = (units: bigint) =>
    new Map(
      random.chance(50) && !huge ? [[random.pick(['EUR', 'EUR', 'JPY']), units * 1_000_000n]] : [],
    );

  const allowed = random.pick([
    ['EUR', 'JPY', 'KWD'],
    ['EUR', 'JPY', 'KWD'],
    ['EUR', 'JPY', 'KWD'],
    ['JPY', 'EUR', 'KWD'],
    ['KWD', 'EUR'],
    ['KWD'],
    ['EUR'],
  ]);

  return {
    currency: allowed[0] ?? 'EUR',
    maximumPayers: random.pick([2, 3, 3, 4]),
    splits: random.chance(85),
    duration: random.pick([
      { metric: 'Second', units: 30 },
      { metric: 'Minute', units: 10 },
      { metric: 'Hour', units: 2 },
      { metric: 'Month', units: 1 },
      { metric: 'Year', units: 3 },
    ]),
    maximumDescriptions: random.between(1, 3),
    ...(random.chance(50) && { allowed }),
    perTransaction: limit(BigInt(random.between(10, 30))),
    perMonth: limit(BigInt(random.between(3, 25))),
    duplicates: random.pick(['report', 'reject', 'replay']),
    maximumConfirmationRefs: random.between(2, 4),
    confirmation: random.pick(['off', 'when-present', 'when-present', 'when-present', 'required']),
    accepts: random.pick([
      ['DeliveredToTerminal'],
      ['DeliveredToTerminal'],
      ['DeliveredToNetwork'],
      ['DeliveryUncertain'],
      ['DeliveredToTerminal', 'DeliveryUncertain'],
    ]),
    ...(random.chance(40) && { evidenceLasts: random.pick([60_000, 600_000, 86_400_000]) }),
    refunds: random.pick(['open', 'linked']),
    unknown: random.pick(['create', 'create', 'refuse']),
    openingBalance: huge
      ? sameEverywhere(999_999_000_000_000_000n)
      : different(BigInt(random.pick([0, 50, 400])) * 1_000_000n),
    codeWins: random.chance(25),
    prices: PRICES,
    tariffs: TARIFFS.filter(({ currency }) => allowed.includes(currency)),
    defaultUnit: allowed.includes('JPY') ? random.pick(['minutes', 'events']) : 'minutes',
    digits: DIGITS,
    aliases: ALIASES,
  };
}

function sameEverywhere(balance: bigint): ReadonlyMap<string, bigint> {
  return new Map([...DIGITS.keys()].map((currency) => [currency, balance]));
}

/** By currency, each more than the one before. */
function different(first: bigint): ReadonlyMap<string, bigint> {
  return new Map(
    [...DIGITS.keys()].map((currency, index) => [currency, first * BigInt(index + 1)]),
  );
}

function provisionsFor(random: Random, huge: boolean): Provision[] {
  const [alice, bob, carol] = SUBSCRIBERS.map(([address]) => address);
  const [barred] = SUBSCRIBERS[SUBSCRIBERS.length - 1] ?? [];
  const units = (low: number, high: number) => BigInt(random.between(low, high)) * 1_000_000n;
  const wallet = (subscriber = '', currency = '', credits = 0n, creditLimit = 0n): Provision => ({
    subscriber,
    status: subscriber === barred ? 'barred' : 'active',
    wallet: { subscriber, currency, credits, debits: 0n, held: 0n, creditLimit },
  });

  return [
    wallet(alice, 'EUR', units(100, 900)),
    wallet(alice, 'JPY', units(0, 100)),
    wallet(bob, 'EUR', units(0, 60), huge ? 10n ** 18n : 20_000_000n),
    { subscriber: carol ?? '', status: 'active' },
    wallet(barred, 'EUR', units(100, 100)),
  ];
}

interface TariffLine {
  readonly unit: string;
  readonly contract?: string;
  readonly service?: string;
  readonly operation?: string;
  readonly micros: bigint;
  readonly per: bigint;
  readonly currency: string;
  readonly rounding?: Rate['rounding'];
}

function tariff({ micros, per, rounding = 'half_up', ...line }: TariffLine): Tariff {
  const names = [line.unit, line.contract, line.service, line.operation];
  const description = names.filter((name) => name !== undefined).join(' ');
  return { ...line, rate: { micros, per, rounding }, description };
}
