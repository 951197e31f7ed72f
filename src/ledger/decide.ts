// The ledger's one decision: a command in front of a view gives a refusal or the effects of accepting it.
// Pure: no clock, no randomness, no input or output. The order of what is judged is the table in matrix.ts.
import { adjustEffects } from './adjusting';
import { chargeEffects, refundEffects } from './charging';
import type { Command, ExpireCommand } from './commands';
import type { Decision, View } from './decision';
import { NO_EFFECTS } from './effects';
import { deliverEffects, issueEffects, receiptSentEffects } from './issuing';
import { firstObjection } from './matrix';
import { provisionEffects } from './provisioning';
import { refuse } from './refusal';
import { captureEffects, closeEffects, enlargeEffects, reserveEffects } from './reserving';
import { type Situation, settledChange, settledReservation, situationOf } from './situation';
import type { Instant } from './time';

/** `now` is ledger time, never earlier than that of any decision before; the view holds what `keysOf` names. */
export function decide(view: View, command: Command, now: Instant): Decision {
  if (command.kind === 'expire') return expire(view, command, now);
  if (command.kind === 'provision') return provisionEffects(view, command);
  if (command.kind === 'adjust') return adjustEffects(view, command);
  if (command.kind === 'issue') return issueEffects(view, command, now);
  if (command.kind === 'deliver') return deliverEffects(view, command, now);
  if (command.kind === 'receiptSent') return receiptSentEffects(view, command);

  const situation = situationOf(view, command, now);
  return firstObjection(situation) ?? accept(situation);
}

/** From here on the command succeeds. */
function accept(situation: Situation): Decision {
  const { view, command, now } = situation;
  switch (command.kind) {
    case 'charge':
      return chargeEffects(view, command, now);
    case 'refund':
      return refundEffects(view, command, situation.undone, now);
    case 'quote':
      return NO_EFFECTS;
    case 'reserve':
      return reserveEffects(view, command, now);
    case 'enlarge':
      return enlargeEffects(view, command, settledReservation(situation), settledChange(situation));
    case 'capture':
      return captureEffects(view, command, settledReservation(situation), settledChange(situation));
    case 'release':
      return closeEffects(view, settledReservation(situation), 'released', now);
  }
}

/** The store submits this only for reservations that are due; unless told so, anything else is a defect of the store. */
function expire(view: View, command: ExpireCommand, now: Instant): Decision {
  const { reservation } = view;
  if (command.early) {
    if (reservation?.state === 'open') return closeEffects(view, reservation, 'expired', now);
    const detail = `no open reservation ${command.reservationIdentifier}`;
    return refuse('reservation_not_open', detail);
  }
  if (reservation === undefined || reservation.state !== 'open' || now < reservation.expiresAt) {
    throw new Error(`reservation ${reservation?.id} is not due`);
  }
  return closeEffects(view, reservation, 'expired', now);
}
