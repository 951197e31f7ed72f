// What the reader makes of XML Schema: the constructs of the standard's schemas, and a sentence for any other.
import { describe, expect, test } from '@jest/globals';
import { loadCatalogue } from '../../../src/wsdl/catalogue';
import { packagedDirectory } from '../../../src/wsdl/packaged';
import type { ElementDeclaration } from '../../../src/wsdl/schema';
import { type Changes, deskWsdl, folderOf, IMPORT_TYPES, typesXsd } from './folder';
import { elementsOf, namespacesOf, partsText } from './parts';

function requestOf(changes: Changes, files: Readonly<Record<string, string>> = {}) {
  const directory = folderOf({ 'desk.wsdl': deskWsdl(changes), ...files });
  const request = loadCatalogue([directory]).byLocalName('ask')[0]?.request;
  if (request === undefined) throw new Error('no operation ask');
  return request;
}

const formsOf = (request: ElementDeclaration) => elementsOf(request).map((part) => part.namespace);

describe('supported', () => {
  test.each(['string', 'anyURI', 'boolean', 'decimal', 'int', 'long', 'dateTime'])(
    'xsd:%s',
    (type) => {
      const request = requestOf({ parts: `<xsd:element name="a" type="xsd:${type}"/>` });
      expect(partsText(request)).toBe(`a ${type}`);
    },
  );

  test.each([
    ['once', '', 'a int'],
    ['optional', 'minOccurs="0"', 'a int [0..1]'],
    ['a list', 'maxOccurs="unbounded"', 'a int [1..n]'],
    ['an optional list', 'minOccurs="0" maxOccurs="unbounded"', 'a int [0..n]'],
    ['a bounded list', 'minOccurs="2" maxOccurs="5"', 'a int [2..5]'],
  ])('an element occurs %s', (_, occurrence, text) => {
    const request = requestOf({ parts: `<xsd:element name="a" type="xsd:int" ${occurrence}/>` });
    expect(partsText(request)).toBe(text);
  });

  test.each([
    ['elementFormDefault="qualified"', '', 'urn:desk/local'],
    ['elementFormDefault="qualified"', 'form="unqualified"', ''],
    ['elementFormDefault="unqualified"', '', ''],
    ['elementFormDefault="unqualified"', 'form="qualified"', 'urn:desk/local'],
    ['', '', ''],
  ])('schema %s, element %s: in the namespace "%s"', (schemaForm, form, namespace) => {
    const parts = `<xsd:element name="a" type="xsd:int" ${form}/>`;
    expect(formsOf(requestOf({ parts, form: schemaForm }))).toEqual([namespace]);
  });

  test('a reference to a global element keeps its namespace and takes the occurrence', () => {
    const request = requestOf(
      { declarations: IMPORT_TYPES, parts: '<xsd:element ref="types:note" minOccurs="0"/>' },
      { 'types.xsd': typesXsd('<xsd:element name="note" type="xsd:string"/>') },
    );
    expect(partsText(request)).toBe('note string [0..1]');
    expect(formsOf(request)).toEqual(['urn:types']);
  });

  test('a type of another file follows the form of that file', () => {
    const content =
      '<xsd:complexType name="Pair"><xsd:sequence><xsd:element name="x" type="xsd:int"/></xsd:sequence></xsd:complexType>';
    const request = requestOf(
      { declarations: IMPORT_TYPES, parts: '<xsd:element name="pair" type="types:Pair"/>' },
      { 'types.xsd': typesXsd(content) },
    );
    expect(namespacesOf(request)).toEqual([
      ['ask', 'urn:desk/local'],
      ['ask/pair', 'urn:desk/local'],
      ['ask/pair/x', ''],
    ]);
  });

  test('an anonymous complexType has the name of its element', () => {
    const parts =
      '<xsd:element name="a"><xsd:complexType><xsd:sequence><xsd:element name="b" type="xsd:long"/></xsd:sequence></xsd:complexType></xsd:element>';
    expect(partsText(requestOf({ parts }))).toBe('a a');
    expect(namespacesOf(requestOf({ parts })).at(-1)).toEqual(['ask/a/b', 'urn:desk/local']);
  });

  test('an enumeration lists its values in order, also from a type of its own base', () => {
    const declarations = `
      <xsd:simpleType name="Any"><xsd:restriction base="xsd:string"/></xsd:simpleType>
      <xsd:simpleType name="Level"><xsd:annotation/><xsd:restriction base="local:Any">
        <xsd:enumeration value="low"/><xsd:enumeration value="high"/>
      </xsd:restriction></xsd:simpleType>`;
    const parts =
      '<xsd:element name="a" type="local:Level"/><xsd:element name="b" type="local:Any"/>';
    expect(partsText(requestOf({ declarations, parts }))).toBe('a low|high, b string');
  });

  test('an anonymous simpleType', () => {
    const parts =
      '<xsd:element name="a"><xsd:simpleType><xsd:restriction base="xsd:string"><xsd:enumeration value="x"/></xsd:restriction></xsd:simpleType></xsd:element>';
    expect(partsText(requestOf({ parts }))).toBe('a x');
  });

  test('the types of part 1 that no payment operation uses', () => {
    const common = loadCatalogue([packagedDirectory('v4_0')]).documents.get(
      'parlayx_common_types_4_0.xsd',
    );
    const request = requestOf(
      {
        declarations:
          '<xsd:import namespace="http://www.csapi.org/schema/parlayx/common/v4_0" schemaLocation="common.xsd"/>',
        parts: ['TimeMetric', 'SimpleReference', 'ServiceError']
          .map((type) => `<xsd:element name="${type}" type="c:${type}"/>`)
          .join(''),
        edit: (text) =>
          text.replace(
            'xmlns:types=',
            'xmlns:c="http://www.csapi.org/schema/parlayx/common/v4_0" xmlns:types=',
          ),
      },
      { 'common.xsd': common ?? '' },
    );
    expect(elementsOf(request).map(partsText)).toEqual([
      'metric Millisecond|Second|Minute|Hour|Day|Week|Month|Year, units int',
      'endpoint anyURI, interfaceName string, correlator string',
      'messageId string, text string, variables string [0..n]',
    ]);
  });
});

describe('imports', () => {
  test('two schema files that import each other', () => {
    const request = requestOf(
      { declarations: IMPORT_TYPES, parts: '<xsd:element name="pair" type="types:Pair"/>' },
      {
        'types.xsd': typesXsd(
          '<xsd:import namespace="urn:more" schemaLocation="more.xsd"/>' +
            '<xsd:complexType name="Pair"><xsd:sequence><xsd:element name="x" type="m:X" xmlns:m="urn:more"/></xsd:sequence></xsd:complexType>' +
            '<xsd:simpleType name="Y"><xsd:restriction base="xsd:int"/></xsd:simpleType>',
        ),
        'more.xsd':
          '<xsd:schema xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:t="urn:types" targetNamespace="urn:more">' +
          '<xsd:import namespace="urn:types" schemaLocation="types.xsd"/>' +
          '<xsd:complexType name="X"><xsd:sequence><xsd:element name="y" type="t:Y"/></xsd:sequence></xsd:complexType></xsd:schema>',
      },
    );
    expect(namespacesOf(request).at(-1)).toEqual(['ask/pair/x/y', '']);
  });

  test('a schema file that includes itself and another', () => {
    const request = requestOf(
      { declarations: IMPORT_TYPES, parts: '<xsd:element name="a" type="types:A"/>' },
      {
        'types.xsd': typesXsd(
          '<xsd:include schemaLocation="types.xsd"/><xsd:include schemaLocation="a.xsd"/>',
        ),
        'a.xsd': typesXsd(
          '<xsd:simpleType name="A"><xsd:restriction base="xsd:int"/></xsd:simpleType>',
        ),
      },
    );
    expect(partsText(request)).toBe('a int');
  });

  test('two WSDL files that import each other', () => {
    const other = `<wsdl:definitions targetNamespace="urn:other" xmlns:wsdl="http://schemas.xmlsoap.org/wsdl/">
      <wsdl:import namespace="urn:desk/v1_2/interface" location="desk.wsdl"/></wsdl:definitions>`;
    const edit = (text: string) =>
      text.replace('<wsdl:types>', '<wsdl:import namespace="urn:other" location="other.wsdl"/>$&');
    expect(partsText(requestOf({ edit }, { 'other.wsdl': other }))).toBe('');
  });
});

describe('refused', () => {
  const part = (attributes: string, content = '') => ({
    parts: `<xsd:element ${attributes}>${content}</xsd:element>`,
  });
  const declaration = (declarations: string) => ({ declarations });

  test.each<[what: string, changes: Changes, message: string]>([
    [
      'another built-in',
      part('name="a" type="xsd:float"'),
      'uses xsd:float, which is not supported',
    ],
    [
      'an unknown type',
      part('name="a" type="local:A"'),
      'refers to an unknown type {urn:desk/local}A',
    ],
    ['an unknown element', part('ref="local:a"'), 'refers to an unknown element {urn:desk/local}a'],
    [
      'an undeclared prefix',
      part('name="a" type="b:A"'),
      'uses the prefix b in type="b:A" without declaring it',
    ],
    [
      'no prefix',
      part('name="a" type="string"'),
      'refers to {}string, but its schema has no xsd:import of that namespace',
    ],
    [
      'a namespace not imported',
      part('name="a" type="types:A"'),
      'refers to {urn:types}A, but its schema has no xsd:import of that namespace',
    ],
    ['no type', part('name="a"'), 'has no type'],
    ['no name', part('type="xsd:int"'), 'has no attribute name'],
    [
      'a type twice',
      part('name="a" type="xsd:int"', '<xsd:simpleType/>'),
      'has both a type and a content of its own',
    ],
    [
      'nillable',
      part('name="a" type="xsd:int" nillable="true"'),
      'has the attribute nillable, which is not supported',
    ],
    [
      'a default',
      part('name="a" type="xsd:int" default="1"'),
      'has the attribute default, which is not supported',
    ],
    [
      'an odd form',
      part('name="a" type="xsd:int" form="x"'),
      'has form="x", which is neither qualified nor unqualified',
    ],
    [
      'an odd occurrence',
      part('name="a" type="xsd:int" minOccurs="-1"'),
      'has minOccurs="-1", which is no number',
    ],
    [
      'more at least than at most',
      part('name="a" type="xsd:int" minOccurs="2"'),
      'can occur 2 to 1 times, which is not supported',
    ],
    [
      'never',
      part('name="a" type="xsd:int" minOccurs="0" maxOccurs="0"'),
      'can occur 0 to 0 times, which is not supported',
    ],
    [
      'a key',
      part('name="a"', '<xsd:unique name="u"/>'),
      'is not supported as the content of an element',
    ],
    ['any', { parts: '<xsd:any/>' }, '<any> is not supported in <sequence>'],
    ['choice', { parts: '<xsd:choice/>' }, '<choice> is not supported in <sequence>'],
    [
      'a facet',
      declaration(
        '<xsd:simpleType name="A"><xsd:restriction base="xsd:string"><xsd:pattern value="x"/></xsd:restriction></xsd:simpleType>',
      ),
      '<pattern> is not supported in <restriction>',
    ],
    [
      'a union',
      declaration('<xsd:simpleType name="A"><xsd:union/></xsd:simpleType>'),
      '<union> is not supported in <simpleType name="A">',
    ],
    [
      'an XML attribute',
      declaration(
        '<xsd:complexType name="A"><xsd:sequence/><xsd:attribute name="b"/></xsd:complexType>',
      ),
      '<attribute name="b"> is not supported in <complexType name="A">',
    ],
    [
      'an extension',
      declaration('<xsd:complexType name="A"><xsd:complexContent/></xsd:complexType>'),
      '<complexContent> is not supported in <complexType name="A">',
    ],
    [
      'mixed content',
      declaration('<xsd:complexType name="A" mixed="true"><xsd:sequence/></xsd:complexType>'),
      'has the attribute mixed, which is not supported',
    ],
    [
      'a repeated sequence',
      declaration('<xsd:complexType name="A"><xsd:sequence maxOccurs="2"/></xsd:complexType>'),
      'has the attribute maxOccurs, which is not supported',
    ],
    ['no content model', declaration('<xsd:complexType name="A"/>'), 'has no <sequence>'],
    [
      'a restricted complex type',
      declaration('<xsd:simpleType name="A"><xsd:restriction base="local:ask"/></xsd:simpleType>'),
      'restricts a type that is not simple',
    ],
    [
      'a type that contains itself',
      part('name="a" type="local:ask"'),
      '<complexType name="ask"> contains itself',
    ],
    [
      'an element that contains itself',
      declaration(
        '<xsd:element name="a"><xsd:complexType><xsd:sequence><xsd:element ref="local:a"/></xsd:sequence></xsd:complexType></xsd:element>',
      ),
      '<element name="a"> contains itself',
    ],
    [
      'a type declared twice',
      declaration('<xsd:complexType name="ask"><xsd:sequence/></xsd:complexType>'),
      '<complexType name="ask"> is declared a second time',
    ],
    [
      'a group',
      declaration('<xsd:group name="g"/>'),
      '<group name="g"> is not supported in a schema',
    ],
    ['a foreign element', declaration('<types:a/>'), '<a> is not an XML Schema element'],
    [
      'an abstract element',
      declaration('<xsd:element name="a" type="xsd:int" abstract="true"/>'),
      'has the attribute abstract, which is not supported',
    ],
    [
      'a missing file',
      declaration('<xsd:import namespace="urn:types" schemaLocation="gone.xsd"/>'),
      'names gone.xsd, which cannot be read in the same folder',
    ],
    [
      'a file elsewhere',
      declaration('<xsd:import namespace="urn:types" schemaLocation="../types.xsd"/>'),
      'names "../types.xsd"; give the bare name of a file in the same folder',
    ],
    [
      'a file on the web',
      declaration('<xsd:import namespace="urn:types" schemaLocation="http://x/types.xsd"/>'),
      'names "http://x/types.xsd"; give the bare name of a file in the same folder',
    ],
    [
      'a schema attribute',
      { form: 'blockDefault="#all"' },
      'has the attribute blockDefault, which is not supported',
    ],
  ])('%s', (_, changes, message) => {
    const load = () => loadCatalogue([folderOf({ 'desk.wsdl': deskWsdl(changes) })]);
    expect(load).toThrow(/^desk\.wsdl line \d+: <.*\.$/);
    expect(load).toThrow(message);
  });

  test.each([
    ['another namespace', 'xmlns:x="urn:x" targetNamespace="urn:x"', 'urn:x'],
    ['no namespace', '', 'none'],
  ])('an imported schema of %s', (_, attributes, namespace) => {
    const xsd = `<xsd:schema xmlns:xsd="http://www.w3.org/2001/XMLSchema" ${attributes}/>`;
    expect(() => requestOf({ declarations: IMPORT_TYPES }, { 'types.xsd': xsd })).toThrow(
      `expects the namespace urn:types in types.xsd, which has ${namespace}.`,
    );
  });

  test('a mistake in a type that no operation uses names the file it is in', () => {
    const content = '<xsd:complexType name="A"><xsd:all/></xsd:complexType>';
    expect(() =>
      requestOf({ declarations: IMPORT_TYPES }, { 'types.xsd': typesXsd(content) }),
    ).toThrow(/^types\.xsd line 2: <all> is not supported in <complexType name="A">\.$/);
  });
});
