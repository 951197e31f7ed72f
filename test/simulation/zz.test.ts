import { test } from '@jest/globals';
import { createHistory, Expectation } from './history';

test('stats', () => {
  const count = new Map<string, Map<string, number>>();
  for (let seed = 1; seed <= 50; seed++) {
    const t = process.hrtime.bigint();
    const h = createHistory(seed, 1000);
    const e = new Expectation(h.world);
    for (const s of h.steps) {
      if (s.kind === 'clock') {
        e.clock = e.instantOf(s);
        continue;
      }
      const a = e.operator.perform(
        s.operation,
        e.requestOf(s),
        s.application,
        e.clock,
        String(s.id),
      );
      if ('response' in a && 'result' in a.response) e.identifiers.set(s.id, String(s.id));
      const o = 'response' in a ? 'ok' : [a.fault.messageId, ...a.fault.variables].join(' ');
      const m = count.get(s.operation) ?? new Map();
      count.set(s.operation, m);
      m.set(o, (m.get(o) ?? 0) + 1);
    }
    if (seed < 4) console.log(Number(process.hrtime.bigint() - t) / 1e6);
  }
  for (const [k, m] of count)
    console.log(
      k,
      [...m]
        .sort((a, b) => b[1] - a[1])
        .map(([o, n]) => `${o}=${n}`)
        .join('  '),
    );
});
