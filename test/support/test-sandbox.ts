// A sandbox for tests: real ledger, real codec, a clock that stands still, and what a test asks of them in one line.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect } from '@jest/globals';
import type { Terms, TermsOf } from '../../src/ledger/terms';
import type { Instant } from '../../src/ledger/time';
import { READING } from '../../src/payment/versions/versions';
import { EXCHANGE_HEADER, type ExchangeRecord } from '../../src/sandbox/exchange-record';
import type { FaultOptions } from '../../src/sandbox/faults/plan';
import type { JournalBounds } from '../../src/sandbox/journal/journal-record';
import { createSandbox, type Sandbox } from '../../src/sandbox/sandbox';
import { type VirtualClock, virtualClock } from '../../src/sandbox/time/clock';
import { createCodec } from '../../src/soap/codec';
import type { WireTerms, WireTermsOf } from '../../src/soap/wire-terms';
import type { Operation } from '../../src/wsdl/schema';
import type { Answer } from './answers';
import { has, openerOf, operationOf, PACKAGED } from './operations';
import { envelope, messageOf, type Parts } from './requests';
import { sampleOf } from './samples';
import { tariff } from './tariffs';
import { testTerms } from './terms';

const CODEC = createCodec(PACKAGED, READING);

/** The instant at which the clock of every test stands unless it says otherwise. */
export const START: Instant = Date.UTC(2026, 0, 31, 9, 30);

/** Its headers are without the id of the exchange, which is apart. */
export interface Reply extends Answer {
  readonly record: ExchangeRecord;
  readonly exchange: string | undefined;
}

export interface RequestOptions {
  /** The user of HTTP Basic: the application that asks. */
  readonly application?: string;
  readonly headers?: Readonly<Record<string, string | undefined>>;
  readonly path?: string;
  readonly mendedHeaders?: readonly string[];
  /** `v4_0` unless it says otherwise. */
  readonly version?: string;
}

export interface TestSandbox {
  readonly sandbox: Sandbox;
  readonly clock: VirtualClock;
  /** What nobody foresaw; must be empty at the end unless the test takes it out. */
  readonly defects: unknown[];
  /** Sends any body, to the service whose namespace it names unless there is a path. */
  post(body: string | Uint8Array, options?: RequestOptions): Promise<Reply>;
  /** Sends a request of `Interface.operation` with exactly these parts. */
  ask(key: string, parts: Parts, options?: RequestOptions): Promise<Reply>;
  /** Opens a reservation with `reserveAmount` or `reserveVolume` and returns its identifier. */
  reserve(key: string, parts?: Parts, options?: RequestOptions): Promise<string>;
  /** Money of a subscriber in micros. */
  wallet(subscriber: string, currency?: string): Wallet;
  digest(): string;
  /** For those who cannot wait for the end of the file. */
  close(): Promise<void>;
}

export interface Wallet {
  readonly available: bigint;
  readonly held: bigint;
  readonly charged: bigint;
}

export interface TestSandboxOptions {
  readonly terms?: Partial<Terms> | TermsOf;
  /** How applications are spoken with: each the same, or by name. */
  readonly wire?: Partial<WireTerms> | WireTermsOf;
  readonly file?: string;
  readonly start?: Instant;
  /** What goes wrong, and whether magic values work; nothing and no when absent. */
  readonly faults?: FaultOptions;
  /** How much of its exchanges is kept. */
  readonly journal?: JournalBounds;
}

/** Terms under which every sample is accepted: a price for its code, tariffs for its units, no proof of its evidence. */
export function lenientTerms(overrides: Partial<Terms> = {}): Terms {
  return testTerms({
    tariffs: [tariff('messages', 100_000n), tariff('events', 500_000n)],
    prices: [{ code: 'QUIZ', currency: 'EUR', amount: 1_500_000n }],
    confirmation: { ...testTerms().confirmation, mode: 'off' },
    ...overrides,
  });
}

const opened = new Set<() => Promise<void>>();
const directories: string[] = [];

/** The path of a ledger file that does not exist yet; gone after the tests of the file. */
export function temporaryFile(): string {
  const directory = mkdtempSync(join(tmpdir(), 'parlayx-test-'));
  directories.push(directory);
  return join(directory, 'ledger.db');
}

/** Closed after the tests of the file, when its books must balance and nothing unforeseen may have happened. */
export function openTestSandbox(options: TestSandboxOptions = {}): TestSandbox {
  const { terms = {}, file = ':memory:', start = START } = options;
  const fixed = typeof terms === 'function' ? undefined : lenientTerms(terms);
  const clock = virtualClock(start);
  const records: ExchangeRecord[] = [];
  const defects: unknown[] = [];
  const sandbox = createSandbox({
    name: 'test',
    file,
    clock,
    terms: typeof terms === 'function' ? terms : () => fixed as Terms,
    codec: CODEC,
    wireTerms: wireTermsOf(options.wire ?? {}),
    ...(options.faults !== undefined && { faults: options.faults }),
    ...(options.journal !== undefined && { journal: options.journal }),
    onExchange: (record) => records.push(record),
    onDefect: (error) => defects.push(error),
  });
  const close = async () => {
    opened.delete(close);
    const found = [...defects, ...sandbox.ledger.audit()];
    await sandbox.close();
    expect(found).toEqual([]);
  };
  opened.add(close);

  const post: TestSandbox['post'] = async (
    body,
    { application, headers, path = pathFor(body), mendedHeaders } = {},
  ) => {
    const answer = await sandbox.exchange({
      path,
      headers: {
        'content-type': 'text/xml; charset=utf-8',
        soapaction: '""',
        ...(application !== undefined && { authorization: basic(application) }),
        ...headers,
      },
      bytes: typeof body === 'string' ? Buffer.from(body) : body,
      ...(mendedHeaders && { mendedHeaders }),
    });
    const { status, bytes } = answer;
    const { [EXCHANGE_HEADER]: exchange, ...itsHeaders } = answer.headers;
    const [record, ...others] = records.splice(0);
    if (record === undefined || others.length > 0) throw new Error('one exchange, one record');
    return { status, headers: itsHeaders, text: bytes.toString(), record, exchange };
  };
  const ask: TestSandbox['ask'] = (key, parts, more) =>
    post(envelope(messageOf(operationOf(key, more?.version), parts)), {
      path: pathOf(operationOf(key, more?.version)),
      ...more,
    });

  return {
    sandbox,
    clock,
    defects,
    post,
    ask,
    reserve: async (key, parts = {}, more = {}) => {
      const reply = await ask(key, sampleOf(operationOf(key, more.version), parts), more);
      const [, identifier] = /<ns1:result>(\d+)<\/ns1:result>/.exec(reply.text) ?? [];
      if (identifier === undefined) throw new Error(`no reservation: ${reply.text}`);
      return identifier;
    },
    wallet: (subscriber, currency = 'EUR') => {
      const found = sandbox.ledger.read
        .wallets(subscriber)
        .find((wallet) => wallet.currency === currency);
      if (found === undefined) throw new Error(`${subscriber} has no wallet in ${currency}`);
      const { credits, debits, held, creditLimit } = found;
      return { available: credits - debits - held + creditLimit, held, charged: debits };
    },
    digest: () => sandbox.ledger.digest(),
    close,
  };
}

/** Names of the deviations on an exchange, each once, in the order met. */
export function deviationsOf({ record }: Reply): readonly string[] {
  return [...new Set(record.deviations.map(({ name }) => name))];
}

let references = 0;

/** Everything an operation needs to succeed: a reference code never used before, an open reservation of its own. */
export async function validParts(from: TestSandbox, operation: Operation): Promise<Parts> {
  references += 1;
  return sampleOf(operation, {
    ...(has(operation, 'referenceCode') && { referenceCode: `ref-${references}` }),
    ...(has(operation, 'reservationIdentifier') && {
      reservationIdentifier: await from.reserve(openerOf(operation).key),
    }),
  });
}

/** Where the operation's service is, which tells operations of the same name apart. */
export function pathOf({ interfaceName, version }: Operation): string {
  const service = PACKAGED.services.find(
    (each) => each.interfaceName === interfaceName && each.version === version,
  );
  if (service === undefined) throw new Error(`${interfaceName} of ${version} has no service`);
  return service.path;
}

function pathFor(body: string | Uint8Array): string {
  const named = PACKAGED.operations.find(({ request }) =>
    String(body).includes(`"${request.namespace}"`),
  );
  return pathOf(named ?? operationOf('AmountCharging.chargeAmount'));
}

function wireTermsOf(wire: Partial<WireTerms> | WireTermsOf): WireTermsOf {
  if (typeof wire === 'function') return wire;
  const terms = { strict: false, profile: undefined, credentials: undefined, ...wire };
  return () => terms;
}

function basic(user: string): string {
  return `Basic ${Buffer.from(`${user}:secret`).toString('base64')}`;
}

afterAll(async () => {
  const closed = await Promise.allSettled([...opened].map((close) => close()));
  for (const directory of directories) rmSync(directory, { recursive: true });
  for (const each of closed) if (each.status === 'rejected') throw each.reason;
});
