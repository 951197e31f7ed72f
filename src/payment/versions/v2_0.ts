// Version 2.0 (Parlay X 2.0): amounts only, each with a billingText, where later versions have a charge.
import type { OperationKey } from '../../wsdl/operations.generated';
import type { Decimal } from '../../wsdl/schema';
import type { Version } from './version';

/** Gateways of that release took immediate charges on the interface of reservations too. */
const OPERATIONS: ReadonlyMap<string, OperationKey> = new Map<string, OperationKey>([
  ['AmountCharging.chargeAmount', 'AmountCharging.chargeAmount'],
  ['AmountCharging.refundAmount', 'AmountCharging.refundAmount'],
  ['ReserveAmountCharging.chargeAmount', 'AmountCharging.chargeAmount'],
  ['ReserveAmountCharging.refundAmount', 'AmountCharging.refundAmount'],
  ['ReserveAmountCharging.reserveAmount', 'ReserveAmountCharging.reserveAmount'],
  [
    'ReserveAmountCharging.reserveAdditionalAmount',
    'ReserveAmountCharging.reserveAdditionalAmount',
  ],
  ['ReserveAmountCharging.chargeReservation', 'ReserveAmountCharging.chargeReservation'],
  ['ReserveAmountCharging.releaseReservation', 'ReserveAmountCharging.releaseReservation'],
]);

interface AmountMessage {
  readonly amount: Decimal;
  readonly billingText: string;
}

export const v2_0: Version = {
  operation: (key) => OPERATIONS.get(key),
  request: (_key, message) =>
    ('amount' in message ? charged(message as AmountMessage) : message) as ReturnType<
      Version['request']
    >,
  response: (_key, response) => response,
  // Of a charge only the description can be wrong by itself, and that is the billingText.
  fault: (fault) => ({
    ...fault,
    variables: fault.variables.map((name) => (name === 'charge' ? 'billingText' : name)),
  }),
};

/** The billingText is kept as it is; it stays beside the charge for gateways that look into it. */
function charged({ amount, ...others }: AmountMessage): object {
  return { ...others, charge: { description: [others.billingText], amount } };
}
