// Faults on the wire.
import { describe, expect, test } from '@jest/globals';
import { compileFaultWriter, type OperationFault, writeSoapFault } from '../../../src/soap/faults';
import { HUAWEI, STANDARD } from '../../../src/soap/profiles';
import { type FaultCode, SecurityFault, SoapFault } from '../../../src/soap/rejection';
import { PARK, TYPES } from './support';

const write = compileFaultWriter(PARK);
const PLAIN = { soap: '1.1', profile: STANDARD } as const;

const FULL: OperationFault = {
  exception: 'ServiceException',
  messageId: 'SVC0003',
  text: 'Invalid input value for message part %1, valid values are %2',
  variables: ['lot', '1, 2'],
};

function bodyOf({ bytes }: { readonly bytes: Buffer }): string {
  const text = bytes.toString();
  return text.slice(text.indexOf('<soapenv:Body>') + 14, text.indexOf('</soapenv:Body>'));
}

const faultstringOf = (fault: Partial<OperationFault>) =>
  /<faultstring>(.*)<\/faultstring>/s.exec(bodyOf(write({ ...FULL, ...fault }, PLAIN)))?.[1];

describe('an operation fault', () => {
  test('substitutes its faultstring, but not the text of its detail', () => {
    expect(bodyOf(write(FULL, PLAIN))).toBe(
      '<soapenv:Fault><faultcode>soapenv:Server</faultcode>' +
        '<faultstring>Invalid input value for message part lot, valid values are 1, 2</faultstring>' +
        `<detail><ns1:ServiceException xmlns:ns1="${TYPES}"><messageId>SVC0003</messageId>` +
        '<text>Invalid input value for message part %1, valid values are %2</text>' +
        '<variables>lot</variables><variables>1, 2</variables></ns1:ServiceException></detail></soapenv:Fault>',
    );
  });

  test('without variables has no such element', () => {
    const fault = {
      exception: 'PolicyException',
      messageId: 'POL0008',
      text: 'Charging is not supported',
      variables: [],
    } as const;
    expect(bodyOf(write(fault, PLAIN))).toContain(
      `<detail><ns1:PolicyException xmlns:ns1="${TYPES}"><messageId>POL0008</messageId>` +
        '<text>Charging is not supported</text></ns1:PolicyException></detail>',
    );
  });

  test('is HTTP 500 with the length of its bytes', () => {
    const { status, headers, bytes } = write({ ...FULL, variables: ['é', '<'] }, PLAIN);
    expect([status, headers]).toEqual([
      500,
      { 'Content-Type': 'text/xml; charset=utf-8', 'Content-Length': String(bytes.length) },
    ]);
    expect(bytes.toString()).toContain('<variables>é</variables><variables>&lt;</variables>');
  });

  test.each<[string, string[], string]>([
    ['%1 and %2', ['a', 'b'], 'a and b'],
    ['%1 and %1', ['a'], 'a and a'],
    ['%1 and %2', ['a'], 'a and %2'],
    ['%1 and %2', ['%2', 'b'], '%2 and b'],
    ['100% of %1', ['$&'], '100% of $&amp;'],
    ['%1', ['a < b'], 'a &lt; b'],
    ['%1', ['4711'], 'Fault 4711'],
    ['', [], 'Fault '],
  ])('%j with %j has the faultstring %j', (text, variables, faultstring) => {
    expect(faultstringOf({ text, variables })).toBe(faultstring);
  });

  test.each([
    [
      'the code as faultcode, and texts of its own',
      { faultcode: 'code', detail: 'substituted', texts: { SVC0003: 'No %1' } },
      '<faultcode>SVC0003</faultcode><faultstring>No lot</faultstring>' +
        `<detail><ns1:ServiceException xmlns:ns1="${TYPES}"><messageId>SVC0003</messageId>` +
        '<text>No lot</text><variables>lot</variables><variables>1, 2</variables></ns1:ServiceException></detail>',
    ],
    [
      'one sentence and no detail',
      { faultstring: 'code and text', detail: 'none', texts: { SVC0003: 'No %1' } },
      '<faultcode>soapenv:Server</faultcode>' +
        '<faultstring>Error Code: SVC0003 Error Message: No lot</faultstring>',
    ],
  ] as const)('takes another form: %s', (_, form, content) => {
    const profile = { ...STANDARD, ...form };
    expect(bodyOf(write(FULL, { soap: '1.1', profile }))).toBe(
      `<soapenv:Fault>${content}</soapenv:Fault>`,
    );
  });

  test.each([
    [STANDARD, ''],
    [HUAWEI, '<soapenv:Subcode><soapenv:Value>SVC0003</soapenv:Value></soapenv:Subcode>'],
  ])('in SOAP 1.2 (part 1 clause 5.4), $name', (profile, subcode) => {
    const fault = { ...FULL, text: 'No %1', variables: ['lot'] };
    const text = profile === HUAWEI ? 'No lot' : 'No %1';
    expect(bodyOf(write(fault, { soap: '1.2', profile }))).toBe(
      `<soapenv:Fault><soapenv:Code><soapenv:Value>soapenv:Receiver</soapenv:Value>${subcode}</soapenv:Code>` +
        '<soapenv:Reason><soapenv:Text xml:lang="en">No lot</soapenv:Text></soapenv:Reason>' +
        `<soapenv:Detail><ns1:ServiceException xmlns:ns1="${TYPES}"><messageId>SVC0003</messageId>` +
        `<text>${text}</text><variables>lot</variables></ns1:ServiceException></soapenv:Detail></soapenv:Fault>`,
    );
  });

  test('that the operation does not declare is a mistake of ours', () => {
    const undeclared = compileFaultWriter({ ...PARK, faults: new Map() });
    expect(() => undeclared(FULL, PLAIN)).toThrow('Parking.park declares no ServiceException.');
  });
});

describe('a SOAP fault', () => {
  test.each<FaultCode>(['VersionMismatch', 'MustUnderstand', 'Client', 'Server'])(
    '%s has no detail and no attributes',
    (code) => {
      const response = writeSoapFault(
        new SoapFault(code, 'Not like this.', 'the private reason'),
        '1.1',
      );
      expect(response.status).toBe(500);
      expect(bodyOf(response)).toBe(
        `<soapenv:Fault><faultcode>soapenv:${code}</faultcode>` +
          '<faultstring>Not like this.</faultstring></soapenv:Fault>',
      );
    },
  );

  test.each<[FaultCode, string]>([
    ['VersionMismatch', 'VersionMismatch'],
    ['MustUnderstand', 'MustUnderstand'],
    ['Client', 'Sender'],
    ['Server', 'Receiver'],
  ])('%s is %s in SOAP 1.2', (code, value) => {
    const response = writeSoapFault(new SoapFault(code, 'Not like this.'), '1.2');
    expect([response.status, response.headers['Content-Type']]).toEqual([
      500,
      'application/soap+xml; charset=utf-8',
    ]);
    expect(bodyOf(response)).toBe(
      `<soapenv:Fault><soapenv:Code><soapenv:Value>soapenv:${value}</soapenv:Value></soapenv:Code>` +
        '<soapenv:Reason><soapenv:Text xml:lang="en">Not like this.</soapenv:Text></soapenv:Reason></soapenv:Fault>',
    );
  });

  test('of WS-Security has a code of its namespace, which is declared apart from the code', () => {
    const fault = new SecurityFault('FailedAuthentication', 'No.', 'the private reason');
    const wsse =
      'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd';
    expect([writeSoapFault(fault, '1.1'), writeSoapFault(fault, '1.2')].map(bodyOf)).toEqual([
      `<soapenv:Fault xmlns:wsse="${wsse}"><faultcode>wsse:FailedAuthentication</faultcode>` +
        '<faultstring>No.</faultstring></soapenv:Fault>',
      `<soapenv:Fault xmlns:wsse="${wsse}"><soapenv:Code><soapenv:Value>soapenv:Sender</soapenv:Value>` +
        '<soapenv:Subcode><soapenv:Value>wsse:FailedAuthentication</soapenv:Value></soapenv:Subcode></soapenv:Code>' +
        '<soapenv:Reason><soapenv:Text xml:lang="en">No.</soapenv:Text></soapenv:Reason></soapenv:Fault>',
    ]);
  });
});
