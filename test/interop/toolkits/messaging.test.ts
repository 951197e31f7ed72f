// Foreign toolkits send messages by their WSDL in every version, and read what became of them.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { MESSAGING, operationOf } from '../../support/operations';
import { partsOf } from '../../support/requests';
import { putToWork, type ToolkitAtWork } from './foreign-toolkit';
import { programOf } from './installed';
import { TOOLKITS } from './toolkits';

const SENDS = MESSAGING.filter(({ name }) => name.startsWith('send')).map(
  (operation) => [`${operation.version} ${operation.key}`, operation] as const,
);
const FIRST = 'tel:+15550100';
const SECOND = 'tel:+15550101';

describe.each(TOOLKITS.map((toolkit) => [toolkit.name, toolkit] as const))('%s', (_, toolkit) => {
  const program = programOf(toolkit);
  const check = program === undefined ? (test.skip as typeof test) : test;
  let atWork: ToolkitAtWork;

  beforeAll(async () => {
    if (program === undefined) return;
    atWork = await putToWork(toolkit, program, {
      configuration: { messaging: { outcomes: [{ address: '*', outcome: 'never' }] } },
    });
  });
  afterAll(() => atWork?.close());

  check.each(SENDS)('%s', async (_name, operation) => {
    const { interfaceName, version } = operation;
    const kind = interfaceName === 'SendSms' ? 'Sms' : 'Message';
    const content = partsOf(operation).some(({ name }) => name === 'message')
      ? { message: 'Données: 5 €' }
      : { subject: 'Données: 5 €' };
    const sent = await atWork.call(operation, { addresses: [FIRST, SECOND], ...content });
    expect(sent).toEqual({ result: expect.stringMatching(/^[SM]MS\d{15}$/) });

    const { result: requestIdentifier } = sent as { readonly result: string };
    const status = operationOf(`${interfaceName}.get${kind}DeliveryStatus`, version);
    const told = [FIRST, SECOND].map((address) => ({
      address,
      deliveryStatus: 'DeliveredToNetwork',
    }));
    // SOAP::Lite gives its user the first of several results.
    const result = toolkit.keepsLists ? told : told[0];
    expect(await atWork.call(status, { requestIdentifier })).toEqual({ result });
    expect(atWork.emulator.records.at(-1)).toMatchObject({ version, status: 200 });

    const fault = await atWork.call(status, { requestIdentifier: 'SMS1' });
    expect(fault).toMatchObject({
      fault: { messageId: 'SVC0002', exception: 'ServiceException' },
    });
  });
});
