// Payment 4.0 as compiled from wsdl/v4_0, against the tables of TS 29.199-6 clauses 5, 7 and 8.
import { describe, expect, test } from '@jest/globals';
import { loadCatalogue } from '../../../src/wsdl/catalogue';
import { withoutConfirmationRefs } from '../../../src/wsdl/confirmation-refs';
import { packagedDirectory } from '../../../src/wsdl/packaged';
import type { Operation } from '../../../src/wsdl/schema';
import { elementsOf, namespacesOf, partsText } from './parts';

/** The pure standard: without the one extension. */
const catalogue = loadCatalogue([packagedDirectory('v4_0')], { edit: withoutConfirmationRefs([]) });

const USER = 'endUserIdentifier anyURI';
const CHARGE = 'charge ChargingInformation';
const CODE = 'referenceCode string';
const SPLIT = 'splitInfo SplitType [1..n]';
const VOLUME = 'volume long';
const TEXT = 'billingText string';
const PARAMETERS = 'parameters NameValuePair [0..n]';
const RESERVATION = 'reservationIdentifier string';

const OPERATIONS: readonly [clause: string, key: string, request: string[], response: string][] = [
  ['8.1.1', 'AmountCharging.chargeAmount', [USER, CHARGE, CODE], ''],
  ['8.1.2', 'AmountCharging.refundAmount', [USER, CHARGE, CODE], ''],
  ['8.1.3', 'AmountCharging.chargeSplitAmount', [SPLIT, CHARGE, CODE], ''],
  ['8.2.1', 'VolumeCharging.chargeVolume', [USER, VOLUME, TEXT, CODE, PARAMETERS], ''],
  ['8.2.2', 'VolumeCharging.getAmount', [USER, VOLUME, PARAMETERS], 'result ChargingInformation'],
  ['8.2.3', 'VolumeCharging.refundVolume', [USER, VOLUME, TEXT, CODE, PARAMETERS], ''],
  ['8.2.4', 'VolumeCharging.chargeSplitVolume', [SPLIT, VOLUME, TEXT, CODE, PARAMETERS], ''],
  ['8.3.1', 'ReserveAmountCharging.reserveAmount', [USER, CHARGE], 'result string'],
  ['8.3.2', 'ReserveAmountCharging.reserveAdditionalAmount', [RESERVATION, CHARGE], ''],
  ['8.3.3', 'ReserveAmountCharging.chargeReservation', [RESERVATION, CHARGE, CODE], ''],
  ['8.3.4', 'ReserveAmountCharging.releaseReservation', [RESERVATION], ''],
  [
    '8.4.1',
    'ReserveVolumeCharging.getAmount',
    [USER, VOLUME, PARAMETERS],
    'result ChargingInformation',
  ],
  [
    '8.4.2',
    'ReserveVolumeCharging.reserveVolume',
    [USER, VOLUME, TEXT, PARAMETERS],
    'result string',
  ],
  ['8.4.3', 'ReserveVolumeCharging.reserveAdditionalVolume', [RESERVATION, VOLUME, TEXT], ''],
  [
    '8.4.4',
    'ReserveVolumeCharging.chargeReservation',
    [RESERVATION, VOLUME, 'billingText string [0..1]', CODE],
    '',
  ],
  ['8.4.5', 'ReserveVolumeCharging.releaseReservation', [RESERVATION], ''],
];

const LOCAL = (directory: string) =>
  `http://www.csapi.org/schema/parlayx/payment/${directory}/v4_0/local`;

const INTERFACES: readonly [name: string, directory: string][] = [
  ['AmountCharging', 'amount_charging'],
  ['VolumeCharging', 'volume_charging'],
  ['ReserveAmountCharging', 'reserve_amount_charging'],
  ['ReserveVolumeCharging', 'reserve_volume_charging'],
];

const COMMON = 'http://www.csapi.org/schema/parlayx/common/v4_0';

function operation(key: string): Operation {
  const found = catalogue.byKey('v4_0', key);
  if (found === undefined) throw new Error(`${key} is not in the catalogue`);
  return found;
}

describe('operations of clause 8', () => {
  test('are these and no others', () => {
    const keys = catalogue.operations.map((each) => each.key);
    expect(keys.sort()).toEqual(OPERATIONS.map(([, key]) => key).sort());
  });

  test.each(OPERATIONS)('%s %s has the parts of its tables', (_clause, key, request, response) => {
    expect(partsText(operation(key).request)).toBe(request.join(', '));
    expect(partsText(operation(key).response)).toBe(response);
  });

  test.each(OPERATIONS)('%s %s is named after its interface', (_clause, key) => {
    const { name, interfaceName, version, request, response } = operation(key);
    expect(`${interfaceName}.${name}`).toBe(key);
    expect(version).toBe('v4_0');
    expect([request.name, response.name]).toEqual([name, `${name}Response`]);
  });

  test.each(OPERATIONS)('%s %s declares both exceptions', (_clause, key) => {
    const faults = [...operation(key).faults].map(([name, element]) => [
      name,
      element.namespace,
      partsText(element),
      elementsOf(element).map((child) => child.namespace),
    ]);
    const parts = 'messageId string, text string, variables string [0..n]';
    expect(faults).toEqual([
      ['ServiceException', COMMON, parts, ['', '', '']],
      ['PolicyException', COMMON, parts, ['', '', '']],
    ]);
  });
});

describe('qualification', () => {
  test.each(INTERFACES)(
    '%s: parts are qualified, what lies below them is not',
    (name, directory) => {
      const elements = catalogue.operations
        .filter((each) => each.interfaceName === name)
        .flatMap((each) => [...namespacesOf(each.request), ...namespacesOf(each.response)]);

      expect(elements.length).toBeGreaterThan(0);
      for (const [path, namespace] of elements) {
        const depth = path.split('/').length;
        expect([path, namespace]).toEqual([path, depth <= 2 ? LOCAL(directory) : '']);
      }
    },
  );
});

describe('data types', () => {
  const partOf = (key: string, name: string) => {
    const part = elementsOf(operation(key).request).find((each) => each.name === name);
    return part === undefined ? 'missing' : partsText(part);
  };

  test.each([
    ['7.2', 'SplitType', 'AmountCharging.chargeSplitAmount', 'splitInfo', [USER, 'percent int']],
    [
      '7.1',
      'NameValuePair',
      'VolumeCharging.getAmount',
      'parameters',
      ['name string', 'value string', 'description string [0..1]'],
    ],
    [
      '8.1.1.1',
      'ChargingInformation',
      'AmountCharging.chargeAmount',
      'charge',
      [
        'description string [1..n]',
        'currency string [0..1]',
        'amount decimal [0..1]',
        'code string [0..1]',
      ],
    ],
  ])('%s %s', (_clause, _type, key, part, fields) => {
    expect(partOf(key, part)).toBe(fields.join(', '));
  });
});

describe('services', () => {
  test.each(INTERFACES)('%s has its service, port, path and file', (name, directory) => {
    expect(catalogue.services.filter((service) => service.interfaceName === name)).toEqual([
      {
        name: `${name}Service`,
        port: name,
        interfaceName: name,
        version: 'v4_0',
        path: `/${name}Service/services/${name}`,
        file: `parlayx_payment_${directory}_service_4_0.wsdl`,
      },
    ]);
  });

  test('are four', () => {
    expect(catalogue.services).toHaveLength(4);
  });
});

describe('lookups', () => {
  test.each(OPERATIONS)('%s %s is found by its request element', (_clause, key) => {
    const { request } = operation(key);
    expect(catalogue.byElement(request.namespace, request.name)?.key).toBe(key);
  });

  test.each([
    ['chargeAmount', ['AmountCharging.chargeAmount']],
    ['getAmount', ['ReserveVolumeCharging.getAmount', 'VolumeCharging.getAmount']],
    [
      'chargeReservation',
      ['ReserveAmountCharging.chargeReservation', 'ReserveVolumeCharging.chargeReservation'],
    ],
    ['ChargeAmount', []],
    ['chargeAmountResponse', []],
    ['constructor', []],
    ['__proto__', []],
  ])('the local name %s leads to %j', (localName, keys) => {
    expect(catalogue.byLocalName(localName).map((each) => each.key)).toEqual(keys);
  });

  test.each([
    ['', 'chargeAmount'],
    ['http://www.csapi.org/schema/parlayx/payment/amount_charging/v4_0', 'chargeAmount'],
    [LOCAL('amount_charging'), 'chargeVolume'],
    [LOCAL('amount_charging'), 'toString'],
    ['__proto__', 'toString'],
  ])('no operation has the request element {%s}%s', (namespace, localName) => {
    expect(catalogue.byElement(namespace, localName)).toBeUndefined();
  });

  test.each([
    ['v3_1', 'AmountCharging.chargeAmount'],
    ['v4_0', 'AmountCharging.getAmount'],
    ['v4_0', 'toString'],
  ])('%s has no operation %s', (version, key) => {
    expect(catalogue.byKey(version, key)).toBeUndefined();
  });
});
