// VolumeCharging: rate a volume and charge or refund what it costs (clause 8.2).
import type { ChargingInformation } from '../wsdl/operations.generated';
import type { Decimal } from '../wsdl/schema';
import { charge, refund, split } from './direct';
import { acknowledge, type Handler, type Handlers } from './handler';
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
  'VolumeCharging.chargeVolume': { command: charge, response: acknowledge },
  'VolumeCharging.getAmount': getAmount,
  /** Clause 8.2.3. */
  'VolumeCharging.refundVolume': { command: refund, response: acknowledge },
  /** Clause 8.2.4. */
  'VolumeCharging.chargeSplitVolume': { command: split, response: acknowledge },
};

/** Description, amount and currency are filled, no code (clause 8.2.2.2). */
function chargingInformation(reading: Reading): ChargingInformation {
  const { currency, amount, description = '' } = accepted(reading.rated);
  return {
    description: [description],
    currency,
    amount: reading.written(amount, currency) as Decimal,
  };
}
