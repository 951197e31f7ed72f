// Durations as people write them, and columns as they read them.
import { describe, expect, test } from '@jest/globals';
import { columns } from '../../../src/cli/columns';
import { durationOf, durationText } from '../../../src/cli/duration';

describe('a duration', () => {
  test.each<[string, object]>([
    ['0s', { ms: 0 }],
    ['500ms', { ms: 500 }],
    ['90s', { ms: 90_000 }],
    ['30m', { ms: 1_800_000 }],
    ['30min', { ms: 1_800_000 }],
    ['1h30m', { ms: 5_400_000 }],
    ['2d', { ms: 172_800_000 }],
    ['1w', { ms: 604_800_000 }],
    ['1month', { duration: { metric: 'Month', units: 1 } }],
    ['3 months', { duration: { metric: 'Month', units: 3 } }],
    ['2years', { duration: { metric: 'Year', units: 2 } }],
  ])('%s', (text, expected) => {
    expect(durationOf(text)).toEqual(expected);
  });

  test.each([[''], ['5'], ['-5s'], ['1.5h'], ['5x'], ['1h 30m'], ['h'], ['1month2d'], ['s5']])(
    'not %j',
    (text) => {
      expect(() => durationOf(text)).toThrow(`Found "${text}", expected a duration such as `);
    },
  );

  test.each([
    [0, '0s'],
    [1_499, '1s'],
    [1_800_000, '30m'],
    [5_400_000, '1h 30m'],
    [176_461_000, '2d 1h'],
    [-5, '0s'],
  ])('%d ms is shown as %s', (ms, text) => {
    expect(durationText(ms)).toBe(text);
  });
});

test('columns stand below each other, and no line ends with a space', () => {
  const rows = [
    ['subscriber', 'status', ''],
    ['tel:+1', 'active', 'EUR'],
    ['a', ''],
  ];
  expect(columns(rows)).toEqual(['subscriber  status', 'tel:+1      active  EUR', 'a']);
  expect(columns([])).toEqual([]);
});
