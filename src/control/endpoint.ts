// One endpoint of the admin API: what it takes, what it answers and what it does, said once. Router, validation and
// description are made from it; nothing here knows of connections.
import { z } from 'zod';
import { checked } from '../config/check';
import type { Admin } from './admin';
import type { LiveStream } from './live-stream';
import { invalidRequest } from './problem';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** The request as it came, before anything of it is believed. */
export interface RawRequest {
  readonly params: unknown;
  readonly query: unknown;
  readonly body: unknown;
}

/** An answer that is no JSON. */
export class Raw {
  constructor(
    readonly type: string,
    readonly content: string | Buffer,
    /** Offered as a file of this name. */
    readonly fileName?: string,
  ) {}
}

export type Answer = Raw | LiveStream | object | undefined;

export interface Endpoint {
  /** The operationId. */
  readonly id: string;
  readonly method: Method;
  /** Below the prefix, parameters in braces: `/sandboxes/{name}`. */
  readonly path: string;
  readonly tag: string;
  /** One sentence. */
  readonly summary: string;
  readonly params: z.ZodObject;
  readonly query: z.ZodObject;
  readonly body?: z.ZodType;
  /** The media type of a body that is no JSON. */
  readonly bodyType?: string;
  /** Whether there is a body, of whatever type. */
  readonly takesBody: boolean;
  /** Whether it only asks: then it makes no sandbox. */
  readonly asks: boolean;
  readonly answer?: z.ZodType;
  readonly status: number;
  /** Media types of answers that are no JSON. */
  readonly otherTypes: readonly string[];
  /** What statuses mean here that tell of a refusal; those that any endpoint may answer need no mention. */
  readonly refusals: Readonly<Record<number, string>>;
  /** Whether it tells nothing of any sandbox, so that no token is asked for. */
  readonly open: boolean;
  /** Whether it has to do with one sandbox, which the request names. */
  readonly ofSandbox: boolean;
  /** Validates and executes. Throws Problem. */
  call(admin: Admin, request: RawRequest): Promise<Answer>;
}

interface Spec<P extends z.ZodObject, Q extends z.ZodObject, B extends z.ZodType>
  extends Pick<Endpoint, 'id' | 'method' | 'path' | 'tag' | 'summary' | 'bodyType'> {
  readonly params?: P;
  readonly query?: Q;
  readonly body?: B;
  readonly answer?: z.ZodType;
  readonly status?: number;
  readonly otherTypes?: readonly string[];
  readonly refusals?: Readonly<Record<number, string>>;
  readonly open?: true;
  /** It is about no sandbox, or names one itself. */
  readonly ofEmulator?: true;
  /** Of a method other than GET. */
  readonly asks?: true;
  readonly handle: (
    admin: Admin,
    input: {
      readonly params: z.output<P>;
      readonly query: z.output<Q>;
      readonly body: z.output<B>;
      /** A body that is no JSON; empty when the endpoint takes none. */
      readonly file: Buffer;
    },
  ) => Answer | Promise<Answer>;
}

/** Completes a specification; what it leaves out is not taken: no parameters, no query, no body, no content. */
export function endpoint<
  P extends z.ZodObject = z.ZodObject<Record<never, never>>,
  Q extends z.ZodObject = z.ZodObject<Record<never, never>>,
  B extends z.ZodType = z.ZodUndefined,
>(spec: Spec<P, Q, B>): Endpoint {
  const { id, method, path, tag, summary, body, answer, bodyType, handle } = spec;
  const params = spec.params ?? NOTHING;
  const query = spec.query ?? NOTHING;
  const otherTypes = spec.otherTypes ?? [];
  return {
    id,
    method,
    path,
    tag,
    summary,
    params,
    query,
    ...(body && { body }),
    ...(bodyType !== undefined && { bodyType }),
    ...(answer && { answer }),
    takesBody: body !== undefined || bodyType !== undefined,
    asks: method === 'GET' || spec.asks === true,
    status: spec.status ?? (answer === undefined && otherTypes.length === 0 ? 204 : 200),
    otherTypes,
    refusals: spec.refusals ?? {},
    open: spec.open ?? false,
    ofSandbox: spec.ofEmulator !== true,
    call: async (admin, raw) =>
      handle(admin, {
        params: valid('path', params, raw.params) as z.output<P>,
        query: valid('query', query, raw.query) as z.output<Q>,
        body: (body && valid('body', body, raw.body)) as z.output<B>,
        file: Buffer.isBuffer(raw.body) ? raw.body : NO_FILE,
      }),
  };
}

const NOTHING = z.strictObject({});
const NO_FILE = Buffer.alloc(0);

function valid(place: 'path' | 'query' | 'body', schema: z.ZodType, value: unknown): unknown {
  const result = checked(schema, value);
  if ('data' in result) return result.data;
  throw invalidRequest(place, result.problems);
}
