// The journal: transactions and their transfers, rows that are written once and never change.
import type Database from 'better-sqlite3';
import type { PartyKind, Transaction, TransactionKind, Transfer } from '../ledger/model';
import type { Instant } from '../ledger/time';
import type { Accounts } from './accounts';
import { JournalLinks } from './journal-links';
import { HISTORY } from './wallet-history';

/** A transaction as the journal has it. */
export interface RecordedTransaction extends Transaction {
  readonly number: number;
  readonly at: Instant;
}

/** Which transactions: those that moved or held money of `subscriber`; `limit` of those numbered above `after`. */
export interface JournalFilter {
  readonly subscriber?: string;
  readonly after?: number;
  readonly limit?: number;
}

interface TransactionRow {
  readonly number: bigint;
  readonly at: bigint;
  readonly kind: TransactionKind;
  readonly application: string | null;
  readonly referenceCode: string | null;
  readonly reservation: bigint | null;
  readonly code: string | null;
  readonly notes: string | null;
  readonly volume: bigint | null;
  readonly unit: string | null;
}

interface TransferRow {
  readonly layer: Transfer['layer'];
  readonly currency: string;
  readonly debitKind: PartyKind;
  readonly debitOwner: string;
  readonly creditKind: PartyKind;
  readonly creditOwner: string;
  readonly amount: bigint;
}

type Value = string | number | bigint | null;

const NO_LIMIT = -1;
const SELECT = `SELECT number, at, kind, application, reference_code AS referenceCode, reservation, code, notes,
  volume, unit FROM tx WHERE number > $after`;

export class Journal {
  readonly #accounts: Accounts;
  readonly #links: JournalLinks;
  readonly #insertTransaction;
  readonly #insertTransfer;
  readonly #all;
  readonly #ofSubscriber;
  readonly #transfers;

  constructor(database: Database.Database, accounts: Accounts) {
    this.#accounts = accounts;
    this.#links = new JournalLinks(database);
    this.#insertTransaction = database.prepare<Value[]>(
      `INSERT INTO tx(number, at, kind, application, reference_code, reservation, code, notes, volume, unit)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    this.#insertTransfer = database.prepare<
      [number, number, string, number, number, bigint, number | null]
    >(
      `INSERT INTO transfer(tx, line, layer, debit, credit, amount, previous)
       VALUES (?, ?, ?, ?, ?, ?, ?)`,
    );
    this.#all = database.prepare<{ after: number; limit: number }, TransactionRow>(
      `${SELECT} ORDER BY number LIMIT $limit`,
    );
    this.#ofSubscriber = database.prepare<
      { subscriber: string; after: number; limit: number },
      TransactionRow
    >(
      `WITH RECURSIVE ${HISTORY}
       ${SELECT} AND number IN (SELECT number FROM history) ORDER BY number LIMIT $limit`,
    );
    this.#transfers = database.prepare<[bigint], TransferRow>(
      `SELECT t.layer, d.currency, d.kind AS debitKind, d.owner AS debitOwner,
         c.kind AS creditKind, c.owner AS creditOwner, t.amount
       FROM transfer t JOIN account d ON d.id = t.debit JOIN account c ON c.id = t.credit
       WHERE t.tx = ? ORDER BY t.line`,
    );
  }

  add(number: number, at: Instant, transaction: Transaction): void {
    const { kind, application, referenceCode, reservation, code, notes, volume, unit } =
      transaction;
    this.#insertTransaction.run(
      number,
      at,
      kind,
      application ?? null,
      referenceCode ?? null,
      reservation ?? null,
      code ?? null,
      notes === undefined ? null : JSON.stringify(notes),
      volume ?? null,
      unit ?? null,
    );
    transaction.transfers.forEach(({ layer, currency, debit, credit, amount }, line) => {
      const debited = this.#accounts.idOf(debit, currency);
      const credited = this.#accounts.idOf(credit, currency);
      const owner = debit.kind === 'subscriber' ? debit.owner : credit.owner;
      const previous = this.#accounts.chain(owner, currency, number);
      this.#insertTransfer.run(number, line, layer, debited, credited, amount, previous);
    });
    const { mentions, undoes } = transaction;
    if (mentions !== undefined) this.#links.addMentions(number, mentions);
    if (undoes !== undefined) this.#links.addUndoing(number, undoes);
  }

  /** In order of number. */
  list({ subscriber, after = 0, limit = NO_LIMIT }: JournalFilter): RecordedTransaction[] {
    const rows =
      subscriber === undefined
        ? this.#all.all({ after, limit })
        : this.#ofSubscriber.all({ subscriber, after, limit });
    return rows.map((row) => this.#recorded(row));
  }

  #recorded(row: TransactionRow): RecordedTransaction {
    const { application, referenceCode, reservation, code, notes, volume, unit } = row;
    return {
      number: Number(row.number),
      at: Number(row.at),
      kind: row.kind,
      ...(application === null ? {} : { application }),
      ...(referenceCode === null ? {} : { referenceCode }),
      ...(reservation === null ? {} : { reservation: Number(reservation) }),
      ...(code === null ? {} : { code }),
      ...(notes === null ? {} : { notes: JSON.parse(notes) }),
      ...(volume === null ? {} : { volume }),
      ...(unit === null ? {} : { unit }),
      ...this.#links.of(Number(row.number)),
      transfers: this.#transfers.all(row.number).map(transferOf),
    };
  }
}

function transferOf(row: TransferRow): Transfer {
  return {
    layer: row.layer,
    currency: row.currency,
    debit: { kind: row.debitKind, owner: row.debitOwner },
    credit: { kind: row.creditKind, owner: row.creditOwner },
    amount: row.amount,
  };
}
