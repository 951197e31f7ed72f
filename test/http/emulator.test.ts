// The emulator as a library: from options to answers over HTTP, and away again.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, test } from '@jest/globals';
import {
  createEmulator,
  type Emulator,
  type EmulatorOptions,
  type ExchangeRecord,
  virtualClock,
} from '../../src/emulator';
import { charge } from '../cli/charge';

const folder = mkdtempSync(join(tmpdir(), 'parlayx-emulator-'));
afterAll(() => rmSync(folder, { recursive: true }));

let started: Emulator[] = [];
afterEach(async () => {
  await Promise.all(started.map((emulator) => emulator.close()));
  started = [];
});

async function emulated(options?: EmulatorOptions): Promise<Emulator> {
  const emulator = await createEmulator(options);
  started.push(emulator);
  return emulator;
}

const FAN = 'tel:+15550100';
const SEED = { subscribers: [{ address: FAN, wallets: [{ balance: '5.00' }] }] };
const OK = /^200 .*chargeAmountResponse/s;
const NO_FUNDS = /^500 .*SVC0270/s;

test('without options it charges', async () => {
  const { url, port } = await emulated();
  expect(url).toBe(`http://127.0.0.1:${port}`);
  expect(await charge(url, FAN, '1')).toMatch(OK);
});

test('it is ready when it is there', async () => {
  const { url, seeded } = await emulated({ seed: SEED });
  expect(seeded).toEqual({ applied: 1, existing: 0 });
  expect((await fetch(`${url}/readyz`)).status).toBe(200);
});

test('it does what its configuration says', async () => {
  const { url } = await emulated({
    configuration: { policies: { maximumAmountPerTransaction: { EUR: '2' } } },
    seed: SEED,
  });
  expect(await charge(url, FAN, '2.00')).toMatch(OK);
  expect(await charge(url, FAN, '2.01')).toMatch(/^500 /);
  expect(await charge(url, FAN, '2.00')).toMatch(OK);
  expect(await charge(url, FAN, '1.01')).toMatch(NO_FUNDS);
});

test('several live side by side and know nothing of each other', async () => {
  const [one, other] = [await emulated({ seed: SEED }), await emulated({ seed: SEED })];
  expect(await charge(one.url, FAN, '5')).toMatch(OK);
  expect(await charge(other.url, FAN, '5')).toMatch(OK);
});

test('it lives by the clock that it is given', async () => {
  const records: ExchangeRecord[] = [];
  const clock = virtualClock(1_000);
  const log = { exchange: (record: ExchangeRecord) => records.push(record), defect: () => {} };
  const { url } = await emulated({ clock, log });
  await charge(url, FAN, '1');
  clock.advance(500);
  await charge(url, FAN, '1');
  expect(records.map(({ at }) => at)).toEqual([1_000, 1_500]);
});

test('its ledger in a file outlives it', async () => {
  const data = join(folder, 'ledger.db');
  const first = await emulated({ data, seed: SEED });
  expect(await charge(first.url, FAN, '4.00')).toMatch(OK);
  await first.close();
  const second = await emulated({ data, seed: SEED });
  expect(second.seeded).toEqual({ applied: 0, existing: 1 });
  expect(await charge(second.url, FAN, '1.01')).toMatch(NO_FUNDS);
});

test('it tells the base URL in its WSDL', async () => {
  const { url } = await emulated({ baseUrl: 'https://pay.example/' });
  const response = await fetch(`${url}/AmountChargingService/services/AmountCharging?wsdl`);
  expect(await response.text()).toContain(
    'location="https://pay.example/AmountChargingService/services/AmountCharging"',
  );
});

describe('it does not start', () => {
  test('with a configuration that cannot be meant', async () => {
    const configuration = { policies: { MaximumDescriptions: 0 } };
    await expect(createEmulator({ configuration })).rejects.toThrow(
      'configuration: policies.MaximumDescriptions: found the number 0, expected a whole number of 1 or more',
    );
  });

  test('with a seed that cannot be meant', async () => {
    const seed = { subscribers: [{ address: 'nobody' }] };
    await expect(createEmulator({ seed })).rejects.toThrow('seed: subscribers[0].address: found');
  });

  test('on a port that is taken, and leaves its ledger free', async () => {
    const { port } = await emulated();
    const data = join(folder, 'taken.db');
    await expect(createEmulator({ port, data })).rejects.toMatchObject({ code: 'EADDRINUSE' });
    await emulated({ data });
  });
});

test('closing is final, may be repeated, and frees port and ledger', async () => {
  const data = join(folder, 'closed.db');
  const first = await createEmulator({ data });
  await Promise.all([first.close(), first.close()]);
  await first.close();
  const second = await emulated({ data, port: first.port });
  expect(second.port).toBe(first.port);
});
