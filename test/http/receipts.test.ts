// Delivery receipts over HTTP: when and to whom they are sent, and what becomes of those that nobody takes.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, describe, expect, test } from '@jest/globals';
import { createEmulator, type Emulator, type VirtualClock, virtualClock } from '../../src/emulator';
import { MESSAGING_LIMITS } from '../../src/limits';
import type { LostReceipt } from '../../src/sandbox/messaging/receipts';
import { temporaryFile } from '../support/test-sandbox';

const START = Date.UTC(2026, 0, 31, 9, 30);
const FIRST = 'tel:+15550100';
const SECOND = 'tel:+15550101';

interface Call {
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

type Answer = (response: ServerResponse) => void;

const accept: Answer = (response) => {
  response.end('<ok/>');
};

/** An application with an endpoint: each call it gets is answered by the next of `answers`, at last by the last. */
class Application {
  readonly calls: Call[] = [];
  readonly #server: Server;
  readonly #waiting: (() => void)[] = [];

  constructor(...answers: readonly Answer[]) {
    this.#server = createServer((request, response) => {
      const answer = answers[Math.min(this.calls.length, answers.length - 1)] ?? accept;
      let body = '';
      request.on('data', (chunk) => {
        body += chunk;
      });
      request.on('end', () => {
        this.calls.push({ url: request.url ?? '', headers: request.headers, body });
        answer(response);
        for (const wake of this.#waiting.splice(0)) wake();
      });
    });
    applications.push(this);
  }

  async listen(port = 0): Promise<string> {
    await new Promise<void>((listening) => this.#server.listen(port, '127.0.0.1', listening));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/receipts`;
  }

  async called(times: number): Promise<readonly Call[]> {
    while (this.calls.length < times) await new Promise<void>((wake) => this.#waiting.push(wake));
    return this.calls;
  }

  close(): Promise<void> {
    this.#server.closeAllConnections();
    return new Promise((closed) => this.#server.close(() => closed()));
  }
}

const applications: Application[] = [];
const emulators = new Set<Emulator>();

interface Running {
  readonly emulator: Emulator;
  readonly clock: ReturnType<typeof watched>;
  readonly lost: LostReceipt[];
  /** Resolves when so many receipts have been given up. */
  readonly givenUp: (times: number) => Promise<readonly LostReceipt[]>;
}

async function run(
  data = ':memory:',
  clock = watched(virtualClock(START)),
  messaging: object = {},
): Promise<Running> {
  const lost: LostReceipt[] = [];
  const waiting: (() => void)[] = [];
  const emulator = await createEmulator({
    data,
    clock,
    configuration: { messaging },
    log: {
      exchange: () => {},
      defect: (error) => {
        throw error;
      },
      lostReceipt: (receipt) => {
        lost.push(receipt);
        for (const wake of waiting.splice(0)) wake();
      },
    },
  });
  emulators.add(emulator);
  const givenUp = async (times: number) => {
    while (lost.length < times) await new Promise<void>((wake) => waiting.push(wake));
    return lost;
  };
  return { emulator, clock, lost, givenUp };
}

async function stop({ emulator }: Running): Promise<void> {
  emulators.delete(emulator);
  await emulator.close();
}

interface Sending {
  readonly addresses?: readonly string[];
  readonly version?: string;
  readonly service?: 'sms' | 'mms';
  readonly correlator?: string;
}

/** Sends a message with a receiptRequest; resolves with the whole answer. */
async function sending(
  { emulator }: Running,
  endpoint: string,
  sent: Sending = {},
): Promise<string> {
  const { addresses = [FIRST], version = 'v4_0', service = 'sms', correlator = 'corr-1' } = sent;
  const [name, path, family] =
    service === 'sms'
      ? ['sendSms', '/SendSmsService/services/SendSms', 'sms']
      : ['sendMessage', '/SendMessageService/services/SendMessage', 'multimedia_messaging'];
  const namespace = `http://www.csapi.org/schema/parlayx/${family}/send/${version}/local`;
  const parts = [
    ...addresses.map((address) => `<n:addresses>${address}</n:addresses>`),
    ...(service === 'sms' ? ['<n:message>Hi</n:message>'] : []),
    `<n:receiptRequest><endpoint>${endpoint}</endpoint>`,
    `<interfaceName>X</interfaceName><correlator>${correlator}</correlator></n:receiptRequest>`,
  ];
  const response = await fetch(emulator.url + path, {
    method: 'POST',
    headers: { 'Content-Type': 'text/xml; charset=utf-8', SOAPAction: '""' },
    body:
      '<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body>' +
      `<n:${name} xmlns:n="${namespace}">${parts.join('')}</n:${name}></e:Body></e:Envelope>`,
  });
  return response.text();
}

async function send(running: Running, endpoint: string, sent: Sending = {}): Promise<string> {
  const answer = await sending(running, endpoint, sent);
  const [, identifier] = /result>([^<]+)</.exec(answer) ?? [];
  if (identifier === undefined) throw new Error(answer);
  return identifier;
}

/** The bytes of a receipt. */
function receipt(family: string, version: string, name: string, address: string, status: string) {
  const namespace = `http://www.csapi.org/schema/parlayx/${family}/notification/${version}/local`;
  return (
    '<?xml version="1.0" encoding="utf-8" ?>' +
    '<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"' +
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><soapenv:Body>' +
    `<ns1:${name} xmlns:ns1="${namespace}"><ns1:correlator>corr-1</ns1:correlator>` +
    `<ns1:deliveryStatus><address>${address}</address><deliveryStatus>${status}</deliveryStatus>` +
    `</ns1:deliveryStatus></ns1:${name}></soapenv:Body></soapenv:Envelope>`
  );
}

const smsReceipt = (address: string, status: string, version = 'v4_0') =>
  receipt('sms', version, 'notifySmsDeliveryReceipt', address, status);

afterAll(async () => {
  await Promise.all([...emulators].map((emulator) => emulator.close()));
  await Promise.all(applications.map((application) => application.close()));
});

describe('a receipt', () => {
  test.each<['sms' | 'mms', string, string, string]>([
    ['sms', 'v2_2', 'sms', 'notifySmsDeliveryReceipt'],
    ['sms', 'v3_1', 'sms', 'notifySmsDeliveryReceipt'],
    ['sms', 'v4_0', 'sms', 'notifySmsDeliveryReceipt'],
    ['mms', 'v3_1', 'multimedia_messaging', 'notifyMessageDeliveryReceipt'],
    ['mms', 'v4_0', 'multimedia_messaging', 'notifyMessageDeliveryReceipt'],
  ])('of %s %s is sent when the message arrives', async (service, version, family, name) => {
    const running = await run();
    const application = new Application();
    await send(running, await application.listen(), { service, version });
    running.clock.advance(999);
    expect(application.calls).toEqual([]);

    running.clock.advance(1);
    const [call] = await application.called(1);
    expect(call?.url).toBe('/receipts');
    expect(call?.headers).toMatchObject({
      'content-type': 'text/xml; charset=utf-8',
      soapaction: '""',
      'content-length': String(Buffer.byteLength(call?.body ?? '')),
    });
    expect(call?.body).toBe(receipt(family, version, name, FIRST, 'DeliveredToTerminal'));
  });

  test('is one a recipient, each at its own time', async () => {
    const running = await run(undefined, undefined, {
      outcomes: [{ address: SECOND, outcome: 'impossible', delaySeconds: 60 }],
    });
    const application = new Application();
    await send(running, await application.listen(), { addresses: [SECOND, FIRST] });
    running.clock.advance(1_000);
    const [early] = await application.called(1);
    expect(early?.body).toBe(smsReceipt(FIRST, 'DeliveredToTerminal'));
    running.clock.advance(59_000);
    const [, late] = await application.called(2);
    expect(late?.body).toBe(smsReceipt(SECOND, 'DeliveryImpossible'));
  });

  test('is sent to each of more recipients than are told at one time', async () => {
    const running = await run();
    const application = new Application();
    const several = Array.from(
      { length: 2 * MESSAGING_LIMITS.receiptsAtOnce + 1 },
      (_, index) => `tel:+1555${1_000 + index}`,
    );
    await send(running, await application.listen(), { addresses: several });
    running.clock.advance(1_000);
    const calls = await application.called(several.length);
    expect(calls.map(({ body }) => body).sort()).toEqual(
      several.map((address) => smsReceipt(address, 'DeliveredToTerminal')).sort(),
    );
    await until(() => awaited(running).length === 0);
  });

  test('of a message that never arrives is sent when somebody settles it', async () => {
    const running = await run(undefined, undefined, {
      outcomes: [{ address: '*', outcome: 'never' }],
    });
    const application = new Application();
    const identifier = await send(running, await application.listen());
    running.clock.advance(86_400_000);
    expect(application.calls).toEqual([]);
    await running.emulator.sandbox().deliver(identifier, 'uncertain');
    const [call] = await application.called(1);
    expect(call?.body).toBe(smsReceipt(FIRST, 'DeliveryUncertain'));
  });

  test('that is not taken is sent again, three times in all, by the clock', async () => {
    const running = await run();
    const application = new Application((response) => {
      response.writeHead(500).end();
    });
    const endpoint = await application.listen();
    const reference = await send(running, endpoint);
    running.clock.advance(1_000);
    for (let tries = 1; tries < MESSAGING_LIMITS.receiptTries; tries += 1) {
      await until(() => running.clock.tries() === tries);
      running.clock.advance(MESSAGING_LIMITS.receiptPauseMs);
    }
    expect(await running.givenUp(1)).toEqual([
      {
        at: START + 1_000 + 2 * MESSAGING_LIMITS.receiptPauseMs,
        application: 'anonymous',
        reference,
        subscriber: FIRST,
        endpoint,
        reason: 'The answer was HTTP 500.',
      },
    ]);
    running.clock.advance(86_400_000);
    expect(application.calls).toHaveLength(MESSAGING_LIMITS.receiptTries);
  });

  test('that is not taken at first is not lost', async () => {
    const running = await run();
    const application = new Application((response) => response.destroy(), accept);
    await send(running, await application.listen());
    running.clock.advance(1_000);
    await until(() => running.clock.tries() === 1);
    running.clock.advance(MESSAGING_LIMITS.receiptPauseMs);
    await application.called(2);
    expect(running.lost).toEqual([]);
  });

  test('is not sent where an answer leads', async () => {
    const running = await run();
    const elsewhere = new Application();
    const location = await elsewhere.listen();
    const application = new Application((response) => {
      response.writeHead(307, { Location: location }).end();
    });
    await send(running, await application.listen());
    running.clock.advance(1_000);
    for (let tries = 1; tries < MESSAGING_LIMITS.receiptTries; tries += 1) {
      await until(() => running.clock.tries() === tries);
      running.clock.advance(MESSAGING_LIMITS.receiptPauseMs);
    }
    const [lost] = await running.givenUp(1);
    expect(lost?.reason).toBe('The answer was HTTP 307.');
    expect(elsewhere.calls).toEqual([]);
  });

  test('that hangs holds up neither another one nor a charge nor the end', async () => {
    const running = await run();
    const hanging = new Application(() => {});
    const prompt = new Application();
    await send(running, await hanging.listen());
    const second = await send(running, await prompt.listen(), { correlator: 'corr-2' });
    running.clock.advance(1_000);
    await hanging.called(1);
    expect((await prompt.called(1))[0]?.body).toContain('corr-2');
    const outcome = await running.emulator.sandbox().perform(
      'AmountCharging.chargeAmount',
      {
        endUserIdentifier: FIRST,
        charge: { description: ['SMS'], currency: 'EUR', code: '', amount: '1' as never },
        referenceCode: 'r-1',
        confirmationRefs: [second],
      },
      'anonymous',
    );
    expect(outcome).toMatchObject({ response: {} });
    await stop(running);
    expect(running.lost).toEqual([]);
  });
});

describe('after a restart', () => {
  test('what was due meanwhile is sent, and once', async () => {
    const file = temporaryFile();
    const application = new Application();
    const endpoint = await application.listen();
    const before = await run(file);
    await send(before, endpoint);
    await send(before, endpoint, { addresses: [SECOND] });
    await before.emulator.sandbox().deliver('SMS100000000000001', 'delivered');
    await until(() => awaited(before).length === 1);
    await stop(before);

    const after = await run(file, watched(virtualClock(START + 3_600_000)));
    const calls = await application.called(2);
    expect(calls.map(({ body }) => body)).toEqual([
      smsReceipt(FIRST, 'DeliveredToTerminal'),
      smsReceipt(SECOND, 'DeliveredToTerminal'),
    ]);
    await until(() => awaited(after).length === 0);
    await stop(after);
    expect(awaited(await run(file, watched(virtualClock(START + 7_200_000))))).toEqual([]);
    expect(application.calls).toHaveLength(2);
  });

  test('a host that is no longer allowed is not called', async () => {
    const file = temporaryFile();
    const allowed = { receipts: { allowedHosts: ['sp.invalid'] } };
    const before = await run(file, undefined, allowed);
    await send(before, 'http://sp.invalid/receipts');
    await stop(before);
    const after = await run(file, watched(virtualClock(START + 3_600_000)));
    const [lost] = await after.givenUp(1);
    expect(lost?.reason).toBe(
      'The endpoint is on sp.invalid, which is not this machine and not among messaging.receipts.allowedHosts.',
    );
  });
});

describe('an endpoint', () => {
  test('elsewhere is SVC0002 receiptRequest, and nothing is sent', async () => {
    const running = await run();
    const answer = await sending(running, 'http://sp.example.com/receipts');
    expect(answer).toContain('<variables>receiptRequest</variables>');
    expect(running.emulator.sandbox().ledger.read.evidences()).toEqual([]);
  });

  test('elsewhere is taken when its host is allowed', async () => {
    const running = await run(undefined, undefined, {
      receipts: { allowedHosts: ['SP.example.com'] },
    });
    expect(await send(running, 'http://sp.example.com/receipts')).toMatch(/^SMS/);
  });
});

/** What is still to be told, whenever it settles. */
function awaited({ emulator }: Running) {
  return emulator.sandbox().ledger.read.receiptsDue(Number.MAX_SAFE_INTEGER, 10);
}

/** Turns of the event loop until something holds. */
async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((next) => setImmediate(next));
}

/** A clock that tells how often another try has been planned on it. */
function watched(clock: VirtualClock): VirtualClock & { readonly tries: () => number } {
  let tries = 0;
  return {
    ...clock,
    after: (delayMs, task) => {
      if (delayMs === MESSAGING_LIMITS.receiptPauseMs) tries += 1;
      return clock.after(delayMs, task);
    },
    tries: () => tries,
  };
}
