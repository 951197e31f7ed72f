// Rules of src/ broken on purpose, one a line of the table. The simulation must notice each of them.
import { broken, type Mutant } from './mutant';

const REFUSED = 'if (decision instanceof Refusal) return decision;';

export const MUTANTS: readonly Mutant[] = [
  broken(
    'available money ignores holds',
    'ledger/wallet.ts',
    'wallet.credits - wallet.debits - wallet.held + wallet.creditLimit',
    'wallet.credits - wallet.debits + wallet.creditLimit',
  ),
  broken(
    'closing a partly charged reservation returns all of it',
    'ledger/reserving.ts',
    'transfers: free(reservation, reservation.reserved - reservation.charged)',
    'transfers: free(reservation, reservation.reserved)',
  ),
  broken(
    'a split rounds each part by itself',
    'ledger/split.ts',
    'hundredths / 100n',
    '(hundredths + 50n) / 100n',
  ),
  broken(
    'ties of a split go to the last payer',
    'ledger/split.ts',
    'a.rest === b.rest ? 0',
    'a.rest === b.rest ? b.index - a.index',
  ),
  broken(
    'a capture compares with what was reserved, not with what is left',
    'ledger/checks.ts',
    'change.amount > reserved - charged',
    'change.amount > reserved',
  ),
  broken(
    'a volume capture compares with what was reserved, not with what is left',
    'ledger/checks.ts',
    'change.volume > volume.reserved - volume.charged',
    'change.volume > volume.reserved',
  ),
  {
    name: 'a reservation lives on at the very instant of its expiry',
    changes: [
      {
        file: 'ledger/situation.ts',
        find: 'now >= reservation.expiresAt',
        replace: 'now > reservation.expiresAt',
      },
      {
        file: 'store/reservations.ts',
        find: "state = 'open' AND expires_at <= ?",
        replace: "state = 'open' AND expires_at < ?",
      },
      { file: 'store/batch.ts', find: 'if (next <= now)', replace: 'if (next < now)' },
    ],
  },
  broken(
    'the store forgets that an enlarged reservation expires later than was noted',
    'store/batch.ts',
    'if (now >= this.#nothingDueBefore) {',
    'if (now > this.#nothingDueBefore + 5000) {',
  ),
  broken(
    'replay answers any request under a used reference code',
    'ledger/checks.ts',
    "terms.duplicateReferences === 'replay' && sameBytes(referenceUse.fingerprint, fingerprint)",
    "terms.duplicateReferences === 'replay'",
  ),
  broken(
    'an identical request is charged again under replay',
    'ledger/checks.ts',
    "terms.duplicateReferences === 'report') return undefined",
    "terms.duplicateReferences !== 'reject') return undefined",
  ),
  {
    name: 'reference codes of one application count for all',
    changes: [
      {
        file: 'ledger/keys.ts',
        find: 'return { application, space, code };',
        replace: "return { application: 'any', space, code };",
      },
      {
        file: 'ledger/effects.ts',
        find: 'fingerprint,\n    application,\n',
        replace: "fingerprint,\n    application: 'any',\n",
      },
    ],
  },
  broken(
    'charges and refunds share one space of reference codes',
    'payment/direct.ts',
    "referenceOf('refund'",
    "referenceOf('charge'",
  ),
  broken(
    'every currency has two fraction digits',
    'ledger/currency.ts',
    'exponents.get(code) ?? 2',
    '2',
  ),
  broken(
    'amounts are read through floating point',
    'ledger/money.ts',
    "BigInt(whole + fraction.padEnd(DIGITS, '0'))",
    "BigInt(Math.floor(Number(whole + '.' + fraction) * 1e6))",
  ),
  broken(
    'a second release frees the money again',
    'ledger/situation.ts',
    "reservation.state !== 'open' || ",
    '',
  ),
  broken(
    'time does not count when a command is refused',
    'store/batch.ts',
    REFUSED,
    'if (decision instanceof Refusal) { this.#time = this.#committed.time; return decision; }',
  ),
  broken(
    'a refused enlargement extends the time',
    'store/batch.ts',
    REFUSED,
    `if (decision instanceof Refusal) {
       const { reservation } = this.#books.view(keys, terms, next);
       if (command.kind === 'enlarge' && reservation?.state === 'open')
         this.#books.reservations.change({ ...reservation, expiresAt: reservation.expiresAt + 1 });
       return decision;
     }`,
  ),
  broken(
    'a refused reserve leaves an account with its opening balance',
    'store/batch.ts',
    REFUSED,
    `if (decision instanceof Refusal) {
       if (command.kind === 'reserve') {
         const { subscriber, currency } = command;
         const provision = { kind: 'provision', subscriber, status: 'active', currency, balance: terms.openingBalance(currency) };
         this.#execute(provision);
       }
       return decision;
     }`,
  ),
  broken(
    'asking a price makes a subscriber known',
    'ledger/decide.ts',
    'return NO_EFFECTS;',
    `return { ...NO_EFFECTS, subscribers: view.accounts.has(command.subscriber)
       ? [] : [{ subscriber: command.subscriber, status: 'active' }] };`,
  ),
  broken(
    'a reservation can be reduced below what it has charged',
    'ledger/checks.ts',
    'reserved + change.amount >= charged',
    'reserved + change.amount >= 0n',
  ),
  broken(
    'the application earns what is only held',
    'ledger/reserving.ts',
    `function hold({ application, subscriber, currency }: Reservation, amount: Micros) {
  const debit = subscriberParty(subscriber);
  const credit = applicationParty(application);
  return transferOf({ layer: 'pending'`,
    `function hold({ application, subscriber, currency }: Reservation, amount: Micros) {
  const debit = subscriberParty(subscriber);
  const credit = applicationParty(application);
  return transferOf({ layer: 'posted'`,
  ),
  broken(
    'each part of a volume is rounded by itself',
    'ledger/situation.ts',
    'amount: total - billed',
    "amount: command.kind === 'capture' ? rated(volume.rate, quantity.volume) : total - billed",
  ),
  broken(
    'halves are rounded down',
    'ledger/rating.ts',
    'rest * 2n >= denominator',
    'rest * 2n > denominator',
  ),
  broken(
    'the first tariff that matches decides, not the most specific',
    'ledger/rating.ts',
    'if (score <= bestScore) continue;',
    'if (score < 0 || best !== undefined) continue;',
  ),
  broken(
    'one application may use the reservation of another',
    'ledger/situation.ts',
    'if (reservation.application !== command.application) return undefined;',
    '',
  ),
  broken(
    'an amount may be charged to a volume reservation',
    'ledger/situation.ts',
    "return (reservation.volume !== undefined) === (by === 'volume') ? reservation : undefined;",
    "return reservation.volume === undefined && by === 'volume' ? undefined : reservation;",
  ),
  broken(
    'the monthly limit forgets what was charged before',
    'ledger/checks.ts',
    '(view.charged.get(subscriber) ?? 0n) + amount <= limit',
    'amount <= limit',
  ),
  broken(
    'a month is thirty days',
    'ledger/time.ts',
    'return Date.UTC(date.getUTCFullYear(), date.getUTCMonth());',
    'return date.getTime() - 30 * 86_400_000;',
  ),
  broken(
    'the sums of the month are not kept up to date',
    'store/monthly-charges.ts',
    'kept.total += amount;',
    'kept.total += 0n;',
  ),
  broken(
    'an expiry is dated when it is noticed',
    'store/batch.ts',
    'this.#time = Math.max(this.#time, expiresAt);',
    'this.#time = this.#clock();',
  ),
  broken(
    'ledger time goes back with the clock',
    'store/batch.ts',
    'return Math.max(this.#time, this.#options.now());',
    'return this.#options.now();',
  ),
  broken(
    'ledger time is written only with an accepted command',
    'store/batch.ts',
    'if (time !== this.#time || last !== this.#last)',
    'if (last !== this.#last)',
  ),
  broken(
    'a barred account may be told a price',
    'ledger/matrix.ts',
    "commands: 'charge refund quote reserve enlarge capture release', faults: 'SVC0270",
    "commands: 'charge refund       reserve enlarge capture release', faults: 'SVC0270",
  ),
  broken(
    'only the first payer of a split must be able to pay',
    'ledger/checks.ts',
    `  for (const { subscriber, amount } of shares) {
    if (amount <= 0n) continue;
    if (amount <= spendable`,
    `  for (const { subscriber, amount } of shares.slice(0, 1)) {
    if (amount <= 0n) continue;
    if (amount <= spendable`,
  ),
  broken(
    'a code is priced whatever currency is asked for',
    'ledger/price.ts',
    'inCurrency ?? (anyCurrency ? ofCode[0] : undefined)',
    'ofCode[0]',
  ),
  broken(
    'a repeat that says the currency is another request',
    'payment/fingerprint.ts',
    'return accepted(reading.rated).currency;',
    'return parts.charge?.currency;',
  ),
  broken(
    'a repeat with zeros before its identifier is another request',
    'payment/fingerprint.ts',
    "parts.reservationIdentifier?.replace(/^0+/, '')",
    'parts.reservationIdentifier',
  ),
  broken(
    'a text of the session is lost from the bill',
    'ledger/reserving.ts',
    `    charged: reservation.charged + change.amount,
    texts: [...reservation.texts, ...billTexts(command.texts)],`,
    `    charged: reservation.charged + change.amount,
    texts: reservation.texts,`,
  ),
  broken(
    'an operator cannot take out the last of it',
    'ledger/adjusting.ts',
    'if (available(after) >= 0n) return undefined;',
    'if (available(after) > 0n) return undefined;',
  ),
  broken(
    'moving money by hand takes the credit limit away',
    'ledger/adjusting.ts',
    'command.creditLimit ?? before.creditLimit',
    'command.creditLimit ?? 0n',
  ),
  broken(
    'a wallet opens with what one of the usual currency would hold',
    'ledger/wallet.ts',
    'terms.openingBalance(currency)',
    'terms.openingBalance(terms.policy.Currency)',
  ),
  broken(
    'an operator may pay in to somebody unknown',
    'ledger/adjusting.ts',
    "if (account === undefined) return refuse('unknown_subscriber'",
    "if (account === undefined) return NO_EFFECTS || refuse('unknown_subscriber'",
  ),
  broken(
    'a reservation that is ended by hand is called released',
    'ledger/decide.ts',
    "if (reservation?.state === 'open') return closeEffects(view, reservation, 'expired', now);",
    "if (reservation?.state === 'open') return closeEffects(view, reservation, 'released', now);",
  ),
];
