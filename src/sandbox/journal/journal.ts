// Every exchange of a sandbox, up to its bounds: kept as it was, worked out when somebody asks. Writing is one push.
import type { TermsOf } from '../../ledger/terms';
import type { Instant } from '../../ledger/time';
import { normaliseAddress } from '../../payment/address';
import { QuestionError } from '../books/inquiry';
import {
  type ExchangeSummary,
  type ExchangeView,
  namesReservation,
  summaryOf,
  type ViewOptions,
  viewOf,
} from './exchange-view';
import type { Explainer } from './explain';
import type { Explanation } from './explanation';
import { compileFilter, type ExchangeFilter, type ExchangeMatcher } from './journal-filter';
import { type JournalBounds, type JournalRecord, weightOf } from './journal-record';

export interface ListOptions extends ViewOptions {
  /** The most that are told: with `after` the first ones, else the last ones. */
  readonly limit?: number;
}

export interface WaitOptions extends ViewOptions {
  /** How many exchanges must match; one when absent. */
  readonly count?: number;
  /** How long to wait, in real time; ten seconds when absent. */
  readonly timeoutMs?: number;
  /** Whether those count that have been already; true when absent. */
  readonly past?: boolean;
}

export interface JournalOptions {
  readonly sandbox: string;
  readonly bounds: JournalBounds;
  readonly now: () => Instant;
  readonly terms: TermsOf;
  /** Whose reservation it is, by the identifier on the wire. */
  readonly ownerOf: (reservationIdentifier: string) => string | undefined;
  readonly explain: Explainer;
  /** Told of what a listener throws. */
  readonly onDefect: (error: unknown) => void;
}

/** Not enough exchanges came; its message says for what was waited, `seen` has what came. */
export class WaitTimeoutError extends Error {
  override readonly name = 'WaitTimeoutError';
  readonly code = 'WAIT_TIMEOUT';

  constructor(
    message: string,
    readonly seen: readonly ExchangeSummary[],
  ) {
    super(message);
  }
}

const WAIT_MS = 10_000;

type Watcher = (record: JournalRecord) => void;

export class Journal {
  readonly #options: JournalOptions;
  /** A ring: each record has its place by the number in its id. */
  #ring: (JournalRecord | undefined)[] = [];
  /** The number of the oldest that is kept, and that of the last id given. */
  #first = 1;
  #last = 0;
  #bytes = 0;
  readonly #watchers = new Set<Watcher>();
  readonly #waiting = new Set<() => void>();

  constructor(options: JournalOptions) {
    this.#options = options;
  }

  /** Whether exchanges are recorded at all. */
  get enabled(): boolean {
    return this.#options.bounds.records > 0;
  }

  get size(): number {
    return this.#last - this.#first + 1;
  }

  /** The id of the next exchange: to be recorded before another one is asked for. */
  nextId(): string {
    this.#last += 1;
    return `${this.#options.sandbox}-${String(this.#last).padStart(6, '0')}`;
  }

  record(record: JournalRecord): void {
    this.#bytes += weightOf(record);
    this.#drop(this.#last - 1);
    this.#ring[this.#last % this.#options.bounds.records] = record;
    if (this.#watchers.size === 0) return;
    for (const watch of [...this.#watchers]) watch(record);
  }

  /** In the order in which they were answered. */
  list(filter: ExchangeFilter = {}, options: ListOptions = {}): readonly ExchangeSummary[] {
    const { limit = Number.POSITIVE_INFINITY } = options;
    const found = this.#matching(filter);
    const from = filter.after === undefined ? Math.max(found.length - limit, 0) : 0;
    return found.slice(from, from + limit).map((record) => this.#summary(record, options));
  }

  /** Undefined for what was never there, or is there no more. */
  get(id: string, options: ViewOptions = {}): ExchangeView | undefined {
    const record = this.find(id);
    return record && viewOf(record, options, this.#concerned(record, options));
  }

  /** What happened to it, step by step; undefined as `get`. */
  explain(id: string, options: ViewOptions = {}): Explanation | undefined {
    const record = this.find(id);
    return record && this.#options.explain(record, options);
  }

  /** As it is kept, nothing masked. */
  find(id: string): JournalRecord | undefined {
    this.#drop();
    const number = this.#numberOf(id);
    const record =
      number === undefined ? undefined : this.#ring[number % this.#options.bounds.records];
    return record?.id === id ? record : undefined;
  }

  /** Resolves as soon as enough exchanges match; rejects with WaitTimeoutError when the time is over before. */
  wait(filter: ExchangeFilter, options: WaitOptions = {}): Promise<readonly ExchangeSummary[]> {
    const { count = 1, timeoutMs = WAIT_MS, past = true } = options;
    const matches = this.#matcher(filter);
    const seen = past ? this.#matching(filter) : [];
    const summaries = () => seen.map((record) => this.#summary(record, options));
    if (seen.length >= count) return Promise.resolve(summaries());

    return new Promise((resolve, reject) => {
      const end = (): void => {
        clearTimeout(timer);
        this.#watchers.delete(watch);
        this.#waiting.delete(giveUp);
      };
      const watch: Watcher = (record) => {
        if (!matches(record)) return;
        seen.push(record);
        if (seen.length < count) return;
        end();
        resolve(summaries());
      };
      const giveUp = (): void => {
        end();
        const message = `Waited for ${count} exchanges with ${JSON.stringify(filter)}, ${seen.length} came.`;
        reject(new WaitTimeoutError(message, summaries()));
      };
      const timer = setTimeout(giveUp, timeoutMs);
      this.#watchers.add(watch);
      this.#waiting.add(giveUp);
    });
  }

  /** Tells of every exchange from now on, until the function returned is called. */
  subscribe(
    listener: (exchange: ExchangeSummary) => void,
    filter: ExchangeFilter = {},
    options: ViewOptions = {},
  ): () => void {
    const matches = this.#matcher(filter);
    const watch: Watcher = (record) => {
      try {
        if (matches(record)) listener(this.#summary(record, options));
      } catch (error) {
        this.#options.onDefect(error);
      }
    };
    this.#watchers.add(watch);
    return () => {
      this.#watchers.delete(watch);
    };
  }

  /** Forgets everything but the number of the last id: no two exchanges share one. */
  clear(): void {
    this.#ring = [];
    this.#first = this.#last + 1;
    this.#bytes = 0;
  }

  /** Ends every wait and tells nobody any more. */
  close(): void {
    for (const giveUp of [...this.#waiting]) giveUp();
    this.#watchers.clear();
  }

  #matching({ after, ...filter }: ExchangeFilter): JournalRecord[] {
    this.#drop();
    const matches = this.#matcher(filter);
    const found: JournalRecord[] = [];
    const from = after === undefined ? this.#first : this.#placed(after) + 1;
    for (let number = Math.max(from, this.#first); number <= this.#last; number += 1) {
      const record = this.#ring[number % this.#options.bounds.records];
      if (record !== undefined && matches(record)) found.push(record);
    }
    return found;
  }

  #matcher(filter: ExchangeFilter): ExchangeMatcher {
    const { terms } = this.#options;
    const countryCodeOf = (application: string) => terms(application).countryCode;
    return compileFilter(filter, (record) => this.#subscribersOf(record), countryCodeOf);
  }

  /** In normal form; of an exchange about a reservation its owner. */
  #subscribersOf(record: JournalRecord): readonly string[] {
    const { subject, application = '' } = record;
    if (subject === undefined) return [];
    if (namesReservation(record)) {
      const owner = this.#options.ownerOf(subject);
      return owner === undefined ? [] : [owner];
    }
    const { countryCode } = this.#options.terms(application);
    return subject
      .split(' ')
      .flatMap((each) => normaliseAddress(each.trim(), countryCode)?.address ?? each);
  }

  #summary(record: JournalRecord, options: ViewOptions): ExchangeSummary {
    return summaryOf(record, options, this.#concerned(record, options));
  }

  /** Whose numbers are to be hidden. */
  #concerned(record: JournalRecord, { reveal = false }: ViewOptions): readonly string[] {
    return reveal ? [] : this.#subscribersOf(record);
  }

  #numberOf(id: string): number | undefined {
    const prefix = `${this.#options.sandbox}-`;
    const digits = id.startsWith(prefix) ? id.slice(prefix.length) : '';
    return /^\d{6,15}$/.test(digits) ? Number(digits) : undefined;
  }

  /** As `#numberOf`. Throws QuestionError for what is no id of this sandbox. */
  #placed(id: string): number {
    const number = this.#numberOf(id);
    if (number !== undefined) return number;
    throw new QuestionError(
      `"${id}" is no exchange of this sandbox; ids look like ${this.#options.sandbox}-000001.`,
    );
  }

  /** Lets go of what is beyond the bounds, up to the number `last`. */
  #drop(last = this.#last): void {
    const { records, ageMs, bytes } = this.#options.bounds;
    const oldest = ageMs === undefined ? Number.NEGATIVE_INFINITY : this.#options.now() - ageMs;
    for (; this.#first <= last; this.#first += 1) {
      const place = this.#first % records;
      const record = this.#ring[place];
      if (record === undefined) continue;
      const fits = this.#bytes <= bytes || this.#first === this.#last;
      if (this.size <= records && fits && record.at >= oldest) return;
      this.#bytes -= weightOf(record);
      this.#ring[place] = undefined;
    }
  }
}
