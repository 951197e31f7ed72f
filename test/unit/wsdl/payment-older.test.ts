// Payment 3.1, 2.1 and 2.0 as compiled from wsdl/: what each has, and how its parts differ from those of 4.0.
import { describe, expect, test } from '@jest/globals';
import { loadPackagedCatalogue } from '../../../src/wsdl/packaged';
import type { Operation } from '../../../src/wsdl/schema';
import { isPayment } from '../../support/operations';
import { elementsOf, namespacesOf, partsText } from './parts';

const catalogue = loadPackagedCatalogue();

const USER = 'endUserIdentifier anyURI';
const CHARGE = 'charge ChargingInformation';
const AMOUNT = 'amount decimal, billingText string';
const CODE = 'referenceCode string';
const SPLIT = 'splitInfo SplitType [1..n]';
const VOLUME = 'volume long';
const TEXT = 'billingText string';
const PARAMETERS = 'parameters Property [0..n]';
const RESERVATION = 'reservationIdentifier string';

type Row = readonly [key: string, request: readonly string[], response: string];

/** 2.1 and 3.1: the parts of clause 8 where the operation exists. */
const COMMON: readonly Row[] = [
  ['AmountCharging.chargeAmount', [USER, CHARGE, CODE], ''],
  ['AmountCharging.refundAmount', [USER, CHARGE, CODE], ''],
  ['VolumeCharging.chargeVolume', [USER, VOLUME, TEXT, CODE, PARAMETERS], ''],
  ['VolumeCharging.getAmount', [USER, VOLUME, PARAMETERS], 'result ChargingInformation'],
  ['VolumeCharging.refundVolume', [USER, VOLUME, TEXT, CODE, PARAMETERS], ''],
  ['ReserveAmountCharging.reserveAmount', [USER, CHARGE], 'result string'],
  ['ReserveAmountCharging.reserveAdditionalAmount', [RESERVATION, CHARGE], ''],
  ['ReserveAmountCharging.chargeReservation', [RESERVATION, CHARGE, CODE], ''],
  ['ReserveAmountCharging.releaseReservation', [RESERVATION], ''],
  ['ReserveVolumeCharging.getAmount', [USER, VOLUME, PARAMETERS], 'result ChargingInformation'],
  ['ReserveVolumeCharging.reserveVolume', [USER, VOLUME, TEXT, PARAMETERS], 'result string'],
  ['ReserveVolumeCharging.reserveAdditionalVolume', [RESERVATION, VOLUME, TEXT], ''],
  [
    'ReserveVolumeCharging.chargeReservation',
    [RESERVATION, VOLUME, 'billingText string [0..1]', CODE],
    '',
  ],
  ['ReserveVolumeCharging.releaseReservation', [RESERVATION], ''],
];

const SPLITS: readonly Row[] = [
  ['AmountCharging.chargeSplitAmount', [SPLIT, CHARGE, CODE], ''],
  ['VolumeCharging.chargeSplitVolume', [SPLIT, VOLUME, TEXT, CODE, PARAMETERS], ''],
];

/** 2.0: amounts alone; the interface of reservations charges at once too. */
const AMOUNTS: readonly Row[] = [
  ['AmountCharging.chargeAmount', [USER, AMOUNT, CODE], ''],
  ['AmountCharging.refundAmount', [USER, AMOUNT, CODE], ''],
  ['ReserveAmountCharging.chargeAmount', [USER, AMOUNT, CODE], ''],
  ['ReserveAmountCharging.refundAmount', [USER, AMOUNT, CODE], ''],
  ['ReserveAmountCharging.reserveAmount', [USER, AMOUNT], 'result string'],
  ['ReserveAmountCharging.reserveAdditionalAmount', [RESERVATION, AMOUNT], ''],
  ['ReserveAmountCharging.chargeReservation', [RESERVATION, AMOUNT, CODE], ''],
  ['ReserveAmountCharging.releaseReservation', [RESERVATION], ''],
];

describe.each([
  ['v3_1', [...COMMON, ...SPLITS]],
  ['v2_1', COMMON],
  ['v2_0', AMOUNTS],
])('%s', (version, rows) => {
  const operations = catalogue.operations.filter(
    (each) => each.version === version && isPayment(each),
  );
  const operation = (key: string): Operation => {
    const found = catalogue.byKey(version, key);
    if (found === undefined) throw new Error(`${key} is not in ${version}`);
    return found;
  };

  test('has these operations and no others', () => {
    expect(operations.map(({ key }) => key).sort()).toEqual(rows.map(([key]) => key).sort());
  });

  test.each(rows)('%s has its parts', (key, request, response) => {
    expect(partsText(operation(key).request)).toBe(request.join(', '));
    expect(partsText(operation(key).response)).toBe(response);
  });

  test.each(rows)('%s: parts are qualified by version, what lies below is not', (key) => {
    const { interfaceName, request, response } = operation(key);
    const stem = interfaceName.replace(/(?<!^)[A-Z]/g, (letter) => `_${letter}`).toLowerCase();
    const local = `http://www.csapi.org/schema/parlayx/payment/${stem}/${version}/local`;
    const elements = [...namespacesOf(request), ...namespacesOf(response)];
    expect(elements).toEqual(
      elements.map(([path]) => [path, path.split('/').length <= 2 ? local : '']),
    );
  });

  test.each(rows)('%s declares both exceptions of the common types', (key) => {
    const common = `http://www.csapi.org/schema/parlayx/common/${version}`;
    const parts = 'messageId string, text string, variables string [0..n]';
    const faults = [...operation(key).faults].map(([name, element]) => [
      name,
      element.namespace,
      partsText(element),
    ]);
    expect(faults).toEqual([
      ['ServiceException', common, parts],
      ['PolicyException', common, parts],
    ]);
  });

  test.each(rows)('%s is found by its request element', (key) => {
    const { request } = operation(key);
    expect(catalogue.byElement(request.namespace, request.name)).toBe(operation(key));
  });
});

describe('data types', () => {
  test.each([
    ['v3_1', 'AmountCharging.chargeAmount', 'charge'],
    ['v2_1', 'AmountCharging.chargeAmount', 'charge'],
  ])('ChargingInformation of %s has one description', (version, key, name) => {
    expect(typeOf(version, key, name)).toBe(
      'description string, currency string [0..1], amount decimal [0..1], code string [0..1]',
    );
  });

  test.each(['v3_1', 'v2_1'])('Property of %s is a name and a value', (version) => {
    const fields = typeOf(version, 'VolumeCharging.getAmount', 'parameters');
    expect(fields).toBe('name string, value string');
  });

  test('SplitType of v3_1', () => {
    const fields = typeOf('v3_1', 'AmountCharging.chargeSplitAmount', 'splitInfo');
    expect(fields).toBe('endUserIdentifier anyURI, percent int');
  });

  function typeOf(version: string, key: string, name: string): string {
    const request = catalogue.byKey(version, key)?.request;
    const part = request && elementsOf(request).find((each) => each.name === name);
    return part === undefined ? 'missing' : partsText(part);
  }
});

test.each(catalogue.services.map((service) => [service.version, service] as const))(
  'all versions of a service share its address: %s',
  (version, { interfaceName, name, port, path, file }) => {
    expect({ name, port, path }).toEqual({
      name: `${interfaceName}Service`,
      port: interfaceName,
      path: `/${interfaceName}Service/services/${interfaceName}`,
    });
    expect(file).toMatch(new RegExp(`_service_${version.slice(1)}\\.wsdl$`));
  },
);
