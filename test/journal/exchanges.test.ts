// What a sandbox keeps of its exchanges, and what its answers tell of it.
import { describe, expect, test } from '@jest/globals';
import { HUAWEI } from '../../src/soap/profiles';
import { capture, payment } from '../contract/asking';
import { openTestSandbox, type TestSandbox } from '../support/test-sandbox';

const CHARGE = 'AmountCharging.chargeAmount';
const RESERVE = 'ReserveAmountCharging.reserveAmount';
const CAPTURE = 'ReserveAmountCharging.chargeReservation';
const HEADER = 'X-Parlayx-Exchange';

describe('the id of an exchange is in the header of its answer', () => {
  const from = openTestSandbox();

  test.each([
    ['a success', () => from.ask(CHARGE, payment({ amount: '1' })), 200],
    ['a refusal of the ledger', () => from.ask(CHARGE, payment({ amount: '99999' })), 500],
    ['a message that is no XML', () => from.post('<a'), 500],
    ['a refusal below SOAP', () => from.post(''), 400],
  ])('of %s', async (_what, send, status) => {
    const reply = await send();
    expect(reply.status).toBe(status);
    expect(reply.exchange).toMatch(/^test-\d{6}$/);
    expect(from.sandbox.journal.get(reply.exchange ?? '')).toMatchObject({ status });
  });

  test('but not where answers are held to the letter, and they are kept all the same', async () => {
    const strict = openTestSandbox({ wire: { strict: true } });
    const right = await strict.ask(CHARGE, payment({ amount: '1' }));
    const wrong = await strict.post('<a');
    expect([right.exchange, wrong.exchange]).toEqual([undefined, undefined]);
    expect(strict.sandbox.journal.list().map(({ id }) => id)).toEqual([
      'test-000001',
      'test-000002',
    ]);
  });

  test('nor where nothing is kept', async () => {
    const none = openTestSandbox({ journal: { records: 0, ageMs: undefined, bytes: 0 } });
    const reply = await none.ask(CHARGE, payment({ amount: '1' }));
    expect([reply.exchange, reply.record.id, none.sandbox.journal.list()]).toEqual([
      undefined,
      undefined,
      [],
    ]);
  });
});

describe('what is told of an exchange', () => {
  test('of a charge: everything but the subscriber and the secret', async () => {
    const from = openTestSandbox();
    await from.ask(CHARGE, payment({ amount: '1.50' }, { referenceCode: 'order-1' }), {
      application: 'shop',
    });
    const [summary] = from.sandbox.journal.list();
    expect(summary).toEqual({
      id: 'test-000001',
      sandbox: 'test',
      at: from.clock.now(),
      milliseconds: expect.any(Number),
      path: '/AmountChargingService/services/AmountCharging',
      application: 'shop',
      operation: CHARGE,
      version: 'v4_0',
      subject: 'tel:+15****00',
      reference: 'order-1',
      status: 200,
      deviations: [],
      transactions: [1, 2],
      requestBytes: expect.any(Number),
      responseBytes: expect.any(Number),
    });
    const view = from.sandbox.journal.get('test-000001');
    expect(view).toMatchObject(summary!);
    expect(view?.request.headers.authorization).toBe('Basic ***');
    expect(view?.request.body).toContain(
      '<m:endUserIdentifier>tel:+15****00</m:endUserIdentifier>',
    );
    expect(view?.request.body).toContain('<m:referenceCode>order-1</m:referenceCode>');
    expect(view?.response.headers[HEADER]).toBe('test-000001');
    expect(view?.response.body).toContain('chargeAmountResponse');
    const revealed = from.sandbox.journal.get('test-000001', { reveal: true });
    expect(revealed?.subject).toBe('tel:+15550100');
    expect(revealed?.request.body).toContain('tel:+15550100');
    expect(revealed?.request.headers.authorization).toBe('Basic ***');
  });

  test('of what was lenient: name, place and clause, each time it was', async () => {
    const from = openTestSandbox();
    await from.ask(CHARGE, payment({ amount: '1.50' }, { endUserIdentifier: '15550100' }), {
      headers: { soapaction: 'run' },
      path: '/gw/15550100',
    });
    const [summary] = from.sandbox.journal.list();
    expect(summary?.deviations).toEqual([
      { name: 'soapaction', where: 'SOAPAction', clause: 'WS-I BP 1.1 R2745' },
      { name: 'path', where: '/gw/15****00', clause: 'WSDL 1.1 §3.8' },
      { name: 'address.scheme', where: 'endUserIdentifier', clause: 'RFC 3966 §3' },
    ]);
    expect(from.sandbox.journal.get('test-000001')?.deviations).toEqual(summary?.deviations);
  });

  test('the record has both messages as they were, not copies', async () => {
    const from = openTestSandbox();
    const body = Buffer.from('<a');
    const reply = await from.post(body);
    expect(reply.record.request.bytes).toBe(body);
    expect(reply.record.response.bytes.toString()).toBe(reply.text);
  });

  test('passwords of a RequestSOAPHeader stay hidden', async () => {
    const from = openTestSandbox({ wire: { profile: HUAWEI } });
    const header =
      '<h:RequestSOAPHeader xmlns:h="http://www.huawei.com.cn/schema/common/v2_1">' +
      '<h:spId>shop</h:spId><h:spPassword>5EBE2294ECD0E0F08EAB7690D2A6EE69</h:spPassword>' +
      '<h:OA>15550100</h:OA></h:RequestSOAPHeader>';
    const envelope = `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Header>${header}</s:Header><s:Body/></s:Envelope>`;
    await from.post(envelope);
    const { body } = from.sandbox.journal.get('test-000001')!.request;
    expect(body).toContain('<h:spPassword>***</h:spPassword><h:OA>15****00</h:OA>');
  });

  test('transactions of those who are sent together are told apart', async () => {
    const from = openTestSandbox();
    const bodies = ['a', 'b', 'c'].map((code) => payment({ amount: '1' }, { referenceCode: code }));
    await from.ask(CHARGE, bodies[0]!);
    const { exchange, journal } = from.sandbox;
    const [first] = journal.list();
    const { request } = journal.find(first?.id ?? '')!;
    await Promise.all([exchange(request), exchange(request)]);
    expect(journal.list().map(({ transactions }) => transactions)).toEqual([[1, 2], [3], [4]]);
  });
});

describe('what refused', () => {
  const credentials = { password: 'x', timeStampWindowMs: undefined, createdWindowMs: 300_000 };

  test.each<[string, TestSandbox, (from: TestSandbox) => Promise<unknown>]>([
    ['transport', openTestSandbox(), (from) => from.post('')],
    ['message', openTestSandbox(), (from) => from.post('<a')],
    [
      'security',
      openTestSandbox({ wire: { credentials } }),
      (from) => from.ask(CHARGE, payment({})),
    ],
    ['shape', openTestSandbox(), (from) => from.ask(CHARGE, { referenceCode: 'r' })],
    [
      'strictness',
      openTestSandbox({ wire: { strict: true } }),
      (from) => from.ask(CHARGE, payment({ amount: '1' }), { headers: { soapaction: 'x' } }),
    ],
    ['charging information', openTestSandbox(), (from) => from.ask(CHARGE, payment({}))],
    ['funds', openTestSandbox(), (from) => from.ask(CHARGE, payment({ amount: '5000' }))],
    ['reservation open', openTestSandbox(), (from) => from.ask(CAPTURE, capture('1', '1'))],
  ])('%s', async (check, from, send) => {
    await send(from);
    expect(from.sandbox.journal.list()).toMatchObject([{ check, transactions: [] }]);
  });
});

test('exchanges are found by the subscriber whose reservation they name', async () => {
  const from = openTestSandbox();
  const id = await from.reserve(RESERVE);
  await from.ask(CAPTURE, capture(id, '1'));
  const found = from.sandbox.journal.list({ subscriber: '+15550100' });
  expect(found.map(({ operation, subject }) => [operation, subject])).toEqual([
    [RESERVE, 'tel:+15****00'],
    [CAPTURE, id],
  ]);
});

test('a reset of the journal forgets exchanges and nothing else', async () => {
  const from = openTestSandbox();
  await from.ask(CHARGE, payment({ amount: '1' }, { referenceCode: 'r' }));
  from.sandbox.reset(['journal']);
  expect(from.sandbox.journal.list()).toEqual([]);
  expect(from.sandbox.verify.exactlyOnce({ reference: 'r' }).holds).toBe(true);
});

describe('the number of a subscriber in a reference code is masked', () => {
  const seen = ({ sandbox }: TestSandbox, reveal = false) => {
    const { journal } = sandbox;
    const [one] = journal.list({}, { limit: 1, reveal });
    const whole = journal.get(one?.id ?? '', { reveal });
    return [one?.reference, whole?.reference, whole?.request.body.includes('15550100')];
  };

  test.each([
    ['order-+15550100-7', 'order-+15****00-7'],
    ['order-15550100', 'order-15****00'],
    ['order-1-555-0100/7', 'order-15****00/7'],
    ['order-15550199', 'order-15550199'],
    ['+15550199', '+15****99'],
    ['sip:alice@example.com', 'sip:al***@example.com'],
    ['order-1234567', 'order-1234567'],
  ])('%s: %s', async (referenceCode, masked) => {
    const from = openTestSandbox();
    const heard: unknown[] = [];
    from.sandbox.journal.subscribe(({ reference }) => heard.push(reference));
    await from.ask(CHARGE, payment({ amount: '1' }, { referenceCode }));
    expect(seen(from)).toEqual([masked, masked, false]);
    expect(heard).toEqual([masked]);
    expect(seen(from, true)).toEqual([referenceCode, referenceCode, true]);
    const [found] = await from.sandbox.journal.wait({ reference: referenceCode });
    expect(found?.reference).toBe(masked);
  });

  test('also that of the owner, where the request names a reservation', async () => {
    const from = openTestSandbox();
    const id = await from.reserve(RESERVE);
    await from.ask(CAPTURE, { ...capture(id, '1'), referenceCode: 'part-15550100' });
    expect(seen(from)).toEqual(['part-15****00', 'part-15****00', false]);
  });

  test('and in what is verified', async () => {
    const from = openTestSandbox();
    const reference = 'order-15550100';
    for (const _time of [1, 2]) {
      await from.ask(CHARGE, payment({ amount: '1' }, { referenceCode: reference }));
    }
    const { verify } = from.sandbox;
    const subscriber = 'tel:+15550100';
    const sentences = [
      verify.exactlyOnce({ reference }),
      verify.exactlyOnce({ reference, subscriber, currency: 'JPY' }),
      verify.exactlyOnce({ subscriber, amount: '2' }),
      verify.never({ reference: 'x-15550100', subscriber }),
      verify.net({ reference }, '1'),
      verify.noDoubleCharges(),
    ].map(({ sentence }) => sentence);
    for (const sentence of sentences) {
      expect(sentence).not.toContain('5550100');
    }
    expect(sentences[0]).toContain(' under reference order-15****00: ');
  });
});
