// Every variant of the table, through the engine: its outcome, its deviations, what the ledger did, and the answer in the
// eyes of six independent readers.
import { describe, expect, test } from '@jest/globals';
import { DEVIATION_NAMES } from '../../../src/soap/deviation';
import { operationOf, PACKAGED } from '../../support/operations';
import { expectedFacts, namespacesOf } from './expected';
import { READERS } from './readers';
import { inProcess } from './running';
import { TABLE } from './table';

describe('a variant', () => {
  test.each(TABLE)('%s', async (_, variant) => {
    const outcome = await inProcess(variant);
    const { application, operation, version, deviations } = outcome.record;

    expect({
      status: outcome.status,
      deviations: deviations
        .map(({ name }) => name)
        .filter(isFirst)
        .sort(),
      ledger: outcome.ledger,
      ...(variant.billed !== undefined &&
        variant.fault === undefined && { billed: outcome.billed }),
      application,
    }).toEqual({
      status: variant.fault === undefined ? 200 : 500,
      deviations: [...variant.deviations].sort(),
      ledger: variant.ledger,
      ...(variant.billed !== undefined &&
        variant.fault === undefined && { billed: variant.billed }),
      application: variant.application,
    });
    if (variant.fault === undefined || variant.fault.exception !== undefined) {
      expect([operation, version]).toEqual([variant.operation, variant.version]);
    }
    if (variant.fault !== undefined) expect(outcome.changed).toBe(false);
    expect(outcome.headers).toEqual({
      'content-type': expect.stringMatching(
        /^(?:text\/xml|application\/soap\+xml); charset=utf-8$/,
      ),
      'content-length': String(Buffer.byteLength(outcome.text)),
    });

    const expected = expectedFacts(variant, outcome.text);
    const asked = operationOf(variant.operation, variant.version);
    for (const reader of READERS) {
      const facts = await reader.read(outcome.text, asked, namespacesOf(variant, outcome.text));
      expect([reader.name, facts]).toEqual([reader.name, only(expected, reader.tells)]);
    }
  });
});

test('version 1.0 is refused at its subscriber, and the record says why', async () => {
  const [, variant] = TABLE.find(([name]) => name.startsWith('1.0: rpc')) ?? [];
  const { record } = await inProcess(variant!);
  expect(record.detail).toBe('reserveAmount/endUserIdentifier holds elements instead of a value');
});

describe('the table', () => {
  test('has more than a hundred rows, each with a name of its own', () => {
    expect(new Set(TABLE.map(([name]) => name)).size).toBe(TABLE.length);
    expect(TABLE.length).toBeGreaterThan(100);
  });

  test('meets every deviation that there is', () => {
    const met = new Set(TABLE.flatMap(([, { deviations }]) => deviations));
    const ofLedger = ['reference.duplicate'];
    const ofValues = ['address.scheme', 'currency.alias'];
    expect([...met].sort()).toEqual(
      [...new Set([...DEVIATION_NAMES, ...ofValues, ...ofLedger])].sort(),
    );
  });

  test('meets every operation of version 2.1 on amounts, and every version', () => {
    const met = new Set(TABLE.map(([, { operation, version }]) => `${version} ${operation}`));
    for (const { version, key } of PACKAGED.operations) {
      if (version === 'v2_1' && key.includes('AmountCharging')) {
        expect(met).toContain(`${version} ${key}`);
      }
    }
    expect(new Set(TABLE.map(([, { version }]) => version)).size).toBe(4);
  });
});

function isFirst(name: string, index: number, names: readonly string[]): boolean {
  return names.indexOf(name) === index;
}

function only(facts: object, names: readonly string[]): object {
  return Object.fromEntries(Object.entries(facts).filter(([name]) => names.includes(name)));
}
