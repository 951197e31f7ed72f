// One isolated operator: a ledger, a clock and terms of its own, spoken to in SOAP or in typed requests.

import { realpathSync } from 'node:fs';
import type { SeedCommand } from '../ledger/commands';
import { Refusal } from '../ledger/refusal';
import type { TermsOf } from '../ledger/terms';
import type { Instant } from '../ledger/time';
import { JOURNAL_LIMITS } from '../limits';
import { DEFAULT_MESSAGING, type MessagingTerms } from '../messaging/delivery';
import { isMessaging } from '../messaging/operations';
import { type Manner, STANDARD_MANNER } from '../payment/manner';
import { prepare, refused } from '../payment/operations';
import type { Codec } from '../soap/codec';
import { createCredentialCheck } from '../soap/credentials';
import type { NonceJournal } from '../soap/nonces';
import type { Reception } from '../soap/reading';
import { LENIENT_TO_ALL, type WireTermsOf } from '../soap/wire-terms';
import { IN_MEMORY } from '../store/database';
import { emptyImage, type LedgerImage } from '../store/image';
import { type Ledger, openLedger } from '../store/ledger';
import { NonceFile } from '../store/nonce-file';
import type { OperationKey, Operations } from '../wsdl/operations.generated';
import { type Accounts, createAccounts } from './accounts';
import { inKnownCurrency } from './books/inquiry';
import { type SettlementLine, type SettlementQuestion, settlementOf } from './books/settlement';
import { type Statement, type StatementQuestion, statementOf } from './books/statement';
import { createVerification, type Verification } from './books/verify';
import { configurationPart } from './configuration-part';
import { createExchange, type Exchange } from './exchange';
import type { ExchangeRecord } from './exchange-record';
import { type FaultOptions, type FaultPlan, Faults } from './faults/plan';
import { createExplainer } from './journal/explain';
import { Journal } from './journal/journal';
import { isKept, type JournalBounds } from './journal/journal-record';
import { createMessagingDesk, type MessagingDesk } from './messaging/messaging-desk';
import type { Caller, LostReceipt } from './messaging/receipts';
import { reservationFinder } from './named-reservation';
import { type Perform, type Performed, transactionsOf } from './performing';
import { provision } from './provisioning';
import type { DomainKey, DomainOperations } from './routes';
import { createSandboxState, type SandboxState, type Surroundings } from './sandbox-state';
import type { SandboxPart } from './snapshot';
import type { SandboxTerms } from './terms';
import type { Clock } from './time/clock';
import { watchExpiries } from './time/expiry-watch';
import { SandboxClock } from './time/sandbox-clock';

export interface SandboxOptions {
  readonly name: string;
  /** The path of the ledger's database, or `:memory:`. */
  readonly file: string;
  /** Of the process; the sandbox has one of its own that runs beside it. */
  readonly clock: Clock;
  /** Where that begins, frozen; with the clock of the process when absent. */
  readonly beginsAt?: Instant | undefined;
  readonly terms: TermsOf;
  readonly codec: Codec;
  /** Where its services are; '' when absent. */
  readonly url?: () => string;
  /** Of the identifiers that its ledger issues: what tells them from those of other sandboxes; 0 when absent. */
  readonly series?: number;
  /** What a ledger that does not exist yet begins as; empty when absent. */
  readonly initial?: LedgerImage | undefined;
  /** How everything else begins; as configured when absent. */
  readonly beginning?: Surroundings | undefined;
  /** What a reset makes of the ledger; empty when absent. */
  readonly baseline?: () => LedgerImage | undefined;
  /** How each application is spoken with; when absent, leniently and without credentials. */
  readonly wireTerms?: WireTermsOf;
  /** Reads the document of terms that were changed; throws a sentence. Without it none come from a file. */
  readonly readTerms?: (written: unknown) => SandboxTerms;
  /** What goes wrong at first, and whether values of requests may ask for it; nothing and no when absent. */
  readonly faults?: FaultOptions;
  /** How messages are delivered at first. */
  readonly messaging?: MessagingTerms;
  /** Calls applications; without it delivery receipts wait in the ledger. */
  readonly call?: Caller;
  /** Told of delivery receipts that were given up. */
  readonly onLostReceipt?: (lost: LostReceipt) => void;
  /** How much of its exchanges is kept; as JOURNAL_LIMITS when absent. */
  readonly journal?: JournalBounds;
  readonly onExchange?: (record: ExchangeRecord) => void;
  /** Told of errors that nobody foresaw, with the number that the client was given. */
  readonly onDefect?: (error: unknown, reference: string) => void;
}

export interface Sandbox extends SandboxState {
  readonly name: string;
  /** Where its SOAP services are, without a slash at the end. */
  readonly url: string;
  readonly ledger: Ledger;
  /** The time of everything in it. */
  readonly clock: SandboxClock;
  /** The whole SOAP engine without a server. Never rejects for what a client sends. */
  readonly exchange: Exchange;
  /** Executes one operation on a decoded v4_0 request; `version` is that of the message it came in. */
  perform<K extends DomainKey>(
    operation: K,
    request: DomainOperations[K]['request'],
    application: string,
    manner?: Manner,
    version?: string,
  ): Promise<Performed<K>>;
  /** Every exchange, as far as it is kept. */
  readonly journal: Journal;
  /** Questions to the ledger: was this charged exactly once? */
  readonly verify: Verification;
  /** Throws QuestionError for a subscriber whom the ledger does not know, or a currency that is none. */
  statement(question: StatementQuestion): Statement;
  settlement(question?: SettlementQuestion): readonly SettlementLine[];
  /** What goes wrong, and when. Requests of `perform` are none of its business. */
  readonly faults: FaultPlan;
  /** Subscribers and their wallets. */
  readonly accounts: Accounts;
  readonly deliver: MessagingDesk['deliver'];
  readonly setDeliveryRules: MessagingDesk['setDeliveryRules'];
  readonly deliveryRules: MessagingDesk['deliveryRules'];
  /** The terms that hold now. */
  readonly terms: SandboxTerms;
  /**
   * Other terms from the next request on, until they are reset. What is charged already stays as it is. Terms without
   * the document that they were read from are in snapshots, and in no file.
   */
  configure(terms: Partial<SandboxTerms>): void;
  /** Applies a seed: how many commands changed something, how many found everything as they ask. */
  provision(commands: readonly SeedCommand[]): Promise<{ applied: number; existing: number }>;
  close(): Promise<void>;
}

/** Opens the ledger; throws one clear sentence when it cannot be opened. */
export function createSandbox(options: SandboxOptions): Sandbox {
  const { name, file, codec, onExchange = () => {}, onDefect = () => {} } = options;
  const { messaging = DEFAULT_MESSAGING, call, onLostReceipt = () => {} } = options;
  const { initial, series = 0 } = options;
  const baseline = () =>
    options.baseline?.() ?? emptyImage(options.beginsAt ?? options.clock.now());
  const configured: SandboxTerms = {
    terms: options.terms,
    wireTerms: options.wireTerms ?? LENIENT_TO_ALL,
  };
  let present: SandboxTerms = configured;
  const terms: TermsOf = (application) => present.terms(application);

  let opened: Ledger | undefined;
  const clock = new SandboxClock(
    options.clock,
    () => opened?.time() ?? Number.NEGATIVE_INFINITY,
    // What came to the ledger by another way than a request is seen here at the latest.
    () => {
      watch.look();
      desk.look();
    },
    options.beginsAt,
  );
  const now = () => clock.now();
  const ledger = openLedger({ location: file, now, terms, onDefect, initial, series });
  opened = ledger;
  clock.reset();
  const nonces = file === IN_MEMORY ? undefined : noncesBeside(file, ledger);
  let checkCredentials = createCredentialCheck(now, nonces);
  const reception: Reception = {
    termsOf: (application) => present.wireTerms(application),
    checkCredentials: (...asked) => checkCredentials(...asked),
  };
  const findReservation = reservationFinder(ledger, now);
  const watch = watchExpiries(ledger, clock, (error) => onDefect(error, 'expiry'));

  let defects = 0;
  const reportDefect = (error: unknown): string => {
    defects += 1;
    const reference = `EXCHANGE-${defects}`;
    onDefect(error, reference);
    return reference;
  };

  const inquiry = { ledger, terms, now };
  const journal = new Journal({
    sandbox: name,
    bounds: options.journal ?? { ...JOURNAL_LIMITS, ageMs: undefined },
    now,
    terms,
    explain: createExplainer({ codec, wireTerms: reception.termsOf, inquiry }),
    ownerOf: (identifier) => ledger.reservation(identifier)?.subscriber,
    onDefect: (error) => onDefect(error, 'journal'),
  });
  const faults = new Faults(terms, options.faults);
  const desk = createMessagingDesk({ ledger, clock, terms, messaging, call, onLostReceipt });

  const performPayment = async <K extends OperationKey>(
    operation: K,
    request: Operations[K]['request'],
    application: string,
    manner: Manner,
    rehearsed: boolean,
  ): Promise<Performed<K>> => {
    const { profile } = manner;
    const reservation = findReservation(request, application);
    const prepared = prepare(
      operation,
      request,
      application,
      terms(application),
      manner,
      reservation?.currency,
    );
    const { deviations } = prepared;
    if (prepared.refusal !== undefined) {
      return { ...refused(prepared.refusal, profile), notes: deviations };
    }
    const { command } = prepared;
    const decision = await (rehearsed ? ledger.rehearse(command) : ledger.submit(command));
    if (decision instanceof Refusal) return { ...refused(decision, profile), notes: deviations };
    if (decision.reservation !== undefined || watch.lost()) watch.look();
    const notes = [...deviations, ...decision.findings];
    const transactions = transactionsOf(decision);
    return { response: prepared.response(decision), notes, transactions } as Performed<K>;
  };

  const perform: Perform = (operation, request, application, manner, version, rehearsed) =>
    isMessaging(operation)
      ? desk.perform(operation, request, application, manner, version)
      : performPayment(operation, request, application, manner, rehearsed);

  /** Nothing is done for a request whose nonce could still be forgotten. */
  const performProven: Perform = (...request) => {
    const pending = nonces?.settled();
    return pending === undefined ? perform(...request) : pending.then(() => perform(...request));
  };

  const configuration = configurationPart({
    configured,
    present: () => present,
    put: (wanted) => {
      present = wanted;
    },
    desk,
    readTerms: options.readTerms,
  });
  /** What a reset ends and a snapshot keeps, beside ledger and clock. */
  const parts: readonly SandboxPart[] = [
    configuration,
    faults,
    { scope: 'journal', reset: () => journal.clear() },
  ];
  const state = createSandboxState({
    name,
    ledger,
    clock,
    parts,
    beginning: options.beginning,
    baseline,
    onReplaced: () => {
      watch.look();
      desk.renew();
      checkCredentials = createCredentialCheck(now, nonces && forgotten(nonces));
    },
  });

  return {
    name,
    get url() {
      return options.url?.() ?? '';
    },
    ledger,
    clock,
    ...state,
    exchange: createExchange({
      sandbox: name,
      nextId: journal.enabled ? () => journal.nextId() : undefined,
      codec,
      reception,
      perform: performProven,
      findReservation,
      faults,
      now,
      onRecord: (record) => {
        if (isKept(record)) journal.record(record);
        onExchange(record);
      },
      reportDefect,
    }),
    perform: ((operation, request, application, manner = STANDARD_MANNER, version = 'v4_0') =>
      perform(
        operation,
        request as never,
        application,
        manner,
        version,
        false,
      )) as Sandbox['perform'],
    faults,
    accounts: createAccounts(ledger, terms),
    journal,
    verify: createVerification(inquiry),
    statement: (question) => statementOf(inquiry, inKnownCurrency(inquiry, question)),
    settlement: (question = {}) => settlementOf(inquiry, inKnownCurrency(inquiry, question)),
    deliver: desk.deliver,
    setDeliveryRules: desk.setDeliveryRules,
    deliveryRules: desk.deliveryRules,
    get terms() {
      return present;
    },
    configure: (changed) => {
      present = { ...present, written: undefined, ...changed };
    },
    provision: (commands) => provision(ledger, commands),
    close: async () => {
      faults.close();
      journal.close();
      clock.stop();
      desk.stop();
      const closing = ledger.close();
      try {
        await nonces?.close();
      } finally {
        await closing;
      }
    },
  };
}

/** Throws LedgerFileError, and then closes the ledger. */
function noncesBeside(file: string, ledger: Ledger): NonceFile {
  try {
    return new NonceFile(realpathSync(file));
  } catch (error) {
    void ledger.close();
    throw error;
  }
}

/** A request recorded before the ledger was another one may be sent again. */
function forgotten(nonces: NonceFile): NonceJournal {
  nonces.replace([]);
  return {
    recorded: () => [],
    append: (use) => nonces.append(use),
    replace: (uses) => nonces.replace(uses),
  };
}
