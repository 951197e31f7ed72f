// Legacy applications at work: a whole reservation in 2.1, envelopes as toolkits of the time write them, and one ledger
// behind all versions.
import { describe, expect, test } from '@jest/globals';
import { faultDocument, responseDocument } from '../support/answers';
import { operationOf } from '../support/operations';
import { envelope } from '../support/requests';
import { PAYER } from '../support/samples';
import { deviationsOf, openTestSandbox, type TestSandbox } from '../support/test-sandbox';

const AMOUNTS = 'http://www.csapi.org/schema/parlayx/payment/amount_charging/v2_1/local';
const RESERVED = 'http://www.csapi.org/schema/parlayx/payment/reserve_amount_charging/v2_1/local';
const RESERVED_2_0 =
  'http://www.csapi.org/schema/parlayx/payment/reserve_amount_charging/v2_0/local';
const COMMON = 'http://www.csapi.org/schema/parlayx/common/v2_1';

describe('a reservation in 2.1 from beginning to end', () => {
  const env = openTestSandbox();
  let reservation = '';
  const charge = (description: string, amount: string) =>
    `<v2:charge><description>${description}</description><currency>EUR</currency>` +
    `<amount>${amount}</amount></v2:charge>`;
  const identified = (parts = '') =>
    `<v2:reservationIdentifier>${reservation}</v2:reservationIdentifier>${parts}`;

  const send = async (operation: string, parts: string) => {
    const body = `<v2:${operation} xmlns:v2="${RESERVED}">${parts}</v2:${operation}>`;
    const { status, text, record } = await env.post(envelope(body));
    expect(record).toMatchObject({ version: 'v2_1', deviations: [] });
    return { status, text };
  };
  const done = (name: string) => ({
    status: 200,
    text: responseDocument(operationOf(`ReserveAmountCharging.${name}`, 'v2_1')),
  });
  const refused = (fault: Parameters<typeof faultDocument>[0]) => ({
    status: 500,
    text: faultDocument(fault, 'v2_1'),
  });
  const money = () => {
    const { held, charged } = env.wallet(PAYER);
    return { held, charged };
  };

  test('reserve 10', async () => {
    const user = `<v2:endUserIdentifier>${PAYER}</v2:endUserIdentifier>`;
    const { status, text } = await send('reserveAmount', user + charge('A match', '10'));
    [, reservation = ''] = /<ns1:result>(\d{1,30})<\/ns1:result>/.exec(text) ?? [];
    expect([status, reservation]).toEqual([200, expect.stringMatching(/^\d+$/)]);
    expect(money()).toEqual({ held: 10_000_000n, charged: 0n });
  });

  test('charge the first half', async () => {
    const code = '<v2:referenceCode>half-1</v2:referenceCode>';
    const answer = await send('chargeReservation', identified(charge('Half', '4') + code));
    expect(answer).toEqual(done('chargeReservation'));
    expect(money()).toEqual({ held: 6_000_000n, charged: 4_000_000n });
  });

  test('more than is left is refused and changes nothing', async () => {
    const code = '<v2:referenceCode>half-2</v2:referenceCode>';
    const answer = await send('chargeReservation', identified(charge('Half', '6.01') + code));
    expect(answer).toEqual(refused(['SVC0270']));
    expect(money()).toEqual({ held: 6_000_000n, charged: 4_000_000n });
  });

  test('add 2 for the extension', async () => {
    const answer = await send('reserveAdditionalAmount', identified(charge('Extension', '2')));
    expect(answer).toEqual(done('reserveAdditionalAmount'));
    expect(money()).toEqual({ held: 8_000_000n, charged: 4_000_000n });
  });

  test('release what is left', async () => {
    expect(await send('releaseReservation', identified())).toEqual(done('releaseReservation'));
    expect(money()).toEqual({ held: 0n, charged: 4_000_000n });
  });

  test('it is gone', async () => {
    const answer = await send('releaseReservation', identified());
    expect(answer).toEqual(refused(['SVC0002', 'reservationIdentifier']));
  });
});

describe('envelopes of old toolkits', () => {
  const env = openTestSandbox();

  test.each<[string, string, readonly string[]]>([
    [
      'nothing has a namespace, every value a guessed xsi:type',
      '<chargeAmount><endUserIdentifier xsi:type="xsd:string">tel:+15550100</endUserIdentifier>' +
        '<charge><description xsi:type="xsd:string">Quiz</description>' +
        '<currency xsi:type="xsd:string">EUR</currency><amount xsi:type="xsd:int">1</amount>' +
        '<code xsi:type="xsd:string"></code></charge>' +
        `<referenceCode xsi:type="xsd:string">q-1</referenceCode></chargeAmount>`,
      ['extra.attribute', 'ns.none', 'part.ns'],
    ],
    [
      'a default namespace, undone on each field',
      `<chargeAmount xmlns="${AMOUNTS}"><endUserIdentifier>tel:+15550100</endUserIdentifier>` +
        '<charge><description xmlns="">Quiz</description><currency xmlns="">EUR</currency>' +
        `<amount xmlns="">500.00</amount></charge><referenceCode>q-2</referenceCode></chargeAmount>`,
      ['extra.attribute'],
    ],
    [
      'fields in the namespace of the common types',
      `<v2:chargeAmount xmlns:v2="${AMOUNTS}" xmlns:c="${COMMON}">` +
        '<v2:endUserIdentifier>tel:+15550100</v2:endUserIdentifier>' +
        '<v2:charge><c:description>Quiz</c:description><c:amount>1</c:amount></v2:charge>' +
        `<v2:referenceCode>q-3</v2:referenceCode></v2:chargeAmount>`,
      ['extra.attribute', 'type.ns'],
    ],
    [
      'several descriptions, as later versions have them',
      `<v2:chargeAmount xmlns:v2="${AMOUNTS}">` +
        '<v2:endUserIdentifier>tel:+15550100</v2:endUserIdentifier><v2:charge>' +
        '<description>Quiz</description><description>mt-7f3a</description><amount>1</amount>' +
        `</v2:charge><v2:referenceCode>q-4</v2:referenceCode></v2:chargeAmount>`,
      ['extra.attribute', 'description.repeated'],
    ],
  ])('%s: answered in 2.1', async (_which, message, deviations) => {
    const answer = await env.post(
      `<SOAP-ENV:Envelope SOAP-ENV:encodingStyle="http://schemas.xmlsoap.org/soap/encoding/"
        xmlns:SOAP-ENV="http://schemas.xmlsoap.org/soap/envelope/" xmlns:xsd="http://www.w3.org/2001/XMLSchema"
        xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><SOAP-ENV:Body>${message}</SOAP-ENV:Body></SOAP-ENV:Envelope>`,
    );
    expect([answer.status, answer.text]).toEqual([
      200,
      responseDocument(operationOf('AmountCharging.chargeAmount', 'v2_1')),
    ]);
    expect([...deviationsOf(answer)].sort()).toEqual([...deviations].sort());
  });

  test('a fault to no namespace is one of 2.1', async () => {
    const { text } = await env.post(envelope('<releaseReservation></releaseReservation>'));
    expect(text).toBe(faultDocument(['SVC0002', 'reservationIdentifier'], 'v2_1'));
  });

  test('2.0: joined fields stay one text on the bill', async () => {
    const text = '4711#2026-01-31T09:30:00Z#P1#Quiz#Daily quiz#games##acme';
    const { record } = await env.post(
      envelope(
        `<e:chargeAmount xmlns:e="${RESERVED_2_0}"><e:endUserIdentifier>tel:+15550144</e:endUserIdentifier>` +
          `<e:amount>2</e:amount><e:billingText>${text}</e:billingText>` +
          '<e:referenceCode>emm-1</e:referenceCode></e:chargeAmount>',
      ),
    );
    expect(record).toMatchObject({ status: 200, version: 'v2_0', deviations: [] });
    expect(billOf(env, 'tel:+15550144')).toEqual([[text]]);
  });
});

describe('one ledger behind all versions', () => {
  const user = { endUserIdentifier: PAYER };
  const CHARGE = 'AmountCharging.chargeAmount';
  const amount = '1.50';

  test('a reservation of one version is used in the others', async () => {
    const env = openTestSandbox();
    const reservationIdentifier = await env.reserve('ReserveAmountCharging.reserveAmount', {
      ...user,
      charge: { description: 'a', amount: '9' },
    });
    const capture = (parts: Parameters<TestSandbox['ask']>[1], version: string) =>
      env.ask(
        'ReserveAmountCharging.chargeReservation',
        { reservationIdentifier, ...parts, referenceCode: version },
        { version },
      );
    await capture({ charge: { description: 'a', amount: '2' } }, 'v2_1');
    await capture({ charge: { description: 'a', amount: '2' } }, 'v3_1');
    await capture({ amount: '2', billingText: 'a' }, 'v2_0');
    expect(env.wallet(PAYER)).toMatchObject({ held: 3_000_000n, charged: 6_000_000n });
  });

  test('the same request under one reference code is the same in every version', async () => {
    const env = openTestSandbox({ terms: { duplicateReferences: 'replay' } });
    const referenceCode = 'once';
    const charge = { description: 'Quiz', amount };
    for (const version of ['v4_0', 'v3_1', 'v2_1']) {
      const { status } = await env.ask(CHARGE, { ...user, charge, referenceCode }, { version });
      expect([version, status]).toEqual([version, 200]);
    }
    const { status } = await env.ask(
      CHARGE,
      { ...user, amount, billingText: 'Quiz', referenceCode },
      { version: 'v2_0' },
    );
    expect(status).toBe(200);
    expect(env.wallet(PAYER).charged).toBe(1_500_000n);
  });
});

function billOf(env: TestSandbox, subscriber: string): unknown[] {
  return env.sandbox.ledger.read.billEntries(subscriber).map(({ texts }) => texts);
}
