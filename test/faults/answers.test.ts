// What is answered instead, to the byte; what records tell; and that a run repeats from its seed.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { OUTCOMES } from '../../src/sandbox/faults/outcomes';
import type { FaultAction, FaultRule } from '../../src/sandbox/faults/rule';
import type { Parts } from '../support/requests';
import { openTestSandbox, type TestSandbox } from '../support/test-sandbox';
import { CHARGE, chargeParts } from './support';

describe('an outcome by its word, charged or not', () => {
  const words = OUTCOMES.filter(({ deed }) => deed !== undefined).flatMap((row) =>
    row.charged !== undefined && row.uncharged !== undefined
      ? [
          [row.word, 1] as const,
          [`${row.word}-charged`, 1] as const,
          [`${row.word}-uncharged`, 0] as const,
        ]
      : [[row.word, row.charged === undefined ? 0 : row.word === 'duplicate' ? 2 : 1] as const],
  );

  test.each(words)('%s: %d', async (word, charges) => {
    const env = openTestSandbox();
    env.sandbox.faults.next(word);
    const reply = await env.ask(CHARGE, chargeParts());
    expect(reply.record.injected?.action).toBe(word);
    expect(env.sandbox.ledger.read.billEntries()).toHaveLength(charges);
    expect((await env.ask(CHARGE, chargeParts())).record.injected).toBeUndefined();
  });
});

describe('a fault', () => {
  test.each<[NonNullable<FaultAction['fault']>, string]>([
    [{ code: 'SVC0270' }, 'Charging operation failed, the charge was not applied.'],
    [{ code: 'SVC0001' }, 'A service error occurred. Error code is %1|INJECTED'],
    [{ code: 'SVC0001', variables: ['E17'] }, 'A service error occurred. Error code is %1|E17'],
    [{ code: 'SVC0002' }, 'Invalid input value for message part %1|endUserIdentifier'],
    [
      { code: 'SVC0003', variables: ['a', 'b'] },
      'Invalid input value for message part %1, valid values are %2|a|b',
    ],
    [{ code: 'POL0008' }, 'Charging is not supported'],
    [{ code: 'POL9999' }, 'POL9999'],
    [{ code: 'SVC9999', text: 'No %1 today', variables: ['luck'] }, 'No %1 today|luck'],
  ])('%j', async (fault, expected) => {
    const env = openTestSandbox();
    env.sandbox.faults.next({ fault });
    const { status, text, record } = await env.ask(CHARGE, chargeParts());
    const exception = fault.code.startsWith('POL') ? 'PolicyException' : 'ServiceException';
    const [words = '', ...variables] = expected.split('|');
    expect(status).toBe(500);
    expect(text).toContain(
      `<ns1:${exception} xmlns:ns1="http://www.csapi.org/schema/parlayx/common/v4_0">` +
        `<messageId>${fault.code}</messageId><text>${words}</text>` +
        variables.map((each) => `<variables>${each}</variables>`).join(''),
    );
    expect(record.fault).toBe(fault.code);
  });
});

describe('HTTP without SOAP', () => {
  test.each([
    [{ status: 503 }, 'text/html; charset=utf-8', /<h1>503 Service Unavailable<\/h1>/],
    [{ status: 200 }, 'text/html; charset=utf-8', /<h1>Sign in to the network<\/h1>/],
    [{ status: 502, body: 'empty' }, undefined, /^$/],
    [{ status: 429, body: 'Slow down.' }, 'text/plain; charset=utf-8', /^Slow down\.$/],
  ])('%j', async (http, type, body) => {
    const env = openTestSandbox();
    env.sandbox.faults.next({ http });
    const reply = await env.ask(CHARGE, chargeParts());
    expect([reply.status, reply.headers['Content-Type']]).toEqual([http.status, type]);
    expect(reply.headers['Content-Length']).toBe(String(reply.text.length));
    expect(reply.text).toMatch(body);
    expect(reply.record.fault).toBe(`HTTP ${http.status}`);
  });
});

describe('a rehearsal', () => {
  test('sees what was committed before it, and writes nothing', async () => {
    const env = openTestSandbox({ terms: { openingBalance: () => 1_500_000n } });
    env.sandbox.faults.next('fault-500');
    const before = env.digest();
    const first = await env.ask(CHARGE, chargeParts());
    expect([first.record.injected?.stage, env.digest()]).toEqual(['before-commit', before]);
    await env.ask(CHARGE, chargeParts());
    env.sandbox.faults.next('reset-uncharged');
    const short = await env.ask(CHARGE, chargeParts());
    expect([short.record.fault, short.record.injected]).toEqual(['SVC0270', undefined]);
    expect(env.sandbox.faults.rules()).toMatchObject([{ action: 'reset-uncharged' }]);
  });

  test('in the middle of a batch is judged in its turn and leaves the others as they are', async () => {
    const reserve = (amount: bigint) =>
      ({
        kind: 'reserve',
        application: 'shop',
        subscriber: 'tel:+15550100',
        currency: 'EUR',
        amount: amount * 1_000_000n,
        texts: { notes: [] },
        duration: { metric: 'Minute', units: 30 },
      }) as const;
    const [rehearsed, plain] = [openTestSandbox(), openTestSandbox()];
    const { ledger } = rehearsed.sandbox;
    const [, fits, short] = await Promise.all([
      ledger.submit(reserve(600n)),
      ledger.rehearse(reserve(400n)),
      ledger.rehearse(reserve(401n)),
      ledger.submit(reserve(400n)),
    ]);
    expect(fits).toMatchObject({ transactions: [{ kind: 'reserve' }] });
    expect(short).toMatchObject({ code: 'insufficient_funds_to_reserve' });
    await Promise.all([600n, 400n].map((amount) => plain.sandbox.ledger.submit(reserve(amount))));
    expect(rehearsed.digest()).toBe(plain.digest());
  });
});

test('a duplicate is refused by the policy that refuses duplicates: charged once', async () => {
  const env = openTestSandbox({ terms: { duplicateReferences: 'reject' } });
  env.sandbox.faults.next('duplicate');
  const reply = await env.ask(CHARGE, chargeParts());
  expect([reply.status, env.sandbox.ledger.read.billEntries().length]).toEqual([200, 1]);
});

test.each<[string, Parameters<typeof openTestSandbox>[0], Parts, string]>([
  ['twice', {}, {}, 'duplicate'],
  [
    'refused the second time by a policy',
    { terms: { duplicateReferences: 'reject' } },
    {},
    'duplicate, executed once: the second was refused with SVC0002',
  ],
  [
    'refused the second time for want of money',
    {},
    { charge: { description: 'Quiz', currency: 'EUR', amount: '600.00' } },
    'duplicate, executed once: the second was refused with SVC0270',
  ],
  [
    'answered the second time as before',
    { terms: { duplicateReferences: 'replay' } },
    {},
    'duplicate, executed once: the second was a repeat that changed nothing',
  ],
])('a duplicate says what came of it: %s', async (_what, options, parts, action) => {
  const env = openTestSandbox(options);
  env.sandbox.faults.next('duplicate');
  expect((await env.ask(CHARGE, chargeParts(parts))).status).toBe(200);
  expect(env.sandbox.journal.list()).toMatchObject([{ injected: { action } }]);
});

describe('the same seed, rules and requests', () => {
  const action = fc.constantFrom<FaultAction>(
    ...['reset', 'half-uncharged', 'error-500', 'empty', 'truncated', 'malformed', 'duplicate'].map(
      (outcome) => ({ outcome }),
    ),
    { fault: { code: 'SVC0001' } },
    { http: { status: 503 } },
    { dribble: { bytes: 7, everyMs: 0 } },
  );
  const rule: fc.Arbitrary<FaultRule> = fc.record(
    {
      then: action,
      match: fc.constantFrom(
        {},
        { subscriber: 'tel:+15550101' },
        { amount: { min: '3' } },
        { nth: 4 },
      ),
      probability: fc.double({ min: 0, max: 1, noNaN: true }),
      seed: fc.nat(),
      times: fc.integer({ min: 1, max: 5 }),
      skip: fc.nat(3),
    },
    { requiredKeys: ['then'] },
  );
  const request = fc.record({ payer: fc.nat(2), amount: fc.integer({ min: 1, max: 6 }) });

  test('give the same bytes and the same ledger', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(rule, { maxLength: 4 }),
        fc.array(request, { minLength: 1, maxLength: 12 }),
        fc.nat(),
        async (rules, requests, seed) => {
          const run = async () => {
            const env = openTestSandbox({ faults: { rules, seed } });
            const seen = await played(env, requests);
            await env.close();
            return seen;
          };
          expect(await run()).toEqual(await run());
        },
      ),
      { numRuns: 40 },
    );
  });
});

async function played(
  env: TestSandbox,
  requests: readonly { readonly payer: number; readonly amount: number }[],
) {
  const seen: unknown[] = [];
  for (const [index, { payer, amount }] of requests.entries()) {
    const { status, headers, text, record } = await env.ask(CHARGE, {
      endUserIdentifier: `tel:+1555010${payer}`,
      charge: { description: 'x', currency: 'EUR', amount: String(amount) },
      referenceCode: `r-${index}`,
    });
    seen.push([status, headers, text, record.fault, record.injected]);
  }
  return { seen, digest: env.digest() };
}
