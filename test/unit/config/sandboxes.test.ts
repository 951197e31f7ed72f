// The section "sandboxes" of a configuration: what rules mean, and which of them cannot be.
import { describe, expect, test } from '@jest/globals';
import { loadObjects } from '../../../src/config/load';

type Rule = { sandbox: string; applications?: string[]; msisdnRanges?: object[] };

function selection(rules: readonly Rule[]) {
  return loadObjects({ sandboxes: { rules } }, undefined).sandboxes;
}

test('without a word sandboxes make themselves and there are no rules', () => {
  expect(loadObjects({}, undefined).sandboxes).toEqual({
    autoCreate: true,
    rules: { applications: new Map(), numbers: [], countryCode: undefined },
  });
});

test('rules name applications and numbers', () => {
  const { rules } = selection([
    { sandbox: 'a', applications: ['shop'], msisdnRanges: [{ prefix: '+1555' }] },
    { sandbox: 'b', msisdnRanges: [{ from: '4470000', to: '+4479999' }] },
  ]);
  expect([...rules.applications]).toEqual([['shop', 'a']]);
  expect(rules.numbers.map(({ range, sandbox }) => [range, sandbox])).toEqual([
    [{ prefix: '1555' }, 'a'],
    [{ from: '4470000', to: '4479999' }, 'b'],
  ]);
});

describe('ranges that have a number in common are refused', () => {
  const range = (text: string) => {
    const [from = '', to] = text.split('-');
    return to === undefined ? { prefix: from } : { from, to };
  };

  test.each([
    ['1555', '1555'],
    ['1555', '15'],
    ['15', '1555'],
    ['1000-1999', '1999-2000'],
    ['1000-1999', '1200-1300'],
    ['1200-1300', '1000-1999'],
    ['15', '1400-1500'],
    ['1400-1500', '15'],
    ['1', '1000000-1999999'],
  ])('%s and %s', (one, other) => {
    expect(() =>
      selection([
        { sandbox: 'a', msisdnRanges: [range(one)] },
        { sandbox: 'b', msisdnRanges: [range(other)] },
      ]),
    ).toThrow(
      'sandboxes.rules[1].msisdnRanges[0]: has numbers of rules[0].msisdnRanges[0], which belong to a',
    );
  });

  test.each([
    ['1555', '1556'],
    ['1000-1999', '2000-2999'],
    ['1000-1999', '10000-19999'],
    ['15', '1400-1499'],
    ['15000', '1500-1599'],
  ])('not %s and %s', (one, other) => {
    const rules = [
      { sandbox: 'a', msisdnRanges: [range(one)] },
      { sandbox: 'b', msisdnRanges: [range(other)] },
    ];
    expect(selection(rules).rules.numbers).toHaveLength(2);
  });
});

describe('it is refused', () => {
  const ODD = 'expected a prefix, or from and to that have the same number of digits';
  test.each<[string, Rule[], string]>([
    [
      'an application twice',
      [
        { sandbox: 'a', applications: ['shop'] },
        { sandbox: 'b', applications: ['shop'] },
      ],
      'sandboxes.rules[1].applications[0]: shop belongs to a already',
    ],
    [
      'a rule that says nothing',
      [{ sandbox: 'a' }],
      'sandboxes.rules[0]: says nothing: expected applications, msisdnRanges or both',
    ],
    ['a name that is none', [{ sandbox: 'A', applications: ['x'] }], 'sandboxes.rules[0].sandbox:'],
    ['a range without an end', [{ sandbox: 'a', msisdnRanges: [{ from: '1000' }] }], ODD],
    ['a range upside down', [{ sandbox: 'a', msisdnRanges: [{ from: '2000', to: '1000' }] }], ODD],
    ['two lengths', [{ sandbox: 'a', msisdnRanges: [{ from: '100', to: '1000' }] }], ODD],
    [
      'prefix and range',
      [{ sandbox: 'a', msisdnRanges: [{ prefix: '1', from: '100', to: '200' }] }],
      ODD,
    ],
    ['nothing', [{ sandbox: 'a', msisdnRanges: [{}] }], ODD],
    [
      'a number that is none',
      [{ sandbox: 'a', msisdnRanges: [{ prefix: 'tel:1' }] }],
      'found "tel:1", expected the first digits of a number in quotes',
    ],
  ])('%s', (_what, rules, sentence) => {
    expect(() => selection(rules)).toThrow(sentence);
  });
});

test('no rule leads to the state right after the seed', () => {
  expect(() => selection([{ sandbox: 'baseline', applications: ['shop'] }])).toThrow(
    'sandboxes.rules[0].sandbox: found "baseline", expected a name',
  );
});
