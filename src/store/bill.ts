// Bill entries, one row a charging session and subscriber.
import type Database from 'better-sqlite3';
import type { BillEntry } from '../ledger/model';
import type { Accounts } from './accounts';
import { HISTORY } from './wallet-history';

interface BillRow {
  readonly session: bigint;
  readonly subscriber: string;
  readonly application: string;
  readonly kind: BillEntry['kind'];
  readonly currency: string;
  readonly amount: bigint;
  readonly at: bigint;
  readonly texts: string;
}

const COLUMNS =
  'b.session, a.owner AS subscriber, b.application, b.kind, a.currency, b.amount, b.at, b.texts';

export class Bill {
  readonly #accounts: Accounts;
  readonly #insert;
  readonly #all;
  readonly #ofSubscriber;

  constructor(database: Database.Database, accounts: Accounts) {
    this.#accounts = accounts;
    this.#insert = database.prepare<
      [number, number, number, string, string, bigint, number, string]
    >(
      `INSERT INTO bill_entry(session, line, wallet, application, kind, amount, at, texts)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    this.#all = database.prepare<[], BillRow>(
      `SELECT ${COLUMNS} FROM bill_entry b JOIN account a ON a.id = b.wallet
       ORDER BY b.at, b.session, b.line`,
    );
    // What cost something is found through the transfers of its session, what was free through an index of its own.
    this.#ofSubscriber = database.prepare<{ readonly subscriber: string }, BillRow>(
      `WITH RECURSIVE ${HISTORY},
         sessions(wallet, number) AS (SELECT DISTINCT h.wallet, coalesce(x.reservation, x.number)
           FROM history h CROSS JOIN tx x ON x.number = h.number)
       SELECT ${COLUMNS} FROM sessions s
         CROSS JOIN bill_entry b ON b.session = s.number AND b.wallet = s.wallet
         CROSS JOIN account a ON a.id = b.wallet
       WHERE b.amount > 0
       UNION ALL
       SELECT ${COLUMNS} FROM account a CROSS JOIN bill_entry b ON b.wallet = a.id
       WHERE a.kind = 'subscriber' AND a.owner = $subscriber AND b.amount = 0
       ORDER BY at, session`,
    );
  }

  add(entries: readonly BillEntry[]): void {
    entries.forEach((entry, line) => {
      const { session, subscriber, application, kind, currency, amount, at, texts } = entry;
      const wallet = this.#accounts.walletId(subscriber, currency);
      const json = JSON.stringify(texts);
      this.#insert.run(session, line, wallet, application, kind, amount, at, json);
    });
  }

  /** In the order in which the sessions ended. */
  list(subscriber: string | undefined): BillEntry[] {
    const rows =
      subscriber === undefined ? this.#all.all() : this.#ofSubscriber.all({ subscriber });
    return rows.map((row) => ({
      ...row,
      session: Number(row.session),
      at: Number(row.at),
      texts: JSON.parse(row.texts),
    }));
  }
}
