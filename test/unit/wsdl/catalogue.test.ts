// Loading folders of WSDL: what is refused, and how several releases stand side by side.
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { loadCatalogue } from '../../../src/wsdl/catalogue';
import {
  assertComplete,
  loadPackagedCatalogue,
  packagedDirectory,
} from '../../../src/wsdl/packaged';
import { WsdlError } from '../../../src/wsdl/xml';
import { isPayment } from '../../support/operations';
import { deskWsdl, folderOf } from './folder';

const load = (files: Readonly<Record<string, string>>) => loadCatalogue([folderOf(files)]);

const otherRelease = (text: string) =>
  text.replaceAll('v1_2', 'v1_3').replaceAll('urn:desk/local', 'urn:desk/local3');

describe('refused', () => {
  const edited = (from: string | RegExp, to: string) => (text: string) => text.replace(from, to);

  test.each<[what: string, edit: (text: string) => string, message: string]>([
    [
      'an unknown binding',
      edited('binding="tns:DeskBinding"', 'binding="tns:X"'),
      '<port name="Desk"> refers to an unknown binding {urn:desk/v1_2/interface}X.',
    ],
    [
      'an unknown portType',
      edited('type="tns:Desk"', 'type="tns:X"'),
      '<binding name="DeskBinding"> refers to an unknown portType {urn:desk/v1_2/interface}X.',
    ],
    [
      'an unknown message',
      edited('message="tns:askRequest"', 'message="tns:X"'),
      '<input> refers to an unknown message {urn:desk/v1_2/interface}X.',
    ],
    [
      'an unknown element',
      edited('element="local:ask"', 'element="local:X"'),
      '<part name="parameters"> refers to an unknown element {urn:desk/local}X.',
    ],
    [
      'a namespace without schema',
      edited('element="local:ask"', 'element="types:ask"'),
      '<part name="parameters"> refers to {urn:types}ask, but the wsdl:types of its file do not know that namespace.',
    ],
    [
      'a part with a type',
      edited('element="local:ask"', 'type="local:ask"'),
      '<part name="parameters"> has no attribute element.',
    ],
    [
      'a message of two parts',
      edited('<wsdl:part name="parameters"', '<wsdl:part name="x" element="local:ask"/>$&'),
      '<message name="askRequest"> has more than one <part>.',
    ],
    [
      'a simple part',
      edited('type="local:ask"', 'type="xsd:int"'),
      '<part name="parameters"> is ask, which is no complex type.',
    ],
    ['no output', edited(/<wsdl:output message.*/, ''), '<operation name="ask"> has no <output>.'],
    [
      'rpc style',
      edited('style="document"', 'style="rpc"'),
      '<operation name="ask"> has the style rpc; only document is supported.',
    ],
    ['encoded use', edited('use="literal"', 'use="encoded"'), '<body> is not literal.'],
    ['another transport', edited('soap/http"', 'soap/smtp"'), '<binding> is not SOAP over HTTP.'],
    [
      'an operation not bound',
      edited(/<wsdl:operation name="ask">\s*<soap/, '<wsdl:operation name="tell"><soap'),
      '<binding name="DeskBinding"> does not bind ask.',
    ],
    [
      'an operation not declared',
      edited('</wsdl:binding>', '<wsdl:operation name="tell"/>$&'),
      '<operation name="tell"> binds tell, which the portType does not have.',
    ],
    [
      'a fault not bound',
      edited(/(<wsdl:output message.*)/, '$1<wsdl:fault name="F" message="tns:askRequest"/>'),
      '<operation name="ask"> does not bind the fault F.',
    ],
    ['no address', edited(/<soap:address.*/, ''), '<port name="Desk"> has no <address>.'],
    [
      'an odd address',
      edited('http://localhost:9080/', '//'),
      '<address> has the location "//DeskService/services/Desk", which is no URL.',
    ],
    [
      'no version',
      (text) => text.replaceAll('/v1_2', ''),
      '<portType name="Desk"> is in urn:desk/interface, which names no version such as v4_0.',
    ],
    [
      'a message twice',
      edited('<wsdl:portType', '<wsdl:message name="askRequest"/>$&'),
      '<message name="askRequest"> is declared a second time.',
    ],
    [
      'a missing file',
      edited('<wsdl:types>', '<wsdl:import namespace="urn:x" location="gone.wsdl"/>$&'),
      '<import> names gone.wsdl, which cannot be read in the same folder.',
    ],
    [
      'an import of itself as another',
      edited('<wsdl:types>', '<wsdl:import namespace="urn:x" location="desk.wsdl"/>$&'),
      '<import> expects the namespace urn:x in desk.wsdl, which has urn:desk/v1_2/interface.',
    ],
    ['a schema that is none', edited(/<wsdl:types>/, '$&<types:x/>'), '<x> is not an xsd:schema.'],
    ['a root that is none', edited(/[\s\S]*/, '<a/>'), '<a> is no wsdl:definitions.'],
  ])('%s', (_, edit, message) => {
    const files = { 'desk.wsdl': deskWsdl({ edit }) };
    expect(() => load(files)).toThrow(WsdlError);
    expect(() => load(files)).toThrow(/^desk\.wsdl line \d+: /);
    expect(() => load(files)).toThrow(message);
  });

  test.each([
    ['not well-formed', '<a>', /^desk\.wsdl is not well-formed XML: .*unclosed tag.*\.$/],
    [
      'an unbound prefix',
      '<x:a/>',
      /^desk\.wsdl is not well-formed XML: .*unbound namespace prefix.*\.$/,
    ],
    ['empty', '', /^desk\.wsdl is not well-formed XML: .*\.$/],
    [
      'a DOCTYPE',
      '<!DOCTYPE a><a/>',
      /^desk\.wsdl has a DOCTYPE, which is not read; take it out\.$/,
    ],
  ])('%s', (_, text, message) => {
    expect(() => load({ 'desk.wsdl': text })).toThrow(message);
  });

  test('a folder without WSDL', () => {
    expect(() => load({ 'types.xsd': '<a/>' })).toThrow(/^There is no \.wsdl file in .*v1_2\.$/);
  });

  test('a folder that is not there', () => {
    const missing = join(folderOf({}), 'nowhere');
    expect(() => loadCatalogue([missing])).toThrow(`The folder ${missing} cannot be read.`);
  });

  describe('a portType in another file', () => {
    const separate = (imports: string) => ({
      'interface.wsdl': deskWsdl({
        edit: (text) => text.replace(/<wsdl:binding[\s\S]*<\/wsdl:service>/, ''),
      }),
      'service.wsdl': deskWsdl({
        edit: (text) =>
          text
            .replace(/<wsdl:types>[\s\S]*<\/wsdl:portType>/, imports)
            .replace('targetNamespace="urn:desk/v1_2/interface"', 'targetNamespace="urn:desk/s"')
            .replace('binding="tns:DeskBinding"', 'xmlns:s="urn:desk/s" binding="s:DeskBinding"'),
      }),
    });

    test('is found when its file is imported', () => {
      const files = separate(
        '<wsdl:import namespace="urn:desk/v1_2/interface" location="interface.wsdl"/>',
      );
      expect(load(files).operations.map((each) => each.key)).toEqual(['Desk.ask']);
    });

    test('is refused when it is not', () => {
      expect(() => load(separate(''))).toThrow(
        /^service\.wsdl line \d+: <binding name="DeskBinding"> refers to \{urn:desk\/v1_2\/interface\}Desk, but its file has no wsdl:import of that namespace\.$/,
      );
    });
  });
});

describe('several releases', () => {
  const first = { 'desk_1_2.wsdl': deskWsdl() };
  const second = { 'desk_1_3.wsdl': deskWsdl({ edit: otherRelease }) };

  test('share keys and local names and are told apart by version and namespace', () => {
    const catalogue = loadCatalogue([folderOf(first), folderOf(second)]);

    expect(catalogue.operations.map(({ version, key }) => [version, key])).toEqual([
      ['v1_2', 'Desk.ask'],
      ['v1_3', 'Desk.ask'],
    ]);
    expect(catalogue.byLocalName('ask')).toEqual(catalogue.operations);
    expect(catalogue.byElement('urn:desk/local', 'ask')?.version).toBe('v1_2');
    expect(catalogue.byElement('urn:desk/local3', 'ask')?.version).toBe('v1_3');
    expect(catalogue.byKey('v1_2', 'Desk.ask')?.request.namespace).toBe('urn:desk/local');
    expect(catalogue.byKey('v1_3', 'Desk.ask')?.request.namespace).toBe('urn:desk/local3');
    expect([...catalogue.documents.keys()]).toEqual(['desk_1_2.wsdl', 'desk_1_3.wsdl']);
  });

  test('stand beside those of Payment', () => {
    const payment = ['v2_0', 'v2_1', 'v3_1', 'v4_0'].map(packagedDirectory);
    const catalogue = loadCatalogue([...payment, folderOf(first)]);
    expect(catalogue.operations).toHaveLength(8 + 14 + 16 + 16 + 1);
    for (const version of ['v2_0', 'v2_1', 'v3_1', 'v4_0']) {
      expect(() => assertComplete(version, catalogue)).not.toThrow();
    }
  });

  test('with the same request element are refused', () => {
    expect(() => loadCatalogue([folderOf(first), folderOf({ 'copy.wsdl': deskWsdl() })])).toThrow(
      'Desk.ask of v1_2 cannot be told from Desk.ask of v1_2: both are {urn:desk/local}ask.',
    );
  });

  test('with the same key in one version are refused', () => {
    const edit = (text: string) => text.replaceAll('urn:desk/local', 'urn:desk/local3');
    const copy = { 'copy.wsdl': deskWsdl({ edit }) };
    expect(() => loadCatalogue([folderOf(first), folderOf(copy)])).toThrow(
      'Desk.ask of v1_2 cannot be told from Desk.ask of v1_2: both are {v1_2}Desk.ask.',
    );
  });

  test('with different files of one name are refused', () => {
    const other = { 'desk_1_2.wsdl': deskWsdl({ edit: otherRelease }) };
    expect(() => loadCatalogue([folderOf(first), folderOf(other)])).toThrow(
      /^desk_1_2\.wsdl in .* differs from the file of that name before it\.$/,
    );
  });
});

describe('the packaged releases', () => {
  test('are complete, the newest first', () => {
    const { operations, callbacks } = loadPackagedCatalogue();
    const countsOf = (all: typeof operations) =>
      [...new Set(all.map(({ version }) => version))].map((each) => [
        each,
        all.filter(({ version }) => version === each).length,
      ]);
    expect(countsOf(operations.filter(isPayment))).toEqual([
      ['v4_0', 16],
      ['v3_1', 16],
      ['v2_1', 14],
      ['v2_0', 8],
    ]);
    expect(countsOf(operations.filter((each) => !isPayment(each)))).toEqual([
      ['v4_0', 4],
      ['v3_1', 4],
      ['v2_2', 2],
    ]);
    expect(countsOf(callbacks)).toEqual([
      ['v4_0', 2],
      ['v3_1', 2],
      ['v2_2', 1],
    ]);
  });

  test('says what is missing', () => {
    const catalogue = load({ 'desk.wsdl': deskWsdl() });
    expect(() => assertComplete('v4_0', catalogue)).toThrow(
      'The interface files of v4_0 hold 0 services, 0 operations and 0 calls to applications ' +
        'instead of 4 services, 16 operations and 0 calls to applications; restore the files of wsdl/v4_0.',
    );
  });

  test('miss what applications are called by', () => {
    const catalogue = loadCatalogue([packagedDirectory('messaging/v4_0')]);
    expect(() => assertComplete('messaging/v4_0', catalogue)).toThrow(
      'The interface files of messaging/v4_0 hold 2 services, 4 operations and 0 calls to applications ' +
        'instead of 2 services, 4 operations and 2 calls to applications; restore the files of wsdl/messaging/v4_0.',
    );
  });

  test('are asked one by one, and give the same operation however they are asked', () => {
    const catalogue = loadPackagedCatalogue();
    const namespace = 'http://www.csapi.org/schema/parlayx/payment/amount_charging/v3_1/local';
    const early = catalogue.byElement(namespace, 'chargeAmount');
    const sms = 'http://www.csapi.org/schema/parlayx/sms/send/v4_0/local';
    expect(early?.version).toBe('v3_1');
    expect(catalogue.byElement(sms, 'sendSms')?.key).toBe('SendSms.sendSms');
    expect(catalogue.byElement(namespace, 'sendSms')).toBeUndefined();
    expect(catalogue.byElement('urn:other', 'chargeAmount')).toBeUndefined();
    expect(catalogue.byKey('v3_1', 'AmountCharging.chargeAmount')).toBe(early);
    expect(catalogue.byKey('v9_9', 'AmountCharging.chargeAmount')).toBeUndefined();
    expect(catalogue.operations).toContain(early);
    expect(catalogue.byLocalName('chargeAmount')).toContain(early);
    expect(catalogue.servicesOf('v3_1').map(({ interfaceName }) => interfaceName)).toEqual(
      catalogue.services
        .filter(({ version }) => version === 'v3_1')
        .map((each) => each.interfaceName),
    );
  });

  test('has no folder for a release that does not exist', () => {
    expect(() => packagedDirectory('v9_9')).toThrow(
      /^The folder .*v9_9 .* is missing; reinstall\.$/,
    );
  });
});
