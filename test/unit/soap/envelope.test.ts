// What must be around a message (SOAP 1.1 clause 4).
import { describe, expect, test } from '@jest/globals';
import type { Deviation } from '../../../src/soap/deviation';
import { openEnvelope } from '../../../src/soap/envelope';
import { SoapFault } from '../../../src/soap/rejection';
import { envelope, names, PARKING, readXml, SOAP, thrownBy } from './support';

const WSSE = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd';
const BODY = '<s:Body><p:park/></s:Body>';

function open(content: string, attributes = '') {
  const deviations: Deviation[] = [];
  const text = `<s:Envelope xmlns:s="${SOAP}" xmlns:p="${PARKING}"${attributes}>${content}</s:Envelope>`;
  const { header, message, independent } = openEnvelope(readXml(text), deviations);
  return {
    header: header.map(({ local }) => local),
    message: message.local,
    independent: independent.map(({ local }) => local),
    deviations: names(deviations),
  };
}

function faultOf(text: string): SoapFault {
  const fault = thrownBy(() => openEnvelope(readXml(text), []));
  expect(fault).toBeInstanceOf(SoapFault);
  return fault as SoapFault;
}

describe('opened', () => {
  const OPENED = { header: [], message: 'park', independent: [], deviations: [] };

  test.each([
    ['without a Header', BODY, OPENED],
    ['with an empty Header', `<s:Header/>${BODY}`, OPENED],
    [
      'with header blocks',
      `<s:Header><a/><b/></s:Header>${BODY}`,
      { ...OPENED, header: ['a', 'b'] },
    ],
    [
      'with white space and comments',
      `\n<s:Header/> <!-- x -->\n<s:Body>\n<p:park/>\n</s:Body>\n`,
      OPENED,
    ],
    ['with two prefixes for one namespace', `<t:Body xmlns:t="${SOAP}"><p:park/></t:Body>`, OPENED],
  ])('%s', (_how, content, opened) => {
    expect(open(content)).toEqual(opened);
  });

  test.each([
    ['extra.attribute Envelope/@encodingStyle', BODY, ' s:encodingStyle="x"'],
    ['extra.attribute Body/@id', '<s:Body id="1"><p:park/></s:Body>', ''],
    ['extra.element Envelope/trailer', `${BODY}<p:trailer/>`, ''],
    ['extra.text Body', '<s:Body>x<p:park/></s:Body>', ''],
  ])('%s is noted', (deviation, content, attributes) => {
    expect(open(content, attributes)).toEqual({ ...OPENED, deviations: [deviation] });
  });

  test('values that stand beside the message are set aside, not followed', () => {
    expect(open('<s:Body><p:park/><multiRef id="id0">x</multiRef></s:Body>')).toEqual({
      ...OPENED,
      independent: ['multiRef'],
      deviations: ['extra.element Body/multiRef'],
    });
  });
});

describe('refused as Client', () => {
  const LAYOUT = 'An envelope holds at most one Header and then one Body.';
  const wrap = (content: string) => `<s:Envelope xmlns:s="${SOAP}">${content}</s:Envelope>`;

  test.each([
    ['another root', '<html/>', 'The message is not a SOAP envelope.'],
    ['a lower-case envelope', `<envelope xmlns="${SOAP}"/>`, 'The message is not a SOAP envelope.'],
    ['nothing in it', wrap(''), LAYOUT],
    ['a Header alone', wrap('<s:Header/>'), LAYOUT],
    ['two Bodies', wrap('<s:Body><a/></s:Body><s:Body><a/></s:Body>'), LAYOUT],
    ['a Header after Body', wrap('<s:Body><a/></s:Body><s:Header/>'), LAYOUT],
    ['two Headers', wrap('<s:Header/><s:Header/><s:Body><a/></s:Body>'), LAYOUT],
    ['a Body in no namespace', wrap('<Body><a/></Body>'), LAYOUT],
    ['something before Body', wrap('<a/><s:Body><a/></s:Body>'), LAYOUT],
    ['an empty Body', wrap('<s:Body/>'), 'The SOAP Body is empty.'],
    [
      'two messages',
      wrap('<s:Body><a/><a/></s:Body>'),
      'The SOAP Body holds more than one message.',
    ],
  ])('%s', (_what, text, fault) => {
    expect(faultOf(text)).toMatchObject({ code: 'Client', text: fault });
  });
});

describe('refused as VersionMismatch', () => {
  test.each(['', 'http://www.w3.org/2003/05/soap-envelope/', 'urn:other'])(
    'namespace "%s"',
    (namespace) => {
      const text = `<Envelope xmlns="${namespace}"><Body><a/></Body></Envelope>`;
      expect(faultOf(text)).toMatchObject({
        code: 'VersionMismatch',
        text: 'The envelope is in no namespace of SOAP 1.1 or 1.2.',
      });
    },
  );
});

describe('mustUnderstand', () => {
  const inHeader = (block: string) => envelope('<p:park/>', block);

  test.each([
    '<p:lease s:mustUnderstand="1"/>',
    '<p:lease s:mustUnderstand="true"/>',
    '<p:lease s:mustUnderstand=" 1 "/>',
    '<p:lease s:mustUnderstand="1" s:actor="http://schemas.xmlsoap.org/soap/actor/next"/>',
    '<Security s:mustUnderstand="1"/>',
    '<RequestSOAPHeader xmlns="urn:other" s:mustUnderstand="1"/>',
    '<p:ok/><p:lease s:mustUnderstand="1"/>',
  ])('refuses %s', (block) => {
    expect(faultOf(inHeader(block))).toMatchObject({
      code: 'MustUnderstand',
      text: 'A header block that must be understood is not understood.',
    });
  });

  test.each([
    '<p:lease/>',
    '<p:lease s:mustUnderstand="0"/>',
    '<p:lease s:mustUnderstand="false"/>',
    '<p:lease mustUnderstand="1"/>',
    '<p:lease s:mustUnderstand="1" s:actor="urn:a-proxy"/>',
    `<w:Security xmlns:w="${WSSE}" s:mustUnderstand="1"/>`,
    '<RequestSOAPHeader s:mustUnderstand="1"/>',
    '<RequestSOAPHeader xmlns="http://www.huawei.com.cn/schema/common/v2_1" s:mustUnderstand="1"/>',
    '<RequestSOAPHeader xmlns="http://www.csapi.org/schema/parlayx/common/v3_1" s:mustUnderstand="1"/>',
  ])('takes %s', (block) => {
    expect(openEnvelope(readXml(inHeader(block)), []).message.local).toBe('park');
  });

  const SOAP_1_2 = 'http://www.w3.org/2003/05/soap-envelope';
  const in12 = (block: string) => inHeader(block).replace(SOAP, SOAP_1_2);

  test.each([
    '<p:lease s:mustUnderstand="true"/>',
    `<p:lease s:mustUnderstand="1" s:role="${SOAP_1_2}/role/next"/>`,
    `<p:lease s:mustUnderstand="1" s:role="${SOAP_1_2}/role/ultimateReceiver"/>`,
  ])('of SOAP 1.2 refuses %s', (block) => {
    expect(faultOf(in12(block))).toMatchObject({ code: 'MustUnderstand' });
  });

  test.each([
    `<p:lease s:mustUnderstand="1" s:role="${SOAP_1_2}/role/none"/>`,
    `<p:lease xmlns:o="${SOAP}" o:mustUnderstand="1"/>`,
    `<w:Security xmlns:w="${WSSE}" s:mustUnderstand="1"/>`,
  ])('of SOAP 1.2 takes %s', (block) => {
    expect(openEnvelope(readXml(in12(block)), [])).toMatchObject({
      soap: '1.2',
      message: { local: 'park' },
    });
  });

  test('the block is named in the record, not to the client', () => {
    const fault = faultOf(inHeader('<p:lease s:mustUnderstand="1"/>'));
    expect(fault.detail).toBe(`{${PARKING}}lease`);
  });
});
