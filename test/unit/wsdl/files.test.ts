// The files of wsdl/ themselves, release by release: what toolkits and WS-I Basic Profile 1.0 ask of them, beyond the model.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { loadPackagedCatalogue, packagedDirectory } from '../../../src/wsdl/packaged';
import { childrenOf, parseXml, type XmlElement } from '../../../src/wsdl/xml';

const WSDL = 'http://schemas.xmlsoap.org/wsdl/';
const SOAP = 'http://schemas.xmlsoap.org/wsdl/soap/';
const XSD = 'http://www.w3.org/2001/XMLSchema';

interface Release {
  readonly version: string;
  /** The version of the common faults, which is another one before 4.0; 2.0 has no file of them. */
  readonly faults: string | undefined;
  readonly interfaces: readonly (readonly [name: string, stem: string])[];
  /** Files of data types. */
  readonly types: readonly (readonly [file: string, namespace: string])[];
  readonly operations: number;
}

const AMOUNTS = [
  ['AmountCharging', 'amount_charging'],
  ['ReserveAmountCharging', 'reserve_amount_charging'],
] as const;
const ALL = [
  ...AMOUNTS,
  ['VolumeCharging', 'volume_charging'],
  ['ReserveVolumeCharging', 'reserve_volume_charging'],
] as const;

const SCHEMA = 'http://www.csapi.org/schema/parlayx';

const commonTypes = (version: string) =>
  [`parlayx_common_types_${version}.xsd`, `${SCHEMA}/common/v${version}`] as const;
const paymentTypes = (version: string) =>
  [`parlayx_payment_types_${version}.xsd`, `${SCHEMA}/payment/v${version}`] as const;

const RELEASES: readonly Release[] = [
  {
    version: '4_0',
    faults: '4_0',
    interfaces: ALL,
    types: [commonTypes('4_0'), paymentTypes('4_0')],
    operations: 16,
  },
  {
    version: '3_1',
    faults: '3_0',
    interfaces: ALL,
    types: [commonTypes('3_1'), paymentTypes('3_1')],
    operations: 16,
  },
  {
    version: '2_1',
    faults: '2_0',
    interfaces: ALL,
    types: [commonTypes('2_1'), paymentTypes('2_1')],
    operations: 14,
  },
  {
    version: '2_0',
    faults: undefined,
    interfaces: AMOUNTS,
    types: [commonTypes('2_0')],
    operations: 8,
  },
];

function all(element: XmlElement, namespace: string, local: string): XmlElement[] {
  return [
    ...childrenOf(element, namespace, local),
    ...element.children.flatMap((child) => all(child, namespace, local)),
  ];
}

function attribute(element: XmlElement, name: string): string {
  return element.attributes.get(name) ?? `no ${name}`;
}

test('the files of all releases are served as they are written', () => {
  const { documents } = loadPackagedCatalogue({ confirmationRefs: ['v4_0', 'v3_1'] });
  const messaging = ['v4_0', 'v3_1', 'v2_2'].map((version) => `messaging/${version}`);
  const folders = [...RELEASES.map(({ version }) => `v${version}`), ...messaging];
  const written = folders.flatMap((folder) => {
    const directory = packagedDirectory(folder);
    return readdirSync(directory).map((file) => [file, join(directory, file)] as const);
  });
  const names = new Set(written.map(([file]) => file));
  expect([...documents.keys()].sort()).toEqual([...names].sort());
  for (const [file, path] of written) expect(documents.get(file)).toBe(readFileSync(path, 'utf8'));
});

describe.each(RELEASES)('v$version', ({ version, faults, interfaces, types, operations }) => {
  const directory = packagedDirectory(`v${version}`);
  const files = readdirSync(directory).sort();
  const roots = new Map(
    files.map((file) => [file, parseXml(file, readFileSync(join(directory, file), 'utf8'))]),
  );
  const wsdlFiles = files.filter((file) => file.endsWith('.wsdl')).map((file) => [file] as const);
  const faultFiles =
    faults === undefined
      ? []
      : [
          [
            `parlayx_common_faults_${faults}.wsdl`,
            `http://www.csapi.org/wsdl/parlayx/common/v${faults}/faults`,
          ] as const,
        ];

  function rootOf(file: string): XmlElement {
    const root = roots.get(file);
    if (root === undefined) throw new Error(`${file} is missing`);
    return root;
  }

  describe('the release', () => {
    test('is the files of Annex A and those of part 1', () => {
      expect(files).toEqual(
        [
          ...[...faultFiles, ...types].map(([file]) => file),
          ...interfaces.flatMap(([, stem]) => [
            `parlayx_payment_${stem}_interface_${version}.wsdl`,
            `parlayx_payment_${stem}_service_${version}.wsdl`,
          ]),
        ].sort(),
      );
    });

    test('declares UTF-8 in every file', () => {
      for (const file of files) {
        const text = readFileSync(join(directory, file), 'utf8');
        expect(text.slice(0, 38)).toBe('<?xml version="1.0" encoding="UTF-8"?>');
      }
    });
  });

  describe('names and namespaces of clause 5', () => {
    test.each([
      ...faultFiles,
      ...types,
      ...interfaces.flatMap(([, stem]) =>
        ['interface', 'service'].map(
          (last) =>
            [
              `parlayx_payment_${stem}_${last}_${version}.wsdl`,
              `http://www.csapi.org/wsdl/parlayx/payment/${stem}/v${version}/${last}`,
            ] as const,
        ),
      ),
    ])('%s defines %s', (file, namespace) => {
      expect(attribute(rootOf(file ?? ''), 'targetNamespace')).toBe(namespace);
    });

    test.each(interfaces)('%s names its parts after itself', (name, stem) => {
      const definition = rootOf(`parlayx_payment_${stem}_interface_${version}.wsdl`);
      const service = rootOf(`parlayx_payment_${stem}_service_${version}.wsdl`);
      const operations = all(definition, WSDL, 'operation').map((node) => attribute(node, 'name'));
      const messages = childrenOf(definition, WSDL, 'message')
        .filter((node) => !attribute(node, 'name').endsWith('Exception'))
        .map((node) => [
          attribute(node, 'name'),
          ...childrenOf(node, WSDL, 'part').map((part) => attribute(part, 'name')),
        ]);

      expect([attribute(definition, 'name'), attribute(service, 'name')]).toEqual([
        `parlayx_payment_${stem}_interface`,
        `parlayx_payment_${stem}_service`,
      ]);
      expect(messages).toEqual(
        operations.flatMap((operation) => [
          [`${name}_${operation}Request`, 'parameters'],
          [`${name}_${operation}Response`, 'result'],
        ]),
      );
      expect(all(service, WSDL, 'binding').map((node) => attribute(node, 'name'))).toEqual([
        `${name}Binding`,
      ]);
      expect(all(service, SOAP, 'address').map((node) => attribute(node, 'location'))).toEqual([
        `http://localhost:9080/${name}Service/services/${name}`,
      ]);
    });

    test('types files are unqualified, inline schemas qualified', () => {
      const forms = [...roots.values()]
        .flatMap((root) => [root, ...all(root, XSD, 'schema')])
        .filter((node) => node.local === 'schema' && all(node, XSD, 'element').length > 0)
        .map((node) => [node.file.endsWith('.xsd'), attribute(node, 'elementFormDefault')]);

      expect(forms.filter(([isFile]) => isFile)).toEqual(
        types.map(() => [true, 'no elementFormDefault']),
      );
      expect(forms.filter(([isFile]) => !isFile)).toEqual(
        interfaces.map(() => [false, 'qualified']),
      );
    });
  });

  describe('SOAP bindings', () => {
    test.each(interfaces)(
      '%s binds every operation with an empty SOAPAction and both faults',
      (_, stem) => {
        const definition = rootOf(`parlayx_payment_${stem}_interface_${version}.wsdl`);
        const service = rootOf(`parlayx_payment_${stem}_service_${version}.wsdl`);
        const bound = all(service, WSDL, 'operation').map((node) => [
          attribute(node, 'name'),
          ...all(node, SOAP, 'operation').map((soap) => attribute(soap, 'soapAction')),
          ...all(node, SOAP, 'body').map((soap) => attribute(soap, 'use')),
          ...all(node, SOAP, 'fault').map((soap) => attribute(soap, 'name')),
        ]);

        expect(bound).toEqual(
          all(definition, WSDL, 'operation').map((node) => [
            attribute(node, 'name'),
            '',
            'literal',
            'literal',
            'ServiceException',
            'PolicyException',
          ]),
        );
      },
    );
  });

  describe('WS-I Basic Profile 1.0', () => {
    test.each(wsdlFiles)(
      'R2001, R2003: %s imports WSDL with wsdl:import, XSD inside a schema',
      (file) => {
        const root = rootOf(file);
        const locations = [
          ...childrenOf(root, WSDL, 'import').map((node) => attribute(node, 'location')),
          ...all(root, XSD, 'import').map((node) => attribute(node, 'schemaLocation')),
        ];
        expect(childrenOf(root, WSDL, 'import').map((n) => attribute(n, 'location'))).toEqual(
          locations.filter((location) => location.endsWith('.wsdl')),
        );
        expect(locations.filter((location) => !files.includes(location))).toEqual([]);
        expect(locations).not.toEqual([]);
      },
    );

    test.each(wsdlFiles)('R2005: %s imports the namespace that the other file defines', (file) => {
      const imports = [
        ...all(rootOf(file), WSDL, 'import').map((n) => [n, attribute(n, 'location')] as const),
        ...all(rootOf(file), XSD, 'import').map(
          (n) => [n, attribute(n, 'schemaLocation')] as const,
        ),
      ];
      for (const [node, location] of imports) {
        expect(attribute(node, 'namespace')).toBe(attribute(rootOf(location), 'targetNamespace'));
      }
    });

    test.each(wsdlFiles)('R2022, R2023: %s puts imports first, then types', (file) => {
      const order = ['import', 'types', 'message', 'portType', 'binding', 'service'];
      const ranks = rootOf(file).children.map((node) => order.indexOf(node.local));
      expect(ranks).toEqual([...ranks].sort((a, b) => a - b));
      expect(ranks).not.toContain(-1);
    });

    test('R2204: every message part refers to an element', () => {
      const parts = [...roots.values()].flatMap((root) => all(root, WSDL, 'part'));
      const others = parts.filter((part) => [...part.attributes.keys()].join() !== 'name,element');
      expect(parts).toHaveLength(
        2 * operations + (faults === undefined ? 2 * interfaces.length : 2),
      );
      expect(others).toEqual([]);
    });
  });
});
