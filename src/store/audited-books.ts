// A stored ledger as rows for the audit, streamed: nothing is judged and nothing is held in memory here.
import type Database from 'better-sqlite3';
import type {
  AuditedAccount,
  AuditedBooks,
  AuditedEvidence,
  AuditedMention,
  AuditedReferenceUse,
  AuditedReservation,
  AuditedTransaction,
  AuditedTransfer,
} from '../ledger/audited-books';
import type { PartyKind, ReservationState, TransactionKind } from '../ledger/model';
import { sealOf } from './seal';

type AccountRow = [
  ...[bigint, PartyKind, string, string, bigint, bigint, bigint, bigint],
  bigint | null,
];
type TransactionRow = [bigint, bigint, TransactionKind, string | null, bigint | null];
type TransferRow = [bigint, bigint, 'posted' | 'pending', bigint, bigint, bigint, bigint | null];
type ReservationRow = [
  ...[bigint, bigint, bigint, bigint, bigint | null, bigint | null],
  ...[bigint, ReservationState, bigint | null],
];
type ReferenceRow = [string, string, string, bigint, bigint, string | null, string | null];
type Recorded = [TransactionKind | null, string | null];
type EvidenceRow = [
  ...[bigint, string, string, string, string | null, bigint, bigint | null],
  ...[Buffer | null, bigint | null, bigint | null, ...Recorded],
];
type RecipientRow = [string, string, bigint];
type MentionRow = [bigint, string, bigint, bigint, ...Recorded];

export function auditedBooks(database: Database.Database): AuditedBooks {
  const rows = <Row extends unknown[]>(sql: string) =>
    database.prepare<[], Row>(sql).raw().iterate();
  const [time, count] = database
    .prepare<[], [bigint, bigint]>('SELECT ledger_time, transactions FROM meta')
    .raw()
    .get() ?? [0n, 0n];
  const recipients = database
    .prepare<[bigint], RecipientRow>(
      `SELECT subscriber, outcome, settles_at FROM evidence_recipient
       WHERE evidence = ? ORDER BY line`,
    )
    .raw();
  return {
    ledgerTime: Number(time),
    transactionCount: Number(count),
    accounts: () =>
      mapped(
        rows<AccountRow>(
          `SELECT id, kind, owner, currency, credits, debits, held, credit_limit, latest
           FROM account ORDER BY id`,
        ),
        accountOf,
      ),
    transactions: () =>
      mapped(
        rows<TransactionRow>(
          'SELECT number, at, kind, application, reservation FROM tx ORDER BY number',
        ),
        transactionOf,
      ),
    transfers: () =>
      mapped(
        rows<TransferRow>(
          'SELECT tx, line, layer, debit, credit, amount, previous FROM transfer ORDER BY tx, line',
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
    undoings: () =>
      mapped(
        rows<[bigint, bigint, bigint]>(
          'SELECT refund, charge, capped FROM undoing ORDER BY refund',
        ),
        ([refund, charge, capped]) => ({
          refund: Number(refund),
          charge: Number(charge),
          capped: capped === 1n,
        }),
      ),
    refundTotals: () =>
      mapped(
        rows<[bigint, bigint, bigint, bigint]>(
          'SELECT charge, wallet, total, capped FROM refunded ORDER BY charge, wallet',
        ),
        ([charge, wallet, total, capped]) => ({
          charge: Number(charge),
          wallet: Number(wallet),
          total,
          capped,
        }),
      ),
    evidence: () =>
      mapped(
        rows<EvidenceRow>(
          `SELECT e.id, e.reference, e.application, e.service, e.receipt, e.issued_at, e.used_by,
             s.digest, s.tx, x.at, x.kind, x.application
           FROM evidence e LEFT JOIN tx x ON x.number = e.id
             LEFT JOIN seal s ON s.evidence = e.id
               AND s.tx = (SELECT max(tx) FROM seal WHERE evidence = e.id)
           ORDER BY e.id`,
        ),
        (row) => evidenceOf(row, recipients.all(row[0])),
      ),
    mentions: () =>
      mapped(
        rows<MentionRow>(
          `SELECT m.tx, m.reference, m.evidence, m.used, x.kind, x.application
           FROM mention m LEFT JOIN tx x ON x.number = m.tx
           WHERE m.evidence IS NOT NULL ORDER BY m.tx, m.line`,
        ),
        mentionOf,
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
  const [id, kind, owner, currency, credits, debits, held, creditLimit, latest] = row;
  return {
    id: Number(id),
    kind,
    owner,
    currency,
    credits,
    debits,
    held,
    creditLimit,
    latest: optional(latest),
  };
}

function transactionOf(row: TransactionRow): AuditedTransaction {
  const [number, at, kind, application, reservation] = row;
  return {
    number: Number(number),
    at: Number(at),
    kind,
    application: application ?? undefined,
    reservation: optional(reservation),
  };
}

function transferOf(row: TransferRow): AuditedTransfer {
  const [tx, line, layer, debit, credit, amount, previous] = row;
  return {
    transaction: Number(tx),
    line: Number(line),
    layer,
    debit: Number(debit),
    credit: Number(credit),
    amount,
    previous: optional(previous),
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

function evidenceOf(row: EvidenceRow, recipients: readonly RecipientRow[]): AuditedEvidence {
  const [id, reference, application, service, receipt, issuedAt, usedBy, ...noted] = row;
  const [sealedDigest, sealedBy, recordedAt, recordedKind, recordedApplication] = noted;
  const deliveries = recipients.map(([subscriber, outcome, settlesAt]) => {
    return { subscriber, outcome, settlesAt: Number(settlesAt) };
  });
  return {
    id: Number(id),
    reference,
    application,
    issuedAt: Number(issuedAt),
    usedBy: optional(usedBy),
    recipients: recipients.length,
    digest: sealOf({ reference, service, receipt, recipients: deliveries }).toString('hex'),
    sealedDigest: sealedDigest?.toString('hex'),
    sealedBy: optional(sealedBy),
    recordedAt: optional(recordedAt),
    recordedKind: recordedKind ?? undefined,
    recordedApplication: recordedApplication ?? undefined,
  };
}

function mentionOf(row: MentionRow): AuditedMention {
  const [transaction, reference, evidence, used, recordedKind, recordedApplication] = row;
  return {
    transaction: Number(transaction),
    reference,
    evidence: Number(evidence),
    used: used === 1n,
    recordedKind: recordedKind ?? undefined,
    recordedApplication: recordedApplication ?? undefined,
  };
}

function optional(value: bigint | null): number | undefined {
  return value === null ? undefined : Number(value);
}
