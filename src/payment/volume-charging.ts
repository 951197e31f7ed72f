// VolumeCharging: rate a volume and charge or refund what it costs (clause 8.2).
import type { ChargingInformation } from '../wsdl/operations.generated';
import type { Decimal } from '../wsdl/schema';
import { acknowledge, type Handler, type Handlers, referenceOf } from './handler';
import { accepted, type Reading } from './reading';

/** Clauses 8.2.2 and 8.4.1: what a volume would cost this subscriber; nothing is charged. */
export const getAmount: Handler<'VolumeCharging.getAmount'> &
  Handler<'ReserveVolumeCharging.getAmount'> = {
  command: (_request, reading, { application }) => ({
    kind: 'quote',
    application,
    subscriber: accepted(reading.payer).address,
  }),
  response: (_effects, reading) => ({ result: chargingInformation(reading) }),
};

export const volumeCharging: Handlers<'VolumeCharging'> = {
  /** Clause 8.2.1. */
  'VolumeCharging.chargeVolume': {
    command: (request, reading, context) => ({
      kind: 'charge',
      application: context.application,
      ...rated(reading),
      payers: [
        { subscriber: accepted(reading.payer).address, amount: accepted(reading.rated).amount },
      ],
      part: 'endUserIdentifier',
      reference: referenceOf('charge', request, reading, context),
    }),
    response: acknowledge,
  },

  'VolumeCharging.getAmount': getAmount,

  /** Clause 8.2.3: rated at today's tariff. */
  'VolumeCharging.refundVolume': {
    command: (request, reading, context) => ({
      kind: 'refund',
      application: context.application,
      ...rated(reading),
      subscriber: accepted(reading.payer).address,
      amount: accepted(reading.rated).amount,
      reference: referenceOf('refund', request, reading, context),
    }),
    response: acknowledge,
  },

  /** Clause 8.2.4: the volume is rated once, then the money is split. */
  'VolumeCharging.chargeSplitVolume': {
    command: (request, reading, context) => ({
      kind: 'charge',
      application: context.application,
      ...rated(reading),
      payers: reading.shares,
      part: 'splitInfo',
      reference: referenceOf('charge', request, reading, context),
    }),
    response: acknowledge,
  },
};

function rated(reading: Reading) {
  const { currency, measure } = accepted(reading.rated);
  return { currency, texts: reading.texts, ...(measure && { measure }) };
}

/** Description, amount and currency are filled, no code (clause 8.2.2.2). */
function chargingInformation(reading: Reading): ChargingInformation {
  const { currency, amount, description = '' } = accepted(reading.rated);
  return {
    description: [description],
    currency,
    amount: reading.written(amount, currency) as Decimal,
  };
}
