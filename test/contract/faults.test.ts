// Every fault that clause 8 lists for an operation is answered by it, to the letter of TS 29.199-1 and clause 9, and no
// other is. What refused requests leave behind: nothing.
import { beforeAll, describe, expect, test } from '@jest/globals';
import { expectFault, type MessageId } from '../support/answers';
import { OPERATIONS } from '../support/operations';
import { listedFaults } from './listed-faults';
import { type PreparedLedger, prepareLedger } from './prepared-ledger';
import { rowsOf, scenarioOf, send } from './scenarios';

let ledger: PreparedLedger;
beforeAll(async () => {
  ledger = await prepareLedger();
});

describe.each(OPERATIONS)('%s', (key, operation) => {
  let before: string;
  beforeAll(() => {
    before = ledger.digest();
  });

  const cases = rowsOf(operation).map((row) => [row.wrong.fault.join(' '), row.name, row] as const);

  test.each(cases)('%s: %s', async (_fault, _name, { wrong }) => {
    const scenario = scenarioOf(ledger, operation, [wrong]);
    if (scenario === undefined) throw new Error('one wrong alone can always be made');
    const answer = await send(ledger, scenario);
    expectFault(answer, wrong.fault);
    expect(answer.record).toMatchObject({ operation: key, fault: wrong.fault[0] });
  });

  test('none of these changed the ledger', () => {
    expect(ledger.digest()).toBe(before);
  });
});

describe('the lists of clause 8', () => {
  test.each(OPERATIONS)('%s answers no fault that is not listed', (key, operation) => {
    const answered = new Set<MessageId>(rowsOf(operation).map(({ wrong }) => wrong.fault[0]));
    expect([...answered].filter((fault) => !listedFaults(key).includes(fault))).toEqual([]);
  });

  test.each(OPERATIONS)('%s answers every fault that is', (key, operation) => {
    const answered = new Set<MessageId>(rowsOf(operation).map(({ wrong }) => wrong.fault[0]));
    // SVC0001 of every operation: locked-ledger.test.ts.
    answered.add('SVC0001');
    expect(listedFaults(key).filter((fault) => !answered.has(fault))).toEqual([]);
  });
});
