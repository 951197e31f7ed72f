// PHP SoapClient, Python zeep and Perl SOAP::Lite call every operation and understand every answer.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { OPERATIONS, operationOf } from '../../support/operations';
import { partsOf } from '../../support/requests';
import { EURO } from '../../support/tariffs';
import * as cases from './cases';
import type { Arguments } from './client-process';
import { DONE, successOf, typed } from './expected';
import { type Outcome, putToWork, reservationIn, type ToolkitAtWork } from './foreign-toolkit';
import { programOf } from './installed';
import { TOOLKITS, type Toolkit } from './toolkits';

/** What the tests of one toolkit share. */
interface Bench {
  readonly toolkit: Toolkit;
  /** `test`, or `test.skip` where the toolkit is missing. */
  readonly check: typeof test;
  readonly start: (options: Parameters<typeof putToWork>[2]) => Promise<ToolkitAtWork>;
  readonly work: () => ToolkitAtWork;
  /** Calls an operation of version 4.0 with valid arguments but for those given. */
  readonly ask: (key: string, given?: Arguments) => Promise<Outcome>;
}

describe.each(TOOLKITS.map((toolkit) => [toolkit.name, toolkit] as const))('%s', (_, toolkit) => {
  const program = programOf(toolkit);
  let work: ToolkitAtWork;
  const bench: Bench = {
    toolkit,
    check: program === undefined ? (test.skip as typeof test) : test,
    start: (options) => putToWork(toolkit, program ?? '', options),
    work: () => work,
    ask: async (key, given) => {
      const operation = operationOf(key);
      return work.call(operation, await work.argumentsFor(operation, given));
    },
  };

  beforeAll(async () => {
    if (program === undefined) return;
    work = await bench.start({ configuration: cases.CONFIGURATION, seed: cases.SEED });
  });
  afterAll(async () => {
    await work?.close();
  });

  describe('succeeds', () => succeeds(bench));
  describe('has typed faults', () => hasTypedFaults(bench));
  describe('writes amounts', () => writesAmounts(bench));
  describe('keeps values', () => keepsValues(bench));
  describe('tells a story', () => tellsAStory(bench));
  describe('is put up with', () => isPutUpWith(bench));
});

function succeeds({ toolkit, check, ask, work }: Bench): void {
  check.each(OPERATIONS)('%s', async (key, operation) => {
    expect(await ask(key)).toEqual(successOf(toolkit, operation));
    expect(work().emulator.records.at(-1)).toMatchObject({ operation: key, status: 200 });
  });
}

function hasTypedFaults({ check, ask, start }: Bench): void {
  check.each(OPERATIONS)('%s: its first part is wrong', async (key, operation) => {
    const [{ name } = { name: '' }] = partsOf(operation);
    expect(await ask(key, { [name]: cases.UNFIT[name] })).toEqual(typed(['SVC0002', name]));
  });

  check.each(cases.FAULT_CASES)('%s: %s', async (key, _name, given, fault) => {
    expect(await ask(key, given)).toEqual(typed(fault));
  });

  check.each(['AmountCharging.chargeSplitAmount', 'VolumeCharging.chargeSplitVolume'])(
    '%s: no splits',
    async (key) => {
      const policies = { SplitChargingAvailable: false };
      const other = await start({ configuration: { policies } });
      const operation = operationOf(key);
      const outcome = await other.call(operation, await other.argumentsFor(operation));
      await other.close();
      expect(outcome).toEqual(typed(['POL0251']));
    },
  );
}

function writesAmounts({ check, ask, work }: Bench): void {
  check.each(cases.AMOUNT_CASES)('%s %j', async (_, amount, outcome) => {
    const endUserIdentifier = payerOf(amount);
    const charge = { description: 'x', currency: 'EUR', amount };
    const charged = typeof outcome === 'bigint';
    expect(await ask('AmountCharging.chargeAmount', { endUserIdentifier, charge })).toEqual(
      charged ? DONE : typed(outcome),
    );
    expect(spentBy(work(), endUserIdentifier)).toBe(charged ? outcome : 0n);
  });
}

function keepsValues({ toolkit, check, ask, work }: Bench): void {
  check('the largest xsd:long', async () => {
    const given = { volume: cases.LARGEST_LONG, ...cases.unit('bits') };
    expect(await ask('VolumeCharging.getAmount', given)).toEqual({
      result: expect.objectContaining({ amount: cases.PRICE_OF_LARGEST_LONG }),
    });
  });

  check.each([
    [cases.BEYOND_LONG, cases.PRICE_OF_LARGEST_LONG],
    ['1.5', '0.00'],
  ])('no xsd:long: %s', async (volume, priceOfBent) => {
    const bent = { result: expect.objectContaining({ amount: priceOfBent }) };
    expect(await ask('VolumeCharging.getAmount', { volume, ...cases.unit('bits') })).toEqual(
      toolkit.bendsIntegers ? bent : typed(['SVC0002', 'volume']),
    );
  });

  check('any characters in a text', async () => {
    const endUserIdentifier = 'tel:+15550199';
    const charge = { description: cases.UNICODE, amount: '1' };
    const outcome = await ask('AmountCharging.chargeAmount', { endUserIdentifier, charge });
    expect(outcome).toEqual(DONE);
    const [entry] = work().emulator.sandbox().ledger.read.billEntries(endUserIdentifier);
    expect(entry?.texts).toEqual([cases.UNICODE]);
  });

  check('a required part that is left out', async () => {
    const operation = operationOf('AmountCharging.chargeAmount');
    const endUserIdentifier = 'tel:+15550198';
    const given = await work().argumentsFor(operation, { endUserIdentifier });
    const { referenceCode: _left, ...others } = given as Record<string, unknown>;
    expect(await work().call(operation, others)).toEqual(
      toolkit.refusesToOmit
        ? { error: expect.stringContaining('referenceCode') }
        : typed(['SVC0002', 'referenceCode']),
    );
    expect(spentBy(work(), endUserIdentifier)).toBe(0n);
  });
}

function tellsAStory({ check, work, ask }: Bench): void {
  check('a match by reservation (8.3), a refund (8.1.2)', async () => {
    const on = (operation: string, given: Arguments): Promise<Outcome> =>
      work().call(operationOf(`ReserveAmountCharging.${operation}`), given);
    const viewer = { endUserIdentifier: cases.VIEWER };
    const reservationIdentifier = reservationIn(
      await on('reserveAmount', { ...viewer, ...cases.charge('10.00') }),
    );
    const capture = (amount: string, referenceCode: string): Promise<Outcome> =>
      on('chargeReservation', { reservationIdentifier, ...cases.charge(amount), referenceCode });

    expect(await capture('5.00', 'half-1')).toEqual(DONE);
    const more = { reservationIdentifier, ...cases.charge('4.00') };
    expect(await on('reserveAdditionalAmount', more)).toEqual(DONE);
    expect(await capture('9.01', 'half-2')).toEqual(typed(['SVC0270']));
    expect(await capture('5.00', 'half-2')).toEqual(DONE);
    expect(await on('releaseReservation', { reservationIdentifier })).toEqual(DONE);
    expect(await on('releaseReservation', { reservationIdentifier })).toEqual(
      typed(['SVC0002', 'reservationIdentifier']),
    );
    const refund = { ...viewer, ...cases.charge('1.00') };
    expect(await ask('AmountCharging.refundAmount', refund)).toEqual(DONE);

    const { read } = work().emulator.sandbox().ledger;
    const bill = read.billEntries(cases.VIEWER);
    expect(bill.map(({ kind, amount }) => [kind, amount / EURO])).toEqual([
      ['charge', 10n],
      ['refund', 1n],
    ]);
  });
}

function isPutUpWith({ toolkit, check, work }: Bench): void {
  check('all that it deviates in', () => {
    const names = work().emulator.records.flatMap(({ deviations }) =>
      deviations.map(({ name }) => name as string),
    );
    const ofTheRequest = names.filter((name) => !name.startsWith('reference.'));
    expect([...new Set(ofTheRequest)].sort()).toEqual(toolkit.deviations);
  });
}

/** A subscriber of its own for each amount. */
function payerOf(amount: string | number): string {
  const index = cases.AMOUNT_CASES.findIndex(([, each]) => each === amount);
  return `tel:+15551${String(index).padStart(3, '0')}`;
}

/** In micros. */
function spentBy({ emulator }: ToolkitAtWork, subscriber: string): bigint {
  return emulator.sandbox().ledger.read.wallets(subscriber)[0]?.debits ?? 0n;
}
