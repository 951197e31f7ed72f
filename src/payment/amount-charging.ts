// AmountCharging: charge, refund and split a currency amount at once (clause 8.1).
import { charge, refund, split } from './direct';
import { acknowledge, type Handlers } from './handler';

export const amountCharging: Handlers<'AmountCharging'> = {
  /** Clause 8.1.1. */
  'AmountCharging.chargeAmount': { command: charge, response: acknowledge },
  /** Clause 8.1.2. */
  'AmountCharging.refundAmount': { command: refund, response: acknowledge },
  /** Clause 8.1.3. */
  'AmountCharging.chargeSplitAmount': { command: split, response: acknowledge },
};
