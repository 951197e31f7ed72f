// A foreign SOAP client, given the WSDL of a version over HTTP, speaks that version and is answered in it.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Client, createClientAsync } from 'soap';
import { WSDL_VERSIONS } from '../../src/config/configuration';
import { createEmulator, type Emulator, type ExchangeRecord } from '../../src/emulator';
import { loadPackagedCatalogue } from '../../src/wsdl/packaged';
import { isPayment } from '../support/operations';

const { services, operations } = loadPackagedCatalogue();

const records: ExchangeRecord[] = [];
let emulator: Emulator;
beforeAll(async () => {
  emulator = await createEmulator({
    log: {
      exchange: (record) => records.push(record),
      defect: (error) => {
        throw error;
      },
    },
  });
});
afterAll(() => emulator.close());

test('the versions that can be configured are those that are served', () => {
  const payment = services.filter(isPayment).map(({ version }) => version);
  expect([...new Set(payment)]).toEqual(WSDL_VERSIONS);
});

function clientOf(interfaceName: string, version: string): Promise<Client> {
  const service = services.find((each) => each.interfaceName === interfaceName);
  return createClientAsync(`${emulator.url}${service?.path}?wsdl=${version}`);
}

test.each(
  services.map(({ version, interfaceName, ...more }) => [version, interfaceName, more] as const),
)('%s %s: its operations', async (version, interfaceName, { name, port }) => {
  const description = (await clientOf(interfaceName, version)).describe();
  const names = operations
    .filter((each) => each.version === version && each.interfaceName === interfaceName)
    .map((each) => each.name);
  expect(Object.keys(description[name][port]).sort()).toEqual(names.sort());
});

describe('a charge and a refusal', () => {
  const later = { charge: { description: 'Quiz', amount: '1.50' } };
  const first = { amount: '1.50', billingText: 'Quiz' };

  test.each<[string, object]>([
    ['v4_0', later],
    ['v3_1', later],
    ['v2_1', later],
    ['v2_0', first],
  ])('in %s', async (version, money) => {
    const client = await clientOf('AmountCharging', version);
    const request = { endUserIdentifier: 'tel:+15550100', ...money, referenceCode: version };

    const [, paid] = await client.chargeAmountAsync(request);
    expect(paid).toContain(`/amount_charging/${version}/local"></ns1:chargeAmountResponse>`);
    expect(records.at(-1)).toMatchObject({ version, status: 200 });

    const refusal = client.chargeAmountAsync({ ...request, endUserIdentifier: 'tel:*' });
    await expect(refusal).rejects.toMatchObject({
      body: expect.stringContaining(
        `<ns1:ServiceException xmlns:ns1="http://www.csapi.org/schema/parlayx/common/${version}">`,
      ),
    });
    expect(records.at(-1)).toMatchObject({ version, fault: 'SVC0002' });
  });
});

test.each(['v4_0', 'v3_1', 'v2_1'])(
  '%s: the answer of getAmount is understood',
  async (version) => {
    const client = await clientOf('VolumeCharging', version);
    const [{ result }] = await client.getAmountAsync({
      endUserIdentifier: 'tel:+15550100',
      volume: 2,
    });
    expect(result).toMatchObject({ currency: 'EUR', amount: expect.any(Number) });
    expect([result.description].flat()).toEqual([expect.any(String)]);
  },
);

test.each(['v4_0', 'v3_1', 'v2_1', 'v2_0'])(
  '%s: a reservation made and released',
  async (version) => {
    const client = await clientOf('ReserveAmountCharging', version);
    const money =
      version === 'v2_0'
        ? { amount: '5', billingText: 'a' }
        : { charge: { description: 'a', amount: '5' } };
    const [{ result }] = await client.reserveAmountAsync({
      endUserIdentifier: 'tel:+15550100',
      ...money,
    });
    await client.releaseReservationAsync({ reservationIdentifier: String(result) });
    expect(records.slice(-2)).toMatchObject([
      { version, status: 200 },
      { version, status: 200 },
    ]);
  },
);

test('an emulator told so answers a bare ?wsdl in that version', async () => {
  const other = await createEmulator({ wsdlVersion: 'v2_1' });
  const path = '/AmountChargingService/services/AmountCharging';
  const text = await (await fetch(`${other.url}${path}?wsdl`)).text();
  expect(text).toContain('parlayx_payment_amount_charging_interface_2_1.wsdl');
  await other.close();
});
