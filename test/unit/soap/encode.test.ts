// Typed messages to bytes that never vary.
import { describe, expect, test } from '@jest/globals';
import { compileEncoder, envelopeAround, escapeText } from '../../../src/soap/encode';
import {
  ANY,
  complex,
  element,
  FEE,
  message,
  ONE,
  OPTIONAL,
  PARK_PARTS,
  PARKING,
  readXml,
  SOME,
  simple,
} from './support';

const encode = compileEncoder(message('parkResponse', PARK_PARTS));
const PARKED = { plate: 'u', fee: { text: ['a'] }, extras: [], ticket: 't' };

describe('an element', () => {
  test('without parts has an open and a close tag', () => {
    expect(compileEncoder(message('parkResponse', []))({})).toBe(
      `<ns1:parkResponse xmlns:ns1="${PARKING}"></ns1:parkResponse>`,
    );
  });

  test('has its parts qualified and the fields below them not, in schema order', () => {
    const text = encode({
      ticket: 't',
      extras: [
        { value: 'v', name: 'n' },
        { name: '', value: '', hint: 'h' },
      ],
      minutes: 90n,
      fee: { tariff: 'A', sum: '1.50', text: ['x', 'y'] },
      plate: 'u',
    });
    expect(text).toBe(
      `<ns1:parkResponse xmlns:ns1="${PARKING}"><ns1:plate>u</ns1:plate>` +
        '<ns1:fee><text>x</text><text>y</text><sum>1.50</sum><tariff>A</tariff></ns1:fee>' +
        '<ns1:minutes>90</ns1:minutes>' +
        '<ns1:extras><name>n</name><value>v</value></ns1:extras>' +
        '<ns1:extras><name></name><value></value><hint>h</hint></ns1:extras>' +
        '<ns1:ticket>t</ns1:ticket></ns1:parkResponse>',
    );
  });

  test.each([
    ['a bigint', simple('long'), -9223372036854775808n, '-9223372036854775808'],
    ['a number', simple('int'), -7, '-7'],
    ['a boolean', simple('boolean'), false, 'false'],
    ['a decimal', simple('decimal'), '+007.', '+007.'],
    ['a text', simple('string'), 'a<b', 'a&lt;b'],
  ])('writes %s', (_what, type, x, text) => {
    const one = compileEncoder(message('m', [element('x', type, ONE)]));
    expect(one({ x })).toBe(`<ns1:m xmlns:ns1="${PARKING}"><x>${text}</x></ns1:m>`);
  });

  test('has its namespace escaped', () => {
    expect(compileEncoder(message('m', [], 'urn:a&"b'))({})).toBe(
      '<ns1:m xmlns:ns1="urn:a&amp;&quot;b"></ns1:m>',
    );
  });
});

describe('a mistake of ours throws', () => {
  test.each([
    [
      'a required part absent',
      { ...PARKED, ticket: undefined },
      'The message has no parkResponse/ticket.',
    ],
    [
      'a required field absent',
      { ...PARKED, fee: {} },
      'The message has no parkResponse/fee/text.',
    ],
    [
      'a required list empty',
      { ...PARKED, fee: { text: [] } },
      'The message has no parkResponse/fee/text.',
    ],
    [
      'text for an object',
      { ...PARKED, fee: 'x' },
      'parkResponse/fee of the message is no object.',
    ],
    ['null', { ...PARKED, fee: null }, 'parkResponse/fee of the message is no object.'],
    [
      'an object for text',
      { ...PARKED, ticket: {} },
      'parkResponse/ticket of the message is no value of its type.',
    ],
    [
      'a fraction',
      { ...PARKED, ticket: 1.5 },
      'parkResponse/ticket of the message is no value of its type.',
    ],
    [
      'NaN',
      { ...PARKED, minutes: Number.NaN },
      'parkResponse/minutes of the message is no value of its type.',
    ],
  ])('%s', (_what, value, error) => {
    expect(() => encode(value)).toThrow(new TypeError(error));
  });

  test('a schema whose namespaces cannot be written', () => {
    const foreign = message('m', [element('x', simple('string'), ONE, 'urn:foreign')]);
    expect(() => compileEncoder(foreign)).toThrow(
      'The element m/x is in a namespace that has no prefix.',
    );
    expect(() => compileEncoder(element('x', simple('string')))).toThrow(
      'The element x has no complex type.',
    );
  });
});

test.each([[OPTIONAL], [ANY]])('what is optional and absent leaves no trace: %j', (occurs) => {
  const one = compileEncoder(message('m', [element('x', simple('string'), occurs)]));
  expect(one({})).toBe(`<ns1:m xmlns:ns1="${PARKING}"></ns1:m>`);
});

test('a list of one has one element', () => {
  const some = compileEncoder(message('m', [element('x', complex('T', FEE.elements), SOME)]));
  expect(some({ x: [{ text: ['a'] }] })).toContain('<x><text>a</text></x>');
});

describe('text', () => {
  test.each([
    ['plain é \u{1f697}', 'plain é \u{1f697}'],
    ['a & b', 'a &amp; b'],
    ['<a>]]></a>', '&lt;a&gt;]]&gt;&lt;/a&gt;'],
    ['"\'', '"\''],
    ['tab\tand\nline', 'tab\tand\nline'],
    ['a\r\nb', 'a&#13;\nb'],
    ['\u0000\u0008\u000b\u000c\u001f', '\ufffd\ufffd\ufffd\ufffd\ufffd'],
    ['\ufffe\uffff', '\ufffd\ufffd'],
    ['a\ud800b\udc00c', 'a\ufffdb\ufffdc'],
    ['\u007f\u0085\u2028', '\u007f\u0085\u2028'],
  ])('%j -> %j', (text, escaped) => {
    expect(escapeText(text)).toBe(escaped);
    expect(readXml(`<a>${escaped}</a>`).local).toBe('a');
  });
});

test.each([
  ['1.1', 'http://schemas.xmlsoap.org/soap/envelope/'],
  ['1.2', 'http://www.w3.org/2003/05/soap-envelope'],
] as const)('an envelope of SOAP %s is one line in its namespace', (soap, namespace) => {
  expect(envelopeAround('<x></x>', soap)).toBe(
    '<?xml version="1.0" encoding="utf-8" ?>' +
      `<soapenv:Envelope xmlns:soapenv="${namespace}" ` +
      'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">' +
      '<soapenv:Body><x></x></soapenv:Body></soapenv:Envelope>',
  );
});
