// The story of clause 4 of TS 29.199-6, played by a foreign SOAP client from the live WSDL: a soccer match is rated,
// reserved, charged in parts, extended and released, a win is refunded, and friends split a round of snacks.
import { type Client, createClientAsync } from 'soap';
import { createEmulator, type Emulator } from '../emulator';
import { formatMicros } from '../ledger/money';
import { available } from '../ledger/wallet';
import { EXIT } from './exit-code';
import type { Terminal } from './terminal';

const FAN = 'tel:+15550100';
const FRIENDS = ['tel:+15550101', 'tel:+15550102'] as const;

const CONFIGURATION = {
  tariffs: [
    {
      unit: 'minutes',
      service: 'soccer',
      price: '0.05',
      description: 'Live soccer, by the minute',
    },
  ],
};

const SEED = {
  subscribers: [
    { address: FAN, wallets: [{ currency: 'EUR', balance: '20.00' }] },
    ...FRIENDS.map((address) => ({ address, wallets: [{ currency: 'EUR', balance: '5.00' }] })),
  ],
};

export async function demo(terminal: Terminal): Promise<number> {
  const emulator = await createEmulator({ configuration: CONFIGURATION, seed: SEED });
  try {
    const stage = await stageOf(emulator, terminal);
    terminal.out(`An operator listens on ${emulator.url}; a SOAP client has read its WSDL.`);
    stage.wallets('Before');
    await match(stage);
    await win(stage);
    await snacks(stage);
    stage.wallets('After');
    stage.bill();
  } finally {
    await emulator.close();
  }
  terminal.out('\nNow point your own client at one: npm start');
  return EXIT.ok;
}

/** Rate, reserve, charge two halves, enlarge for the extension, charge until the goal, release. */
async function match({ call, say }: Stage): Promise<void> {
  say('How much is a match of 90 minutes?');
  const parameters = [
    { name: 'unit', value: 'minutes' },
    { name: 'service', value: 'soccer' },
  ];
  const quote = await call('VolumeCharging', 'getAmount', {
    endUserIdentifier: FAN,
    volume: 90,
    parameters,
  });

  say('The fan accepts. The provider reserves that much, so that the match can be paid for.');
  const { result } = await call('ReserveAmountCharging', 'reserveAmount', {
    endUserIdentifier: FAN,
    charge: charge('Cup final', textOf(quote, 'amount')),
  });
  const reservationIdentifier = String(result);

  const charges = [
    ['The first half is charged against the reservation.', 'first half', '2.25', 'match-1'],
    ['And the second.', 'second half', '2.25', 'match-2'],
  ] as const;
  for (const [words, text, amount, referenceCode] of charges) {
    say(words);
    await call('ReserveAmountCharging', 'chargeReservation', {
      reservationIdentifier,
      charge: charge(text, amount),
      referenceCode,
    });
  }

  say('A draw: sudden death. The reservation is enlarged for half an hour more.');
  await call('ReserveAmountCharging', 'reserveAdditionalAmount', {
    reservationIdentifier,
    charge: charge('sudden death', '1.50'),
  });

  say('A goal after eight minutes ends the match; these are charged.');
  await call('ReserveAmountCharging', 'chargeReservation', {
    reservationIdentifier,
    charge: charge('eight minutes', '0.40'),
    referenceCode: 'match-3',
  });

  say('What is left of the reservation goes back to the fan.');
  await call('ReserveAmountCharging', 'releaseReservation', { reservationIdentifier });
}

async function win({ call, say }: Stage): Promise<void> {
  say('The fan had bet on the second of the tournament: half of the 4.90 is refunded.');
  await call('AmountCharging', 'refundAmount', {
    endUserIdentifier: FAN,
    charge: charge('Bet won', '2.45'),
    referenceCode: 'bet-1',
  });
}

async function snacks({ call, say }: Stage): Promise<void> {
  say('Three friends share the snacks, by percent; the cents add up.');
  await call('AmountCharging', 'chargeSplitAmount', {
    splitInfo: [FAN, ...FRIENDS].map((endUserIdentifier, index) => ({
      endUserIdentifier,
      percent: index === 0 ? 34 : 33,
    })),
    charge: charge('Snacks', '10.01'),
    referenceCode: 'snacks-1',
  });
}

function charge(description: string, amount: string) {
  return { description, currency: 'EUR', amount };
}

interface Stage {
  say(words: string): void;
  /** Calls an operation over SOAP, prints it and what the wallets hold after; gives the answer's parts. */
  call(service: string, operation: string, request: object): Promise<Record<string, unknown>>;
  wallets(title: string): void;
  bill(): void;
}

async function stageOf(emulator: Emulator, { out }: Terminal): Promise<Stage> {
  const clients = new Map<string, Client>();
  for (const { interfaceName, path } of emulator.catalogue.services) {
    // One address serves every version; a bare ?wsdl is that of the newest.
    if (clients.has(interfaceName)) continue;
    clients.set(interfaceName, await createClientAsync(`${emulator.url}${path}?wsdl`));
  }
  const { read } = emulator.sandbox().ledger;
  let step = 0;

  return {
    say: (words) => {
      step += 1;
      out(`\n${step}. ${words}`);
    },
    call: async (service, operation, request) => {
      const method = clients.get(service)?.[`${operation}Async`];
      const [answer] = await method(request);
      out(`   ${operation} ${written(request)}`);
      out(`   -> ${written(answer ?? {}) || 'done'}`);
      out(`   ${holdings(read, FAN)}`);
      return answer ?? {};
    },
    wallets: (title) => {
      out(`\n${title}:`);
      for (const subscriber of [FAN, ...FRIENDS])
        out(`   ${subscriber}  ${holdings(read, subscriber)}`);
    },
    bill: () => {
      out('\nThe bills, one entry a charging session:');
      for (const { subscriber, kind, amount, currency, texts } of read.billEntries()) {
        const sign = kind === 'refund' ? '-' : ' ';
        out(`   ${subscriber}  ${sign}${formatMicros(amount, 2)} ${currency}  ${texts.join('; ')}`);
      }
    },
  };
}

function holdings(
  read: ReturnType<Emulator['sandbox']>['ledger']['read'],
  subscriber: string,
): string {
  return read
    .wallets(subscriber)
    .map((wallet) => {
      const held = wallet.held === 0n ? '' : `, ${formatMicros(wallet.held, 2)} held`;
      return `${formatMicros(available(wallet), 2)} ${wallet.currency} available${held}`;
    })
    .join('; ');
}

/** A message on one line: `endUserIdentifier=tel:+15550100 charge=(amount=1.50)`. */
function written(value: object): string {
  return Object.entries(value)
    .map(([name, part]) => `${name}=${writtenPart(part)}`)
    .join(' ');
}

function writtenPart(part: unknown): string {
  if (Array.isArray(part)) return part.map(writtenPart).join(' ');
  return typeof part === 'object' && part !== null ? `(${written(part)})` : String(part);
}

function textOf(answer: Record<string, unknown>, field: string): string {
  const { result } = answer;
  const value = typeof result === 'object' && result !== null ? Object.entries(result) : [];
  return String(value.find(([name]) => name === field)?.[1] ?? '');
}
