// What the admin API does to the sandbox, as its SOAP clients and its ledger see it.
import { describe, expect, test } from '@jest/globals';
import { virtualClock } from '../../src/emulator';
import { type AdminClient, admin, FAN } from './support';

const ADDRESS = encodeURIComponent(FAN);
const OK = /^200 .*chargeAmountResponse/s;

async function balance(client: AdminClient): Promise<unknown> {
  const { json } = await client.ask(`GET /subscribers/${ADDRESS}`);
  return json.wallets;
}

async function auditOf(client: AdminClient): Promise<unknown> {
  return (await client.ask('GET /audit')).json.violations;
}

describe('accounts', () => {
  test('what is paid in and out is in the journal, and the ledger balances', async () => {
    const client = await admin();
    await client.ask(`POST /subscribers/${ADDRESS}/top-up`, { amount: '5.00' });
    await client.ask(`POST /subscribers/${ADDRESS}/withdraw`, { amount: '54.99' });
    await client.ask(`PATCH /subscribers/${ADDRESS}`, { creditLimit: '1.00' });
    expect(await balance(client)).toEqual([
      { currency: 'EUR', balance: '0.01', held: '0.00', creditLimit: '1.00', available: '1.01' },
    ]);
    const { transactions } = (await client.ask('GET /transactions')).json;
    expect(transactions).toMatchObject([
      { kind: 'provision' },
      { kind: 'adjust', transfers: [{ amount: '5.00', debit: { kind: 'operator' } }] },
      { kind: 'adjust', transfers: [{ amount: '54.99', credit: { kind: 'operator' } }] },
      { kind: 'adjust', transfers: [] },
    ]);
    expect(await client.charge('1.01')).toMatch(OK);
    expect(await client.charge('0.01')).toContain('SVC0270');
    expect(await auditOf(client)).toEqual([]);
  });

  test('a wallet in another currency is opened by what is paid in', async () => {
    const client = await admin();
    const { json } = await client.ask(`POST /subscribers/${ADDRESS}/top-up`, {
      amount: '500',
      currency: 'JPY',
    });
    expect(json.wallets).toMatchObject([
      { currency: 'EUR' },
      { currency: 'JPY', balance: '500', available: '500' },
    ]);
  });

  test('a barred subscriber is charged again once let in', async () => {
    const client = await admin();
    await client.ask(`PATCH /subscribers/${ADDRESS}`, { status: 'barred' });
    expect(await client.charge('1')).toContain('SVC0270');
    await client.ask(`PATCH /subscribers/${ADDRESS}`, { status: 'active' });
    expect(await client.charge('1')).toMatch(OK);
  });

  test('numbers are masked unless somebody asks for them', async () => {
    const client = await admin();
    const shown = async (query: string) =>
      (await client.ask(`GET /subscribers${query}`)).json.subscribers;
    expect(await shown('')).toMatchObject([{ subscriber: 'tel:+15****00' }]);
    expect(await shown('?reveal=true')).toMatchObject([{ subscriber: FAN }]);
  });

  test('the next call of one subscriber can be forced', async () => {
    const client = await admin();
    await client.ask(`POST /subscribers/${ADDRESS}/next`, { outcome: 'error-500-charged' });
    expect(await client.charge('1')).toMatch(/^500 /);
    expect(await client.charge('1')).toMatch(OK);
    expect(await balance(client)).toMatchObject([{ balance: '48.00' }]);
  });
});

describe('reservations', () => {
  const reserved = async () => {
    const client = await admin({ clock: virtualClock(Date.UTC(2026, 0, 31)) });
    const charge = { description: ['Match'], amount: '10' };
    await client.emulator
      .sandbox()
      .perform(
        'ReserveAmountCharging.reserveAmount',
        { endUserIdentifier: FAN, charge } as never,
        'shop',
      );
    const { reservations } = (await client.ask('GET /reservations?reveal=true')).json;
    return { client, reservation: reservations?.[0] };
  };

  test('tell what remains and when they run out', async () => {
    const { reservation } = await reserved();
    expect(reservation).toMatchObject({
      application: 'shop',
      subscriber: FAN,
      state: 'open',
      reserved: '10.00',
      remaining: '10.00',
      expiresAt: '2026-01-31T00:30:00.000Z',
      runsOutInMs: 1_800_000,
    });
  });

  test.each([
    ['release', 'released'],
    ['expire', 'expired'],
  ])('%s gives back what is held, once', async (verb, state) => {
    const { client, reservation } = await reserved();
    const path = `POST /reservations/${reservation?.reservationIdentifier}/${verb}`;
    expect((await client.ask(path)).json).toMatchObject({ state, remaining: '0.00' });
    expect(await balance(client)).toMatchObject([{ held: '0.00', available: '50.00' }]);
    expect((await client.ask(path)).status).toBe(409);
    expect(await auditOf(client)).toEqual([]);
  });
});

describe('terms change at run time', () => {
  test('policies hold from the next request on, in this sandbox alone, until a reset', async () => {
    const client = await admin();
    const other = `${client.emulator.url}/s/other`;
    const { json: before } = await client.ask('GET /policies');
    await client.ask('PUT /policies', { maximumAmountPerTransaction: { EUR: '2' } });
    expect(await client.charge('2')).toMatch(OK);
    expect(await client.charge('2.01')).toContain('POL0001');
    expect(await client.charge('2.01', other)).toMatch(OK);
    await client.ask('POST /reset');
    expect((await client.ask('GET /policies')).json).toEqual(before);
    expect(await client.charge('2.01')).toMatch(OK);
  });

  test('a program can change them too', async () => {
    const client = await admin();
    const { sandboxes } = client.emulator;
    sandboxes.configure('default', { prices: [{ code: 'QUIZ', amount: '1.50' }] });
    expect((await client.ask('GET /prices')).json).toEqual([
      { code: 'QUIZ', amount: '1.50', currency: 'EUR' },
    ]);
    expect(() => sandboxes.configure('default', { policies: { MaximumDescriptions: 0 } })).toThrow(
      'policies.MaximumDescriptions: found the number 0',
    );
  });

  test('what was read can be given back', async () => {
    const client = await admin();
    for (const path of ['/policies', '/tariffs', '/prices']) {
      const { json } = await client.ask(`GET ${path}`);
      expect((await client.ask(`PUT ${path}`, json)).json).toEqual(json);
    }
  });

  test('an application can have terms of its own, and lose them', async () => {
    const client = await admin();
    const own = { policies: { maximumAmountPerTransaction: { EUR: '2' } } };
    expect((await client.ask('PUT /applications/shop', own)).json).toMatchObject({
      configured: true,
      policies: { maximumAmountPerTransaction: { EUR: '2.00' } },
    });
    expect(await client.charge('3')).toContain('POL0001');
    await client.ask('DELETE /applications/shop');
    expect(await client.charge('3')).toMatch(OK);
  });

  test('a password that is set is asked for and never told', async () => {
    const client = await admin();
    const answer = await client.ask('PUT /applications/shop', {
      credentials: { password: 'very-secret' },
    });
    expect(await client.charge('1')).toMatch(/^500 |^401 /);
    const all = await client.ask('GET /applications');
    expect(answer.text + all.text).not.toContain('very-secret');
  });

  test('what cannot be changes nothing', async () => {
    const client = await admin();
    const { json } = await client.ask('GET /tariffs');
    const wrong = [{ unit: 'songs', price: '1', currency: 'SONGS' }];
    expect((await client.ask('PUT /tariffs', wrong)).status).toBe(400);
    expect((await client.ask('GET /tariffs')).json).toEqual(json);
  });
});

describe('sandboxes', () => {
  test('a fork has what the other had, and goes its own way', async () => {
    const client = await admin();
    await client.charge('10');
    await client.ask('POST /sandboxes', { name: 'fork', from: 'default' });
    const fork = `${client.emulator.url}/s/fork`;
    await client.charge('5', fork);
    const available = async (sandbox: string) =>
      (await client.ask(`GET /subscribers/${ADDRESS}`, undefined, { 'X-Sandbox': sandbox })).json
        .wallets?.[0]?.available;
    expect([await available('default'), await available('fork')]).toEqual(['40.00', '35.00']);
  });

  test('a snapshot is restored with its digest', async () => {
    const client = await admin();
    const digest = async () => (await client.ask('GET /audit')).json.digest;
    await client.ask('PUT /snapshots/before');
    const before = await digest();
    await client.charge('1');
    expect(await digest()).not.toBe(before);
    await client.ask('POST /snapshots/before/restore');
    expect(await digest()).toBe(before);
  });

  test('a file of one is another one', async () => {
    const client = await admin();
    await client.charge('1');
    const { emulator } = client;
    const file = await fetch(`${emulator.url}/__admin/v1/export`);
    expect(file.headers.get('content-disposition')).toBe('attachment; filename=default.parlayx.db');
    const answer = await client.ask('POST /import', new Uint8Array(await file.arrayBuffer()), {
      'X-Sandbox': 'copy',
    });
    expect([answer.status, answer.text]).toEqual([204, '']);
    expect(emulator.sandbox('copy').ledger.digest()).toBe(emulator.sandbox().ledger.digest());
  });
});

describe('metrics', () => {
  test('count exchanges by operation and outcome, without naming anybody', async () => {
    const client = await admin();
    await client.charge('1');
    await client.charge('2');
    await client.charge('500');
    await client.ask('POST /faults/next', { outcome: 'fault-500' });
    await client.charge('1');
    const response = await fetch(`${client.emulator.url}/metrics`);
    expect(response.headers.get('content-type')).toContain('text/plain; version=0.0.4');
    const text = await response.text();
    const operation = 'operation="AmountCharging.chargeAmount",version="v4_0"';
    expect(text).toContain(`parlayx_exchanges_total{${operation},outcome="ok",injected="false"} 2`);
    expect(text).toContain(
      `parlayx_exchanges_total{${operation},outcome="SVC0270",injected="false"} 1`,
    );
    expect(text).toContain(
      `parlayx_exchanges_total{${operation},outcome="SVC0270",injected="true"} 1`,
    );
    expect(text).toContain('_duration_seconds_count{operation="AmountCharging.chargeAmount"} 4');
    expect(text).toContain('le="+Inf"} 4');
    expect(text).toMatch(/^parlayx_ledger_transactions 3$/m);
    expect(text).toMatch(/^parlayx_sandboxes 1$/m);
    expect(text).toMatch(/^parlayx_journal_exchanges 4$/m);
    expect(text).toMatch(/^process_resident_memory_bytes \d/m);
    expect(text).not.toMatch(/shop|15550100/);
  });
});

describe('evidence', () => {
  const SMS = 'SendSms.sendSms';
  const status = async ({ emulator }: AdminClient, address: string): Promise<string> => {
    const sandbox = emulator.sandbox();
    const sent = await sandbox.perform(SMS, { addresses: [address], message: 'hello' }, 'shop');
    if (!('response' in sent)) throw new Error('not sent');
    await sandbox.clock.advance(29_999);
    const reference = sent.response.result;
    const before = sandbox.ledger.read.evidence(reference)?.recipients[0];
    return [before?.outcome, Number(before?.settlesAt) - sandbox.clock.now()].join(' ');
  };

  test('a delivery rule takes the delay that is configured, and its address is any spelling', async () => {
    const client = await admin({
      clock: virtualClock(Date.UTC(2026, 0, 31)),
      configuration: {
        accounts: { countryCode: '49' },
        messaging: { deliveryDelaySeconds: 30, outcomes: [{ address: '*', outcome: 'uncertain' }] },
      },
    });
    expect((await client.ask('GET /evidence-rules')).json).toEqual([
      { address: '*', outcome: 'uncertain' },
    ]);
    await client.ask('PUT /evidence-rules', [
      { address: 'tel:0155-50101', outcome: 'impossible' },
      { address: 'tel:*02', outcome: 'never', delaySeconds: 31.5 },
    ]);
    expect((await client.ask('GET /evidence-rules')).json).toEqual([
      { address: 'tel:+4915550101', outcome: 'impossible' },
      { address: 'tel:*02', outcome: 'never', delaySeconds: 31.5 },
    ]);
    expect(await status(client, 'tel:+4915550101')).toBe('impossible 1');
    expect(await status(client, 'tel:+4915550102')).toBe('never 1501');
    expect(await status(client, 'tel:+4915550103')).toBe('delivered 1');
  });

  test('is not registered under a name that ledgers make', async () => {
    const client = await admin();
    const entry = { application: 'shop', subscribers: [FAN] };
    for (const reference of ['SVC900000000000999', 'SMS000000000000001']) {
      const { status: code, json } = await client.ask('POST /evidence', { ...entry, reference });
      expect([code, json.detail]).toEqual([400, expect.stringContaining(reference)]);
    }
  });
});

test('the number of a subscriber in a reference code is shown to who asks for it', async () => {
  const { emulator, ask } = await admin();
  const reference = 'order-15550100';
  const charge = { description: ['Match'], currency: 'EUR', amount: '1' };
  for (const _time of [1, 2]) {
    await emulator
      .sandbox()
      .perform(
        'AmountCharging.chargeAmount',
        { endUserIdentifier: FAN, charge, referenceCode: reference } as never,
        'shop',
      );
  }
  for (const call of [
    'GET /transactions?limit=9',
    `GET /subscribers/${encodeURIComponent(FAN)}/statement?currency=EUR`,
    `GET /subscribers/${encodeURIComponent(FAN)}/statement?format=csv`,
    'GET /audit?',
    'POST /verify?',
  ]) {
    const question = { question: 'exactlyOnce', reference };
    const body = call.startsWith('POST') ? question : undefined;
    const masked = await ask(call, body);
    expect([call, masked.status]).toEqual([call, 200]);
    expect(masked.text).not.toContain('5550100');
    expect(masked.text).toContain('order-15****00');
    const join = call.includes('?') ? '&' : '?';
    expect((await ask(`${call}${join}reveal=true`, body)).text).toContain(reference);
  }
});
