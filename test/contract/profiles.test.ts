// Each profile, byte for byte: a success, a business fault, a refusal of credentials; and what profiles do with values.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { FAULTS, REASONS } from '../../src/payment/faults';
import { extended, PROFILES, type Profile, STANDARD } from '../../src/soap/profiles';
import { answerDocument } from '../support/answers';
import { operationOf } from '../support/operations';
import { envelope, messageOf, type Parts } from '../support/requests';
import { sampleOf } from '../support/samples';
import { openTestSandbox, type Reply, type RequestOptions } from '../support/test-sandbox';

const FIXTURES = join(__dirname, '..', '..', 'fixtures', 'profiles');
const CHARGE = 'AmountCharging.chargeAmount';
const RESERVE = 'ReserveAmountCharging.reserveAmount';
const WSSE = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd';

const requestHeader = (password: string) =>
  '<RequestSOAPHeader xmlns="http://www.huawei.com.cn/schema/common/v2_1">' +
  `<spId>shop</spId><spPassword>${password}</spPassword></RequestSOAPHeader>`;
const usernameToken = (password: string) =>
  `<Security xmlns="${WSSE}"><UsernameToken><Username>shop</Username><Password>${password}</Password></UsernameToken></Security>`;
const basic = (password: string): RequestOptions => ({
  headers: { authorization: `Basic ${Buffer.from(`shop:${password}`).toString('base64')}` },
});

/** What clients of Ericsson gateways put into a billingText. */
const PACKED = 'T1#2026-01-31T09:30:00Z#P7#Clip#A clip#Video##CP3######';

/** How clients of each gateway speak, and what they ask for that costs more than there is. */
const SPEAKERS: Readonly<
  Record<
    string,
    {
      version: string;
      send: (password: string) => [string, RequestOptions];
      short: [string, Parts];
      plain?: Parts;
    }
  >
> = {
  standard: {
    version: 'v4_0',
    send: (password) => ['', basic(password)],
    short: [RESERVE, money('1000.01')],
  },
  huawei: {
    version: 'v2_1',
    send: (password) => [requestHeader(password), {}],
    short: [RESERVE, money('1000.01')],
  },
  oracle: {
    version: 'v3_1',
    send: (password) => [usernameToken(password), {}],
    short: [CHARGE, money('1000.01')],
  },
  'ericsson-emm': {
    version: 'v2_0',
    send: (password) => ['', basic(password)],
    short: [CHARGE, { amount: '1000.01', billingText: PACKED }],
    plain: { billingText: PACKED },
  },
  timwe: {
    version: 'v3_1',
    send: (password) => [requestHeader(password), {}],
    short: [RESERVE, money('9999')],
  },
};

function money(amount: string): Parts {
  return { charge: { description: 'Daily quiz', currency: 'EUR', amount } };
}

function sandboxOf(profile: Profile | undefined) {
  const credentials = {
    password: 'secret',
    timeStampWindowMs: undefined,
    createdWindowMs: 300_000,
  };
  return openTestSandbox({
    wire: { profile, credentials },
    terms: profile?.amounts === 'minor units' ? { openingBalance: () => 99_980_000n } : {},
  });
}

async function answersOf(profile: Profile | undefined, speaker: string) {
  const env = sandboxOf(profile);
  const found = SPEAKERS[speaker];
  if (found === undefined) throw new Error(`nobody speaks ${speaker}`);
  const { version, send, short, plain = {} } = found;
  const ask = (key: string, parts: Parts, password: string): Promise<Reply> => {
    const operation = operationOf(key, version);
    const [header, options] = send(password);
    return env.post(envelope(messageOf(operation, sampleOf(operation, parts)), header), options);
  };
  const small = profile?.amounts === 'minor units' ? money('150') : plain;
  return {
    'credential-fault': await ask(CHARGE, small, 'wrong'),
    'business-fault': await ask(...short, 'secret'),
    success: await ask(CHARGE, small, 'secret'),
  };
}

function asHttp({ status, headers, text }: Reply): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\n`);
  return `HTTP ${status}\n${lines.join('')}\n${text}`;
}

const EMM_CODES = ['EMM0010', 'EMM0011', 'EMM0012'];
/** Those whose agreements answer with a code of their own. */
const LIMITED = ['huawei', 'timwe'];
const CASES = ['success', 'business-fault', 'credential-fault'] as const;

describe.each([...PROFILES.values()].map((profile) => [profile.name, profile] as const))(
  '%s',
  (name, profile) => {
    const answers = answersOf(profile, name);
    test.each(CASES)('%s: byte for byte', async (what) => {
      const expected = readFileSync(join(FIXTURES, `${name}-${what}.http`), 'utf8');
      expect(asHttp((await answers)[what])).toBe(expected);
    });
  },
);

describe.each(['standard', 'huawei'])('auto takes the request of %s for what it is', (name) => {
  const answers = answersOf(undefined, name);
  test.each(CASES)('%s', async (what) => {
    const expected = readFileSync(join(FIXTURES, `${name}-${what}.http`), 'utf8');
    expect(asHttp((await answers)[what])).toBe(expected);
  });
});

test('a fixture for each case of each profile, and no other', () => {
  const expected = [...PROFILES.keys()].flatMap((name) =>
    CASES.map((what) => `${name}-${what}.http`),
  );
  expected.push(...LIMITED.map((name) => `${name}-limit.http`));
  expected.push(...EMM_CODES.map((code) => `ericsson-emm-${code}.http`));
  expect(readdirSync(FIXTURES).sort()).toEqual(expected.sort());
});

test('the reasons and codes of the table exist', () => {
  for (const { answers, texts } of PROFILES.values()) {
    expect(REASONS).toEqual(expect.arrayContaining(Object.keys(answers)));
    const codes = [...Object.values(answers).map(({ code }) => code), ...Object.keys(texts)];
    expect([...Object.keys(FAULTS), ...Object.keys(texts)]).toEqual(expect.arrayContaining(codes));
  }
});

describe('an amount beyond what the agreement allows: POL0910', () => {
  test.each(LIMITED)('%s: byte for byte', async (name) => {
    const env = openTestSandbox({
      wire: { profile: PROFILES.get(name) },
      terms: { maximumAmountPerTransaction: new Map([['EUR', 1_000_000n]]) },
    });
    const before = env.digest();
    const parts = sampleOf(operationOf(CHARGE, 'v3_1'), money('150'));
    const reply = await env.ask(CHARGE, parts, { version: 'v3_1' });
    const expected = readFileSync(join(FIXTURES, `${name}-limit.http`), 'utf8');
    expect(asHttp(reply)).toBe(expected);
    expect([reply.record.fault, reply.record.check]).toEqual(['POL0910', expect.any(String)]);
    expect(env.digest()).toBe(before);
  });

  test.each(LIMITED)('%s: in a month as well', async (name) => {
    const env = openTestSandbox({
      wire: { profile: PROFILES.get(name) },
      terms: { maximumAmountPerMonth: new Map([['EUR', 1_000_000n]]) },
    });
    const parts = sampleOf(operationOf(CHARGE), money('150'));
    expect((await env.ask(CHARGE, parts)).record.fault).toBe('POL0910');
  });
});

test('trouble within a gateway of Oracle: PAYMENT000002', () => {
  const { answers } = PROFILES.get('oracle') as Profile;
  expect(answers.internal_error).toEqual({ code: 'SVC0001', variables: ['PAYMENT000002'] });
});

describe('the billingText of Ericsson gateways', () => {
  const CHARGE_RESERVATION = 'ReserveAmountCharging.chargeReservation';
  const EMM = PROFILES.get('ericsson-emm') as Profile;
  const fields = PACKED.split('#');
  const packed = (changes: Readonly<Record<number, string>>) =>
    fields.map((field, index) => changes[index] ?? field).join('#');
  const faultOf = (text: string) =>
    `<soapenv:Fault><faultcode>soapenv:Server</faultcode><faultstring>Error Code: ${text}</faultstring></soapenv:Fault>`;
  const COUNT = 'EMM0010 Error Message: Number of fields not matching in billingText';
  const TIME = 'EMM0012 Error Message: DateTime format is not correct in billingText';
  const MISSING =
    'EMM0011 Error Message: Missing mandatory parameter (ProductID/ProductName/TransactionDescription/ProductCategoryCode/ContentProvider) in billingText';

  const env = openTestSandbox({ wire: { profile: EMM } });
  const send = (key: string, parts: Parts, version = 'v2_0') =>
    env.ask(key, sampleOf(operationOf(key, version), parts), { version });

  test.each<[string, string, string]>([
    ['one field', 'Clip', COUNT],
    ['thirteen fields', fields.slice(1).join('#'), COUNT],
    ['fifteen fields', `${PACKED}#`, COUNT],
    ['no time', packed({ 1: '31.01.2026' }), TIME],
    ['a time without its zone', packed({ 1: '2026-01-31T09:30:00' }), TIME],
    ['a month that there is not', packed({ 1: '2026-13-31T09:30:00Z' }), TIME],
    ['no product id', packed({ 2: '' }), MISSING],
    ['no product name', packed({ 3: '' }), MISSING],
    ['no description', packed({ 4: '' }), MISSING],
    ['no category', packed({ 5: '' }), MISSING],
    ['no content provider', packed({ 7: '' }), MISSING],
    ['a product id of white space', packed({ 2: ' ' }), MISSING],
    ['everything at once', '#', COUNT],
    ['time before what is mandatory', packed({ 1: '', 2: '' }), TIME],
  ])('%s', async (_, billingText, fault) => {
    const before = env.digest();
    for (const key of [CHARGE, 'AmountCharging.refundAmount', RESERVE, CHARGE_RESERVATION]) {
      const reply = await send(key, {
        billingText,
        ...(key === CHARGE_RESERVATION && { reservationIdentifier: '100000000000001' }),
      });
      expect([reply.status, reply.text]).toEqual([500, answerDocument(faultOf(fault))]);
      expect([reply.record.fault, reply.record.detail]).toEqual([
        fault.slice(0, 7),
        expect.stringMatching(/^(?:it has \d+ fields|field \d)/),
      ]);
    }
    expect(env.digest()).toBe(before);
  });

  test.each([
    ['EMM0010', 'Clip'],
    ['EMM0011', packed({ 2: '' })],
    ['EMM0012', packed({ 1: 'now' })],
  ])('%s: byte for byte', async (code, billingText) => {
    const expected = readFileSync(join(FIXTURES, `ericsson-emm-${code}.http`), 'utf8');
    expect(asHttp(await send(CHARGE, { billingText }))).toBe(expected);
  });

  test.each([
    ['a time in another zone', packed({ 1: '2026-01-31T12:30:00.5+03:00' })],
    ['no transaction, and nothing in the fields that nobody asks for', packed({ 0: '', 6: 'x' })],
  ])('%s: taken', async (name, billingText) => {
    expect((await send(CHARGE, { billingText, referenceCode: name })).status).toBe(200);
  });

  test('a description of later versions is any text', async () => {
    expect((await send(CHARGE, { referenceCode: 'later' }, 'v2_1')).status).toBe(200);
  });

  test('other gateways take any text', async () => {
    const open = openTestSandbox();
    const reply = await open.ask(CHARGE, sampleOf(operationOf(CHARGE, 'v2_0'), {}), {
      version: 'v2_0',
    });
    expect(reply.status).toBe(200);
  });
});

describe('minor units', () => {
  const env = openTestSandbox({ wire: { profile: PROFILES.get('timwe') as Profile } });
  let references = 0;
  const charge = (amount: string, currency: string) => {
    references += 1;
    return env.ask(CHARGE, {
      endUserIdentifier: 'tel:+15550100',
      charge: { description: 'Daily quiz', currency, amount },
      referenceCode: `r-${references}`,
    });
  };

  test.each([
    ['5000', 'EUR', 50_000_000n],
    ['1', 'EUR', 10_000n],
    ['500', 'JPY', 500_000_000n],
    ['5000', 'KWD', 5_000_000n],
  ])('%s %s is %d micros', async (amount, currency, micros) => {
    const before = await charged(currency);
    expect((await charge(amount, currency)).status).toBe(200);
    expect((await charged(currency)) - before).toBe(micros);
  });

  test.each(['50000', '123456789012'])('%s is out of range: POL0910', async (amount) => {
    expect((await charge(amount, 'EUR')).record.fault).toBe('POL0910');
  });

  test.each(['50.0', '.5', '+500', '0'])('%s is SVC0007', async (amount) => {
    expect((await charge(amount, 'EUR')).record.fault).toBe('SVC0007');
  });

  test('a price is told in them too', async () => {
    const answer = await env.ask('VolumeCharging.getAmount', {
      endUserIdentifier: 'tel:+15550100',
      volume: '3',
      parameters: [{ name: 'unit', value: 'messages' }],
    });
    expect(answer.text).toContain('<currency>EUR</currency><amount>30</amount>');
  });

  async function charged(currency: string): Promise<bigint> {
    const wallets = env.sandbox.ledger.read.wallets('tel:+15550100');
    return wallets.find((wallet) => wallet.currency === currency)?.debits ?? 0n;
  }
});

describe('limits', () => {
  test.each([
    [30, 200],
    [31, 500],
  ])('a reference code of %d characters under timwe: HTTP %d', async (characters, status) => {
    const env = openTestSandbox({ wire: { profile: PROFILES.get('timwe') as Profile } });
    const parts = { ...money('150'), referenceCode: 'r'.repeat(characters) };
    const operation = operationOf(CHARGE);
    expect((await env.ask(CHARGE, sampleOf(operation, parts))).status).toBe(status);
  });
});

describe('the identifier of a reservation', () => {
  const env = openTestSandbox();
  const header = requestHeader('x');

  test('has thirty digits under huawei, and is found with its zeros and without', async () => {
    const reserve = operationOf(RESERVE, 'v2_1');
    const release = operationOf('ReserveAmountCharging.releaseReservation', 'v2_1');
    const open = async () => {
      const { text } = await env.post(envelope(messageOf(reserve, sampleOf(reserve)), header));
      return /<ns1:result>(.*)<\/ns1:result>/.exec(text)?.[1] ?? '';
    };
    const close = async (reservationIdentifier: string) =>
      (await env.post(envelope(messageOf(release, { reservationIdentifier }), header))).status;

    const identifiers = [await open(), await open()];
    expect(identifiers).toEqual([expect.stringMatching(/^0{15}1\d{14}$/), expect.any(String)]);
    const [first = '', second = ''] = identifiers;
    expect([await close(first), await close(second.replace(/^0+/, ''))]).toEqual([200, 200]);
    expect(await close(`0${first}`)).toBe(500);
  });
});

describe('answers in another version', () => {
  const env = openTestSandbox({ wire: { profile: PROFILES.get('timwe') as Profile } });

  test('only without parts: a reservation keeps its own', async () => {
    const operation = operationOf(RESERVE, 'v3_1');
    const parts = sampleOf(operation, money('150'));
    const answer = await env.ask(RESERVE, parts, { version: 'v3_1' });
    expect(answer.text).toContain(`xmlns:ns1="${operation.response.namespace}"><ns1:result>`);
  });

  test('only of that version', async () => {
    const operation = operationOf(CHARGE);
    const answer = await env.ask(CHARGE, sampleOf(operation, money('150')));
    expect(answer.text).toContain(`xmlns:ns1="${operation.response.namespace}"`);
  });
});

test("a profile of one's own answers with codes that the standard does not have", async () => {
  const profile = extended(STANDARD, 'own', {
    texts: { POL0910: 'Maximum Amount per Transaction' },
    answers: { amount_limit: { code: 'POL0910', variables: ['50'] } },
  });
  const env = openTestSandbox({
    wire: { profile },
    terms: { maximumAmountPerTransaction: new Map([['EUR', 1_000_000n]]) },
  });
  const { text } = await env.ask(CHARGE, sampleOf(operationOf(CHARGE)));
  expect(text).toContain('<faultstring>Maximum Amount per Transaction</faultstring>');
  expect(text).toMatch(
    /<ns1:PolicyException [^>]*><messageId>POL0910<\/messageId><text>Maximum Amount per Transaction<\/text><variables>50<\/variables>/,
  );
});

test('a message out of shape is told in the form of the profile', async () => {
  const env = openTestSandbox({ wire: { profile: PROFILES.get('huawei') as Profile } });
  const { text } = await env.ask(CHARGE, {});
  expect(text).toContain(
    '<faultcode>SVC0002</faultcode><faultstring>Invalid input value for message part endUserIdentifier</faultstring>',
  );
  expect(text).toContain('<text>Invalid input value for message part endUserIdentifier</text>');
});

test('a message that is none is told in the form of the standard', async () => {
  const env = openTestSandbox({ wire: { profile: PROFILES.get('huawei') as Profile } });
  const { text } = await env.post('<x/>');
  expect(text).toContain('<faultcode>soapenv:Client</faultcode>');
});
