// What a configuration may say of evidence and refunds: its part of the schema.
import { z } from 'zod';
import { DELIVERY_OUTCOMES } from '../ledger/evidence';
import { CONFIRMATION_MODES, REFUND_POLICIES } from '../ledger/terms';
import { PART_LIMITS } from '../limits';
import { about, section, value } from './schema-words';

const STATES = ['DeliveredToTerminal', 'DeliveredToNetwork', 'DeliveryUncertain'] as const;

export const confirmation = section({
  mode: about(
    value(z.enum(CONFIRMATION_MODES), `one of ${CONFIRMATION_MODES.join(', ')}`),
    'Whether the confirmationRefs of a charge are judged, and whether it needs any (POL0253).',
  ).optional(),
  accepts: about(
    value(
      z.array(value(z.enum(STATES), `one of ${STATES.join(', ')}`)).min(1),
      'a list of delivery states, such as [DeliveredToTerminal]',
    ),
    'The delivery states in which evidence counts; DeliveredToTerminal when absent.',
  ).optional(),
  windowSeconds: about(
    value(z.int().min(1), 'a whole number of 1 or more'),
    'How old evidence may be; as old as it likes when absent.',
  ).optional(),
});

export const refunds = about(
  value(z.enum(REFUND_POLICIES), `one of ${REFUND_POLICIES.join(', ')}`),
  'Whether a refund must name an earlier charge and stay within what remains of it (SVC0270).',
);

export const evidence = value(
  z.array(
    section({
      reference: about(
        value(
          z.string().trim().min(1).max(PART_LIMITS.confirmationRefCharacters),
          `a text in quotes of at most ${PART_LIMITS.confirmationRefCharacters} characters`,
        ),
        'What the application names in confirmationRefs.',
      ),
      application: about(value(z.string().min(1), 'the name of an application'), 'Whose it is.'),
      service: about(
        value(z.string().trim().min(1), 'a text'),
        'The service that was provided; `registered` when absent.',
      ).optional(),
      subscribers: about(
        value(
          z
            .array(value(z.string().trim().min(1), 'an address in quotes, such as "tel:+15550100"'))
            .min(1),
          'a list of addresses',
        ),
        'Whom it was provided to.',
      ),
      outcome: about(
        value(z.enum(DELIVERY_OUTCOMES), `one of ${DELIVERY_OUTCOMES.join(', ')}`),
        'How it came out; delivered when absent.',
      ).optional(),
    }),
  ),
  'a list of evidence',
);
