// Every program printed in docs/interop.md is executed, and prints what is printed below it.
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { type RunningEmulator, startEmulator } from '../foreign-client';
import { programOf } from './installed';
import { TOOLKITS } from './toolkits';

const MANUAL = readFileSync(join(__dirname, '..', '..', '..', 'docs', 'interop.md'), 'utf8');
const PRINTED_URL = /http:\/\/127\.0\.0\.1:8310/g;
const execute = promisify(execFile);

/** The language of a toolkit's programs, as their blocks are marked, and how its interpreter reads one from its input. */
const LANGUAGES: Readonly<Record<string, readonly [language: string, ...words: string[]]>> = {
  'PHP SoapClient': ['php', '-d', 'soap.wsdl_cache_enabled=0'],
  'Python zeep': ['python', '-'],
  'Perl SOAP::Lite': ['perl', '-'],
};

let emulator: RunningEmulator;
beforeEach(async () => {
  emulator = await startEmulator();
});

describe.each(TOOLKITS.map((toolkit) => [toolkit.name, toolkit] as const))(
  '%s',
  (name, toolkit) => {
    const [language = '', ...words] = LANGUAGES[name] ?? [];
    const interpreter = programOf(toolkit);
    const check = interpreter === undefined ? (test.skip as typeof test) : test;
    const programs = programsIn(language);

    test('is in the manual', () => {
      expect(programs).not.toEqual([]);
    });

    describe('docs/interop.md', () => {
      check.each(programs)('program %#, as printed', async (program, printed) => {
        const running = execute(interpreter ?? '', words, { timeout: 15_000 });
        running.child.stdin?.end(program.replace(PRINTED_URL, emulator.url));
        const { stdout } = await running;
        expect(stdout).toBe(printed);
        expect(emulator.records).not.toEqual([]);
      });
    });
  },
);

/** Each program of a language with the output below it. */
function programsIn(language: string): (readonly [program: string, output: string])[] {
  const pattern = new RegExp(
    `^\`\`\`${language}\\n(.*?)^\`\`\`\\n\\n\`\`\`text\\n(.*?)^\`\`\``,
    'gms',
  );
  return [...MANUAL.matchAll(pattern)].map(([, program = '', output = '']) => [program, output]);
}
