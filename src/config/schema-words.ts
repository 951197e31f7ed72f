// The words in which the schema of the configuration is written: values with what they are meant to be, sections of them.
import { z } from 'zod';

/** What a value is meant to be, as the end of the sentence "expected ...", and whether it may be repeated to people. */
export const expectations = z.registry<{ expects: string; secret?: true }>();

export function value<T extends z.ZodType>(schema: T, expects: string): T {
  expectations.add(schema, { expects });
  return schema;
}

export function secret<T extends z.ZodType>(schema: T, expects: string): T {
  expectations.add(schema, { expects, secret: true });
  return schema;
}

export function choice<const T extends readonly [string, ...string[]]>(
  words: T,
  description: string,
) {
  return about(value(z.enum(words), `one of ${words.join(', ')}`), description).optional();
}

export function section<T extends z.core.$ZodLooseShape>(shape: T): z.ZodObject<T, z.core.$strict> {
  return value(z.strictObject(shape), 'a section with keys');
}

/** A copy of the schema with a description for JSON Schema; registries pass on what they know of the original. */
export function about<T extends z.ZodType>(schema: T, description: string): T {
  return schema.meta({ description });
}
