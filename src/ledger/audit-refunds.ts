// The audit of refunds that name a charge: each against that charge, and their sums against what the charge notes.
import type {
  AuditedBooks,
  AuditedRefundTotal,
  AuditedTransaction,
  AuditedTransfer,
  AuditedUndoing,
} from './audited-books';
import type { Report } from './invariants';
import type { Micros } from './money';

/** What the journal says of a charge that refunds name. */
interface UndoneCharge {
  transaction?: AuditedTransaction;
  /** By account id. */
  readonly shares: Map<number, Share>;
  /** By account id: what the charge notes. */
  readonly totals: Map<number, AuditedRefundTotal>;
  /** The refund that gave back the last of it. */
  undoneBy?: number;
}

interface Share {
  charged: Micros;
  refunded: Micros;
  /** Of that, by refunds that may not exceed the charge. */
  capped: Micros;
}

/** Is shown the journal from the first transaction to the last: each transaction, then its transfers. */
export class RefundAudit {
  readonly #report: Report;
  readonly #charges = new Map<number, UndoneCharge>();
  readonly #undoings: Iterator<AuditedUndoing>;
  #next: IteratorResult<AuditedUndoing>;
  /** Of the transaction at hand: what it is as a charge, and what it undoes as a refund. */
  #charge: UndoneCharge | undefined;
  #undoing: AuditedUndoing | undefined;

  constructor(books: AuditedBooks, report: Report) {
    this.#report = report;
    for (const noted of books.refundTotals()) {
      const { charge, wallet } = noted;
      const undone = this.#charges.get(charge) ?? { shares: new Map(), totals: new Map() };
      undone.totals.set(wallet, noted);
      this.#charges.set(charge, undone);
    }
    this.#undoings = books.undoings()[Symbol.iterator]();
    this.#next = this.#undoings.next();
  }

  begin(transaction: AuditedTransaction): void {
    this.#charge = this.#charges.get(transaction.number);
    if (this.#charge !== undefined) this.#charge.transaction = transaction;
    this.#undoing = undefined;
    this.#skipTo(transaction.number);
    if (this.#next.done === true || this.#next.value.refund !== transaction.number) return;
    this.#undoing = this.#next.value;
    this.#next = this.#undoings.next();
    this.#match(transaction, this.#undoing.charge);
  }

  add({ layer, debit, credit, amount }: AuditedTransfer): void {
    if (layer !== 'posted') return;
    if (this.#charge !== undefined) {
      const share = this.#charge.shares.get(debit) ?? { charged: 0n, refunded: 0n, capped: 0n };
      share.charged += amount;
      this.#charge.shares.set(debit, share);
    }
    if (this.#undoing !== undefined) this.#giveBack(this.#undoing, credit, amount);
  }

  /** After the last transaction. */
  finish(): void {
    this.#skipTo(Number.POSITIVE_INFINITY);
    for (const [number, { transaction, shares, totals }] of this.#charges) {
      if (transaction === undefined) {
        this.#report('I8', `refunds are noted of transaction ${number}, which does not exist`);
      }
      for (const [wallet, noted] of totals) {
        const { refunded, capped } = shares.get(wallet) ?? { refunded: 0n, capped: 0n };
        const about = `micros refunded to account ${wallet}`;
        if (refunded !== noted.total) {
          this.#report(
            'I8',
            `charge ${number} notes ${noted.total} ${about}, its refunds sum to ${refunded}`,
          );
        }
        if (capped === noted.capped) continue;
        this.#report(
          'I8',
          `charge ${number} notes ${noted.capped} ${about} within it, such refunds sum to ${capped}`,
        );
      }
    }
  }

  /** The refund after which all that a charge took had been given back by refunds that name it; undefined before. */
  undoneBy(charge: number): number | undefined {
    return this.#charges.get(charge)?.undoneBy;
  }

  #match({ number, kind, application }: AuditedTransaction, charge: number): void {
    const earlier = this.#charges.get(charge)?.transaction;
    if (kind !== 'refund') this.#report('I8', `transaction ${number} undoes one and is a ${kind}`);
    if (earlier === undefined) {
      this.#report(
        'I8',
        `refund ${number} names charge ${charge}, which notes no refund before it`,
      );
    } else if (earlier.kind !== 'charge' && earlier.kind !== 'capture') {
      this.#report(
        'I8',
        `refund ${number} names transaction ${charge}, which is a ${earlier.kind}`,
      );
    } else if (earlier.application !== application) {
      this.#report('I8', `refund ${number} names charge ${charge} of another application`);
    }
  }

  #giveBack({ refund, charge, capped }: AuditedUndoing, wallet: number, amount: Micros): void {
    const undone = this.#charges.get(charge);
    const share = undone?.shares.get(wallet);
    if (undone === undefined || share === undefined) {
      this.#report(
        'I8',
        `refund ${refund} gives account ${wallet} what charge ${charge} never took`,
      );
      return;
    }
    share.refunded += amount;
    if (capped) share.capped += amount;
    if ([...undone.shares.values()].every(({ charged, refunded }) => refunded >= charged)) {
      undone.undoneBy ??= refund;
    }
    if (!capped || share.refunded <= share.charged) return;
    this.#report(
      'I8',
      `refund ${refund} brings ${share.refunded} micros back of ${share.charged} that charge ${charge} took`,
    );
  }

  #skipTo(number: number): void {
    while (this.#next.done !== true && this.#next.value.refund < number) {
      const { refund } = this.#next.value;
      this.#report('I8', `the refund ${refund} of a charge is no transaction`);
      this.#next = this.#undoings.next();
    }
  }
}
