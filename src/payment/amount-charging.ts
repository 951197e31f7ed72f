// AmountCharging: charge, refund and split a currency amount at once (clause 8.1).
import { acknowledge, type Handlers, referenceOf } from './handler';
import { accepted, type Reading } from './reading';

export const amountCharging: Handlers<'AmountCharging'> = {
  /** Clause 8.1.1. */
  'AmountCharging.chargeAmount': {
    command: (request, reading, context) => ({
      kind: 'charge',
      application: context.application,
      ...stated(reading),
      payers: [
        { subscriber: accepted(reading.payer).address, amount: accepted(reading.rated).amount },
      ],
      part: 'endUserIdentifier',
      reference: referenceOf('charge', request, reading, context),
    }),
    response: acknowledge,
  },

  /** Clause 8.1.2. */
  'AmountCharging.refundAmount': {
    command: (request, reading, context) => ({
      kind: 'refund',
      application: context.application,
      ...stated(reading),
      subscriber: accepted(reading.payer).address,
      amount: accepted(reading.rated).amount,
      reference: referenceOf('refund', request, reading, context),
    }),
    response: acknowledge,
  },

  /** Clause 8.1.3: the shares add up to the amount, and all are charged or none. */
  'AmountCharging.chargeSplitAmount': {
    command: (request, reading, context) => ({
      kind: 'charge',
      application: context.application,
      ...stated(reading),
      payers: reading.shares,
      part: 'splitInfo',
      reference: referenceOf('charge', request, reading, context),
    }),
    response: acknowledge,
  },
};

function stated(reading: Reading) {
  const { code, texts } = reading;
  const { currency } = accepted(reading.rated);
  return { currency, texts, ...(code !== undefined && { code }) };
}
