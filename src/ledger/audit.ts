// What must be true of every ledger at every commit, proved row by row from the journal up.
// Pure: rows in, violations out. Nothing here is corrected.
import { auditEvidence } from './audit-evidence';
import { type AccountSums, auditJournal } from './audit-journal';
import { RefundAudit } from './audit-refunds';
import { auditReservations } from './audit-reservations';
import type { AuditedAccount, AuditedBooks, AuditedReferenceUse } from './audited-books';
import type { Report, Violation } from './invariants';
import type { Micros } from './money';

/** Every violation found, in a fixed order. Memory: a record an account, a reservation, a refunded charge, a piece of evidence. */
export function audit(books: AuditedBooks): Violation[] {
  const found: Violation[] = [];
  const report: Report = (invariant, sentence) => {
    found.push({ invariant, sentence });
  };
  const accounts = new Map<number, AccountSums>();
  for (const account of books.accounts()) accounts.set(account.id, sumsOf(account));

  const refunds = new RefundAudit(books, report);
  const journal = auditJournal(books, accounts, refunds, report);
  for (const sums of accounts.values()) auditCounters(sums, report);
  auditReservations(books, accounts, journal, report);
  auditHolds(accounts, report);
  refunds.finish();
  auditReferences(books, report);
  auditEvidence(books, journal.issues, refunds, report);
  auditConservation(accounts, report);
  return found;
}

function sumsOf(account: AuditedAccount): AccountSums {
  const { kind, owner, currency } = account;
  const name =
    kind === 'subscriber' ? `wallet ${owner} ${currency}` : `${kind} ${owner} ${currency}`;
  return {
    account,
    name,
    credits: 0n,
    debits: 0n,
    held: 0n,
    reserved: 0n,
    latest: undefined,
    previous: undefined,
  };
}

/** Applications and the operator keep no counters: theirs are derived. */
function auditCounters(
  { account, name, credits, debits, held, latest }: AccountSums,
  report: Report,
): void {
  if (account.kind !== 'subscriber') return;
  if (account.latest !== latest) {
    report('I18', `the history of ${name} begins at ${account.latest}, and ${latest} is its last`);
  }
  for (const [counter, noted, summed] of [
    ['credits', account.credits, credits],
    ['debits', account.debits, debits],
    ['held', account.held, held],
  ] as const) {
    if (noted === summed) continue;
    report('I2', `${name} notes ${noted} micros of ${counter}, its transfers sum to ${summed}`);
  }
  const available = account.credits - account.debits - account.held + account.creditLimit;
  if (available < 0n) report('I3', `${name} is ${-available} micros below its limit`);
}

function auditHolds(accounts: ReadonlyMap<number, AccountSums>, report: Report): void {
  for (const { account, name, reserved } of accounts.values()) {
    if (account.kind !== 'subscriber' || account.held === reserved) continue;
    report(
      'I4',
      `${name} holds ${account.held} micros, its open reservations have ${reserved} left`,
    );
  }
}

function auditReferences(books: AuditedBooks, report: Report): void {
  let previous: AuditedReferenceUse | undefined;
  for (const use of books.referenceUses()) {
    const { application, space, code, sequence, transaction } = use;
    const name = `${space} reference "${code}" of ${application}`;
    if (use.recordedCode !== code || use.recordedApplication !== application) {
      report('I9', `${name} is recorded for transaction ${transaction}, which does not carry it`);
    }
    const isRepeat =
      previous?.application === application && previous.space === space && previous.code === code;
    const expected = isRepeat && previous !== undefined ? previous.sequence + 1 : 0;
    if (sequence !== expected) {
      report('I9', `${name} has use ${sequence} where use ${expected} belongs`);
    }
    previous = use;
  }
}

/** From the counters of wallets on one side and the journal on the other. */
function auditConservation(accounts: ReadonlyMap<number, AccountSums>, report: Report): void {
  const totals = new Map<string, Micros>();
  for (const { account, credits, debits } of accounts.values()) {
    const isWallet = account.kind === 'subscriber';
    const balance = isWallet ? account.credits - account.debits : credits - debits;
    totals.set(account.currency, (totals.get(account.currency) ?? 0n) + balance);
  }
  for (const [currency, total] of totals) {
    if (total !== 0n) report('I13', `all accounts in ${currency} sum to ${total} micros, not to 0`);
  }
}
