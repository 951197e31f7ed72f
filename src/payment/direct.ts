// Commands that charge or refund at once, whether the request states an amount or a volume (clauses 8.1, 8.2).
import type { ChargeCommand, RefundCommand } from '../ledger/commands';
import { type Context, referenceOf } from './handler';
import { accepted, type Reading } from './reading';

interface Referenced {
  readonly referenceCode: string;
}

/** One payer pays all. */
export function charge(request: Referenced, reading: Reading, context: Context): ChargeCommand {
  const { address } = accepted(reading.payer);
  return {
    kind: 'charge',
    application: context.application,
    ...asked(reading),
    payers: [{ subscriber: address, amount: accepted(reading.rated).amount }],
    part: 'endUserIdentifier',
    reference: referenceOf('charge', request, reading, context),
  };
}

/** All payers at once; what is asked is priced once, then the money is split, so the shares add up. */
export function split(request: Referenced, reading: Reading, context: Context): ChargeCommand {
  return {
    kind: 'charge',
    application: context.application,
    ...asked(reading),
    payers: reading.shares,
    part: 'splitInfo',
    reference: referenceOf('charge', request, reading, context),
  };
}

/** A volume is refunded at the tariff of today. */
export function refund(request: Referenced, reading: Reading, context: Context): RefundCommand {
  return {
    kind: 'refund',
    application: context.application,
    ...asked(reading),
    subscriber: accepted(reading.payer).address,
    amount: accepted(reading.rated).amount,
    reference: referenceOf('refund', request, reading, context),
  };
}

/** Operations on volumes have no confirmationRefs, and so need no evidence either. */
function asked(reading: Reading) {
  const { code, texts } = reading;
  const { currency, measure } = accepted(reading.rated);
  if (measure !== undefined) return { currency, texts, measure };
  const { confirmationRefs } = reading;
  return { currency, texts, confirmationRefs, ...(code !== undefined && { code }) };
}
