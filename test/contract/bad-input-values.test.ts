// Messages of the right shape whose values nobody should accept: addresses, codes, identifiers, money, splits.
import { describe, expect, test } from '@jest/globals';
import { expectFault, type Fault } from '../support/answers';
import { operationOf } from '../support/operations';
import { envelope, messageOf, type Parts } from '../support/requests';
import { PAYER } from '../support/samples';
import { openTestSandbox } from '../support/test-sandbox';
import {
  CAPTURE,
  CHARGE,
  capture,
  charge,
  payment,
  REFUND,
  RESERVE,
  SPLIT,
  succeed,
} from './asking';
import { sendBad } from './bad-input';

const env = openTestSandbox();

async function expectRefused(key: string, parts: Parts, fault: Fault): Promise<void> {
  expectFault(await sendBad(env, envelope(messageOf(operationOf(key), parts))), fault);
}

describe('who is to pay', () => {
  test.each([
    ...[
      'tel:',
      'sip:',
      'short:',
      'tel',
      ':',
      '+',
      '12',
      '1234567890123456',
      'tel:12',
      'tel:+1234567890123456',
    ],
    ...[
      'tel:*',
      'tel:+1555*',
      '*',
      'tel:+1555?100',
      'tel:+1555%',
      'sip:*@example.org',
      'short:12a',
      'group:*',
    ],
    ...['http://example.org/', 'file:///etc/passwd', '//example.org', 'tel://+15550100', 'urn:'],
    ...[
      "tel:+15550100' OR '1'='1",
      'tel:+15550100"',
      'tel:+1 555 0100',
      'tel:+1555\n0100',
      'tel:+1555\t0100',
    ],
    ...[
      'tel:+15550100,tel:+15550101',
      'tel:+15550100 tel:+15550101',
      'tel:٠١٢٣٤٥٦',
      'tel:+1555０100',
    ],
    ...[
      'alice',
      'alice@example.org',
      'javascript:alert(1)?x',
      `tel:${'1'.repeat(200)}`,
      `acr:${'x'.repeat(200)}`,
    ],
  ])('%j: SVC0002', async (address) => {
    const fault: Fault = ['SVC0002', 'endUserIdentifier'];
    await expectRefused(CHARGE, payment({ amount: '1' }, { endUserIdentifier: address }), fault);
    const splitInfo = [
      { endUserIdentifier: PAYER, percent: '50' },
      { endUserIdentifier: address, percent: '50' },
    ];
    const parts = { splitInfo, ...charge({ amount: '1' }), referenceCode: 'x' };
    await expectRefused(SPLIT, parts, ['SVC0002', 'splitInfo']);
  });

  test.each<[string, string]>([
    ['tel:+15550100', PAYER],
    ['TEL:+1-555-01.00', PAYER],
    ['tel:+(1)5550100;phone-context=example.org', PAYER],
    [' tel:+15550100\n', PAYER],
    ['+15550100', PAYER],
    ['15550100', 'tel:15550100'],
    ['tel:0155501', 'tel:0155501'],
    ['sip:alice@EXAMPLE.org', 'sip:alice@example.org'],
    ['SIP:alice@example.org;transport=udp', 'sip:alice@example.org'],
    ['short:72727', 'short:72727'],
    ['acr:1234-5678', 'acr:1234-5678'],
    ['urn:user:alice', 'urn:user:alice'],
  ])('%j is the account %s', async (endUserIdentifier, account) => {
    const own = openTestSandbox();
    await succeed(own, CHARGE, payment({ amount: '1' }, { endUserIdentifier }));
    expect(own.sandbox.ledger.read.subscribers().map(({ subscriber }) => subscriber)).toEqual([
      account,
    ]);
  });
});

describe('codes and texts', () => {
  test('a reference code of 256 characters is taken, one more is not: SVC0002', async () => {
    await succeed(env, CHARGE, payment({ amount: '1' }, { referenceCode: 'r'.repeat(256) }));
    const parts = payment({ amount: '1' }, { referenceCode: 'r'.repeat(257) });
    await expectRefused(CHARGE, parts, ['SVC0002', 'referenceCode']);
  });

  test.each([
    "'; DROP TABLE tx; --",
    '" OR 1=1',
    '../../etc/passwd',
    '#{7*7}',
    '\u202etxt',
    '💶',
    'a\u0085b',
  ])('the reference code %j is kept as it is', async (referenceCode) => {
    await succeed(env, CHARGE, payment({ amount: '1' }, { referenceCode }));
    expect(env.sandbox.ledger.read.transactions().at(-1)?.referenceCode).toBe(referenceCode);
  });

  test('descriptions with line breaks and markup go to the bill as they are', async () => {
    const own = openTestSandbox();
    const description = 'line 1\nline 2 <b>&amp;</b>';
    await succeed(own, CHARGE, payment({ amount: '1', description }));
    expect(own.sandbox.ledger.read.billEntries().map(({ texts }) => texts)).toEqual([
      [description],
    ]);
  });
});

describe('money', () => {
  test.each<[string, Parts, Fault]>([
    ['neither amount nor code', charge({}), ['SVC0007']],
    ['blank amount and code', charge({ amount: ' ', code: ' ' }), ['SVC0007']],
    ['an unknown code', charge({ code: 'NOPE' }), ['SVC0007']],
    ['no decimal, with a code', charge({ amount: '1e3', code: 'QUIZ' }), ['SVC0002', 'charge']],
    ['negative', charge({ amount: '-1' }), ['SVC0007']],
    ['zero', charge({ amount: '0.00' }), ['SVC0007']],
    ['a fraction of a cent', charge({ amount: '0.005' }), ['SVC0007']],
    ['beyond the largest', charge({ amount: '1000000001' }), ['SVC0007']],
    ['beyond doubles', charge({ amount: '9007199254740993.01' }), ['SVC0007']],
    ['an unknown currency', charge({ amount: '1', currency: '€' }), ['SVC0007']],
    ['no description', { charge: { amount: '1' } }, ['SVC0002', 'charge']],
  ])('%s', async (_, parts, fault) => {
    for (const key of [CHARGE, REFUND])
      await expectRefused(key, { ...payment({}), ...parts }, fault);
    await expectRefused(RESERVE, { endUserIdentifier: PAYER, ...parts }, fault);
  });

  test('more than there is: SVC0270 on a charge, SVC0001 on a reservation', async () => {
    await expectRefused(CHARGE, payment({ amount: '999999' }), ['SVC0270']);
    const parts = { endUserIdentifier: PAYER, ...charge({ amount: '999999' }) };
    await expectRefused(RESERVE, parts, ['SVC0001', 'INSUFFICIENT_FUNDS']);
  });

  test('an unknown subscriber where accounts are not made on demand: SVC0002', async () => {
    const strict = openTestSandbox({ terms: { unknownAccounts: 'refuse' } });
    const before = strict.digest();
    const answer = await strict.ask(CHARGE, payment({ amount: '1' }));
    expectFault(answer, ['SVC0002', 'endUserIdentifier']);
    expect(strict.digest()).toBe(before);
  });
});

describe('reservations and splits', () => {
  test.each(['100000000099999', 'x', "1' OR '1'='1", '1'.repeat(5000), '１'])(
    'the reservation %j: SVC0002',
    (id) => expectRefused(CAPTURE, capture(id, '1'), ['SVC0002', 'reservationIdentifier']),
  );

  test.each<[string, readonly string[], Fault]>([
    ['a sum of 99', ['50', '49'], ['SVC0271']],
    ['a share of nothing', ['100', '0'], ['SVC0002', 'splitInfo']],
    ['a share below nothing', ['101', '-1'], ['SVC0002', 'splitInfo']],
    ['half a percent', ['99.5', '0.5'], ['SVC0002', 'splitInfo']],
    ['eleven payers', [...new Array<string>(10).fill('9'), '10'], ['POL0250', 'splitInfo']],
    ['two hundred payers', new Array<string>(200).fill('1'), ['POL0250', 'splitInfo']],
  ])('a split with %s is refused whole', async (_, percents, fault) => {
    const splitInfo = percents.map((percent, index) => ({
      endUserIdentifier: `tel:+1555${1000 + index}`,
      percent,
    }));
    const parts = { splitInfo, ...charge({ amount: '1' }), referenceCode: 'x' };
    await expectRefused(SPLIT, parts, fault);
  });
});
