// Values that many endpoints take and give: money as decimal text, instants as ISO 8601, subscribers, pages of lists.
import { z } from 'zod';
import { about, section, value } from '../config/schema-words';
import { ADMIN_LIMITS } from '../limits';

/** Schemas that the description of the API has under a name of their own. */
export const COMPONENTS = new Map<z.ZodType, string>();

/** Gives a schema the name under which the description has it. */
export function named<T extends z.ZodType>(id: string, schema: T): T {
  COMPONENTS.set(schema, id);
  return schema;
}

export const sandboxName = value(
  z.string().regex(/^[a-z0-9-]{1,40}$/),
  'a name of 1 to 40 characters from a to z, 0 to 9 and -',
);

/** As an answer has it: decimal text. */
export const money = z
  .string()
  .regex(/^-?\d+(\.\d+)?$/)
  .meta({
    description: 'An amount as decimal text.',
    examples: ['50.00'],
  });

/** As a request has it: above zero. */
export const payment = about(
  value(
    z.string().regex(/^(?=.*[1-9])(\d+\.?\d*|\.\d+)$/),
    'an amount above zero, written in quotes: "50.00"',
  ),
  'An amount above zero as decimal text.',
);

/** As a request has it: zero or more. */
export const amount = about(
  value(
    z.string().regex(/^(\d+\.?\d*|\.\d+)$/),
    'an amount of zero or more, written in quotes: "50.00"',
  ),
  'An amount as decimal text.',
);

export const currency = value(z.string().trim().min(1).max(32), 'a currency code such as EUR');

/** As an answer has it. */
export const instant = z.iso.datetime().meta({ examples: ['2026-01-31T09:30:00.000Z'] });

/** As a request has it; with a zone, because a time without one means something else on each machine. */
export const moment = about(
  value(z.iso.datetime({ offset: true }), 'an instant such as "2026-01-31T09:30:00Z"'),
  'An instant in ISO 8601 with its zone.',
);

export const text = value(z.string().min(1).max(1_024), 'a text');
export const count = value(z.int().min(0), 'a whole number of 0 or more');
export const flag = value(z.boolean(), 'true or false');

const YES_OR_NO = value(z.enum(['true', 'false']), 'true or false');

/** A switch in a query; false when absent. */
export function switched(description: string) {
  return about(YES_OR_NO, description).optional();
}

/** A whole number in a query, as text; described as the number that it is. */
export function number(least: number, most: number, description: string) {
  const bounded = z
    .string()
    .refine((text) => /^\d{1,16}$/.test(text) && Number(text) >= least && Number(text) <= most);
  return value(bounded, `a whole number from ${least} to ${most}`)
    .meta({ description, type: 'integer', minimum: least, maximum: most })
    .optional();
}

export const reveal = switched('Subscriber numbers in full instead of masked.');
export const limit = number(
  1,
  ADMIN_LIMITS.mostListed,
  `The most entries; ${ADMIN_LIMITS.listed} when absent.`,
);
export const subscriber = about(
  value(z.string().trim().min(1).max(128), 'an address such as "tel:+15550100"'),
  'The address of a subscriber (endUserIdentifier).',
);

/** Of a path that names a subscriber. */
export const subscriberPath = section({ subscriber });

export function limited(written: string | undefined): number {
  return written === undefined ? ADMIN_LIMITS.listed : Number(written);
}
