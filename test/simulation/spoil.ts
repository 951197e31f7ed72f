// What goes wrong with requests, part by part: one way to be wrong for each rule of the published order.
import type { Random } from './random';
import type { Charge, Request } from './vocabulary';
import { SUBSCRIBERS } from './world';

/** One wrong address a rule. */
const WRONG_ADDRESSES = [
  '',
  'tel:',
  'sip:',
  ':+15550100',
  'tel:+1555*',
  'tel:+1555?',
  'tel:+15550100\n',
  'tel:+1555x100',
  'short:abc',
  '12',
  '1234567890123456',
  'alice',
  `acr:${'a'.repeat(130)}`,
];

type Spoiler = (request: Request, random: Random) => Request;

/** The request with one of its parts gone wrong. */
export function spoil(request: Request, random: Random): Request {
  const spoilers = Object.keys(request).map((part) => SPOILERS[part as keyof Request]);
  return random.pick(random.pick(spoilers))(request, random);
}

const charged = (change: (charge: Charge, random: Random) => Partial<Charge>): Spoiler => {
  return (request, random) => {
    const { charge = { description: [] } } = request;
    return { ...request, charge: { ...charge, ...change(charge, random) } };
  };
};

/** Drops amount and code, then adds what `change` has. */
const recharged = (change: (random: Random) => Partial<Charge>): Spoiler => {
  return (request, random) => {
    const { description = [], currency } = request.charge ?? {};
    const kept = { description, ...(currency !== undefined && { currency }) };
    return { ...request, charge: { ...kept, ...change(random) } };
  };
};

const split = (
  change: (list: NonNullable<Request['splitInfo']>, random: Random) => Request['splitInfo'],
): Spoiler => {
  return (request, random) => {
    const splitInfo = change(request.splitInfo ?? [], random);
    return { ...request, ...(splitInfo && { splitInfo }) };
  };
};

const SPOILERS: Readonly<Record<keyof Request, readonly Spoiler[]>> = {
  endUserIdentifier: [
    (request, random) => ({ ...request, endUserIdentifier: random.pick(WRONG_ADDRESSES) }),
  ],
  splitInfo: [
    split(([, ...rest], random) => [
      { endUserIdentifier: random.pick(WRONG_ADDRESSES), percent: 50 },
      ...rest,
    ]),
    split(
      ([first, ...rest], random) =>
        first && [{ ...first, percent: random.pick([0, -10]) }, ...rest],
    ),
    split(([first, ...rest]) => first && [{ ...first, percent: first.percent + 1 }, ...rest]),
    split((list, random) => {
      const [one, other] = random.pick(SUBSCRIBERS);
      const twice = [one, other].map((endUserIdentifier) => ({ endUserIdentifier, percent: 50 }));
      return [...twice, ...list.slice(2)];
    }),
    split(() =>
      SUBSCRIBERS.slice(0, 5).map(([endUserIdentifier]) => ({ endUserIdentifier, percent: 20 })),
    ),
  ],
  volume: [
    (request) => ({ ...request, volume: 0n }),
    (request) => ({ ...request, volume: -5n }),
    (request) => ({ ...request, volume: -5_000n }),
    (request) => ({ ...request, volume: 9_000_000_000_000_000_000n }),
  ],
  billingText: [(request) => ({ ...request, billingText: 'b'.repeat(1_025) })],
  referenceCode: [
    (request) => ({ ...request, referenceCode: '' }),
    (request) => ({ ...request, referenceCode: 'r'.repeat(257) }),
  ],
  confirmationRefs: [
    (request) => ({ ...request, confirmationRefs: ['e'.repeat(129)] }),
    (request) => ({ ...request, confirmationRefs: ['a', 'b', 'c', 'd', 'e'] }),
    (request) => ({ ...request, confirmationRefs: ['a', 'b', 'a'] }),
    (request) => {
      const { confirmationRefs = [] } = request;
      return {
        ...request,
        confirmationRefs: [...confirmationRefs, ...confirmationRefs.slice(0, 1)],
      };
    },
  ],
  parameters: [
    (request) => ({
      ...request,
      parameters: [
        ...(request.parameters ?? []),
        { name: 'Extra', value: '1' },
        { name: 'EXTRA', value: '1' },
      ],
    }),
    (request) => ({ ...request, parameters: [{ name: 'unit', value: 'furlongs' }] }),
    (request) => ({
      ...request,
      parameters: Array.from({ length: 17 }, (_, index) => ({ name: `p${index}`, value: '' })),
    }),
  ],
  charge: [
    recharged(() => ({})),
    recharged((random) => ({ code: random.pick(['', '  ', 'NO-SUCH-CODE', 'c'.repeat(129)]) })),
    recharged(() => ({ amount: '0.00' })),
    recharged(() => ({ amount: '-1' })),
    recharged(() => ({ amount: '-1000' })),
    recharged((random) => ({ amount: random.pick(['1.001', '1.0001', '1.5', '0.0000001']) })),
    recharged((random) => ({
      amount: random.pick(['1000000000', '1000000000.01', '9999999999999999999']),
    })),
    charged((_, random) => ({ currency: random.pick(['XXQ', 'EUROS', 'KWD', 'JPY', ' ']) })),
    charged(() => ({ description: ['one', 'two', 'three', 'four'] })),
    charged(() => ({ description: ['d'.repeat(1_025)] })),
  ],
  reservationIdentifier: [
    (request, random) => ({
      ...request,
      reservationIdentifier: random.pick(['', 'abc', '0', '4711', '9'.repeat(31), "1' OR '1'='1"]),
    }),
  ],
};
