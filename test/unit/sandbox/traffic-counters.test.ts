import { expect, test } from '@jest/globals';
import type { ExchangeRecord } from '../../../src/sandbox/exchange-record';
import { DURATION_BOUNDS_MS, TrafficCounters } from '../../../src/sandbox/traffic-counters';

function counted(...records: readonly Partial<ExchangeRecord>[]): TrafficCounters {
  const counters = new TrafficCounters();
  for (const record of records) {
    counters.count({
      id: 'default-000001',
      sandbox: 'default',
      at: 0,
      path: '/',
      status: 200,
      deviations: [],
      milliseconds: 1,
      ...record,
    } as ExchangeRecord);
  }
  return counters;
}

test('exchanges of one kind are one count', () => {
  const charge = { operation: 'AmountCharging.chargeAmount', version: 'v4_0' };
  const injected = { rule: 'r', stage: 'before-commit', action: 'fault SVC0270' } as const;
  const counters = counted(
    charge,
    { ...charge, application: 'shop' },
    { ...charge, fault: 'SVC0270' },
    { ...charge, fault: 'SVC0270', injected },
    {},
  );
  const named = { operation: 'AmountCharging.chargeAmount', version: 'v4_0' };
  expect([...counters.counts()]).toEqual([
    { ...named, outcome: 'ok', injected: false, count: 2 },
    { ...named, outcome: 'SVC0270', injected: false, count: 1 },
    { ...named, outcome: 'SVC0270', injected: true, count: 1 },
    { operation: '', version: '', outcome: 'ok', injected: false, count: 1 },
  ]);
});

test.each([
  [0, 0],
  [0.5, 0],
  [0.51, 1],
  [30_000, 11],
  [30_001, 12],
])('%f ms is in class %i', (milliseconds, index) => {
  const [duration] = [...counted({ milliseconds }).durations()];
  const classes = DURATION_BOUNDS_MS.map(() => 0).concat(0);
  classes[index] = 1;
  expect(duration).toEqual({ operation: '', classes, sumMs: milliseconds });
});

test('kinds beyond the bound are counted under one name', () => {
  const counters = counted(
    ...Array.from({ length: 1_200 }, (_, index) => ({ fault: `SVC${index}` })),
  );
  const counts = [...counters.counts()];
  expect(counts).toHaveLength(1_001);
  expect(counts[1_000]).toMatchObject({ operation: 'other', outcome: 'other', count: 200 });
});
