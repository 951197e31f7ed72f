// X order of checks: a request that is wrong in several ways gets the fault of the earliest row of the published order.
import { beforeAll, describe, expect, test } from '@jest/globals';
import { MATRIX } from '../../src/payment/matrix';
import type { Operation } from '../../src/wsdl/schema';
import { faultDocument } from '../support/answers';
import { CATALOGUE, OPERATIONS } from '../support/operations';
import { type PreparedLedger, prepareLedger } from './prepared-ledger';
import { type Row, rowsOf, scenarioOf, send } from './scenarios';

let ledger: PreparedLedger;
let before: string;
beforeAll(async () => {
  ledger = await prepareLedger();
  before = ledger.digest();
});

/** Neighbours that no request can be wrong by at once, and why. */
const EXCLUSIVE: Readonly<Record<string, string>> = {
  'subscriber known, account active': 'whoever is not known is not barred',
  'referenceCode within bounds, reference code unused': 'a code too long has never been used',
  'within the reservation, funds': 'what reduces a reservation needs no funds',
};

const CASES = CATALOGUE.operations.flatMap((operation) => {
  const rows = rowsOf(operation);
  return rows
    .slice(0, -1)
    .map(
      (row, index) =>
        [`${operation.key}: ${row.name}`, operation, row, rows.slice(index + 1)] as const,
    );
});

describe('the published order is that of ruling X', () => {
  /** Of the request: what it says, then policy, then its sums and its money. */
  const RANKS = [
    'SVC0002',
    'POL0251',
    'POL0250',
    'POL0012',
    'POL0252',
    'SVC0271',
    'SVC0007',
    'SVC0001',
  ];
  const ACCOUNT_ROWS = [
    'subscriber known',
    'account active',
    'confirmationRefs hold',
    'within the charge it undoes',
    'funds',
    'largest balance',
  ];

  test.each(OPERATIONS)(
    '%s: its parts, policy, percentages, charging information',
    (_, operation) => {
      const names = new Set(MATRIX.map(({ name }) => name));
      const faults = rowsOf(operation)
        .filter(({ name }) => names.has(name))
        .map(({ wrong }) => wrong.fault[0]);
      expect(faults).toEqual([...faults].sort((a, b) => RANKS.indexOf(a) - RANKS.indexOf(b)));
    },
  );

  test.each(OPERATIONS)(
    '%s: the reservation, its limits, the account, its funds',
    (_, operation) => {
      const rows = rowsOf(operation).map(({ name }) => name);
      const account = rows.filter((name) => ACCOUNT_ROWS.includes(name));
      expect(account).toEqual(ACCOUNT_ROWS.filter((name) => rows.includes(name)));
      const firstOfAccount = rows.indexOf(account[0] ?? '');
      for (const earlier of [
        'reservation open',
        'maximumAmountPerTransaction',
        'maximumAmountPerMonth',
      ]) {
        expect(rows.indexOf(earlier)).toBeLessThan(firstOfAccount);
      }
    },
  );
});

describe('before every later row, one at a time', () => {
  test.each(CASES)('%s', async (_, operation, row, later) => {
    const alone = await answerTo(operation, [row]);
    for (const [index, other] of later.entries()) {
      const both = await answerTo(operation, [row, other]);
      const pair = `${row.name}, ${other.name}`;
      if (both === undefined && (index > 0 || pair in EXCLUSIVE)) continue;
      expect({ pair, ...both }).toEqual({ pair, ...alone, text: faultDocument(row.wrong.fault) });
    }
  });
});

describe('before all later rows together', () => {
  test.each(CASES)('%s', async (_, operation, row, later) => {
    const rows: [Row, ...Row[]] = [row];
    for (const other of later) {
      if (possible(operation, [...rows, other])) rows.push(other);
    }
    expect(await answerTo(operation, rows)).toEqual(await answerTo(operation, [row]));
  });
});

test('none of these changed the ledger', () => {
  expect(ledger.digest()).toBe(before);
});

function possible(operation: Operation, [first, ...others]: readonly [Row, ...Row[]]): boolean {
  const wrongs = [first.wrong, ...others.map(({ wrong }) => wrong)] as const;
  return scenarioOf(ledger, operation, wrongs) !== undefined;
}

/** The answer's bytes, and the reason on the record, which tells rows with the same fault apart; numbers aside. */
async function answerTo(operation: Operation, [first, ...others]: readonly [Row, ...Row[]]) {
  const scenario = scenarioOf(ledger, operation, [
    first.wrong,
    ...others.map(({ wrong }) => wrong),
  ]);
  if (scenario === undefined) return undefined;
  const { text, record } = await send(ledger, scenario);
  return { text, reason: record.detail?.replace(/\d{3,}/g, '#') };
}
