// Charges as later refunds find them: what each payer paid, what came back of it, and the evidence behind it.
import type Database from 'better-sqlite3';
import type { EarlierCharge } from '../ledger/earlier-charge';
import type { Effects, Micros } from '../ledger/model';
import type { Accounts } from './accounts';

interface ShareRow {
  readonly application: string;
  readonly subscriber: string;
  readonly currency: string;
  readonly charged: Micros;
  readonly refunded: Micros;
}

export class EarlierCharges {
  readonly #accounts: Accounts;
  readonly #shares;
  readonly #uses;
  readonly #note;

  constructor(database: Database.Database, accounts: Accounts) {
    this.#accounts = accounts;
    this.#shares = database.prepare<[number], ShareRow>(
      `SELECT x.application, a.owner AS subscriber, a.currency, t.amount AS charged,
         coalesce(r.total, 0) AS refunded
       FROM tx x CROSS JOIN transfer t ON t.tx = x.number CROSS JOIN account a ON a.id = t.debit
         LEFT JOIN refunded r ON r.charge = x.number AND r.wallet = a.id
       WHERE x.number = ? AND t.layer = 'posted' AND a.kind = 'subscriber' ORDER BY t.line`,
    );
    this.#uses = database
      .prepare<[number], string>(
        `SELECT e.reference FROM mention m JOIN evidence e ON e.id = m.evidence
         WHERE m.tx = ? AND m.used = 1 AND e.used_by = m.tx ORDER BY m.line`,
      )
      .pluck();
    this.#note = database.prepare<[number, number, bigint]>(
      `INSERT INTO refunded(charge, wallet, total) VALUES (?, ?, ?)
       ON CONFLICT(charge, wallet) DO UPDATE SET total = excluded.total`,
    );
  }

  /** Undefined for a transaction that took money from nobody. */
  find(transaction: number): EarlierCharge | undefined {
    const shares = this.#shares.all(transaction);
    const first = shares[0];
    if (first === undefined) return undefined;
    const { application, currency } = first;
    return {
      transaction,
      application,
      currency,
      shares: shares.map(({ subscriber, charged, refunded }) => ({
        subscriber,
        charged,
        refunded,
      })),
      uses: this.#uses.all(transaction),
    };
  }

  note({ charge, subscriber, currency, total }: NonNullable<Effects['refunded']>): void {
    this.#note.run(charge, this.#accounts.walletId(subscriber, currency), total);
  }
}
