// The audit of evidence: where each piece comes from, and which charges the journal says have used it.
import type { RefundAudit } from './audit-refunds';
import type { AuditedBooks, AuditedEvidence, AuditedMention } from './audited-books';
import type { Report } from './invariants';

/** Evidence with the charges that use it and are not refunded in full. */
interface EvidenceUse {
  readonly evidence: AuditedEvidence;
  readonly users: number[];
}

/** `issues`: how many transactions of the journal issued evidence. `refunds` has seen the whole journal. */
export function auditEvidence(
  books: AuditedBooks,
  issues: number,
  refunds: RefundAudit,
  report: Report,
): void {
  const uses = new Map<number, EvidenceUse>();
  for (const evidence of books.evidence()) {
    uses.set(evidence.id, { evidence, users: [] });
    auditIssue(evidence, report);
  }
  if (uses.size !== issues) {
    report('I17', `the journal issued evidence ${issues} times, and ${uses.size} pieces are there`);
  }
  for (const mention of books.mentions()) {
    const use = uses.get(mention.evidence);
    auditMention(mention, use?.evidence, report);
    if (use === undefined || !mention.used || refunds.isUndone(mention.transaction)) continue;
    use.users.push(mention.transaction);
  }
  for (const use of uses.values()) auditUse(use, report);
}

function auditIssue(evidence: AuditedEvidence, report: Report): void {
  const { id, reference, application, recipients, recordedKind, recordedApplication } = evidence;
  if (recordedKind !== 'issue' || recordedApplication !== application) {
    report('I17', `evidence "${reference}" is that of transaction ${id}, which did not issue it`);
  }
  if (recipients === 0) report('I17', `evidence "${reference}" covers nobody`);
}

function auditMention(
  mention: AuditedMention,
  evidence: AuditedEvidence | undefined,
  report: Report,
): void {
  const { transaction, reference, used, recordedKind, recordedApplication } = mention;
  const isIts =
    evidence?.reference === reference &&
    evidence.application === recordedApplication &&
    evidence.id < transaction;
  if (!isIts) {
    report('I17', `transaction ${transaction} names evidence "${reference}", which is not its own`);
  }
  if (used && recordedKind !== 'charge') {
    report('I17', `transaction ${transaction} uses evidence "${reference}" and is no charge`);
  }
}

function auditUse({ evidence, users }: EvidenceUse, report: Report): void {
  const { reference, usedBy } = evidence;
  if (users.length > 1) {
    report('I17', `evidence "${reference}" is used by transactions ${users.join(' and ')}`);
  } else if (users[0] !== usedBy) {
    report(
      'I17',
      `evidence "${reference}" is noted as used by ${usedBy ?? 'nothing'}, the journal has ${users[0] ?? 'nothing'}`,
    );
  }
}
