// A stored ledger as rows for the audit, streamed: nothing is judged and nothing is held in memory here.
import type Database from 'better-sqlite3';
import type {
  AuditedAccount,
  AuditedBooks,
  AuditedReferenceUse,
  AuditedReservation,
  AuditedTransaction,
  AuditedTransfer,
} from '../ledger/audited-books';
import type { PartyKind, ReservationState, TransactionKind } from '../ledger/model';

type AccountRow = [bigint, PartyKind, string, string, bigint, bigint, bigint, bigint];
type TransactionRow = [bigint, bigint, TransactionKind, bigint | null];
type TransferRow = [bigint, bigint, 'posted' | 'pending', bigint, bigint, bigint];
type ReservationRow = [
  ...[bigint, bigint, bigint, bigint, bigint | null, bigint | null],
  ...[bigint, ReservationState, bigint | null],
];
type ReferenceRow = [string, string, string, bigint, bigint, string | null, string | null];

export function auditedBooks(database: Database.Database): AuditedBooks {
  const rows = <Row extends unknown[]>(sql: string) =>
    database.prepare<[], Row>(sql).raw().iterate();
  const [time, count] = database
    .prepare<[], [bigint, bigint]>('SELECT ledger_time, transactions FROM meta')
    .raw()
    .get() ?? [0n, 0n];
  return {
    ledgerTime: Number(time),
    transactionCount: Number(count),
    accounts: () =>
      mapped(
        rows<AccountRow>(
          'SELECT id, kind, owner, currency, credits, debits, held, credit_limit FROM account ORDER BY id',
        ),
        accountOf,
      ),
    transactions: () =>
      mapped(
        rows<TransactionRow>('SELECT number, at, kind, reservation FROM tx ORDER BY number'),
        transactionOf,
      ),
    transfers: () =>
      mapped(
        rows<TransferRow>(
          'SELECT tx, line, layer, debit, credit, amount FROM transfer ORDER BY tx, line',
        ),
        transferOf,
      ),
    reservations: () =>
      mapped(
        rows<ReservationRow>(
          `SELECT id, wallet, reserved, charged, volume_reserved, volume_charged, expires_at, state, closed_by
           FROM reservation ORDER BY id`,
        ),
        reservationOf,
      ),
    referenceUses: () =>
      mapped(
        rows<ReferenceRow>(
          `SELECT u.application, u.space, u.code, u.sequence, u.tx, x.application, x.reference_code
           FROM reference_use u LEFT JOIN tx x ON x.number = u.tx
           ORDER BY u.application, u.space, u.code, u.sequence`,
        ),
        referenceUseOf,
      ),
  };
}

function* mapped<Row, Audited>(
  rows: Iterable<Row>,
  map: (row: Row) => Audited,
): Generator<Audited> {
  for (const row of rows) yield map(row);
}

function accountOf(row: AccountRow): AuditedAccount {
  const [id, kind, owner, currency, credits, debits, held, creditLimit] = row;
  return { id: Number(id), kind, owner, currency, credits, debits, held, creditLimit };
}

function transactionOf([number, at, kind, reservation]: TransactionRow): AuditedTransaction {
  return { number: Number(number), at: Number(at), kind, reservation: optional(reservation) };
}

function transferOf([tx, line, layer, debit, credit, amount]: TransferRow): AuditedTransfer {
  return {
    transaction: Number(tx),
    line: Number(line),
    layer,
    debit: Number(debit),
    credit: Number(credit),
    amount,
  };
}

function reservationOf(row: ReservationRow): AuditedReservation {
  const [id, wallet, reserved, charged, volumeReserved, volumeCharged, expiresAt, state, closedBy] =
    row;
  return {
    id: Number(id),
    wallet: Number(wallet),
    reserved,
    charged,
    volumeReserved: volumeReserved ?? 0n,
    volumeCharged: volumeCharged ?? 0n,
    expiresAt: Number(expiresAt),
    state,
    closedBy: optional(closedBy),
  };
}

function referenceUseOf(row: ReferenceRow): AuditedReferenceUse {
  const [application, space, code, sequence, transaction, recordedApplication, recordedCode] = row;
  return {
    application,
    space,
    code,
    sequence: Number(sequence),
    transaction: Number(transaction),
    recordedApplication: recordedApplication ?? undefined,
    recordedCode: recordedCode ?? undefined,
  };
}

function optional(value: bigint | null): number | undefined {
  return value === null ? undefined : Number(value);
}
