// What the XML reader accepts, what it refuses, and where it stops.
import { describe, expect, test } from '@jest/globals';
import { XML_LIMITS } from '../../../src/limits';
import { SoapFault } from '../../../src/soap/rejection';
import { createXmlReader } from '../../../src/soap/xml';
import { readXml, thrownBy } from './support';

const { depth, elements, attributesPerElement, nameCharacters, textCharacters } = XML_LIMITS;

function refusalOf(text: string): string {
  const fault = thrownBy(() => readXml(text));
  expect(fault).toBeInstanceOf(SoapFault);
  expect(fault).toMatchObject({ code: 'Client' });
  return (fault as SoapFault).text;
}

describe('the tree', () => {
  test('has local names, namespaces, attributes, children and text', () => {
    const root = readXml('<a:b xmlns:a="urn:a" xmlns="urn:d" x="1" a:y="2"><c>t</c><d/></a:b>');
    expect(root).toEqual({
      local: 'b',
      namespace: 'urn:a',
      attributes: [
        { local: 'x', namespace: '', value: '1' },
        { local: 'y', namespace: 'urn:a', value: '2' },
      ],
      children: [
        { local: 'c', namespace: 'urn:d', attributes: undefined, children: [], text: 't' },
        { local: 'd', namespace: 'urn:d', attributes: undefined, children: [], text: '' },
      ],
      text: '',
    });
  });

  test.each([
    ['a <![CDATA[<b> & ]]>c', 'a <b> & c'],
    ['<![CDATA[a]]><![CDATA[b]]>', 'ab'],
    ['a<!-- comment -->b', 'ab'],
    ['&lt;&gt;&amp;&quot;&apos;&#65;&#x42;', '<>&"\'AB'],
    ['\r\n \r', '\n \n'],
    ['&#13;', '\r'],
    ['\u{1f697} é', '\u{1f697} é'],
  ])('joins text: %j -> %j', (content, text) => {
    expect(readXml(`<a>${content}</a>`).text).toBe(text);
  });

  test.each([
    ['a byte order mark', '\ufeff<a/>'],
    ['white space before the root', ' \n\t<a/>'],
    ['white space and comments after the root', '<a/>\n<!-- x -->\r\n'],
    ['a declaration', '<?xml version="1.0" encoding="utf-8" standalone="yes" ?><a/>'],
    ['a single-quoted declaration and a line feed', "<?xml version='1.0' encoding='utf-8'?>\n<a/>"],
    ['single-quoted attributes', "<a b='1'/>"],
  ])('may have %s', (_what, text) => {
    expect(readXml(text).local).toBe('a');
  });

  test('belongs to its document alone, though the parser is used again', () => {
    const read = createXmlReader();
    const first = read('<a><b>1</b></a>');
    const second = read('<c/>');
    expect([first.children[0]?.text, second.children.length, second.local]).toEqual(['1', 0, 'c']);
  });

  test('is whole again after a document that was refused', () => {
    const read = createXmlReader();
    for (const bad of [
      '<a><b>',
      '<a>&x;</a>',
      '<a></b>',
      '',
      '<!DOCTYPE a><a/>',
      '<a x="1" x="2"/>',
    ]) {
      thrownBy(() => read(bad));
      expect(read('<a b="1">t<c/></a>')).toMatchObject({ local: 'a', text: 't' });
    }
  });
});

describe('refused as not well-formed', () => {
  test.each([
    ['nothing', ''],
    ['white space only', ' \n'],
    ['no markup', 'hello'],
    ['JSON', '{"a": 1}'],
    ['cut short', '<a><b></b>'],
    ['cut in a tag', '<a><b'],
    ['text after the root', '<a/>x'],
    ['text before the root', 'x<a/>'],
    ['a second root', '<a/><b/>'],
    ['crossed tags', '<a><b></a></b>'],
    ['white space before a declaration', ' <?xml version="1.0"?><a/>'],
    ['an undefined entity', '<a>&nbsp;</a>'],
    ['an entity named like a property', '<a>&constructor;</a>'],
    ['a bare ampersand', '<a>a & b</a>'],
    ['< in an attribute', '<a b="<"/>'],
    [']]> in text', '<a>]]></a>'],
    ['an unquoted attribute', '<a b=1/>'],
    ['a doubled attribute', '<a b="1" b="2"/>'],
    ['a doubled attribute by namespace', '<a xmlns:x="u" xmlns:y="u" x:b="1" y:b="2"/>'],
    ['an unbound prefix', '<x:a/>'],
    ['an unbound attribute prefix', '<a x:b="1"/>'],
    ['a prefix taken back', '<a xmlns:x=""/>'],
    ['a name with two colons', '<a xmlns:b="u"><b:c:d/></a>'],
    ['a control character', '<a>\u0001</a>'],
    ['a reference to a control character', '<a>&#1;</a>'],
    ['a reference to NUL', '<a>&#0;</a>'],
    ['a reference to a surrogate', '<a>&#xD800;</a>'],
    ['a reference beyond Unicode', '<a>&#x110000;</a>'],
    ['U+FFFE', '<a>\ufffe</a>'],
    ['a control character that XML 1.1 would allow', '<?xml version="1.1"?><a>&#1;</a>'],
    ['-- in a comment', '<a><!-- a -- b --></a>'],
  ])('%s', (_what, text) => {
    expect(refusalOf(text)).toMatch(
      /^The message is not well-formed XML at line \d+, column \d+\.$/,
    );
  });

  test.each([
    ['a bare ampersand', '<a>a & b</a>', / Write & as &amp;\.$/],
    ['one before a word', '<a>a&b</a>', / Write & as &amp;\.$/],
    ['an entity of HTML', '<a>&nbsp;</a>', / Write & as &amp;\.$/],
    ['anything else', '<a><b></a>', /^[^&]*$/],
  ])('%s: what to do is in the record', (_what, text, detail) => {
    const fault = thrownBy(() => createXmlReader()(text)) as SoapFault;
    expect(fault.detail).toMatch(detail);
  });

  test('the place is that of the error', () => {
    expect(refusalOf('<a>\n<b>\n</c></a>')).toContain('line 3');
  });
});

describe('refused at the first one', () => {
  test.each([
    ['<!DOCTYPE a><a/>', 'A document type declaration is not accepted.'],
    [
      '<!DOCTYPE a SYSTEM "http://127.0.0.1:1/x.dtd"><a/>',
      'A document type declaration is not accepted.',
    ],
    ['<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', 'A document type declaration is not accepted.'],
    ['<?php echo 1 ?><a/>', 'A processing instruction is not accepted.'],
    ['<a><?xml-stylesheet href="x"?></a>', 'A processing instruction is not accepted.'],
    ['<a/><?end?>', 'A processing instruction is not accepted.'],
  ])('%s', (text, refusal) => {
    expect(refusalOf(text)).toBe(refusal);
  });
});

describe('the limit of', () => {
  const nested = (levels: number) => '<a>'.repeat(levels) + '</a>'.repeat(levels);
  const wide = (count: number) => `<a>${'<b/>'.repeat(count - 1)}</a>`;
  const adorned = (count: number) =>
    `<a ${Array.from({ length: count }, (_, index) => `b${index}="1"`).join(' ')}/>`;

  test.each([
    ['depth', nested(depth), nested(depth + 1), `The message has more than ${depth} levels.`],
    [
      'elements',
      wide(elements),
      wide(elements + 1),
      `The message has more than ${elements} elements.`,
    ],
    [
      'attributes',
      adorned(attributesPerElement),
      adorned(attributesPerElement + 1),
      `The message has more than ${attributesPerElement} attributes in one element.`,
    ],
    [
      'names',
      `<${'a'.repeat(nameCharacters)}/>`,
      `<${'a'.repeat(nameCharacters + 1)}/>`,
      `The message has a name of more than ${nameCharacters} characters.`,
    ],
    [
      'attribute names',
      `<a ${'b'.repeat(nameCharacters)}="1"/>`,
      `<a ${'b'.repeat(nameCharacters + 1)}="1"/>`,
      `The message has a name of more than ${nameCharacters} characters.`,
    ],
    [
      'text',
      `<a>${'x'.repeat(textCharacters)}</a>`,
      `<a>${'x'.repeat(textCharacters + 1)}</a>`,
      `The message has a text of more than ${textCharacters} characters.`,
    ],
    [
      'text in pieces',
      `<a>${'x'.repeat(textCharacters)}<![CDATA[]]></a>`,
      `<a>${'x'.repeat(textCharacters)}<![CDATA[x]]></a>`,
      `The message has a text of more than ${textCharacters} characters.`,
    ],
    [
      'attribute values',
      `<a b="${'x'.repeat(textCharacters)}"/>`,
      `<a b="${'x'.repeat(textCharacters + 1)}"/>`,
      `The message has a text of more than ${textCharacters} characters.`,
    ],
  ])('%s', (_what, within, beyond, refusal) => {
    expect(readXml(within).namespace).toBe('');
    expect(refusalOf(beyond)).toBe(refusal);
  });

  test('attributes is counted anew for each element, declarations included', () => {
    const full = adorned(attributesPerElement);
    expect(readXml(`<r>${full}${full}</r>`).children[1]?.attributes).toHaveLength(
      attributesPerElement,
    );
    const declared = `<a ${'x'.repeat(3)}="1" ${Array.from({ length: attributesPerElement }, (_, i) => `xmlns:p${i}="u${i}"`).join(' ')}/>`;
    expect(refusalOf(declared)).toContain('attributes in one element');
  });
});

describe('names of the language', () => {
  const TREACHEROUS = ['__proto__', 'constructor', 'hasOwnProperty', 'toString', 'prototype'];

  test.each(TREACHEROUS)('%s is an element, attribute, prefix and value like any other', (name) => {
    const before = Object.getOwnPropertyNames(Object.prototype);
    const root = readXml(
      `<${name}:${name} xmlns:${name}="u" ${name}="1"><${name}>${name}</${name}></${name}:${name}>`,
    );
    expect(root).toMatchObject({
      local: name,
      namespace: 'u',
      attributes: [{ local: name, namespace: '', value: '1' }],
      children: [{ local: name, text: name }],
    });
    expect(Object.getOwnPropertyNames(Object.prototype)).toEqual(before);
    expect(({} as Record<string, unknown>).text).toBeUndefined();
  });
});
