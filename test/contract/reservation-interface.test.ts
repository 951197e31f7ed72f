// Which interface a request on a reservation is of, when neither its namespace nor its path nor its parts tell: the one
// that made the reservation.
import { describe, expect, test } from '@jest/globals';
import { operationOf } from '../support/operations';
import { envelope } from '../support/requests';
import { deviationsOf, openTestSandbox } from '../support/test-sandbox';

const env = openTestSandbox();
const AMOUNT = 'ReserveAmountCharging';
const VOLUME = 'ReserveVolumeCharging';
const OPENERS = { [AMOUNT]: 'reserveAmount', [VOLUME]: 'reserveVolume' } as const;
const V1_0 = 'http://www.csapi.org/wsdl/parlayx/payment';

function releaseOf(identifier: string, namespace = ''): string {
  const declared = namespace === '' ? '' : ` xmlns="${namespace}"`;
  return envelope(
    `<releaseReservation${declared}><reservationIdentifier>${identifier}</reservationIdentifier></releaseReservation>`,
  );
}

describe.each([AMOUNT, VOLUME] as const)('made by %s', (interfaceName) => {
  const opened = (application?: string) =>
    env.reserve(
      `${interfaceName}.${OPENERS[interfaceName]}`,
      {},
      application === undefined ? {} : { application },
    );

  test.each([
    ['no namespace', '', 'ns.none', 'v2_1'],
    ['a namespace of its author', 'urn:shop', 'ns.unknown', 'v2_1'],
    ['that of 1.0, which is read as 2.1', V1_0, 'ns.unknown', 'v2_1'],
    ['one that lacks its last word', 'urn:shop/v3_1', 'ns.unknown', 'v3_1'],
  ])('%s: released, and answered in the namespace of that interface', async (...row) => {
    const [, namespace, deviation, version] = row;
    const reply = await env.post(releaseOf(await opened(), namespace), { path: '/gateway' });
    const { response } = operationOf(`${interfaceName}.releaseReservation`, version);
    expect(reply.text).toContain(
      `<ns1:releaseReservationResponse xmlns:ns1="${response.namespace}">`,
    );
    expect([reply.record.operation, reply.record.version]).toEqual([
      `${interfaceName}.releaseReservation`,
      version,
    ]);
    expect(deviationsOf(reply)).toEqual(expect.arrayContaining([deviation, 'path']));
  });

  test('the path decides before the reservation', async () => {
    const other = interfaceName === AMOUNT ? VOLUME : AMOUNT;
    const reply = await env.post(releaseOf(await opened()), { path: `/x/${other}` });
    expect([reply.record.operation, reply.record.fault]).toEqual([
      `${other}.releaseReservation`,
      'SVC0002',
    ]);
  });

  test('that of another application tells nothing', async () => {
    const reply = await env.post(releaseOf(await opened('kiosk')), { path: '/gateway' });
    expect([reply.record.operation, reply.record.fault]).toEqual([
      `${AMOUNT}.releaseReservation`,
      'SVC0002',
    ]);
  });
});

test('strict: a fault, and nothing is released', async () => {
  const strict = openTestSandbox({ wire: { strict: true } });
  const identifier = await strict.reserve(`${VOLUME}.reserveVolume`);
  const before = strict.digest();
  const { record } = await strict.post(releaseOf(identifier), { path: '/gateway' });
  expect([record.fault, strict.digest()]).toEqual(['Client', before]);
});
