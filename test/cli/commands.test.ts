// The commands beside serve.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { workplace } from './support';

const ROOT = join(__dirname, '..', '..');
const place = workplace();
afterAll(() => place.remove());

function written(name: string, text: string): string {
  writeFileSync(join(place.folder, name), text);
  return name;
}

describe('validate', () => {
  test.each([
    ['good.yaml', 'codeWins: true', 0, 'good.yaml is valid.\n', ''],
    ['good.json', '{"subscribers":[]}', 0, 'good.json is valid.\n', ''],
    ['empty.yaml', '', 0, 'empty.yaml is valid.\n', ''],
    [
      'bad.yaml',
      'codeWin: true',
      1,
      '',
      'bad.yaml: codeWin: unknown key, did you mean "codeWins"?\n',
    ],
    [
      'reserved.yaml',
      'evidence: [{reference: SMS100000000000001, application: shop, subscribers: ["tel:+15550100"]}]',
      1,
      '',
      'reserved.yaml: evidence[0].reference: found "SMS100000000000001", expected a name that is not SMS, MMS or SVC with fifteen digits, as ledgers make them\n',
    ],
    ['twice.yaml', 'a: 1\na: 1', 1, '', 'twice.yaml: line 2, column 1: this key is there twice\n'],
  ])('%s holding %j: %d', async (name, text, code, out, err) => {
    expect(await place.run('validate', written(name, text))).toEqual({ code, out, err });
  });

  test('a file that is not there: 13', async () => {
    expect(await place.run('validate', 'none.yaml')).toEqual({
      code: 13,
      out: '',
      err: 'The file none.yaml does not exist.\n',
    });
  });

  test('nothing to validate: 2', async () => {
    expect((await place.run('validate')).code).toBe(2);
  });
});

describe('readyz', () => {
  test('0 when ready, 11 when nothing answers', async () => {
    const service = await place.serve('--data', ':memory:');
    const port = String(service.port);
    expect(await place.run('readyz', '--port', port)).toEqual({ code: 0, out: 'ready\n', err: '' });
    await service.stop();
    expect(await place.run('readyz', '--port', port)).toEqual({
      code: 11,
      out: '',
      err: `Nothing answers at http://127.0.0.1:${port}/readyz.\n`,
    });
  });
});

describe('version and help', () => {
  const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));

  test.each([['version'], ['--version'], ['-v']])('%s', async (word) => {
    expect(await place.run(word)).toEqual({ code: 0, out: `${version}\n`, err: '' });
  });

  test('--help lists the commands', async () => {
    const { code, out } = await place.run('--help');
    expect(code).toBe(0);
    for (const name of ['serve', 'validate', 'readyz', 'demo', 'generate', 'version']) {
      expect(out).toMatch(new RegExp(`^  ${name}\\b`, 'm'));
    }
  });

  test('serve --help lists each flag with its variable', async () => {
    const { out } = await place.run('serve', '--help');
    expect(out).toContain('--base-url <url>');
    expect(out).toContain('PARLAYX_BASE_URL');
  });
});
