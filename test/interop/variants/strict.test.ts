// The table held to the letter: what deviates is refused and changes nothing, what does not is answered as before.
import { describe, expect, test } from '@jest/globals';
import { faultOf } from './facts';
import { inProcess } from './running';
import { TABLE } from './table';
import type { Variant } from './variant';

/** A finding of the ledger: nothing in the message is otherwise than it should be. */
const FINDINGS: ReadonlySet<string> = new Set(['reference.duplicate']);

/** Deviations of values, which are faults of the operation with its part or its charging information. */
const OF_VALUES: ReadonlyMap<string, string> = new Map([
  ['address.scheme', 'SVC0002'],
  ['currency.alias', 'SVC0007'],
]);

const refusable = ({ deviations }: Variant) => deviations.filter((name) => !FINDINGS.has(name));
const understood = TABLE.filter(([, { fault }]) => fault === undefined);
const deviating = understood.filter(([, variant]) => refusable(variant).length > 0);
const exact = understood.filter(([, variant]) => refusable(variant).length === 0);
const refusedAnyway = TABLE.filter(([, { fault }]) => fault !== undefined);

describe('a deviation is a fault', () => {
  test.each(deviating)('%s', async (_, variant) => {
    const { status, text, changed, record } = await inProcess(variant, { strict: true });
    expect({ status, changed }).toEqual({ status: 500, changed: false });
    const names = refusable(variant);
    const ofShape = names.filter((name) => !OF_VALUES.has(name));
    if (ofShape.length > 0) {
      expect(record.fault).toBe('Client');
      const [, named] = /Refused for the deviation ([a-z0-9.-]+?)(?: at |: )/.exec(text) ?? [];
      expect(ofShape).toContain(named);
    } else {
      expect(names.map((name) => OF_VALUES.get(name))).toContain(record.fault);
      expect(text).toContain(`<messageId>${record.fault}</messageId>`);
    }
  });
});

describe('without a deviation nothing is refused', () => {
  test.each(exact)('%s', async (_, variant) => {
    const { status, text, ledger } = await inProcess(variant, { strict: true });
    expect({ status, ledger }).toEqual({ status: 200, ledger: variant.ledger });
    expect(text).toBe((await inProcess(variant)).text);
  });
});

describe('what is refused anyway is refused', () => {
  test.each(refusedAnyway)('%s', async (_, variant) => {
    const { status, changed, text } = await inProcess(variant, { strict: true });
    expect({ status, changed }).toEqual({ status: 500, changed: false });
    const find = (tag: string) =>
      [...text.matchAll(new RegExp(`<${tag}>([^<]*)`, 'g'))].map(([, found = '']) => found);
    const { faultcode } = faultOf(find, undefined);
    const refusal = refusable(variant).length > 0 ? ['soapenv:Client'] : [];
    expect([variant.fault?.faultcode, ...refusal]).toContain(faultcode);
  });
});

test('the table has rows of each kind', () => {
  expect(deviating.length).toBeGreaterThan(50);
  expect(exact.length).toBeGreaterThan(30);
  expect(refusedAnyway.length).toBeGreaterThan(15);
});
