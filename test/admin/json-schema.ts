// Judges a value by a JSON Schema of an OpenAPI document: another reader of the description than the library that made it.
// Knows the keywords that the description uses, and throws for one that it does not know.

export type JsonSchema = Readonly<Record<string, unknown>>;

const ANNOTATIONS = new Set(['description', 'examples', 'format', 'default']);

/** What is wrong with `value`, one sentence a fault; `schemas` are those that `$ref` can name. */
export function faultsOf(
  value: unknown,
  schema: JsonSchema,
  schemas: Readonly<Record<string, JsonSchema>>,
  path = '$',
): string[] {
  const inner = (part: unknown, of: unknown, name: string) =>
    faultsOf(part, of as JsonSchema, schemas, `${path}${name}`);
  return Object.entries(schema).flatMap(([keyword, rule]): string[] => {
    if (ANNOTATIONS.has(keyword)) return [];
    const wrong = (holds: boolean): string[] =>
      holds ? [] : [`${path}: ${keyword} ${JSON.stringify(rule)}, found ${JSON.stringify(value)}`];
    switch (keyword) {
      case '$ref': {
        const target = schemas[String(rule).replace('#/components/schemas/', '')];
        if (target === undefined) throw new Error(`${path}: ${rule} leads nowhere`);
        return faultsOf(value, target, schemas, path);
      }
      case 'type':
        return wrong(typeOf(value) === rule || (rule === 'number' && typeOf(value) === 'integer'));
      case 'enum':
        return wrong((rule as unknown[]).includes(value));
      case 'const':
        return wrong(value === rule);
      case 'anyOf':
        return wrong((rule as JsonSchema[]).some((each) => inner(value, each, '').length === 0));
      case 'pattern':
        return wrong(typeof value === 'string' && new RegExp(String(rule)).test(value));
      case 'minLength':
        return wrong(String(value).length >= Number(rule));
      case 'maxLength':
        return wrong(String(value).length <= Number(rule));
      case 'minimum':
        return wrong(Number(value) >= Number(rule));
      case 'maximum':
        return wrong(Number(value) <= Number(rule));
      case 'minItems':
        return wrong((value as unknown[]).length >= Number(rule));
      case 'items':
        return Array.isArray(value)
          ? value.flatMap((each, index) => inner(each, rule, `[${index}]`))
          : [];
      case 'required':
        return (rule as string[]).flatMap((name) =>
          isRecord(value) && name in value ? [] : [`${path}.${name} is missing`],
        );
      case 'properties':
        return entriesOf(value).flatMap(([name, part]) => {
          const of = (rule as Record<string, JsonSchema>)[name];
          return of === undefined ? [] : inner(part, of, `.${name}`);
        });
      case 'additionalProperties': {
        const known = Object.keys((schema.properties ?? {}) as object);
        const others = entriesOf(value).filter(([name]) => !known.includes(name));
        if (rule === false) return others.map(([name]) => `${path}.${name} is not described`);
        return others.flatMap(([name, part]) => inner(part, rule, `.${name}`));
      }
      case 'propertyNames':
        return entriesOf(value).flatMap(([name]) => inner(name, rule, `{${name}}`));
      default:
        throw new Error(`${path}: the keyword ${keyword} is not known here`);
    }
  });
}

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  return Number.isInteger(value) ? 'integer' : typeof value;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function entriesOf(value: unknown): [string, unknown][] {
  return isRecord(value) ? Object.entries(value) : [];
}
