// What the admin API refuses and how it says so: application/problem+json (RFC 9457). Never a stack trace.
import type { Problem as Difference } from '../config/problem';

export const PROBLEM_TYPE = 'application/problem+json';

interface ProblemOptions {
  /** What to do instead, a sentence. */
  readonly hint: string;
  /** The part of the request at fault: `body.wallets[0].balance`. */
  readonly path?: string | undefined;
  /** Everything that is wrong, when that is more than one thing. */
  readonly errors?: readonly { readonly path: string; readonly detail: string }[];
  readonly headers?: Readonly<Record<string, string>>;
}

/** A refusal with its HTTP status and one sentence on what was wrong. */
export class Problem extends Error {
  override readonly name = 'Problem';

  constructor(
    readonly status: number,
    readonly detail: string,
    readonly options: ProblemOptions,
  ) {
    super(detail);
  }

  get body(): object {
    const { hint, path, errors } = this.options;
    return {
      type: 'about:blank',
      title: TITLES.get(this.status) ?? 'Error',
      status: this.status,
      detail: this.detail,
      hint,
      ...(path !== undefined && { path }),
      ...(errors && { errors }),
    };
  }
}

const TITLES: ReadonlyMap<number, string> = new Map([
  [400, 'Bad Request'],
  [401, 'Unauthorized'],
  [403, 'Forbidden'],
  [404, 'Not Found'],
  [405, 'Method Not Allowed'],
  [409, 'Conflict'],
  [413, 'Content Too Large'],
  [415, 'Unsupported Media Type'],
  [421, 'Misdirected Request'],
  [500, 'Internal Server Error'],
  [503, 'Service Unavailable'],
]);

/** For requests that differ from their description. */
const DESCRIBED =
  'Send it as GET /__admin/v1/docs describes it; GET /__admin/v1/openapi.json is the same for programs.';

/** For what may be otherwise in a moment. */
export const TRY_AGAIN = 'Nothing has changed: send the request again in a moment.';

/** Something that is not there; `hint` says where to look. */
export function notFound(detail: string, hint: string): Problem {
  return new Problem(404, detail, { hint });
}

/** Something that the state of the sandbox does not allow. */
export function conflict(detail: string, hint: string): Problem {
  return new Problem(409, detail, { hint });
}

/** Something of the request that cannot be; the sentence says what is expected. */
export function badRequest(detail: string, options: Partial<ProblemOptions> = {}): Problem {
  return new Problem(400, detail, { hint: DESCRIBED, ...options });
}

/** What an error says that was probably meant. */
export function hintOf({ hint }: { readonly hint?: string | undefined }): {
  readonly hint?: string;
} {
  return hint === undefined ? {} : { hint };
}

/** A request that is not as its schema says. */
export function invalidRequest(place: string, differences: readonly Difference[]): Problem {
  const errors = differences.map(({ path, message }) => ({
    path: placed(place, path),
    detail: `${placed(place, path)}: ${message}.`.replace(/\?\.$/, '?'),
  }));
  const [first = { path: place, detail: `The ${place} cannot be read.` }] = errors;
  const hint = differences.find((difference) => difference.hint !== undefined)?.hint;
  return badRequest(first.detail, {
    ...(hint !== undefined && { hint }),
    path: first.path,
    ...(errors.length > 1 && { errors }),
  });
}

function placed(place: string, path: string): string {
  if (path === '') return place;
  return path.startsWith('[') ? place + path : `${place}.${path}`;
}
