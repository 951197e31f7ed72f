// Bodies that are no XML document, or one that no client needs to send: bytes, markup, declarations, excess.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { XML_LIMITS } from '../../src/limits';
import { expectSoapFault } from '../support/answers';
import { openTestSandbox } from '../support/test-sandbox';
import { CHARGE, payment } from './asking';
import { goodEnvelope, type Lure, openLure, sendBad, spoilt } from './bad-input';

const env = openTestSandbox();
let lure: Lure;
beforeAll(async () => {
  lure = await openLure();
});
afterAll(() => lure.close());

async function expectClientFault(body: string | Uint8Array): Promise<void> {
  expectSoapFault(await sendBad(env, body), 'Client');
}

describe('not an XML document', () => {
  test('an empty body: HTTP 400 in plain words', async () => {
    const answer = await sendBad(env, '');
    expect([answer.status, answer.headers['Content-Type'], answer.text]).toEqual([
      400,
      'text/plain; charset=utf-8',
      'The request has no body; send a SOAP message.\n',
    ]);
  });

  test.each<[string, () => string]>([
    ['white space', () => ' \r\n\t'],
    ['a word', () => 'hello'],
    ['JSON', () => '{"chargeAmount": {"amount": 1}}'],
    ['a form', () => 'amount=1&referenceCode=2'],
    ['an HTML page', () => '<!doctype html><p>Hello<br>'],
    ['cut short', () => goodEnvelope().slice(0, -20)],
    ['cut short in a tag', () => goodEnvelope().slice(0, -2)],
    ['text after the root', () => `${goodEnvelope()}x`],
    ['two roots', () => goodEnvelope().repeat(2)],
    ['tags that do not match', () => spoilt('</amount>', '</amuont>')],
    ['an attribute without quotes', () => spoilt('<amount>', '<amount x=1>')],
    ['an attribute twice', () => spoilt('<amount>', '<amount x="1" x="2">')],
    ['a bare ampersand', () => spoilt('Daily quiz', 'Q&A')],
    ['an entity of HTML', () => spoilt('Daily quiz', '&nbsp;')],
    [
      'a prefix that nobody declared',
      () => spoilt('<amount>1.50</amount>', '<x:amount>1</x:amount>'),
    ],
    ['a comment before the declaration', () => `<!-- --><?xml version="1.0"?>${goodEnvelope()}`],
    ['two byte order marks', () => `\ufeff\ufeff${goodEnvelope()}`],
    ['XML 2.0', () => `<?xml version="2.0"?>${goodEnvelope()}`],
    ['a comment with two dashes', () => spoilt('Daily quiz', '<!-- a -- b -->')],
    ['the end of CDATA in text', () => spoilt('Daily quiz', 'a ]]> b')],
  ])('%s: Client fault', (_, body) => expectClientFault(body()));
});

describe('bytes and characters', () => {
  const withBytes = (...bytes: number[]): Buffer => {
    const [before = '', after = ''] = goodEnvelope().split('Daily quiz');
    return Buffer.concat([Buffer.from(before), Buffer.from(bytes), Buffer.from(after)]);
  };

  test.each<[string, Buffer]>([
    ['a byte of ISO-8859-1', withBytes(0xe9)],
    ['an overlong slash', withBytes(0xc0, 0xaf)],
    ['half a pair of UTF-16', withBytes(0xed, 0xa0, 0x80)],
    ['a sequence cut short', withBytes(0xe2, 0x82)],
    ['beyond Unicode', withBytes(0xf4, 0x90, 0x80, 0x80)],
    ['a NUL', withBytes(0)],
    [
      'UTF-16 under a declaration of UTF-8',
      Buffer.from(`\ufeff<?xml version="1.0" encoding="UTF-8"?>${goodEnvelope()}`, 'utf16le'),
    ],
  ])('%s: Client fault', (_, body) => expectClientFault(body));

  test.each([
    '&#0;',
    '&#x1;',
    '&#31;',
    '&#xD800;',
    '&#xFFFE;',
    '&#x110000;',
    '\u0001',
    '\u001f',
    '\ufffe',
  ])('the character %j: Client fault', (character) =>
    expectClientFault(spoilt('Daily quiz', character)),
  );

  test('UTF-16 that calls itself UTF-8: Client fault', async () => {
    const body = Buffer.from(goodEnvelope(), 'utf16le');
    expectSoapFault(await sendBad(env, body), 'Client');
  });

  test('an unknown charset: HTTP 415', async () => {
    const headers = { 'content-type': 'text/xml; charset=ebcdic' };
    expect((await sendBad(env, goodEnvelope(), { headers })).status).toBe(415);
  });

  test('an encoded body: HTTP 415, nothing is inflated', async () => {
    const headers = { 'content-encoding': 'gzip' };
    expect((await sendBad(env, Buffer.from([0x1f, 0x8b, 0]), { headers })).status).toBe(415);
  });

  test.each<[string, (text: string) => Buffer, string]>([
    ['a byte order mark of UTF-8', (text) => Buffer.from(`\ufeff${text}`), 'text/xml'],
    [
      'UTF-16 with its mark',
      (text) => Buffer.from(`\ufeff${text}`, 'utf16le'),
      'text/xml; charset=utf-16',
    ],
    [
      'ISO-8859-1 by its charset',
      (text) => Buffer.from(text, 'latin1'),
      'text/xml; charset=ISO-8859-1',
    ],
    [
      'ISO-8859-1 by its declaration',
      (text) => Buffer.from(`<?xml version='1.0' encoding='iso-8859-1'?>${text}`, 'latin1'),
      'text/xml',
    ],
  ])('%s is fine, and no character is lost', async (_, encode, type) => {
    const referenceCode = 'café £5';
    const text = spoilt(/(?<=referenceCode>)ruling-\d+/, referenceCode);
    const answer = await env.post(encode(text), { headers: { 'content-type': type } });
    expect([answer.status, answer.record.referenceCode]).toEqual([200, referenceCode]);
  });
});

describe('declarations and instructions: a Client fault, nothing fetched, nothing expanded', () => {
  const external = (declaration: string) =>
    `<!DOCTYPE x [${declaration}]>${spoilt('Daily quiz', '&e;')}`;
  const laughs = Array.from(
    { length: 9 },
    (_, n) => `<!ENTITY l${n + 1} "${`&l${n};`.repeat(10)}">`,
  );

  test.each<[string, () => string]>([
    ['DOCTYPE alone', () => `<!DOCTYPE soapenv:Envelope>${goodEnvelope()}`],
    ['DOCTYPE with a system id', () => `<!DOCTYPE x SYSTEM "${lure.url}">${goodEnvelope()}`],
    ['an internal entity', () => external('<!ENTITY e "boom">')],
    ['an external entity', () => external(`<!ENTITY e SYSTEM "${lure.url}">`)],
    ['a file as an entity', () => external('<!ENTITY e SYSTEM "file:///etc/passwd">')],
    ['a parameter entity', () => external(`<!ENTITY % p SYSTEM "${lure.url}"> %p;`)],
    ['a billion laughs', () => external(`<!ENTITY l0 "ha">${laughs.join('')}<!ENTITY e "&l9;">`)],
    ['a style sheet', () => `<?xml-stylesheet href="${lure.url}"?>${goodEnvelope()}`],
    ['an instruction inside', () => spoilt('Daily quiz', '<?php echo 1 ?>')],
  ])('%s', async (_, body) => {
    await expectClientFault(body());
    expect(lure.visits()).toBe(0);
  });
});

describe('excess of structure: Client fault', () => {
  const { depth, elements, attributesPerElement, nameCharacters, textCharacters } = XML_LIMITS;
  /** Envelope, Body and the operation. */
  const AROUND = 3;
  const nested = (levels: number) => '<a>'.repeat(levels) + '</a>'.repeat(levels);
  const attributes = (count: number, prefix: string) =>
    Array.from({ length: count }, (_, n) => ` ${prefix}${n}="urn:x:${n}"`).join('');

  test.each<[string, string]>([
    ['one level', nested(depth + 1 - AROUND)],
    ['ten thousand levels', nested(10_000)],
    ['elements', '<a/>'.repeat(elements)],
    ['attributes', `<a${attributes(attributesPerElement + 1, 'a')}/>`],
    ['namespace declarations', `<a${attributes(attributesPerElement + 1, 'xmlns:a')}/>`],
    ['the name of an element', `<${'a'.repeat(nameCharacters + 1)}/>`],
    ['the name of an attribute', `<a ${'a'.repeat(nameCharacters + 1)}="1"/>`],
    ['text', `<a>${'a'.repeat(textCharacters + 1)}</a>`],
    [
      'text in CDATA',
      `<a>${'<![CDATA[aaaaaaaaaa]]>'.repeat(textCharacters / 10 + 1)}</a>`.slice(0, 250_000),
    ],
    ['an attribute value', `<a b="${'a'.repeat(textCharacters + 1)}"/>`],
  ])('%s', (_, extra) => expectClientFault(spoilt(/(?=<m:referenceCode>)/, extra)));

  test('just within the limits: answered', async () => {
    const wide = `<a${attributes(attributesPerElement, 'a')}/>`;
    const { status } = await env.post(
      spoilt(/(?=<m:referenceCode>)/, nested(depth - AROUND) + wide),
    );
    expect(status).toBe(200);
  });

  test('more bytes than are read: HTTP 413', async () => {
    const body = spoilt('Daily quiz', `<!--${'x'.repeat(256 * 1024)}-->`);
    expect((await sendBad(env, body)).status).toBe(413);
  });

  test('a long value within the limits of XML is judged as a value: SVC0002', async () => {
    const parts = payment({ amount: '1', description: 'x'.repeat(60_000) });
    const { record } = await env.ask(CHARGE, parts);
    expect(record.fault).toBe('SVC0002');
  });
});
