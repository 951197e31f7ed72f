// Subscribers, wallets and the accounts of applications and operator: read once, kept in memory, wallets written once
// a batch. What is kept is true because a ledger file has one writer; after a rollback all of it is forgotten.
import type Database from 'better-sqlite3';
import type { Account, Party, SubscriberStatus, Wallet } from '../ledger/model';

/** Subscribers kept in memory between batches. */
const KEPT_SUBSCRIBERS = 20_000;

interface KeptWallet {
  readonly id: number;
  wallet: Wallet;
  changed: boolean;
  /** The last transaction that moved its money, and the one before that. */
  latest: number | null;
  previous: number | null;
}

/** Where the chain of what moved the money of a wallet begins. */
export interface Chain {
  readonly wallet: number;
  readonly latest: number | null;
}

interface KeptSubscriber {
  readonly status: SubscriberStatus;
  /** Every wallet of the subscriber, by currency. */
  readonly wallets: Map<string, KeptWallet>;
}

interface SubscriberRow {
  readonly status: SubscriberStatus;
  readonly id: bigint | null;
  readonly currency: string;
  readonly credits: bigint;
  readonly debits: bigint;
  readonly held: bigint;
  readonly creditLimit: bigint;
  readonly latest: bigint | null;
}

export class Accounts {
  readonly #subscribers = new Map<string, KeptSubscriber>();
  readonly #others = new Map<string, number>();
  #changed: KeptWallet[] = [];
  readonly #select;
  readonly #insertSubscriber;
  readonly #insertWallet;
  readonly #updateWallet;
  readonly #selectOther;
  readonly #insertOther;

  constructor(database: Database.Database) {
    this.#select = database.prepare<[string], SubscriberRow>(
      `SELECT s.status, a.id, a.currency, a.credits, a.debits, a.held, a.credit_limit AS creditLimit,
         a.latest
       FROM subscriber s LEFT JOIN account a ON a.kind = 'subscriber' AND a.owner = s.address
       WHERE s.address = ?`,
    );
    this.#insertSubscriber = database.prepare<[string, string]>(
      `INSERT INTO subscriber(address, status) VALUES (?, ?)
       ON CONFLICT(address) DO UPDATE SET status = excluded.status`,
    );
    this.#insertWallet = database.prepare<[string, string, bigint, bigint, bigint, bigint]>(
      `INSERT INTO account(id, kind, owner, currency, credits, debits, held, credit_limit)
       VALUES ((SELECT max(0, coalesce(max(id), 0)) + 1 FROM account), 'subscriber', ?, ?, ?, ?, ?, ?)`,
    );
    this.#updateWallet = database.prepare<[bigint, bigint, bigint, bigint, number | null, number]>(
      `UPDATE account SET credits = ?, debits = ?, held = ?, credit_limit = ?, latest = ?
       WHERE id = ?`,
    );
    this.#selectOther = database
      .prepare<[string, string, string], bigint>(
        'SELECT id FROM account WHERE kind = ? AND owner = ? AND currency = ?',
      )
      .pluck();
    this.#insertOther = database.prepare<[string, string, string]>(
      `INSERT INTO account(id, kind, owner, currency)
       VALUES ((SELECT min(0, coalesce(min(id), 0)) - 1 FROM account), ?, ?, ?)`,
    );
  }

  /** The account of a known subscriber, with the wallet in `currency` when there is one. */
  find(subscriber: string, currency: string | undefined): Account | undefined {
    const kept = this.#subscriber(subscriber);
    if (kept === undefined) return undefined;
    const wallet = currency === undefined ? undefined : kept.wallets.get(currency)?.wallet;
    return { subscriber, status: kept.status, wallet };
  }

  /** The row that a party's transfers in `currency` name; one of application or operator is made on first use. */
  idOf(party: Party, currency: string): number {
    if (party.kind === 'subscriber') return this.walletId(party.owner, currency);
    const key = `${party.kind} ${currency} ${party.owner}`;
    const kept = this.#others.get(key);
    if (kept !== undefined) return kept;
    const row =
      this.#selectOther.get(party.kind, party.owner, currency) ??
      this.#insertOther.run(party.kind, party.owner, currency).lastInsertRowid;
    const id = Number(row);
    this.#others.set(key, id);
    return id;
  }

  /** Throws for a wallet that does not exist: effects open a wallet before they move its money. */
  walletId(subscriber: string, currency: string): number {
    return this.#wallet(subscriber, currency).id;
  }

  putSubscriber(subscriber: string, status: SubscriberStatus): void {
    const wallets = this.#subscriber(subscriber)?.wallets ?? new Map<string, KeptWallet>();
    this.#insertSubscriber.run(subscriber, status);
    this.#subscribers.set(subscriber, { status, wallets });
  }

  /** A new wallet is written at once, because transfers refer to its row; a changed one with `flush`. */
  putWallet(wallet: Wallet): void {
    const { subscriber, currency, credits, debits, held, creditLimit } = wallet;
    const owner = this.#subscriber(subscriber);
    if (owner === undefined) throw new Error(`a wallet is opened for unknown ${subscriber}`);
    const kept = owner.wallets.get(currency);
    if (kept === undefined) {
      const row = this.#insertWallet.run(subscriber, currency, credits, debits, held, creditLimit);
      const id = Number(row.lastInsertRowid);
      owner.wallets.set(currency, { id, wallet, changed: false, latest: null, previous: null });
      return;
    }
    kept.wallet = wallet;
    this.#note(kept);
  }

  /** As the batch in progress has left it. */
  chainOf(subscriber: string, currency: string): Chain {
    const { id, latest } = this.#wallet(subscriber, currency);
    return { wallet: id, latest };
  }

  /** Notes that transaction `number` moves money of a wallet. Returns the number of the one that did before it. */
  chain(subscriber: string, currency: string, number: number): number | null {
    const kept = this.#wallet(subscriber, currency);
    if (kept.latest !== number) {
      kept.previous = kept.latest;
      kept.latest = number;
      this.#note(kept);
    }
    return kept.previous;
  }

  /** Writes the wallets that this batch changed, each once. */
  flush(): void {
    for (const kept of this.#changed) {
      const { credits, debits, held, creditLimit } = kept.wallet;
      this.#updateWallet.run(credits, debits, held, creditLimit, kept.latest, kept.id);
      kept.changed = false;
    }
    this.#changed = [];
    if (this.#subscribers.size > KEPT_SUBSCRIBERS) this.#subscribers.clear();
  }

  /** After a rollback: nothing kept can be trusted. */
  forget(): void {
    this.#subscribers.clear();
    this.#others.clear();
    this.#changed = [];
  }

  #note(kept: KeptWallet): void {
    if (kept.changed) return;
    kept.changed = true;
    this.#changed.push(kept);
  }

  #wallet(subscriber: string, currency: string): KeptWallet {
    const kept = this.#subscriber(subscriber)?.wallets.get(currency);
    if (kept === undefined) throw new Error(`${subscriber} has no wallet in ${currency}`);
    return kept;
  }

  #subscriber(address: string): KeptSubscriber | undefined {
    const kept = this.#subscribers.get(address);
    if (kept !== undefined) return kept;
    const rows = this.#select.all(address);
    const first = rows[0];
    if (first === undefined) return undefined;

    const wallets = new Map<string, KeptWallet>();
    for (const row of rows) {
      const { id, currency, credits, debits, held, creditLimit } = row;
      if (id === null) continue;
      const wallet = { subscriber: address, currency, credits, debits, held, creditLimit };
      const latest = row.latest === null ? null : Number(row.latest);
      wallets.set(currency, { id: Number(id), wallet, changed: false, latest, previous: null });
    }
    const subscriber = { status: first.status, wallets };
    this.#subscribers.set(address, subscriber);
    return subscriber;
  }
}
