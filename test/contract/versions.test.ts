// The older versions: every operation of each is answered in its own version, to the letter of its own schema, and so
// are its faults. What the operations do is tested once, in 4.0.
import { describe, expect, test } from '@jest/globals';
import { readAnswer } from '../../src/soap/answer';
import { expectXmlHeaders, faultDocument, responseDocument } from '../support/answers';
import { operationOf, PAYMENT } from '../support/operations';
import { envelope, fieldsOf, messageOf } from '../support/requests';
import { openTestSandbox, type Reply, validParts } from '../support/test-sandbox';
import { without } from '../support/xml';

const env = openTestSandbox();

const OLDER = PAYMENT.filter(({ version }) => version !== 'v4_0').map(
  (operation) => [operation.version, operation.key, operation] as const,
);

describe('asked to the letter', () => {
  test.each(OLDER)('%s %s: 200, no deviation', async (version, key, operation) => {
    const answer = await env.ask(key, await validParts(env, operation), { version });

    expect(answer.record).toMatchObject({ status: 200, operation: key, version, deviations: [] });
    expectXmlHeaders(answer);
  });

  test.each(OLDER)('%s %s: the answer is valid by its schema', async (version, key, operation) => {
    const { text } = await env.ask(key, await validParts(env, operation), { version });
    expect(readAnswer(operation, Buffer.from(text)).kind).toBe('response');
    expect(text).toContain(
      `<ns1:${operation.name}Response xmlns:ns1="${operation.request.namespace}">`,
    );
  });

  test.each(OLDER.filter(([, , { name }]) => name === 'getAmount'))(
    '%s %s: one description (clause 8.2.2.2)',
    async (version, key, operation) => {
      const { text } = await env.ask(key, await validParts(env, operation), { version });
      const result =
        '<ns1:result><description>Rated messages</description><currency>EUR</currency>' +
        '<amount>0.30</amount></ns1:result>';
      expect(text).toBe(responseDocument(operation, result));
    },
  );
});

describe('a mandatory part or field that is missing', () => {
  const cases = OLDER.flatMap(([version, key, operation]) =>
    fieldsOf(operation)
      .filter(({ declaration }) => declaration.minOccurs > 0)
      .map(({ path }) => [version, key, path, operation] as const),
  );

  test.each(cases)('%s %s %s: SVC0002', async (version, _key, path, operation) => {
    const message = messageOf(operation, await validParts(env, operation));
    const before = env.digest();
    const answer = await env.post(envelope(without(message, path)));
    const part = path.split('/')[0] ?? '';
    expect(answer).toMatchObject({ status: 500, text: faultDocument(['SVC0002', part], version) });
    expect(env.digest()).toBe(before);
  });
});

describe('a fault of the domain is in the common types of the version', () => {
  const asked = async (
    version: string,
    key: string,
    change: Parameters<typeof env.ask>[1],
  ): Promise<Reply> => {
    const parts = await validParts(env, operationOf(key, version));
    return env.ask(key, { ...parts, ...change }, { version });
  };
  const description = 'Daily quiz';

  test.each(['v3_1', 'v2_1'])('%s: no funds', async (version) => {
    const charge = { description, amount: '1000000' };
    const { text } = await asked(version, 'AmountCharging.chargeAmount', { charge });
    expect(text).toBe(faultDocument(['SVC0270'], version));
  });

  test('v2_0: no funds', async () => {
    const amount = '1000000';
    const { text } = await asked('v2_0', 'AmountCharging.chargeAmount', { amount });
    expect(text).toBe(faultDocument(['SVC0270'], 'v2_0'));
  });

  test('v3_1: percentages that do not add up', async () => {
    const splitInfo = { endUserIdentifier: 'tel:+15550101', percent: '60' };
    const { text } = await asked('v3_1', 'AmountCharging.chargeSplitAmount', { splitInfo });
    expect(text).toBe(faultDocument(['SVC0271'], 'v3_1'));
  });

  test('v2_1: an unknown reservation', async () => {
    const reservationIdentifier = '0';
    const { text } = await asked('v2_1', 'ReserveAmountCharging.releaseReservation', {
      reservationIdentifier,
    });
    expect(text).toBe(faultDocument(['SVC0002', 'reservationIdentifier'], 'v2_1'));
  });

  test('v2_0: what is wrong with the text of a charge is wrong with billingText', async () => {
    const billingText = 'x'.repeat(10_000);
    const { text } = await asked('v2_0', 'ReserveAmountCharging.reserveAmount', { billingText });
    expect(text).toBe(faultDocument(['SVC0002', 'billingText'], 'v2_0'));
  });

  test.each(['1,50', '1e3', ''])('v2_0: the amount %j is named by its part', async (amount) => {
    const { text } = await asked('v2_0', 'AmountCharging.chargeAmount', { amount });
    expect(text).toBe(faultDocument(['SVC0002', 'amount'], 'v2_0'));
  });
});

describe('operations that a version does not have', () => {
  const local = (version: string) =>
    `http://www.csapi.org/schema/parlayx/payment/amount_charging/${version}/local`;

  test.each([
    ['v2_1', 'chargeSplitAmount'],
    ['v2_0', 'chargeSplitAmount'],
    ['v2_0', 'getAmount'],
  ])('%s %s: a SOAP fault, not an answer in another version', async (version, name) => {
    const { status, record } = await env.post(
      envelope(`<m:${name} xmlns:m="${local(version)}"></m:${name}>`),
    );
    expect([status, record.fault]).toEqual([500, 'Client']);
  });
});

test('2.0 charges at once in the namespace of reservations too, which is no deviation', async () => {
  const operation = operationOf('ReserveAmountCharging.chargeAmount', 'v2_0');
  const answer = await env.ask(operation.key, await validParts(env, operation), {
    version: 'v2_0',
  });
  expect(answer.record.deviations).toEqual([]);
  expect(answer.text).toBe(responseDocument(operation));
});
