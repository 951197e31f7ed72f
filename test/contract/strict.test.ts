// With `strict` every deviation is a fault and nothing is executed; without it the same request is answered.
import { describe, expect, test } from '@jest/globals';
import { createEmulator } from '../../src/emulator';
import { DEVIATION_NAMES, deviationsDocument } from '../../src/soap/deviation';
import { expectFault, expectSoapFault } from '../support/answers';
import { operationOf } from '../support/operations';
import { envelope, messageOf, type Parts } from '../support/requests';
import { sampleOf } from '../support/samples';
import { deviationsOf, openTestSandbox, type RequestOptions } from '../support/test-sandbox';
import { xmlText } from '../support/xml';

const lenient = openTestSandbox();
const strict = openTestSandbox({ wire: { strict: true } });

const CHARGE = operationOf('AmountCharging.chargeAmount');
const PATH = '/AmountChargingService/services/AmountCharging';
const NS = CHARGE.request.namespace;
const COMMON = 'http://www.csapi.org/schema/parlayx/common/v4_0';
const WSSE = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd';
const HUAWEI = 'http://www.huawei.com.cn/schema/common/v2_1';

const plain = (parts: Parts = {}) => xmlText(messageOf(CHARGE, sampleOf(CHARGE, parts)));
const changed = (from: string | RegExp, to: string) => {
  const text = plain();
  const bent = text.replace(from, to);
  if (bent === text) throw new Error(`${from} is not in ${text}`);
  return envelope(bent);
};

const ISO_8859_1 = { headers: { 'content-type': 'text/xml; charset=ISO-8859-1' } };

/** Deviation, how the request comes by it, and what of the fault's sentence tells where. */
const CASES: readonly (readonly [string, string, string, RequestOptions?])[] = [
  [
    'content-type',
    envelope(plain()),
    'Content-Type',
    { headers: { 'content-type': 'text/plain' } },
  ],
  ['soapaction', envelope(plain()), 'SOAPAction', { headers: { soapaction: undefined } }],
  ['path', envelope(plain()), '/parlayxgw/x', { path: '/parlayxgw/x' }],
  ['path', envelope(plain()), `${PATH}/`, { path: `${PATH}/` }],
  ['path', envelope(plain()), `${PATH}/v3`, { path: `${PATH}/v3` }],
  ['path', envelope(plain()), `${PATH}/chargeAmount`, { path: `${PATH}/chargeAmount` }],
  [
    'soap.1.2',
    envelope(plain()).replace(
      'http://schemas.xmlsoap.org/soap/envelope/',
      'http://www.w3.org/2003/05/soap-envelope',
    ),
    'Envelope',
    { headers: { 'content-type': 'application/soap+xml', soapaction: undefined } },
  ],
  ['ns.none', changed(/ xmlns:m="[^"]*"|m:/g, ''), 'chargeAmount'],
  ['ns.unknown', changed(NS, 'urn:x'), 'chargeAmount', { path: PATH }],
  ['ns.interface', changed(NS, NS.replace('amount', 'volume')), 'chargeAmount', { path: PATH }],
  ['part.ns', changed(/m:referenceCode/g, 'referenceCode'), 'chargeAmount/referenceCode'],
  [
    'type.ns',
    changed('<amount>1.50</amount>', `<c:amount xmlns:c="${COMMON}">1.50</c:amount>`),
    'chargeAmount/charge/amount',
  ],
  [
    'order',
    changed('<amount>1.50</amount><code>QUIZ</code>', '<code>QUIZ</code><amount>1.50</amount>'),
    'chargeAmount/charge',
  ],
  ['case', changed(/m:referenceCode/g, 'm:ReferenceCode'), 'chargeAmount/ReferenceCode'],
  ['extra.element', changed('<m:ref', '<m:tenant>7</m:tenant><m:ref'), 'chargeAmount/tenant'],
  ['extra.attribute', changed('<amount>', '<amount id="a">'), 'chargeAmount/charge/amount/@id'],
  ['extra.text', changed('<m:ref', 'and<m:ref'), 'chargeAmount'],
  ['trim', changed('quiz-000017', ' quiz-000017 '), 'chargeAmount/referenceCode'],
  [
    'header.ns',
    envelope(
      plain(),
      `<h:RequestSOAPHeader xmlns:h="${HUAWEI}"><spId>shop</spId></h:RequestSOAPHeader>`,
    ),
    'RequestSOAPHeader',
  ],
  [
    'header.ns',
    envelope(plain(), '<RequestSOAPHeader><spId>shop</spId></RequestSOAPHeader>'),
    'RequestSOAPHeader',
  ],
  ...[
    ['extra.element', '<spId>shop</spId><loginId>7</loginId>', 'RequestSOAPHeader/loginId'],
    ['extra.element', '<spId>shop<b/></spId>', 'RequestSOAPHeader/spId/b'],
    ['extra.attribute', '<spId type="int">shop</spId>', 'RequestSOAPHeader/spId/@type'],
    [
      'extra.attribute',
      '<namedParameters><item><key a="b">k</key><value/></item></namedParameters>',
      'RequestSOAPHeader/namedParameters/item/key/@a',
    ],
  ].map(([name = '', fields = '', where = '']): readonly [string, string, string] => [
    name,
    envelope(plain(), `<RequestSOAPHeader xmlns="${HUAWEI}">${fields}</RequestSOAPHeader>`),
    where,
  ]),
  ['encoding', `\ufeff${envelope(plain())}`, 'Content-Type', ISO_8859_1],
  ['encoding', `<?xml version="1.0" encoding="UTF-16"?>${envelope(plain())}`, 'Envelope'],
  ['xml.declaration', `\n<?xml version="1.0"?>${envelope(plain())}`, 'Envelope'],
  ['xml.version', `<?xml version="1.1"?>${envelope(plain())}`, 'Envelope'],
  [
    'application',
    envelope(
      plain(),
      `<RequestSOAPHeader xmlns="${HUAWEI}"><spId>shop</spId></RequestSOAPHeader>` +
        `<w:Security xmlns:w="${WSSE}"><w:UsernameToken><w:Username>kiosk</w:Username></w:UsernameToken></w:Security>`,
    ),
    'UsernameToken/Username',
  ],
];

describe('a deviation', () => {
  test.each(CASES)('%s is noted, or with strict refused', async (...row) => {
    const [name, body, where, options] = row;
    const noted = await lenient.post(body, options);
    expect([noted.status, deviationsOf(noted)[0]]).toEqual([200, name]);

    const before = strict.digest();
    const refused = await strict.post(body, options);

    expect(refused.status).toBe(500);
    expect(refused.text).toContain(`Refused for the deviation ${name} at ${where}: `);
    expect(refused.text).toMatch(/soapenv:(?:Client|Sender)</);
    expect(refused.record).toMatchObject({ fault: 'Client', detail: where });
    expect(strict.digest()).toBe(before);
  });

  test('every one that the codec knows is in the table, or in a place of its own below', () => {
    const elsewhere = ['empty', 'description.repeated', 'http.header'];
    expect([...new Set([...CASES.map(([name]) => name), ...elsewhere])].sort()).toEqual(
      [...DEVIATION_NAMES].sort(),
    );
  });

  test('empty: an optional part without a value', async () => {
    const volume = operationOf('VolumeCharging.chargeVolume');
    const body = envelope(messageOf(volume, sampleOf(volume))).replace(
      /<m:parameters>.*<\/m:parameters>/,
      '<m:parameters/>',
    );
    expect(deviationsOf(await lenient.post(body))).toContain('empty');
    expect(expectSoapFault(await strict.post(body), 'Client')).toContain(
      'empty at chargeVolume/parameters',
    );
  });

  test('description.repeated: before version 4.0', async () => {
    const body = envelope(
      xmlText(
        messageOf(operationOf(CHARGE.key, 'v2_1'), sampleOf(operationOf(CHARGE.key, 'v2_1'))),
      ),
    ).replace('<description>', '<description>first</description><description>');
    expect(deviationsOf(await lenient.post(body))).toContain('description.repeated');
    expect(expectSoapFault(await strict.post(body), 'Client')).toContain('description.repeated');
  });
});

describe('address.scheme is SVC0002 with the part', () => {
  test('endUserIdentifier', async () => {
    const parts = sampleOf(CHARGE, { endUserIdentifier: '15550100' });
    expect(deviationsOf(await lenient.ask(CHARGE.key, parts))).toContain('address.scheme');

    const before = strict.digest();
    expectFault(await strict.ask(CHARGE.key, parts), ['SVC0002', 'endUserIdentifier']);
    expect(strict.digest()).toBe(before);
  });

  test('splitInfo', async () => {
    const splitInfo = [
      { endUserIdentifier: 'tel:+15550101', percent: '60' },
      { endUserIdentifier: '15550102', percent: '40' },
    ];
    const split = operationOf('AmountCharging.chargeSplitAmount');
    const parts = sampleOf(split, { splitInfo });
    expect(deviationsOf(await lenient.ask(split.key, parts))).toContain('address.scheme');
    expectFault(await strict.ask(split.key, parts), ['SVC0002', 'splitInfo']);
  });
});

test('to the letter nothing is refused', async () => {
  const answer = await strict.ask(CHARGE.key, sampleOf(CHARGE));
  expect([answer.status, answer.record.deviations]).toEqual([200, []]);
});

test('a header with every field, addressed to us, deviates in nothing', async () => {
  const fields = ['spId', 'spPassword', 'serviceId', 'timeStamp', 'OA', 'FA', 'token', 'linkid'];
  const more = ['presentid', 'bundleID', 'oauth_token'];
  const leaves = [...fields, ...more].map((field) => `<${field}></${field}>`).join('');
  const named = '<namedParameters><item><key>k</key><value>v</value></item></namedParameters>';
  const must = 'soapenv:mustUnderstand="1"';
  const header = `<RequestSOAPHeader xmlns="${HUAWEI}" ${must}>${leaves}${named}</RequestSOAPHeader>`;
  const answer = await strict.post(envelope(plain({ referenceCode: 'by-header' }), header));
  expect([answer.status, answer.record.deviations]).toEqual([200, []]);
});

describe('what is refused is recorded with what was lenient, whom it was about and its reference', () => {
  const about = { subject: '15550100', referenceCode: 'quiz-000017' };
  test('a value', async () => {
    const { record } = await strict.ask(
      CHARGE.key,
      sampleOf(CHARGE, { endUserIdentifier: '15550100' }),
    );
    expect(record).toMatchObject({
      ...about,
      deviations: [{ name: 'address.scheme', where: 'endUserIdentifier', clause: 'RFC 3966 §3' }],
    });
  });

  test('a shape', async () => {
    const body = changed('tel:+15550100', '15550100');
    const { record } = await strict.post(body, { headers: { soapaction: 'run' } });
    expect(record).toMatchObject({
      ...about,
      fault: 'Client',
      deviations: [{ name: 'soapaction', clause: 'WS-I BP 1.1 R2745' }],
    });
  });

  test('an address of the header', async () => {
    const header = `<RequestSOAPHeader xmlns="${HUAWEI}"><spId>a</spId><OA>8</OA></RequestSOAPHeader>`;
    const { record } = await strict.post(envelope(plain(), header));
    expect(record).toMatchObject({ ...about, subject: 'tel:+15550100', fault: 'SVC0905' });
  });
});

test('every deviation has a clause, and the page has them all', () => {
  const rows = deviationsDocument().matchAll(/^\| ([a-z0-9.-]+) \| ([^|]+) \| ([^|]+) \|$/gm);
  const clauses = new Map([...rows].map(([, name, clause]) => [name, clause]));
  const names = [...DEVIATION_NAMES, 'currency.alias', 'address.scheme', 'deviation'];
  expect([...clauses.keys()].sort()).toEqual(names.sort());
  clauses.delete('deviation');
  for (const clause of clauses.values()) {
    expect(clause).toMatch(/^(?:SOAP|WSDL|WS-I BP|WSS|XML|RFC|TS) ?[\w. ]*/);
    expect(clause).toMatch(/\d/);
  }
});

test('what is refused anyway is refused in the same way', async () => {
  const body = changed('<m:endUserIdentifier>tel:+15550100</m:endUserIdentifier>', '');
  const options = { headers: { soapaction: 'run' } };
  const [one, other] = [await lenient.post(body, options), await strict.post(body, options)];
  expect(other.text).toBe(one.text);
});

test('a name of the client that readers would take for success is not repeated', async () => {
  const body = changed('<m:ref', '<m:chargeAmountResponse/><m:ref');
  expect(expectSoapFault(await strict.post(body), 'Client')).toBe(
    'Refused for the deviation extra.element: Elements that the schema does not have are left out.',
  );
});

test('one application can be held to the letter and another not', async () => {
  const both = openTestSandbox({
    wire: (application) => ({
      strict: application === 'exact',
      profile: undefined,
      credentials: undefined,
    }),
  });
  const ask = (application: string) =>
    both.post(changed('quiz-000017', `${application} `), { application });
  expect([(await ask('exact')).status, (await ask('loose')).status]).toEqual([500, 200]);
});

test('options of an emulator: strict, and the profile of the answers', async () => {
  const emulator = await createEmulator({
    strict: true,
    profile: 'huawei',
    configuration: { confirmation: { mode: 'off' } },
  });
  try {
    const ask = async (soapAction: string, parts: Parts) => {
      const response = await fetch(emulator.url + PATH, {
        method: 'POST',
        headers: { 'Content-Type': 'text/xml', SOAPAction: soapAction },
        body: envelope(plain(parts)),
      });
      return response.text();
    };
    expect(await ask('run', {})).toContain('Refused for the deviation soapaction at SOAPAction: ');
    expect(await ask('""', { endUserIdentifier: '15550100' })).toContain(
      '<faultcode>SVC0002</faultcode>',
    );
    expect(await ask('""', {})).toContain('<ns1:chargeAmountResponse ');
  } finally {
    await emulator.close();
  }
});
