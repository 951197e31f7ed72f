// Plausible requests: what a careful application would send. `spoil.ts` makes wrong ones of them.
import type { Random } from './random';
import { type Charge, PARTS, type Request } from './vocabulary';
import { ALIASES, DIGITS, PRICES, SUBSCRIBERS, type World } from './world';

export const OPERATIONS = Object.keys(PARTS);

/** How often each operation comes, so that reservations live and money runs neither out nor over. */
const WEIGHTS: Readonly<Record<string, number>> = {
  chargeAmount: 12,
  refundAmount: 8,
  chargeSplitAmount: 10,
  chargeVolume: 6,
  refundVolume: 4,
  chargeSplitVolume: 6,
  getAmount: 3,
  reserveAmount: 9,
  reserveVolume: 9,
  reserveAdditionalAmount: 8,
  reserveAdditionalVolume: 8,
  chargeReservation: 12,
  releaseReservation: 3,
};

const BAG: readonly string[] = OPERATIONS.flatMap((operation) =>
  Array<string>(WEIGHTS[operation.split('.')[1] ?? ''] ?? 0).fill(operation),
);

export function pickOperation(random: Random): string {
  return random.pick(BAG);
}

/** A right request of an operation; a reservation is left for the caller to say. */
export function createRequest(operation: string, world: World, random: Random): Request {
  const values: Required<Request> = {
    endUserIdentifier: random.pick(random.pick(SUBSCRIBERS)),
    splitInfo: splitInfo(random),
    charge: createCharge(operation, world, random),
    volume: volume(operation, random),
    billingText: random.chance(5) ? '' : `bill ${random.below(100)}`,
    // Some applications have one code for all that they sell of a kind.
    referenceCode: random.chance(12) ? `kind-${random.below(3)}` : `ref-${random.below(1_000_000)}`,
    confirmationRefs: [],
    reservationIdentifier: '',
    parameters: parameters(random),
  };
  const parts = (PARTS[operation] ?? []).filter(
    (part) =>
      part !== 'billingText' || !operation.endsWith('chargeReservation') || random.chance(70),
  );
  return Object.fromEntries(parts.map((part) => [part, values[part]]));
}

/** Now and then an amount and a code together; mostly only what a right request needs. */
function createCharge(operation: string, world: World, random: Random): Charge {
  const session = operation.startsWith('Reserve') && !operation.endsWith('reserveAmount');
  const currency = random.pick(['EUR', 'EUR', 'EUR', 'JPY', 'KWD', 'YENS']);
  const said = random.chance(session ? 20 : 60);
  const digits = said ? DIGITS.get(ALIASES.get(currency) ?? currency) : random.pick([0, 0, 2]);
  const units = world.huge && random.chance(50) ? 900_000_000 : session ? 6 : 25;
  const amount = amountText(digits ?? 0, units, random);
  const less = operation.endsWith('reserveAdditionalAmount') && random.chance(40);
  const texts = [random.chance(5) ? '' : `text ${random.below(100)}`, 'note'];

  return {
    description: random.chance(15) ? texts : texts.slice(0, 1),
    ...(said && { currency }),
    ...(random.chance(20)
      ? { code: random.pick(PRICES).code, ...(random.chance(30) && { amount }) }
      : { amount: less ? `-${amount}` : spelt(amount, random) }),
  };
}

/** Above zero, with at most so many fraction digits. */
function amountText(digits: number, units: number, random: Random): string {
  const steps = random.below(units * 10 ** digits) + 1;
  const text = String(steps).padStart(digits + 1, '0');
  return digits === 0 ? text : `${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

/** The same amount as others may write it. */
function spelt(amount: string, random: Random): string {
  const more = amount.includes('.') ? `${amount}00` : `${amount}.`;
  return random.pick([amount, amount, amount, `+${amount}`, `00${amount}`, more]);
}

function volume(operation: string, random: Random): bigint {
  if (operation.endsWith('reserveAdditionalVolume')) return BigInt(random.between(-30, 60));
  return BigInt(random.between(1, random.pick([3, 30, 300])));
}

/** Two or three payers, percentages that make 100. */
function splitInfo(random: Random): { endUserIdentifier: string; percent: number }[] {
  const first = random.below(SUBSCRIBERS.length);
  const stride = random.between(1, SUBSCRIBERS.length - 1); // a prime number of subscribers: nobody twice
  const percents = random.pick([
    [50, 50],
    [33, 33, 34],
    [1, 99],
    [100],
    [25, 35, 40],
    [15, 60, 25],
  ]);
  return percents.map((percent, index) => {
    const spellings = SUBSCRIBERS[(first + index * stride) % SUBSCRIBERS.length] ?? ['', ''];
    return { endUserIdentifier: random.pick(spellings), percent };
  });
}

function parameters(random: Random): { name: string; value: string }[] {
  const wanted = [
    {
      name: random.pick(['unit', 'Unit']),
      value: random.pick(['minutes', 'minutes', 'kilobytes', 'events']),
    },
    { name: 'contract', value: random.pick(['gold', 'silver']) },
    { name: 'SERVICE', value: random.pick(['video', 'audio']) },
    { name: 'operation', value: random.pick(['play', 'pause']) },
    { name: 'colour', value: 'blue' },
  ];
  return wanted.filter((_, index) => random.chance(index === 0 ? 85 : 25));
}
