// The clock of one sandbox: how it runs beside the clock of the process, and what happens on the way when it is moved.
import { describe, expect, test } from '@jest/globals';
import { type VirtualClock, virtualClock } from '../../../src/sandbox/time/clock';
import { ClockError } from '../../../src/sandbox/time/clock-state';
import { type Fired, SandboxClock } from '../../../src/sandbox/time/sandbox-clock';

const BASE = Date.UTC(2026, 0, 31, 9, 30);
const YEAR = 31_557_600_000;

function clocks(floor?: () => number): { base: VirtualClock; clock: SandboxClock } {
  const base = virtualClock(BASE);
  return { base, clock: new SandboxClock(base, floor) };
}

/** A task that tells its name and the time, after a turn of the event loop. */
function task(clock: SandboxClock, id: string): () => Promise<readonly Fired[]> {
  return async () => {
    await new Promise(setImmediate);
    return [{ at: clock.now(), kind: 'test', id }];
  };
}

describe('how it runs', () => {
  type Do = (clock: SandboxClock) => unknown;
  test.each<[string, Do, { at: number; after: number; mode: string; factor: number }]>([
    ['real', () => {}, { at: 0, after: 1_000, mode: 'real', factor: 1 }],
    ['frozen', (c) => c.freeze(), { at: 0, after: 0, mode: 'frozen', factor: 0 }],
    ['frozen later', (c) => c.freeze(BASE + 5), { at: 5, after: 5, mode: 'frozen', factor: 0 }],
    ['offset', (c) => c.offset(60), { at: 60, after: 1_060, mode: 'offset', factor: 1 }],
    ['set', (c) => c.set(BASE + 70), { at: 70, after: 1_070, mode: 'offset', factor: 1 }],
    ['advanced', (c) => c.advance(80), { at: 80, after: 1_080, mode: 'offset', factor: 1 }],
    [
      'advanced by a calendar month',
      (c) => c.advance({ metric: 'Month', units: 1 }),
      { at: 28 * 86_400_000, after: 28 * 86_400_000 + 1_000, mode: 'offset', factor: 1 },
    ],
    ['faster', (c) => c.scale(60), { at: 0, after: 60_000, mode: 'scaled', factor: 60 }],
    ['slower', (c) => c.scale(0.5), { at: 0, after: 500, mode: 'scaled', factor: 0.5 }],
    [
      'advanced while frozen',
      async (c) => {
        await c.freeze();
        await c.advance(90);
      },
      { at: 90, after: 90, mode: 'frozen', factor: 0 },
    ],
    [
      'advanced while faster',
      async (c) => {
        await c.scale(10);
        await c.advance(90);
      },
      { at: 90, after: 10_090, mode: 'scaled', factor: 10 },
    ],
    [
      'reset',
      async (c) => {
        await c.freeze(BASE + 90);
        c.reset();
      },
      { at: 0, after: 1_000, mode: 'real', factor: 1 },
    ],
  ])('%s', async (_name, act, { at, after, mode, factor }) => {
    const { base, clock } = clocks();
    await act(clock);
    expect(clock.status()).toEqual({ mode, now: BASE + at, offsetMs: at, factor });
    base.advance(1_000);
    expect(clock.now()).toBe(BASE + after);
  });

  test('a move that meets nothing has happened when the call returns', () => {
    const { clock } = clocks();
    void clock.freeze();
    void clock.advance(5);
    expect(clock.status()).toMatchObject({ mode: 'frozen', now: BASE + 5 });
  });
});

describe('a move that cannot be', () => {
  test.each<[string, (clock: SandboxClock) => Promise<unknown>, string]>([
    [
      'back',
      (c) => c.set(BASE - 1),
      'The clock only moves forward: it shows 2026-01-31T09:30:00.000Z, which is after 2026-01-31T09:29:59.999Z. A reset takes it back.',
    ],
    ['back by a negative time', (c) => c.advance(-1), 'The clock only moves forward'],
    ['back by an offset', (c) => c.offset(-1), 'The clock only moves forward'],
    ['to a frozen past', (c) => c.freeze(BASE - 1), 'The clock only moves forward'],
    ['further than ten years', (c) => c.advance(10 * YEAR + 1), 'moves on by ten years at most'],
    ['to no instant', (c) => c.set(Number.NaN), 'an instant in whole milliseconds'],
    ['between two milliseconds', (c) => c.advance(0.5), 'an instant in whole milliseconds'],
    ['beyond all calendars', (c) => c.set(9e15), 'not to instant 9000000000000000'],
  ])('%s', async (_name, move, sentence) => {
    const { clock } = clocks();
    await expect(move(clock)).rejects.toThrow(ClockError);
    await expect(move(clock)).rejects.toThrow(sentence);
    expect(clock.status()).toMatchObject({ mode: 'real', now: BASE });
  });

  test.each([[0], [-1], [0.0001], [1e7], [Number.NaN]])('%p times as fast', async (factor) => {
    const { clock } = clocks();
    await expect(clock.scale(factor)).rejects.toThrow(ClockError);
  });
});

describe('what falls due', () => {
  test('is run in order, each to its end and at its own time, and is told', async () => {
    const { clock } = clocks();
    const other = task(clock, 'b');
    clock.after(30, task(clock, 'c'));
    clock.after(31, task(clock, 'too late'));
    clock.after(10, async () => {
      clock.after(10, other);
      return task(clock, 'a')();
    });
    expect(await clock.advance(30)).toEqual([
      { at: BASE + 10, kind: 'test', id: 'a' },
      { at: BASE + 20, kind: 'test', id: 'b' },
      { at: BASE + 30, kind: 'test', id: 'c' },
    ]);
    expect(clock.status()).toMatchObject({ now: BASE + 30, nextDue: BASE + 31 });
  });

  test('does not come when it was cancelled', async () => {
    const { clock } = clocks();
    const cancel = clock.after(10, task(clock, 'cancelled'));
    clock.after(10, task(clock, 'kept'));
    cancel();
    expect((await clock.advance(10)).map(({ id }) => id)).toEqual(['kept']);
  });

  test.each<[string, (clock: SandboxClock) => unknown, number]>([
    ['with real time', () => {}, 600],
    ['sooner after an advance', (c) => c.advance(400), 200],
    ['faster on a fast clock', (c) => c.scale(60), 10],
    ['later on a slow one', (c) => c.scale(0.5), 1_200],
  ])('%s', async (_name, act, needed) => {
    const { base, clock } = clocks();
    const ran: number[] = [];
    clock.after(600, () => void ran.push(base.now() - BASE));
    await act(clock);
    base.advance(needed - 1);
    expect(ran).toEqual([]);
    base.advance(1);
    expect(ran).toEqual([needed]);
  });

  test('waits while the clock is frozen, and comes when it runs again', async () => {
    const { base, clock } = clocks();
    const ran: string[] = [];
    clock.after(600, () => void ran.push('ran'));
    await clock.freeze();
    base.advance(10_000);
    expect(ran).toEqual([]);
    clock.reset();
    base.advance(0);
    expect(ran).toEqual(['ran']);
  });

  test('two moves come one after the other', async () => {
    const { clock } = clocks();
    clock.after(10, task(clock, 'first'));
    clock.after(20, task(clock, 'second'));
    const told = await Promise.all([clock.advance(10), clock.advance(10)]);
    expect(told.map((fired) => fired.map(({ id }) => id))).toEqual([['first'], ['second']]);
    expect(clock.now()).toBe(BASE + 20);
  });

  test('a task that breaks leaves the clock where it was reached', async () => {
    const { base, clock } = clocks();
    clock.after(10, () => Promise.reject(new Error('broken')));
    await expect(clock.advance(30)).rejects.toThrow('broken');
    base.advance(5);
    expect(clock.now()).toBe(BASE + 15);
    await clock.advance(30);
    expect(clock.now()).toBe(BASE + 45);
  });

  test('a reset overtakes a move', async () => {
    const { clock } = clocks();
    clock.after(10, task(clock, 'on the way'));
    const moved = clock.advance(30);
    clock.reset();
    await expect(moved).rejects.toThrow('The clock was reset');
    expect(clock.status()).toMatchObject({ mode: 'real', now: BASE });
  });

  test('does not come once the clock has stopped', () => {
    const { base, clock } = clocks();
    const ran: string[] = [];
    clock.after(10, () => void ran.push('before'));
    clock.stop();
    clock.after(10, () => void ran.push('after'));
    base.advance(20);
    expect(ran).toEqual([]);
  });
});

describe('with a ledger that is ahead', () => {
  test('a reset goes back as far as the ledger lets it, and runs on from there', async () => {
    let ledger = BASE;
    const { base, clock } = clocks(() => ledger);
    await clock.advance(500);
    ledger = BASE + 300;
    clock.reset();
    expect(clock.status()).toMatchObject({ mode: 'offset', now: BASE + 300 });
    base.advance(10);
    expect(clock.now()).toBe(BASE + 310);
  });
});

test('it tells those who watch it of every move, until they stop', async () => {
  const { base, clock } = clocks();
  const seen: string[] = [];
  const unwatch = clock.watch(() => void seen.push(`${clock.status().mode} ${clock.now() - BASE}`));
  await clock.freeze();
  await clock.advance(5);
  base.advance(1);
  clock.reset();
  unwatch();
  await clock.freeze();
  expect(seen).toEqual(['frozen 0', 'frozen 5', 'real 1']);
});

describe('its state', () => {
  test.each<[string, (clock: SandboxClock) => unknown, number]>([
    ['real', () => {}, 5_000],
    ['frozen', (c) => c.freeze(BASE + 7), 7],
    ['offset', (c) => c.offset(20), 5_020],
    ['scaled, which stands still in the meantime', (c) => c.scale(3), 0],
  ])('comes back: %s', async (_name, act, at) => {
    const { base, clock } = clocks();
    await act(clock);
    const state = clock.state();
    await clock.freeze();
    await clock.advance(9_000);
    base.advance(5_000);
    clock.restore(state);
    expect(clock.now()).toBe(BASE + at);
    expect(clock.state()).toEqual(state);
  });
});
