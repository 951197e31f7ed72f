// Fields that the schema has once and clients repeat: a list with a deviation, when the codec is told to expect it.
import { describe, expect, test } from '@jest/globals';
import { compileDecoder, type RepeatedFields } from '../../../src/soap/decode';
import type { Deviation } from '../../../src/soap/deviation';
import { ShapeFault } from '../../../src/soap/rejection';
import {
  complex,
  element,
  message,
  names,
  ONE,
  PARKING,
  readXml,
  simple,
  thrownBy,
} from './support';

const FEE = complex('Fee', [
  element('text', simple('string')),
  element('sum', simple('decimal'), [0, 1]),
]);
const PARTS = [
  element('fee', FEE, ONE, PARKING),
  element('ticket', simple('string'), ONE, PARKING),
];
const REPEATED: RepeatedFields = new Map([['Fee/text', 'description.repeated']]);

function decoded(fee: string, repeated?: RepeatedFields) {
  const deviations: Deviation[] = [];
  const xml = `<p:park xmlns:p="${PARKING}"><p:fee>${fee}</p:fee><p:ticket>t</p:ticket></p:park>`;
  const value = compileDecoder(message('park', PARTS), repeated)(readXml(xml), deviations);
  return [value.fee, ...names(deviations)];
}

describe('a field that may be repeated', () => {
  test.each([
    ['once', '<text>a</text>', [{ text: 'a' }]],
    ['once and empty', '<text></text>', [{ text: '' }]],
    [
      'twice',
      '<text>a</text><text>b</text>',
      [{ text: ['a', 'b'] }, 'description.repeated park/fee/text'],
    ],
    [
      'twice, one of them empty',
      '<text></text><text>b</text>',
      [{ text: ['', 'b'] }, 'description.repeated park/fee/text'],
    ],
    [
      'three times, another field between them',
      '<text>a</text><sum>1</sum><text>b</text><text>c</text>',
      [{ text: ['a', 'b', 'c'], sum: '1' }, 'order park/fee', 'description.repeated park/fee/text'],
    ],
  ])('%s', (_times, fee, expected) => {
    expect(decoded(fee, REPEATED)).toEqual(expected);
  });

  test.each([
    ['absent: is as absent as ever', '<sum>1</sum>', REPEATED, 'park/fee/text is missing'],
    [
      'another field twice: is refused',
      '<text>a</text><sum>1</sum><sum>2</sum>',
      REPEATED,
      'park/fee/sum is there 2 times',
    ],
    [
      'twice, where nobody expects it: is refused',
      '<text>a</text><text>b</text>',
      undefined,
      'park/fee/text is there 2 times',
    ],
  ])('%s', (_what, fee, repeated, detail) => {
    const thrown = thrownBy(() => decoded(fee, repeated));
    expect(thrown).toBeInstanceOf(ShapeFault);
    expect(thrown).toMatchObject({ part: 'fee', detail });
  });
});
