// The extension confirmationRefs: in which versions the interface has it, as compiled and as served.
import { describe, expect, test } from '@jest/globals';
import { withoutConfirmationRefs } from '../../../src/wsdl/confirmation-refs';
import { loadPackagedCatalogue } from '../../../src/wsdl/packaged';

const OPERATIONS = ['chargeAmount', 'refundAmount', 'chargeSplitAmount'];
const fileOf = (version: string) =>
  `parlayx_payment_amount_charging_interface_${version.slice(1)}.wsdl`;

function partsOf(catalogue: ReturnType<typeof loadPackagedCatalogue>, version: string) {
  return catalogue.operations
    .filter((operation) => operation.version === version)
    .filter(({ request }) => {
      const parts = request.type.kind === 'complex' ? request.type.elements : [];
      const last = parts.at(-1);
      if (last?.name !== 'confirmationRefs') return false;
      expect(last).toMatchObject({
        namespace: request.namespace,
        type: { kind: 'simple', base: 'string' },
        minOccurs: 0,
        maxOccurs: Number.POSITIVE_INFINITY,
      });
      return true;
    })
    .map(({ name }) => name);
}

describe.each<[choice: readonly string[] | undefined, having: readonly string[]]>([
  [undefined, ['v4_0']],
  [[], []],
  [['v3_1'], ['v3_1']],
  [
    ['v3_1', 'v4_0'],
    ['v3_1', 'v4_0'],
  ],
])('asked for in %j', (confirmationRefs, having) => {
  const catalogue = loadPackagedCatalogue(
    confirmationRefs === undefined ? {} : { confirmationRefs },
  );

  test.each(['v4_0', 'v3_1', 'v2_1', 'v2_0'])('%s', (version) => {
    const expected = having.includes(version) ? OPERATIONS : [];
    expect(partsOf(catalogue, version)).toEqual(expected);
    const served = catalogue.documents.get(fileOf(version)) ?? '';
    expect(served.match(/confirmationRefs/g) ?? []).toHaveLength(expected.length);
  });
});

describe('an interface file that is not as it should be', () => {
  const edit = withoutConfirmationRefs([]);
  const element = '<xsd:element name="confirmationRefs" type="xsd:string" minOccurs="0"/>';

  test.each<[what: string, text: string, found: number]>([
    ['without the extension', '<a/>', 0],
    ['with it in two operations', `<a>\n${element}\n${element}</a>`, 2],
    [
      'with it written otherwise',
      `<a>\n${element}\n${element}\n${element} "confirmationRefs"</a>`,
      3,
    ],
  ])('%s stops the start', (_what, text, found) => {
    expect(() => edit(fileOf('v4_0'), text)).toThrow(
      `${fileOf('v4_0')} should have confirmationRefs in 3 operations and has it in ${found}; restore it.`,
    );
  });

  test('of another version or interface is left alone', () => {
    expect(edit(fileOf('v2_1'), element)).toBe(element);
    expect(edit('parlayx_payment_volume_charging_interface_4_0.wsdl', element)).toBe(element);
  });
});
