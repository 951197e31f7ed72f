// The programs printed in docs/journal.md and docs/verify.md run as they stand.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import * as emulator from '../../src/emulator';

const DOCS = join(__dirname, '..', '..', 'docs');

describe.each(['journal.md', 'verify.md'])('docs/%s', (file) => {
  const text = readFileSync(join(DOCS, file), 'utf8');
  const programs = [...text.matchAll(/^```js\n(.*?)^```/gms)].map(([, program = '']) => program);

  test('has one program, and it runs', async () => {
    const [program = '', ...others] = programs;
    expect([program, others]).toEqual([expect.stringContaining('createEmulator()'), []]);
    const lines: string[] = [];
    const run = new Function('require', 'console', `return (async () => { ${program} })()`);
    await run(() => emulator, { log: (line: string) => lines.push(line) });
    if (program.includes('console.log')) expect(lines.join('\n')).toContain('1.50 EUR charged');
  });
});
