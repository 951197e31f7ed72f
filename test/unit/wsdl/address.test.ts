import { describe, expect, test } from '@jest/globals';
import { documentWithAddress } from '../../../src/wsdl/address';
import { loadPackagedCatalogue } from '../../../src/wsdl/packaged';

const { documents, services } = loadPackagedCatalogue();

function documentOf(file: string): string {
  const text = documents.get(file);
  if (text === undefined) throw new Error(`${file} is missing`);
  return text;
}

const service = documentOf('parlayx_payment_amount_charging_service_4_0.wsdl');
const ORIGINAL = 'http://localhost:9080/AmountChargingService/services/AmountCharging';

describe('soap:address', () => {
  test.each([
    [
      'http://127.0.0.1:8080',
      'http://127.0.0.1:8080/AmountChargingService/services/AmountCharging',
    ],
    ['https://pay.example/', 'https://pay.example/AmountChargingService/services/AmountCharging'],
    ['http://h:1/box/a', 'http://h:1/box/a/AmountChargingService/services/AmountCharging'],
    ['http://[::1]:1', 'http://[::1]:1/AmountChargingService/services/AmountCharging'],
    [
      'http://h/a&b<"\'',
      'http://h/a&amp;b&lt;&quot;&apos;/AmountChargingService/services/AmountCharging',
    ],
    ['http://h/$&$1', 'http://h/$&amp;$1/AmountChargingService/services/AmountCharging'],
  ])('under %s is %s', (baseUrl, location) => {
    expect(documentWithAddress(service, baseUrl)).toBe(service.replace(ORIGINAL, () => location));
  });

  test.each(services.map(({ file, path }) => [file, path]))('%s keeps its path', (file, path) => {
    const text = documentWithAddress(documentOf(file), 'http://h:1');
    expect(text).toContain(`<soap:address location="http://h:1${path}"/>`);
    expect(text).not.toContain('localhost');
  });

  test.each([
    ["<s:address location='http://a/b'/>", "<s:address location='http://h/b'/>"],
    ['<address  x="1" location = "HTTP://a:1/b" />', '<address  x="1" location = "http://h/b" />'],
    ['<s:address location="/b"/>', '<s:address location="http://h/b"/>'],
    ['<s:address location="http://a"/>', '<s:address location="http://h"/>'],
    ['<wsdl:import location="http://a/b"/>', '<wsdl:import location="http://a/b"/>'],
    ['<s:addresses location="http://a/b"/>', '<s:addresses location="http://a/b"/>'],
  ])('in %s', (before, after) => {
    expect(documentWithAddress(before, 'http://h')).toBe(after);
  });
});

test.each([...documents.keys()].filter((file) => !file.includes('_service_')))(
  '%s, which has no address, is left alone',
  (file) => {
    expect(documentWithAddress(documentOf(file), 'http://h:1')).toBe(documentOf(file));
  },
);
