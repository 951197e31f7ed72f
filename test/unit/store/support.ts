// Ledgers for tests: a clock to set, commands in one line, files that go away.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach } from '@jest/globals';
import Database from 'better-sqlite3';
import type { Command, IssueCommand } from '../../../src/ledger/commands';
import type { Decision, Effects } from '../../../src/ledger/decision';
import { rated } from '../../../src/ledger/rating';
import { Refusal } from '../../../src/ledger/refusal';
import type { Terms } from '../../../src/ledger/terms';
import type { Instant } from '../../../src/ledger/time';
import type { openDatabase } from '../../../src/store/database';
import { type Ledger, type LedgerOptions, openLedger } from '../../../src/store/ledger';
import { testTerms } from '../../support/terms';

export const UNIT = 1_000_000n;
export const ALICE = 'tel:+15550001';
export const BOB = 'tel:+15550002';
export const START = 1_700_000_000_000;
export const MINUTE = 60_000;

export interface TestLedger {
  readonly ledger: Ledger;
  /** What its clock shows: set it to move time. */
  readonly clock: { now: Instant };
  /** Every error behind an answer, with its reference. */
  readonly defects: readonly { readonly error: unknown; readonly reference: string }[];
}

type Overrides = Partial<Omit<LedgerOptions, 'terms' | 'now'>> & {
  readonly clock?: { now: Instant };
  readonly terms?: Partial<Terms>;
  readonly open?: typeof openDatabase;
};

const ledgers = new Set<Ledger>();
const folders: string[] = [];

afterEach(async () => {
  for (const ledger of ledgers) await ledger.close();
  ledgers.clear();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** In memory unless a location is given. Closed after the test. */
export function testLedger(overrides: Overrides = {}): TestLedger {
  const { clock = { now: START }, terms, open, ...options } = overrides;
  const defects: { error: unknown; reference: string }[] = [];
  const settled = testTerms(terms);
  const ledger = openLedger(
    {
      location: ':memory:',
      now: () => clock.now,
      terms: () => settled,
      onDefect: (error, reference) => defects.push({ error, reference }),
      ...options,
    },
    open,
  );
  ledgers.add(ledger);
  return { ledger, clock, defects };
}

/** A path in a folder of its own. */
export function ledgerFile(): string {
  const folder = mkdtempSync(join(tmpdir(), 'ledger-'));
  folders.push(folder);
  return join(folder, 'ledger.db');
}

/** Runs SQL on a file that no ledger has open, with every guard of its own switched off by `unguarded`. */
export function tamper(file: string, sql: string, unguarded = false): void {
  const database = new Database(file);
  try {
    if (unguarded) {
      database.pragma('foreign_keys = OFF');
      database.pragma('ignore_check_constraints = ON');
      const triggers = database
        .prepare<[], string>("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        .pluck()
        .all();
      for (const name of triggers) database.exec(`DROP TRIGGER ${name}`);
    }
    database.exec(sql);
  } finally {
    database.close();
  }
}

export async function accepted(decision: Decision | Promise<Decision>): Promise<Effects> {
  const decided = await decision;
  if (decided instanceof Refusal) throw new Error(`refused: ${decided.code}: ${decided.detail}`);
  return decided;
}

export async function refused(decision: Decision | Promise<Decision>): Promise<string> {
  const decided = await decision;
  if (decided instanceof Refusal) return decided.code;
  throw new Error('accepted');
}

export function provision(subscriber: string, units: bigint, creditLimit = 0n): Command {
  return {
    kind: 'provision',
    subscriber,
    status: 'active',
    currency: 'EUR',
    balance: units * UNIT,
    creditLimit: creditLimit * UNIT,
  };
}

const NO_TEXTS = { notes: [] };

export function charge(subscriber: string, units: bigint, code = `c${units}`): Command {
  return split([[subscriber, units]], code);
}

export function split(payers: readonly (readonly [string, bigint])[], code: string): Command {
  return {
    kind: 'charge',
    application: 'shop',
    currency: 'EUR',
    payers: payers.map(([subscriber, units]) => ({ subscriber, amount: units * UNIT })),
    part: 'splitInfo',
    texts: { bill: `charge ${code}`, notes: ['a note'] },
    code: 'price',
    reference: { space: 'charge', code, fingerprint: Buffer.from(code) },
  };
}

export function refund(subscriber: string, units: bigint, code = `r${units}`): Command {
  return {
    kind: 'refund',
    application: 'shop',
    currency: 'EUR',
    subscriber,
    amount: units * UNIT,
    texts: { bill: `refund ${code}`, notes: [] },
    reference: { space: 'refund', code, fingerprint: Buffer.from(code) },
  };
}

export function reserve(subscriber: string, units: bigint, minutes = 30): Command {
  return {
    kind: 'reserve',
    application: 'shop',
    currency: 'EUR',
    subscriber,
    amount: units * UNIT,
    texts: { bill: 'session', notes: [] },
    duration: { metric: 'Minute', units: minutes },
  };
}

/** A reservation of `volume` events at a price of `micros` for every `per` of them. */
export function reserveVolume(
  subscriber: string,
  volume: bigint,
  micros: bigint,
  per = 1n,
): Command {
  const rate = { micros, per, rounding: 'half_up', step: 10_000n } as const;
  const amount = rated(rate, volume);
  return {
    kind: 'reserve',
    application: 'shop',
    currency: 'EUR',
    subscriber,
    amount,
    texts: { bill: 'events', notes: [] },
    rated: { measure: { volume, unit: 'events' }, rate },
    duration: { metric: 'Minute', units: 30 },
  };
}

export function enlarge(reservationIdentifier: string, units: bigint, minutes = 30): Command {
  return {
    kind: 'enlarge',
    application: 'shop',
    reservationIdentifier,
    quantity: { by: 'amount', charge: { amount: units * UNIT } },
    texts: NO_TEXTS,
    duration: { metric: 'Minute', units: minutes },
  };
}

export function capture(reservationIdentifier: string, units: bigint, code = 'cap'): Command {
  return {
    kind: 'capture',
    application: 'shop',
    reservationIdentifier,
    quantity: { by: 'amount', charge: { amount: units * UNIT } },
    texts: { bill: 'part', notes: [] },
    reference: { space: 'charge', code, fingerprint: Buffer.from(code) },
  };
}

export function release(
  reservationIdentifier: string,
  by: 'amount' | 'volume' = 'amount',
): Command {
  return { kind: 'release', application: 'shop', reservationIdentifier, by };
}

/** Evidence of `shop` for these subscribers, delivered to all of them at once. */
export function issue(reference: string, ...subscribers: readonly string[]): IssueCommand {
  return {
    kind: 'issue',
    application: 'shop',
    service: 'sms',
    reference,
    recipients: subscribers.map((subscriber) => ({ subscriber, outcome: 'delivered', afterMs: 0 })),
  };
}

/** The same charge or refund with confirmationRefs. */
export function proved(command: Command, ...confirmationRefs: readonly string[]): Command {
  return { ...command, confirmationRefs } as Command;
}

/** The same charge or refund with further descriptions. */
export function noted(command: Command, ...notes: readonly string[]): Command {
  return { ...command, texts: { bill: 'noted', notes } } as Command;
}

/** Submits a reservation and gives its identifier. */
export async function opened(ledger: Ledger, command: Command): Promise<string> {
  const { reservationIdentifier = '' } = await accepted(ledger.submit(command));
  return reservationIdentifier;
}
