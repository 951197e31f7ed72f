// Lines reach a reader whole and in order; without one they are dropped, counted, and nobody waits.
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { lineWriter } from '../../../src/cli/line-writer';
import { namedPipe, type Pipe } from '../../cli/pipe';

/** More than a writer lets wait, in lines of 64 bytes. */
const TOO_MANY = 80_000;

let folder: string;
let pipe: Pipe;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'parlayx-lines-'));
  pipe = namedPipe(join(folder, 'pipe'));
});
afterEach(() => {
  pipe.close();
  rmSync(folder, { recursive: true });
});

function writer(descriptor = pipe.descriptor) {
  return lineWriter(descriptor, (lines) => `${lines} dropped\n`);
}

function line(number: number): string {
  return `${String(number).padStart(63, '-')}\n`;
}

function lines(from: number, to: number): string {
  return Array.from({ length: to - from }, (_, index) => line(from + index)).join('');
}

test('to a file: every line, in order, in any script', () => {
  const file = join(folder, 'log');
  const descriptor = openSync(file, 'w');
  const { write, flush } = writer(descriptor);
  for (let number = 0; number < 1000; number += 1) write(line(number));
  write('Käse für 日本\n');
  flush();
  closeSync(descriptor);
  expect(readFileSync(file, 'utf8')).toBe(`${lines(0, 1000)}Käse für 日本\n`);
});

test('a portion is written as soon as it is large', () => {
  const { write } = writer();
  for (let number = 0; number < 255; number += 1) write(line(number));
  expect(pipe.read()).toBe('');
  write(line(255));
  expect(pipe.read()).toBe(lines(0, 256));
});

describe('to a pipe that is full', () => {
  test('what waits is written when it is read', () => {
    pipe.fill();
    const { write, flush } = writer();
    for (let number = 0; number < 500; number += 1) write(line(number));
    flush();
    expect(pipe.read()).toMatch(/^\.+$/);
    flush();
    expect(pipe.read()).toBe(lines(0, 500));
  });

  test('too many lines are dropped, and the notice stands where they are missing', () => {
    pipe.fill();
    const { write, flush } = writer();
    for (let number = 0; number < TOO_MANY; number += 1) write(line(number));
    let read = '';
    for (let part = pipe.read(); part !== ''; part = pipe.read()) {
      read += part;
      flush();
    }
    write('after\n');
    flush();
    read += pipe.read();

    const [, kept = '', dropped] = /^\.+([^.]*)\n(\d+) dropped\nafter\n$/.exec(read) ?? [];
    const count = kept.split('\n').length;
    expect(`${kept}\n`).toBe(lines(0, count));
    expect(count + Number(dropped)).toBe(TOO_MANY);
    expect(kept.length).toBeLessThanOrEqual(5 * 1024 * 1024);
  });
});

describe('to a pipe without a reader', () => {
  test('nothing throws, and the next reader is told how many lines are missing', () => {
    pipe.leave();
    const { write, flush } = writer();
    for (let number = 0; number < 1000; number += 1) write(line(number));
    flush();
    flush();
    pipe.join();
    write(line(1000));
    flush();
    write('after\n');
    flush();
    expect(pipe.read()).toBe('1001 dropped\nafter\n');
  });

  test('a line that was cut ends before the notice', () => {
    const { write, flush } = writer();
    const long = `${'x'.repeat(200_000)}\n`;
    write(long);
    pipe.leave();
    flush();
    pipe.join();
    expect(pipe.read()).toMatch(/^x+$/);
    flush();
    expect(pipe.read()).toBe('\n1 dropped\n');
  });
});
