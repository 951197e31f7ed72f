// Short and Multimedia Messaging as compiled from wsdl/messaging: namespaces, parts and what applications are told by.
import { describe, expect, test } from '@jest/globals';
import { loadPackagedCatalogue } from '../../../src/wsdl/packaged';
import type { Operation } from '../../../src/wsdl/schema';
import { elementsOf, partsText } from './parts';

const catalogue = loadPackagedCatalogue();
const SCHEMA = 'http://www.csapi.org/schema/parlayx';

const SEND_SMS = [
  'addresses anyURI [1..n]',
  'senderName string [0..1]',
  'charging ChargingInformation [0..1]',
  'message string',
  'receiptRequest SimpleReference [0..1]',
];
const SEND_MESSAGE = [
  'addresses anyURI [1..n]',
  'senderAddress string [0..1]',
  'subject string [0..1]',
  'priority Default|Low|Normal|High [0..1]',
  'charging ChargingInformation [0..1]',
  'receiptRequest SimpleReference [0..1]',
];
const STATUS = 'result DeliveryInformation [0..n]';
const RECEIPT = ['correlator string', 'deliveryStatus DeliveryInformation'];

type Row = readonly [
  version: string,
  key: string,
  namespace: string,
  request: readonly string[],
  response: string,
];

// biome-ignore format: one row an operation
const ROWS: readonly Row[] = [
  ...['v2_2', 'v3_1', 'v4_0'].flatMap((version): Row[] => [
    [version, 'SendSms.sendSms', `sms/send/${version}/local`, SEND_SMS, 'result string'],
    [version, 'SendSms.getSmsDeliveryStatus', `sms/send/${version}/local`, ['requestIdentifier string'], STATUS],
    [version, 'SmsNotification.notifySmsDeliveryReceipt', `sms/notification/${version}/local`, RECEIPT, ''],
  ]),
  ...['v3_1', 'v4_0'].flatMap((version): Row[] => [
    [version, 'SendMessage.sendMessage', `multimedia_messaging/send/${version}/local`, SEND_MESSAGE, 'result string'],
    [version, 'SendMessage.getMessageDeliveryStatus', `multimedia_messaging/send/${version}/local`, ['requestIdentifier string'], STATUS],
    [version, 'MessageNotification.notifyMessageDeliveryReceipt', `multimedia_messaging/notification/${version}/local`, RECEIPT, ''],
  ]),
];

describe.each(ROWS)('%s %s', (version, key, namespace, request, response) => {
  const operation = find(version, key);

  test(`is in ${namespace}`, () => {
    expect(operation.request.namespace).toBe(`${SCHEMA}/${namespace}`);
    expect(operation.response).toMatchObject({
      name: `${operation.name}Response`,
      namespace: `${SCHEMA}/${namespace}`,
    });
  });

  test('has its parts in order', () => {
    expect(partsText(operation.request)).toBe(request.join(', '));
    expect(partsText(operation.response)).toBe(response);
  });

  test('declares both faults, in the common types of its release', () => {
    const common = version === 'v2_2' ? 'v2_1' : version;
    expect([...operation.faults].map(([name, fault]) => [name, fault.namespace])).toEqual([
      ['ServiceException', `${SCHEMA}/common/${common}`],
      ['PolicyException', `${SCHEMA}/common/${common}`],
    ]);
  });
});

test('there is nothing else', () => {
  const messaging = catalogue.operations.filter(({ interfaceName }) => /^Send/.test(interfaceName));
  const all = [...messaging, ...catalogue.callbacks].map(({ version, key }) => `${version} ${key}`);
  expect(all.sort()).toEqual(ROWS.map(([version, key]) => `${version} ${key}`).sort());
});

test('the services are where the standard has them, in each version', () => {
  const services = catalogue.services.filter(({ interfaceName }) => /^Send/.test(interfaceName));
  expect(new Set(services.map(({ path }) => path))).toEqual(
    new Set(['/SendSmsService/services/SendSms', '/SendMessageService/services/SendMessage']),
  );
});

test('what applications offer is found by no lookup, yet its files are served', () => {
  expect(catalogue.byLocalName('notifySmsDeliveryReceipt')).toEqual([]);
  expect(catalogue.byKey('v4_0', 'SmsNotification.notifySmsDeliveryReceipt')).toBeUndefined();
  expect(catalogue.services.map(({ interfaceName }) => interfaceName)).not.toContain(
    'SmsNotification',
  );
  expect(catalogue.documents.has('parlayx_sms_notification_service_4_0.wsdl')).toBe(true);
});

test('a delivery status has six values', () => {
  const { response } = find('v4_0', 'SendSms.getSmsDeliveryStatus');
  const [result] = elementsOf(response);
  const [, status] = result === undefined ? [] : elementsOf(result);
  expect(status?.type).toMatchObject({
    values: [
      'DeliveredToNetwork',
      'DeliveryUncertain',
      'DeliveryImpossible',
      'MessageWaiting',
      'DeliveredToTerminal',
      'DeliveryNotificationNotSupported',
    ],
  });
});

function find(version: string, key: string): Operation {
  const all = [...catalogue.operations, ...catalogue.callbacks];
  const found = all.find((each) => each.version === version && each.key === key);
  if (found === undefined) throw new Error(`there is no ${key} in ${version}`);
  return found;
}
