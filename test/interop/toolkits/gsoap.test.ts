// gSOAP generates C code from every WSDL that is served, and a program made with it charges and reads typed faults.
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { FAULTS, type Fault } from '../../support/answers';
import { PACKAGED } from '../../support/operations';
import { type RunningEmulator, serviceOf, startEmulator } from '../foreign-client';
import { AMOUNT_CASES, BARRED, SEED, UNICODE } from './cases';
import type { Told } from './client-process';
import { programOf } from './installed';
import { GSOAP, program } from './toolkits';

const CONFIGURATION = { policies: { maximumAmountPerTransaction: { EUR: '6000.00' } } };
const execute = promisify(execFile);
const check = programOf(GSOAP) === undefined ? (test.skip as typeof test) : test;

let emulator: RunningEmulator;
let folder: string;

beforeAll(async () => {
  emulator = await startEmulator({ configuration: CONFIGURATION, seed: SEED });
  folder = mkdtempSync(join(tmpdir(), 'gsoap-'));
  if (check === test) await buildClient();
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe('gSOAP', () => {
  describe('compiles the WSDL', () => {
    check.each(
      PACKAGED.services.map(
        ({ version, path, interfaceName }) =>
          [`${version} ${interfaceName}`, version, path] as const,
      ),
    )('%s', async (name, version, path) => {
      const prefix = name.replace(' ', '_');
      await generate(prefix, `${emulator.url}${path}?wsdl=${version}`);
      await inFolder('cc', '-Wall', '-Werror', '-c', `${prefix}C.c`, `${prefix}Client.c`);
    });
  });

  describe('succeeds', () => {
    check('AmountCharging.chargeAmount', async () => {
      const payer = 'tel:+15550120';
      expect(await charge(payer, '0.01', UNICODE)).toEqual({ answer: {} });
      const [entry] = emulator.sandbox().ledger.read.billEntries(payer);
      expect(entry).toMatchObject({ amount: 10_000n, texts: [UNICODE] });
      expect(emulator.records.at(-1)).toMatchObject({ status: 200, deviations: [] });
    });
  });

  describe('has typed faults', () => {
    check.each<[name: string, payer: string, amount: string, Fault]>([
      ['no funds', 'tel:+15550120', '5000.00', ['SVC0270']],
      ['its first part is wrong', 'http://example.com/', '1', ['SVC0002', 'endUserIdentifier']],
      ['a barred account', BARRED, '1', ['SVC0270']],
      ['above the limit', 'tel:+15550120', '7000.00', ['POL0001', 'AMOUNT_LIMIT']],
    ])('AmountCharging.chargeAmount: %s', async (_name, payer, amount, fault) => {
      expect(await charge(payer, amount, 'x')).toEqual(typed(fault));
    });
  });

  describe('writes amounts', () => {
    const texts = AMOUNT_CASES.filter(([kind]) => kind === 'text');

    check.each(texts)('%s %j', async (_, amount, outcome) => {
      const told = await charge('tel:+15550121', String(amount), 'x');
      expect(told).toEqual(typeof outcome === 'bigint' ? { answer: {} } : typed(outcome));
    });
  });
});

/** The C code of a service, in files that begin with `prefix`. */
async function generate(prefix: string, wsdl: string, ...options: string[]): Promise<void> {
  await inFolder('wsdl2h', '-c', ...options, '-o', `${prefix}.h`, wsdl);
  await inFolder('soapcpp2', '-c', '-C', '-L', '-x', '-p', prefix, `${prefix}.h`);
}

/** As the comment of client.c says. */
async function buildClient(): Promise<void> {
  const { path } = serviceOf(emulator, 'AmountCharging');
  await generate('soap', `${emulator.url}${path}?wsdl`, '-t', program('client.typemap'));
  const sources = [program('client.c'), 'soapC.c', 'soapClient.c'];
  await inFolder('cc', '-Wall', '-Werror', '-I.', '-o', 'client', ...sources, '-lgsoap');
}

async function charge(payer: string, amount: string, description: string): Promise<Told> {
  const { path } = serviceOf(emulator, 'AmountCharging');
  const words = [emulator.url + path, payer, description, amount, 'reference'];
  return JSON.parse(await inFolder(join(folder, 'client'), ...words)) as Told;
}

async function inFolder(command: string, ...words: string[]): Promise<string> {
  const { stdout } = await execute(command, words, { cwd: folder, timeout: 15_000 });
  return stdout;
}

/** gSOAP gives the code of a fault with a prefix of its own. */
function typed([messageId, variable]: Fault): Told {
  const [exception, text] = FAULTS[messageId];
  const faultstring = text.replace('%1', variable ?? '');
  const variables = variable === undefined ? [] : [variable];
  const fault = {
    faultcode: 'SOAP-ENV:Server',
    faultstring,
    exception,
    messageId,
    text,
    variables,
  };
  return { fault };
}
