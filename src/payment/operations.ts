// All sixteen operations by their keys. A forgotten one is a compile error.
import type { Command } from '../ledger/commands';
import type { Effects } from '../ledger/decision';
import type { Refusal } from '../ledger/refusal';
import type { Terms } from '../ledger/terms';
import type { OperationKey, Operations } from '../wsdl/operations.generated';
import { amountCharging } from './amount-charging';
import { faultOf, type PaymentFault } from './faults';
import type { Handler } from './handler';
import { type Dialect, type Manner, STANDARD_MANNER } from './manner';
import { firstRequestRefusal } from './matrix';
import { type Parts, Reading } from './reading';
import { reserveAmountCharging } from './reserve-amount-charging';
import { reserveVolumeCharging } from './reserve-volume-charging';
import { volumeCharging } from './volume-charging';

export const handlers: { readonly [K in OperationKey]: Handler<K> } = {
  ...amountCharging,
  ...volumeCharging,
  ...reserveAmountCharging,
  ...reserveVolumeCharging,
};

/** What an operation answers, in the words of the standard. */
export type Outcome<K extends OperationKey> =
  | { readonly response: Operations[K]['response'] }
  | { readonly fault: PaymentFault; readonly refusal: Refusal };

/** A request that gets no further. */
export interface Refused {
  readonly refusal: Refusal;
  readonly deviations: readonly string[];
}

/** A request on its way to the ledger. */
export interface Prepared<K extends OperationKey> {
  readonly refusal?: undefined;
  readonly command: Command;
  readonly deviations: readonly string[];
  /** The answer once the command has been accepted. */
  response(effects: Effects): Operations[K]['response'];
}

/**
 * Judges a request by the matrix and turns it into a command, or says why not. `reservedIn` is the currency of the
 * reservation that it names, where there is one.
 */
export function prepare<K extends OperationKey>(
  key: K,
  request: Operations[K]['request'],
  application: string,
  terms: Terms,
  manner: Manner = STANDARD_MANNER,
  reservedIn?: string,
): Prepared<K> | Refused {
  const reading = new Reading(request as Parts, terms, manner, reservedIn);
  const refusal = firstRequestRefusal(key, reading);
  if (refusal !== undefined) return { refusal, deviations: reading.deviations };

  const handler: Handler<K> = handlers[key];
  return {
    command: handler.command(request, reading, { key, application, terms }),
    deviations: reading.deviations,
    response: (effects) => handler.response(effects, reading),
  };
}

export function refused(
  refusal: Refusal,
  dialect?: Dialect,
): { fault: PaymentFault; refusal: Refusal } {
  return { fault: faultOf(refusal, dialect), refusal };
}

/** Whether the domain has that operation, for keys that come from the catalogue. */
export function isHandled(key: string): key is OperationKey {
  return Object.hasOwn(handlers, key);
}
