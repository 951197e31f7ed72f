// Accounts as a program handles them; what the ledger does with it is in the tests of the admin API.
import { describe, expect, test } from '@jest/globals';
import { openTestSandbox } from '../../support/test-sandbox';

const ALICE = 'tel:+15550177';

describe('accounts', () => {
  test('are made, changed and listed with decimal texts', async () => {
    const { accounts } = openTestSandbox().sandbox;
    const wallets = [{ balance: '5', creditLimit: '1.5' }];
    const wallet = { currency: 'EUR', held: '0.00', creditLimit: '1.50' };
    expect(await accounts.create('+1 555 0177'.replaceAll(' ', ''), { wallets })).toEqual({
      subscriber: ALICE,
      status: 'active',
      wallets: [{ ...wallet, balance: '5.00', available: '6.50' }],
    });
    await accounts.topUp(ALICE, '0.5');
    await accounts.withdraw(ALICE, '7');
    await accounts.setCreditLimit(ALICE, '2');
    expect(await accounts.bar(ALICE)).toMatchObject({ status: 'barred' });
    expect(accounts.find(ALICE)?.wallets).toEqual([
      { ...wallet, balance: '-1.50', creditLimit: '2.00', available: '0.50' },
    ]);
    expect(accounts.list()).toEqual([accounts.find(ALICE)]);
    expect(await accounts.unbar(ALICE)).toMatchObject({ status: 'active' });
  });

  test.each<[string, string, (a: Awaited<ReturnType<typeof known>>) => unknown]>([
    ['made twice', 'account_exists', (accounts) => accounts.create(ALICE)],
    ['of nobody', 'unknown_subscriber', (accounts) => accounts.topUp('tel:+1999', '1')],
    ['of no address', 'invalid_address', (accounts) => accounts.bar('nobody')],
    ['by nothing', 'invalid_amount', (accounts) => accounts.topUp(ALICE, '0')],
    ['by less than nothing', 'invalid_amount', (accounts) => accounts.topUp(ALICE, '-1')],
    ['by a text', 'invalid_amount', (accounts) => accounts.topUp(ALICE, 'much')],
    ['in no currency', 'invalid_amount', (accounts) => accounts.topUp(ALICE, '1', 'XXXX')],
    ['by more than there is', 'insufficient_funds', (accounts) => accounts.withdraw(ALICE, '0.01')],
    [
      'with two wallets in one currency',
      'invalid_amount',
      (accounts) => accounts.create('tel:+15550178', { wallets: [{}, { currency: 'EUR' }] }),
    ],
  ])('%s: %s', async (_name, code, change) => {
    const accounts = await known();
    await expect(change(accounts)).rejects.toMatchObject({ name: 'AccountError', code });
  });
});

async function known() {
  const { accounts } = openTestSandbox().sandbox;
  await accounts.create(ALICE, { wallets: [{}] });
  return accounts;
}
