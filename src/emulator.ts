// The composition root: the only place where configuration, ledger, SOAP engine and HTTP meet.
import { randomBytes } from 'node:crypto';
import type { Changes } from './config/change';
import type { Configuration, ServerOptions } from './config/configuration';
import { databaseFile, namesIn } from './config/data-place';
import { instantIn } from './config/instant';
import { isLoopback } from './config/loopback';
import { resolveConfiguration } from './config/resolve';
import type { ConfigurationInput, SeedInput } from './config/schema';
import { withoutUndefined } from './config/without-undefined';
import { ADMIN_ELSEWHERE, lazyDoor } from './http/admin-door';
import { createAdminListener } from './http/admin-listener';
import { createCaller } from './http/caller';
import { createListener } from './http/listener';
import { Readiness } from './http/readiness';
import { JOURNAL_LIMITS } from './limits';
import { packageVersion } from './package-version';
import { READING } from './payment/versions/versions';
import type { ExchangeRecord } from './sandbox/exchange-record';
import type { JournalBounds } from './sandbox/journal/journal-record';
import type { LostReceipt } from './sandbox/messaging/receipts';
import { seededImage } from './sandbox/provisioning';
import { createSandbox, type Sandbox } from './sandbox/sandbox';
import { createSelection, seriesOfSandboxes } from './sandbox/selection';
import type { Snapshot } from './sandbox/snapshot';
import { type Clock, systemClock } from './sandbox/time/clock';
import { TrafficCounters } from './sandbox/traffic-counters';
import { DEFAULT_SANDBOX, type Listed, Worlds } from './sandbox/worlds';
import { type Codec, createCodec } from './soap/codec';
import type { LedgerImage } from './store/image';
import { loadPackagedCatalogue } from './wsdl/packaged';
import type { Catalogue } from './wsdl/schema';

export type { Changes } from './config/change';
export { ConfigurationError } from './config/problem';
export type { ConfigurationInput, SeedInput } from './config/schema';
export { type Account, AccountError, type Accounts } from './sandbox/accounts';
export { settlementCsv, statementCsv } from './sandbox/books/csv';
export { QuestionError } from './sandbox/books/inquiry';
export type { SettlementLine } from './sandbox/books/settlement';
export type { Statement } from './sandbox/books/statement';
export { type Verdict, VerificationError } from './sandbox/books/verdict';
export type { Verification } from './sandbox/books/verify';
export type { ExchangeRecord } from './sandbox/exchange-record';
export { FaultRuleError } from './sandbox/faults/compile';
export type { FaultPlan, FaultRuleStatus } from './sandbox/faults/plan';
export type { FaultAction, FaultMatch, FaultRule, Stage } from './sandbox/faults/rule';
export type { ExchangeSummary, ExchangeView } from './sandbox/journal/exchange-view';
export { type Explanation, explanationText } from './sandbox/journal/explanation';
export { type Journal, WaitTimeoutError } from './sandbox/journal/journal';
export type { ExchangeFilter } from './sandbox/journal/journal-filter';
export { ProvisionError } from './sandbox/provisioning';
export type { Sandbox } from './sandbox/sandbox';
export type { Scope, Snapshot } from './sandbox/snapshot';
export {
  type Clock,
  isoTime,
  systemClock,
  type VirtualClock,
  virtualClock,
} from './sandbox/time/clock';
export { ClockError, type ClockStatus } from './sandbox/time/clock-state';
export type { Fired, SandboxClock } from './sandbox/time/sandbox-clock';
export { type Listed, SandboxError } from './sandbox/worlds';
export { LedgerFileError } from './store/ledger-file-error';

/** What an emulator tells of its work. Records carry subscriber numbers as they are; mask what is kept. */
export interface Log {
  exchange(record: ExchangeRecord): void;
  /** An error that nobody foresaw, with the number under which the client was told of it. */
  defect(error: unknown, reference: string): void;
  /** A delivery receipt that nobody took. */
  lostReceipt?(lost: LostReceipt): void;
}

export interface EmulatorOptions
  extends Partial<
    Pick<
      ServerOptions,
      | 'port'
      | 'host'
      | 'data'
      | 'baseUrl'
      | 'trustProxy'
      | 'wsdlVersion'
      | 'confirmationRefs'
      | 'strict'
      | 'profile'
      | 'magic'
      | 'journal'
      | 'maxJournal'
      | 'maxAge'
      | 'adminPort'
      | 'adminToken'
      | 'cors'
    >
  > {
  /** What a configuration file would say. */
  readonly configuration?: ConfigurationInput;
  /** What a seed file would say. */
  readonly seed?: SeedInput;
  /** Of the process, or the instant at which the clock of every sandbox begins, frozen: `2027-01-01T00:00:00Z`. */
  readonly clock?: Clock | string;
  readonly log?: Log;
}

export interface Emulator {
  /** Where it listens, without a slash at the end. */
  readonly url: string;
  readonly port: number;
  /** Where the admin API is: below it `/__admin/v1`, and `/metrics`. */
  readonly adminUrl: string;
  /** What the admin API asks for; undefined when it asks for nothing. */
  readonly adminToken: string | undefined;
  readonly catalogue: Catalogue;
  /**
   * A world of its own: ledger, clock, terms. Made from the seed when it is first asked for, unless the configuration
   * says otherwise. Throws SandboxError for a name that cannot be.
   */
  sandbox(name?: string): Sandbox;
  readonly sandboxes: Sandboxes;
  /** How much of the seed was new in the sandbox `default`. */
  readonly seeded: { readonly applied: number; readonly existing: number };
  /** Finishes what is in progress, then leaves nothing behind. May be called again. */
  close(): Promise<void>;
}

/** Each throws or rejects with SandboxError, in a sentence, where it cannot be done. */
export interface Sandboxes {
  /** By name, those in files too. */
  list(): readonly Listed[];
  /** `from` is the name of a sandbox to fork, a snapshot, or `baseline`, the state right after the seed, when absent. */
  create(name: string, options?: { readonly from?: string | Snapshot }): Sandbox;
  /** Removes it with its file. */
  remove(name: string): Promise<void>;
  /**
   * Replaces sections of the configuration, such as policies or tariffs, for that sandbox, from the next request on and
   * until a reset. Snapshots, forks and exported files carry it. Throws ConfigurationError, and then nothing has changed.
   */
  configure(name: string, changes: Changes): void;
}

/**
 * Starts an emulator in this process; it is ready when the promise resolves. In code, unlike on the command line,
 * it listens on a free port and keeps its ledger in memory unless told otherwise. Rejects with ConfigurationError,
 * with an error of the store, or as node:net does when the port cannot be had.
 */
export async function createEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const { configuration = {}, seed, clock = systemClock, log = SILENT, ...own } = options;
  const isFrozen = typeof clock === 'string';
  const server = {
    port: 0,
    data: ':memory:',
    ...withoutUndefined(configuration.server ?? {}),
    ...withoutUndefined(own),
    ...(isFrozen && { clock }),
  };
  const written = { ...configuration, server };
  const resolved =
    options.configuration === undefined && seed === undefined
      ? resolveConfiguration({ source: 'configuration', input: written })
      : loadObjects(written, seed);
  return startEmulator(resolved, isFrozen ? systemClock : clock, log);
}

/** Starts an emulator as configured. `shutdown` begins its stop when the admin API is asked for one. */
export async function startEmulator(
  configuration: Configuration,
  clock: Clock,
  log: Log,
  shutdown?: () => void,
): Promise<Emulator> {
  const { server, termsOf, wireTermsOf, messaging, faults, sandboxes, provision } = configuration;
  const { catalogue, codec } = engine(server.confirmationRefs);
  const series = seriesOfSandboxes(sandboxes.rules);
  const beginsAt = server.clock === undefined ? undefined : instantIn(server.clock);
  let url = '';
  let baseline: LedgerImage | undefined;
  const traffic = new TrafficCounters();
  const worlds = new Worlds({
    places: { of: (name) => databaseFile(server.data, name), names: () => namesIn(server.data) },
    autoCreate: sandboxes.autoCreate,
    baseline: () => baseline,
    open: (name, file, initial, beginning) =>
      createSandbox({
        name,
        file,
        clock,
        beginsAt,
        url: () => (name === DEFAULT_SANDBOX ? url : `${url}/s/${name}`),
        initial,
        beginning,
        series: series.get(name) ?? 0,
        baseline: () => baseline,
        terms: termsOf,
        readTerms: (written) => loadTermsInForce().readTerms(written),
        wireTerms: wireTermsOf,
        codec,
        faults: { rules: faults, magic: server.magic, check: checkFaultRules },
        messaging,
        call: createCaller(catalogue),
        onLostReceipt: (lost) => log.lostReceipt?.(lost),
        journal: journalBounds(server),
        onExchange: (record) => {
          traffic.count(record);
          log.exchange(record);
        },
        onDefect: log.defect,
      }),
  });
  const first = worlds.get(DEFAULT_SANDBOX);

  const interfaces = compiledLater(catalogue, (error) => log.defect(error, 'wsdl'));
  const readiness = new Readiness(['seeds'], () => {
    if (interfaces.areBroken()) return 'The interface files cannot be used; the log says why.';
    // The reason itself names files: it is in the log, with every exchange that is refused for it.
    return worlds.trouble() && 'The ledger is out of service; the log says why.';
  });
  const adminToken = server.adminToken ?? (isLoopback(server.host) ? undefined : madeToken());
  const startedAt = clock.now();
  const admin = lazyDoor(() =>
    loadControl().createControl({
      host: {
        version: packageVersion(),
        worlds,
        configuration,
        traffic,
        startedAt,
        now: () => clock.now(),
        reasons: () => readiness.reasons,
        shutdown,
      },
      guard: { ...server, token: adminToken },
      onDefect: (error) => log.defect(error, 'admin'),
    }),
  );
  const onDefect = (error: unknown) => log.defect(error, 'http');
  const adminListener =
    server.adminPort === undefined
      ? undefined
      : createAdminListener({ admin, readiness, onDefect });
  const listener = createListener({
    admin: adminListener === undefined ? admin : ADMIN_ELSEWHERE,
    exchange: createSelection(worlds, sandboxes.rules, codec, (error) =>
      log.defect(error, 'sandbox'),
    ),
    catalogue,
    readiness,
    sandboxes: () => worlds.list().map(({ name }) => name),
    trustProxy: server.trustProxy,
    wsdlVersion: server.wsdlVersion,
    ...(server.baseUrl !== undefined && { baseUrl: server.baseUrl }),
    onDefect,
  });
  const close = once(async () => {
    interfaces.stop();
    worlds.release();
    admin.opened()?.close();
    await Promise.all([listener.close(), adminListener?.close()]);
    await worlds.close();
  });

  try {
    const bound = await listener.listen(server.port, server.host);
    url = bound.url;
    const adminBound = await adminListener?.listen(server.adminPort ?? 0, server.host);
    const seeded = await first.provision(provision);
    baseline =
      server.data === ':memory:'
        ? first.ledger.serialize()
        : await seededImage(provision, termsOf, () => beginsAt ?? clock.now());
    readiness.arrived('seeds');
    interfaces.start();
    return {
      url,
      port: bound.port,
      adminUrl: adminBound?.url ?? bound.url,
      adminToken,
      catalogue,
      sandbox: (name = DEFAULT_SANDBOX) => worlds.get(name),
      sandboxes: {
        list: () => worlds.list(),
        create: (name, { from } = {}) => worlds.create(name, from),
        remove: (name) => worlds.remove(name),
        configure: (name, changes) =>
          loadTermsInForce().changeTerms(worlds.get(name), configuration, changes),
      },
      seeded,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

function journalBounds({ journal, maxJournal, maxAge }: ServerOptions): JournalBounds {
  return {
    records: journal ? maxJournal : 0,
    ageMs: maxAge === undefined ? undefined : maxAge * 1_000,
    bytes: JOURNAL_LIMITS.bytes,
  };
}

const SILENT: Log = { exchange: () => {}, defect: () => {} };

interface Engine {
  readonly catalogue: Catalogue;
  readonly codec: Codec;
}

/** By the versions that have confirmationRefs. */
const engines = new Map<string, Engine>();

/** The compiled interfaces: the same for every emulator of a process with that choice, and without state of their own. */
function engine(confirmationRefs: readonly string[]): Engine {
  const choice = [...confirmationRefs].sort().join();
  const known = engines.get(choice);
  if (known !== undefined) return known;
  const catalogue = loadPackagedCatalogue({ confirmationRefs, later: true });
  const compiled = { catalogue, codec: createCodec(catalogue, READING) };
  engines.set(choice, compiled);
  return compiled;
}

/**
 * Half of a start would go into the interfaces, which nobody needs before the first message: they are compiled in the
 * turn of the event loop after it.
 */
function compiledLater(catalogue: Catalogue, onDefect: (error: unknown) => void) {
  let waiting: NodeJS.Immediate | undefined;
  let isBroken = false;
  const compile = (): void => {
    try {
      catalogue.byKey('v4_0', 'AmountCharging.chargeAmount');
    } catch (error) {
      isBroken = true;
      onDefect(error);
    }
  };
  return {
    start: () => {
      waiting = setImmediate(compile);
    },
    stop: () => clearImmediate(waiting),
    areBroken: () => isBroken,
  };
}

/** The validation library is loaded only for those who change something. */
function loadTermsInForce(): typeof import('./config/terms-in-force') {
  return require('./config/terms-in-force') as typeof import('./config/terms-in-force');
}

/** Web framework, validation and metrics are loaded with the first request for them. */
function loadControl(): typeof import('./control/app') {
  return require('./control/app') as typeof import('./control/app');
}

function madeToken(): string {
  return randomBytes(24).toString('base64url');
}

/** The validation library is loaded only for those who configure something. */
function loadObjects(configuration: unknown, seed: unknown): Configuration {
  const load = require('./config/load') as typeof import('./config/load');
  return load.loadObjects(configuration, seed);
}

/** The same for rules that a program hands over. */
function checkFaultRules(rules: unknown): void {
  const check = require('./config/fault-check') as typeof import('./config/fault-check');
  check.checkFaultRules(rules);
}

function once(task: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined;
  return () => {
    running ??= task();
    return running;
  };
}
