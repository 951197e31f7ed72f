// The whole codec over the packaged Payment interfaces: what requests mean and how answers look, to the byte.
import { afterEach, describe, expect, test } from '@jest/globals';
import { type Codec, createCodec } from '../../../src/soap/codec';
import { STANDARD } from '../../../src/soap/profiles';
import type { Reading } from '../../../src/soap/reading';
import { HttpRefusal, Rejection, ShapeFault, SoapFault } from '../../../src/soap/rejection';
import type { Headers } from '../../../src/soap/transport';
import { loadPackagedCatalogue } from '../../../src/wsdl/packaged';
import type { Operation } from '../../../src/wsdl/schema';
import { HEADERS, names, PARK, post, SOAP, XSI } from './support';

const catalogue = loadPackagedCatalogue();
const codec: Codec = createCodec(catalogue);

const LOCAL = 'http://www.csapi.org/schema/parlayx/payment/amount_charging/v4_0/local';
const VOLUME = 'http://www.csapi.org/schema/parlayx/payment/volume_charging/v4_0/local';
const PATH = '/AmountChargingService/services/AmountCharging';

/** As a client of the v4_0 release writes it by hand. */
const NEUTRAL = `<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"
    xmlns:loc="http://www.csapi.org/schema/parlayx/payment/amount_charging/v4_0/local"><soapenv:Header/><soapenv:Body>
 <loc:chargeAmount>
  <loc:endUserIdentifier>tel:+15550100</loc:endUserIdentifier>
  <loc:charge><description>Daily quiz</description><description>mt-7f3a</description><currency>EUR</currency><amount>1.50</amount></loc:charge>
  <loc:referenceCode>quiz-000017</loc:referenceCode></loc:chargeAmount></soapenv:Body></soapenv:Envelope>`;

const NEUTRAL_MESSAGE = {
  endUserIdentifier: 'tel:+15550100',
  charge: { description: ['Daily quiz', 'mt-7f3a'], currency: 'EUR', amount: '1.50' },
  referenceCode: 'quiz-000017',
  confirmationRefs: [],
};

function operation(key: string): Operation {
  const found = catalogue.byKey('v4_0', key);
  if (found === undefined) throw new Error(`there is no ${key}`);
  return found;
}

function read(body: string | Uint8Array, headers: Headers = HEADERS, path = PATH): Reading {
  const reading = codec.read(post(body, headers, path));
  if (reading instanceof Rejection) throw new Error(JSON.stringify(reading.cause));
  return reading;
}

function refused(body: string | Uint8Array, headers: Headers = HEADERS): Rejection {
  const reading = codec.read(post(body, headers, PATH));
  expect(reading).toBeInstanceOf(Rejection);
  return reading as Rejection;
}

/** The neutral request with one thing replaced, which must be there. */
function changed(part: string, by: string): string {
  expect(NEUTRAL).toContain(part);
  return NEUTRAL.replace(part, () => by);
}

const inBody = (content: string) =>
  `<s:Envelope xmlns:s="${SOAP}" xmlns:l="${LOCAL}" xmlns:xsi="${XSI}"><s:Body>${content}</s:Body></s:Envelope>`;

describe('a request to the letter', () => {
  test('is read into its typed parts without a deviation', () => {
    expect(read(NEUTRAL)).toEqual({
      operation: operation('AmountCharging.chargeAmount'),
      message: NEUTRAL_MESSAGE,
      application: 'anonymous',
      deviations: [],
      soap: '1.1',
      profile: STANDARD,
      requestHeaders: [],
      strict: false,
      alternatives: [],
      attachments: 0,
    });
  });

  test('carries a volume as a bigint and parameters as a list', () => {
    const reading = read(
      inBody(
        `<chargeVolume xmlns="${VOLUME}"><endUserIdentifier>tel:+1</endUserIdentifier><volume>9007199254740993</volume>` +
          '<billingText>video</billingText><referenceCode>v-1</referenceCode>' +
          '<parameters><name xmlns="">unit</name><value xmlns="">kB</value></parameters></chargeVolume>',
      ),
      HEADERS,
      '/VolumeChargingService/services/VolumeCharging',
    );
    expect(reading.operation.key).toBe('VolumeCharging.chargeVolume');
    expect(reading.message).toEqual({
      endUserIdentifier: 'tel:+1',
      volume: 9007199254740993n,
      billingText: 'video',
      referenceCode: 'v-1',
      parameters: [{ name: 'unit', value: 'kB' }],
    });
    expect(reading.deviations).toEqual([]);
  });

  test.each([
    ['UTF-8 with a byte order mark', Buffer.from(`\ufeff${NEUTRAL}`), 'text/xml'],
    ['UTF-16', Buffer.from(`\ufeff${NEUTRAL}`, 'utf16le'), 'text/xml; charset=utf-16'],
    ['ISO-8859-1', Buffer.from(NEUTRAL, 'latin1'), 'text/xml; charset=iso-8859-1'],
  ])('may be in %s', (_encoding, bytes, contentType) => {
    const reading = read(bytes, { ...HEADERS, 'content-type': contentType });
    expect([reading.message, reading.deviations]).toEqual([NEUTRAL_MESSAGE, []]);
  });
});

describe('what clients of the field do otherwise is read and noted', () => {
  test('also around what is no XML', () => {
    const { deviations } = refused('{"json":true}', { 'content-type': 'application/json' });
    expect(names(deviations)).toEqual(['content-type Content-Type', 'soapaction SOAPAction']);
  });

  const nusoap = `<?xml version="1.0" encoding="ISO-8859-1"?><SOAP-ENV:Envelope SOAP-ENV:encodingStyle="http://schemas.xmlsoap.org/soap/encoding/"
    xmlns:SOAP-ENV="${SOAP}" xmlns:xsi="${XSI}"><SOAP-ENV:Body><chargeAmount><endUserIdentifier xsi:type="xsi:int">15550100</endUserIdentifier>
    <charge><description>quiz</description><amount>100</amount></charge><referenceCode>1</referenceCode></chargeAmount></SOAP-ENV:Body></SOAP-ENV:Envelope>`;

  test('no namespace at all, types and encodingStyle as nuSOAP sends them', () => {
    const reading = read(nusoap, {
      'content-type': 'text/xml; charset=ISO-8859-1',
      soapaction: '""',
    });
    expect(reading.operation.key).toBe('AmountCharging.chargeAmount');
    expect(reading.message).toEqual({
      endUserIdentifier: '15550100',
      charge: { description: ['quiz'], amount: '100' },
      referenceCode: '1',
      confirmationRefs: [],
    });
    expect(names(reading.deviations)).toEqual([
      'extra.attribute Envelope/@encodingStyle',
      'ns.none chargeAmount',
      'part.ns chargeAmount/endUserIdentifier',
      'part.ns chargeAmount/charge',
      'part.ns chargeAmount/referenceCode',
      'extra.attribute chargeAmount/endUserIdentifier/@type',
    ]);
  });

  test.each<[string, string, string[]]>([
    [
      'the namespace of an older release',
      NEUTRAL.replaceAll('v4_0', 'v9_9'),
      [
        'ns.unknown chargeAmount',
        'part.ns chargeAmount/endUserIdentifier',
        'part.ns chargeAmount/charge',
        'part.ns chargeAmount/referenceCode',
      ],
    ],
    [
      'the namespace of another interface',
      NEUTRAL.replaceAll('/amount_charging', '/reserve_amount_charging'),
      [
        'ns.interface chargeAmount',
        'part.ns chargeAmount/endUserIdentifier',
        'part.ns chargeAmount/charge',
        'part.ns chargeAmount/referenceCode',
      ],
    ],
    [
      'qualified fields, as node-soap has them',
      changed(
        '<currency>EUR</currency>',
        '<c:currency xmlns:c="http://www.csapi.org/schema/parlayx/common/v4_0">EUR</c:currency>',
      ),
      ['type.ns chargeAmount/charge/currency'],
    ],
    [
      'xmlns="" on fields, as Axis has them: the published form',
      changed('<amount>', '<amount xmlns="">'),
      [],
    ],
    [
      'an upper-case first letter',
      NEUTRAL.replaceAll('loc:endUserIdentifier', 'loc:EndUserIdentifier'),
      ['case chargeAmount/EndUserIdentifier'],
    ],
    [
      'another order of fields',
      NEUTRAL.replace(/(<currency>.*<\/currency>)(<amount>.*<\/amount>)/, '$2$1'),
      ['order chargeAmount/charge'],
    ],
    [
      'unknown elements',
      changed('<loc:charge>', '<loc:correlator>7</loc:correlator><loc:charge>'),
      ['extra.element chargeAmount/correlator'],
    ],
    [
      'white space around a text',
      changed('>quiz-000017<', '> quiz-000017\n<'),
      ['trim chargeAmount/referenceCode'],
    ],
    ['white space around a number', changed('>1.50<', '>\n1.50 <'), []],
    ['CDATA', changed('>EUR<', '><![CDATA[EUR]]><'), []],
  ])('%s', (_what, text, deviations) => {
    const reading = read(text);
    expect(names(reading.deviations)).toEqual(deviations);
    expect(reading.operation.key).toBe('AmountCharging.chargeAmount');
    expect(reading.message).toEqual(NEUTRAL_MESSAGE);
  });

  test.each<[Headers, string[]]>([
    [{ 'content-type': 'text/xml; charset=utf-8', soapaction: '""' }, []],
    [{ 'content-type': 'TEXT/XML ;charset="utf-8"', soapaction: '""' }, []],
    [
      { 'content-type': 'application/soap+xml; charset="utf-8"', soapaction: '""' },
      ['content-type Content-Type'],
    ],
    [{ 'content-type': 'text/xmlish', soapaction: '""' }, ['content-type Content-Type']],
    [
      { 'content-type': 'text/plain;charset=UTF-8' },
      ['content-type Content-Type', 'soapaction SOAPAction'],
    ],
    [{}, ['content-type Content-Type', 'soapaction SOAPAction']],
    [{ 'content-type': 'text/xml', soapaction: '' }, ['soapaction SOAPAction']],
    [{ 'content-type': 'text/xml', soapaction: 'run' }, ['soapaction SOAPAction']],
    [{ 'content-type': 'text/xml', soapaction: '"urn:refundAmount"' }, ['soapaction SOAPAction']],
  ])('headers %j', (headers, deviations) => {
    const reading = read(NEUTRAL, headers);
    expect([names(reading.deviations), reading.message]).toEqual([deviations, NEUTRAL_MESSAGE]);
  });

  test('a deviation says what would have been right', () => {
    expect(read(NEUTRAL, { 'content-type': 'text/xml' }).deviations).toEqual([
      {
        name: 'soapaction',
        where: 'SOAPAction',
        clause: 'WS-I BP 1.1 R2745',
        rule: 'The WSDL binds every operation with soapAction="", sent as SOAPAction: "".',
      },
    ]);
  });
});

describe('an operation name of two interfaces', () => {
  const noNamespace = (name: string, parts: string) => inBody(`<${name}>${parts}</${name}>`);
  const id = '<reservationIdentifier>1</reservationIdentifier>';
  const charge =
    '<charge><description/><amount>1</amount></charge><referenceCode>r</referenceCode>';
  const volume = '<volume>1</volume><referenceCode>r</referenceCode>';

  test.each([
    ['ReserveAmountCharging.chargeReservation', '/', noNamespace('chargeReservation', id + charge)],
    ['ReserveVolumeCharging.chargeReservation', '/', noNamespace('chargeReservation', id + volume)],
    [
      'ReserveVolumeCharging.releaseReservation',
      '/ReserveVolumeChargingService/services/ReserveVolumeCharging',
      noNamespace('releaseReservation', id),
    ],
    [
      'ReserveAmountCharging.releaseReservation',
      '/reserveamountcharging/',
      noNamespace('releaseReservation', id),
    ],
    [
      'VolumeCharging.getAmount',
      '/VolumeChargingService/services/VolumeCharging',
      noNamespace('getAmount', '<endUserIdentifier>tel:+1</endUserIdentifier><volume>1</volume>'),
    ],
    [
      'ReserveVolumeCharging.getAmount',
      '/ReserveVolumeChargingService/',
      noNamespace('getAmount', '<endUserIdentifier>tel:+1</endUserIdentifier><volume>1</volume>'),
    ],
  ])('%s on %s', (key, path, text) => {
    expect(read(text, HEADERS, path).operation.key).toBe(key);
  });
});

describe('the application', () => {
  test('is read from the message, and known of a refused one too', () => {
    const header =
      '<soapenv:Header><h:RequestSOAPHeader xmlns:h="http://www.huawei.com.cn/schema/common/v2_1"><h:spId>35</h:spId></h:RequestSOAPHeader></soapenv:Header>';
    const text = changed('<soapenv:Header/>', header);
    expect(read(text).application).toBe('35');
    expect(refused(text.replaceAll('chargeAmount', 'fly'))).toMatchObject({
      application: '35',
      operation: undefined,
      cause: { text: 'Unknown operation' },
    });
  });
});

describe('bad input', () => {
  const objectNames = Object.getOwnPropertyNames(Object.prototype);

  afterEach(() => {
    // Whatever came before, the next good request is read and the language is as it was.
    expect(read(NEUTRAL).message).toEqual(NEUTRAL_MESSAGE);
    expect(Object.getOwnPropertyNames(Object.prototype)).toEqual(objectNames);
  });

  test.each<[string, number, string | Uint8Array, Headers]>([
    ['an encoded body', 415, NEUTRAL, { ...HEADERS, 'content-encoding': 'gzip' }],
    ['a body above the limit', 413, new Uint8Array(300 * 1024), HEADERS],
    ['an empty body', 400, '', HEADERS],
    ['an unknown charset', 415, NEUTRAL, { 'content-type': 'text/xml; charset=windows-1251' }],
  ])('%s: HTTP %i', (_what, status, body, headers) => {
    const { cause, operation: none } = refused(body, headers);
    expect(cause).toBeInstanceOf(HttpRefusal);
    expect(cause).toMatchObject({ status });
    expect(none).toBeUndefined();
    expect(codec.writeFault(cause as HttpRefusal)).toMatchObject({
      status,
      headers: { 'Content-Type': 'text/plain; charset=utf-8' },
    });
  });

  const nested = `<a>${'<a>'.repeat(100)}${'</a>'.repeat(100)}</a>`;
  test.each<[string, string | Uint8Array]>([
    ['no XML', 'amount=1'],
    ['JSON', '{"chargeAmount":{}}'],
    ['cut short', NEUTRAL.slice(0, -20)],
    ['text after the root', `${NEUTRAL}x`],
    ['invalid UTF-8', Buffer.concat([Buffer.from(NEUTRAL), Buffer.from([0xff])])],
    ['a forbidden character', changed('quiz-000017', 'quiz\u0007')],
    ['a reference to a forbidden character', changed('quiz-000017', 'quiz&#7;')],
    ['a DOCTYPE', `<!DOCTYPE x SYSTEM "http://127.0.0.1:1/">${NEUTRAL}`],
    ['an entity', `<!DOCTYPE x [<!ENTITY a "b">]>${changed('quiz-000017', '&a;')}`],
    ['a processing instruction', `<?pay now?>${NEUTRAL}`],
    ['excessive depth', inBody(nested)],
    ['no Body', `<s:Envelope xmlns:s="${SOAP}"><s:Header/></s:Envelope>`],
    ['two Bodies', changed('<soapenv:Header/>', '<soapenv:Body><a/></soapenv:Body>')],
    ['two operations', inBody('<l:chargeAmount/><l:chargeAmount/>')],
    ['a second operation with an id', inBody('<l:chargeAmount/><l:refundAmount id="1"/>')],
    ['an unknown operation', inBody('<l:fly/>')],
    ['an operation named like a property', inBody('<constructor/>')],
    ['an operation called __proto__', inBody('<__proto__><amount>1</amount></__proto__>')],
    ['a response sent as a request', inBody('<l:chargeAmountResponse/>')],
  ])('%s: a Client fault without detail, with our words alone', (_what, body) => {
    const { cause } = refused(body);
    expect(cause).toBeInstanceOf(SoapFault);
    expect(cause).toMatchObject({ code: 'Client' });
    const response = codec.writeFault(cause as SoapFault);
    const text = response.bytes.toString();
    expect(response.status).toBe(500);
    expect(text).toContain('<faultcode>soapenv:Client</faultcode>');
    expect(text).not.toMatch(/<detail>|Response|chargeAmount|22007201|node_modules|\.[jt]s:/);
  });

  test.each([
    ['no SOAP at all', 'VersionMismatch', NEUTRAL.replace(SOAP, 'urn:x')],
    [
      'a header that is not understood',
      'MustUnderstand',
      changed(
        '<soapenv:Header/>',
        '<soapenv:Header><loc:t soapenv:mustUnderstand="1"/></soapenv:Header>',
      ),
    ],
  ])('%s: %s', (_what, code, text) => {
    expect(refused(text).cause).toMatchObject({ code });
  });

  const part = (name: string) => new RegExp(`<loc:${name}>.*</loc:${name}>`);
  test.each<[string, string, string]>([
    ['no endUserIdentifier', 'endUserIdentifier', NEUTRAL.replace(part('endUserIdentifier'), '')],
    [
      'an empty endUserIdentifier',
      'endUserIdentifier',
      NEUTRAL.replace(part('endUserIdentifier'), '<loc:endUserIdentifier/>'),
    ],
    [
      'a nil endUserIdentifier',
      'endUserIdentifier',
      NEUTRAL.replace(
        part('endUserIdentifier'),
        `<loc:endUserIdentifier xmlns:x="${XSI}" x:nil="true"/>`,
      ),
    ],
    [
      'a pointer for endUserIdentifier',
      'endUserIdentifier',
      inBody(
        '<l:chargeAmount><l:endUserIdentifier href="#id0"/><l:charge><description/></l:charge><l:referenceCode>r</l:referenceCode></l:chargeAmount><multiRef id="id0">tel:+1</multiRef>',
      ),
    ],
    [
      'two endUserIdentifiers',
      'endUserIdentifier',
      NEUTRAL.replace(part('endUserIdentifier'), '$&$&'),
    ],
    [
      'a structure for endUserIdentifier',
      'endUserIdentifier',
      changed('tel:+15550100', '<value>tel:+15550100</value>'),
    ],
    ['no charge', 'charge', NEUTRAL.replace(part('charge'), '')],
    ['two charges', 'charge', NEUTRAL.replace(part('charge'), '$&$&')],
    [
      'a charge without description',
      'charge',
      NEUTRAL.replace(/<description>.*<\/description>/, ''),
    ],
    [
      'two amounts',
      'charge',
      changed('<amount>1.50</amount>', '<amount>1.50</amount><amount>1.50</amount>'),
    ],
    ['no referenceCode', 'referenceCode', NEUTRAL.replace(part('referenceCode'), '')],
    ['nothing at all, so the first part', 'endUserIdentifier', inBody('<l:chargeAmount/>')],
    ...['1e3', '1,000', '10 EUR', 'NaN', '0x10', '\u0661', 'one', '1.2.3', '--1', '1_0'].map(
      (amount): [string, string, string] => [
        `the amount ${amount}, though there is a code`,
        'charge',
        changed('<amount>1.50</amount>', `<amount>${amount}</amount><code>A</code>`),
      ],
    ),
  ])('%s: a fault of %s', (_what, name, text) => {
    const { cause, operation: known } = refused(text);
    expect(cause).toBeInstanceOf(ShapeFault);
    expect(cause).toMatchObject({ part: name });
    expect(known?.key).toBe('AmountCharging.chargeAmount');
  });

  test.each([
    '+1.50',
    '-1.50',
    '007',
    '.5',
    '5.',
    '0',
    ' 1.50 ',
    `${'9'.repeat(40)}.${'9'.repeat(40)}`,
  ])('the legal amount %s is read as it is written', (amount) => {
    const { charge } = read(changed('1.50', amount)).message;
    expect(charge).toMatchObject({ amount: amount.trim() });
  });

  test('neither amount nor code is no matter of shape', () => {
    const text = changed('<amount>1.50</amount>', '<amount/><code></code>');
    expect(read(text).message.charge).toEqual({
      description: ['Daily quiz', 'mt-7f3a'],
      currency: 'EUR',
    });
  });

  test('CDATA that looks like markup stays text, byte for byte', () => {
    const markup = '</loc:referenceCode><amount>0</amount>&amp;<!-- x -->';
    expect(read(changed('quiz-000017', `<![CDATA[${markup}]]>`)).message.referenceCode).toBe(
      markup,
    );
  });

  test('a defect of ours is not taken for a fault of the client', () => {
    const broken = createCodec({
      ...catalogue,
      byElement: () => {
        throw new TypeError('a defect');
      },
    });
    expect(() => broken.read(post(NEUTRAL))).toThrow(new TypeError('a defect'));
  });
});

describe('answers, to the byte', () => {
  const OPEN =
    '<?xml version="1.0" encoding="utf-8" ?><soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><soapenv:Body>';
  const CLOSE = '</soapenv:Body></soapenv:Envelope>';

  test.each<[string, object, string]>([
    [
      'AmountCharging.chargeAmount',
      {},
      '<ns1:chargeAmountResponse xmlns:ns1="http://www.csapi.org/schema/parlayx/payment/amount_charging/v4_0/local"></ns1:chargeAmountResponse>',
    ],
    [
      'ReserveAmountCharging.reserveAmount',
      { result: '000000000000000001' },
      '<ns1:reserveAmountResponse xmlns:ns1="http://www.csapi.org/schema/parlayx/payment/reserve_amount_charging/v4_0/local"><ns1:result>000000000000000001</ns1:result></ns1:reserveAmountResponse>',
    ],
    [
      'VolumeCharging.getAmount',
      { result: { description: ['1 kB'], currency: 'EUR', amount: '0.10' } },
      '<ns1:getAmountResponse xmlns:ns1="http://www.csapi.org/schema/parlayx/payment/volume_charging/v4_0/local"><ns1:result><description>1 kB</description><currency>EUR</currency><amount>0.10</amount></ns1:result></ns1:getAmountResponse>',
    ],
  ])('%s', (key, message, payload) => {
    const { status, headers, bytes } = codec.writeResponse(operation(key), message);
    expect(bytes.toString()).toBe(OPEN + payload + CLOSE);
    expect([status, headers]).toEqual([
      200,
      { 'Content-Type': 'text/xml; charset=utf-8', 'Content-Length': String(bytes.length) },
    ]);
  });

  test('a fault', () => {
    const { status, bytes } = codec.writeOperationFault(
      operation('ReserveAmountCharging.releaseReservation'),
      {
        exception: 'ServiceException',
        messageId: 'SVC0002',
        text: 'Invalid input value for message part %1',
        variables: ['reservationIdentifier'],
      },
    );
    expect(status).toBe(500);
    expect(bytes.toString()).toBe(
      '<?xml version="1.0" encoding="utf-8" ?><soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><soapenv:Body><soapenv:Fault><faultcode>soapenv:Server</faultcode><faultstring>Invalid input value for message part reservationIdentifier</faultstring><detail><ns1:ServiceException xmlns:ns1="http://www.csapi.org/schema/parlayx/common/v4_0"><messageId>SVC0002</messageId><text>Invalid input value for message part %1</text><variables>reservationIdentifier</variables></ns1:ServiceException></detail></soapenv:Fault></soapenv:Body></soapenv:Envelope>',
    );
  });

  test('a fault of the message', () => {
    const { bytes } = codec.writeFault(new SoapFault('Client', 'Unknown operation'));
    expect(bytes.toString()).toBe(
      `${OPEN}<soapenv:Fault><faultcode>soapenv:Client</faultcode><faultstring>Unknown operation</faultstring></soapenv:Fault>${CLOSE}`,
    );
  });

  test('only operations of the catalogue are answered', () => {
    expect(() => codec.writeResponse(PARK, {})).toThrow('Parking.park is not in the catalogue.');
  });
});
