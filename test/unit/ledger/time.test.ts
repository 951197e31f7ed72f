import { describe, expect, test } from '@jest/globals';
import { addDuration, startOfMonth, TIME_METRICS } from '../../../src/ledger/time';

describe('TimeMetric durations, months and years by the calendar in UTC', () => {
  test.each([
    ['2026-01-31T10:00:00.000Z', 250, 'Millisecond', '2026-01-31T10:00:00.250Z'],
    ['2026-01-31T10:00:00.000Z', 90, 'Second', '2026-01-31T10:01:30.000Z'],
    ['2026-01-31T10:00:00.000Z', 30, 'Minute', '2026-01-31T10:30:00.000Z'],
    ['2026-01-31T10:00:00.000Z', 25, 'Hour', '2026-02-01T11:00:00.000Z'],
    ['2026-03-28T12:00:00.000Z', 1, 'Day', '2026-03-29T12:00:00.000Z'],
    ['2026-01-31T10:00:00.000Z', 2, 'Week', '2026-02-14T10:00:00.000Z'],
    ['2026-01-31T10:00:00.000Z', 1, 'Month', '2026-02-28T10:00:00.000Z'],
    ['2028-01-31T10:00:00.000Z', 1, 'Month', '2028-02-29T10:00:00.000Z'],
    ['2026-12-15T23:59:59.999Z', 2, 'Month', '2027-02-15T23:59:59.999Z'],
    ['2028-02-29T00:00:00.000Z', 1, 'Year', '2029-02-28T00:00:00.000Z'],
    ['2028-02-29T00:00:00.000Z', 4, 'Year', '2032-02-29T00:00:00.000Z'],
  ] as const)('%s and %p %s is %s', (start, units, metric, end) => {
    expect(addDuration(Date.parse(start), { metric, units })).toBe(Date.parse(end));
  });

  test('every metric of TS 29.199-1 moves time forward', () => {
    for (const metric of TIME_METRICS) {
      expect(addDuration(0, { metric, units: 1 })).toBeGreaterThan(0);
    }
  });
});

test.each([
  ['2026-02-28T23:59:59.999Z', '2026-02-01T00:00:00.000Z'],
  ['2026-03-01T00:00:00.000Z', '2026-03-01T00:00:00.000Z'],
])('the month of %s starts at %s', (instant, start) => {
  expect(startOfMonth(Date.parse(instant))).toBe(Date.parse(start));
});
