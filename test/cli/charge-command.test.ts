// charge, refund and reserve are real SOAP calls in every version; what is told of an answer, and of none.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Emulator } from '../../src/emulator';
import { emulated, FAN, MASKED, run } from './in-process';

let emulator: Emulator;
let environment: Record<string, string>;
beforeAll(async () => {
  // Strict: a request that is not to the letter would be refused.
  emulator = await emulated({ strict: true });
  environment = { PARLAYX_URL: emulator.url };
});

const told = (line: string) => run(line, environment);

describe.each([['v4_0'], ['v3_1'], ['v2_1'], ['v2_0']])('in %s', (version) => {
  // 2.0 has amounts without a currency.
  const currency = version === 'v2_0' ? '' : ' EUR';

  test('charge and refund', async () => {
    const charged = await told(
      `charge ${FAN} 2.50${currency} --reference r-1 --version ${version}`,
    );
    expect(charged).toEqual({
      code: 0,
      out: `${MASKED} was charged 2.50${currency} under reference r-1.\n`,
      err: expect.stringMatching(/^\d+ ms\n$/),
    });
    const refunded = await told(`refund ${FAN} 1${currency} --reference r-1 --version ${version}`);
    expect(refunded.out).toBe(`${MASKED} was refunded 1${currency} under reference r-1.\n`);
    emulator.sandbox().verify.net({ subscriber: FAN, reference: 'r-1' }, '1.50').assert();
    expect(
      emulator
        .sandbox()
        .journal.list()
        .map((each) => each.version),
    ).toEqual([version, version]);
  });

  test('reserve', async () => {
    const { out } = await told(`reserve ${FAN} 10${currency} --version ${version}`);
    const [hold] = emulator.sandbox().verify.openHolds();
    expect(hold?.remaining).toBe('10.00');
    expect(out).toBe(`${MASKED} has reserved 10${currency}: reservation ${hold?.reservation}.\n`);
  });
});

test('the exchange is told by its id, to be explained', async () => {
  const { url } = await emulated();
  const { err } = await run(`charge ${FAN} 1 --reference r-8`, { PARLAYX_URL: url });
  expect(err).toMatch(/^\d+ ms, exchange default-000001\n$/);
});

describe('what is asked for', () => {
  test('is described, has a code, and says who asks', async () => {
    await told(
      `charge ${FAN} 2 EUR --reference r-2 --description 'Two songs' --application shop --password x`,
    );
    const [entry] = emulator.sandbox().ledger.read.billEntries();
    expect(entry).toMatchObject({ application: 'shop', texts: ['Two songs'] });
  });

  test('is for one sandbox', async () => {
    await told(`charge ${FAN} 2 EUR --reference r-3 --sandbox alice`);
    emulator.sandbox().verify.never({ reference: 'r-3' }).assert();
    emulator.sandbox('alice').verify.exactlyOnce({ reference: 'r-3' }).assert();
    await emulator.sandboxes.remove('alice');
  });

  test.each([
    [`charge ${FAN} 1`, /^A charge needs --reference, /],
    [`refund ${FAN} 1`, /^A refund needs --reference, /],
    [`charge ${FAN}`, /^error: missing required argument 'amount'\n$/],
    [`charge ${FAN} 1 --reference r --version v5`, /^There is no version "v5": write v4_0, /],
    [
      `charge ${FAN} 1 EUR --reference r --version v2_0`,
      /^A request of v2_0 has an amount, and neither currency nor code\.\n$/,
    ],
    [`charge ${FAN} 1 --reference r --timeout never`, /^Found "never", expected a duration /],
  ])('%s: 2', async (line, err) => {
    expect(await told(line)).toEqual({ code: 2, out: '', err: expect.stringMatching(err) });
  });
});

describe('--verbose', () => {
  test('prints both messages without numbers and secrets', async () => {
    const { out } = await told(
      `charge ${FAN} 1 EUR --reference r-4 --application shop --password hidden --verbose`,
    );
    expect(out).toContain(`POST ${emulator.url}/AmountChargingService/services/AmountCharging\n`);
    expect(out).toContain(`<ns1:endUserIdentifier>${MASKED}</ns1:endUserIdentifier>`);
    expect(out).toContain('Authorization: Basic ***');
    expect(out).toMatch(/\nHTTP 200\n.*chargeAmountResponse/s);
    expect(out).not.toContain('15550100');
  });

  test('--reveal shows the number', async () => {
    const { out } = await told(`charge ${FAN} 1 EUR --reference r-5 --verbose --reveal`);
    expect(out).toContain(`<ns1:endUserIdentifier>${FAN}</ns1:endUserIdentifier>`);
    expect(out).toMatch(new RegExp(`^${FAN.replace('+', '\\+')} was charged 1 EUR`, 'm'));
  });
});

describe('an answer that is no success', () => {
  const doubt =
    'whether it was done is unknown; ask with "parlayx-emulator verify exactly-once --reference r-6".';

  test.each([
    [
      'fault-500',
      12,
      'Refused with SVC0270: Charging operation failed, the charge was not applied.',
    ],
    ['html-400', 12, 'Refused with HTTP 400 without a chargeAmountResponse.'],
    ['error-500', 20, `The answer is HTTP 500 without a chargeAmountResponse: ${doubt}`],
    ['proxy-html', 20, `The answer is HTTP 200 without a chargeAmountResponse: ${doubt}`],
    ['malformed', 20, `The answer is HTTP 200 without a chargeAmountResponse: ${doubt}`],
    ['empty', 20, `The answer is HTTP 200 without a chargeAmountResponse: ${doubt}`],
    ['reset', 20, `No answer (ECONNRESET): ${doubt}`],
    ['half', 20, `No answer (ECONNRESET): ${doubt}`],
    ['timeout', 20, `No answer (no answer within 0.2 s): ${doubt}`],
  ])('%s: %d', async (outcome, code, sentence) => {
    emulator.sandbox().faults.next(outcome);
    const line = `charge ${FAN} 1 EUR --reference r-6 --timeout 200ms`;
    const finished = await told(line);
    expect(finished).toMatchObject({ code, out: '' });
    expect(finished.err.split('\n')[0]).toBe(sentence);
    emulator.sandbox().faults.next(outcome);
    const { outcome: word } = JSON.parse((await told(`${line} --json`)).out);
    expect(word).toBe(code === 12 ? 'refused' : 'unknown');
  });

  test('nothing listens: 11, and nothing was sent', async () => {
    const line = `charge ${FAN} 1 EUR --reference r-7 --url http://127.0.0.1:1`;
    expect(await run(line)).toEqual({
      code: 11,
      out: '',
      err: expect.stringMatching(
        /^Nothing answers at http:\/\/127\.0\.0\.1:1 \(ECONNREFUSED\), so nothing was sent: start an emulator /,
      ),
    });
  });

  test('a name that does not resolve: 11', async () => {
    const line = `charge ${FAN} 1 EUR --reference r-7 --url http://gateway.invalid`;
    expect(await run(line)).toMatchObject({ code: 11, out: '' });
  });
});

describe('another gateway', () => {
  let gateway: Server;
  let received: { url: string | undefined; body: string }[];
  let answer: string;
  beforeAll(async () => {
    received = [];
    gateway = createServer((request, response) => {
      let body = '';
      request.setEncoding('utf8').on('data', (part) => {
        body += part;
      });
      request.on('end', () => {
        received.push({ url: request.url, body });
        response.setHeader('Content-Type', 'text/xml');
        response.end(answer);
      });
    });
    await new Promise<void>((resolve) => gateway.listen(0, '127.0.0.1', resolve));
  });
  afterAll(() => {
    gateway.close();
  });
  const url = () => `http://127.0.0.1:${(gateway.address() as AddressInfo).port}/parlayx/amount`;
  const soap = (body: string) =>
    `<S:Envelope xmlns:S="http://schemas.xmlsoap.org/soap/envelope/"><S:Body>${body}</S:Body></S:Envelope>`;

  test.each([
    [
      '<m:chargeAmountResponse xmlns:m="urn:x"/>',
      0,
      `${MASKED} was charged 1 EUR under reference r.`,
    ],
    [
      '<S:Fault><faultcode>POL0910</faultcode><faultstring>Limit</faultstring></S:Fault>',
      12,
      'Refused with POL0910: Limit',
    ],
    ['<m:somethingElse xmlns:m="urn:x"/>', 20, expect.stringMatching(/^The answer is HTTP 200 /)],
  ])('is called at its own path; %s: %d', async (body, code, sentence) => {
    answer = soap(body);
    const finished = await run(`charge ${FAN} 1 EUR --reference r --url ${url()}`);
    expect(finished.code).toBe(code);
    expect((finished.out + finished.err).split('\n')[0]).toEqual(sentence);
    expect(received.at(-1)).toEqual({
      url: '/parlayx/amount',
      body: expect.stringContaining(`<ns1:endUserIdentifier>${FAN}</ns1:endUserIdentifier>`),
    });
  });
});
