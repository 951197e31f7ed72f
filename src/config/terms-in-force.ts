// Which configuration a sandbox charges under now, and how it gets another one. A reset of the sandbox brings back the
// one that it began with; a snapshot, a fork and a file carry the changed one along as the document that it came from.
import type { TermsOf } from '../ledger/terms';
import type { Sandbox } from '../sandbox/sandbox';
import type { SandboxTerms } from '../sandbox/terms';
import { type Changes, changedConfiguration } from './change';
import { checkConfiguration, checkSeed } from './check';
import type { Configuration } from './configuration';
import { resolveConfiguration } from './resolve';
import { withoutUndefined } from './without-undefined';

/** Of those that were changed, by the terms that came of it: whoever else changes terms is not undone. */
const CHANGED = new WeakMap<TermsOf, Configuration>();

/** What of a configuration terms are read from, as plain JSON. */
type WrittenTerms = Configuration['written'];

/** `initial` is what every sandbox begins with. */
export function configurationOf(
  sandbox: Pick<Sandbox, 'terms'>,
  initial: Configuration,
): Configuration {
  return CHANGED.get(sandbox.terms.terms) ?? initial;
}

/** Holds from the next request on. Throws ConfigurationError, and then nothing has changed. */
export function changeTerms(
  sandbox: Pick<Sandbox, 'terms' | 'configure'>,
  initial: Configuration,
  changes: Changes,
): void {
  sandbox.configure(inForce(changedConfiguration(configurationOf(sandbox, initial), changes)));
}

/** Terms that were changed elsewhere, from their document. Throws ConfigurationError. */
export function readTerms(document: unknown): SandboxTerms {
  const source = 'what is to be imported';
  const { input, seed = {} } = Object(document) as Partial<Record<keyof WrittenTerms, unknown>>;
  const configuration = resolveConfiguration(
    { source, input: checkConfiguration(input, source) },
    { source, input: checkSeed(seed, source) },
  );
  return inForce(configuration);
}

function inForce(configuration: Configuration): SandboxTerms {
  // A function of its own for every change, so that each is found again.
  const terms: TermsOf = (application) => configuration.termsOf(application);
  CHANGED.set(terms, configuration);
  return { terms, wireTerms: configuration.wireTermsOf, written: writtenTerms(configuration) };
}

/** Without the subscribers, who are in the ledger, and without what is of the process. */
function writtenTerms({ written }: Configuration): WrittenTerms {
  const {
    server,
    subscribers: _subscribers,
    evidence: _evidence,
    faults: _faults,
    messaging: _messaging,
    sandboxes: _sandboxes,
    ...input
  } = written.input;
  const { strict, profile } = server ?? {};
  const { tariffs, prices } = written.seed ?? {};
  return {
    input: { ...input, server: withoutUndefined({ strict, profile }) },
    seed: withoutUndefined({ tariffs, prices }),
  };
}
