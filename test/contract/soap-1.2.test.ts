// A SOAP 1.2 envelope is answered in SOAP 1.2 with what SOAP 1.1 would be told.
import { describe, expect, test } from '@jest/globals';
import { answerDocument } from '../support/answers';
import { OPERATIONS, operationOf } from '../support/operations';
import { envelope, messageOf, SOAP } from '../support/requests';
import { sampleOf } from '../support/samples';
import { deviationsOf, openTestSandbox, type Reply, validParts } from '../support/test-sandbox';

const SOAP_1_2 = 'http://www.w3.org/2003/05/soap-envelope';
const CHARGE = operationOf('AmountCharging.chargeAmount');
const HEADERS = { 'content-type': 'application/soap+xml; charset=utf-8', soapaction: undefined };

const env = openTestSandbox();

function post12(body: string): Promise<Reply> {
  return env.post(body.replace(SOAP, SOAP_1_2), { headers: HEADERS });
}

function document12(body: string): string {
  return answerDocument(body).replace(SOAP, SOAP_1_2);
}

function expectDocument({ status, headers, text }: Reply, expected: [number, string]): void {
  expect([status, text]).toEqual([expected[0], document12(expected[1])]);
  expect(headers).toEqual({
    'Content-Type': 'application/soap+xml; charset=utf-8',
    'Content-Length': String(Buffer.byteLength(text)),
  });
}

test.each(OPERATIONS)('%s', async (_, operation) => {
  const answer = await post12(envelope(messageOf(operation, await validParts(env, operation))));
  expect(deviationsOf(answer)).toEqual(['soap.1.2']);
  const [, body = ''] = /<soapenv:Body>(.*)<\/soapenv:Body>/.exec(answer.text) ?? [];
  expectDocument(answer, [200, body]);
  expect(body).toMatch(
    new RegExp(`^<ns1:${operation.name}Response xmlns:ns1="${operation.response.namespace}">`),
  );
});

describe('faults', () => {
  const reason = (text: string) =>
    `<soapenv:Reason><soapenv:Text xml:lang="en">${text}</soapenv:Text></soapenv:Reason>`;

  test('of an operation: Receiver with its detail', async () => {
    const parts = sampleOf(CHARGE, { endUserIdentifier: 'tel:' });
    expectDocument(await post12(envelope(messageOf(CHARGE, parts))), [
      500,
      '<soapenv:Fault><soapenv:Code><soapenv:Value>soapenv:Receiver</soapenv:Value></soapenv:Code>' +
        reason('Invalid input value for message part endUserIdentifier') +
        '<soapenv:Detail><ns1:ServiceException xmlns:ns1="http://www.csapi.org/schema/parlayx/common/v4_0">' +
        '<messageId>SVC0002</messageId><text>Invalid input value for message part %1</text>' +
        '<variables>endUserIdentifier</variables></ns1:ServiceException></soapenv:Detail></soapenv:Fault>',
    ]);
  });

  test('of shape: the same', async () => {
    const answer = await post12(envelope(messageOf(CHARGE, {})));
    expect(answer.text).toContain('<soapenv:Value>soapenv:Receiver</soapenv:Value>');
    expect(answer.text).toContain('<messageId>SVC0002</messageId>');
  });

  test('of the message: Sender', async () => {
    expectDocument(await post12(envelope('<x/>')), [
      500,
      `<soapenv:Fault><soapenv:Code><soapenv:Value>soapenv:Sender</soapenv:Value></soapenv:Code>${reason('Unknown operation')}</soapenv:Fault>`,
    ]);
  });

  test('a header that must be understood: MustUnderstand', async () => {
    const body = envelope('<x/>', '<b xmlns="urn:x" soapenv:mustUnderstand="true"/>');
    const answer = await post12(body);
    expect(answer.text).toContain('<soapenv:Value>soapenv:MustUnderstand</soapenv:Value>');
  });

  test('neither 1.1 nor 1.2: VersionMismatch, in SOAP 1.1', async () => {
    const answer = await env.post(envelope('<x/>').replace(SOAP, 'urn:soap-1.3'));
    expect(answer.text).toBe(
      answerDocument(
        '<soapenv:Fault><faultcode>soapenv:VersionMismatch</faultcode>' +
          '<faultstring>The envelope is in no namespace of SOAP 1.1 or 1.2.</faultstring></soapenv:Fault>',
      ),
    );
  });
});

test('text/xml around SOAP 1.2 is noted', async () => {
  const body = envelope(messageOf(CHARGE, await validParts(env, CHARGE))).replace(SOAP, SOAP_1_2);
  expect(deviationsOf(await env.post(body))).toEqual(['content-type', 'soap.1.2']);
});
