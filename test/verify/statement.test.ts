// The statement of a subscriber and the settlement of applications, as values and as CSV.
import { describe, expect, test } from '@jest/globals';
import { settlementCsv, statementCsv } from '../../src/sandbox/books/csv';
import { capture, charge, payment } from '../contract/asking';
import { PAYER, SPLIT_PAYERS } from '../support/samples';
import { openTestSandbox, START, type TestSandbox } from '../support/test-sandbox';
import { split } from './asking';

const CHARGE = 'AmountCharging.chargeAmount';
const REFUND = 'AmountCharging.refundAmount';
const SPLIT = 'AmountCharging.chargeSplitAmount';
const RESERVE = 'ReserveAmountCharging.reserveAmount';
const CAPTURE = 'ReserveAmountCharging.chargeReservation';
const RELEASE = 'ReserveAmountCharging.releaseReservation';
const SHOP = { application: 'shop' };
const MINUTE = 60_000;

/** A charge, a minute later a refund, another minute later a session. */
async function evening(): Promise<TestSandbox> {
  const from = openTestSandbox({ terms: { openingBalance: () => 50_000_000n } });
  await from.ask(CHARGE, payment({ amount: '10' }, { referenceCode: 'r-1' }), SHOP);
  from.clock.advance(MINUTE);
  await from.ask(REFUND, payment({ amount: '4' }, { referenceCode: 'r-2' }), SHOP);
  from.clock.advance(MINUTE);
  const parts = { endUserIdentifier: PAYER, ...charge({ amount: '6', description: 'A film' }) };
  const id = await from.reserve(RESERVE, parts, SHOP);
  await from.ask(CAPTURE, { ...capture(id, '5'), referenceCode: 'r-3' }, SHOP);
  await from.ask(RELEASE, { reservationIdentifier: id }, SHOP);
  return from;
}

describe('a statement', () => {
  test('has every movement and hold with the balance after it', async () => {
    const { sandbox } = await evening();
    const { wallets, subscriber } = sandbox.statement({
      subscriber: '+1-555-0100'.replaceAll('-', ''),
    });
    const [wallet, ...others] = wallets;
    expect([subscriber, others]).toEqual([PAYER, []]);
    expect(wallet).toMatchObject({
      currency: 'EUR',
      opening: '0.00',
      closing: '39.00',
      held: '0.00',
    });
    expect(
      wallet?.lines.map(({ transaction, kind, amount, balance, held, reference = '' }) =>
        [transaction, kind, amount, balance, held, reference].join(' ').trim(),
      ),
    ).toEqual([
      '1 top-up 50.00 50.00 0.00',
      '2 charge -10.00 40.00 0.00 r-1',
      '3 refund 4.00 44.00 0.00 r-2',
      '4 hold -6.00 44.00 6.00',
      '5 release 5.00 44.00 1.00 r-3',
      '5 charge -5.00 39.00 1.00 r-3',
      '6 release 1.00 39.00 0.00',
    ]);
    expect(wallet?.lines[4]).toEqual({
      transaction: 5,
      at: START + 2 * MINUTE,
      kind: 'release',
      application: 'shop',
      reference: 'r-3',
      reservation: '100000000000004',
      amount: '5.00',
      balance: '44.00',
      held: '1.00',
    });
  });

  test('has the bill', async () => {
    const { sandbox } = await evening();
    expect(sandbox.statement({ subscriber: PAYER }).bill).toMatchObject([
      { transaction: 2, kind: 'charge', amount: '10.00', texts: ['Daily quiz'] },
      { transaction: 3, kind: 'refund', amount: '4.00' },
      { transaction: 4, kind: 'charge', amount: '5.00', texts: ['A film', 'Daily quiz'] },
    ]);
  });

  test.each([
    ['from its second minute', { since: START + MINUTE }, '40.00', 5, '39.00', 2],
    ['up to it', { until: START + MINUTE }, '0.00', 2, '40.00', 1],
    ['of it alone', { since: START + MINUTE, until: START + 2 * MINUTE }, '40.00', 1, '44.00', 1],
    ['before anything', { until: START }, '0.00', 0, '0.00', 0],
    ['after everything', { since: START + 3 * MINUTE }, '39.00', 0, '39.00', 0],
  ])('of a period: %s', async (_which, period, opening, lines, closing, bills) => {
    const { sandbox } = await evening();
    const { wallets, bill } = sandbox.statement({ subscriber: PAYER, ...period });
    expect(wallets).toMatchObject([{ opening, closing }]);
    expect([wallets[0]?.lines.length, bill.length]).toEqual([lines, bills]);
  });

  test('has top-ups and what an operator takes out', async () => {
    const from = openTestSandbox();
    const { accounts } = from.sandbox;
    await accounts.create(PAYER, { wallets: [{ currency: 'JPY', balance: '500' }] });
    await accounts.topUp(PAYER, '20', 'JPY');
    await accounts.withdraw(PAYER, '30', 'JPY');
    const { wallets } = from.sandbox.statement({ subscriber: PAYER, currency: 'JPY' });
    expect(wallets[0]?.lines.map(({ kind, amount, balance }) => [kind, amount, balance])).toEqual([
      ['top-up', '500', '500'],
      ['top-up', '20', '520'],
      ['withdrawal', '-30', '490'],
    ]);
    expect(from.sandbox.statement({ subscriber: PAYER, currency: 'EUR' }).wallets).toEqual([]);
  });

  test('of nobody whom the ledger knows', () => {
    const { sandbox } = openTestSandbox();
    expect(() => sandbox.statement({ subscriber: PAYER })).toThrow(
      'The ledger knows no subscriber tel:+15550100.',
    );
  });
});

describe('a settlement', () => {
  test('is what each application is owed, by currency', async () => {
    const from = await evening();
    await from.ask(CHARGE, payment({ amount: '700', currency: 'JPY' }), SHOP);
    await from.ask(SPLIT, split([60, 40], '9.00'), { application: 'game' });
    await from.ask(REFUND, payment({ amount: '3' }), { application: 'bank' });
    const { sandbox } = from;
    expect(sandbox.settlement()).toEqual([
      line('bank', 'EUR', '0.00', '3.00', '-3.00', 0, 1),
      line('game', 'EUR', '9.00', '0.00', '9.00', 1, 0),
      line('shop', 'EUR', '15.00', '4.00', '11.00', 2, 1),
    ]);
    expect(sandbox.settlement({ application: 'shop', until: START + MINUTE })).toEqual([
      line('shop', 'EUR', '10.00', '0.00', '10.00', 1, 0),
    ]);
    expect(sandbox.settlement({ currency: 'JPY' })).toEqual([]);
    expect(sandbox.settlement({ application: 'nobody' })).toEqual([]);
  });
});

describe('CSV', () => {
  test('of a statement', async () => {
    const { sandbox } = await evening();
    expect(statementCsv(sandbox.statement({ subscriber: PAYER, until: START + MINUTE }))).toBe(
      [
        'time,transaction,kind,application,reference,reservation,text,currency,amount,balance,held',
        ',,opening,,,,,EUR,,0.00,',
        '2026-01-31T09:30:00.000Z,1,top-up,,,,,EUR,50.00,50.00,0.00',
        '2026-01-31T09:30:00.000Z,2,charge,shop,r-1,,Daily quiz,EUR,-10.00,40.00,0.00',
        '',
      ].join('\r\n'),
    );
  });

  test('of a settlement', () => {
    expect(settlementCsv([line('shop', 'EUR', '1.00', '2.00', '-1.00', 3, 4)])).toBe(
      'application,currency,charged,refunded,net,charges,refunds\r\nshop,EUR,1.00,2.00,-1.00,3,4\r\n',
    );
  });

  test.each([
    ['=1+1', "'=1+1"],
    ['+1', "'+1"],
    ['-1+1', "'-1+1"],
    ['@SUM(1)', "'@SUM(1)"],
    ['\t=1', '"\'\t=1"'],
    [' =1', "' =1"],
    ['|calc', "'|calc"],
    ['-1', '-1'],
    ['-1.50', '-1.50'],
    ['a,b', '"a,b"'],
    ['say "x"', '"say ""x"""'],
    ['a\r\nb', '"a\r\nb"'],
    [' a', '" a"'],
    ['', ''],
  ])('nothing that a client chose is a formula: %j is %j', (application, cell) => {
    const csv = settlementCsv([line(application, '', '', '', '', 0, 0)]);
    expect(csv).toBe(
      `application,currency,charged,refunded,net,charges,refunds\r\n${cell},,,,,0,0\r\n`,
    );
  });
});

test('the payers of a split have a statement each', async () => {
  const from = openTestSandbox();
  await from.ask(SPLIT, split([60, 40], '10.00'), SHOP);
  const closing = SPLIT_PAYERS.map(
    (subscriber) => from.sandbox.statement({ subscriber }).wallets[0]?.closing,
  );
  expect(closing).toEqual(['994.00', '996.00']);
});

function line(
  application: string,
  currency: string,
  charged: string,
  refunded: string,
  net: string,
  charges: number,
  refunds: number,
) {
  return { application, currency, charged, refunded, net, charges, refunds };
}
