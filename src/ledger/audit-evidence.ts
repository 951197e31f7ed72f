// The audit of evidence: where each piece comes from, and which charges the journal says have used it.
import type { RefundAudit } from './audit-refunds';
import type { AuditedBooks, AuditedEvidence, AuditedMention } from './audited-books';
import type { Report } from './invariants';

/** Evidence with the latest charge that used it, and the latest transaction that said how its deliveries stand. */
interface EvidenceUse {
  readonly evidence: AuditedEvidence;
  user?: number;
  toldBy: number;
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
    uses.set(evidence.id, { evidence, toldBy: evidence.id });
    auditIssue(evidence, report);
  }
  if (uses.size !== issues) {
    report('I17', `the journal issued evidence ${issues} times, and ${uses.size} pieces are there`);
  }
  for (const mention of books.mentions()) {
    const use = uses.get(mention.evidence);
    auditMention(mention, use?.evidence, report);
    if (use === undefined) continue;
    if (mention.recordedKind === 'deliver') use.toldBy = mention.transaction;
    if (mention.used) auditUse(use, mention.transaction, refunds, report);
  }
  for (const use of uses.values()) auditState(use, refunds, report);
}

function auditIssue(evidence: AuditedEvidence, report: Report): void {
  const { id, reference, application, recipients, recordedKind, recordedApplication } = evidence;
  const { issuedAt, recordedAt } = evidence;
  if (recordedKind !== 'issue' || recordedApplication !== application) {
    report('I17', `evidence "${reference}" is that of transaction ${id}, which did not issue it`);
  }
  if (recordedAt !== undefined && issuedAt !== recordedAt) {
    report('I17', `evidence "${reference}" was not issued at the time of transaction ${id}`);
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

/** One use after the other: between two of them the first is undone. */
function auditUse(
  use: EvidenceUse,
  transaction: number,
  refunds: RefundAudit,
  report: Report,
): void {
  const { evidence, user } = use;
  const freedBy = user === undefined ? 0 : refunds.undoneBy(user);
  if (freedBy === undefined || freedBy > transaction) {
    report(
      'I17',
      `evidence "${evidence.reference}" is used by transactions ${user} and ${transaction}`,
    );
  }
  use.user = transaction;
}

/** What evidence notes of itself, against what the journal comes to. */
function auditState({ evidence, user, toldBy }: EvidenceUse, refunds: RefundAudit, report: Report) {
  const { reference, usedBy, digest, sealedBy, sealedDigest } = evidence;
  const inUse = user !== undefined && refunds.undoneBy(user) === undefined ? user : undefined;
  if (inUse !== usedBy) {
    report(
      'I17',
      `evidence "${reference}" is noted as used by ${usedBy ?? 'nothing'}, the journal has ${inUse ?? 'nothing'}`,
    );
  }
  if (sealedBy !== toldBy || digest !== sealedDigest) {
    report('I17', `evidence "${reference}" is not what transaction ${toldBy} left it as`);
  }
}
