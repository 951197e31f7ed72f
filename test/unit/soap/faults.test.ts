// Faults on the wire.
import { describe, expect, test } from '@jest/globals';
import {
  compileFaultWriter,
  type FaultForm,
  type OperationFault,
  STANDARD_FAULT_FORM,
  writeSoapFault,
} from '../../../src/soap/faults';
import { type FaultCode, SoapFault } from '../../../src/soap/rejection';
import { PARK, TYPES } from './support';

const write = compileFaultWriter(PARK);

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
  /<faultstring>(.*)<\/faultstring>/s.exec(
    bodyOf(write({ ...FULL, ...fault }, STANDARD_FAULT_FORM)),
  )?.[1];

describe('an operation fault', () => {
  test('substitutes its faultstring, but not the text of its detail', () => {
    expect(bodyOf(write(FULL, STANDARD_FAULT_FORM))).toBe(
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
    expect(bodyOf(write(fault, STANDARD_FAULT_FORM))).toContain(
      `<detail><ns1:PolicyException xmlns:ns1="${TYPES}"><messageId>POL0008</messageId>` +
        '<text>Charging is not supported</text></ns1:PolicyException></detail>',
    );
  });

  test('is HTTP 500 with the length of its bytes', () => {
    const { status, headers, bytes } = write(
      { ...FULL, variables: ['é', '<'] },
      STANDARD_FAULT_FORM,
    );
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

  test('takes another form, as some gateways have one', () => {
    const form: FaultForm = ({ messageId }) => ({
      faultcode: messageId,
      faultstring: 'No',
      text: 'no',
    });
    expect(bodyOf(write(FULL, form))).toMatch(
      /<faultcode>SVC0003<\/faultcode><faultstring>No<\/faultstring>.*<text>no<\/text>/,
    );
  });

  test('that the operation does not declare is a mistake of ours', () => {
    const undeclared = compileFaultWriter({ ...PARK, faults: new Map() });
    expect(() => undeclared(FULL, STANDARD_FAULT_FORM)).toThrow(
      'Parking.park declares no ServiceException.',
    );
  });
});

describe('a SOAP fault', () => {
  test.each<FaultCode>(['VersionMismatch', 'MustUnderstand', 'Client', 'Server'])(
    '%s has no detail and no attributes',
    (code) => {
      const response = writeSoapFault(new SoapFault(code, 'Not like this.', 'the private reason'));
      expect(response.status).toBe(500);
      expect(bodyOf(response)).toBe(
        `<soapenv:Fault><faultcode>soapenv:${code}</faultcode>` +
          '<faultstring>Not like this.</faultstring></soapenv:Fault>',
      );
    },
  );
});
