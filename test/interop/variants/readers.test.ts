// The readers of the table by themselves: each must notice what is wrong with an answer, else it proves nothing.
import { describe, expect, test } from '@jest/globals';
import { faultDocument, responseDocument } from '../../support/answers';
import { operationOf } from '../../support/operations';
import { common } from './parlayx';
import { READERS } from './readers';
import { SOAP_1_1 } from './writing';

const CHARGE = operationOf('AmountCharging.chargeAmount', 'v2_1');
const NAMESPACES = { soap: SOAP_1_1, message: CHARGE.request.namespace, common: common('v2_1') };
const SUCCESS = responseDocument(CHARGE);
const FAULT = faultDocument(['SVC0002', 'charge'], 'v2_1');

const BENT: readonly (readonly [string, string, string])[] = [
  [
    'the response of another operation',
    SUCCESS,
    SUCCESS.replaceAll('chargeAmount', 'refundAmount'),
  ],
  ['another faultcode', FAULT, FAULT.replace('soapenv:Server', 'SVC0002')],
  ['another faultstring', FAULT, FAULT.replace('message part charge', 'message part volume')],
  ['another code', FAULT, FAULT.replace('<messageId>SVC0002', '<messageId>SVC0007')],
  ['another text', FAULT, FAULT.replace('part %1', 'part charge')],
  ['no variables', FAULT, FAULT.replace(/<variables>.*<\/variables>/, '')],
  ['another exception', FAULT, FAULT.replaceAll('ServiceException', 'PolicyException')],
];

describe.each(READERS.map((reader) => [reader.name, reader] as const))(
  '%s notices',
  (_, reader) => {
    const read = (text: string) =>
      reader.read(text, CHARGE, NAMESPACES).catch((error: Error) => error.message);

    test.each(BENT)('%s', async (_name, whole, bent) => {
      expect(bent).not.toBe(whole);
      expect(await read(bent)).not.toEqual(await read(whole));
    });
  },
);

test('by namespace: a response or a detail in another version', async () => {
  const reader = READERS.find(({ name }) => name === 'XPath with namespaces');
  const read = (text: string) => reader!.read(text, CHARGE, NAMESPACES);
  await expect(read(SUCCESS.replace('v2_1', 'v3_1'))).rejects.toThrow('neither a response nor');
  expect(await read(FAULT.replace('v2_1', 'v3_1'))).not.toHaveProperty('exception');
});
