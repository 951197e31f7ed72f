// The composition root: the only place where configuration, ledger, SOAP engine and HTTP meet.
import type { Configuration, ServerOptions } from './config/configuration';
import { databaseFile } from './config/data-place';
import { resolveConfiguration } from './config/resolve';
import type { ConfigurationInput, SeedInput } from './config/schema';
import { withoutUndefined } from './config/without-undefined';
import { createListener } from './http/listener';
import { Readiness } from './http/readiness';
import { assertMapped, READING } from './payment/versions/versions';
import { type Clock, systemClock } from './sandbox/clock';
import type { ExchangeRecord } from './sandbox/exchange';
import { createSandbox, type Sandbox } from './sandbox/sandbox';
import { type Codec, createCodec } from './soap/codec';
import { loadPackagedCatalogue } from './wsdl/packaged';
import type { Catalogue } from './wsdl/schema';

export { ConfigurationError } from './config/problem';
export { type Clock, isoTime, systemClock, type VirtualClock, virtualClock } from './sandbox/clock';
export type { ExchangeRecord } from './sandbox/exchange';
export type { Sandbox } from './sandbox/sandbox';
export { LedgerFileError } from './store/ledger-file-error';

/** What an emulator tells of its work. Records carry subscriber numbers as they are; mask what is kept. */
export interface Log {
  exchange(record: ExchangeRecord): void;
  /** An error that nobody foresaw, with the number under which the client was told of it. */
  defect(error: unknown, reference: string): void;
}

export interface EmulatorOptions
  extends Partial<
    Pick<
      ServerOptions,
      'port' | 'host' | 'data' | 'baseUrl' | 'trustProxy' | 'wsdlVersion' | 'strict' | 'profile'
    >
  > {
  /** What a configuration file would say. */
  readonly configuration?: ConfigurationInput;
  /** What a seed file would say. */
  readonly seed?: SeedInput;
  readonly clock?: Clock;
  readonly log?: Log;
}

export interface Emulator {
  /** Where it listens, without a slash at the end. */
  readonly url: string;
  readonly port: number;
  readonly catalogue: Catalogue;
  readonly sandbox: Sandbox;
  /** How much of the seed was new. */
  readonly seeded: { readonly applied: number; readonly existing: number };
  /** Finishes what is in progress, then leaves nothing behind. May be called again. */
  close(): Promise<void>;
}

/**
 * Starts an emulator in this process; it is ready when the promise resolves. In code, unlike on the command line,
 * it listens on a free port and keeps its ledger in memory unless told otherwise. Rejects with ConfigurationError,
 * with an error of the store, or as node:net does when the port cannot be had.
 */
export async function createEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const { configuration = {}, seed, clock = systemClock, log = SILENT, ...own } = options;
  const server = {
    port: 0,
    data: ':memory:',
    ...withoutUndefined(configuration.server ?? {}),
    ...withoutUndefined(own),
  };
  const written = { ...configuration, server };
  const resolved =
    options.configuration === undefined && seed === undefined
      ? resolveConfiguration({ source: 'configuration', input: written })
      : loadObjects(written, seed);
  return startEmulator(resolved, clock, log);
}

/** Starts an emulator as configured. */
export async function startEmulator(
  configuration: Configuration,
  clock: Clock,
  log: Log,
): Promise<Emulator> {
  const { server, termsOf, wireTermsOf, provision } = configuration;
  const { catalogue, codec } = engine();
  const sandbox = createSandbox({
    name: 'default',
    file: databaseFile(server.data, 'default'),
    clock,
    terms: termsOf,
    wireTerms: wireTermsOf,
    codec,
    onExchange: log.exchange,
    onDefect: log.defect,
  });

  const readiness = new Readiness(['seeds'], () =>
    // The reason itself names files: it is in the log, with every exchange that is refused for it.
    sandbox.ledger.trouble() === undefined
      ? undefined
      : 'The ledger is out of service; the log says why.',
  );
  const listener = createListener({
    exchange: sandbox.exchange,
    catalogue,
    readiness,
    trustProxy: server.trustProxy,
    wsdlVersion: server.wsdlVersion,
    ...(server.baseUrl !== undefined && { baseUrl: server.baseUrl }),
    onDefect: (error) => log.defect(error, 'http'),
  });
  const close = once(async () => {
    await listener.close();
    await sandbox.close();
  });

  try {
    const { url, port } = await listener.listen(server.port, server.host);
    const seeded = await sandbox.provision(provision);
    readiness.arrived('seeds');
    return { url, port, catalogue, sandbox, seeded, close };
  } catch (error) {
    await close();
    throw error;
  }
}

const SILENT: Log = { exchange: () => {}, defect: () => {} };

let shared: { readonly catalogue: Catalogue; readonly codec: Codec } | undefined;

/** The compiled interfaces: the same for every emulator of a process, and without state of their own. */
function engine(): { readonly catalogue: Catalogue; readonly codec: Codec } {
  if (shared !== undefined) return shared;
  const catalogue = loadPackagedCatalogue();
  assertMapped(catalogue.operations);
  shared = { catalogue, codec: createCodec(catalogue, READING) };
  return shared;
}

/** The validation library is loaded only for those who configure something. */
function loadObjects(configuration: unknown, seed: unknown): Configuration {
  const load = require('./config/load') as typeof import('./config/load');
  return load.loadObjects(configuration, seed);
}

function once(task: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined;
  return () => {
    running ??= task();
    return running;
  };
}
