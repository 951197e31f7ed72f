// Which operation a message asks for, also when its namespace does not tell.
import { describe, expect, test } from '@jest/globals';
import type { Deviation } from '../../../src/soap/deviation';
import { createDispatcher } from '../../../src/soap/dispatch';
import { SoapFault } from '../../../src/soap/rejection';
import type { Operation } from '../../../src/wsdl/schema';
import {
  catalogueOf,
  LEAVE,
  names,
  PARK,
  PARKING,
  PARKING_CATALOGUE,
  QUOTE,
  readXml,
  thrownBy,
  VALET,
  VALET_LEAVE,
} from './support';

const dispatch = createDispatcher(PARKING_CATALOGUE);

function keyOf(xml: string, path = '/') {
  const deviations: Deviation[] = [];
  const [{ key }] = dispatch(readXml(xml), path, deviations);
  return [key, ...names(deviations)];
}

describe('by qualified name', () => {
  test.each([
    [PARKING, 'Parking.leave'],
    [VALET, 'ValetParking.leave'],
  ])('{%s}leave, whatever path and parts say', (namespace, key) => {
    const xml = `<leave xmlns="${namespace}"><ticket/><driver/><minutes/></leave>`;
    expect(keyOf(xml, '/ValetParking/Parking')).toEqual([key]);
  });
});

describe('by local name', () => {
  test.each([
    ['<park/>', ['Parking.park', 'ns.none park']],
    ['<park xmlns="urn:other"/>', ['Parking.park', 'ns.unknown park']],
    [`<park xmlns="${VALET}"/>`, ['Parking.park', 'ns.interface park']],
  ])('%s', (xml, told) => {
    expect(keyOf(xml)).toEqual(told);
  });
});

describe('a name of several interfaces is told', () => {
  const leave = (parts: string, namespace = '') => `<leave xmlns="${namespace}">${parts}</leave>`;

  test.each([
    ['by the path', leave('<ticket/>'), '/ParkingService/services/Parking', 'Parking.leave'],
    ['by the path in any case', leave('<ticket/>'), '/VALETPARKING/', 'ValetParking.leave'],
    [
      'by the longer name in the path',
      leave('<ticket/>'),
      '/ValetParkingService',
      'ValetParking.leave',
    ],
    ['by the path before the parts', leave('<driver/>'), '/Parking', 'Parking.leave'],
    [
      'by an unknown namespace that names it',
      leave('', 'urn:example:valet_parking/v9/local'),
      '/Parking',
      'ValetParking.leave',
    ],
    ['by the parts that are there', leave('<ticket/><driver/>'), '/', 'ValetParking.leave'],
    ['by the parts that are unknown', leave('<ticket/><minutes/><x/>'), '/', 'Parking.leave'],
    [
      'by its place in the catalogue, when nothing else tells',
      leave('<ticket/>'),
      '/',
      'Parking.leave',
    ],
  ])('%s', (_how, xml, path, key) => {
    expect(keyOf(xml, path)[0]).toBe(key);
  });
});

describe('those that could be meant just as well come after it', () => {
  const keysOf = (xml: string, path: string) =>
    dispatch(readXml(xml), path, []).map(({ key }) => key);

  test.each<[string, string, string, readonly string[]]>([
    ['nothing tells', '<leave/>', '/', ['Parking.leave', 'ValetParking.leave']],
    ['the path tells', '<leave/>', '/ValetParking', ['ValetParking.leave']],
    ['the namespace names it', '<leave xmlns="urn:valet_parking"/>', '/', ['ValetParking.leave']],
    ['it is the namespace', `<leave xmlns="${VALET}"/>`, '/', ['ValetParking.leave']],
    ['the parts tell', '<leave><ticket/><driver/></leave>', '/', ['ValetParking.leave']],
    ['there is one of that name', '<park/>', '/', ['Parking.park']],
  ])('%s', (_, xml, path, keys) => {
    expect(keysOf(xml, path)).toEqual(keys);
  });
});

describe('the version', () => {
  const V1 = 'urn:example:parking/v1_0/local';
  const V2 = 'urn:example:parking/v2_0/local';
  const V3 = 'urn:example:parking/v3_0/local';
  const VALET_V1 = 'urn:example:valet_parking/v1_0/local';

  /** 3.0, the newest, has everything; 2.0 cannot quote; 1.0 can only park, with a valet too. */
  const several = catalogueOf([
    inVersion(PARK, 'v3_0', V3),
    inVersion(QUOTE, 'v3_0', V3),
    inVersion(LEAVE, 'v3_0', V3),
    inVersion(PARK, 'v2_0', V2),
    inVersion(LEAVE, 'v2_0', V2),
    inVersion(PARK, 'v1_0', V1),
    inVersion(VALET_LEAVE, 'v1_0', VALET_V1),
  ]);
  const dispatchSeveral = createDispatcher(several, ['v2_0', 'v3_0']);

  const versionOf = (namespace: string, local: string) => {
    const deviations: Deviation[] = [];
    const message = readXml(`<${local} xmlns="${namespace}"/>`);
    const [{ key, version }] = dispatchSeveral(message, '/', deviations);
    return [version, key, ...names(deviations)];
  };

  test.each([
    ['that of its namespace', V1, 'park', ['v1_0', 'Parking.park']],
    ['that of its namespace', V3, 'park', ['v3_0', 'Parking.park']],
    [
      'that of the namespace, in another interface',
      VALET_V1,
      'park',
      ['v1_0', 'Parking.park', 'ns.interface park'],
    ],
    ['the first assumed one', '', 'park', ['v2_0', 'Parking.park', 'ns.none park']],
    ['the first assumed one', 'urn:other', 'park', ['v2_0', 'Parking.park', 'ns.unknown park']],
    ['the next that has it', '', 'quote', ['v3_0', 'Parking.quote', 'ns.none quote']],
    [
      'the one that an unknown namespace names',
      'urn:example:parking/v1_0',
      'park',
      ['v1_0', 'Parking.park', 'ns.unknown park'],
    ],
    [
      'an assumed one, when that named has no such operation',
      'urn:example:parking/v1_0',
      'quote',
      ['v3_0', 'Parking.quote', 'ns.unknown quote'],
    ],
    [
      'an assumed one, when there is none as it names',
      'urn:example:parking/v9_9/local',
      'leave',
      ['v2_0', 'Parking.leave', 'ns.unknown leave'],
    ],
  ])('is %s: {%s}%s', (_which, namespace, local, expected) => {
    expect(versionOf(namespace, local)).toEqual(expected);
  });

  test('a namespace of ours does not lead to the operation of another version', () => {
    const fault = thrownBy(() => versionOf(V2, 'quote'));
    expect(fault).toMatchObject({ code: 'Client', text: 'Unknown operation' });
  });

  test('any, when none is assumed: the first in the catalogue', () => {
    const [{ version }] = createDispatcher(several)(readXml('<park/>'), '/', []);
    expect(version).toBe('v3_0');
  });

  function inVersion(operation: Operation, version: string, namespace: string): Operation {
    return { ...operation, version, request: { ...operation.request, namespace } };
  }
});

describe('an unknown operation', () => {
  test.each([
    '<fly/>',
    '<__proto__/>',
    '<constructor/>',
    '<PARK/>',
    '<parkResponse/>',
    `<Fault xmlns="${PARKING}"/>`,
  ])('%s is a Client fault that names none of ours', (xml) => {
    const fault = thrownBy(() => dispatch(readXml(xml), '/', []));
    expect(fault).toBeInstanceOf(SoapFault);
    expect(fault).toMatchObject({ code: 'Client', text: 'Unknown operation' });
  });
});
