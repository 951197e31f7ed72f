// Which operation a message asks for, also when its namespace does not tell.
import { describe, expect, test } from '@jest/globals';
import type { Deviation } from '../../../src/soap/deviation';
import { createDispatcher } from '../../../src/soap/dispatch';
import { SoapFault } from '../../../src/soap/rejection';
import { names, PARKING, PARKING_CATALOGUE, readXml, thrownBy, VALET } from './support';

const dispatch = createDispatcher(PARKING_CATALOGUE);

function keyOf(xml: string, path = '/') {
  const deviations: Deviation[] = [];
  const { key } = dispatch(readXml(xml), path, deviations);
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
