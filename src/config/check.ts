// Holds a document against its schema and says in plain sentences where they differ. Knows nothing of files.
import { z } from 'zod';
import { ConfigurationError, found, nearest, type Problem, pathText } from './problem';
import { type ConfigurationInput, configurationSchema, type SeedInput, seedSchema } from './schema';
import { expectations } from './schema-words';

/** The document of a configuration. Throws ConfigurationError with every difference from the schema. */
export function checkConfiguration(document: unknown, source: string): ConfigurationInput {
  return check(configurationSchema, document, source);
}

/** The document of a seed. Throws ConfigurationError with every difference from the schema. */
export function checkSeed(document: unknown, source: string): SeedInput {
  return check(seedSchema, document, source);
}

/** What a document says by its schema, or every difference from it. */
export function checked<T extends z.ZodType>(
  schema: T,
  document: unknown,
): { readonly data: z.output<T> } | { readonly problems: readonly Problem[] } {
  const result = schema.safeParse(document);
  if (result.success) return { data: result.data };
  return { problems: result.error.issues.flatMap((issue) => problemsOf(issue, schema, document)) };
}

function check<T extends z.ZodType>(schema: T, document: unknown, source: string): z.output<T> {
  const result = checked(schema, document);
  if ('data' in result) return result.data;
  throw new ConfigurationError(source, result.problems);
}

function problemsOf(issue: z.core.$ZodIssue, schema: z.ZodType, document: unknown): Problem[] {
  const node = nodeAt(schema, issue.path);
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      path: pathText([...issue.path, key]),
      message: unknownKey(key, keysOf(node)),
      ...hintOf(nearest(key, keysOf(node))),
    }));
  }
  const path = pathText(issue.path);
  if (issue.code === 'invalid_key') {
    return [
      {
        path,
        message: `this name cannot be used here, expected ${expectationAt(schema, issue.path.slice(0, -1))}`,
      },
    ];
  }
  const actual = valueAt(document, issue.path);
  const expected = expectationAt(schema, issue.path);
  if (actual === undefined) return [{ path, message: `is missing, expected ${expected}` }];
  const meant = issue.code === 'invalid_value' ? nearestValue(actual, issue.values) : undefined;
  const told = isSecretAt(schema, issue.path) ? 'something else' : found(actual);
  const message = `found ${told}, expected ${expected}`;
  if (meant === undefined) return [{ path, message }];
  return [{ path, message: `${message}; did you mean "${meant}"?`, ...hintOf(meant) }];
}

function hintOf(meant: string | undefined): Pick<Problem, 'hint'> {
  return meant === undefined ? {} : { hint: `Did you mean "${meant}"?` };
}

function unknownKey(key: string, known: readonly string[]): string {
  const meant = nearest(key, known);
  if (meant !== undefined) return `unknown key, did you mean "${meant}"?`;
  return `unknown key, known here are ${known.filter((name) => !name.startsWith('$')).join(', ')}`;
}

function nearestValue(actual: unknown, values: readonly unknown[]): string | undefined {
  return typeof actual === 'string' ? nearest(actual, values.map(String)) : undefined;
}

function expectationAt(schema: z.ZodType, path: readonly PropertyKey[]): string {
  const node = nodeAt(schema, path);
  return (node && expectations.get(node)?.expects) ?? 'another value';
}

function isSecretAt(schema: z.ZodType, path: readonly PropertyKey[]): boolean {
  const node = nodeAt(schema, path);
  return node !== undefined && expectations.get(node)?.secret === true;
}

function keysOf(node: z.ZodType | undefined): string[] {
  if (node instanceof z.ZodUnion) return node.options.flatMap((each) => keysOf(each as z.ZodType));
  return node instanceof z.ZodObject ? Object.keys(node.shape) : [];
}

/** The schema of what lies at a path, without its optional and nullable wrappings. */
function nodeAt(schema: z.ZodType, path: readonly PropertyKey[]): z.ZodType | undefined {
  let node: z.ZodType | undefined = unwrapped(schema);
  for (const part of path) {
    let next: unknown;
    if (node instanceof z.ZodObject) next = node.shape[String(part)];
    else if (node instanceof z.ZodArray) next = node.element;
    else if (node instanceof z.ZodRecord) next = node.valueType;
    if (!(next instanceof z.ZodType)) return undefined;
    node = unwrapped(next);
  }
  return node;
}

function unwrapped(schema: z.ZodType): z.ZodType {
  if (!(schema instanceof z.ZodOptional || schema instanceof z.ZodNullable)) return schema;
  const inner = schema.unwrap();
  return inner instanceof z.ZodType ? unwrapped(inner) : schema;
}

function valueAt(document: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (node, part) =>
      typeof node === 'object' && node !== null ? Reflect.get(node, part) : undefined,
    document,
  );
}
