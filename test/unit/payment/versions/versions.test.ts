// What older versions say in the words of the domain, and the domain in theirs.
import { describe, expect, test } from '@jest/globals';
import type { PaymentFault } from '../../../../src/payment/faults';
import { versionNamed } from '../../../../src/payment/versions/versions';
import type { OperationKey } from '../../../../src/wsdl/operations.generated';

const CHARGE = 'AmountCharging.chargeAmount';
const CAPTURE = 'ReserveAmountCharging.chargeReservation';
const RELEASE = 'ReserveAmountCharging.releaseReservation';
const QUOTE = 'VolumeCharging.getAmount';
const RESERVE = 'ReserveAmountCharging.reserveAmount';
const VOLUME = 'VolumeCharging.chargeVolume';

const USER = { endUserIdentifier: 'tel:+15550100' };
const CODE = { referenceCode: 'quiz-17' };
const EMM_TEXT = '4711#2026-01-31T09:30:00Z#P1#Quiz#Daily quiz#games##acme';

describe('a request', () => {
  const parameters = [{ name: 'unit', value: 'messages' }];
  const descriptions = (description: string | string[]) => ({
    ...USER,
    charge: { description, currency: 'EUR', amount: '1.50', code: 'Q' },
    ...CODE,
  });

  test.each<[string, string, OperationKey, object, object]>([
    ['v4_0', 'as it is', CHARGE, descriptions(['a', 'b']), descriptions(['a', 'b'])],
    ['v3_1', 'one description', CHARGE, descriptions('a'), descriptions(['a'])],
    ['v2_1', 'one description', CHARGE, descriptions('a'), descriptions(['a'])],
    ['v2_1', 'an empty description', CHARGE, descriptions(''), descriptions([''])],
    ['v2_1', 'several', CHARGE, descriptions(['a', 'b']), descriptions(['a', 'b'])],
    ['v3_1', 'several', CHARGE, descriptions(['a', 'b']), descriptions(['a', 'b'])],
    [
      'v3_1',
      'confirmation references',
      CHARGE,
      { ...descriptions('a'), confirmationRefs: ['SMS1'] },
      { ...descriptions(['a']), confirmationRefs: ['SMS1'] },
    ],
    ['v2_1', 'no charge', RELEASE, { reservationIdentifier: '1' }, { reservationIdentifier: '1' }],
    [
      'v2_1',
      'properties',
      VOLUME,
      { ...USER, volume: 3n, billingText: 't', ...CODE, parameters },
      { ...USER, volume: 3n, billingText: 't', ...CODE, parameters },
    ],
    [
      'v2_0',
      'an amount',
      CHARGE,
      { ...USER, amount: '1.50', billingText: 'Quiz', ...CODE },
      { ...USER, charge: { description: ['Quiz'], amount: '1.50' }, billingText: 'Quiz', ...CODE },
    ],
    [
      'v2_0',
      'a billingText of joined fields',
      RESERVE,
      { ...USER, amount: '5', billingText: EMM_TEXT },
      { ...USER, charge: { description: [EMM_TEXT], amount: '5' }, billingText: EMM_TEXT },
    ],
    [
      'v2_0',
      'a part of a reservation',
      CAPTURE,
      { reservationIdentifier: '1', amount: '.5', billingText: 'Half', ...CODE },
      {
        reservationIdentifier: '1',
        charge: { description: ['Half'], amount: '.5' },
        billingText: 'Half',
        ...CODE,
      },
    ],
    ['v2_0', 'no amount', RELEASE, { reservationIdentifier: '1' }, { reservationIdentifier: '1' }],
  ])('of %s: %s', (version, _what, key, message, request) => {
    const before = structuredClone(message);
    expect(versionNamed(version).request(key, message)).toEqual(request);
    expect(message).toEqual(before);
  });
});

describe('a response', () => {
  const quote = { description: ['Rated messages'], currency: 'EUR', amount: '0.30' };

  test.each<[string, OperationKey, object, object]>([
    ['v4_0', QUOTE, { result: quote }, { result: quote }],
    ['v3_1', QUOTE, { result: quote }, { result: { ...quote, description: 'Rated messages' } }],
    ['v2_1', QUOTE, { result: quote }, { result: { ...quote, description: 'Rated messages' } }],
    ['v2_1', RESERVE, { result: '42' }, { result: '42' }],
    ['v2_1', CHARGE, {}, {}],
    ['v2_0', RESERVE, { result: '42' }, { result: '42' }],
    ['v2_0', CHARGE, {}, {}],
  ])('to %s of %s', (version, key, response, message) => {
    expect(versionNamed(version).response(key, response as never)).toEqual(message);
  });
});

describe('a fault names the part that the request has', () => {
  const fault = (messageId: 'SVC0002' | 'SVC0001', variable: string): PaymentFault => ({
    exception: 'ServiceException',
    messageId,
    text: '… %1',
    variables: [variable],
  });

  test.each([
    ['v4_0', 'charge', 'charge'],
    ['v3_1', 'charge', 'charge'],
    ['v2_1', 'charge', 'charge'],
    ['v2_0', 'charge', 'billingText'],
    ['v2_0', 'endUserIdentifier', 'endUserIdentifier'],
    ['v2_0', 'referenceCode', 'referenceCode'],
  ])('in %s %s is %s', (version, domain, there) => {
    expect(versionNamed(version).fault(fault('SVC0002', domain)).variables).toEqual([there]);
  });
});

describe('an operation', () => {
  test.each([
    ['v4_0', CHARGE, CHARGE],
    ['v3_1', 'AmountCharging.chargeSplitAmount', 'AmountCharging.chargeSplitAmount'],
    ['v2_1', CHARGE, CHARGE],
    ['v2_1', 'AmountCharging.chargeSplitAmount', undefined],
    ['v2_1', 'VolumeCharging.chargeSplitVolume', undefined],
    ['v2_0', 'ReserveAmountCharging.chargeAmount', CHARGE],
    ['v2_0', QUOTE, undefined],
    ['v4_0', 'toString', undefined],
    ['v2_0', 'constructor', undefined],
  ])('of %s: %s is %s', (version, key, domain) => {
    expect(versionNamed(version).operation(key)).toBe(domain);
  });

  test('of an unknown version has no mapping', () => {
    expect(() => versionNamed('v9_9')).toThrow('no mapping for version v9_9');
  });
});
