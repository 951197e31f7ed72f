// A payment client under test with Jest, against an operator in the same process.
'use strict';

const { createEmulator } = require('parlayx-payment-emulator');
const { createPaymentClient } = require('../payment-client');

const FAN = 'tel:+15550100';

let emulator;
let sandbox;
let client;
let tests = 0;

beforeAll(async () => {
  emulator = await createEmulator({
    seed: { subscribers: [{ address: FAN, wallets: [{ currency: 'EUR', balance: '20.00' }] }] },
  });
});
afterAll(() => emulator.close());

// A sandbox for each test: nothing that one does is seen by another, and each begins as after the seed.
beforeEach(() => {
  tests += 1;
  sandbox = emulator.sandbox(`test-${tests}`);
  client = createPaymentClient(sandbox.url, { timeoutMs: 500 });
});
afterEach(() => emulator.sandboxes.remove(sandbox.name));

test('a charge is made, once', async () => {
  const order = { subscriber: FAN, amount: '1.50', reference: 'order-1' };

  expect(await client.charge(order)).toEqual({ outcome: 'charged' });

  sandbox.verify.exactlyOnce({ reference: 'order-1', amount: '1.50' }).assert();
});

test('without funds it is refused, and nothing is charged', async () => {
  const order = { subscriber: FAN, amount: '20.01', reference: 'order-2' };

  expect(await client.charge(order)).toEqual({ outcome: 'refused', code: 'SVC0270' });

  sandbox.verify.never({ reference: 'order-2' }).assert();
});

test.each([
  ['timeout', true],
  ['timeout-uncharged', false],
  ['reset', true],
  ['proxy-html', true],
])('after %s the client does not know; the ledger does', async (outcome, wasCharged) => {
  sandbox.faults.next(outcome);
  const order = { subscriber: FAN, amount: '1.50', reference: 'order-3' };

  expect(await client.charge(order)).toEqual({ outcome: 'unknown' });

  const { verify } = sandbox;
  const verdict = wasCharged ? verify.exactlyOnce(order) : verify.never(order);
  verdict.assert();
});

test('a reservation that nobody uses runs out, and the money is back', async () => {
  const identifier = await client.reserve({ subscriber: FAN, amount: '12.00' });
  expect(sandbox.accounts.find(FAN).wallets[0]).toMatchObject({ held: '12.00', available: '8.00' });

  const fired = await sandbox.clock.advance({ metric: 'Minute', units: 31 });

  expect(fired).toMatchObject([{ kind: 'reservation.expired', id: identifier }]);
  expect(sandbox.accounts.find(FAN).wallets[0]).toMatchObject({ held: '0.00', available: '20.00' });
});
