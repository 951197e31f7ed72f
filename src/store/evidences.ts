// Evidence with its recipients: issued once, then rewritten as deliveries, receipts and charges change it.
import type Database from 'better-sqlite3';
import type { DeliveryOutcome, Evidence, EvidenceRecipient } from '../ledger/evidence';
import type { Instant } from '../ledger/time';
import type { DueReceipt, EvidenceFilter } from './reading';
import { sealOf } from './seal';

interface EvidenceRow {
  readonly id: bigint;
  readonly reference: string;
  readonly application: string;
  readonly service: string;
  readonly issuedAt: bigint;
  readonly usedBy: bigint | null;
  readonly receipt: string | null;
}

interface RecipientRow {
  readonly subscriber: string;
  readonly outcome: DeliveryOutcome;
  readonly settlesAt: bigint;
  readonly receiptAwaited: bigint;
}

interface RecipientValues {
  readonly evidence: number;
  readonly line: number;
  readonly outcome: DeliveryOutcome;
  readonly settlesAt: Instant;
  readonly awaited: number;
}

type Value = string | number | bigint | null;

const SELECT = `SELECT e.id, e.reference, e.application, e.service, e.issued_at AS issuedAt,
  e.used_by AS usedBy, e.receipt FROM evidence e`;
const AWAITED = `receipt_awaited = 1 AND outcome <> 'never'`;

export class Evidences {
  readonly #find;
  readonly #list;
  readonly #recipients;
  readonly #nextReceipt;
  readonly #due;
  readonly #insert;
  readonly #insertRecipient;
  readonly #update;
  readonly #updateRecipient;
  readonly #seal;

  constructor(database: Database.Database) {
    this.#find = database.prepare<[string], EvidenceRow>(`${SELECT} WHERE e.reference = ?`);
    this.#list = database.prepare<
      { readonly application: string | null; readonly subscriber: string | null },
      EvidenceRow
    >(
      `${SELECT} WHERE ($application IS NULL OR e.application = $application)
         AND ($subscriber IS NULL OR EXISTS (SELECT 1 FROM evidence_recipient r
           WHERE r.evidence = e.id AND r.subscriber = $subscriber))
       ORDER BY e.id`,
    );
    this.#recipients = database.prepare<[bigint], RecipientRow>(
      `SELECT subscriber, outcome, settles_at AS settlesAt, receipt_awaited AS receiptAwaited
       FROM evidence_recipient WHERE evidence = ? ORDER BY line`,
    );
    this.#nextReceipt = database
      .prepare<[number], bigint>(
        `SELECT settles_at FROM evidence_recipient
         WHERE settles_at > ? AND ${AWAITED} ORDER BY settles_at LIMIT 1`,
      )
      .pluck();
    this.#due = database.prepare<[number, number], { reference: string; subscriber: string }>(
      `SELECT e.reference, r.subscriber
       FROM evidence_recipient r CROSS JOIN evidence e ON e.id = r.evidence
       WHERE r.settles_at <= ? AND ${AWAITED} ORDER BY r.settles_at, r.evidence, r.line LIMIT ?`,
    );
    this.#insert = database.prepare<Value[]>(
      `INSERT INTO evidence(id, reference, application, service, issued_at, used_by, receipt)
       VALUES (?, ?, ?, ?, ?, ?, ?)`,
    );
    this.#insertRecipient = database.prepare<[RecipientValues & { readonly subscriber: string }]>(
      `INSERT INTO evidence_recipient(evidence, line, subscriber, outcome, settles_at, receipt_awaited)
       VALUES ($evidence, $line, $subscriber, $outcome, $settlesAt, $awaited)`,
    );
    this.#update = database.prepare<Value[]>('UPDATE evidence SET used_by = ? WHERE id = ?');
    // Most changes are of the evidence alone: only what differs is written.
    this.#updateRecipient = database.prepare<[RecipientValues]>(
      `UPDATE evidence_recipient
       SET outcome = $outcome, settles_at = $settlesAt, receipt_awaited = $awaited
       WHERE evidence = $evidence AND line = $line
         AND (outcome, settles_at, receipt_awaited) <> ($outcome, $settlesAt, $awaited)`,
    );
    this.#seal = database.prepare<[number, number, Buffer]>(
      'INSERT INTO seal(evidence, tx, digest) VALUES (?, ?, ?)',
    );
  }

  find(reference: string): Evidence | undefined {
    const row = this.#find.get(reference);
    return row === undefined ? undefined : this.#evidence(row);
  }

  /** In the order in which it was issued. */
  list({ application = null, subscriber = null }: NullableFilter): Evidence[] {
    return this.#list.all({ application, subscriber }).map((row) => this.#evidence(row));
  }

  nextReceipt(after: Instant): Instant | undefined {
    const at = this.#nextReceipt.get(after);
    return at === undefined ? undefined : Number(at);
  }

  receiptsDue(now: Instant, limit: number): DueReceipt[] {
    return this.#due.all(now, limit).flatMap(({ reference, subscriber }) => {
      const evidence = this.find(reference);
      const recipient = evidence?.recipients.find((each) => each.subscriber === subscriber);
      return evidence === undefined || recipient === undefined ? [] : [{ evidence, recipient }];
    });
  }

  /** Creates what a transaction from `next` on issues, and rewrites what was there before. */
  put(evidence: Evidence, next: number): void {
    const { issuedBy, reference, application, service, issuedAt, usedBy, receipt } = evidence;
    const isNew = issuedBy >= next;
    if (isNew) {
      const json = receiptText(receipt);
      this.#insert.run(issuedBy, reference, application, service, issuedAt, usedBy ?? null, json);
    } else {
      this.#update.run(usedBy ?? null, issuedBy);
    }
    evidence.recipients.forEach((recipient, line) => {
      const { outcome, settlesAt, receiptAwaited = false, subscriber } = recipient;
      const awaited = receiptAwaited ? 1 : 0;
      const values = { evidence: issuedBy, line, outcome, settlesAt, awaited };
      if (isNew) this.#insertRecipient.run({ ...values, subscriber });
      else this.#updateRecipient.run(values);
    });
  }

  /** Notes what evidence is as that transaction leaves it. */
  seal(evidence: Evidence, transaction: number): void {
    const { issuedBy, receipt } = evidence;
    const digest = sealOf({ ...evidence, receipt: receiptText(receipt) });
    this.#seal.run(issuedBy, transaction, digest);
  }

  #evidence({ id, usedBy, receipt, issuedAt, ...row }: EvidenceRow): Evidence {
    return {
      ...row,
      issuedBy: Number(id),
      issuedAt: Number(issuedAt),
      recipients: this.#recipients.all(id).map(recipientOf),
      ...(usedBy === null ? {} : { usedBy: Number(usedBy) }),
      ...(receipt === null ? {} : { receipt: JSON.parse(receipt) }),
    };
  }
}

type NullableFilter = { readonly [name in keyof EvidenceFilter]: string | null | undefined };

function receiptText(receipt: Evidence['receipt']): string | null {
  return receipt === undefined ? null : JSON.stringify(receipt);
}

function recipientOf(row: RecipientRow): EvidenceRecipient {
  const { subscriber, outcome, settlesAt, receiptAwaited } = row;
  return {
    subscriber,
    outcome,
    settlesAt: Number(settlesAt),
    ...(receiptAwaited === 1n && { receiptAwaited: true as const }),
  };
}
