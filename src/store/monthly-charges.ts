// What applications charged subscribers since the start of the month: summed once from the journal, then kept up
// to date, so that a monthly limit does not make each charge read all those before it.
import type Database from 'better-sqlite3';
import type { Transaction } from '../ledger/model';
import type { Micros } from '../ledger/money';
import type { Instant } from '../ledger/time';
import type { Accounts, Chain } from './accounts';
import { RECENT_HISTORY } from './wallet-history';

/** Sums kept between batches. */
const KEPT_SUMS = 20_000;

interface Sum {
  readonly since: Instant;
  total: Micros;
}

/** Whose charges of which application in which currency. */
export interface Charged {
  readonly application: string;
  readonly subscriber: string;
  readonly currency: string;
}

export class MonthlyCharges {
  readonly #sums = new Map<string, Sum>();
  readonly #accounts: Accounts;
  readonly #select;

  constructor(database: Database.Database, accounts: Accounts) {
    this.#accounts = accounts;
    this.#select = database
      .prepare<Chain & { application: string; currency: string; since: Instant }, bigint>(
        `WITH RECURSIVE ${RECENT_HISTORY}
         SELECT coalesce(sum(t.amount), 0)
         FROM account m CROSS JOIN recent r
           CROSS JOIN transfer t ON t.tx = r.number AND t.debit = $wallet AND t.credit = m.id
         WHERE m.kind = 'application' AND m.owner = $application AND m.currency = $currency
           AND t.layer = 'posted'`,
      )
      .pluck();
  }

  since(charged: Charged, since: Instant): Micros {
    const key = keyOf(charged);
    const kept = this.#sums.get(key);
    if (kept?.since === since) return kept.total;
    const { application, subscriber, currency } = charged;
    const chain = this.#accounts.chainOf(subscriber, currency);
    const total = this.#select.get({ ...chain, application, currency, since }) ?? 0n;
    this.#sums.set(key, { since, total });
    return total;
  }

  /** Adds what a transaction charged to the sums that are kept. */
  count({ transfers }: Transaction): void {
    if (this.#sums.size === 0) return;
    for (const { layer, currency, debit, credit, amount } of transfers) {
      if (layer !== 'posted' || credit.kind !== 'application') continue;
      const key = keyOf({ application: credit.owner, subscriber: debit.owner, currency });
      const kept = this.#sums.get(key);
      if (kept !== undefined) kept.total += amount;
    }
    if (this.#sums.size > KEPT_SUMS) this.forget();
  }

  /** After a rollback: nothing kept can be trusted. */
  forget(): void {
    this.#sums.clear();
  }
}

function keyOf({ application, subscriber, currency }: Charged): string {
  return JSON.stringify([application, subscriber, currency]);
}
