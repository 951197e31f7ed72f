// Elements to typed messages: what is put up with and noted, and what is a fault of which part.
import { describe, expect, test } from '@jest/globals';
import { compileDecoder } from '../../../src/soap/decode';
import { ShapeFault } from '../../../src/soap/rejection';
import {
  ANY,
  decodeParts,
  element,
  ONE,
  OPTIONAL,
  PARK_PARTS,
  PARKING,
  SOME,
  simple,
  thrownBy,
} from './support';

const PLATE = '<p:plate>urn:plate:1</p:plate>';
const FEE_XML = '<p:fee><text>lot 7</text></p:fee>';
const TICKET = '<p:ticket>t-1</p:ticket>';
const PARKED = { plate: 'urn:plate:1', fee: { text: ['lot 7'] }, extras: [], ticket: 't-1' };

const park = (content: string) => decodeParts(PARK_PARTS, content);
const fee = (content: string) => park(`${PLATE}<p:fee>${content}</p:fee>${TICKET}`);

/** `part: detail` of the ShapeFault that decoding ends with. */
function faultOf(act: () => unknown): string {
  const fault = thrownBy(act);
  expect(fault).toBeInstanceOf(ShapeFault);
  const { part, detail } = fault as ShapeFault;
  return `${part}: ${detail}`;
}

describe('a request to the letter', () => {
  test('gives every value its type, and notes nothing', () => {
    expect(
      park(
        `${PLATE}<p:fee><text>lot 7</text><text>ref 9</text><money>EUR</money><sum>+001.50</sum><tariff>A</tariff></p:fee>` +
          '<p:minutes>9007199254740993</p:minutes><p:memo>by the gate</p:memo>' +
          `<p:extras><name>size</name><value></value></p:extras><p:extras><name>n</name><value>v</value><hint>h</hint></p:extras>${TICKET}`,
      ),
    ).toEqual({
      value: {
        plate: 'urn:plate:1',
        fee: { text: ['lot 7', 'ref 9'], money: 'EUR', sum: '+001.50', tariff: 'A' },
        minutes: 9007199254740993n,
        memo: 'by the gate',
        extras: [
          { name: 'size', value: '' },
          { name: 'n', value: 'v', hint: 'h' },
        ],
        ticket: 't-1',
      },
      deviations: [],
    });
  });

  test('what is optional and absent is no property; what may repeat is an array all the same', () => {
    const { value } = park(PLATE + FEE_XML + TICKET);
    expect(value).toStrictEqual(PARKED);
    expect(Object.keys(value)).toEqual(['plate', 'fee', 'extras', 'ticket']);
  });

  test.each([
    ['int', '<p:x> 42 </p:x>', 42],
    ['long', '<p:x>-1</p:x>', -1n],
    ['boolean', '<p:x>1</p:x>', true],
    ['decimal', '<p:x>\n.5\t</p:x>', '.5'],
    ['dateTime', '<p:x>2026-01-31T12:00:00Z</p:x>', '2026-01-31T12:00:00Z'],
    ['anyURI', '<p:x> urn:a b </p:x>', 'urn:a b'],
  ] as const)('xsd:%s collapses its white space without a deviation', (base, content, x) => {
    const parts = [element('x', simple(base), ONE, PARKING)];
    expect(decodeParts(parts, content)).toEqual({ value: { x }, deviations: [] });
  });
});

describe('put up with and noted', () => {
  test.each([
    ['part.ns park/plate', `<plate>urn:plate:1</plate>${FEE_XML}${TICKET}`],
    ['part.ns park/plate', `<plate xmlns="urn:other">urn:plate:1</plate>${FEE_XML}${TICKET}`],
    ['type.ns park/fee/text', `${PLATE}<p:fee><p:text>lot 7</p:text></p:fee>${TICKET}`],
    ['order park', TICKET + FEE_XML + PLATE],
    ['case park/Plate', `<p:Plate>urn:plate:1</p:Plate>${FEE_XML}${TICKET}`],
    ['case park/fee/Text', `${PLATE}<p:fee><Text>lot 7</Text></p:fee>${TICKET}`],
    ['extra.element park/colour', `${PLATE}<p:colour>red<b/></p:colour>${FEE_XML}${TICKET}`],
    [
      'extra.element park/fee/vat',
      `${PLATE}<p:fee><text>lot 7</text><vat>1</vat></p:fee>${TICKET}`,
    ],
    [
      'extra.attribute park/plate/@type',
      `<p:plate xsi:type="xsi:int">urn:plate:1</p:plate>${FEE_XML}${TICKET}`,
    ],
    [
      'extra.attribute park/fee/@encodingStyle',
      `${PLATE}<p:fee encodingStyle="x"><text>lot 7</text></p:fee>${TICKET}`,
    ],
    [
      'extra.attribute park/plate/@__proto__',
      `<p:plate __proto__="x">urn:plate:1</p:plate>${FEE_XML}${TICKET}`,
    ],
    [
      'extra.element park/__proto__',
      `${PLATE}<__proto__><plate>2</plate></__proto__>${FEE_XML}${TICKET}`,
    ],
    ['extra.text park', `${PLATE}surplus${FEE_XML}${TICKET}`],
    ['trim park/ticket', `${PLATE}${FEE_XML}<p:ticket> t-1\n</p:ticket>`],
    ['trim park/fee/text', `${PLATE}<p:fee><text> lot 7</text></p:fee>${TICKET}`],
    ['empty park/memo', `${PLATE}${FEE_XML}<p:memo/>${TICKET}`],
    ['empty park/minutes', `${PLATE}${FEE_XML}<p:minutes> </p:minutes>${TICKET}`],
    ['empty park/minutes', `${PLATE}${FEE_XML}<p:minutes xsi:nil="true"/>${TICKET}`],
    ['empty park/extras', `${PLATE}${FEE_XML}<p:extras/>${TICKET}`],
    ['empty park/extras', `${PLATE}${FEE_XML}<p:extras xsi:nil="1"/>${TICKET}`],
    [
      'empty park/fee/text',
      `${PLATE}<p:fee><text xsi:nil="true"/><text>lot 7</text></p:fee>${TICKET}`,
    ],
  ])('%s', (deviation, content) => {
    expect(park(content)).toEqual({ value: PARKED, deviations: [deviation] });
  });

  test.each(['<money/>', '<sum/>', '<tariff> </tariff>', '<sum xsi:nil="true"/>'])(
    'nothing is noted for an optional field without a value: %s',
    (field) => {
      const content = field.replace(' </tariff>', '</tariff>');
      expect(fee(`<text>lot 7</text>${content}`)).toEqual({ value: PARKED, deviations: [] });
    },
  );

  test('nil="false" is what it says', () => {
    const content = `<p:plate xsi:nil="false">urn:plate:1</p:plate>${FEE_XML}${TICKET}`;
    expect(park(content)).toEqual({ value: PARKED, deviations: [] });
  });

  test('several at once, each with its place', () => {
    const { deviations } = park(
      '<ticket>t-1</ticket><plate>u</plate><Fee><text>lot 7</text></Fee>',
    );
    expect(deviations).toEqual([
      'part.ns park/ticket',
      'part.ns park/plate',
      'case park/Fee',
      'part.ns park/fee',
      'order park',
    ]);
  });

  test('a flood of them is recorded up to a bound', () => {
    const { value, deviations } = park(PLATE + FEE_XML + TICKET + '<x/>'.repeat(1000));
    expect(value).toEqual(PARKED);
    expect(deviations).toHaveLength(100);
  });
});

describe('a fault of the part', () => {
  test.each([
    ['plate: park/plate is missing', FEE_XML + TICKET],
    ['plate: park/plate is empty', `<p:plate/>${FEE_XML}${TICKET}`],
    ['plate: park/plate is empty', `<p:plate> \n</p:plate>${FEE_XML}${TICKET}`],
    ['plate: park/plate is empty', `<p:plate xsi:nil="true"/>${FEE_XML}${TICKET}`],
    ['plate: park/plate is given by reference (href)', `<p:plate href="#id0"/>${FEE_XML}${TICKET}`],
    [
      'plate: park/plate is given by reference (href)',
      `<p:plate xmlns:q="u" q:href="#id0"/>${FEE_XML}${TICKET}`,
    ],
    [
      'plate: park/plate is given by reference (ref)',
      `<p:plate xmlns:e="http://www.w3.org/2003/05/soap-encoding" e:ref="id0"/>${FEE_XML}${TICKET}`,
    ],
    ['plate: park/plate is there 2 times', PLATE + PLATE + FEE_XML + TICKET],
    ['plate: park/plate is there 3 times', PLATE + FEE_XML + TICKET + PLATE + PLATE],
    ['plate: park/plate is there 2 times', `${PLATE}<p:Plate>x</p:Plate>${FEE_XML}${TICKET}`],
    [
      'plate: park/plate holds elements instead of a value',
      `<p:plate><value>x</value></p:plate>${FEE_XML}${TICKET}`,
    ],
    [
      'plate: park/plate is nil and has a value',
      `<p:plate xsi:nil="true">x</p:plate>${FEE_XML}${TICKET}`,
    ],
    ['ticket: park/ticket is missing', PLATE + FEE_XML],
    ['ticket: park/ticket is empty', `${PLATE}${FEE_XML}<p:ticket></p:ticket>`],
    [
      'memo: park/memo is there 2 times',
      `${PLATE}${FEE_XML}<p:memo>a</p:memo><p:memo>b</p:memo>${TICKET}`,
    ],
    [
      'minutes: park/minutes is no xsd:long: "1.5"',
      `${PLATE}${FEE_XML}<p:minutes>1.5</p:minutes>${TICKET}`,
    ],
    ['fee: park/fee is missing', PLATE + TICKET],
    ['fee: park/fee is empty', `${PLATE}<p:fee/>${TICKET}`],
    ['fee: park/fee is empty', `${PLATE}<p:fee>\n</p:fee>${TICKET}`],
    ['fee: park/fee is empty', `${PLATE}<p:fee xsi:nil="true"/>${TICKET}`],
    [
      'fee: park/fee is nil and has a value',
      `${PLATE}<p:fee xsi:nil="true"><text>x</text></p:fee>${TICKET}`,
    ],
    ['fee: park/fee is there 2 times', PLATE + FEE_XML + FEE_XML + TICKET],
    [
      'extras: park/extras/value is missing',
      `${PLATE}${FEE_XML}<p:extras><name>n</name></p:extras>${TICKET}`,
    ],
    [
      'extras: park/extras/name is there 2 times',
      `${PLATE}${FEE_XML}<p:extras><name>n</name><name>n</name><value/></p:extras>${TICKET}`,
    ],
  ])('%s', (fault, content) => {
    expect(faultOf(() => park(content))).toBe(fault);
  });

  test.each([
    ['park/fee/text is missing', '<sum>1</sum>'],
    ['park/fee/text is missing', '<text xsi:nil="true"/><sum>1</sum>'],
    ['park/fee/sum is no xsd:decimal: "1e3"', '<text/><sum>1e3</sum>'],
    ['park/fee/sum is no xsd:decimal: "1,000"', '<text/><sum>1,000</sum><tariff>A</tariff>'],
    ['park/fee/sum is no xsd:decimal: "NaN"', '<text/><sum xsi:type="xsi:double">NaN</sum>'],
    ['park/fee/sum is no xsd:decimal: "\u00a05"', '<text/><sum>\u00a05</sum>'],
    ['park/fee/sum is there 2 times', '<text/><sum>1</sum><sum>1</sum>'],
    ['park/fee/sum is there 2 times', '<text/><sum>1</sum><sum xsi:nil="true"/>'],
    ['park/fee/sum is nil and has a value', '<text/><sum xsi:nil="true">5</sum><tariff>A</tariff>'],
    ['park/fee/sum holds elements instead of a value', '<text/><sum>1<b/>0</sum>'],
    ['park/fee/text holds elements instead of a value', '<text><b/></text>'],
  ])('below it names the part that holds it: %s', (detail, content) => {
    expect(faultOf(() => fee(content))).toBe(`fee: ${detail}`);
  });

  test('a required text below a part may be the empty string', () => {
    expect(fee('<text/><text></text>').value).toMatchObject({ fee: { text: ['', ''] } });
  });

  test('of several the first in the order of the schema, whatever the order of the message', () => {
    expect(faultOf(() => park('<p:minutes>x</p:minutes>'))).toBe('plate: park/plate is missing');
    expect(faultOf(() => park(`<p:minutes>x</p:minutes><p:ticket/>${PLATE}${FEE_XML}`))).toContain(
      'minutes: park/minutes is no xsd:long',
    );
  });

  test('a long value is quoted in part and with its control characters escaped', () => {
    const fault = faultOf(() => fee(`<text/><sum>${'9\n'.repeat(50)}</sum>`));
    expect(fault).toBe(`fee: park/fee/sum is no xsd:decimal: "${'9\\n'.repeat(20)}…"`);
  });
});

describe('occurrence', () => {
  const ENTRY = '<p:x>1</p:x>';

  test('an entry of a required list may not be empty: a share must not vanish', () => {
    const parts = [element('x', simple('int'), SOME, PARKING)];
    expect(decodeParts(parts, ENTRY + ENTRY).value).toEqual({ x: [1, 1] });
    expect(faultOf(() => decodeParts(parts, `${ENTRY}<p:x/>`))).toBe('x: park/x is empty');
    expect(faultOf(() => decodeParts(parts, ''))).toBe('x: park/x is missing');
  });

  test('a list may have a greatest length', () => {
    const parts = [element('x', simple('int'), [0, 2], PARKING)];
    expect(decodeParts(parts, ENTRY + ENTRY).value).toEqual({ x: [1, 1] });
    expect(faultOf(() => decodeParts(parts, ENTRY.repeat(3)))).toBe('x: park/x is there 3 times');
  });

  test('an optional list is empty when absent', () => {
    expect(decodeParts([element('x', simple('int'), ANY, PARKING)], '').value).toEqual({ x: [] });
  });
});

describe('an enumeration', () => {
  const parts = [element('x', simple('string', ['Day', 'Hour']), OPTIONAL, PARKING)];

  test.each(['Day', 'Hour'])('has %s', (text) => {
    expect(decodeParts(parts, `<p:x>${text}</p:x>`).value).toEqual({ x: text });
  });

  test.each(['day', 'Minute', 'DayHour', 'constructor'])('has no %s', (text) => {
    expect(faultOf(() => decodeParts(parts, `<p:x>${text}</p:x>`))).toBe(
      `x: park/x is none of its permitted values: "${text}"`,
    );
  });
});

test('an element without parts cannot be compiled', () => {
  expect(() => compileDecoder(element('x', simple('string')))).toThrow(
    'The element x has no complex type.',
  );
});
