// The journals of a whole emulator: their settings, their ids over HTTP, and one for each sandbox.
import { afterEach, expect, test } from '@jest/globals';
import { createEmulator, type Emulator, type EmulatorOptions } from '../../src/emulator';
import { payment } from '../contract/asking';
import { operationOf } from '../support/operations';
import { envelope, messageOf } from '../support/requests';
import { pathOf } from '../support/test-sandbox';

const CHARGE = operationOf('AmountCharging.chargeAmount');
const running = new Set<Emulator>();

afterEach(async () => {
  for (const emulator of running) await emulator.close();
  running.clear();
});

async function started(options: EmulatorOptions = {}): Promise<Emulator> {
  const emulator = await createEmulator(options);
  running.add(emulator);
  return emulator;
}

/** The id in the answer to a charge at a base URL. */
async function charged(url: string, headers: Readonly<Record<string, string>> = {}) {
  const response = await fetch(url + pathOf(CHARGE), {
    method: 'POST',
    headers: { 'Content-Type': 'text/xml; charset=utf-8', SOAPAction: '""', ...headers },
    body: envelope(messageOf(CHARGE, payment({ amount: '1' }))),
  });
  await response.text();
  return response.headers.get('x-parlayx-exchange');
}

test('every answer tells the id of its exchange, in each sandbox its own', async () => {
  const { url, sandbox } = await started();
  expect([await charged(url), await charged(url), await charged(`${url}/s/blue`)]).toEqual([
    'default-000001',
    'default-000002',
    'blue-000001',
  ]);
  expect(sandbox().journal.list()).toHaveLength(2);
  expect(sandbox('blue').journal.list()).toMatchObject([{ sandbox: 'blue', status: 200 }]);
});

test.each<[string, EmulatorOptions, string | null, number]>([
  ['nothing is kept', { journal: false }, null, 0],
  ['answers are held to the letter', { strict: true }, null, 2],
  ['one exchange is kept', { maxJournal: 1 }, 'default-000002', 1],
  ['exchanges are kept for a time', { maxAge: 60 }, 'default-000002', 2],
])('when %s', async (_what, options, id, kept) => {
  const { url, sandbox } = await started(options);
  await charged(url);
  expect(await charged(url)).toBe(id);
  expect(sandbox().journal.list()).toHaveLength(kept);
});

test('a wait ends when the emulator does', async () => {
  const emulator = await started();
  const waiting = emulator.sandbox().journal.wait({ reference: 'never' });
  await Promise.all([emulator.close(), expect(waiting).rejects.toThrow('0 came')]);
});
