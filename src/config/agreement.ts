// The policies of a configuration: the service policies of TS 29.199-6 clause 10 and the limits of an agreement.

import type { Currencies } from '../ledger/currency';
import type { Micros } from '../ledger/money';
import type { Terms } from '../ledger/terms';
import { addDuration } from '../ledger/time';
import { LEDGER_LIMITS } from '../limits';
import { type AmountInput, readAmount, readCurrency } from './amounts';
import { DEFAULT_POLICY } from './configuration';
import { below, type Report } from './problem';
import type { ConfigurationInput } from './schema';

export type Agreement = Pick<
  Terms,
  'policy' | 'allowedCurrencies' | 'maximumAmountPerTransaction' | 'maximumAmountPerMonth'
>;

export type PoliciesInput = NonNullable<ConfigurationInput['policies']>;

/** What holds when a configuration has no policies: those of the standard, and no limits. */
export const DEFAULT_AGREEMENT: Agreement = {
  policy: DEFAULT_POLICY,
  allowedCurrencies: undefined,
  maximumAmountPerTransaction: new Map(),
  maximumAmountPerMonth: new Map(),
};

/** What `input` says, and `base` for what it does not mention. Reports what cannot be meant. */
export function readAgreement(
  input: PoliciesInput,
  base: Agreement,
  currencies: Currencies,
  report: Report,
): Agreement {
  const { policy } = base;
  const money = { currencies, defaultCurrency: policy.Currency };
  const read = {
    policy: {
      Currency: readCurrency(input.Currency, money, below(report, 'Currency')),
      MaximumEndUserIdentifier: input.MaximumEndUserIdentifier ?? policy.MaximumEndUserIdentifier,
      SplitChargingAvailable: input.SplitChargingAvailable ?? policy.SplitChargingAvailable,
      ReservationDuration: input.ReservationDuration ?? policy.ReservationDuration,
      MaximumDescriptions: input.MaximumDescriptions ?? policy.MaximumDescriptions,
      MaximumConfirmationRefs: input.MaximumConfirmationRefs ?? policy.MaximumConfirmationRefs,
    },
    allowedCurrencies:
      input.allowedCurrencies === undefined
        ? base.allowedCurrencies
        : new Set(
            input.allowedCurrencies.map((code, index) =>
              readCurrency(code, money, below(report, 'allowedCurrencies', index)),
            ),
          ),
    maximumAmountPerTransaction: limitsOf('maximumAmountPerTransaction'),
    maximumAmountPerMonth: limitsOf('maximumAmountPerMonth'),
  };
  checkAgreement(read, report);
  return read;

  function limitsOf(name: 'maximumAmountPerTransaction' | 'maximumAmountPerMonth') {
    const limits = input[name];
    return limits === undefined ? base[name] : readLimits(limits, currencies, below(report, name));
  }
}

function readLimits(
  input: Readonly<Record<string, AmountInput>>,
  currencies: Currencies,
  report: Report,
): ReadonlyMap<string, Micros> {
  const limits = new Map<string, Micros>();
  for (const [name, amount] of Object.entries(input)) {
    const at = below(report, name);
    const currency = readCurrency(name, { currencies, defaultCurrency: name }, at);
    if (limits.has(currency)) at([], `${currency} is there twice under two spellings`);
    limits.set(currency, readAmount(amount, at));
  }
  return limits;
}

function checkAgreement({ policy, allowedCurrencies }: Agreement, report: Report): void {
  // Written so that a duration beyond all calendars, which is not a number, is refused too.
  if (!(addDuration(0, policy.ReservationDuration) <= LEDGER_LIMITS.reservationMs)) {
    report(['ReservationDuration'], 'a reservation can run for ten years at most');
  }
  if (allowedCurrencies !== undefined && !allowedCurrencies.has(policy.Currency)) {
    report(
      ['allowedCurrencies'],
      `the policy Currency ${policy.Currency} must be among the allowed currencies`,
    );
  }
}
