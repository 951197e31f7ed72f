// Magic numbers and reference codes: what they ask for, whom they never touch, and the answers in every version.
import { describe, expect, test } from '@jest/globals';
import { identifierOf } from '../../src/ledger/reservation-identifier';
import {
  MAGIC_EXAMPLES,
  MAGIC_NUMBER_PREFIX,
  magicTable,
  magicWish,
} from '../../src/sandbox/faults/magic';
import { faultDocument } from '../support/answers';
import { operationOf, PACKAGED } from '../support/operations';
import { sampleOf } from '../support/samples';
import { openTestSandbox, pathOf } from '../support/test-sandbox';
import { CHARGE, chargeParts } from './support';

const RESERVE = 'ReserveAmountCharging.reserveAmount';
const CAPTURE = 'ReserveAmountCharging.chargeReservation';

/** Stage, action and delay, or undefined. */
function wishOf(message: object, countryCode?: string): string | undefined {
  const wish = magicWish(message, countryCode);
  return wish && [wish.stage, wish.action, wish.delayMs].join(' ');
}

describe('a number', () => {
  test.each([
    ['tel:+9901027000', 'before-commit fault SVC0270 0'],
    ['tel:+990102700012345', 'before-commit fault SVC0270 0'],
    ['tel:+9902000110', 'after-commit-before-reply fault POL0001 0'],
    ['tel:+9901000120', 'before-decide fault SVC0001 0'],
    ['tel:+9901999901', 'before-commit delay and fault SVC9999 250'],
    ['tel:+9901027009', 'before-commit delay and fault SVC0270 64000'],
    ['tel:+9903000610', 'after-commit-before-reply timeout 0'],
    ['tel:+9903000600', 'before-commit timeout 0'],
    ['tel:+9903000104', 'before-commit delay and success 2000'],
    ['tel:+9903001430', 'during-reply half 0'],
    ['tel:+9903001610', 'after-commit-before-reply duplicate 0'],
    ['+9901027000', 'before-commit fault SVC0270 0'],
    ['tel:+990-1-0270-0-0', 'before-commit fault SVC0270 0'],
    ['TEL:+9901027000;phone-context=x', 'before-commit fault SVC0270 0'],
  ])('%s: %s', (endUserIdentifier, expected) => {
    expect(wishOf({ endUserIdentifier })).toBe(expected);
  });

  test('in the form of the nation', () => {
    expect(wishOf({ endUserIdentifier: 'tel:009901027000' }, '49')).toMatch('SVC0270');
  });

  test.each([
    ['no family', 'tel:+9900027010'],
    ['a family that there is not', 'tel:+9904027000'],
    ['an outcome that there is not', 'tel:+9903009900'],
    ['an outcome that no server can do', 'tel:+9903000800'],
    ['a stage that there is not', 'tel:+9901027040'],
    ['a stage that the action does not take', 'tel:+9903001600'],
    ['too short', 'tel:+990102700'],
    ['too long', 'tel:+9901027000123456'],
    ['a national number', 'tel:9901027000'],
    ['another country', 'tel:+9921027000'],
    ['somebody', 'tel:+4915599010270'],
    ['no number', 'sip:+9901027000@example.com'],
    ['nothing', ''],
  ])('is an ordinary one with %s: %s', (_reason, endUserIdentifier) => {
    expect(wishOf({ endUserIdentifier })).toBeUndefined();
  });

  test('of a split: the first that is magic', () => {
    const payers = ['tel:+15550100', 'tel:+9900000000', 'tel:+9902000100', 'tel:+9901027000'];
    const splitInfo = payers.map((endUserIdentifier) => ({ endUserIdentifier, percent: '25' }));
    expect(wishOf({ splitInfo })).toBe('before-commit fault POL0001 0');
  });
});

describe('a reference code', () => {
  test.each([
    ['EMU-SVC0270', 'before-commit fault SVC0270 0'],
    ['EMU-SVC0270-4711', 'before-commit fault SVC0270 0'],
    ['EMU-POL0001@after-4711', 'after-commit-before-reply fault POL0001 0'],
    ['EMU-POL0001@decide', 'before-decide fault POL0001 0'],
    ['EMU-timeout-4711', 'after-commit-before-reply timeout 0'],
    ['EMU-timeout-uncharged-4711', 'before-commit timeout-uncharged 0'],
    ['EMU-timeout@reply+1500ms-4711', 'during-reply delay and timeout 1500'],
    ['EMU-fault-500-1', 'before-commit fault-500 0'],
    ['EMU-proxy-html@before', 'before-commit proxy-html 0'],
    ['EMU-success+250ms', 'after-commit-before-reply delay and success 250'],
    ['EMU-success+999999ms', 'after-commit-before-reply delay and success 600000'],
  ])('%s: %s', (referenceCode, expected) => {
    expect(wishOf({ referenceCode })).toBe(expected);
  });

  test.each([
    ['emu-SVC0270'],
    ['EMU-'],
    ['EMU-SVC270'],
    ['EMU-SVC02701'],
    ['EMU-timeouts'],
    ['EMU-dns'],
    ['EMU-timeout-charged@before'],
    ['EMU-SVC0270@reply'],
    ['EMU-SVC0270@later'],
    ['my-EMU-SVC0270'],
  ])('%s is an ordinary one', (referenceCode) => {
    expect(wishOf({ referenceCode })).toBeUndefined();
  });
});

test('the printed table has every example, and every example works', () => {
  const table = magicTable().join('\n');
  for (const { value, meaning } of MAGIC_EXAMPLES) {
    expect(table).toContain(`${value.padEnd(32)} ${meaning}`);
    const isNumber = value.startsWith(MAGIC_NUMBER_PREFIX);
    const message = isNumber ? { endUserIdentifier: value } : { referenceCode: value };
    const stage = wishOf(message)?.split(' ')[0];
    const charged = stage === 'after-commit-before-reply' || value === 'tel:+9903000104';
    expect([value, charged]).toEqual([value, meaning.startsWith('charged')]);
  }
});

describe('on the wire', () => {
  test.each(
    PACKAGED.operations
      .filter(({ version }) => /^v\d_\d$/.test(version))
      .filter(({ request }) => JSON.stringify(request).includes('endUserIdentifier'))
      .filter(({ key }) => !key.includes('Split'))
      .map(({ key, version }) => [key, version] as const),
  )('%s of %s answers what the number asks for, and nothing is charged', async (key, version) => {
    const env = openTestSandbox({ faults: { magic: true } });
    const operation = operationOf(key, version);
    const before = env.digest();
    const parts = sampleOf(operation, { endUserIdentifier: 'tel:+9901027000' });
    const reply = await env.ask(key, parts, { version });
    expect([reply.status, reply.text]).toEqual([500, faultDocument(['SVC0270'], version)]);
    expect(reply.record.injected).toEqual({
      rule: 'magic',
      stage: 'before-commit',
      action: 'fault SVC0270',
    });
    expect(env.digest()).toBe(before);
  });

  test('in the form of the profile, in any release of SOAP', async () => {
    const env = openTestSandbox({ faults: { magic: true } });
    const header =
      '<tns:RequestSOAPHeader xmlns:tns="http://www.huawei.com.cn/schema/common/v2_1"><tns:spId>shop</tns:spId></tns:RequestSOAPHeader>';
    const body =
      `<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"><soapenv:Header>${header}</soapenv:Header>` +
      '<soapenv:Body><m:chargeAmount xmlns:m="http://www.csapi.org/schema/parlayx/payment/amount_charging/v2_1/local">' +
      '<m:endUserIdentifier>tel:+9901000100</m:endUserIdentifier><m:charge><description>x</description><currency>EUR</currency>' +
      '<amount>1</amount></m:charge><m:referenceCode>r</m:referenceCode></m:chargeAmount></soapenv:Body></soapenv:Envelope>';
    const reply = await env.post(body, { path: pathOf(operationOf(CHARGE, 'v2_1')) });
    expect(reply.text).toContain(
      '<faultcode>SVC0001</faultcode><faultstring>Service Error</faultstring>',
    );
  });

  test('one who pays as usual: family 0', async () => {
    const env = openTestSandbox({ faults: { magic: true } });
    const subscriber = 'tel:+9900027010';
    const reply = await env.ask(CHARGE, chargeParts({ endUserIdentifier: subscriber }));
    expect([reply.status, reply.record.injected, env.wallet(subscriber).charged]).toEqual([
      200,
      undefined,
      1_000_000n,
    ]);
  });

  test('a reservation: at reserve alone; later requests have their reference code', async () => {
    const env = openTestSandbox({ faults: { magic: true } });
    const charge = { description: 'hold', currency: 'EUR', amount: '10' };
    const endUserIdentifier = 'tel:+9903001310';
    const lost = await env.ask(RESERVE, { endUserIdentifier, charge });
    expect([lost.status, lost.record.fault]).toEqual([0, 'reset']);
    expect(env.wallet(endUserIdentifier).held).toBe(10_000_000n);
    const [reservation] = env.sandbox.ledger.read.reservations(endUserIdentifier);
    const reservationIdentifier = identifierOf(reservation?.id ?? 0);
    const capture = (referenceCode: string) =>
      env.ask(CAPTURE, {
        reservationIdentifier,
        charge: { ...charge, amount: '4' },
        referenceCode,
      });
    expect((await capture('ordinary')).status).toBe(200);
    expect((await capture('EMU-SVC0270-1')).record.fault).toBe('SVC0270');
    expect(env.wallet(endUserIdentifier)).toMatchObject({ held: 6_000_000n, charged: 4_000_000n });
  });

  test('nothing when magic is off', async () => {
    const env = openTestSandbox();
    const reply = await env.ask(
      CHARGE,
      chargeParts({ endUserIdentifier: 'tel:+9901027000', referenceCode: 'EMU-SVC0270' }),
    );
    expect(reply.status).toBe(200);
  });
});
