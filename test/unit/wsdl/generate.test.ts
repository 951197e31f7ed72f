import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { loadCatalogue } from '../../../src/wsdl/catalogue';
import { operationTypes } from '../../../src/wsdl/generate';
import { packagedDirectory } from '../../../src/wsdl/packaged';
import { deskWsdl, folderOf } from './folder';

const payment = loadCatalogue([packagedDirectory('v4_0')]);

test('the committed types are those of wsdl/v4_0; if not, run `npm run generate`', () => {
  const file = join(__dirname, '../../../src/wsdl/operations.generated.ts');
  expect(readFileSync(file, 'utf8')).toBe(operationTypes(payment));
});

describe('properties', () => {
  const complex =
    '<xsd:complexType><xsd:sequence><xsd:element name="x" type="xsd:int"/></xsd:sequence></xsd:complexType>';
  const level =
    '<xsd:simpleType><xsd:restriction base="xsd:string"><xsd:enumeration value="low"/>' +
    '<xsd:enumeration value="it\'s"/></xsd:restriction></xsd:simpleType>';

  test.each([
    ['<xsd:element name="a" type="xsd:string"/>', 'a: string'],
    ['<xsd:element name="a" type="xsd:anyURI"/>', 'a: string'],
    ['<xsd:element name="a" type="xsd:dateTime"/>', 'a: string'],
    ['<xsd:element name="a" type="xsd:boolean"/>', 'a: boolean'],
    ['<xsd:element name="a" type="xsd:int"/>', 'a: number'],
    ['<xsd:element name="a" type="xsd:long"/>', 'a: bigint'],
    ['<xsd:element name="a" type="xsd:decimal"/>', 'a: Decimal'],
    ['<xsd:element name="a" type="xsd:int" minOccurs="0"/>', 'a?: number'],
    ['<xsd:element name="a" type="xsd:int" maxOccurs="2"/>', 'a: readonly number[]'],
    [
      '<xsd:element name="a" type="xsd:int" minOccurs="0" maxOccurs="unbounded"/>',
      'a: readonly number[]',
    ],
    [`<xsd:element name="a">${complex}</xsd:element>`, 'a: a'],
    [`<xsd:element name="a">${level}</xsd:element>`, "a: 'low' | 'it\\'s'"],
    [
      `<xsd:element name="a" maxOccurs="2">${level}</xsd:element>`,
      "a: readonly ('low' | 'it\\'s')[]",
    ],
    ['<xsd:element name="a-b.c" type="xsd:int"/>', "'a-b.c': number"],
  ])('%s is %s', (parts, property) => {
    const text = operationTypes(loadCatalogue([folderOf({ 'desk.wsdl': deskWsdl({ parts }) })]));
    expect(text).toContain(`export interface AskRequest {\n  readonly ${property};\n}`);
  });

  test('an empty message is an empty object', () => {
    const text = operationTypes(loadCatalogue([folderOf({ 'desk.wsdl': deskWsdl() })]));
    expect(text).toContain('export type AskResponse = Readonly<Record<string, never>>;');
  });
});

describe('names', () => {
  test.each([
    ['AmountCharging.chargeAmount', 'ChargeAmount'],
    ['VolumeCharging.getAmount', 'VolumeChargingGetAmount'],
    ['ReserveVolumeCharging.getAmount', 'ReserveVolumeChargingGetAmount'],
  ])('%s has the messages %s…', (key, name) => {
    expect(operationTypes(payment)).toContain(
      `  '${key}': {\n    request: ${name}Request;\n    response: ${name}Response;\n  };`,
    );
  });

  test('that would fall together are refused', () => {
    const nested =
      '<xsd:element name="AskRequest"><xsd:complexType><xsd:sequence/></xsd:complexType></xsd:element>';
    const catalogue = loadCatalogue([folderOf({ 'desk.wsdl': deskWsdl({ parts: nested }) })]);
    expect(() => operationTypes(catalogue)).toThrow(
      'Two types would be generated as AskRequest; rename one or load one release.',
    );
  });
});
