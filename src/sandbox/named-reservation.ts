// What the ledger knows of the reservation that a request names. It is asked before the request is decided, and only to
// understand it: whether the request may touch the reservation is decided with the request.
import type { Instant } from '../ledger/time';
import type { Ledger } from '../store/ledger';

export interface NamedReservation {
  /** Who pays. */
  readonly subscriber: string;
  readonly currency: string;
  /** The interface that made it. */
  readonly interfaceName: 'ReserveAmountCharging' | 'ReserveVolumeCharging';
  /** Whether it is still there for the application. */
  readonly isOpen: boolean;
}

/** Undefined for a message that names no reservation of the application. */
export type FindReservation = (
  message: object,
  application: string,
) => NamedReservation | undefined;

export function reservationFinder(ledger: Ledger, now: () => Instant): FindReservation {
  return (message, application) => {
    const { reservationIdentifier } = message as { readonly reservationIdentifier?: string };
    if (reservationIdentifier === undefined) return undefined;
    const found = ledger.reservation(reservationIdentifier);
    if (found?.application !== application) return undefined;
    const { subscriber, currency, volume, state, expiresAt } = found;
    return {
      subscriber,
      currency,
      interfaceName: volume === undefined ? 'ReserveAmountCharging' : 'ReserveVolumeCharging',
      isOpen: state === 'open' && now() < expiresAt,
    };
  };
}
