// Short and Multimedia Messaging, asked to the letter and otherwise: the bytes of every answer, in every version.
import { describe, expect, test } from '@jest/globals';
import { MESSAGING_LIMITS, PART_LIMITS } from '../../src/limits';
import { readAnswer } from '../../src/soap/answer';
import { expectSoapFault, type Fault, faultDocument, responseDocument } from '../support/answers';
import { MESSAGING, operationOf } from '../support/operations';
import { envelope, messageOf, type Parts } from '../support/requests';
import { deviationsOf, openTestSandbox, type RequestOptions } from '../support/test-sandbox';

const env = openTestSandbox();

const FIRST = 'tel:+15550100';
const SECOND = 'tel:+15550101';
const STRANGER = { application: 'somebody-else' };

const SENDS = MESSAGING.filter(({ name }) => name.startsWith('send')).map(
  ({ key, version }) => [version, key] as const,
);

function partsOf(key: string, given: Parts = {}): Parts {
  const content = key === 'SendSms.sendSms' ? { message: 'Your code is 4711.' } : {};
  return { addresses: [FIRST], ...content, ...given };
}

function statusKeyOf(key: string): string {
  return key === 'SendSms.sendSms'
    ? 'SendSms.getSmsDeliveryStatus'
    : 'SendMessage.getMessageDeliveryStatus';
}

async function send(key: string, options: RequestOptions, given: Parts = {}): Promise<string> {
  const reply = await env.ask(key, partsOf(key, given), options);
  const [, identifier] = /<ns1:result>([^<]+)<\/ns1:result>/.exec(reply.text) ?? [];
  if (identifier === undefined) throw new Error(`nothing was sent: ${reply.text}`);
  return identifier;
}

function told(...lines: readonly (readonly [address: string, status: string])[]): string {
  return lines
    .map(
      ([address, status]) =>
        `<ns1:result><address>${address}</address><deliveryStatus>${status}</deliveryStatus></ns1:result>`,
    )
    .join('');
}

describe.each(SENDS)('%s %s', (version, key) => {
  const operation = operationOf(key, version);
  const statusOperation = operationOf(statusKeyOf(key), version);
  const statusOf = (requestIdentifier: string, options: RequestOptions = {}) =>
    env.ask(statusOperation.key, { requestIdentifier }, { version, ...options });

  test('answers an identifier, and tells of each address as time goes by', async () => {
    const answer = await env.ask(key, partsOf(key, { addresses: [FIRST, SECOND] }), { version });
    expect(answer.record.deviations).toEqual([]);
    expect(readAnswer(operation, Buffer.from(answer.text)).kind).toBe('response');
    const [, identifier = ''] = /result>((?:SMS|MMS)\d{15})</.exec(answer.text) ?? [];
    expect(answer.text).toBe(responseDocument(operation, `<ns1:result>${identifier}</ns1:result>`));

    const early = await statusOf(identifier);
    expect(early.text).toBe(
      responseDocument(
        statusOperation,
        told([FIRST, 'DeliveredToNetwork'], [SECOND, 'DeliveredToNetwork']),
      ),
    );
    env.clock.advance(1_000);
    const late = await statusOf(identifier);
    expect(late.text).toBe(
      responseDocument(
        statusOperation,
        told([FIRST, 'DeliveredToTerminal'], [SECOND, 'DeliveredToTerminal']),
      ),
    );
    expect(late.record.deviations).toEqual([]);
    expect(readAnswer(statusOperation, Buffer.from(late.text)).kind).toBe('response');
  });

  test('tells nobody else of it, and not that it is there', async () => {
    const identifier = await send(key, { version });
    const foreign = await statusOf(identifier, STRANGER);
    const unknown = await statusOf('SMS100000000099999');
    expect([foreign.text, unknown.text]).toEqual([
      faultDocument(['SVC0002', 'requestIdentifier'], commonVersion(version)),
      faultDocument(['SVC0002', 'requestIdentifier'], commonVersion(version)),
    ]);
  });

  const LONG = 'x'.repeat(MESSAGING_LIMITS.titleCharacters + 1);
  const receipt = (endpoint: string): Parts => ({
    receiptRequest: { endpoint, interfaceName: 'SmsNotification', correlator: 'c' },
  });

  test.each<[what: string, given: Parts, fault: Fault]>([
    ['an address that names nobody', { addresses: ['tel:*'] }, ['SVC0004', 'addresses']],
    ['no address that names anybody', { addresses: ['x y', 'tel:*'] }, ['SVC0004', 'addresses']],
    [
      'one of several that names nobody',
      { addresses: [FIRST, 'tel:12'] },
      ['SVC0002', 'addresses'],
    ],
    [
      'an address too long',
      { addresses: [`sip:${'a'.repeat(PART_LIMITS.endUserIdentifierCharacters)}@b`] },
      ['SVC0002', 'addresses'],
    ],
    [
      'too many addresses',
      {
        addresses: Array.from(
          { length: MESSAGING_LIMITS.addresses + 1 },
          (_, each) => `tel:+1555${1000 + each}`,
        ),
      },
      ['POL0003', 'addresses'],
    ],
    ['a charge for the sender', { charging: { description: 'SMS', amount: '0.10' } }, ['POL0008']],
    ['an endpoint elsewhere', receipt('http://192.0.2.1/receipts'), ['SVC0002', 'receiptRequest']],
    ['an endpoint that is no URL', receipt('receipts'), ['SVC0002', 'receiptRequest']],
    [
      'a long endpoint',
      receipt(`http://localhost/${'x'.repeat(MESSAGING_LIMITS.endpointCharacters)}`),
      ['SVC0002', 'receiptRequest'],
    ],
    [
      'a long correlator',
      { receiptRequest: { endpoint: 'http://localhost/', interfaceName: 'x', correlator: LONG } },
      ['SVC0002', 'receiptRequest'],
    ],
    key === 'SendSms.sendSms'
      ? ['a long senderName', { senderName: LONG }, ['SVC0002', 'senderName']]
      : ['a long senderAddress', { senderAddress: LONG }, ['SVC0002', 'senderAddress']],
    key === 'SendSms.sendSms'
      ? [
          'a long message',
          { message: 'x'.repeat(MESSAGING_LIMITS.messageCharacters + 1) },
          ['SVC0002', 'message'],
        ]
      : ['a long subject', { subject: LONG }, ['SVC0002', 'subject']],
    [
      'shape before policy',
      { addresses: ['tel:*'], charging: { description: 'SMS' } },
      ['SVC0004', 'addresses'],
    ],
  ])('%s', async (_what, given, fault) => {
    const before = env.digest();
    const answer = await env.ask(key, partsOf(key, given), { version });
    expect(answer.text).toBe(faultDocument(fault, commonVersion(version)));
    expect(env.digest()).toBe(before);
  });

  test('no address at all is SVC0002', async () => {
    const { addresses: _none, ...others } = partsOf(key);
    const answer = await env.ask(key, others, { version });
    expect(answer.text).toBe(faultDocument(['SVC0002', 'addresses'], commonVersion(version)));
  });

  test('bare digits are read as tel:, and one address under two spellings is one', async () => {
    const addresses = ['+15550100', FIRST, 'TEL:+1-555-0100'];
    const answer = await env.ask(key, partsOf(key, { addresses }), { version });
    expect(deviationsOf(answer)).toEqual(['address.scheme']);
    const [, identifier = ''] = /result>([^<]+)</.exec(answer.text) ?? [];
    env.clock.advance(1_000);
    expect((await statusOf(identifier)).text).toBe(
      responseDocument(statusOperation, told([FIRST, 'DeliveredToTerminal'])),
    );
    expect(answer.record.subject).toBe(addresses.join(' '));
  });
});

describe('without a namespace of ours', () => {
  const namespaceless = (name: string, parts: string) => envelope(`<${name}>${parts}</${name}>`);

  test('a short message is of 2.2, as most of the field is', async () => {
    const body = namespaceless('sendSms', `<addresses>${FIRST}</addresses><message>Hi</message>`);
    const answer = await env.post(body);
    expect(answer.record).toMatchObject({ version: 'v2_2', status: 200 });
    expect(deviationsOf(answer)).toEqual(expect.arrayContaining(['ns.none']));
  });

  test('a multimedia message is of 4.0', async () => {
    const answer = await env.post(namespaceless('sendMessage', `<addresses>${FIRST}</addresses>`));
    expect(answer.record).toMatchObject({ version: 'v4_0', status: 200 });
  });
});

test('held to the letter, an address without a scheme is refused', async () => {
  const strict = openTestSandbox({ wire: { strict: true } });
  const answer = await strict.ask(
    'SendSms.sendSms',
    partsOf('SendSms.sendSms', { addresses: ['15550100'] }),
  );
  expect(answer.text).toBe(faultDocument(['SVC0002', 'addresses']));
});

test('what an application offers is no service of the emulator', async () => {
  const answer = await env.post(
    envelope(
      '<n:notifySmsDeliveryReceipt xmlns:n="http://www.csapi.org/schema/parlayx/sms/notification/v4_0/local"/>',
    ),
  );
  expect(expectSoapFault(answer, 'Client')).toBe('Unknown operation');
});

describe('outcomes', () => {
  const own = openTestSandbox();
  const outcome = async (address: string, afterMs: number): Promise<string> => {
    const key = 'SendSms.sendSms';
    const reply = await own.ask(key, partsOf(key, { addresses: [address] }));
    const [, requestIdentifier = ''] = /result>([^<]+)</.exec(reply.text) ?? [];
    own.clock.advance(afterMs);
    const { text } = await own.ask('SendSms.getSmsDeliveryStatus', { requestIdentifier });
    return /deliveryStatus>([^<]+)</.exec(text)?.[1] ?? text;
  };

  test.each([
    ['tel:+15550101', 4_999, 'DeliveredToNetwork'],
    ['tel:+15550101', 5_000, 'DeliveryImpossible'],
    ['tel:+15550102', 0, 'DeliveryUncertain'],
    ['tel:+15550103', 86_400_000, 'DeliveredToNetwork'],
    ['tel:+15550104', 999, 'DeliveredToNetwork'],
    ['tel:+15550104', 1_000, 'DeliveredToTerminal'],
  ])('by address: %s after %i ms is %s', async (address, afterMs, expected) => {
    own.sandbox.setDeliveryRules([
      { address: 'tel:+15550101', outcome: 'impossible', afterMs: 5_000 },
      { address: '*02', outcome: 'uncertain', afterMs: 0 },
      { address: '*03', outcome: 'never', afterMs: 0 },
    ]);
    expect(await outcome(address, afterMs)).toBe(expected);
  });

  test('are settled by hand, for one recipient or all', async () => {
    const identifier = await send('SendSms.sendSms', {}, { addresses: [FIRST, SECOND] });
    const status = async () => {
      const key = 'SendSms.getSmsDeliveryStatus';
      return (await env.ask(key, { requestIdentifier: identifier })).text;
    };
    const operation = operationOf('SendSms.getSmsDeliveryStatus');

    await env.sandbox.deliver(identifier, 'impossible', SECOND);
    expect(await status()).toBe(
      responseDocument(
        operation,
        told([FIRST, 'DeliveredToNetwork'], [SECOND, 'DeliveryImpossible']),
      ),
    );
    await env.sandbox.deliver(identifier, 'delivered');
    expect(await status()).toBe(
      responseDocument(
        operation,
        told([FIRST, 'DeliveredToTerminal'], [SECOND, 'DeliveredToTerminal']),
      ),
    );
  });
});

describe('a message with attachments', () => {
  const TYPE = 'multipart/related; type="text/xml"; start="<body>"; boundary="----=_Part_0_1"';

  test('is read by its root part; the others are counted', async () => {
    const operation = operationOf('SendMessage.sendMessage', 'v3_1');
    const text = envelope(messageOf(operation, partsOf(operation.key, { subject: 'Picture' })));
    const body = Buffer.concat([
      Buffer.from('------=_Part_0_1\r\nContent-Type: image/gif\r\nContent-ID: <pic>\r\n\r\n'),
      Buffer.from([0x47, 0x49, 0x46, 0x00, 0xff, 0x0d, 0x0a]),
      Buffer.from('\r\n------=_Part_0_1\r\nContent-Type: text/xml; charset=UTF-8\r\n'),
      Buffer.from(`Content-ID: <body>\r\n\r\n${text}\r\n------=_Part_0_1--\r\n`),
    ]);
    const answer = await env.post(body, {
      headers: { 'content-type': TYPE },
      path: '/SendMessageService/services/SendMessage',
    });
    expect(answer.record).toMatchObject({
      operation: 'SendMessage.sendMessage',
      version: 'v3_1',
      status: 200,
      attachments: 1,
      deviations: [],
    });
  });

  test('that breaks off is a fault, and nothing is sent', async () => {
    const before = env.digest();
    const body = `------=_Part_0_1\r\n\r\n${envelope('<sendMessage/>')}\r\n`;
    const answer = await env.post(body, { headers: { 'content-type': TYPE } });
    expect(expectSoapFault(answer, 'Client')).toBe(
      'The multipart message has no closing delimiter.',
    );
    expect(env.digest()).toBe(before);
  });
});

/** The release of the common types that a version of messaging belongs to. */
function commonVersion(version: string): string {
  return version === 'v2_2' ? 'v2_1' : version;
}
