// The table over real sockets, byte for byte as clients send it: the same answers, framed so that old clients read them.
import { describe, expect, test } from '@jest/globals';
import type { ExchangeRecord } from '../../../src/emulator';
import { rawClient } from '../../http/support';
import { startEmulator } from '../foreign-client';
import { inProcess, overHttp, requestBytes } from './running';
import { STUBS } from './stubs';
import { TABLE } from './table';

describe('a variant over a socket', () => {
  test.each(TABLE)('%s', async (_, variant) => {
    const [answer, expected] = await Promise.all([overHttp(variant), inProcess(variant)]);
    const { status, text, ledger, record } = answer;
    expect({ status, text, ledger }).toEqual({
      status: expected.status,
      text: expected.text,
      ledger: expected.ledger,
    });
    expect(comparable(record)).toEqual(comparable(expected.record));
    expect(answer.headers).toMatchObject({
      'content-type': expected.headers['content-type'],
      'content-length': expected.headers['content-length'],
    });
    expect(Object.keys(answer.headers)).not.toContain('transfer-encoding');
    expect(Object.keys(answer.headers)).not.toContain('content-encoding');
  });
});

/** What two sandboxes tell alike of one message: not their names, and not how it was framed and how long it took. */
function comparable({ id, sandbox, milliseconds, request, response, ...record }: ExchangeRecord) {
  return { ...record, request: request.bytes, response: response.bytes };
}

test('toolkits that stay connected send one request after the other over one connection', async () => {
  const emulator = await startEmulator();
  const messages = STUBS.filter(({ opening }) => opening === undefined)
    .map(({ request }) => request(''))
    .filter(({ headers }) => headers.some(([, value]) => /^keep-alive$/i.test(value)));
  expect(messages.length).toBeGreaterThan(6);

  const client = rawClient(emulator.port);
  for (const [index, message] of messages.entries()) {
    client.send(requestBytes(message));
    const answers = await client.received(
      new RegExp(`^(?:HTTP/1\\.1 200 OK\r\n.*?</soapenv:Envelope>){${index + 1}}$`, 's'),
    );
    expect(answers).not.toMatch(/^connection: close/im);
  }
  client.socket.destroy();
  expect(emulator.records.map(({ status }) => status)).toEqual(messages.map(() => 200));
});

test('a connection of HTTP/1.0 ends with its answer', async () => {
  const emulator = await startEmulator();
  const old = STUBS.find(({ name }) => name === 'Axis 1.4: chargeAmount');
  const answer = await rawClient(emulator.port)
    .send(requestBytes(old!.request('')))
    .closed();
  expect(answer).toMatch(/^HTTP\/1\.[01] 200 OK\r\n/);
  expect(answer).toMatch(/<ns1:chargeAmountResponse [^>]*><\/ns1:chargeAmountResponse>/);
});
