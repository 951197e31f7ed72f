// Every operation that is served leads to something that executes it; a start without that fails.
import { describe, expect, test } from '@jest/globals';
import { assertRouted, routeOf } from '../../../src/sandbox/routes';
import { loadPackagedCatalogue } from '../../../src/wsdl/packaged';
import { operationOf, PACKAGED } from '../../support/operations';

test.each([[[]], [['v4_0']], [['v3_1', 'v4_0']]])(
  'all packaged operations are routed, with confirmationRefs in %j',
  (confirmationRefs) => {
    const { operations } = loadPackagedCatalogue({ confirmationRefs });
    expect(() => assertRouted(operations)).not.toThrow();
  },
);

test('what applications offer is not', () => {
  expect(PACKAGED.callbacks).toHaveLength(5);
  for (const callback of PACKAGED.callbacks) expect(() => assertRouted([callback])).toThrow();
});

describe('a start is stopped', () => {
  test('by an operation that its version leads nowhere with', () => {
    const strays = [
      { version: 'v2_0', key: 'VolumeCharging.getAmount' },
      { version: 'v4_0', key: 'SendSms.recallSms' },
    ];
    expect(() => assertRouted(strays)).toThrow(
      'no route for VolumeCharging.getAmount of v2_0, SendSms.recallSms of v4_0',
    );
  });

  test('by a version that nobody knows', () => {
    expect(() => assertRouted([{ version: 'v9_9', key: 'AmountCharging.chargeAmount' }])).toThrow(
      'no mapping for version v9_9',
    );
  });
});

test.each([
  ['v2_0', 'ReserveAmountCharging.chargeAmount', 'AmountCharging.chargeAmount'],
  ['v2_1', 'AmountCharging.chargeAmount', 'AmountCharging.chargeAmount'],
  ['v2_2', 'SendSms.sendSms', 'SendSms.sendSms'],
  ['v3_1', 'SendMessage.getMessageDeliveryStatus', 'SendMessage.getMessageDeliveryStatus'],
])('%s: %s is %s of the domain', (version, key, domain) => {
  const operation = operationOf(key, version);
  expect(routeOf(operation).key).toBe(domain);
  expect(routeOf(operation)).toBe(routeOf(operation));
});
