// The same toolkits with the WSDL of each older version, from `?wsdl=v2_1` and the like.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Operation } from '../../../src/wsdl/schema';
import type { Fault } from '../../support/answers';
import { operationOf, PAYMENT } from '../../support/operations';
import { partsOf } from '../../support/requests';
import { BARRED, CONFIGURATION, SEED, UNFIT } from './cases';
import type { Arguments } from './client-process';
import { successOf, typed } from './expected';
import { type Outcome, putToWork, type ToolkitAtWork } from './foreign-toolkit';
import { programOf } from './installed';
import { TOOLKITS } from './toolkits';

const OLDER = PAYMENT.filter(({ version }) => version !== 'v4_0').map(
  (operation) => [`${operation.version} ${operation.key}`, operation] as const,
);

/** chargeAmount of 2.1, by far the most used operation of all. */
const CHARGES_2_1: readonly (readonly [name: string, Arguments, Fault])[] = [
  ['an empty referenceCode', { referenceCode: '' }, ['SVC0002', 'referenceCode']],
  ['an exponent', chargeOf({ amount: '1e3' }), ['SVC0002', 'charge']],
  ['neither amount nor code', chargeOf({}), ['SVC0007']],
  ['finer than a cent', chargeOf({ amount: '0.001' }), ['SVC0007']],
  ['no funds', chargeOf({ amount: '5000.00' }), ['SVC0270']],
  ['a barred account', { endUserIdentifier: BARRED }, ['SVC0270']],
];

describe.each(TOOLKITS.map((toolkit) => [toolkit.name, toolkit] as const))('%s', (_, toolkit) => {
  const program = programOf(toolkit);
  const check = program === undefined ? (test.skip as typeof test) : test;
  let work: ToolkitAtWork;

  beforeAll(async () => {
    if (program === undefined) return;
    work = await putToWork(toolkit, program, { configuration: CONFIGURATION, seed: SEED });
  });
  afterAll(async () => {
    await work?.close();
  });

  const ask = async (operation: Operation, given?: Arguments): Promise<Outcome> =>
    work.call(operation, await work.argumentsFor(operation, given));

  describe('succeeds', () => {
    check.each(OLDER)('%s', async (_key, operation) => {
      const { version } = operation;
      expect(await ask(operation)).toEqual(successOf(toolkit, operation));
      expect(work.emulator.records.at(-1)).toMatchObject({ version, status: 200 });
    });
  });

  describe('has typed faults', () => {
    check.each(OLDER)('%s: its first part is wrong', async (_key, operation) => {
      const [{ name } = { name: '' }] = partsOf(operation);
      expect(await ask(operation, { [name]: UNFIT[name] })).toEqual(typed(['SVC0002', name]));
    });

    check.each(CHARGES_2_1)('v2_1 AmountCharging.chargeAmount: %s', async (_name, given, fault) => {
      const operation = operationOf('AmountCharging.chargeAmount', 'v2_1');
      expect(await ask(operation, given)).toEqual(typed(fault));
    });

    check('v2_1 AmountCharging.refundAmount: a barred account', async () => {
      const operation = operationOf('AmountCharging.refundAmount', 'v2_1');
      expect(await ask(operation, { endUserIdentifier: BARRED })).toEqual(
        typed(['POL0001', 'ACCOUNT_BARRED']),
      );
    });
  });
});

function chargeOf(price: object): Arguments {
  return { charge: { description: 'x', currency: 'EUR', ...price } };
}
