// The audit of reservations: each against its own bounds, the journal and the time.
import type { AccountSums, JournalSums, SessionSums } from './audit-journal';
import type { AuditedBooks, AuditedReservation, AuditedTransaction } from './audited-books';
import type { Report } from './invariants';
import type { Instant } from './time';

/** Adds what open reservations have left to the wallets in `accounts`. */
export function auditReservations(
  books: AuditedBooks,
  accounts: ReadonlyMap<number, AccountSums>,
  { sessions, lastTransaction }: JournalSums,
  report: Report,
): void {
  const known = new Set<number>();
  for (const reservation of books.reservations()) {
    known.add(reservation.id);
    auditBounds(reservation, report);
    auditSession(reservation, sessions.get(reservation.id), report);
    if (reservation.state !== 'open') continue;
    const wallet = accounts.get(reservation.wallet);
    if (wallet !== undefined) wallet.reserved += reservation.reserved - reservation.charged;
    if (isOverdue(reservation, books.ledgerTime, lastTransaction)) {
      report('I12', `reservation ${reservation.id} is open past its time ${reservation.expiresAt}`);
    }
  }
  for (const id of sessions.keys()) {
    if (!known.has(id))
      report('I6', `the journal speaks of reservation ${id}, which does not exist`);
  }
}

function auditBounds(reservation: AuditedReservation, report: Report): void {
  const { id, reserved, charged, volumeReserved, volumeCharged } = reservation;
  if (charged < 0n || charged > reserved) {
    report('I5', `reservation ${id} has charged ${charged} of ${reserved} micros`);
  }
  if (volumeCharged < 0n || volumeCharged > volumeReserved) {
    report('I5', `reservation ${id} has charged a volume of ${volumeCharged} of ${volumeReserved}`);
  }
}

function auditSession(
  { id, wallet, reserved, charged, state, closedBy }: AuditedReservation,
  session: SessionSums | undefined,
  report: Report,
): void {
  const closers = session?.closers ?? [];
  const closer = closers[0];
  if (closers.length > 1) report('I6', `reservation ${id} was closed ${closers.length} times`);
  if ((state === 'open') !== (closedBy === undefined) || closer?.number !== closedBy) {
    report(
      'I6',
      `reservation ${id} is ${state}, closed by ${closedBy ?? 'nothing'}; the journal has ${closer?.number ?? 'nothing'}`,
    );
  } else if (
    closer !== undefined &&
    closer.kind !== (state === 'released' ? 'release' : 'expire')
  ) {
    report('I6', `reservation ${id} is ${state} by a transaction of kind ${closer.kind}`);
  }

  const captured = session?.captured ?? 0n;
  if (captured !== charged) {
    report(
      'I7',
      `reservation ${id} has charged ${charged} micros, its captures sum to ${captured}`,
    );
  }
  const left = state === 'open' ? reserved - charged : 0n;
  const held = session?.held ?? 0n;
  if (held !== left) {
    report('I4', `reservation ${id} has ${left} micros left, its transfers hold ${held}`);
  }
  for (const touched of session?.wallets ?? []) {
    if (touched !== wallet) {
      report('I14', `reservation ${id} of account ${wallet} touches account ${touched}`);
    }
  }
}

/**
 * Very many reservations that expire at one instant are closed in several commits. A ledger stopped between two of
 * them has closed some at this instant, as its last act, and still holds others that are due at the same one.
 */
function isOverdue(
  { expiresAt }: AuditedReservation,
  ledgerTime: Instant,
  last: AuditedTransaction | undefined,
): boolean {
  if (expiresAt !== ledgerTime) return expiresAt < ledgerTime;
  return last?.kind !== 'expire' || last.at !== ledgerTime;
}
