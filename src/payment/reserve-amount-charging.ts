// ReserveAmountCharging: hold an amount, charge parts of it, give back the rest (clause 8.3).
import { acknowledge, type Handlers, opened, referenceOf } from './handler';
import { accepted } from './reading';

export const reserveAmountCharging: Handlers<'ReserveAmountCharging'> = {
  /** Clause 8.3.1. */
  'ReserveAmountCharging.reserveAmount': {
    command: (_request, reading, { application, terms }) => {
      const { currency, amount } = accepted(reading.rated);
      const { texts, code } = reading;
      return {
        kind: 'reserve',
        application,
        subscriber: accepted(reading.payer).address,
        currency,
        amount,
        texts,
        ...(code !== undefined && { code }),
        duration: terms.policy.ReservationDuration,
      };
    },
    response: opened,
  },

  /** Clause 8.3.2: adds, or with a negative amount subtracts, and extends the time. */
  'ReserveAmountCharging.reserveAdditionalAmount': {
    command: ({ reservationIdentifier }, reading, { application, terms }) => ({
      kind: 'enlarge',
      application,
      reservationIdentifier,
      quantity: { by: 'amount', charge: accepted(reading.charge) },
      texts: reading.texts,
      duration: terms.policy.ReservationDuration,
    }),
    response: acknowledge,
  },

  /** Clause 8.3.3. */
  'ReserveAmountCharging.chargeReservation': {
    command: (request, reading, context) => ({
      kind: 'capture',
      application: context.application,
      reservationIdentifier: request.reservationIdentifier,
      quantity: { by: 'amount', charge: accepted(reading.charge) },
      texts: reading.texts,
      reference: referenceOf('charge', request, reading, context),
    }),
    response: acknowledge,
  },

  /** Clause 8.3.4. */
  'ReserveAmountCharging.releaseReservation': {
    command: ({ reservationIdentifier }, _reading, { application }) => ({
      kind: 'release',
      application,
      reservationIdentifier,
      by: 'amount',
    }),
    response: acknowledge,
  },
};
