// A ledger in which everything that can stand against a request is there already: barred and worn-out payers, their
// open reservations, a used reference code. Refusals change nothing, so one of it serves any number of tests.
import Database from 'better-sqlite3';
import type { Terms } from '../../src/ledger/terms';
import { MONEY_LIMITS } from '../../src/limits';
import type { Decimal, Operation } from '../../src/wsdl/schema';
import { has, openerOf } from '../support/operations';
import { PAYER, SPLIT_PAYERS } from '../support/samples';
import { EURO } from '../support/tariffs';
import {
  lenientTerms,
  openTestSandbox,
  type TestSandbox,
  temporaryFile,
} from '../support/test-sandbox';
import { BARRED, BARRED_OWNER, type PayerTrait, payerWith, USED_REFERENCE, WORN } from './payers';

const MOST = MONEY_LIMITS.counterMicros;
const LARGEST = MONEY_LIMITS.amountMicros / EURO;

export interface PreparedLedger extends TestSandbox {
  /** The terms of every application from now on. */
  setTerms(terms: Terms): void;
  /** Who pays, or the reservation of who pays, given these traits; undefined when nobody is like that. */
  payer(operation: Operation, traits: ReadonlySet<PayerTrait>): string | undefined;
}

/** Closed and deleted after the tests of the file. */
export async function prepareLedger(): Promise<PreparedLedger> {
  const file = temporaryFile();
  let terms = lenientTerms();

  const before = openTestSandbox({ file, terms: () => terms });
  await provision(before);
  const reservations = await openReservations(before);
  await useReference(before);
  await wearOut(before);
  await before.close();
  bar(file, BARRED_OWNER);

  const ledger = openTestSandbox({ file, terms: () => terms });
  return {
    ...ledger,
    setTerms: (changed) => {
      terms = changed;
    },
    payer: (operation, traits) => {
      const address = payerWith(operation, traits);
      return has(operation, 'reservationIdentifier')
        ? reservations.get(`${openerOf(operation).key} ${address}`)
        : address;
    },
  };
}

async function provision({ sandbox }: TestSandbox): Promise<void> {
  const active = { kind: 'provision', status: 'active', currency: 'EUR' } as const;
  const barred = { ...active, status: 'barred' } as const;
  const full = { balance: MOST, creditLimit: 1000n * EURO };
  await sandbox.provision([
    ...[PAYER, ...SPLIT_PAYERS, BARRED_OWNER].map((subscriber) => ({
      ...active,
      subscriber,
      balance: 1000n * EURO,
    })),
    { ...barred, subscriber: BARRED, balance: 1000n * EURO },
    { ...active, subscriber: WORN.credits, balance: MOST },
    { ...barred, subscriber: WORN['credits, barred'], balance: MOST },
    { ...active, subscriber: WORN.debits, ...full },
    { ...active, subscriber: WORN.held, ...full },
  ]);
}

/** Ten euros each, by amount and by volume, for everyone who is to own one. */
async function openReservations(ledger: TestSandbox): Promise<Map<string, string>> {
  const reservations = new Map<string, string>();
  for (const endUserIdentifier of [PAYER, BARRED_OWNER, WORN.debits, WORN.held]) {
    const charge = { description: 'hold', currency: 'EUR', amount: '10' };
    const amount = 'ReserveAmountCharging.reserveAmount';
    const volume = 'ReserveVolumeCharging.reserveVolume';
    reservations.set(
      `${amount} ${endUserIdentifier}`,
      await ledger.reserve(amount, { endUserIdentifier, charge }),
    );
    reservations.set(
      `${volume} ${endUserIdentifier}`,
      await ledger.reserve(volume, { endUserIdentifier, volume: '100' }),
    );
  }
  return reservations;
}

/** By both applications that ask, in both spaces. */
async function useReference(ledger: TestSandbox): Promise<void> {
  for (const options of [{}, { application: 'another' }]) {
    for (const key of ['AmountCharging.chargeAmount', 'AmountCharging.refundAmount']) {
      const charge = { description: 'used', amount: '0.01' };
      await ledger.ask(
        key,
        { endUserIdentifier: PAYER, charge, referenceCode: USED_REFERENCE },
        options,
      );
    }
  }
}

/** A thousand of the largest amounts take a counter to its bound. */
async function wearOut({ sandbox, wallet }: TestSandbox): Promise<void> {
  const chargeOf = (units: bigint) => ({
    description: ['fill'],
    currency: 'EUR',
    amount: `${units}` as Decimal,
  });
  const work: Promise<unknown>[] = [];
  for (const units of portions(MOST / EURO)) {
    const request = {
      endUserIdentifier: WORN.debits,
      charge: chargeOf(units),
      referenceCode: 'fill',
      confirmationRefs: [],
    };
    work.push(sandbox.perform('AmountCharging.chargeAmount', request, 'filler'));
  }
  for (const units of portions((MOST - wallet(WORN.held).held) / EURO)) {
    const request = { endUserIdentifier: WORN.held, charge: chargeOf(units) };
    work.push(sandbox.perform('ReserveAmountCharging.reserveAmount', request, 'filler'));
  }
  await Promise.all(work);
  const counters = [wallet(WORN.debits).charged, wallet(WORN.held).held];
  if (counters.some((counter) => counter !== MOST)) throw new Error(`not worn out: ${counters}`);
}

function portions(units: bigint): bigint[] {
  const portions = new Array<bigint>(Number(units / LARGEST)).fill(LARGEST);
  return units % LARGEST === 0n ? portions : [...portions, units % LARGEST];
}

/** What an operator does to an account that has reservations already. */
function bar(file: string, address: string): void {
  const database = new Database(file);
  const { changes } = database
    .prepare(`UPDATE subscriber SET status = 'barred' WHERE address = ?`)
    .run(address);
  database.close();
  if (changes !== 1) throw new Error(`${address} is not there to be barred`);
}
