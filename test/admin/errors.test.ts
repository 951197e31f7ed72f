// What the admin API refuses and how it says so.
import { describe, expect, test } from '@jest/globals';
import { admin, ask, FAN } from './support';

const ADDRESS = encodeURIComponent(FAN);

describe('a problem says what was wrong, where, and what to do', () => {
  test.each<[string, string, unknown, number, object]>([
    [
      'a misspelt key',
      'POST /subscribers',
      { subscriber: 'tel:+1555', walets: [] },
      400,
      {
        path: 'body.walets',
        detail: 'body.walets: unknown key, did you mean "wallets"?',
        hint: 'Did you mean "wallets"?',
      },
    ],
    [
      'a key far from any',
      'PUT /magic',
      { enabled: true, colour: 'red' },
      400,
      { detail: 'body.colour: unknown key, known here are enabled.' },
    ],
    [
      'a value of another kind, deep inside',
      'POST /subscribers',
      { subscriber: 'tel:+1555', wallets: [{ balance: 5 }] },
      400,
      {
        path: 'body.wallets[0].balance',
        detail:
          'body.wallets[0].balance: found the number 5, expected an amount of zero or more, written in quotes: "50.00".',
      },
    ],
    [
      'a misspelt word',
      'PUT /clock',
      { action: 'advanse', ms: 5 },
      400,
      { path: 'body.action', hint: 'Did you mean "advance"?' },
    ],
    ['a missing part', 'PUT /clock', {}, 400, { path: 'body.action' }],
    [
      'a part that the action does not take',
      'PUT /clock',
      { action: 'advance', factor: 2 },
      400,
      { path: 'body.factor' },
    ],
    [
      'more than one thing',
      'POST /subscribers',
      { wallets: [{ balance: '-1' }] },
      400,
      { errors: [{ path: 'body.subscriber' }, { path: 'body.wallets[0].balance' }] },
    ],
    [
      'a query that is not known',
      'GET /requests?operatoin=x',
      undefined,
      400,
      { path: 'query.operatoin', hint: 'Did you mean "operation"?' },
    ],
    ['a number out of bounds', 'GET /requests?limit=0', undefined, 400, { path: 'query.limit' }],
    [
      'a query given twice',
      'GET /requests?limit=1&limit=2',
      undefined,
      400,
      { path: 'query.limit' },
    ],
    [
      'an instant without a zone',
      'GET /settlement?since=2026-01-31T09:30:00',
      undefined,
      400,
      { path: 'query.since' },
    ],
    [
      'a scope that there is not',
      'POST /reset?scope=everything',
      undefined,
      400,
      { path: 'query.scope' },
    ],
    ['no address of a subscriber', 'GET /subscribers/nobody', undefined, 400, {}],
    [
      'an amount finer than the currency',
      `POST /subscribers/${ADDRESS}/top-up`,
      { amount: '0.001' },
      400,
      {
        detail: 'Found "0.001", but EUR has 2 fraction digits.',
      },
    ],
    [
      'a currency that is none',
      `POST /subscribers/${ADDRESS}/top-up`,
      { amount: '1', currency: 'XXXX' },
      400,
      {},
    ],
    [
      'a rule that cannot be',
      'POST /faults',
      { at: 'before-parse', match: { amount: '5' }, then: { outcome: 'timeout' } },
      400,
      { detail: expect.stringContaining('before-parse') },
    ],
    [
      'a policy that cannot be',
      'PUT /policies',
      { Currency: 'EURO' },
      400,
      { path: 'body.Currency' },
    ],
    [
      'an application with looser policies',
      'PUT /applications/shop',
      { policies: { MaximumDescriptions: 99 } },
      400,
      { path: 'body.policies.MaximumDescriptions' },
    ],
    [
      'a delivery rule that can never fit',
      'PUT /evidence-rules',
      [{ address: '+1555*', outcome: 'never' }],
      400,
      { path: 'body[0].address' },
    ],
    [
      'what is not there',
      'GET /clocks',
      undefined,
      404,
      { hint: expect.stringContaining('/docs') },
    ],
    [
      'a change that changes nothing',
      `PATCH /subscribers/${ADDRESS}`,
      {},
      400,
      { hint: 'Give status, or creditLimit, or both.' },
    ],
    [
      'a currency for nothing',
      `PATCH /subscribers/${ADDRESS}`,
      { status: 'barred', currency: 'EUR' },
      400,
      { path: 'body.currency' },
    ],
    [
      'a currency in small letters',
      'POST /verify',
      { question: 'never', currency: 'eur' },
      400,
      { detail: 'The currency "eur" is not known.', hint: 'Did you mean EUR?' },
    ],
    [
      'a statement in a currency that is none',
      `GET /subscribers/${ADDRESS}/statement?currency=EURO`,
      undefined,
      400,
      {},
    ],
    ['a settlement in one', 'GET /settlement?currency=EURO', undefined, 400, {}],
    [
      'parts that a question does not look at',
      'POST /verify',
      { question: 'noOpenHolds', reference: 'r', amount: '1' },
      400,
      {
        detail: 'The question noOpenHolds does not look at reference, amount.',
        errors: [{ path: 'body.reference' }, { path: 'body.amount' }],
      },
    ],
    [
      'a part of a question about everything',
      'POST /verify',
      { question: 'invariants', subscriber: FAN },
      400,
      { path: 'body.subscriber' },
    ],
    ['a body that nobody reads', 'POST /reset', { scope: 'all' }, 400, { path: 'body' }],
    ['the name of every object', 'PUT /applications/__proto__', {}, 400, {}],
    ['an application like any object', 'DELETE /applications/constructor', undefined, 404, {}],
    ['the name of the seed', 'POST /sandboxes', { name: 'baseline' }, 400, {}],
    ['an exchange of another sandbox', 'GET /requests?after=one-1', undefined, 400, {}],
    ['a subscriber who is not there', 'GET /subscribers/tel:+1999', undefined, 404, {}],
    [
      'more than there is',
      `POST /subscribers/${ADDRESS}/withdraw`,
      { amount: '50.01' },
      409,
      {
        detail: expect.stringContaining('less than that available'),
      },
    ],
    [
      'a clock that goes back',
      'PUT /clock',
      { action: 'set', at: '1999-01-01T00:00:00Z' },
      409,
      {},
    ],
  ])('%s', async (_name, call, body, status, problem) => {
    const client = await admin();
    const answer = await client.ask(call, body);
    expect(answer.type).toBe('application/problem+json');
    expect(answer.json).toMatchObject({ type: 'about:blank', status, ...problem });
    expect(answer.json.title).toMatch(/^[A-Z]/);
    expect(answer.json.detail).toMatch(/[.?]$/);
    expect(answer.json.hint).toMatch(/^[A-Z].{8,}[.?]$/);
    expect(answer.text).not.toMatch(/\n\s+at |node_modules|\.ts:/);
  });

  test('a method that does nothing tells those that do', async () => {
    const client = await admin();
    const answer = await client.ask('DELETE /clock');
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'GET, HEAD, PUT']);
    expect(answer.json.hint).toBe('Allowed here: GET, HEAD, PUT.');
  });

  test.each([
    ['a form', 'application/x-www-form-urlencoded', 'action=freeze', 415],
    ['a text', 'text/plain', '{"action":"freeze"}', 415],
    ['no type', '', '{"action":"freeze"}', 415],
    ['no JSON', 'application/json', '{"action":', 400],
    ['too much', 'application/json', JSON.stringify({ action: 'x'.repeat(1_100_000) }), 413],
    ['another charset', 'application/json; charset=klingon', '{"action":"freeze"}', 415],
  ])('a body that is %s', async (_name, type, body, status) => {
    const { emulator } = await admin();
    const response = await fetch(`${emulator.url}/__admin/v1/clock`, {
      method: 'PUT',
      headers: { 'Content-Type': type },
      body,
    });
    expect(response.status).toBe(status);
    expect(response.headers.get('content-type')).toContain('application/problem+json');
    const { mode } = (await ask(`${emulator.url}/__admin/v1`, 'GET /clock')).json;
    expect(mode).toBe('real');
  });

  test('a file that is no sandbox', async () => {
    const client = await admin();
    const answer = await client.ask('POST /import', Buffer.from('this is no database'));
    expect([answer.status, answer.type]).toEqual([400, 'application/problem+json']);
  });

  test('a stop of an emulator in a program', async () => {
    const client = await admin();
    expect((await client.ask('POST /shutdown')).json.hint).toBe('Call close() there.');
  });
});

describe('which sandbox is meant', () => {
  test.each([
    ['nothing', '', undefined, 200, 'default'],
    ['the path', '/s/one', undefined, 200, 'one'],
    ['the header', '', 'two', 200, 'two'],
    ['both', '/s/one', 'one', 200, 'one'],
    ['both, and they differ', '/s/one', 'two', 400, undefined],
    ['no name', '/s/One', undefined, 400, undefined],
  ])('%s names it', async (_name, prefix, header, status, name) => {
    const { emulator } = await admin();
    const path = `${emulator.url}${prefix}/__admin/v1`;
    emulator.sandbox('one');
    const headers = header === undefined ? {} : { 'X-Sandbox': header };
    const answer = await ask(path, 'PUT /snapshots/seen', undefined, headers as never);
    expect([answer.status, answer.json.sandbox]).toEqual([status === 200 ? 201 : status, name]);
  });
});

describe('nobody makes a sandbox by asking', () => {
  const NEVER = 'never-made';
  test.each([
    ['GET /clock', undefined],
    ['GET /subscribers', undefined],
    ['GET /export', undefined],
    ['GET /events', undefined],
    ['POST /verify', { question: 'invariants' }],
  ])('%s of one that is not there: 404', async (call, body) => {
    const { emulator } = await admin();
    for (const [prefix, headers] of [
      [`/s/${NEVER}`, { Origin: 'https://attacker.example' }],
      ['', { 'X-Sandbox': NEVER, 'Sec-Fetch-Site': 'cross-site' }],
      [`/s/${NEVER}`, {}],
    ] as const) {
      // A page of another origin may ask, and reads nothing; it may not say anything.
      const status = body !== undefined && Object.keys(headers).length > 0 ? 403 : 404;
      const answer = await ask(`${emulator.url}${prefix}/__admin/v1`, call, body, headers);
      expect(answer.status).toBe(status);
    }
    expect(emulator.sandboxes.list().map(({ name }) => name)).toEqual(['default']);
  });

  test('and is told which one was meant', async () => {
    const { emulator } = await admin();
    emulator.sandbox('checkout-7');
    const near = await ask(`${emulator.url}/s/chekout-7/__admin/v1`, 'GET /clock');
    expect(near.json).toMatchObject({
      detail: 'There is no sandbox chekout-7.',
      hint: 'Did you mean checkout-7?',
    });
    const far = await ask(`${emulator.url}/s/x/__admin/v1`, 'GET /clock');
    expect(far.json.hint).toContain('GET /sandboxes');
  });

  test('but by changing it', async () => {
    const { emulator } = await admin();
    const answer = await ask(`${emulator.url}/s/new/__admin/v1`, 'PUT /magic', { enabled: false });
    expect(answer.status).toBe(200);
    expect(emulator.sandboxes.list().map(({ name }) => name)).toEqual(['default', 'new']);
  });
});

test('a change of an account is refused as a whole', async () => {
  const client = await admin();
  const change = { status: 'barred', creditLimit: '99999999999' };
  const refused = await client.ask(`PATCH /subscribers/${ADDRESS}`, change);
  expect(refused.status).toBe(400);
  expect((await client.ask(`GET /subscribers/${ADDRESS}`)).json).toMatchObject({
    status: 'active',
    wallets: [{ creditLimit: '0.00' }],
  });
});
