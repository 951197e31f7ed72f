// The rule for policies of one application: they can be more restrictive than the general ones, never looser
// (TS 29.199-1, service policies: a provider may override a policy for a requester only so).
import type { Currencies } from '../ledger/currency';
import { formatMicros } from '../ledger/money';
import { addDuration, type TimeMetric } from '../ledger/time';
import { type Agreement, type PoliciesInput, readAgreement } from './agreement';
import type { Report } from './problem';

const RULE = 'the policy of an application can only be more restrictive (TS 29.199-1)';

/** What holds for an application; general limits that `input` does not mention stay. Reports what is looser. */
export function restrictedAgreement(
  general: Agreement,
  input: PoliciesInput,
  currencies: Currencies,
  report: Report,
): Agreement {
  const own = readAgreement(input, general, currencies, report);
  reportLooser(general, own, report);
  return {
    ...own,
    maximumAmountPerTransaction: new Map([
      ...general.maximumAmountPerTransaction,
      ...own.maximumAmountPerTransaction,
    ]),
    maximumAmountPerMonth: new Map([
      ...general.maximumAmountPerMonth,
      ...own.maximumAmountPerMonth,
    ]),
  };
}

function reportLooser(general: Agreement, own: Agreement, report: Report): void {
  for (const name of [
    'MaximumEndUserIdentifier',
    'MaximumDescriptions',
    'MaximumConfirmationRefs',
  ] as const) {
    const [mine, theirs] = [own.policy[name], general.policy[name]];
    if (mine > theirs) report([name], looser(mine, theirs));
  }
  if (own.policy.SplitChargingAvailable && !general.policy.SplitChargingAvailable) {
    report(['SplitChargingAvailable'], looser(true, false));
  }
  const [mine, theirs] = [own.policy.ReservationDuration, general.policy.ReservationDuration];
  if (!neverLonger(mine, theirs)) {
    report(
      ['ReservationDuration'],
      looser(`${mine.units} ${mine.metric}`, `${theirs.units} ${theirs.metric}`),
    );
  }
  for (const name of ['maximumAmountPerTransaction', 'maximumAmountPerMonth'] as const) {
    for (const [currency, limit] of own[name]) {
      const bound = general[name].get(currency);
      if (bound === undefined || limit <= bound) continue;
      report([name, currency], looser(formatMicros(limit, 2), formatMicros(bound, 2)));
    }
  }
  const looseCurrency = [...(own.allowedCurrencies ?? [])].find(
    (currency) => general.allowedCurrencies?.has(currency) === false,
  );
  if (looseCurrency !== undefined) {
    report(['allowedCurrencies'], `${looseCurrency} is not allowed in general; ${RULE}`);
  }
}

function looser(mine: unknown, theirs: unknown): string {
  return `${mine} is looser than the general ${theirs}; ${RULE}`;
}

/** Whether `mine` is at most as long as `theirs` from whatever day it starts. */
function neverLonger(mine: TimeMetric, theirs: TimeMetric): boolean {
  const [myMonths, theirMonths] = [monthsOf(mine), monthsOf(theirs)];
  if (myMonths !== undefined && theirMonths !== undefined) return myMonths <= theirMonths;
  return longestMs(mine) <= shortestMs(theirs);
}

function monthsOf({ metric, units }: TimeMetric): number | undefined {
  if (metric === 'Year') return units * 12;
  return metric === 'Month' ? units : undefined;
}

/** Months of 31 days, years of 366. */
function longestMs(duration: TimeMetric): number {
  return calendarMs(duration, 31, 366) ?? addDuration(0, duration);
}

/** Months of 28 days, years of 365. */
function shortestMs(duration: TimeMetric): number {
  return calendarMs(duration, 28, 365) ?? addDuration(0, duration);
}

function calendarMs(
  duration: TimeMetric,
  daysOfMonth: number,
  daysOfYear: number,
): number | undefined {
  const months = monthsOf(duration);
  if (months === undefined) return undefined;
  return (Math.floor(months / 12) * daysOfYear + (months % 12) * daysOfMonth) * 86_400_000;
}
