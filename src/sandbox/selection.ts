// Which sandbox a message is for: by the path, a header, the application that sends it, or the number it is about, in
// this order; else it is for the default one. Hands the message on there; reads it only when there are rules to ask.
import { MOST_SERIES, seriesOf } from '../ledger/reservation-identifier';
import { normaliseAddress } from '../payment/address';
import { isWithin, type NumberRange } from '../payment/number-range';
import type { Codec } from '../soap/codec';
import { HttpRefusal, Rejection } from '../soap/rejection';
import { type SoapRequest, writeRefusal } from '../soap/transport';
import { LedgerFileError } from '../store/ledger-file-error';
import type { Exchange } from './exchange';
import { addressedBy } from './message-subject';
import { DEFAULT_SANDBOX, SandboxError, type Worlds } from './worlds';

/** How messages that name no sandbox find theirs. */
export interface SelectionRules {
  /** Sandboxes by the name of the application. */
  readonly applications: ReadonlyMap<string, string>;
  /** No two of them overlap. */
  readonly numbers: readonly { readonly range: NumberRange; readonly sandbox: string }[];
  /** For numbers in their national form. */
  readonly countryCode: string | undefined;
}

const SANDBOX_HEADER = 'x-sandbox';

/** What a path says of a sandbox. */
export interface SandboxPath {
  /** As written; undefined when the path names none. */
  readonly name: string | undefined;
  /** The path within the sandbox, with its query. */
  readonly rest: string;
}

/**
 * The series of the sandboxes that numbers lead to. A message that only names a reservation, or a message sent before,
 * tells by its identifier where it belongs.
 */
export function seriesOfSandboxes({ numbers }: SelectionRules): ReadonlyMap<string, number> {
  const names = [...new Set(numbers.map(({ sandbox }) => sandbox))];
  const others = names.filter((name) => name !== DEFAULT_SANDBOX);
  return new Map(others.slice(0, MOST_SERIES - 1).map((name, index) => [name, index + 1]));
}

const PREFIX = '/s/';

/** `/s/NAME/some/path` is `/some/path` in the sandbox NAME. */
export function readPath(path: string): SandboxPath {
  if (!path.startsWith(PREFIX)) return { name: undefined, rest: path };
  const end = path.slice(PREFIX.length).search(/[/?]/);
  const length = end < 0 ? path.length : PREFIX.length + end;
  const rest = path.slice(length);
  return {
    name: path.slice(PREFIX.length, length),
    rest: rest.startsWith('/') ? rest : `/${rest}`,
  };
}

/** Answers each message in its sandbox; one that cannot have any is refused in HTTP, in a sentence. */
export function createSelection(
  worlds: Worlds,
  rules: SelectionRules,
  codec: Pick<Codec, 'read'>,
  /** Told of a sandbox that cannot be opened. */
  onDefect: (error: unknown) => void,
): Exchange {
  const bySeries = new Map([...seriesOfSandboxes(rules)].map(([name, series]) => [series, name]));
  const hasRules = rules.applications.size > 0 || rules.numbers.length > 0;

  const ruled = (request: SoapRequest): string => {
    const reading = codec.read(request);
    const { application } = reading;
    const named = application === undefined ? undefined : rules.applications.get(application);
    if (named !== undefined) return named;
    if (reading instanceof Rejection) return DEFAULT_SANDBOX;
    const issuer = bySeries.get(seriesIn(reading.message));
    if (issuer !== undefined) return issuer;
    for (const text of addressedBy(reading.message) ?? []) {
      const address = normaliseAddress(text.trim(), rules.countryCode)?.address;
      const rule = address && rules.numbers.find(({ range }) => isWithin(address, range));
      if (rule) return rule.sandbox;
    }
    return DEFAULT_SANDBOX;
  };

  return async (request) => {
    const { name, rest } = readPath(request.path);
    const header = request.headers[SANDBOX_HEADER] || undefined;
    const meant = name ?? header;
    try {
      if (name !== undefined && header !== undefined && name !== header) throw CONTRADICTION;
      const within = name === undefined ? request : { ...request, path: rest };
      const chosen = meant ?? (hasRules ? ruled(within) : DEFAULT_SANDBOX);
      return await worlds.get(chosen).exchange(within);
    } catch (error) {
      if (error instanceof LedgerFileError) onDefect(error);
      const refusal = refusalOf(error, name !== undefined);
      if (refusal === undefined) throw error;
      return writeRefusal(refusal);
    }
  };
}

/** Of the reservation or the message that it names; 0 when it names none. */
function seriesIn(message: object): number {
  const { reservationIdentifier, requestIdentifier } = message as {
    readonly reservationIdentifier?: string;
    readonly requestIdentifier?: string;
  };
  const identifier = reservationIdentifier ?? requestIdentifier?.replace(/^[A-Z]{3}/, '') ?? '';
  return seriesOf(identifier) ?? 0;
}

const CONTRADICTION = new HttpRefusal(
  400,
  'The path names one sandbox and the header X-Sandbox another.',
);

const NOT_OPENED = 'The ledger of the sandbox cannot be opened; the log says why.';

const STATUSES: Readonly<Record<SandboxError['reason'], number>> = {
  name: 400,
  unknown: 404,
  full: 507,
  leaving: 503,
  exists: 409,
  default: 409,
};

function refusalOf(error: unknown, isPath: boolean): HttpRefusal | undefined {
  if (error instanceof HttpRefusal) return error;
  // The sentence names files.
  if (error instanceof LedgerFileError) return new HttpRefusal(503, NOT_OPENED);
  if (!(error instanceof SandboxError)) return undefined;
  // What is no name in a path is a place that does not exist.
  const status = error.reason === 'name' && isPath ? 404 : STATUSES[error.reason];
  return new HttpRefusal(status, error.message);
}
