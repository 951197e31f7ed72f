// The description of the admin API (OpenAPI 3.1), made from the table of endpoints and their schemas.
import { z } from 'zod';
import type { Endpoint } from './endpoint';
import { COMPONENTS } from './schemas';

type JsonObject = { [key: string]: unknown };

const PROBLEM = {
  type: 'object',
  description: 'What is wrong (RFC 9457).',
  properties: {
    type: { type: 'string' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string', description: 'One sentence: what was wrong and where.' },
    hint: { type: 'string', description: 'What to do instead.' },
    path: { type: 'string', description: 'The part of the request at fault.' },
    errors: {
      type: 'array',
      description: 'All that is wrong, when that is more than one thing.',
      items: {
        type: 'object',
        properties: { path: { type: 'string' }, detail: { type: 'string' } },
        required: ['path', 'detail'],
      },
    },
  },
  required: ['type', 'title', 'status', 'detail', 'hint'],
};

/** What any endpoint of its kind may answer, whatever it does. */
function commonRefusals(endpoint: Endpoint): Readonly<Record<number, string>> {
  return {
    400: 'The request is not as described here.',
    ...(!endpoint.open && { 401: 'A bearer token is asked for.' }),
    ...(endpoint.method !== 'GET' && { 403: 'A page of another origin may not do this.' }),
    ...(endpoint.ofSandbox && { 404: 'There is no such sandbox.' }),
    ...(endpoint.ofSandbox && { 409: 'The sandbox is being removed.' }),
    ...(endpoint.takesBody && { 413: 'The body is too large.' }),
    ...(endpoint.takesBody && { 415: 'The body is of another type, or encoded.' }),
    421: 'The host is not one of this emulator.',
    500: 'Something went wrong that nobody foresaw; the log says what.',
    ...(endpoint.ofSandbox && {
      503: 'The ledger is out of service or busy, or there are too many sandboxes.',
    }),
  };
}

/** The document, a plain value. */
export function openApi(endpoints: readonly Endpoint[], version: string): object {
  const names = namesOf(endpoints);
  const paths: Record<string, JsonObject> = {};
  for (const endpoint of endpoints) {
    const operation = { [endpoint.method.toLowerCase()]: operationOf(endpoint, names) };
    paths[endpoint.path] = { ...paths[endpoint.path], ...operation };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Admin API of parlayx-payment-emulator',
      version,
      description:
        'Sandboxes, clock, faults, journal, questions to the ledger, accounts and prices of the emulator. ' +
        'Amounts are decimal text, instants ISO 8601 in UTC; subscriber numbers are masked unless reveal=true. ' +
        'A method that a path does not have is answered with 405, a path that is not here with 404.',
    },
    servers: [
      { url: '/__admin/v1', description: 'The sandbox "default", or the one named by X-Sandbox.' },
      {
        url: '/s/{sandbox}/__admin/v1',
        description: 'The sandbox of that name.',
        variables: { sandbox: { default: 'default' } },
      },
    ],
    security: [{}, { token: [] }],
    tags: [...new Set(endpoints.map(({ tag }) => tag))].map((name) => ({ name })),
    paths,
    components: {
      securitySchemes: { token: { type: 'http', scheme: 'bearer' } },
      parameters: {
        Sandbox: {
          name: 'X-Sandbox',
          in: 'header',
          description: 'The sandbox that is meant, where the path names none.',
          schema: { type: 'string', pattern: '^[a-z0-9-]{1,40}$' },
        },
      },
      schemas: {
        ...converted(names.inputs, 'input'),
        ...converted(names.outputs, 'output'),
        Problem: PROBLEM,
      },
    },
  };
}

function operationOf(endpoint: Endpoint, names: Names): JsonObject {
  const { id, summary, tag, body, bodyType, open } = endpoint;
  const content =
    body === undefined
      ? bodyType && { [bodyType]: {} }
      : { 'application/json': { schema: referenceTo(names.inputs.get(body)) } };
  return {
    operationId: id,
    summary,
    tags: [tag],
    parameters: [
      ...parametersOf(endpoint.params, 'path'),
      ...parametersOf(endpoint.query, 'query'),
      ...(endpoint.ofSandbox ? [{ $ref: '#/components/parameters/Sandbox' }] : []),
    ],
    ...(content && { requestBody: { required: true, content } }),
    responses: responsesOf(endpoint, names),
    ...(open && { security: [] }),
  };
}

function parametersOf(schema: z.ZodObject, place: 'path' | 'query'): JsonObject[] {
  return Object.entries(schema.shape).map(([name, parameter]) => {
    const {
      $schema: _dialect,
      description,
      ...described
    } = z.toJSONSchema(parameter as z.ZodType, {
      io: 'input',
    }) as JsonObject;
    const required = place === 'path' || !(parameter as z.ZodType).safeParse(undefined).success;
    return {
      name,
      in: place,
      required,
      ...(description !== undefined && { description }),
      schema: described,
    };
  });
}

function responsesOf(endpoint: Endpoint, names: Names): JsonObject {
  const { answer, status, otherTypes } = endpoint;
  const content: JsonObject = {};
  if (answer !== undefined) {
    content['application/json'] = { schema: referenceTo(names.outputs.get(answer)) };
  }
  for (const type of otherTypes) content[type] = { schema: { type: 'string' } };
  const done = {
    description: answer === undefined && otherTypes.length === 0 ? 'Done.' : 'The answer.',
    ...(Object.keys(content).length > 0 && { content }),
  };
  const problem = { 'application/problem+json': { schema: referenceTo('Problem') } };
  const refusals = Object.entries({ ...commonRefusals(endpoint), ...endpoint.refusals }).map(
    ([code, description]) => [code, { description, content: problem }],
  );
  return { [status]: done, ...Object.fromEntries(refusals) };
}

/** Schemas by the names that the description has them under, apart for what comes in and what goes out. */
interface Names {
  readonly inputs: ReadonlyMap<z.ZodType, string>;
  readonly outputs: ReadonlyMap<z.ZodType, string>;
}

/** One without a name of its own gets that of the first operation that has it. */
function namesOf(endpoints: readonly Endpoint[]): Names {
  const inputs = new Map(COMPONENTS);
  const outputs = new Map(COMPONENTS);
  for (const { id, body, answer } of endpoints) {
    const operation = id.charAt(0).toUpperCase() + id.slice(1);
    if (body !== undefined && !inputs.has(body)) inputs.set(body, `${operation}Request`);
    if (answer !== undefined && !outputs.has(answer)) outputs.set(answer, `${operation}Response`);
  }
  return { inputs, outputs };
}

function converted(names: ReadonlyMap<z.ZodType, string>, io: 'input' | 'output'): JsonObject {
  const registry = z.registry<{ id: string }>();
  for (const [schema, id] of names) registry.add(schema, { id });
  const { schemas } = z.toJSONSchema(registry, { io, uri: (id) => `#/components/schemas/${id}` });
  return Object.fromEntries(
    Object.entries(schemas).map(([name, { $schema: _dialect, $id: _id, ...schema }]) => [
      name,
      schema,
    ]),
  );
}

function referenceTo(name = ''): JsonObject {
  return { $ref: `#/components/schemas/${name}` };
}
