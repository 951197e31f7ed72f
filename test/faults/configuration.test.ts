// Rules in a configuration file and from a program, the switch of magic values, and the line in the log.
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { checkConfiguration } from '../../src/config/check';
import type { ConfigurationError } from '../../src/config/problem';
import { resolveConfiguration } from '../../src/config/resolve';
import { createEmulator, type Emulator, type EmulatorOptions } from '../../src/emulator';
import { operationOf } from '../support/operations';
import { envelope, messageOf } from '../support/requests';
import { pathOf } from '../support/test-sandbox';
import { CHARGE, chargeParts } from './support';

const running: Emulator[] = [];

afterEach(async () => {
  for (const emulator of running.splice(0)) await emulator.close();
});

async function statusOf(options: EmulatorOptions, referenceCode: string): Promise<number> {
  const emulator = await createEmulator(options);
  running.push(emulator);
  const operation = operationOf(CHARGE);
  const response = await fetch(emulator.url + pathOf(operation), {
    method: 'POST',
    headers: { 'Content-Type': 'text/xml; charset=utf-8' },
    body: envelope(messageOf(operation, chargeParts({ referenceCode }))),
  });
  return response.status;
}

describe('magic values', () => {
  test.each<[string, EmulatorOptions, number]>([
    ['work when nobody says otherwise', {}, 500],
    ['are off with magic: false', { magic: false }, 200],
    ['are off with server.magic: false', { configuration: { server: { magic: false } } }, 200],
  ])('%s', async (_name, options, status) => {
    const rules = [{ match: { reference: 'teapot' }, then: { http: { status: 418 } } }];
    const { configuration } = options;
    const all = { ...options, configuration: { ...configuration, faults: rules } };
    expect(await statusOf(all, 'teapot')).toBe(418);
    expect(await statusOf(options, 'EMU-fault-500')).toBe(status);
  });
});

describe('what a configuration cannot say', () => {
  test.each([
    [{ thn: {} }, 'faults[0].thn: unknown key, did you mean "then"?'],
    [{ then: { outcome: 'timeot' } }, 'faults[0].then.outcome: found "timeot", expected one of '],
    [
      { then: { outcome: 'reset' }, at: 'after' },
      'faults[0].at: found "after", expected one of before-parse, ',
    ],
    [
      { then: { fault: { code: 'SVC27' } } },
      'faults[0].then.fault.code: found "SVC27", expected a code such as SVC0270',
    ],
    [
      { then: { outcome: 'reset' }, match: { amount: { mim: '1' } } },
      'faults[0].match.amount.mim: unknown key, did you mean "min"?',
    ],
    [
      { then: { outcome: 'duplicate' }, at: 'before-parse' },
      'faults[0].at: duplicate cannot happen before-parse, only after-commit-before-reply',
    ],
    [{ then: { outcome: 'dns' } }, 'faults[0].then.outcome: dns: no server can do it'],
  ])('%j', (rule, message) => {
    expect(complaint({ faults: [rule] })).toContain(`f.yaml: ${message}`);
  });

  test('an id twice', () => {
    const rule = { id: 'x', then: { outcome: 'reset' } };
    expect(complaint({ faults: [rule, rule] })).toBe('f.yaml: faults[1].id: x is there twice');
  });
});

describe('the manual', () => {
  const manual = readFileSync(join(__dirname, '..', '..', 'docs', 'fault-injection.md'), 'utf8');
  const blockOf = (language: string) =>
    new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, 'ms').exec(manual)?.[1] ?? '';

  test('has rules that a configuration takes', () => {
    const { faults } = parse(blockOf('yaml'));
    expect(faults).toHaveLength(3);
    expect(complaint({ faults })).toBe('accepted');
  });

  test('has JavaScript that runs', async () => {
    const run = promisify(execFile);
    const script = blockOf('js');
    expect(script).toContain("next('timeout')");
    const options = { cwd: join(__dirname, '..', '..') };
    const whole = `(async () => { ${script}; console.log(charges); })()`;
    const { stdout } = await run(process.execPath, ['-e', whole], options);
    expect(stdout).toBe('0\n');
  });
});

function complaint(configuration: unknown): string {
  try {
    const input = checkConfiguration(configuration, 'f.yaml');
    resolveConfiguration({ source: 'f.yaml', input });
  } catch (error) {
    return (error as ConfigurationError).message;
  }
  return 'accepted';
}
