// A process under load on a ledger file: many clients at once, each writing down what it is about to do and, once
// answered, what it was told. Whoever kills it can hold the ledger to that record.
// Arguments: ledger file, record file, seed, what the names of its operations begin with.
import { openSync, writeSync } from 'node:fs';
import type { Command } from '../../src/ledger/commands';
import type { Decision } from '../../src/ledger/decision';
import { Refusal } from '../../src/ledger/refusal';
import { openLedger } from '../../src/store/ledger';
import { testTerms } from '../support/terms';
import { seeded } from './seeded';

export interface Intention {
  readonly name: string;
  readonly kind: 'charge' | 'split' | 'refund' | 'reserve' | 'enlarge' | 'capture' | 'release';
  readonly subscribers: readonly string[];
  /** Micros a subscriber. */
  readonly amount: string;
  readonly reservationIdentifier?: string;
  /** Of a charge or a refund: mostly used already. */
  readonly confirmationRefs?: readonly string[];
}

/** One line of the record: an intention before it is submitted, or the answer to it. */
export type Line =
  | { readonly intends: Intention }
  | {
      readonly name: string;
      readonly told: 'accepted' | string;
      readonly reservationIdentifier?: string;
    };

const CLIENTS = 40;
/** Pieces of evidence that all clients contend for. */
export const TICKETS = 20;
const SUBSCRIBERS = Array.from({ length: 25 }, (_, index) => `tel:+1555${1_000 + index}`);

if (require.main === module) void main();

async function main(): Promise<void> {
  const [file = '', record = '', seed = '', prefix = ''] = process.argv.slice(2);
  const random = seeded(Number(seed));
  const lines = openSync(record, 'a');
  const write = (line: Line) => writeSync(lines, `${JSON.stringify(line)}\n`);

  // Every look at the clock is a millisecond, so that reservations expire while the load runs.
  let now = 0;
  const terms = testTerms({ openingBalance: () => 10_000_000_000n });
  const ledger = openLedger({ location: file, now: () => ++now, terms: () => terms });
  now = ledger.read.ledgerTime();
  await Promise.all(Array.from({ length: TICKETS }, (_, index) => ledger.submit(ticket(index))));
  writeSync(1, 'under load\n');

  let operations = 0;
  const client = async () => {
    const open: string[] = [];
    for (;;) {
      const intention = intend(`${prefix}-${operations++}`, open, random);
      write({ intends: intention });
      const { name } = intention;
      const decision = await ledger.submit(commandOf(intention));
      write({ name, ...told(decision) });
      if (!(decision instanceof Refusal) && decision.reservationIdentifier !== undefined) {
        open.push(decision.reservationIdentifier);
      }
    }
  };
  await Promise.all(Array.from({ length: CLIENTS }, client));
}

function intend(name: string, open: string[], random: (below: number) => number): Intention {
  const pick = () => SUBSCRIBERS[random(SUBSCRIBERS.length)] ?? '';
  const amount = `${(1 + random(300)) * 10_000}`;
  const confirmationRefs = random(3) === 0 ? [`ticket-${random(TICKETS)}`] : [];
  const direct = { name, amount, subscribers: [pick()], confirmationRefs };
  const choice = random(10);
  if (choice < 4) return { ...direct, kind: 'charge' };
  if (choice === 4) return { ...direct, kind: 'refund' };
  if (choice === 5)
    return { ...direct, kind: 'split', subscribers: [...new Set([pick(), pick()])] };
  const reservationIdentifier = open[random(Math.max(1, open.length))];
  if (choice === 6 || reservationIdentifier === undefined) return { ...direct, kind: 'reserve' };
  const session = { name, amount, subscribers: [], reservationIdentifier };
  if (choice === 7) return { ...session, kind: 'enlarge' };
  if (choice === 8) return { ...session, kind: 'capture' };
  open.splice(open.indexOf(reservationIdentifier), 1);
  return { ...session, kind: 'release' };
}

/** Evidence that covers everybody; what is there from an earlier run is left alone. */
function ticket(index: number): Command {
  const recipients = SUBSCRIBERS.map((subscriber) => {
    return { subscriber, outcome: 'delivered', afterMs: 0 } as const;
  });
  const reference = `ticket-${index}`;
  return { kind: 'issue', application: 'shop', service: 'cinema', reference, recipients };
}

function commandOf(intention: Intention): Command {
  const { name, kind, subscribers, reservationIdentifier = '' } = intention;
  const { confirmationRefs = [] } = intention;
  const amount = BigInt(intention.amount);
  const [subscriber = ''] = subscribers;
  const common = {
    application: 'shop',
    currency: 'EUR',
    texts: { bill: name, notes: [name] },
    reference: { space: 'charge', code: name, fingerprint: Buffer.from(name) },
    duration: { metric: 'Second', units: 2 },
    quantity: { by: 'amount', charge: { amount } },
    reservationIdentifier,
  } as const;
  switch (kind) {
    case 'charge':
    case 'split': {
      const payers = subscribers.map((payer) => ({ subscriber: payer, amount }));
      return { ...common, kind: 'charge', payers, part: 'endUserIdentifier', confirmationRefs };
    }
    case 'refund':
      return { ...common, kind, subscriber, amount, confirmationRefs };
    case 'reserve':
      return { ...common, kind, subscriber, amount };
    case 'enlarge':
      return { ...common, kind };
    case 'capture':
      return { ...common, kind };
    case 'release':
      return { ...common, kind, by: 'amount' };
  }
}

function told(decision: Decision) {
  if (decision instanceof Refusal) return { told: decision.code };
  const { reservationIdentifier } = decision;
  return {
    told: 'accepted',
    ...(reservationIdentifier === undefined ? {} : { reservationIdentifier }),
  };
}
