// How many exchanges there were and how long they took: plain counters, fed once an exchange and read when somebody
// asks. Applications and subscribers are not counted apart, so what is kept is bounded by what the interfaces have.
import type { ExchangeRecord } from './exchange-record';

/** Upper bounds of the classes of duration, in milliseconds; beyond the last there is one more. */
export const DURATION_BOUNDS_MS = [0.5, 1, 2.5, 5, 10, 25, 50, 100, 250, 1_000, 5_000, 30_000];

/** Kinds of exchanges told apart; further ones count under other names. */
const MOST_KINDS = 1_000;

export interface TrafficCount {
  /** `Interface.operation`, '' when a message named none. */
  readonly operation: string;
  readonly version: string;
  /** `ok`, or the code of the fault. */
  readonly outcome: string;
  readonly injected: boolean;
  count: number;
}

export interface DurationCount {
  readonly operation: string;
  /** One a class, each without those below. */
  readonly classes: number[];
  sumMs: number;
}

interface OperationCounts {
  /** Few: versions and faults of one operation. */
  readonly kinds: TrafficCount[];
  readonly duration: DurationCount;
}

export class TrafficCounters {
  readonly #operations = new Map<string, OperationCounts>();
  readonly #others: TrafficCount = {
    operation: 'other',
    version: '',
    outcome: 'other',
    injected: false,
    count: 0,
  };
  #kinds = 0;

  count(record: ExchangeRecord): void {
    const { operation = '', version = '', fault = 'ok', milliseconds } = record;
    const { kinds, duration } = this.#operations.get(operation) ?? this.#added(operation);
    this.#kindIn(kinds, operation, version, fault, record.injected !== undefined).count += 1;
    duration.sumMs += milliseconds;
    let index = 0;
    while (milliseconds > (DURATION_BOUNDS_MS[index] ?? Number.POSITIVE_INFINITY)) index += 1;
    duration.classes[index] = (duration.classes[index] ?? 0) + 1;
  }

  counts(): readonly Readonly<TrafficCount>[] {
    const known = [...this.#operations.values()].flatMap(({ kinds }) => kinds);
    return this.#others.count === 0 ? known : [...known, this.#others];
  }

  durations(): readonly Readonly<DurationCount>[] {
    return [...this.#operations.values()].map(({ duration }) => duration);
  }

  #kindIn(
    kinds: TrafficCount[],
    operation: string,
    version: string,
    outcome: string,
    injected: boolean,
  ): TrafficCount {
    for (const kind of kinds) {
      if (kind.outcome !== outcome || kind.version !== version) continue;
      if (kind.injected === injected) return kind;
    }
    if (this.#kinds >= MOST_KINDS) return this.#others;
    this.#kinds += 1;
    const added = { operation, version, outcome, injected, count: 0 };
    kinds.push(added);
    return added;
  }

  #added(operation: string): OperationCounts {
    const classes = new Array<number>(DURATION_BOUNDS_MS.length + 1).fill(0);
    const added = { kinds: [], duration: { operation, classes, sumMs: 0 } };
    this.#operations.set(operation, added);
    return added;
  }
}
