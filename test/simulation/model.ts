// An operator in plain maps, written from TS 29.199-6 and its published rulings, to be read beside them.
// It imports nothing of src/, so it and the real ledger can disagree.
import { later, monthOf, priceOf, toText } from './arithmetic';
import { type Answer, deny, faultOf, Refused } from './faults';
import { type Claim, Proofs } from './proofs';
import * as rules from './request-rules';
import type {
  BillEntry,
  Evidence,
  Outcome,
  Request,
  Reservation,
  Terms,
  Wallet,
} from './vocabulary';

const LARGEST_COUNTER = 10n ** 18n;
const TEN_YEARS = 3_652.5 * 86_400_000;

/** What an operator changes of a wallet by hand. */
interface Adjustment {
  readonly subscriber: string;
  readonly currency: string;
  readonly amount?: bigint;
  readonly creditLimit?: bigint;
}

/** One request and what it comes with. */
interface Asked {
  /** `Interface.operation`. */
  readonly operation: string;
  readonly interfaceName: string;
  readonly request: Request;
  readonly application: string;
  readonly terms: Terms;
  /** Names the reservation that this request may open. */
  readonly identifier: string;
  /** Equal for an identical request. */
  readonly fingerprint: string;
}

export class Operator {
  /** The latest time the ledger has seen; it never goes back. */
  time: number;
  readonly subscribers = new Map<string, 'active' | 'barred'>();
  readonly wallets = new Map<string, Wallet>();
  readonly reservations = new Map<string, Reservation>();
  readonly bill: BillEntry[] = [];
  readonly open = new Set<Reservation>();
  readonly proofs = new Proofs();
  /** Charges less refunds, by application and currency. */
  readonly earned = new Map<string, bigint>();
  /** Posted charges by application, subscriber, currency and calendar month. */
  private readonly posted = new Map<string, bigint>();
  /** The request that used a reference code, by application, charges or refunds, and code. */
  private readonly references = new Map<string, string>();

  constructor(
    private readonly termsOf: (application: string) => Terms,
    start: number,
  ) {
    this.time = start;
  }

  /** Gives a subscriber a standing, perhaps with a wallet; a wallet that exists already is left alone. */
  provision(subscriber: string, status: 'active' | 'barred', wallet?: Wallet): void {
    this.subscribers.set(subscriber, status);
    if (wallet && !this.wallets.has(keyOf(wallet))) this.wallets.set(keyOf(wallet), { ...wallet });
  }

  /** Records at `clock` that a service was provided; settled so many milliseconds later. */
  issue(
    {
      recipients,
      ...piece
    }: Omit<Evidence, 'usedBy' | 'issuedAt' | 'recipients'> & {
      readonly recipients: readonly { subscriber: string; outcome: Outcome; afterMs: number }[];
    },
    clock: number,
  ): 'issued' | 'refused' {
    this.reach(clock);
    const settled = recipients.map(({ subscriber, outcome, afterMs }) => ({
      subscriber,
      outcome,
      settlesAt: this.time + afterMs,
    }));
    return this.proofs.issue({ ...piece, issuedAt: this.time, recipients: settled });
  }

  /** An operator pays in (above zero) or out, and sets how far below zero a wallet may go; one that is missing opens. */
  adjust(
    { subscriber, currency, amount = 0n, creditLimit }: Adjustment,
    clock: number,
  ): 'adjusted' | 'refused' {
    this.reach(clock);
    if (!this.subscribers.has(subscriber)) return 'refused';
    const none = { subscriber, currency, credits: 0n, debits: 0n, held: 0n, creditLimit: 0n };
    const before = this.wallets.get(keyOf(none)) ?? none;
    const after = {
      ...before,
      credits: before.credits + (amount > 0n ? amount : 0n),
      debits: before.debits - (amount < 0n ? amount : 0n),
      creditLimit: creditLimit ?? before.creditLimit,
    };
    const full = after.credits > LARGEST_COUNTER || after.debits > LARGEST_COUNTER;
    if (full || available(after) < 0n) return 'refused';
    this.wallets.set(keyOf(after), after);
    return 'adjusted';
  }

  /** An operator ends a reservation before its time. */
  expire(identifier: string, clock: number): 'expired' | 'refused' {
    this.reach(clock);
    const reservation = this.reservations.get(identifier);
    if (reservation?.state !== 'open') return 'refused';
    this.close(reservation, 'expired', this.time);
    return 'expired';
  }

  /** Answers a request made at `clock`. `identifier` names the reservation that it may open. */
  perform(
    operation: string,
    request: Request,
    application: string,
    clock: number,
    identifier: string,
  ): Answer {
    const [interfaceName = '', name = ''] = operation.split('.');
    const terms = this.termsOf(application);
    try {
      rules.checkValues(operation, request);
      rules.checkPolicy(request, terms);
      const money = rules.moneyAsked(name, request, terms);
      this.reach(clock);
      const fingerprint = this.fingerprintOf(operation, request, application, money);
      const asked = {
        operation,
        interfaceName,
        request,
        application,
        terms,
        identifier,
        fingerprint,
      };
      const used = this.references.has(referenceKey(asked));
      const response = this.decide(name, asked, money);
      return { response, duplicate: used && terms.duplicates === 'report' };
    } catch (error) {
      return faultOf(error);
    }
  }

  /** Moves the ledger's time and closes, oldest first, the reservations whose time has come (8.3.1). */
  reach(clock: number): void {
    this.time = Math.max(this.time, clock);
    const due = [...this.open]
      .filter(({ expiresAt }) => expiresAt <= this.time)
      .sort((a, b) => a.expiresAt - b.expiresAt || a.order - b.order);
    for (const reservation of due) this.close(reservation, 'expired', reservation.expiresAt);
  }

  private decide(name: string, asked: Asked, money: rules.Money): object {
    if (this.isRepeated(asked)) return {};

    let response = {};
    if (name.startsWith('charge') && name !== 'chargeReservation') this.charge(asked, money);
    else if (name.startsWith('refund')) this.refund(asked, money);
    else if (name === 'getAmount') response = this.quote(asked, money);
    else if (name.startsWith('reserveAdditional')) this.enlarge(asked);
    else if (name.startsWith('reserve')) response = this.reserve(asked, money);
    else if (name === 'chargeReservation') this.capture(asked);
    else this.release(asked);

    if (asked.request.referenceCode) this.references.set(referenceKey(asked), asked.fingerprint);
    return response;
  }

  /** Clauses 8.1.1, 8.1.3, 8.2.1, 8.2.4: all payers or none. */
  private charge(asked: Asked, { currency, amount }: rules.Money): void {
    const payers = rules.payersOf(asked.request, amount, rules.stepIn(asked.terms, currency));
    const part = asked.request.splitInfo ? 'splitInfo' : 'endUserIdentifier';

    this.checkTransactionLimit(asked, currency, amount);
    for (const { subscriber, share } of payers)
      this.checkMonthlyLimit(asked, subscriber, currency, share);
    for (const { subscriber } of payers) this.checkKnown(asked, subscriber, part);
    for (const { subscriber } of payers) deny(this.isBarred(subscriber), 'SVC0270');
    const claim = this.claim(
      asked,
      currency,
      payers.map(({ subscriber }) => subscriber),
    );
    this.proofs.check(claim, 'charge');
    const shares = payers.map(({ subscriber, share }) => {
      const wallet = this.wallet(asked, subscriber, currency);
      deny(available(wallet) < share, 'SVC0270');
      deny(wallet.debits + share > LARGEST_COUNTER, 'SVC0270');
      return { wallet, share };
    });

    for (const { wallet, share } of shares) {
      this.keep(wallet);
      this.post(asked, wallet, share);
      this.addToBill(wallet, asked.application, 'charge', share, this.time, textsOf(asked));
    }
    const taken = payers.map(({ subscriber, share }) => [subscriber, share] as const);
    this.proofs.sell(claim, taken);
  }

  /** Clauses 8.1.2, 8.2.3. */
  private refund(asked: Asked, { currency, amount }: rules.Money): void {
    const subscriber = rules.subscriberOf(asked.request);

    this.checkKnown(asked, subscriber, 'endUserIdentifier');
    deny(this.isBarred(subscriber), 'POL0001', 'ACCOUNT_BARRED');
    const claim = this.claim(asked, currency, [subscriber]);
    this.proofs.check(claim, 'refund');
    const sale = this.proofs.saleNamed(claim, amount);
    this.proofs.checkRefund(claim, sale, amount);
    const wallet = this.wallet(asked, subscriber, currency);
    deny(wallet.credits + amount > LARGEST_COUNTER, 'SVC0270');

    this.proofs.undo(claim, sale, amount);
    this.keep(wallet);
    wallet.credits += amount;
    this.earn(asked.application, currency, -amount);
    this.addToBill(wallet, asked.application, 'refund', amount, this.time, textsOf(asked));
  }

  /** Clauses 8.2.2, 8.4.1: description, amount and currency are filled. */
  private quote(asked: Asked, { currency, amount, description }: rules.Money): object {
    const subscriber = rules.subscriberOf(asked.request);
    this.checkKnown(asked, subscriber, 'endUserIdentifier');
    deny(this.isBarred(subscriber), 'POL0001', 'ACCOUNT_BARRED');

    const text = toText(amount, asked.terms.digits.get(currency) ?? 0);
    return { result: { description: [description], currency, amount: text } };
  }

  /** Clauses 8.3.1, 8.4.2. */
  private reserve(asked: Asked, { currency, amount, rate }: rules.Money): object {
    const { request, application, interfaceName, identifier } = asked;
    const subscriber = rules.subscriberOf(request);

    this.checkTransactionLimit(asked, currency, amount);
    this.checkMonthlyLimit(asked, subscriber, currency, amount);
    this.checkKnown(asked, subscriber, 'endUserIdentifier');
    deny(this.isBarred(subscriber), 'POL0001', 'ACCOUNT_BARRED');
    const wallet = this.wallet(asked, subscriber, currency);
    deny(available(wallet) < amount, 'SVC0001', 'INSUFFICIENT_FUNDS');
    deny(wallet.held + amount > LARGEST_COUNTER, 'SVC0001', 'INSUFFICIENT_FUNDS');

    this.keep(wallet);
    wallet.held += amount;
    const reservation: Reservation = {
      identifier,
      order: this.reservations.size,
      interfaceName,
      application,
      subscriber,
      currency,
      reserved: amount,
      charged: 0n,
      expiresAt: later(this.time, asked.terms.duration),
      state: 'open',
      texts: textsOf(asked),
      rate,
      reservedVolume: request.volume ?? 0n,
      chargedVolume: 0n,
    };
    this.reservations.set(identifier, reservation);
    this.open.add(reservation);
    return { result: identifier };
  }

  /** Clauses 8.3.2, 8.4.3: adds or takes away, and extends. */
  private enlarge(asked: Asked): void {
    const { request, terms } = asked;
    const reservation = this.openReservation(asked);
    const { subscriber, currency, rate } = reservation;
    const volume = reservation.reservedVolume + (request.volume ?? 0n);
    const reserved = rate
      ? priceOf(rate, volume, rules.stepIn(terms, currency))
      : reservation.reserved + rules.amountWithin(currency, request, terms, 'signed');
    const added = reserved - reservation.reserved;

    this.checkTransactionLimit(asked, currency, reserved);
    this.checkMonthlyLimit(asked, subscriber, currency, added);
    deny(this.isBarred(subscriber), 'POL0001', 'ACCOUNT_BARRED');
    if (rate) {
      deny(volume < reservation.chargedVolume, 'SVC0002', 'volume');
      deny(reserved > rules.LARGEST_AMOUNT, 'SVC0002', 'volume');
    } else deny(reserved < reservation.charged, 'SVC0007');
    const wallet = this.wallet(asked, subscriber, currency);
    deny(available(wallet) < added, 'SVC0001', 'INSUFFICIENT_FUNDS');
    const expiresAt = later(reservation.expiresAt, terms.duration);
    deny(expiresAt - this.time > TEN_YEARS, 'POL0001', 'DURATION_LIMIT');
    deny(wallet.held + added > LARGEST_COUNTER, 'SVC0001', 'INSUFFICIENT_FUNDS');

    wallet.held += added;
    reservation.reserved = reserved;
    reservation.reservedVolume = volume;
    reservation.expiresAt = expiresAt;
    reservation.texts.push(...textsOf(asked));
  }

  /** Clauses 8.3.3, 8.4.4: a volume pays the price of all so far, less what it has paid. */
  private capture(asked: Asked): void {
    const { request, terms } = asked;
    const reservation = this.openReservation(asked);
    const { subscriber, currency, rate } = reservation;
    const volume = reservation.chargedVolume + (request.volume ?? 0n);
    const charged = rate
      ? priceOf(rate, volume, rules.stepIn(terms, currency))
      : reservation.charged + rules.amountWithin(currency, request, terms, 'positive');
    const amount = charged - reservation.charged;

    this.checkMonthlyLimit(asked, subscriber, currency, amount);
    deny(this.isBarred(subscriber), 'SVC0270');
    deny(volume > reservation.reservedVolume && rate !== undefined, 'SVC0270');
    deny(charged > reservation.reserved, 'SVC0270');
    const wallet = this.wallet(asked, subscriber, currency);
    deny(wallet.debits + amount > LARGEST_COUNTER, 'SVC0270');

    wallet.held -= amount;
    this.post(asked, wallet, amount);
    this.proofs.sell(this.claim(asked, currency, [subscriber]), [[subscriber, amount]]);
    reservation.charged = charged;
    reservation.chargedVolume = volume;
    reservation.texts.push(...textsOf(asked));
  }

  /** Clauses 8.3.4, 8.4.5. */
  private release(asked: Asked): void {
    const reservation = this.openReservation(asked);
    deny(this.isBarred(reservation.subscriber), 'POL0001', 'ACCOUNT_BARRED');

    this.close(reservation, 'released', this.time);
  }

  /** What is left returns; one session is one entry on the bill, and none when nothing was charged (8.3.1). */
  private close(reservation: Reservation, state: 'released' | 'expired', at: number): void {
    const { application, reserved, charged, chargedVolume, texts } = reservation;
    const wallet = this.wallets.get(keyOf(reservation));
    if (wallet === undefined) throw new Error('a reservation without a wallet');

    wallet.held -= reserved - charged;
    reservation.state = state;
    this.open.delete(reservation);
    if (charged > 0n || chargedVolume > 0n)
      this.addToBill(wallet, application, 'charge', charged, at, texts);
  }

  private claim(
    { request, application, terms }: Asked,
    currency: string,
    subscribers: readonly string[],
  ): Claim {
    return { request, application, terms, currency, subscribers, time: this.time };
  }

  /** Clause 8.1.1: unique by the application's promise; three ways to take a broken one. Only successes count. */
  private isRepeated(asked: Asked): boolean {
    const before = this.references.get(referenceKey(asked));
    if (before === undefined || asked.terms.duplicates === 'report') return false;

    const different = before !== asked.fingerprint;
    deny(different || asked.terms.duplicates === 'reject', 'SVC0002', 'referenceCode');
    return true;
  }

  /** One refusal for every reservation that is not this application's to use here: nothing is disclosed. */
  private openReservation({ request, application, interfaceName }: Asked): Reservation {
    const found = this.reservationNamed(request);
    const usable = found?.application === application && found.interfaceName === interfaceName;
    if (!usable || found.state !== 'open') throw new Refused('SVC0002', 'reservationIdentifier');
    return found;
  }

  /** An unsaid currency is the one that is then meant: the price's, the policy's, or that of the reservation. */
  private fingerprintOf(
    operation: string,
    request: Request,
    application: string,
    { currency }: rules.Money,
  ): string {
    const reservation = this.reservationNamed(request);
    const own = reservation?.application === application ? reservation.currency : '';
    return rules.fingerprintOf(operation, request, currency === '' ? own : currency);
  }

  private reservationNamed({ reservationIdentifier = '' }: Request): Reservation | undefined {
    return this.reservations.get(rules.withoutZeros(reservationIdentifier));
  }

  private checkTransactionLimit({ terms }: Asked, currency: string, amount: bigint): void {
    const limit = terms.perTransaction.get(currency);
    deny(limit !== undefined && amount > limit, 'POL0001', 'AMOUNT_LIMIT');
  }

  private checkMonthlyLimit(
    { terms, application }: Asked,
    subscriber: string,
    currency: string,
    amount: bigint,
  ): void {
    const limit = terms.perMonth.get(currency);
    const month = [application, subscriber, currency, monthOf(this.time)].join(' ');
    const posted = this.posted.get(month) ?? 0n;
    deny(limit !== undefined && posted + amount > limit, 'POL0001', 'MONTHLY_LIMIT');
  }

  private checkKnown({ terms }: Asked, subscriber: string, part: string): void {
    deny(terms.unknown === 'refuse' && !this.subscribers.has(subscriber), 'SVC0002', part);
  }

  private isBarred(subscriber: string): boolean {
    return this.subscribers.get(subscriber) === 'barred';
  }

  /** The wallet, or the one that would open: it counts only once it is kept. */
  private wallet({ terms }: Asked, subscriber: string, currency: string): Wallet {
    const credits = terms.unknown === 'create' ? (terms.openingBalance.get(currency) ?? 0n) : 0n;
    const opened = { subscriber, currency, credits, debits: 0n, held: 0n, creditLimit: 0n };
    return this.wallets.get(keyOf(opened)) ?? opened;
  }

  private keep(wallet: Wallet): void {
    this.wallets.set(keyOf(wallet), wallet);
    if (!this.subscribers.has(wallet.subscriber)) this.subscribers.set(wallet.subscriber, 'active');
  }

  private post({ application }: Asked, wallet: Wallet, amount: bigint): void {
    const { subscriber, currency } = wallet;
    const month = [application, subscriber, currency, monthOf(this.time)].join(' ');
    wallet.debits += amount;
    this.earn(application, currency, amount);
    this.posted.set(month, (this.posted.get(month) ?? 0n) + amount);
  }

  private earn(application: string, currency: string, amount: bigint): void {
    const key = `${application} ${currency}`;
    this.earned.set(key, (this.earned.get(key) ?? 0n) + amount);
  }

  private addToBill(
    { subscriber, currency }: Wallet,
    application: string,
    kind: 'charge' | 'refund',
    amount: bigint,
    at: number,
    texts: readonly string[],
  ): void {
    this.bill.push({ subscriber, application, kind, currency, amount, at, texts: [...texts] });
  }
}

function keyOf({ subscriber, currency }: { subscriber: string; currency: string }): string {
  return `${subscriber} ${currency}`;
}

function referenceKey({ operation, request, application }: Asked): string {
  const space = operation.includes('refund') ? 'refund' : 'charge';
  return `${application} ${space} ${request.referenceCode}`;
}

/** What the bill shows: the first description, or the billing text; an empty one shows nothing. */
function textsOf({ request: { charge, billingText } }: Asked): string[] {
  const text = charge ? charge.description[0] : billingText;
  return text ? [text] : [];
}

function available({ credits, debits, held, creditLimit }: Wallet): bigint {
  return credits - debits - held + creditLimit;
}
