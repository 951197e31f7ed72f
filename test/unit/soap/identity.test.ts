// Which application is asking.
import { describe, expect, test } from '@jest/globals';
import type { Deviation } from '../../../src/soap/deviation';
import { applicationOf } from '../../../src/soap/identity';
import { SoapFault } from '../../../src/soap/rejection';
import type { Headers } from '../../../src/soap/transport';
import { names, readXml, thrownBy } from './support';

const HUAWEI = 'http://www.huawei.com.cn/schema/common/v2_1';
const ZTE = 'http://www.csapi.org/schema/parlayx/common/v3_1';
const WSSE = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd';

const HUAWEI_BLOCK = `<RequestSOAPHeader xmlns="${HUAWEI}"><spId>35000001</spId><spPassword/></RequestSOAPHeader>`;
const TOKEN = `<Security xmlns="${WSSE}"><UsernameToken><Username> app-2 </Username></UsernameToken></Security>`;
const basic = (credentials: string): Headers => ({
  authorization: `Basic ${Buffer.from(credentials).toString('base64')}`,
});

function identify(blocks: string, headers: Headers = {}) {
  const deviations: Deviation[] = [];
  const application = applicationOf(readXml(`<h>${blocks}</h>`).children, headers, deviations);
  return [application, ...names(deviations)];
}

test.each<[string, string, Headers, string[]]>([
  ['anonymous', '', {}, ['anonymous']],
  ['spId', HUAWEI_BLOCK, {}, ['35000001']],
  [
    'spId before Username and Basic',
    TOKEN + HUAWEI_BLOCK,
    basic('u:p'),
    ['35000001', 'application UsernameToken/Username'],
  ],
  [
    'spId and Username the same',
    `<RequestSOAPHeader><spId>app-2</spId></RequestSOAPHeader>${TOKEN}`,
    {},
    ['app-2', 'header.ns RequestSOAPHeader'],
  ],
  [
    'spId in no namespace at all',
    '<RequestSOAPHeader><spId>1</spId></RequestSOAPHeader>',
    {},
    ['1', 'header.ns RequestSOAPHeader'],
  ],
  [
    'spId unqualified in a qualified header',
    `<z:RequestSOAPHeader xmlns:z="${ZTE}"><spId>1</spId></z:RequestSOAPHeader>`,
    {},
    ['1', 'header.ns RequestSOAPHeader'],
  ],
  [
    'one field unqualified',
    `<RequestSOAPHeader xmlns="${HUAWEI}"><OA xmlns="">2</OA><spId>1</spId></RequestSOAPHeader>`,
    {},
    ['1', 'header.ns RequestSOAPHeader'],
  ],
  [
    'a header of that name in another namespace',
    '<RequestSOAPHeader xmlns="urn:x"><spId>1</spId></RequestSOAPHeader>',
    {},
    ['anonymous'],
  ],
  [
    'an empty spId, so Username',
    `<RequestSOAPHeader><spId> </spId></RequestSOAPHeader>${TOKEN}`,
    {},
    ['app-2', 'header.ns RequestSOAPHeader'],
  ],
  ['Username', TOKEN, {}, ['app-2']],
  ['Username before Basic', TOKEN, basic('u:p'), ['app-2']],
  [
    'Security without a token',
    `<Security xmlns="${WSSE}"><Timestamp/></Security>`,
    basic('u:p'),
    ['u'],
  ],
  ['Basic', '', basic('shop:secret:with:colons'), ['shop']],
  ['Basic in UTF-8', '', basic('café:p'), ['café']],
  [
    'Basic in ISO-8859-1',
    '',
    { authorization: `Basic ${Buffer.from('café:p', 'latin1').toString('base64')}` },
    ['café'],
  ],
  ['Basic without a password', '', basic('shop'), ['shop']],
  ['Basic in any case', '', { authorization: 'bAsIc c2hvcDpw' }, ['shop']],
  ['Basic without a user', '', basic(':secret'), ['anonymous']],
  ['Basic that is no base64', '', { authorization: 'Basic %%%' }, ['anonymous']],
  ['another scheme', '', { authorization: 'Bearer c2hvcDpw' }, ['anonymous']],
  [
    '128 characters',
    `<RequestSOAPHeader><spId>${'x'.repeat(128)}</spId></RequestSOAPHeader>`,
    {},
    ['x'.repeat(128), 'header.ns RequestSOAPHeader'],
  ],
  [
    'a name of the language',
    '<RequestSOAPHeader><spId>__proto__</spId></RequestSOAPHeader>',
    {},
    ['__proto__', 'header.ns RequestSOAPHeader'],
  ],
])('%s', (_who, blocks, headers, told) => {
  expect(identify(blocks, headers)).toEqual(told);
});

describe('refused', () => {
  test.each<[string, string, Headers]>([
    [
      'more than 128 characters',
      `<RequestSOAPHeader><spId>${'x'.repeat(129)}</spId></RequestSOAPHeader>`,
      {},
    ],
    ['a line break', '<RequestSOAPHeader><spId>a&#10;b</spId></RequestSOAPHeader>', {}],
    [
      'a control character of ISO 8859',
      '<RequestSOAPHeader><spId>a&#x85;b</spId></RequestSOAPHeader>',
      {},
    ],
    ['a control character in Basic', '', basic('a\u0000b:p')],
    ['Basic beyond the bound', '', basic('x'.repeat(129))],
  ])('%s', (_what, blocks, headers) => {
    const fault = thrownBy(() => identify(blocks, headers));
    expect(fault).toBeInstanceOf(SoapFault);
    expect(fault).toMatchObject({ code: 'Client' });
  });
});
