// The clock that a test moves.
import { describe, expect, test } from '@jest/globals';
import { isoTime, systemClock, virtualClock } from '../../../src/sandbox/time/clock';

describe('a virtual clock', () => {
  test('stands still until it is moved', () => {
    const clock = virtualClock(1_000);
    expect([clock.now(), clock.now()]).toEqual([1_000, 1_000]);
    clock.advance(500);
    expect(clock.now()).toBe(1_500);
    clock.set(9_000);
    expect(clock.now()).toBe(9_000);
  });

  test.each([[999], [Number.NaN], [Number.POSITIVE_INFINITY]])('cannot be set to %p', (instant) => {
    const clock = virtualClock(1_000);
    expect(() => clock.set(instant)).toThrow('A clock only moves forward.');
    expect(clock.now()).toBe(1_000);
  });

  test('runs what falls due in the order of its times, each at its time', () => {
    const clock = virtualClock(0);
    const ran: string[] = [];
    clock.after(30, () => ran.push(`c at ${clock.now()}`));
    clock.after(10, () => {
      ran.push(`a at ${clock.now()}`);
      clock.after(10, () => ran.push(`b at ${clock.now()}`));
    });
    clock.after(31, () => ran.push('too late'));
    clock.advance(30);
    expect(ran).toEqual(['a at 10', 'b at 20', 'c at 30']);
  });

  test('does not run what was cancelled', () => {
    const clock = virtualClock(0);
    const ran: string[] = [];
    const cancel = clock.after(10, () => ran.push('cancelled'));
    clock.after(10, () => ran.push('kept'));
    cancel();
    clock.advance(10);
    expect(ran).toEqual(['kept']);
  });
});

describe('the system clock', () => {
  test('runs a task once its time has come', async () => {
    const before = systemClock.now();
    const alive = setInterval(() => {}, 1_000);
    await new Promise<void>((resolve) => {
      systemClock.after(5, resolve);
    });
    clearInterval(alive);
    expect(systemClock.now()).toBeGreaterThanOrEqual(before);
  });

  test('can wait longer than a timer of Node holds', () => {
    const cancel = systemClock.after(10 * 365 * 86_400_000, () => {
      throw new Error('ran at once');
    });
    cancel();
  });
});

test('an instant is written in UTC', () => {
  expect(isoTime(0)).toBe('1970-01-01T00:00:00.000Z');
});
