// ReserveVolumeCharging: hold what a volume costs, charge parts of the volume, give back the rest (clause 8.4).
import { acknowledge, type Handlers, opened, referenceOf } from './handler';
import { accepted } from './reading';
import { getAmount } from './volume-charging';

export const reserveVolumeCharging: Handlers<'ReserveVolumeCharging'> = {
  /** Clause 8.4.1. */
  'ReserveVolumeCharging.getAmount': getAmount,

  /** Clause 8.4.2: the price of the day is kept with the reservation. */
  'ReserveVolumeCharging.reserveVolume': {
    command: (_request, reading, { application, terms }) => {
      const { currency, amount, measure, rate } = accepted(reading.rated);
      return {
        kind: 'reserve',
        application,
        subscriber: accepted(reading.payer).address,
        currency,
        amount,
        texts: reading.texts,
        ...(measure && rate && { rated: { measure, rate } }),
        duration: terms.policy.ReservationDuration,
      };
    },
    response: opened,
  },

  /** Clause 8.4.3. */
  'ReserveVolumeCharging.reserveAdditionalVolume': {
    command: ({ reservationIdentifier, volume }, reading, { application, terms }) => ({
      kind: 'enlarge',
      application,
      reservationIdentifier,
      quantity: { by: 'volume', volume },
      texts: reading.texts,
      duration: terms.policy.ReservationDuration,
    }),
    response: acknowledge,
  },

  /** Clause 8.4.4. */
  'ReserveVolumeCharging.chargeReservation': {
    command: (request, reading, context) => ({
      kind: 'capture',
      application: context.application,
      reservationIdentifier: request.reservationIdentifier,
      quantity: { by: 'volume', volume: request.volume },
      texts: reading.texts,
      reference: referenceOf('charge', request, reading, context),
    }),
    response: acknowledge,
  },

  /** Clause 8.4.5. */
  'ReserveVolumeCharging.releaseReservation': {
    command: ({ reservationIdentifier }, _reading, { application }) => ({
      kind: 'release',
      application,
      reservationIdentifier,
      by: 'volume',
    }),
    response: acknowledge,
  },
};
