// One isolated operator: a ledger, a clock and terms of its own, spoken to in SOAP or in typed requests.

import type { ProvisionCommand } from '../ledger/model';
import { Refusal } from '../ledger/refusal';
import type { TermsOf } from '../ledger/terms';
import type { Instant } from '../ledger/time';
import { LEDGER_LIMITS } from '../limits';
import { type Manner, STANDARD_MANNER } from '../payment/manner';
import { type Outcome, prepare, refused } from '../payment/operations';
import type { Codec } from '../soap/codec';
import { createCredentialCheck } from '../soap/credentials';
import { LENIENT_TO_ALL, type WireTermsOf } from '../soap/wire-terms';
import { type Ledger, openLedger } from '../store/ledger';
import type { OperationKey, Operations } from '../wsdl/operations.generated';
import type { Clock } from './clock';
import { createExchange, type Exchange, type ExchangeRecord } from './exchange';

export interface SandboxOptions {
  readonly name: string;
  /** The path of the ledger's database, or `:memory:`. */
  readonly file: string;
  readonly clock: Clock;
  readonly terms: TermsOf;
  readonly codec: Codec;
  /** How each application is spoken with; when absent, leniently and without credentials. */
  readonly wireTerms?: WireTermsOf;
  readonly onExchange?: (record: ExchangeRecord) => void;
  /** Told of errors that nobody foresaw, with the number that the client was given. */
  readonly onDefect?: (error: unknown, reference: string) => void;
}

export interface Sandbox {
  readonly name: string;
  readonly ledger: Ledger;
  /** The whole SOAP engine without a server. Never rejects for what a client sends. */
  readonly exchange: Exchange;
  /** Executes one operation on a decoded v4_0 request. */
  perform<K extends OperationKey>(
    operation: K,
    request: Operations[K]['request'],
    application: string,
    manner?: Manner,
  ): Promise<Outcome<K> & { readonly notes: readonly string[] }>;
  /** Applies a seed: how many commands changed something, how many found everything as they ask. */
  provision(commands: readonly ProvisionCommand[]): Promise<{ applied: number; existing: number }>;
  close(): Promise<void>;
}

/** Opens the ledger; throws one clear sentence when it cannot be opened. */
export function createSandbox(options: SandboxOptions): Sandbox {
  const { name, clock, terms, codec, onExchange = () => {}, onDefect = () => {} } = options;
  const { wireTerms = LENIENT_TO_ALL } = options;
  const now = () => clock.now();
  const reception = { termsOf: wireTerms, checkCredentials: createCredentialCheck(now) };
  const ledger = openLedger({ location: options.file, now, terms, onDefect });
  const watch = watchExpiries(ledger, clock, (error) => onDefect(error, 'expiry'));

  let defects = 0;
  const reportDefect = (error: unknown): string => {
    defects += 1;
    const reference = `EXCHANGE-${defects}`;
    onDefect(error, reference);
    return reference;
  };

  const perform: Sandbox['perform'] = async (
    operation,
    request,
    application,
    manner = STANDARD_MANNER,
  ) => {
    const { profile } = manner;
    const prepared = prepare(operation, request, application, terms(application), manner);
    const { deviations } = prepared;
    if (prepared.refusal !== undefined) {
      return { ...refused(prepared.refusal, profile), notes: deviations };
    }
    const decision = await ledger.submit(prepared.command);
    if (decision instanceof Refusal) return { ...refused(decision, profile), notes: deviations };
    if (decision.reservation !== undefined || watch.lost()) watch.look();
    const notes = [...deviations, ...decision.findings];
    return { response: prepared.response(decision), notes };
  };

  return {
    name,
    ledger,
    exchange: createExchange(codec, reception, perform, now, onExchange, reportDefect),
    perform,
    provision: (commands) => provision(ledger, commands),
    close: async () => {
      watch.stop();
      await ledger.close();
    },
  };
}

/** In portions that the ledger's queue can hold, whatever the size of a seed. */
async function provision(ledger: Ledger, commands: readonly ProvisionCommand[]) {
  let applied = 0;
  for (let start = 0; start < commands.length; start += LEDGER_LIMITS.queuedCommands / 2) {
    const portion = commands.slice(start, start + LEDGER_LIMITS.queuedCommands / 2);
    for (const decision of await Promise.all(portion.map((command) => ledger.submit(command)))) {
      if (decision instanceof Refusal) throw new Error(`Cannot provision: ${decision.detail}.`);
      if (decision.transactions.length > 0) applied += 1;
    }
  }
  return { applied, existing: commands.length - applied };
}

/**
 * Books expiries while nobody asks, so that an idle ledger shows the truth too. Correctness never depends on it:
 * the ledger closes what is due before it decides anything.
 */
function watchExpiries(ledger: Ledger, clock: Clock, onError: (error: unknown) => void) {
  let watched: Instant | undefined;
  let cancel = () => {};
  let lost = false;

  const look = () => {
    lost = false;
    const next = ledger.nextExpiry();
    if (next === watched) return;
    cancel();
    watched = next;
    if (next === undefined) return;
    cancel = clock.after(next - clock.now(), () => {
      watched = undefined;
      ledger.tick().then(look, (error: unknown) => {
        lost = true;
        onError(error);
      });
    });
  };

  look();
  return {
    look,
    /** True when a tick failed, so that nothing is watched until somebody looks again. */
    lost: () => lost,
    stop: () => cancel(),
  };
}
