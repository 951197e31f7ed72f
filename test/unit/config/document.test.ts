// Files of both syntaxes, and the sentences for what is no such file.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { readDocument } from '../../../src/config/document';

const folder = mkdtempSync(join(tmpdir(), 'parlayx-document-'));
afterAll(() => rmSync(folder, { recursive: true }));

function written(name: string, content: string | Buffer): string {
  const file = join(folder, name);
  writeFileSync(file, content);
  return file;
}

test.each([
  ['a.yaml', 'codeWins: true\nprices:\n  - { code: "0910", amount: "50.00" }\n'],
  ['a.json', '{"codeWins":true,\n\t"prices":[{"code":"0910","amount":"50.00"}]}'],
  ['no-suffix', ' {"codeWins":true,"prices":[{"code":"0910","amount":"50.00"}]}'],
  ['bom.yaml', '\uFEFFcodeWins: true\nprices: [{code: "0910", amount: "50.00"}]'],
])('%s is read', (name, text) => {
  expect(readDocument(written(name, text))).toEqual({
    codeWins: true,
    prices: [{ code: '0910', amount: '50.00' }],
  });
});

test('an empty file is an empty section', () => {
  expect(readDocument(written('empty.yaml', '# nothing yet\n'))).toEqual({});
});

describe('refused:', () => {
  test.each([
    ['twice.yaml', 'codeWins: true\ncodeWins: false', 'line 2, column 1: this key is there twice'],
    ['twice.json', '{"a": 1,\n "a": 2}', 'line 2, column 2: this key is there twice'],
    ['tag.yaml', 'codeWins: !!js/function x', /^line 1, column 11: Unresolved tag/],
    ['tab.yaml', 'server:\n\tport: 1', /^line 2, column 1: Tabs are not allowed as indentation/],
    ['two.yaml', 'codeWins: true\n---\ncodeWins: true', /^line 2, column 1: .*multiple documents/],
    ['half.json', '{"a": 1', /^is not JSON: /],
    ['yaml.json', 'a: 1', /^is not JSON: /],
    ['bytes.yaml', Buffer.from([0x61, 0x3a, 0x20, 0xff]), 'is not UTF-8 text'],
    ['bomb.yaml', bomb(), /^Excessive alias count/],
  ])('%s', (name, content, message) => {
    const file = written(name, content);
    let said = '';
    try {
      readDocument(file);
    } catch (error) {
      said = (error as Error).message;
    }
    expect(said.startsWith(`${file}: `)).toBe(true);
    const rest = said.slice(file.length + 2);
    if (typeof message === 'string') expect(rest).toBe(message);
    else expect(rest).toMatch(message);
  });

  test('a file that is not there', () => {
    expect(() => readDocument(join(folder, 'none.yaml'))).toThrow(
      `The file ${join(folder, 'none.yaml')} does not exist.`,
    );
  });

  test('a folder', () => {
    expect(() => readDocument(folder)).toThrow(`${folder} is a folder, not a file.`);
  });
});

/** Nine levels of ten aliases each: a gigabyte when expanded. */
function bomb(): string {
  const levels = [...'abcdefghi'].map((name, index) => {
    const before = index === 0 ? '"x"' : `*${'abcdefghi'[index - 1]}`;
    return `${name}: &${name} [${Array(10).fill(before).join(', ')}]`;
  });
  return levels.join('\n');
}
