// The bytes that answers must have, written down once and apart from the code that writes them.
import { expect } from '@jest/globals';
import type { Operation } from '../../src/wsdl/schema';

/** The faults of TS 29.199-1 and of clause 9, with their texts to the letter. */
export const FAULTS = {
  SVC0001: ['ServiceException', 'A service error occurred. Error code is %1'],
  SVC0002: ['ServiceException', 'Invalid input value for message part %1'],
  SVC0004: ['ServiceException', 'No valid addresses provided in message part %1'],
  SVC0007: ['ServiceException', 'Invalid charging information'],
  SVC0270: ['ServiceException', 'Charging operation failed, the charge was not applied.'],
  SVC0271: ['ServiceException', 'Sum of percentage allocations is not equal to 100'],
  POL0001: ['PolicyException', 'A policy error occurred. Error code is %1'],
  POL0003: ['PolicyException', 'Too many addresses specified in message part %1'],
  POL0008: ['PolicyException', 'Charging is not supported'],
  POL0012: ['PolicyException', 'Too many description entries specified in message part %1'],
  POL0250: ['PolicyException', 'Too many endUserIdentifier is specified in message part %1'],
  POL0251: ['PolicyException', 'Split Charging is not supported'],
  POL0252: ['PolicyException', 'Too many confirmation references specified in message part %1'],
  POL0253: ['PolicyException', 'Invalid confirmation references %1'],
} as const satisfies Record<string, readonly [string, string]>;

export type MessageId = keyof typeof FAULTS;

/** A message id and what fills %1, if anything does. */
export type Fault = readonly [messageId: MessageId, variable?: string];

/** What of an answer a test may look at. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

/** The whole document around the content of Body. */
export function answerDocument(body: string): string {
  return (
    '<?xml version="1.0" encoding="utf-8" ?>' +
    '<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"' +
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">' +
    `<soapenv:Body>${body}</soapenv:Body></soapenv:Envelope>`
  );
}

export function responseDocument({ name, request }: Operation, content = ''): string {
  const tag = `ns1:${name}Response`;
  return answerDocument(`<${tag} xmlns:ns1="${request.namespace}">${content}</${tag}>`);
}

export function faultDocument([messageId, variable]: Fault, version = 'v4_0'): string {
  const [exception, text] = FAULTS[messageId];
  if (text.includes('%1') !== (variable !== undefined)) throw new Error(`%1 of ${messageId}?`);
  const variables = variable === undefined ? '' : `<variables>${variable}</variables>`;
  return answerDocument(
    '<soapenv:Fault><faultcode>soapenv:Server</faultcode>' +
      `<faultstring>${text.replace('%1', variable ?? '')}</faultstring>` +
      `<detail><ns1:${exception} xmlns:ns1="http://www.csapi.org/schema/parlayx/common/${version}">` +
      `<messageId>${messageId}</messageId><text>${text}</text>${variables}` +
      `</ns1:${exception}></detail></soapenv:Fault>`,
  );
}

/** HTTP 500 and exactly the bytes of this fault. */
export function expectFault(answer: Answer, fault: Fault): void {
  expect({ status: answer.status, text: answer.text }).toEqual({
    status: 500,
    text: faultDocument(fault),
  });
  expectXmlHeaders(answer);
}

/** HTTP 500 and a fault without detail (SOAP 1.1 clause 4.4), whose sentence is returned. */
export function expectSoapFault(answer: Answer, faultcode: string): string {
  const [, faultstring = ''] = /<faultstring>([^<]*)<\/faultstring>/.exec(answer.text) ?? [];
  expect({ status: answer.status, text: answer.text }).toEqual({
    status: 500,
    text: answerDocument(
      `<soapenv:Fault><faultcode>soapenv:${faultcode}</faultcode>` +
        `<faultstring>${faultstring}</faultstring></soapenv:Fault>`,
    ),
  });
  expect(faultstring).not.toBe('');
  expectXmlHeaders(answer);
  return faultstring;
}

export function expectXmlHeaders({ headers, text }: Answer): void {
  expect(headers).toEqual({
    'Content-Type': 'text/xml; charset=utf-8',
    'Content-Length': String(Buffer.byteLength(text)),
  });
}
