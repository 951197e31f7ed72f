// The journal by itself: what it keeps, which exchanges are meant, and how one waits for them.
import { describe, expect, test } from '@jest/globals';
import { Journal, WaitTimeoutError } from '../../src/sandbox/journal/journal';
import type { ExchangeFilter } from '../../src/sandbox/journal/journal-filter';
import type { JournalBounds, JournalRecord } from '../../src/sandbox/journal/journal-record';
import { testTerms } from '../support/terms';

const ALICE = 'tel:+15550100';
const RESERVATION = '100000000000007';
const ROOM: JournalBounds = { records: 100, ageMs: undefined, bytes: 1_000_000 };

interface Kept {
  readonly journal: Journal;
  readonly clock: { now: number };
  readonly defects: unknown[];
  /** Records an exchange and returns its id. */
  add(record?: Partial<JournalRecord>, bodyBytes?: number): string;
}

function journal(bounds: Partial<JournalBounds> = {}): Kept {
  const clock = { now: 1_000 };
  const defects: unknown[] = [];
  const kept = new Journal({
    sandbox: 'box',
    bounds: { ...ROOM, ...bounds },
    now: () => clock.now,
    terms: () => testTerms({ countryCode: '49' }),
    explain: () => {
      throw new Error('nobody asks for it here');
    },
    ownerOf: (identifier) => (identifier === RESERVATION ? ALICE : undefined),
    onDefect: (error) => defects.push(error),
  });
  const add: Kept['add'] = (record = {}, bodyBytes = 0) => {
    const id = kept.nextId();
    kept.record({
      id,
      sandbox: 'box',
      at: clock.now,
      path: '/x',
      status: 200,
      deviations: [],
      milliseconds: 1,
      request: { path: '/x', headers: {}, bytes: Buffer.alloc(bodyBytes) },
      response: { status: 200, headers: {}, bytes: Buffer.alloc(0) },
      ...record,
    });
    return id;
  };
  return { journal: kept, clock, defects, add };
}

function idsOf({ journal: kept }: Kept, filter: ExchangeFilter = {}): string[] {
  return kept.list(filter).map(({ id }) => id);
}

describe('ids', () => {
  test('count up in each sandbox', () => {
    const kept = journal();
    expect([kept.add(), kept.add()]).toEqual(['box-000001', 'box-000002']);
  });

  test('are never given twice, not even after everything was forgotten', () => {
    const kept = journal();
    kept.add();
    kept.journal.clear();
    expect([kept.add(), idsOf(kept), kept.journal.size]).toEqual(['box-000002', ['box-000002'], 1]);
    expect(kept.journal.get('box-000001')).toBeUndefined();
  });
});

describe('bounds', () => {
  test('of number: the oldest go', () => {
    const kept = journal({ records: 3 });
    for (let count = 0; count < 8; count += 1) kept.add();
    expect(idsOf(kept)).toEqual(['box-000006', 'box-000007', 'box-000008']);
    expect(kept.journal.get('box-000005')).toBeUndefined();
    expect(kept.journal.get('box-000006')?.id).toBe('box-000006');
  });

  test('of bytes: the oldest go, the newest stays whatever its size', () => {
    const kept = journal({ bytes: 6_000 });
    kept.add({}, 1_000);
    kept.add({}, 1_000);
    kept.add({}, 1_000);
    expect(idsOf(kept)).toEqual(['box-000002', 'box-000003']);
    kept.add({}, 10_000);
    expect(idsOf(kept)).toEqual(['box-000004']);
    kept.add({}, 1_000);
    kept.add({}, 1_000);
    expect(idsOf(kept)).toEqual(['box-000005', 'box-000006']);
  });

  test('of age, by the clock, also while nothing is added', () => {
    const kept = journal({ ageMs: 500 });
    kept.add();
    kept.clock.now += 400;
    kept.add();
    kept.clock.now += 101;
    expect(idsOf(kept)).toEqual(['box-000002']);
    kept.clock.now += 400;
    expect([idsOf(kept), kept.journal.size]).toEqual([[], 0]);
  });

  test('none at all', () => {
    expect(journal({ records: 0 }).journal.enabled).toBe(false);
    expect(journal({ records: 1 }).journal.enabled).toBe(true);
  });
});

describe('which are meant', () => {
  const kept = journal();
  kept.add({ operation: 'AmountCharging.chargeAmount', version: 'v4_0', subject: ALICE });
  kept.add({ operation: 'VolumeCharging.getAmount', version: 'v2_1', subject: '015550100' });
  kept.add({ operation: 'ReserveAmountCharging.chargeReservation', subject: RESERVATION });
  kept.add({ application: 'shop', referenceCode: 'r-1', subject: 'tel:+15550101 TEL:+1-555-0100' });
  kept.clock.now += 1_000;
  kept.add({ fault: 'SVC0270', status: 500, application: 'game' });
  const injected = { rule: 'late', stage: 'before-commit', action: 'timeout' } as const;
  kept.add({ fault: 'stall', status: 0, injected });

  test.each<[ExchangeFilter, readonly number[]]>([
    [{}, [1, 2, 3, 4, 5, 6]],
    [{ operation: 'chargeAmount' }, [1]],
    [{ operation: 'VolumeCharging.getAmount' }, [2]],
    [{ operation: 'ReserveVolumeCharging.getAmount' }, []],
    [{ version: 'v2_1' }, [2]],
    [{ application: 'shop' }, [4]],
    [{ subscriber: ALICE }, [1, 3, 4]],
    [{ subscriber: '+1 555'.replace(' ', '').concat('0100') }, [1, 3, 4]],
    [{ subscriber: 'tel:+4915550100' }, [2]],
    [{ subscriber: 'tel:+15550199' }, []],
    [{ subscriber: 'no address' }, []],
    [{ reference: 'r-1' }, [4]],
    [{ fault: true }, [5, 6]],
    [{ fault: false }, [1, 2, 3, 4]],
    [{ fault: 'SVC0270' }, [5]],
    [{ status: 500 }, [5]],
    [{ injected: true }, [6]],
    [{ injected: false }, [1, 2, 3, 4, 5]],
    [{ injected: 'late' }, [6]],
    [{ injected: 'early' }, []],
    [{ since: 2_000 }, [5, 6]],
    [{ after: 'box-000004' }, [5, 6]],
    [{ after: 'box-000004', fault: 'SVC0270' }, [5]],
    [{ application: 'shop', fault: true }, []],
  ])('%j', (filter, numbers) => {
    expect(idsOf(kept, filter)).toEqual(numbers.map((number) => `box-00000${number}`));
  });

  test.each([
    ['the last ones', {}, ['box-000005', 'box-000006']],
    [
      'with a place to begin, the first after it',
      { after: 'box-000001' },
      ['box-000002', 'box-000003'],
    ],
  ])('a limit tells %s', (_which, filter, ids) => {
    expect(kept.journal.list(filter, { limit: 2 }).map(({ id }) => id)).toEqual(ids);
  });

  test.each(['other-000001', 'box-1', 'box-00000x', ''])('"%s" is no exchange', (id) => {
    expect(kept.journal.get(id)).toBeUndefined();
    expect(() => kept.journal.list({ after: id })).toThrow('ids look like box-000001');
  });
});

describe('waiting', () => {
  test('is over at once for what has been', async () => {
    const kept = journal();
    const id = kept.add({ referenceCode: 'r-1' });
    expect(await kept.journal.wait({ reference: 'r-1' })).toMatchObject([{ id }]);
  });

  test('is over with the exchange that makes them enough, those that have been included', async () => {
    const kept = journal();
    kept.add({ referenceCode: 'r-1' });
    const waiting = kept.journal.wait({ reference: 'r-1' }, { count: 2 });
    kept.add({ referenceCode: 'r-2' });
    kept.add({ referenceCode: 'r-1' });
    expect((await waiting).map(({ id }) => id)).toEqual(['box-000001', 'box-000003']);
  });

  test('can be for new ones alone', async () => {
    const kept = journal();
    kept.add();
    const waiting = kept.journal.wait({}, { past: false });
    kept.add();
    expect((await waiting).map(({ id }) => id)).toEqual(['box-000002']);
  });

  test('ends when its time is over, and tells what came', async () => {
    const kept = journal();
    kept.add({ referenceCode: 'r-1' });
    const waiting = kept.journal.wait({ reference: 'r-1' }, { count: 2, timeoutMs: 0 });
    const error = await waiting.catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(WaitTimeoutError);
    expect(error).toMatchObject({
      code: 'WAIT_TIMEOUT',
      message: 'Waited for 2 exchanges with {"reference":"r-1"}, 1 came.',
      seen: [{ id: 'box-000001' }],
    });
  });

  test('ends when the sandbox does', async () => {
    const kept = journal();
    const waiting = kept.journal.wait({});
    kept.journal.close();
    await expect(waiting).rejects.toThrow('0 came');
  });
});

describe('listening', () => {
  test('tells of those that are meant, until it is ended', () => {
    const kept = journal();
    const told: string[] = [];
    const end = kept.journal.subscribe(({ id }) => told.push(id), { fault: false });
    kept.add();
    kept.add({ fault: 'SVC0270' });
    kept.add();
    end();
    kept.add();
    expect(told).toEqual(['box-000001', 'box-000003']);
  });

  test('subscribers are masked unless asked for', () => {
    const kept = journal();
    const told: unknown[] = [];
    kept.journal.subscribe(({ subject }) => told.push(subject));
    kept.journal.subscribe(({ subject }) => told.push(subject), {}, { reveal: true });
    kept.add({ subject: ALICE });
    expect(told).toEqual(['tel:+15****00', ALICE]);
  });

  test('a listener that throws is a defect and harms nobody', () => {
    const kept = journal();
    const told: string[] = [];
    const error = new Error('broken listener');
    kept.journal.subscribe(() => {
      throw error;
    });
    kept.journal.subscribe(({ id }) => told.push(id));
    kept.add();
    expect([told, kept.defects]).toEqual([['box-000001'], [error]]);
  });

  test('one may end itself while it is told', () => {
    const kept = journal();
    const told: string[] = [];
    const end = kept.journal.subscribe(({ id }) => {
      told.push(id);
      end();
    });
    kept.journal.subscribe(({ id }) => told.push(id));
    kept.add();
    kept.add();
    expect(told).toEqual(['box-000001', 'box-000001', 'box-000002']);
  });
});
