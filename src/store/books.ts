// The tables of one open ledger together: a view of them for the rules, and the effects of a decision into them.
import type Database from 'better-sqlite3';
import type { Effects, View, ViewKeys } from '../ledger/decision';
import type { Evidence } from '../ledger/evidence';
import type { Account, Transaction } from '../ledger/model';
import type { Micros } from '../ledger/money';
import { idOf } from '../ledger/reservation-identifier';
import type { Terms } from '../ledger/terms';
import type { Instant } from '../ledger/time';
import { Accounts } from './accounts';
import { Bill } from './bill';
import { EarlierCharges } from './earlier-charges';
import { Evidences } from './evidences';
import { Journal } from './journal';
import { MonthlyCharges } from './monthly-charges';
import { References } from './references';
import { Reservations } from './reservations';

const NOBODY_CHARGED: ReadonlyMap<string, Micros> = new Map();

export class Books {
  readonly accounts: Accounts;
  readonly journal: Journal;
  readonly references: References;
  readonly reservations: Reservations;
  readonly bill: Bill;
  readonly evidences: Evidences;
  readonly #earlier: EarlierCharges;
  readonly #monthly: MonthlyCharges;

  constructor(
    database: Database.Database,
    /** Of the identifiers that this ledger issues. */
    readonly series = 0,
  ) {
    this.accounts = new Accounts(database);
    this.journal = new Journal(database, this.accounts);
    this.references = new References(database);
    this.reservations = new Reservations(database, this.accounts);
    this.bill = new Bill(database, this.accounts);
    this.evidences = new Evidences(database);
    this.#earlier = new EarlierCharges(database, this.accounts, this.evidences);
    this.#monthly = new MonthlyCharges(database, this.accounts);
  }

  view(keys: ViewKeys, terms: Terms, nextTransaction: number): View {
    const accounts = new Map<string, Account>();
    for (const subscriber of keys.subscribers) {
      const account = this.accounts.find(subscriber, keys.currency);
      if (account !== undefined) accounts.set(subscriber, account);
    }
    const id =
      keys.reservationIdentifier === undefined
        ? undefined
        : idOf(keys.reservationIdentifier, this.series);
    const reservation = id === undefined ? undefined : this.reservations.find(id);
    if (reservation !== undefined) {
      const owner = this.accounts.find(reservation.subscriber, reservation.currency);
      if (owner !== undefined) accounts.set(owner.subscriber, owner);
    }
    const referenceUse =
      keys.reference === undefined ? undefined : this.references.latest(keys.reference);
    return {
      terms,
      accounts,
      ...(reservation === undefined ? {} : { reservation }),
      ...(referenceUse === undefined ? {} : { referenceUse }),
      ...(keys.evidence === undefined ? {} : { evidence: this.#evidence(keys.evidence) }),
      ...(keys.charges === undefined ? {} : this.#earlierCharges(keys.charges, accounts)),
      charged: this.#charged(keys.chargedSince, accounts),
      nextTransaction,
      series: this.series,
    };
  }

  /** Rows that others refer to come first. The first transaction gets the number `next`. */
  write(effects: Effects, next: number, now: Instant): void {
    const { subscribers, wallets, transactions, reservation, bill, referenceUse } = effects;
    const { evidence, refunded } = effects;
    for (const { subscriber, status } of subscribers) {
      this.accounts.putSubscriber(subscriber, status);
    }
    for (const wallet of wallets) this.accounts.putWallet(wallet);
    transactions.forEach((transaction, index) => {
      this.journal.add(next + index, now, transaction);
      this.#monthly.count(transaction);
    });
    if (evidence !== undefined) this.#writeEvidence(evidence, transactions, next);
    if (refunded !== undefined) this.#earlier.note(refunded);
    if (reservation !== undefined) {
      if (reservation.id >= next) this.reservations.add(reservation);
      else this.reservations.change(reservation);
    }
    if (bill.length > 0) this.bill.add(bill);
    if (referenceUse !== undefined) this.references.add(referenceUse);
  }

  /** Writes what is written once a batch. */
  flush(): void {
    this.accounts.flush();
  }

  /** After a rollback: nothing kept in memory can be trusted. */
  forget(): void {
    this.accounts.forget();
    this.#monthly.forget();
  }

  #evidence(references: readonly string[]): ReadonlyMap<string, Evidence> {
    const found = new Map<string, Evidence>();
    for (const reference of references) {
      const evidence = found.has(reference) ? undefined : this.evidences.find(reference);
      if (evidence !== undefined) found.set(reference, evidence);
    }
    return found;
  }

  #earlierCharges(
    { application, subscriber, currency }: NonNullable<ViewKeys['charges']>,
    accounts: ReadonlyMap<string, Account>,
  ): Pick<View, 'charges'> {
    if (accounts.get(subscriber)?.wallet === undefined) return {};
    return { charges: this.#earlier.of(application, subscriber, currency) };
  }

  /** What issues or steers evidence also seals it. */
  #writeEvidence(
    evidence: readonly Evidence[],
    transactions: readonly Transaction[],
    next: number,
  ): void {
    const sealing = transactions.findIndex(({ kind }) => kind === 'issue' || kind === 'deliver');
    for (const each of evidence) {
      this.evidences.put(each, next);
      if (sealing >= 0) this.evidences.seal(each, next + sealing);
    }
  }

  #charged(
    wanted: ViewKeys['chargedSince'],
    accounts: ReadonlyMap<string, Account>,
  ): ReadonlyMap<string, Micros> {
    if (wanted === undefined) return NOBODY_CHARGED;
    const { application, since } = wanted;
    const charged = new Map<string, Micros>();
    for (const { subscriber, wallet } of accounts.values()) {
      if (wallet === undefined) continue;
      const { currency } = wallet;
      charged.set(subscriber, this.#monthly.since({ application, subscriber, currency }, since));
    }
    return charged;
  }
}
