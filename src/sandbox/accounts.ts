// Subscribers and their wallets as an operator handles them: amounts are decimal text, addresses in any form that a
// request may have. What is refused is an AccountError; the rules are the ledger's.
import type { AdjustCommand, Command, ProvisionCommand } from '../ledger/commands';
import type { SubscriberStatus, Wallet } from '../ledger/model';
import { billableStep, formatMicros, type Micros, parseMicros } from '../ledger/money';
import { Refusal, type RefusalCode } from '../ledger/refusal';
import type { Terms, TermsOf } from '../ledger/terms';
import { available } from '../ledger/wallet';
import { normaliseAddress } from '../payment/address';
import type { Ledger } from '../store/ledger';

export interface Account {
  /** The normal form: `tel:+15550100`. */
  readonly subscriber: string;
  readonly status: SubscriberStatus;
  /** By currency. */
  readonly wallets: readonly AccountWallet[];
}

/** Amounts are decimal text: `50.00`. */
export interface AccountWallet {
  readonly currency: string;
  /** What has been paid in less what has been paid out. */
  readonly balance: string;
  /** What open reservations hold of it. */
  readonly held: string;
  /** How far the balance may go below zero. */
  readonly creditLimit: string;
  /** What can be spent now. */
  readonly available: string;
}

export interface NewAccount {
  readonly status?: SubscriberStatus | undefined;
  readonly wallets?:
    | readonly {
        /** The policy Currency when absent. */
        readonly currency?: string | undefined;
        readonly balance?: string | undefined;
        readonly creditLimit?: string | undefined;
      }[]
    | undefined;
}

/** Each that changes something resolves with the account as it is then, or rejects with AccountError. */
export interface Accounts {
  /** By address. */
  list(): readonly Account[];
  /** Undefined for a subscriber that is not known. */
  find(subscriber: string): Account | undefined;
  create(subscriber: string, account?: NewAccount): Promise<Account>;
  /** Pays in, from the operator. Opens a wallet where there is none. */
  topUp(subscriber: string, amount: string, currency?: string): Promise<Account>;
  /** Pays out what is available, to the operator. */
  withdraw(subscriber: string, amount: string, currency?: string): Promise<Account>;
  setCreditLimit(subscriber: string, creditLimit: string, currency?: string): Promise<Account>;
  /** From now on the subscriber is refused whatever moves money. */
  bar(subscriber: string): Promise<Account>;
  unbar(subscriber: string): Promise<Account>;
}

/** Why an account is not as it was asked to be, in a sentence for a person. */
export class AccountError extends Error {
  override readonly name = 'AccountError';

  constructor(
    readonly code: RefusalCode | 'account_exists' | 'invalid_address' | 'invalid_amount',
    message: string,
    /** What to do instead, a sentence. */
    readonly hint?: string,
  ) {
    super(message);
  }
}

export function createAccounts(ledger: Ledger, termsOf: TermsOf): Accounts {
  const terms = (): Terms => termsOf('');
  const addressOf = (text: string): string => {
    const address = normaliseAddress(text.trim(), terms().countryCode)?.address;
    if (address !== undefined) return address;
    const form = 'expected an address of one subscriber such as "tel:+15550100"';
    throw new AccountError('invalid_address', `Found "${text.slice(0, 128)}", ${form}.`);
  };
  const known = (subscriber: string): Account => {
    const account = read(ledger, subscriber, terms());
    if (account !== undefined) return account;
    throw new AccountError('unknown_subscriber', `There is no account of ${subscriber}.`);
  };
  const submit = async (subscriber: string, commands: readonly Command[]): Promise<Account> => {
    const decisions = await Promise.all(commands.map((command) => ledger.submit(command)));
    for (const decision of decisions) {
      if (decision instanceof Refusal) {
        throw new AccountError(decision.code, `Refused: ${decision.detail}.`);
      }
    }
    return known(subscriber);
  };
  const adjust = async (
    text: string,
    named: string | undefined,
    change: (currency: string) => Partial<AdjustCommand>,
  ): Promise<Account> => {
    const { subscriber } = known(addressOf(text));
    const currency = currencyOf(named, terms());
    return submit(subscriber, [{ kind: 'adjust', subscriber, currency, ...change(currency) }]);
  };
  const setStatus = async (text: string, status: SubscriberStatus): Promise<Account> => {
    const { subscriber } = known(addressOf(text));
    return submit(subscriber, [{ kind: 'provision', subscriber, status }]);
  };

  return {
    list: () => list(ledger, terms()),
    find: (text) => read(ledger, addressOf(text), terms()),
    create: async (text, { status = 'active', wallets = [] } = {}) => {
      const subscriber = addressOf(text);
      if (read(ledger, subscriber, terms()) !== undefined) {
        throw new AccountError('account_exists', `There is an account of ${subscriber} already.`);
      }
      return submit(subscriber, provisions(subscriber, { status, wallets }, terms()));
    },
    topUp: (text, amount, named) =>
      adjust(text, named, (currency) => ({ amount: payment(amount, currency, terms()) })),
    withdraw: (text, amount, named) =>
      adjust(text, named, (currency) => ({ amount: -payment(amount, currency, terms()) })),
    setCreditLimit: (text, amount, named) =>
      adjust(text, named, (currency) => ({ creditLimit: payable(amount, currency, terms()) })),
    bar: (text) => setStatus(text, 'barred'),
    unbar: (text) => setStatus(text, 'active'),
  };
}

function list(ledger: Ledger, terms: Terms): readonly Account[] {
  const wallets = new Map<string, AccountWallet[]>();
  for (const wallet of ledger.read.wallets()) {
    const own = wallets.get(wallet.subscriber);
    if (own === undefined) wallets.set(wallet.subscriber, [walletOf(wallet, terms)]);
    else own.push(walletOf(wallet, terms));
  }
  return ledger.read.subscribers().map(({ subscriber, status }) => ({
    subscriber,
    status,
    wallets: wallets.get(subscriber) ?? [],
  }));
}

function read(ledger: Ledger, subscriber: string, terms: Terms): Account | undefined {
  const [record] = ledger.read.subscribers(subscriber);
  if (record === undefined) return undefined;
  const wallets = ledger.read.wallets(subscriber).map((wallet) => walletOf(wallet, terms));
  return { ...record, wallets };
}

function walletOf(wallet: Wallet, { currencies }: Terms): AccountWallet {
  const { currency, credits, debits, held, creditLimit } = wallet;
  const text = (micros: Micros): string => formatMicros(micros, currencies.exponent(currency));
  return {
    currency,
    balance: text(credits - debits),
    held: text(held),
    creditLimit: text(creditLimit),
    available: text(available(wallet)),
  };
}

function provisions(
  subscriber: string,
  { status, wallets = [] }: NewAccount,
  terms: Terms,
): readonly ProvisionCommand[] {
  const account = { kind: 'provision', subscriber, ...(status && { status }) } as const;
  if (wallets.length === 0) return [account];
  const seen = new Set<string>();
  return wallets.map(({ currency: name, balance = '0', creditLimit = '0' }) => {
    const currency = currencyOf(name, terms);
    if (seen.has(currency)) {
      throw new AccountError('invalid_amount', `There are two wallets in ${currency}.`);
    }
    seen.add(currency);
    return {
      ...account,
      currency,
      balance: payable(balance, currency, terms),
      creditLimit: payable(creditLimit, currency, terms),
    };
  });
}

function currencyOf(name: string | undefined, { currencies, policy }: Terms): string {
  const currency = name === undefined ? policy.Currency : currencies.resolve(name.trim());
  if (currency !== undefined) return currency;
  const meant = name === undefined ? undefined : currencies.resolve(name.trim().toUpperCase());
  throw new AccountError(
    'invalid_amount',
    `The currency "${name?.slice(0, 40)}" is not known.`,
    meant === undefined ? 'Name a code of ISO 4217 such as EUR.' : `Did you mean ${meant}?`,
  );
}

function payment(text: string, currency: string, terms: Terms): Micros {
  const micros = payable(text, currency, terms);
  if (micros > 0n) return micros;
  throw new AccountError('invalid_amount', `Found "${text}", expected an amount above zero.`);
}

/** No finer than the currency has fraction digits. */
function payable(text: string, currency: string, { currencies }: Terms): Micros {
  const micros = parseMicros(text.trim());
  if (micros === undefined || micros < 0n) {
    const expected = 'expected an amount from 0 to 1000000000 such as "50.00"';
    throw new AccountError('invalid_amount', `Found "${text.slice(0, 40)}", ${expected}.`);
  }
  const exponent = currencies.exponent(currency);
  if (micros % billableStep(exponent) === 0n) return micros;
  throw new AccountError(
    'invalid_amount',
    `Found "${text}", but ${currency} has ${exponent} fraction digits.`,
  );
}
