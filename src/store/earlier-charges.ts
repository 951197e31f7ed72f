// Charges as later refunds find them: what a payer paid and got back, who else paid, and the evidence behind it.
import type Database from 'better-sqlite3';
import type { Effects } from '../ledger/decision';
import type { EarlierCharge, WalletCharges, WholeCharge } from '../ledger/earlier-charge';
import type { Micros } from '../ledger/money';
import { LEDGER_LIMITS } from '../limits';
import type { Accounts } from './accounts';
import type { Evidences } from './evidences';

interface ShareRow {
  readonly subscriber: string;
  readonly charged: Micros;
  readonly refunded: Micros;
}

interface ChargeRow {
  readonly tx: bigint;
  readonly charged: Micros;
  readonly refunded: Micros;
}

interface Named {
  readonly wallet: number;
  readonly uses: number;
}

/** A posted debit of a wallet is a charge of it, joined to the transactions of `named`. */
const CHARGE_OF_WALLET = `CROSS JOIN transfer t ON t.tx = named.tx AND t.layer = 'posted' AND t.debit = $wallet
  LEFT JOIN refunded r ON r.charge = t.tx AND r.wallet = t.debit`;
const SUMS = 't.amount AS charged, coalesce(r.total, 0) AS refunded';

export class EarlierCharges {
  readonly #accounts: Accounts;
  readonly #evidences: Evidences;
  readonly #underCode;
  readonly #naming;
  readonly #shares;
  readonly #uses;
  readonly #note;

  constructor(database: Database.Database, accounts: Accounts, evidences: Evidences) {
    this.#accounts = accounts;
    this.#evidences = evidences;
    // Both walk an index backwards and are read row by row: nothing is sorted, and no more is read than is wanted.
    this.#underCode = database.prepare<[Named & { application: string; code: string }], ChargeRow>(
      `SELECT named.tx, ${SUMS} FROM reference_use named ${CHARGE_OF_WALLET}
       WHERE named.application = $application AND named.space = 'charge' AND named.code = $code
         AND named.sequence > (SELECT max(sequence) FROM reference_use
           WHERE application = $application AND space = 'charge' AND code = $code) - $uses
       ORDER BY named.sequence DESC`,
    );
    this.#naming = database.prepare<[Named & { evidence: number }], ChargeRow>(
      `SELECT named.tx, ${SUMS} FROM mention named ${CHARGE_OF_WALLET}
       WHERE named.evidence = $evidence
         AND named.tx > coalesce((SELECT tx FROM mention
           WHERE evidence = $evidence ORDER BY tx DESC LIMIT 1 OFFSET $uses), 0)
       ORDER BY named.tx DESC`,
    );
    this.#shares = database.prepare<[number], ShareRow>(
      `SELECT a.owner AS subscriber, ${SUMS}
       FROM transfer t CROSS JOIN account a ON a.id = t.debit
         LEFT JOIN refunded r ON r.charge = t.tx AND r.wallet = t.debit
       WHERE t.tx = ? AND t.layer = 'posted' AND a.kind = 'subscriber' ORDER BY t.line`,
    );
    this.#uses = database
      .prepare<[number], string>(
        `SELECT e.reference FROM mention m JOIN evidence e ON e.id = m.evidence
         WHERE m.tx = ? AND m.used = 1 AND e.used_by = m.tx ORDER BY m.line`,
      )
      .pluck();
    this.#note = database.prepare<[number, number, bigint, bigint]>(
      `INSERT INTO refunded(charge, wallet, total, capped) VALUES (?, ?, ?, ?)
       ON CONFLICT(charge, wallet) DO UPDATE SET total = excluded.total, capped = capped + excluded.capped`,
    );
  }

  /** Good until something is written. The wallet must exist. */
  of(application: string, subscriber: string, currency: string): WalletCharges {
    const wallet = this.#accounts.walletId(subscriber, currency);
    const uses = LEDGER_LIMITS.usesOfName;
    return {
      underCode: (code) => charges(this.#underCode.iterate({ application, code, wallet, uses })),
      naming: (evidence) => charges(this.#naming.iterate({ evidence, wallet, uses })),
      whole: (transaction) => this.#whole(transaction),
    };
  }

  note({ charge, subscriber, currency, total, capped }: NonNullable<Effects['refunded']>): void {
    this.#note.run(charge, this.#accounts.walletId(subscriber, currency), total, capped);
  }

  #whole(transaction: number): WholeCharge {
    return {
      shares: this.#shares.all(transaction),
      uses: this.#uses
        .all(transaction)
        .flatMap((reference) => this.#evidences.find(reference) ?? []),
    };
  }
}

function* charges(rows: Iterable<ChargeRow>): Generator<EarlierCharge> {
  for (const { tx, charged, refunded } of rows) {
    yield { transaction: Number(tx), charged, refunded };
  }
}
