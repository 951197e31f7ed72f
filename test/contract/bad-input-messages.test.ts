// Documents that are well-formed and no message, or one with traps in it: names, pointers, envelopes, headers.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { expectFault, expectSoapFault, type Fault } from '../support/answers';
import { operationOf } from '../support/operations';
import { envelope, SOAP } from '../support/requests';
import { PAYER } from '../support/samples';
import { deviationsOf, openTestSandbox } from '../support/test-sandbox';
import { xmlText } from '../support/xml';
import { CHARGE } from './asking';
import { goodCharge, goodEnvelope, type Lure, openLure, sendBad, spoilt } from './bad-input';

const env = openTestSandbox();
const NAMESPACE = operationOf(CHARGE).request.namespace;
let lure: Lure;
beforeAll(async () => {
  lure = await openLure();
});
afterAll(() => {
  lure.close();
  expect(lure.visits()).toBe(0);
});

function header(blocks: string): string {
  return envelope(xmlText(goodCharge()), blocks);
}

describe('names that mean something to the language', () => {
  const NAMES = [
    '__proto__',
    'constructor',
    'prototype',
    'toString',
    'hasOwnProperty',
    'valueOf',
    'then',
  ];
  const before = Object.getOwnPropertyNames(Object.prototype);

  test.each(NAMES)('%s as an operation: Client fault', async (name) => {
    for (const namespace of [NAMESPACE, '']) {
      const body = envelope(`<m:${name} xmlns:m="urn:x"><x xmlns="${namespace}"/></m:${name}>`);
      expect(expectSoapFault(await sendBad(env, body), 'Client')).toBe('Unknown operation');
      expectSoapFault(await sendBad(env, envelope(`<${name} xmlns="${NAMESPACE}"/>`)), 'Client');
    }
  });

  test.each(NAMES)('%s as part, field, attribute and prefix: left out', async (name) => {
    const extra = `<${name}>1</${name}>`;
    const message = xmlText(goodCharge())
      .replace('<description>', `${extra}<description ${name}="1">`)
      .replace('<m:charge>', `<m:${name}/><m:charge xmlns:${name}="urn:x" ${name}:a="1">`);
    const answer = await env.post(envelope(message));
    expect([answer.status, deviationsOf(answer)]).toEqual([
      200,
      ['extra.element', 'extra.attribute'],
    ]);
  });

  test.each(NAMES)('%s as a value: a text like any other', async (name) => {
    const answer = await env.post(spoilt(/(?<=referenceCode>)ruling-\d+/, name));
    expect([answer.status, answer.record.referenceCode]).toEqual([200, name]);
  });

  test('no object of the language has changed', () => {
    expect(Object.getOwnPropertyNames(Object.prototype)).toEqual(before);
  });
});

describe('text that looks like markup stays text, byte for byte', () => {
  test.each([
    ['<![CDATA[<b>&amp;</b>]]>', '<b>&amp;</b>'],
    ['<![CDATA[</m:referenceCode>]]>', '</m:referenceCode>'],
    ['a<![CDATA[]]>b', 'ab'],
    ['a]]<![CDATA[>]]>b', 'a]]>b'],
    ['&lt;b&gt;&amp;amp;', '<b>&amp;'],
    ['&#60;&#x3c;', '<<'],
    ['%1 $1 $&amp; {0}', '%1 $1 $& {0}'],
  ])('%s', async (markup, expected) => {
    const answer = await env.post(spoilt(/(?<=referenceCode>)ruling-\d+/, markup));
    expect([answer.status, answer.record.referenceCode]).toEqual([200, expected]);
    expect(env.sandbox.ledger.read.transactions().at(-1)?.referenceCode).toBe(expected);
  });
});

describe('pointers are not followed: where the value would have been there is none', () => {
  const CHARGE_PART = /<m:charge>.*<\/m:charge>/;
  const ADDRESS = PAYER;

  test.each<[string, () => string, Fault]>([
    [
      'a reference to a part elsewhere in the Body',
      () =>
        spoilt(CHARGE_PART, '<m:charge href="#a"/>').replace(
          '</soapenv:Body>',
          '<multiRef id="a"><amount>1</amount></multiRef></soapenv:Body>',
        ),
      ['SVC0002', 'charge'],
    ],
    [
      'a reference of SOAP 1.2',
      () => spoilt(CHARGE_PART, '<m:charge ref="a"/>'),
      ['SVC0002', 'charge'],
    ],
    [
      'an attachment',
      () =>
        spoilt(
          ADDRESS,
          '<xop:Include xmlns:xop="http://www.w3.org/2004/08/xop/include" href="cid:a"/>',
        ),
      ['SVC0002', 'endUserIdentifier'],
    ],
    [
      'an include',
      () =>
        spoilt(
          ADDRESS,
          `<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="${lure.url}"/>`,
        ),
      ['SVC0002', 'endUserIdentifier'],
    ],
  ])('%s', async (_, body, fault) => {
    expectFault(await sendBad(env, body()), fault);
  });

  test.each<[string, () => string]>([
    [
      'a schema location',
      () =>
        spoilt(
          '<m:charge>',
          `<m:charge xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="urn:x ${lure.url}">`,
        ),
    ],
    [
      'an address to answer to',
      () =>
        header(
          `<wsa:ReplyTo xmlns:wsa="http://www.w3.org/2005/08/addressing"><wsa:Address>${lure.url}</wsa:Address></wsa:ReplyTo>`,
        ),
    ],
  ])('%s: ignored', async (_, body) => {
    expect((await env.post(body())).status).toBe(200);
  });
});

describe('the shape of the envelope', () => {
  const message = () => xmlText(goodCharge());
  const around = (content: string, namespace = SOAP) =>
    `<s:Envelope xmlns:s="${namespace}">${content}</s:Envelope>`;

  test.each<[string, () => string]>([
    ['no Body', () => around('<s:Header/>')],
    ['nothing', () => around('')],
    ['an empty Body', () => around('<s:Body/>')],
    ['two Bodies', () => around(`<s:Body>${message()}</s:Body><s:Body>${message()}</s:Body>`)],
    ['Header after Body', () => around(`<s:Body>${message()}</s:Body><s:Header/>`)],
    ['two Headers', () => around(`<s:Header/><s:Header/><s:Body>${message()}</s:Body>`)],
    ['Body in no namespace', () => around(`<Body>${message()}</Body>`)],
    ['two operations', () => around(`<s:Body>${message()}${message()}</s:Body>`)],
    ['something else beside the operation', () => around(`<s:Body>${message()}<x/></s:Body>`)],
    [
      'a second operation with an id',
      () =>
        around(
          `<s:Body>${message()}${message().replace('<m:chargeAmount', '<m:chargeAmount id="a"')}</s:Body>`,
        ),
    ],
    ['a fault', () => around('<s:Body><s:Fault><faultcode>x</faultcode></s:Fault></s:Body>')],
    ['text', () => around('<s:Body>chargeAmount</s:Body>')],
    ['a message without an envelope', message],
    ['another root around it', () => `<post>${around(`<s:Body>${message()}</s:Body>`)}</post>`],
  ])('%s: Client fault, nothing executed', async (_, body) => {
    expectSoapFault(await sendBad(env, body()), 'Client');
  });

  test.each(['', 'urn:x', 'http://schemas.xmlsoap.org/soap/envelope', `${SOAP}/`])(
    'an envelope in the namespace "%s": VersionMismatch',
    async (namespace) => {
      const body = `<Envelope xmlns="${namespace}"><Body>${message()}</Body></Envelope>`;
      expectSoapFault(await sendBad(env, body), 'VersionMismatch');
    },
  );
});

describe('header blocks that must be understood', () => {
  const block = (attributes: string, name = 'x:Session', namespace = 'urn:x') =>
    header(`<${name} xmlns:x="${namespace}" ${attributes}/>`);
  const WSSE = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd';
  const HUAWEI = 'http://www.huawei.com.cn/schema/common/v2_1';
  const next = 'soapenv:actor="http://schemas.xmlsoap.org/soap/actor/next"';

  test.each([
    ['unknown', block('soapenv:mustUnderstand="1"')],
    ['unknown, "true"', block('soapenv:mustUnderstand="true"')],
    ['unknown, for the next one', block(`soapenv:mustUnderstand="1" ${next}`)],
    ['Security of another namespace', block('soapenv:mustUnderstand="1"', 'x:Security')],
  ])('%s: MustUnderstand, not executed, whatever else is wrong', async (_, body) => {
    expectSoapFault(await sendBad(env, body), 'MustUnderstand');
    expectSoapFault(await sendBad(env, body.replace('1.50', 'NaN')), 'MustUnderstand');
  });

  test.each([
    ['unknown, "0"', block('soapenv:mustUnderstand="0"')],
    ['unknown, without the attribute', block('mustUnderstand="1"')],
    ['for another actor', block('soapenv:mustUnderstand="1" soapenv:actor="urn:other"')],
    ['WS-Security', block('soapenv:mustUnderstand="1"', 'x:Security', WSSE)],
    ['RequestSOAPHeader', block('soapenv:mustUnderstand="1"', 'x:RequestSOAPHeader', HUAWEI)],
  ])('%s: answered', async (_, body) => {
    expect((await env.post(body)).status).toBe(200);
  });
});

describe('unknown operations', () => {
  test.each(['deleteAccount', 'chargeAmountResponse', 'Envelope', 'charge', 'chargeamount'])(
    '%s: Client fault that names none of our types',
    async (name) => {
      for (const namespace of [NAMESPACE, 'urn:x', '']) {
        const body = envelope(`<${name} xmlns="${namespace}"><amount>1</amount></${name}>`);
        expect(expectSoapFault(await sendBad(env, body), 'Client')).toBe('Unknown operation');
      }
    },
  );
});

describe('one value for one part', () => {
  test.each<[string, () => string, string]>([
    [
      'an amount twice, once in another namespace',
      () => spoilt('</m:charge>', '<x:amount xmlns:x="urn:x">9</x:amount></m:charge>'),
      'charge',
    ],
    [
      'an amount twice, once with a capital',
      () => spoilt('</m:charge>', '<Amount>9</Amount></m:charge>'),
      'charge',
    ],
    [
      'a part twice, once unqualified',
      () => spoilt(/(?=<m:referenceCode>)/, '<referenceCode>x</referenceCode>'),
      'referenceCode',
    ],
    [
      'a part that is nil',
      () =>
        spoilt(
          /<m:referenceCode>[^<]*/,
          '<m:referenceCode xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:nil="1">',
        ),
      'referenceCode',
    ],
    [
      'text where fields should be',
      () => spoilt(/<m:charge>.*<\/m:charge>/, '<m:charge>1.50</m:charge>'),
      'charge',
    ],
  ])('%s: SVC0002', async (_, body, part) => {
    expectFault(await sendBad(env, body()), ['SVC0002', part]);
  });

  test('the good message that all of these are made of is one', async () => {
    expect((await env.post(goodEnvelope())).status).toBe(200);
  });
});
