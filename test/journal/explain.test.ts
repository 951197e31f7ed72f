// Each exchange step by step: what passed, what refused, which money moved, and where the standard says so.
import { describe, expect, test } from '@jest/globals';
import type { FaultRule } from '../../src/sandbox/faults/rule';
import {
  type ExplainedStep,
  type Explanation,
  explanationText,
} from '../../src/sandbox/journal/explanation';
import { additional, capture, captureVolume, charge, payment, usage } from '../contract/asking';
import { OPERATIONS, operationOf } from '../support/operations';
import { PAYER } from '../support/samples';
import { openTestSandbox, type TestSandbox, validParts } from '../support/test-sandbox';

const CHARGE = 'AmountCharging.chargeAmount';
const REFUND = 'AmountCharging.refundAmount';
const RESERVE = 'ReserveAmountCharging.reserveAmount';
const CAPTURE = 'ReserveAmountCharging.chargeReservation';
const ADDITIONAL = 'ReserveAmountCharging.reserveAdditionalAmount';
const RELEASE = 'ReserveAmountCharging.releaseReservation';

/** What happened to the latest exchange. */
function latest({ sandbox }: TestSandbox, reveal = false): Explanation {
  const { journal } = sandbox;
  const [last] = journal.list({}, { limit: 1 });
  const explained = journal.explain(last?.id ?? '', { reveal });
  if (explained === undefined) throw new Error('nothing to explain');
  return explained;
}

function outcomes({ steps }: Explanation): string {
  return steps.map(({ step, outcome }) => `${step} ${outcome}`).join(', ');
}

function step({ steps }: Explanation, name: string): ExplainedStep | undefined {
  return steps.find((each) => each.step === name);
}

describe('a success', () => {
  test('passes every step, and tells which money moved', async () => {
    const from = openTestSandbox();
    await from.ask(CHARGE, payment({ amount: '1.50' }), { application: 'shop' });
    const explained = latest(from);
    expect(outcomes(explained)).toBe(
      'transport passed, message passed, security passed, shape passed, request passed, ledger passed, price noted, money passed, answer passed',
    );
    expect(explained.sentence).toBe(
      'AmountCharging.chargeAmount of shop succeeded; 1.50 EUR charged from tel:+15****00.',
    );
    expect(explained.transfers).toEqual([
      {
        transaction: 1,
        movement: 'topped up',
        from: 'the operator',
        to: 'tel:+15****00',
        amount: '1000.00',
        currency: 'EUR',
        balance: '1000.00',
        held: '0.00',
      },
      {
        transaction: 2,
        movement: 'charged',
        from: 'tel:+15****00',
        to: 'application shop',
        amount: '1.50',
        currency: 'EUR',
        balance: '998.50',
        held: '0.00',
      },
    ]);
    expect(step(explained, 'message')?.clause).toBe('TS 29.199-6, 8.1.1');
    expect(step(explained, 'shape')?.text).toBe(
      'to the letter; it has endUserIdentifier, charge, referenceCode',
    );
    expect(latest(from, true).transfers[1]?.from).toBe(PAYER);
  });

  test.each(OPERATIONS)(
    'of %s: every check and the operation have a clause',
    async (_key, operation) => {
      const from = openTestSandbox();
      await from.ask(operation.key, await validParts(from, operation));
      const explained = latest(from);
      expect(outcomes(explained)).not.toContain('refused');
      expect(step(explained, 'message')?.clause).toMatch(/^TS 29\.199-6, 8\.\d\.\d$/);
      for (const name of ['request', 'ledger']) {
        for (const line of step(explained, name)?.lines ?? []) expect(line.clause).toMatch(/\S/);
      }
    },
  );

  test('deviations are told with the rule that they break', async () => {
    const from = openTestSandbox();
    await from.ask(CHARGE, payment({ amount: '1' }, { endUserIdentifier: '15550100' }), {
      headers: { soapaction: 'x' },
    });
    expect(step(latest(from), 'shape')?.lines).toEqual([
      {
        outcome: 'noted',
        text: 'soapaction at SOAPAction: The WSDL binds every operation with soapAction="", sent as SOAPAction: "".',
        clause: 'WS-I BP 1.1 R2745',
      },
      {
        outcome: 'noted',
        text: 'address.scheme at endUserIdentifier: An address begins with its scheme, as in tel:+15550100 (TS 29.199-1).',
        clause: 'RFC 3966 §3',
      },
    ]);
  });

  test('an identical repeat booked nothing', async () => {
    const from = openTestSandbox({ terms: { duplicateReferences: 'replay' } });
    const same = payment({ amount: '1' });
    await from.ask(CHARGE, same);
    await from.ask(CHARGE, same);
    expect(step(latest(from), 'money')?.text).toBe(
      'nothing was booked: an identical repeat, answered as before',
    );
  });
});

describe('what decided the price', () => {
  test.each<[string, string, (from: TestSandbox) => Promise<unknown>]>([
    [
      'the request states 2.00 EUR',
      'an amount',
      (from) => from.ask(CHARGE, payment({ amount: '2' })),
    ],
    [
      'the request states 2.00 EUR, its code QUIZ is only recorded',
      'an amount before a code',
      (from) => from.ask(CHARGE, payment({ amount: '2', code: 'QUIZ' })),
    ],
    [
      'the price list has 1.50 EUR for the code QUIZ',
      'a code',
      (from) => from.ask(CHARGE, payment({ code: 'QUIZ' })),
    ],
    [
      'the tariff "Rated messages" has 0.10 EUR for 1 messages (rounded half_up): 3 messages are 0.30 EUR',
      'a tariff',
      (from) => from.ask('VolumeCharging.chargeVolume', usage('3')),
    ],
    [
      'the request states 1.00 EUR of its reservation',
      'an amount of a reservation',
      async (from) => from.ask(CAPTURE, capture(await from.reserve(RESERVE), '1')),
    ],
    [
      'the rate of the reservation, 0.10 EUR for 1 messages (rounded half_up), on its running total',
      'a volume of a reservation',
      async (from) =>
        from.ask(
          'ReserveVolumeCharging.chargeReservation',
          captureVolume(await from.reserve('ReserveVolumeCharging.reserveVolume'), '2'),
        ),
    ],
  ])('%s (%s)', async (text, _what, send) => {
    const from = openTestSandbox();
    await send(from);
    expect(step(latest(from), 'price')?.text).toBe(text);
  });

  test('is not told where there is none', async () => {
    const from = openTestSandbox();
    await from.ask(RELEASE, { reservationIdentifier: await from.reserve(RESERVE) });
    expect(step(latest(from), 'price')).toBeUndefined();
  });
});

test('what became of a reservation', async () => {
  const from = openTestSandbox();
  const parts = { endUserIdentifier: PAYER, ...charge({ amount: '10' }) };
  const id = await from.reserve(RESERVE, parts);
  const told = [latest(from).sentence];
  for (const [key, request] of [
    [ADDITIONAL, additional(id, '-4')],
    [CAPTURE, capture(id, '1')],
    [RELEASE, { reservationIdentifier: id }],
  ] as const) {
    await from.ask(key, request);
    told.push(latest(from).sentence);
  }
  await from.ask(REFUND, payment({ amount: '1' }));
  told.push(latest(from).sentence);
  expect(told.map((sentence) => sentence.split('; ')[1])).toEqual([
    '10.00 EUR held from tel:+15****00.',
    '4.00 EUR freed to tel:+15****00.',
    '1.00 EUR freed to tel:+15****00, 1.00 EUR charged from tel:+15****00.',
    '5.00 EUR freed to tel:+15****00.',
    '1.00 EUR refunded to tel:+15****00.',
  ]);
});

describe('a refusal', () => {
  const credentials = { password: 'x', timeStampWindowMs: undefined, createdWindowMs: 300_000 };

  test.each<[string, string, TestSandbox, (from: TestSandbox) => Promise<unknown>]>([
    [
      'transport',
      'the request has no body'.slice(0, 0),
      openTestSandbox(),
      (from) => from.post(''),
    ],
    ['message', '', openTestSandbox(), (from) => from.post('<a')],
    [
      'security',
      '',
      openTestSandbox({ wire: { credentials } }),
      (from) => from.ask(CHARGE, payment({})),
    ],
    ['shape', '', openTestSandbox(), (from) => from.ask(CHARGE, { referenceCode: 'r' })],
    [
      'shape',
      'under strict',
      openTestSandbox({ wire: { strict: true } }),
      (from) => from.ask(CHARGE, payment({ amount: '1' }), { headers: { soapaction: 'x' } }),
    ],
    ['request', '', openTestSandbox(), (from) => from.ask(CHARGE, payment({}))],
    ['ledger', '', openTestSandbox(), (from) => from.ask(CHARGE, payment({ amount: '5000' }))],
  ])(
    'at the step %s %s: those before it passed, those after it were not reached',
    async (name, _how, from, send) => {
      await send(from);
      const way = ['transport', 'message', 'security', 'shape', 'request', 'ledger'];
      const place = way.indexOf(name);
      const explained = latest(from);
      expect(way.map((each) => step(explained, each)?.outcome)).toEqual(
        way.map((_each, index) =>
          index < place ? 'passed' : index === place ? 'refused' : 'not reached',
        ),
      );
      expect(step(explained, 'answer')?.outcome).toBe('refused');
      expect(explained.sentence).toMatch(/ was refused with .*; no money moved\.$/);
      expect(explained.transfers).toEqual([]);
    },
  );

  test('tells the checks up to the one that objected, with its reason and clause', async () => {
    const from = openTestSandbox();
    await from.ask(CHARGE, payment({ amount: '5000' }));
    const lines = step(latest(from), 'ledger')?.lines ?? [];
    expect(lines.at(-1)).toEqual({
      outcome: 'refused',
      text: expect.stringMatching(/^funds: tel:\+15\*{4}00 has less than the amount available/),
      clause: 'TS 29.199-6, 9.1.1',
    });
    expect(lines.slice(0, -1).map(({ outcome }) => outcome)).not.toContain('refused');
    expect(lines.map(({ text }) => text)).not.toContain('largest balance');
  });
});

describe('an injected fault', () => {
  const at = (rule: FaultRule) => openTestSandbox({ faults: { rules: [{ id: 'late', ...rule }] } });

  test('after the commit: the money has moved', async () => {
    const from = at({ at: 'after-commit-before-reply', then: { http: { status: 503 } } });
    await from.ask(CHARGE, payment({ amount: '1.50' }));
    const explained = latest(from);
    expect(explained.steps[0]).toMatchObject({ step: 'fault rule', outcome: 'noted' });
    expect(explained.steps[0]?.text).toMatch(
      /^late at after-commit-before-reply: .*; the ledger was changed$/,
    );
    expect(step(explained, 'ledger')?.outcome).toBe('passed');
    expect(explained.sentence).toBe(
      'AmountCharging.chargeAmount of anonymous was answered with HTTP 503 under the fault rule late; 1.50 EUR charged from tel:+15****00.',
    );
  });

  test('before the commit: all was judged and nothing moved', async () => {
    const from = at({ at: 'before-commit', then: { http: { status: 503 } } });
    await from.ask(CHARGE, payment({ amount: '1.50' }));
    const explained = latest(from);
    expect(explained.steps[0]?.text).toMatch(/the ledger was not changed$/);
    expect(step(explained, 'ledger')?.outcome).toBe('passed');
    expect(explained.transfers).toEqual([]);
  });

  test('before the decision: the checks were not reached', async () => {
    const from = at({ at: 'before-decide', then: { http: { status: 503 } } });
    await from.ask(CHARGE, payment({ amount: '1.50' }));
    expect(outcomes(latest(from))).toContain(
      'shape passed, request not reached, ledger not reached',
    );
  });

  test('before anybody has read it: no step was reached', async () => {
    const from = at({ at: 'before-parse', then: { http: { status: 503 } } });
    await from.ask(CHARGE, payment({ amount: '1.50' }));
    expect(outcomes(latest(from))).toContain('transport not reached, message not reached');
  });

  test('executed twice: both charges are told', async () => {
    const from = at({ then: { outcome: 'duplicate' } });
    await from.ask(CHARGE, payment({ amount: '1.50' }));
    expect(latest(from).transfers.map(({ movement }) => movement)).toEqual([
      'topped up',
      'charged',
      'charged',
    ]);
  });
});

describe('a message', () => {
  const SEND = operationOf('SendSms.sendSms');

  test('that was sent booked its evidence and moved no money', async () => {
    const from = openTestSandbox();
    await from.ask(SEND.key, { addresses: PAYER, message: 'Hi' });
    const explained = latest(from);
    expect(explained.sentence).toBe('SendSms.sendSms of anonymous succeeded; no money moved.');
    expect(step(explained, 'message')?.clause).toBe('TS 29.199-4');
    expect(step(explained, 'money')?.text).toBe(
      'transaction 1, which moved no money or is there no more',
    );
  });

  test('that was refused is told with its reason', async () => {
    const from = openTestSandbox();
    await from.ask(SEND.key, { addresses: 'nobody at all', message: 'Hi' });
    const explained = latest(from);
    expect(explained.sentence).toMatch(/^SendSms\.sendSms of anonymous was refused with SVC0004/);
    expect(step(explained, 'ledger')?.outcome).toBe('refused');
  });
});

test('of a ledger that has been made another one, no transfers are told', async () => {
  const from = openTestSandbox();
  await from.ask(CHARGE, payment({ amount: '1.50' }));
  from.sandbox.reset(['accounts']);
  expect(latest(from).transfers).toEqual([]);
});

test('what is not there cannot be explained', () => {
  expect(openTestSandbox().sandbox.journal.explain('test-000001')).toBeUndefined();
});

test('as text for a terminal', async () => {
  const from = openTestSandbox();
  await from.ask(CHARGE, payment({}), { application: 'shop' });
  const lines = explanationText(latest(from)).split('\n');
  expect(lines.slice(0, 4)).toEqual([
    'test-000001  2026-01-31T09:30:00.000Z',
    'AmountCharging.chargeAmount of shop was refused with SVC0007 by charging information: neither amount nor code is there; no money moved.',
    '',
    expect.stringMatching(/^passed {7}transport: \d+ bytes to \/AmountCharging/),
  ]);
  expect(lines).toContain('             - passed: MaximumDescriptions (TS 29.199-6, 10)');
  expect(lines).toContain(
    '             - charging information: neither amount nor code is there (TS 29.199-6, 8.1.1.1)',
  );
});
