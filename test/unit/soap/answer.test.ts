// The other side: answers read to the letter, and anything else refused.
import { describe, expect, test } from '@jest/globals';
import { readAnswer } from '../../../src/soap/answer';
import { SoapFault } from '../../../src/soap/rejection';
import { LEAVE, PARKING, parkingCodec, QUOTE, SOAP, TYPES } from './support';

const FEE = { text: ['lot 7', ''], sum: '1.50' };
const bytes = (body: string) =>
  Buffer.from(
    `<s:Envelope xmlns:s="${SOAP}" xmlns:n="${PARKING}" xmlns:t="${TYPES}"><s:Body>${body}</s:Body></s:Envelope>`,
  );

test('what the codec writes can be read', () => {
  expect(readAnswer(QUOTE, parkingCodec.writeResponse(QUOTE, { result: FEE }).bytes)).toEqual({
    kind: 'response',
    message: { result: FEE },
  });
  expect(readAnswer(LEAVE, parkingCodec.writeResponse(LEAVE, {}).bytes)).toEqual({
    kind: 'response',
    message: {},
  });
});

test('faults too, with and without detail', () => {
  const fault = {
    exception: 'PolicyException',
    messageId: 'POL0001',
    text: 'A policy error occurred. Error code is %1',
    variables: ['7'],
  } as const;
  expect(readAnswer(LEAVE, parkingCodec.writeOperationFault(LEAVE, fault).bytes)).toEqual({
    kind: 'fault',
    faultcode: 'soapenv:Server',
    faultstring: 'A policy error occurred. Error code is 7',
    detail: {
      exception: 'PolicyException',
      fields: { messageId: 'POL0001', text: fault.text, variables: ['7'] },
    },
  });
  expect(readAnswer(LEAVE, parkingCodec.writeFault(new SoapFault('Client', 'No.')).bytes)).toEqual({
    kind: 'fault',
    faultcode: 'soapenv:Client',
    faultstring: 'No.',
  });
});

describe('refused', () => {
  const quote = (result: string) => `<n:quoteResponse>${result}</n:quoteResponse>`;
  const exception = (fields: string) =>
    `<s:Fault><faultcode>a</faultcode><faultstring>b</faultstring><detail>${fields}</detail></s:Fault>`;

  test.each([
    [
      'another response',
      '<n:leaveResponse/>',
      `The answer holds {${PARKING}}leaveResponse, not {${PARKING}}quoteResponse.`,
    ],
    [
      'another namespace',
      '<quoteResponse/>',
      `The answer holds {}quoteResponse, not {${PARKING}}quoteResponse.`,
    ],
    [
      'an unqualified part',
      quote('<result><text/></result>'),
      'The answer deviates at quoteResponse/result (part.ns)',
    ],
    [
      'a qualified field',
      quote('<n:result><n:text/></n:result>'),
      'The answer deviates at quoteResponse/result/text (type.ns)',
    ],
    [
      'another order',
      quote('<n:result><sum>1</sum><text/></n:result>'),
      'The answer deviates at quoteResponse/result (order)',
    ],
    [
      'an extra field',
      quote('<n:result><text/><x/></n:result>'),
      'The answer deviates at quoteResponse/result/x (extra.element)',
    ],
    ['a missing part', quote(''), 'The answer is not valid: quoteResponse/result is missing.'],
    [
      'a broken value',
      quote('<n:result><text/><sum>x</sum></n:result>'),
      'The answer is not valid: quoteResponse/result/sum is no xsd:decimal: "x".',
    ],
    [
      'two messages',
      quote('<n:result><text/></n:result>').repeat(2),
      'The SOAP Body holds more than one message.',
    ],
    [
      'a fault in another order',
      '<s:Fault><faultstring>b</faultstring><faultcode>a</faultcode></s:Fault>',
      'The fault holds {}faultstring {}faultcode.',
    ],
    ['an empty detail', exception(''), 'The detail of the fault holds 0 elements.'],
    [
      'an undeclared exception',
      exception('<t:OtherException/>'),
      'Parking.quote declares no OtherException.',
    ],
    [
      'an unqualified exception',
      exception('<ServiceException/>'),
      `The answer holds {}ServiceException, not {${TYPES}}ServiceException.`,
    ],
    [
      'qualified fields of an exception',
      exception(
        '<t:ServiceException><t:messageId>a</t:messageId><text>b</text></t:ServiceException>',
      ),
      'The answer deviates at ServiceException/messageId (part.ns)',
    ],
  ])('%s', (_what, body, error) => {
    expect(() => readAnswer(QUOTE, bytes(body))).toThrow(error);
  });

  test('what is no XML', () => {
    expect(() => readAnswer(QUOTE, Buffer.from('<html>'))).toThrow('not well-formed');
    expect(() => readAnswer(QUOTE, Buffer.from([0xff]))).toThrow('bytes that are not UTF-8');
  });
});
