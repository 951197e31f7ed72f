// What must be true of every ledger at every commit, proved row by row from the journal up.
// Pure: rows in, violations out. Nothing here is corrected.
import type {
  AuditedAccount,
  AuditedBooks,
  AuditedReferenceUse,
  AuditedReservation,
  AuditedTransaction,
  AuditedTransfer,
} from './audited-books';
import type { Micros } from './model';
import type { Instant } from './time';

/** What each invariant says; docs and reports show these. */
export const INVARIANTS = {
  I1: 'every transfer moves an amount above zero between two different accounts in one transaction',
  I2: 'the counters of a wallet are the sums of its transfers',
  I3: 'no wallet is below its credit limit',
  I4: 'what a wallet holds is what its open reservations have left',
  I5: 'a reservation has charged between nothing and all that it reserved',
  I6: 'a reservation is open exactly as long as no transaction has closed it, and it is closed once',
  I7: 'what a reservation has charged is the sum of its captures',
  I9: 'a reference code belongs to a transaction that carries it, and its uses are counted without gaps',
  I10: 'transactions are numbered without gaps and their time never goes back',
  I12: 'no reservation is open past its time',
  I13: 'what wallets have, applications and the operator lack: all posted money sums to zero in each currency',
  I14: 'no transfer crosses currencies, and none of a reservation touches another wallet than its own',
} as const;

export type Invariant = keyof typeof INVARIANTS;

export interface Violation {
  readonly invariant: Invariant;
  /** What is wrong, where, as a sentence. */
  readonly sentence: string;
}

/** Every violation found, in a fixed order. Memory: a record an account and a reservation. */
export function audit(books: AuditedBooks): Violation[] {
  const found: Violation[] = [];
  const report = (invariant: Invariant, sentence: string) => {
    found.push({ invariant, sentence });
  };
  const accounts = new Map<number, AccountSums>();
  for (const account of books.accounts()) accounts.set(account.id, sumsOf(account));

  const journal = auditJournal(books, accounts, report);
  for (const sums of accounts.values()) auditCounters(sums, report);
  auditReservations(books, accounts, journal, report);
  auditHolds(accounts, report);
  auditReferences(books, report);
  auditConservation(accounts, report);
  return found;
}

type Report = (invariant: Invariant, sentence: string) => void;

/** An account with what the journal says of it. */
interface AccountSums {
  readonly account: AuditedAccount;
  readonly name: string;
  credits: Micros;
  debits: Micros;
  held: Micros;
  /** What its open reservations have left. */
  reserved: Micros;
}

/** What the journal says of one reservation. */
interface SessionSums {
  held: Micros;
  captured: Micros;
  readonly closers: AuditedTransaction[];
  readonly wallets: Set<number>;
}

interface JournalSums {
  readonly sessions: ReadonlyMap<number, SessionSums>;
  readonly lastTransaction: AuditedTransaction | undefined;
}

function sumsOf(account: AuditedAccount): AccountSums {
  const { kind, owner, currency } = account;
  const name =
    kind === 'subscriber' ? `wallet ${owner} ${currency}` : `${kind} ${owner} ${currency}`;
  return { account, name, credits: 0n, debits: 0n, held: 0n, reserved: 0n };
}

/** Transactions and transfers side by side, both in order of number. */
function auditJournal(
  books: AuditedBooks,
  accounts: ReadonlyMap<number, AccountSums>,
  report: Report,
): JournalSums {
  const sessions = new Map<number, SessionSums>();
  const transfers = books.transfers()[Symbol.iterator]();
  let transfer = transfers.next();
  let last: AuditedTransaction | undefined;
  for (const transaction of books.transactions()) {
    auditOrder(transaction, last, report);
    last = transaction;
    const session = sessionOf(sessions, transaction);
    while (transfer.done !== true && transfer.value.transaction <= transaction.number) {
      if (transfer.value.transaction < transaction.number) reportOrphan(transfer.value, report);
      else auditTransfer(transfer.value, transaction, session, accounts, report);
      transfer = transfers.next();
    }
  }
  for (; transfer.done !== true; transfer = transfers.next()) reportOrphan(transfer.value, report);

  if ((last?.number ?? 0) !== books.transactionCount) {
    report(
      'I10',
      `the ledger counts ${books.transactionCount} transactions and its last has number ${last?.number ?? 0}`,
    );
  }
  if (last !== undefined && last.at > books.ledgerTime) {
    report('I10', `transaction ${last.number} is later than ledger time ${books.ledgerTime}`);
  }
  return { sessions, lastTransaction: last };
}

function auditOrder(
  { number, at }: AuditedTransaction,
  previous: AuditedTransaction | undefined,
  report: Report,
): void {
  const expected = (previous?.number ?? 0) + 1;
  if (number !== expected) {
    report('I10', `transaction ${number} follows where number ${expected} belongs`);
  }
  if (previous !== undefined && at < previous.at) {
    report('I10', `transaction ${number} is earlier than the one before it`);
  }
}

function reportOrphan({ transaction, line }: AuditedTransfer, report: Report): void {
  report('I1', `transfer ${transaction}/${line} belongs to no transaction`);
}

function auditTransfer(
  transfer: AuditedTransfer,
  { number, kind }: AuditedTransaction,
  session: SessionSums | undefined,
  accounts: ReadonlyMap<number, AccountSums>,
  report: Report,
): void {
  const { line, layer, amount } = transfer;
  const debit = accounts.get(transfer.debit);
  const credit = accounts.get(transfer.credit);
  if (debit === undefined || credit === undefined) {
    report('I1', `transfer ${number}/${line} names an account that does not exist`);
    return;
  }
  if (debit === credit) report('I1', `transfer ${number}/${line} goes from an account to itself`);
  if (amount <= 0n) report('I1', `transfer ${number}/${line} moves ${amount} micros`);
  if (debit.account.currency !== credit.account.currency) {
    report('I14', `transfer ${number}/${line} goes from ${debit.name} to ${credit.name}`);
  }

  if (layer === 'posted') {
    debit.debits += amount;
    credit.credits += amount;
    if (session === undefined || kind !== 'capture') return;
    session.captured += amount;
  } else {
    debit.held += amount;
    credit.held -= amount;
    if (session === undefined) {
      report('I4', `transfer ${number}/${line} holds money for no reservation`);
      return;
    }
    session.held += debit.account.kind === 'subscriber' ? amount : -amount;
  }
  session.wallets.add(debit.account.kind === 'subscriber' ? transfer.debit : transfer.credit);
}

function sessionOf(
  sessions: Map<number, SessionSums>,
  transaction: AuditedTransaction,
): SessionSums | undefined {
  const { reservation, kind } = transaction;
  if (reservation === undefined) return undefined;
  let session = sessions.get(reservation);
  if (session === undefined) {
    session = { held: 0n, captured: 0n, closers: [], wallets: new Set() };
    sessions.set(reservation, session);
  }
  if (kind === 'release' || kind === 'expire') session.closers.push(transaction);
  return session;
}

/** Applications and the operator keep no counters: theirs are derived. */
function auditCounters(
  { account, name, credits, debits, held }: AccountSums,
  report: Report,
): void {
  if (account.kind !== 'subscriber') return;
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

function auditReservations(
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
