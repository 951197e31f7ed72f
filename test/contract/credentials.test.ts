// Credentials, where they are required: what each gateway's clients send, and what a wrong one is told.
import crypto, { createHash } from 'node:crypto';
import { describe, expect, jest, test } from '@jest/globals';
import { PROFILES } from '../../src/soap/profiles';
import type { CredentialTerms } from '../../src/soap/wire-terms';
import { answerDocument } from '../support/answers';
import { openerOf, operationOf } from '../support/operations';
import { envelope, messageOf, type Parts } from '../support/requests';
import { SPLIT_PAYERS, sampleOf } from '../support/samples';
import {
  deviationsOf,
  openTestSandbox,
  type Reply,
  type RequestOptions,
  START,
  type TestSandboxOptions,
  temporaryFile,
} from '../support/test-sandbox';

const HUAWEI = 'http://www.huawei.com.cn/schema/common/v2_1';
const WSSE = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd';
const TOKEN_PROFILE =
  'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-username-token-profile-1.0#';
const CHARGE = operationOf('AmountCharging.chargeAmount');
const PASSWORD = 'correct horse';
const TERMS: CredentialTerms = {
  password: PASSWORD,
  timeStampWindowMs: undefined,
  createdWindowMs: 300_000,
};

/** `shop` has a password; everyone else must prove what cannot be proved. */
function guarded(more: Partial<CredentialTerms> = {}, options: TestSandboxOptions = {}) {
  return openTestSandbox({
    ...options,
    wire: (application) => ({
      strict: false,
      profile: undefined,
      credentials: { ...TERMS, ...more, ...(application !== 'shop' && { password: undefined }) },
    }),
  });
}

const env = guarded();
const windowed = guarded({ timeStampWindowMs: 60_000 });

function send(header: string, options: RequestOptions = {}, parts: Parts = {}, to = env) {
  return to.post(envelope(messageOf(CHARGE, sampleOf(CHARGE, parts)), header), options);
}

const md5 = (text: string) => createHash('md5').update(text).digest('hex');
const NOW = '20260131093000';

function huawei(fields: Readonly<Record<string, string>>): string {
  const children = Object.entries(fields).map(([name, value]) => `<${name}>${value}</${name}>`);
  return `<RequestSOAPHeader xmlns="${HUAWEI}">${children.join('')}</RequestSOAPHeader>`;
}

const digestAt = (timeStamp: string, stamped = timeStamp) =>
  huawei({ spId: 'shop', spPassword: md5(`shop${PASSWORD}${timeStamp}`), timeStamp: stamped });

const basic = (credentials: string) => ({
  headers: { authorization: `Basic ${Buffer.from(credentials).toString('base64')}` },
});

let nonces = 0;

interface Token {
  readonly user?: string;
  readonly password?: string;
  readonly created?: string;
  readonly nonce?: Buffer;
  /** The bytes digested instead of the nonce's own. */
  readonly digested?: string | Buffer;
}

function digestToken(token: Token = {}): string {
  nonces += 1;
  const { user = 'shop', password = PASSWORD, created = '2026-01-31T09:30:00Z' } = token;
  const { nonce = Buffer.from(`nonce-${nonces}`), digested = nonce } = token;
  const digest = createHash('sha1')
    .update(digested)
    .update(created + password)
    .digest('base64');
  return security(
    `<w:UsernameToken><w:Username>${user}</w:Username>` +
      `<w:Password Type="${TOKEN_PROFILE}PasswordDigest">${digest}</w:Password>` +
      `<w:Nonce>${nonce.toString('base64')}</w:Nonce><u:Created xmlns:u="urn:u">${created}</u:Created></w:UsernameToken>`,
  );
}

const textToken = (password: string, more = '', user = 'shop') =>
  security(
    `<w:UsernameToken><w:Username>${user}</w:Username><w:Password Type="${TOKEN_PROFILE}PasswordText">${password}</w:Password></w:UsernameToken>${more}`,
  );

const timestamp = (fields: string) => `<w:Timestamp>${fields}</w:Timestamp>`;
const LATER = '<w:Expires>2026-01-31T09:40:00Z</w:Expires>';

function security(content: string): string {
  return `<w:Security xmlns:w="${WSSE}" soapenv:mustUnderstand="1">${content}</w:Security>`;
}

describe('good', () => {
  test.each<[string, string, RequestOptions?]>([
    ['MD5 in lower case', digestAt(NOW)],
    [
      'MD5 in upper case',
      huawei({
        spId: 'shop',
        spPassword: md5(`shop${PASSWORD}${NOW}`).toUpperCase(),
        timeStamp: NOW,
      }),
    ],
    ['MD5 with a timeStamp that is none', digestAt('2700000000')],
    ['MD5 without a timeStamp', huawei({ spPassword: md5(`shop${PASSWORD}`), spId: 'shop' })],
    ['the password itself', huawei({ spId: 'shop', spPassword: PASSWORD, timeStamp: NOW })],
    ['UsernameToken, text', textToken(PASSWORD)],
    ['UsernameToken, digest', digestToken()],
    [
      'UsernameToken, digest, at the end of the window',
      digestToken({ created: '2026-01-31T09:35:00Z' }),
    ],
    [
      'UsernameToken, digest, in another zone',
      digestToken({ created: '2026-01-31T11:28:00.5+02:00' }),
    ],
    [
      'UsernameToken with a Timestamp',
      textToken(PASSWORD, timestamp(`<w:Created>2026-01-31T09:30:00Z</w:Created>${LATER}`)),
    ],
    ['Basic', '', basic(`shop:${PASSWORD}`)],
  ])('%s', async (...[, header, options]) => {
    expect((await send(header, options)).status).toBe(200);
  });

  test('a timeStamp in the window, where there is one', async () => {
    expect((await send(digestAt('20260131092900'), {}, {}, windowed)).status).toBe(200);
  });
});

/** Sends it and expects that the ledger has not noticed. */
async function refused(header: string, options?: RequestOptions, to = env): Promise<Reply> {
  const before = to.digest();
  const answer = await send(header, options, {}, to);
  expect(to.digest()).toBe(before);
  expect(JSON.stringify(answer.record)).not.toContain(PASSWORD);
  return answer;
}

describe('RequestSOAPHeader: SVC0901 in the form of that gateway', () => {
  const SVC0901 = answerDocument(
    '<soapenv:Fault><faultcode>SVC0901</faultcode><faultstring>Sp password is not accepted!</faultstring>' +
      '<detail><ns1:ServiceException xmlns:ns1="http://www.csapi.org/schema/parlayx/common/v4_0">' +
      '<messageId>SVC0901</messageId><text>Sp password is not accepted!</text></ns1:ServiceException></detail></soapenv:Fault>',
  );
  const CLOCK_READ_TWICE = 'the digest was made with a timeStamp 1 s before the one in the header';

  test.each([
    ['wrong', huawei({ spId: 'shop', spPassword: 'x', timeStamp: NOW }), /^spPassword is not/],
    ['absent', huawei({ spId: 'shop', timeStamp: NOW }), /^there is no spPassword$/],
    ['unknown application', huawei({ spId: 'x', spPassword: PASSWORD }), /has no password$/],
    ['no spId', huawei({ spPassword: PASSWORD }), /^there is no spId$/],
    ['stamped a second later', digestAt(NOW, '20260131093001'), new RegExp(CLOCK_READ_TWICE)],
    [
      'without the timeStamp',
      huawei({ spId: 'shop', spPassword: md5(`shop${PASSWORD}`), timeStamp: NOW }),
      /^the digest was made without the timeStamp$/,
    ],
  ])('%s', async (_, header, detail) => {
    const { text, status, record } = await refused(header);
    expect([status, text]).toEqual([500, SVC0901]);
    expect([record.fault, record.detail]).toEqual(['SVC0901', expect.stringMatching(detail)]);
  });

  test.each([
    ['20260131092859', /too far from now/],
    ['20260131093101', /too far from now/],
    ['2700000000', /not yyyyMMddHHmmss/],
    ['20261399999999', /not yyyyMMddHHmmss/],
  ])('the timeStamp %s, where there is a window', async (timeStamp, detail) => {
    const { text, record } = await refused(digestAt(timeStamp), {}, windowed);
    expect([text, record.detail]).toEqual([SVC0901, expect.stringMatching(detail)]);
  });

  test('a field twice: SVC0905', async () => {
    const header = huawei({ spId: 'shop', spPassword: PASSWORD }).replace(
      '<spId>',
      '<spId>x</spId><spId>',
    );
    const { text } = await refused(header);
    expect(text).toContain(
      '<faultcode>SVC0905</faultcode><faultstring>SOAP Header parameters error<',
    );
  });

  test('right credentials of another kind beside it do not help', async () => {
    const header = huawei({ spId: 'shop', spPassword: 'x' });
    expect((await refused(header, basic(`shop:${PASSWORD}`))).text).toBe(SVC0901);
  });
});

describe('WS-Security: a fault of its own, without detail', () => {
  test.each<[string, string, string, RegExp]>([
    ['wrong text', textToken('x'), 'FailedAuthentication', /not the one/],
    ['unknown user', textToken(PASSWORD, '', 'x'), 'FailedAuthentication', /has no password/],
    ['wrong digest', digestToken({ password: 'x' }), 'FailedAuthentication', /is not that of/],
    [
      'digest of the text of the nonce',
      digestToken({ nonce: Buffer.from('abc'), digested: Buffer.from('abc').toString('base64') }),
      'FailedAuthentication',
      /text of the nonce/,
    ],
    ['old', digestToken({ created: '2026-01-31T09:24:59Z' }), 'FailedAuthentication', /too far/],
    ['early', digestToken({ created: '2026-01-31T09:35:01Z' }), 'FailedAuthentication', /too far/],
    ['no date', digestToken({ created: 'now' }), 'FailedAuthentication', /too far/],
    [
      'expired',
      textToken(PASSWORD, '<w:Timestamp><w:Expires>2026-01-31T09:29:59Z</w:Expires></w:Timestamp>'),
      'FailedAuthentication',
      /expired/,
    ],
    ['Expires twice', textToken(PASSWORD, timestamp(LATER + LATER)), 'InvalidSecurity', /twice/],
    [
      'Expires that is no time',
      textToken(PASSWORD, timestamp('<w:Expires>soon</w:Expires>')),
      'InvalidSecurity',
      /Expires of Timestamp is no time/,
    ],
    [
      'Expires that is empty',
      textToken(PASSWORD, timestamp('<w:Expires/>')),
      'InvalidSecurity',
      /Expires of Timestamp is no time/,
    ],
    [
      'Created of a Timestamp that is no time',
      textToken(PASSWORD, timestamp(`<w:Created>soon</w:Created>${LATER}`)),
      'InvalidSecurity',
      /Created of Timestamp is no time/,
    ],
    ['a signature', textToken(PASSWORD, '<w:Signature/>'), 'InvalidSecurity', /Signature/],
    ['no token', security(''), 'InvalidSecurity', /no single UsernameToken/],
    ['twice', textToken(PASSWORD) + textToken(PASSWORD), 'InvalidSecurity', /several/],
    [
      'a digest without Created',
      digestToken().replace(/<u:Created.*<\/u:Created>/, ''),
      'InvalidSecurity',
      /needs Nonce and Created/,
    ],
    ['another type', textToken('x').replace('#PasswordText', '#X'), 'InvalidSecurity', /Type/],
    [
      'a password twice',
      textToken('x').replace('<w:Password', '<w:Password>x</w:Password><w:Password'),
      'InvalidSecurity',
      /twice/,
    ],
  ])('%s', async (_, header, code, detail) => {
    const { text, status, record } = await refused(header);
    const told = {
      FailedAuthentication: 'The security token could not be authenticated or authorized.',
      InvalidSecurity: 'An error was discovered processing the Security header.',
    }[code];
    expect([status, text]).toEqual([
      500,
      answerDocument(
        `<soapenv:Fault xmlns:wsse="${WSSE}"><faultcode>wsse:${code}</faultcode><faultstring>${told}</faultstring></soapenv:Fault>`,
      ),
    ]);
    expect([record.fault, record.detail]).toEqual([code, expect.stringMatching(detail)]);
  });

  test('a message overheard is good once', async () => {
    const overheard = digestToken();
    expect((await send(overheard)).status).toBe(200);
    expect((await refused(overheard)).record.detail).toBe('the nonce has been used before');
    const spaced = overheard.replace('<w:Nonce>', '<w:Nonce>\n ');
    expect((await refused(spaced)).record.detail).toBe('the nonce has been used before');
  });

  test('nor is it good again when the window has passed', async () => {
    const late = guarded();
    const overheard = digestToken();
    await send(overheard, {}, {}, late);
    late.clock.set(START + 300_001);
    expect((await refused(overheard, {}, late)).record.detail).toBe('Created is too far from now');
  });
});

describe('a nonce is used up, whatever happens to the process', () => {
  const LATER = '2026-01-31T09:34:00Z';

  test.each([
    ['created before', '2026-01-31T09:29:00Z'],
    ['created now', '2026-01-31T09:30:00Z'],
    ['created by a clock that is ahead', LATER],
  ])('%s: not good after a restart', async (_, created) => {
    const file = temporaryFile();
    const before = guarded({}, { file });
    const overheard = digestToken({ created });
    expect((await send(overheard, {}, {}, before)).status).toBe(200);
    await before.close();
    const after = guarded({}, { file, start: START + 1_000 });
    expect((await refused(overheard, {}, after)).record.detail).toBe(
      'the nonce has been used before',
    );
    const fresh = digestToken({ created });
    expect((await send(fresh, {}, { referenceCode: 'fresh' }, after)).status).toBe(200);
  });

  test('one that was refused is not used up', async () => {
    const file = temporaryFile();
    const before = guarded({}, { file });
    const nonce = Buffer.from('a nonce');
    await refused(digestToken({ nonce, password: 'x' }), {}, before);
    await before.close();
    const after = guarded({}, { file });
    expect((await send(digestToken({ nonce }), {}, {}, after)).status).toBe(200);
  });
});

describe('two means at once', () => {
  const good = huawei({ spId: 'shop', spPassword: PASSWORD });
  const bad = huawei({ spId: 'shop', spPassword: 'x' });

  test('both header blocks good: good', async () => {
    expect((await send(good + textToken(PASSWORD))).status).toBe(200);
    expect((await send(good + digestToken())).status).toBe(200);
  });

  test.each<[string, string, string, RegExp]>([
    ['the token is wrong', good + textToken('x'), 'FailedAuthentication', /not the one/],
    [
      'so is a digest',
      good + digestToken({ password: 'x' }),
      'FailedAuthentication',
      /not that of/,
    ],
    [
      'the token is of another user',
      good + textToken(PASSWORD, '', 'kiosk'),
      'FailedAuthentication',
      /Username is not the application/,
    ],
    ['the token is none', good + security(''), 'InvalidSecurity', /no single UsernameToken/],
    ['the header is wrong', bad + textToken(PASSWORD), 'SVC0901', /spPassword is not/],
    ['both are wrong', bad + textToken('x'), 'SVC0901', /spPassword is not/],
  ])('%s', async (_, header, fault, detail) => {
    const { record } = await refused(header);
    expect([record.fault, record.detail]).toEqual([fault, expect.stringMatching(detail)]);
  });

  test('a digest beside a wrong header is not used up', async () => {
    const token = digestToken();
    await refused(bad + token);
    expect((await send(good + token)).status).toBe(200);
  });

  test.each([
    ['RequestSOAPHeader', good],
    ['UsernameToken', textToken(PASSWORD)],
  ])('HTTP Basic of a proxy beside a good %s is left alone', async (_, header) => {
    const { status, record } = await send(header, basic('proxy:whatever'));
    expect([status, record.application]).toEqual([200, 'shop']);
  });

  test('two names are a deviation where nobody is asked for credentials', async () => {
    const open = openTestSandbox();
    const header = good + textToken('x', '', 'kiosk');
    const reply = await send(header, {}, {}, open);
    expect([reply.status, reply.record.application, deviationsOf(reply)]).toEqual([
      200,
      'shop',
      ['application'],
    ]);
  });
});

describe('white space around a password does not count, whichever the means', () => {
  test.each<[string, string, RequestOptions?]>([
    ['spPassword', huawei({ spId: 'shop', spPassword: ` ${PASSWORD}\n` })],
    ['a digest in spPassword', huawei({ spId: 'shop', spPassword: ` ${md5(`shop${PASSWORD}`)} ` })],
    ['UsernameToken', textToken(`\n ${PASSWORD} `)],
    ['Basic', '', basic(`shop: ${PASSWORD}\t`)],
  ])('%s', async (...[, header, options]) => {
    expect((await send(header, options)).status).toBe(200);
  });
});

describe('the same work whatever is wrong', () => {
  async function digestsFor(header: string, options?: RequestOptions): Promise<number> {
    const made = jest.spyOn(crypto, 'createHash');
    await send(header, options);
    const digests = made.mock.calls.length;
    made.mockRestore();
    return digests;
  }

  const wrong = { spId: 'shop', spPassword: 'x', timeStamp: NOW };
  const digest = digestToken({ password: 'x' });

  test.each<[string, readonly (readonly [string, RequestOptions?])[]]>([
    [
      'RequestSOAPHeader',
      [
        [huawei(wrong)],
        [huawei({ ...wrong, spId: 'nobody' })],
        [huawei({ ...wrong, spId: '' })],
        [huawei({ ...wrong, spPassword: '' })],
        [huawei(wrong) + huawei(wrong)],
        [huawei(wrong).replace('<spId>', '<spId>x</spId><spId>')],
      ],
    ],
    [
      'PasswordText',
      [
        [textToken('x')],
        [textToken('x', '', 'nobody')],
        [textToken('x', '<w:Signature/>')],
        [textToken('x', timestamp('<w:Expires>2026-01-31T09:29:59Z</w:Expires>'))],
        [textToken('x') + textToken('x')],
        [textToken('x').replace('<w:Password', '<w:Password>x</w:Password><w:Password')],
        [security('')],
      ],
    ],
    [
      'PasswordDigest',
      [
        [digest],
        [digestToken({ password: 'x', user: 'nobody' })],
        [digestToken({ password: 'x', created: '2026-01-31T08:00:00Z' })],
        [digest.replace(/<u:Created.*<\/u:Created>/, '')],
        [digest + digest],
      ],
    ],
    [
      'HTTP Basic',
      [
        ['', basic('shop:x')],
        ['', basic('nobody:x')],
        ['', basic('shop')],
        ['', {}],
      ],
    ],
  ])('%s', async (_, requests) => {
    const made: number[] = [];
    for (const [header, options] of requests) made.push(await digestsFor(header, options));
    expect(made[0]).toBeGreaterThan(0);
    expect(made).toEqual(requests.map(() => made[0]));
  });
});

describe('Basic or nothing: 401', () => {
  test.each<[string, RequestOptions, RegExp]>([
    ['nothing', {}, /no credentials/],
    ['a wrong password', basic('shop:x'), /not the one/],
    ['no password', basic('shop'), /not the one/],
    ['an unknown user', basic(`x:${PASSWORD}`), /has no password/],
    ['another scheme', { headers: { authorization: 'Bearer x' } }, /no credentials/],
  ])('%s', async (_, options, detail) => {
    const { status, headers, text, record } = await refused('', options);
    expect([status, text]).toEqual([401, 'Send the name and the password of the application.\n']);
    expect(headers).toMatchObject({
      'Content-Type': 'text/plain; charset=utf-8',
      'WWW-Authenticate': 'Basic realm="Parlay X Payment", charset="UTF-8"',
    });
    expect([record.fault, record.detail]).toEqual(['HTTP 401', expect.stringMatching(detail)]);
  });
});

describe('nothing at all, where a profile is set', () => {
  const asked = (name: string | undefined) =>
    openTestSandbox({
      wire: {
        profile: name === undefined ? undefined : PROFILES.get(name),
        credentials: { password: PASSWORD, timeStampWindowMs: undefined, createdWindowMs: 1 },
      },
    });

  test.each([
    ['huawei', 'SVC0901'],
    ['timwe', 'SVC0901'],
    ['standard', 'HTTP 401'],
    ['oracle', 'HTTP 401'],
    ['ericsson-emm', 'HTTP 401'],
    [undefined, 'HTTP 401'],
  ])('%s: %s', async (name, fault) => {
    const env = asked(name);
    const before = env.digest();
    const { record, text } = await send('', {}, {}, env);
    expect([record.fault, record.detail]).toEqual([fault, 'there are no credentials']);
    if (fault === 'SVC0901') expect(text).toContain('<faultcode>SVC0901</faultcode>');
    expect(env.digest()).toBe(before);
  });

  test('a wrong password of HTTP Basic is 401 all the same', async () => {
    const { record } = await send('', basic('shop:wrong'), {}, asked('huawei'));
    expect(record.fault).toBe('HTTP 401');
  });
});

describe('OA and FA', () => {
  const open = openTestSandbox();
  const header = (fields: Readonly<Record<string, string>>) => huawei({ spId: 'shop', ...fields });

  test.each<[string, Readonly<Record<string, string>>, string]>([
    ['none', {}, 'tel:+15550100'],
    ['empty', { OA: '', FA: '' }, 'tel:+15550100'],
    ['the same digits', { OA: '15550100', FA: '15550100' }, 'tel:+15550100'],
    ['with scheme and space', { OA: 'tel: +15550100' }, 'tel:+15550100'],
    ['a national number', { OA: '09121234567', FA: '9121234567' }, 'tel:+989121234567'],
    ['the same name', { OA: 'SIP:anna@operator.example' }, 'sip:anna@operator.example;x=1'],
  ])('%s: taken', async (_, fields, endUserIdentifier) => {
    expect((await send(header(fields), {}, { endUserIdentifier }, open)).status).toBe(200);
  });

  test.each<[string, Readonly<Record<string, string>>, string]>([
    ['OA is another', { OA: '8' }, 'OA 8 is invaild!'],
    ['FA is another', { OA: '15550100', FA: '+15550101' }, 'FA +15550101 is invaild!'],
    ['OA first', { FA: '9', OA: '8' }, 'OA 8 is invaild!'],
    ['no number', { OA: 'anna' }, 'OA anna is invaild!'],
    ['another name', { OA: 'sip:{b}@operator.example' }, 'OA sip:b@operator.example is invaild!'],
    [
      'what clients take for a success in a name',
      { OA: 'ns1:chargeAmountResponse' },
      'OA  is invaild!',
    ],
    [
      'longer than any number',
      { OA: `+${'123456789'.repeat(9)}` },
      'OA +123456789123456 is invaild!',
    ],
    ['what clients take for a success', { OA: '22007201' }, 'OA 01 is invaild!'],
    ['the same in a longer one', { FA: '+1 2200-7201' }, 'FA 01 is invaild!'],
  ])('%s: SVC0905', async (_, fields, text) => {
    const before = open.digest();
    const answer = await send(header(fields), {}, {}, open);
    expect(answer.text).toContain(
      `<faultcode>SVC0905</faultcode><faultstring>${text}</faultstring>`,
    );
    expect(answer.record.fault).toBe('SVC0905');
    expect(open.digest()).toBe(before);
  });

  describe('of a charge to a reservation it is the owner who counts', () => {
    const KEYS = [
      'ReserveAmountCharging.reserveAdditionalAmount',
      'ReserveAmountCharging.chargeReservation',
      'ReserveAmountCharging.releaseReservation',
      'ReserveVolumeCharging.reserveAdditionalVolume',
      'ReserveVolumeCharging.chargeReservation',
      'ReserveVolumeCharging.releaseReservation',
    ];
    const ask = async (key: string, fields: Readonly<Record<string, string>>, identifier: string) =>
      open.post(
        envelope(
          messageOf(
            operationOf(key),
            sampleOf(operationOf(key), {
              reservationIdentifier: identifier,
              ...(key.endsWith('chargeReservation') && { referenceCode: `${key}-${identifier}` }),
            }),
          ),
          header(fields),
        ),
      );
    const opened = (key: string, application = 'shop') =>
      open.reserve(openerOf(operationOf(key)).key, {}, { application });

    test.each(KEYS)('%s', async (key) => {
      const identifier = await opened(key);
      const before = open.digest();
      const other = await ask(key, { OA: '15550199' }, identifier);
      expect(other.text).toContain('<faultstring>OA 15550199 is invaild!</faultstring>');
      expect(open.digest()).toBe(before);
      expect((await ask(key, { OA: '15550100', FA: '15550100' }, identifier)).status).toBe(200);
    });

    test('of one that is closed, unknown or of another application nothing is disclosed', async () => {
      const key = 'ReserveAmountCharging.chargeReservation';
      const closed = await opened(key);
      await ask('ReserveAmountCharging.releaseReservation', {}, closed);
      for (const identifier of [closed, '100000000099999', await opened(key, 'kiosk')]) {
        const { record } = await ask(key, { OA: '15550199' }, identifier);
        expect(record.fault).toBe('SVC0002');
      }
    });
  });

  const ours = header({ OA: '15550100', FA: '15550100' });
  test.each([
    ['two headers', ours + ours],
    ['OA twice', header({ OA: '8' }).replace('<OA>', '<OA>15550100</OA><OA>')],
    ['FA twice', ours.replace('<FA>', '<FA>8</FA><FA>')],
  ])('%s: SVC0905 of the header', async (_, doubled) => {
    const before = open.digest();
    const answer = await send(doubled, {}, {}, open);
    expect(answer.text).toContain(
      '<faultcode>SVC0905</faultcode><faultstring>SOAP Header parameters error<',
    );
    expect(open.digest()).toBe(before);
  });

  const SPLIT = operationOf('AmountCharging.chargeSplitAmount');
  test.each<[string, string, readonly string[], string]>([
    ['the first payer', '15550101', SPLIT_PAYERS, 'ok'],
    ['the last payer', '15550102', SPLIT_PAYERS, 'ok'],
    ['no payer', '15550100', SPLIT_PAYERS, 'SVC0905'],
    [
      'no payer, one of them without a number',
      '8',
      [SPLIT_PAYERS[0], 'sip:a@b.example'],
      'SVC0905',
    ],
    ['the payer without a number', 'sip:a@b.example', [SPLIT_PAYERS[0], 'sip:a@b.example'], 'ok'],
  ])('of a split, FA is %s', async (_, FA, payers, outcome) => {
    const splitInfo = payers.map((endUserIdentifier) => ({ endUserIdentifier, percent: '50' }));
    const message = messageOf(SPLIT, sampleOf(SPLIT, { splitInfo, referenceCode: `${FA}-split` }));
    const { record } = await open.post(envelope(message, header({ FA })));
    expect(record.fault ?? 'ok').toBe(outcome);
  });

  test('without a header nothing is compared', async () => {
    expect((await send('', {}, {}, open)).status).toBe(200);
  });
});

test('where no credentials are required, wrong ones name the application all the same', async () => {
  const open = openTestSandbox();
  const { status, record } = await send(huawei({ spId: 'shop', spPassword: 'x' }), {}, {}, open);
  expect([status, record.application]).toEqual([200, 'shop']);
});

test('the record has the path without its query', async () => {
  const path = '/AmountChargingService/services/AmountCharging';
  const { record } = await send('', { path: `${path}?password=x` }, {}, openTestSandbox());
  expect(record.path).toBe(path);
});
