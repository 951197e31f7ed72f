// The shape of the messaging section: how messages are delivered, and where receipts may go.
import { z } from 'zod';
import { DELIVERY_OUTCOMES } from '../ledger/evidence';
import { about, section, value } from './schema-words';

const seconds = value(
  z.number().min(0).max(31_536_000),
  'a number of seconds from 0 to 31536000, such as 1 or 0.5',
);

export const messaging = section({
  deliveryDelaySeconds: about(
    seconds,
    'How long after sending a message reaches the terminal; 1 when absent.',
  ).optional(),
  outcomes: about(
    value(
      z.array(
        section({
          address: about(
            value(z.string().trim().min(1), 'an address in quotes, such as "tel:+155501*"'),
            'An address, or with a * in it, which stands for any characters, a pattern of normal forms.',
          ),
          outcome: about(
            value(z.enum(DELIVERY_OUTCOMES), `one of ${DELIVERY_OUTCOMES.join(', ')}`),
            'What becomes of messages to it.',
          ),
          delaySeconds: about(seconds, 'When; deliveryDelaySeconds when absent.').optional(),
        }),
      ),
      'a list of outcomes',
    ),
    'What becomes of messages, by address; the first that fits decides.',
  ).optional(),
  receipts: section({
    allowedHosts: about(
      value(
        z.array(value(z.string().trim().min(1), 'a host name or address')),
        'a list of host names',
      ),
      "Where delivery receipts may be sent besides this machine's own addresses.",
    ).optional(),
  }).nullish(),
});
