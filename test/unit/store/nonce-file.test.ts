// The file of nonces beside a ledger: what was settled is there again, whatever happened to the process.
import { existsSync, mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { NonceFile } from '../../../src/store/nonce-file';
import { temporaryFile } from '../../support/test-sandbox';

const A = { application: 'shop', created: 10, nonce: 'a' };
const B = { application: 'a "shop"\n', created: 11, nonce: 'b' };
const MARK = { application: 'shop', created: 9 };

async function settledIn(ledger: string, ...uses: readonly (typeof A)[]): Promise<NonceFile> {
  const file = new NonceFile(ledger);
  for (const use of uses) file.append(use);
  await file.settled();
  return file;
}

const recordedBeside = (ledger: string) => new NonceFile(ledger).recorded();

test('there is none until a nonce is used', async () => {
  const ledger = temporaryFile();
  const file = new NonceFile(ledger);
  expect([file.recorded(), file.settled()]).toEqual([[], undefined]);
  await file.close();
  expect(existsSync(`${ledger}.nonces`)).toBe(false);
});

test('what is settled is there although nobody closed it, in order', async () => {
  const ledger = temporaryFile();
  const file = await settledIn(ledger, A);
  file.append(B);
  await file.settled();
  expect(recordedBeside(ledger)).toEqual([A, B]);
  expect(file.settled()).toBeUndefined();
  await file.close();
});

test('it goes on where an earlier one ended', async () => {
  const ledger = temporaryFile();
  await (await settledIn(ledger, A)).close();
  await (await settledIn(ledger, B)).close();
  expect(recordedBeside(ledger)).toEqual([A, B]);
});

test('what replaces it is all that there is', async () => {
  const ledger = temporaryFile();
  const file = await settledIn(ledger, A);
  file.append(A);
  file.replace([MARK, B]);
  file.append(A);
  await file.settled();
  expect(recordedBeside(ledger)).toEqual([MARK, B, A]);
  file.append(B);
  await file.close();
  expect(recordedBeside(ledger)).toEqual([MARK, B, A, B]);
  expect(existsSync(`${ledger}.nonces.new`)).toBe(false);
});

test('uses that come together wait for one another', async () => {
  const ledger = temporaryFile();
  const file = new NonceFile(ledger);
  const all = Array.from({ length: 200 }, (_, index) => ({ ...A, created: index }));
  await Promise.all(
    all.map((use) => {
      file.append(use);
      return file.settled();
    }),
  );
  expect(recordedBeside(ledger)).toEqual(all);
  await file.close();
});

test('half a line, as a power cut leaves it, spoils no other', async () => {
  const ledger = temporaryFile();
  await (await settledIn(ledger, A)).close();
  writeFileSync(`${ledger}.nonces`, '\n["shop",10,"abc', { flag: 'a' });
  await (await settledIn(ledger, B)).close();
  expect(recordedBeside(ledger)).toEqual([A, B]);
});

describe('trouble', () => {
  test('a file of somebody else is left alone', () => {
    const ledger = temporaryFile();
    writeFileSync(`${ledger}.nonces`, 'a diary\n');
    expect(() => new NonceFile(ledger)).toThrow(/is not the file of nonces of a ledger/);
    expect(readFileSync(`${ledger}.nonces`, 'utf8')).toBe('a diary\n');
  });

  test('what could not be written is refused, and written later', async () => {
    const ledger = temporaryFile();
    const file = new NonceFile(ledger);
    mkdirSync(`${ledger}.nonces.new`);
    file.append(A);
    await expect(file.settled()).rejects.toThrow(/ledger/);
    rmdirSync(`${ledger}.nonces.new`);
    file.append(B);
    await file.settled();
    expect(recordedBeside(ledger)).toEqual([A, B]);
    await file.close();
  });
});
