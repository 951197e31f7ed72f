// Which configuration a sandbox charges under now, and how it gets another one. A reset of the sandbox brings back the
// one that it began with.
import type { TermsOf } from '../ledger/terms';
import type { Sandbox } from '../sandbox/sandbox';
import { type Changes, changedConfiguration } from './change';
import type { Configuration } from './configuration';

/** Of those that were changed, by the terms that came of it: whoever else changes terms is not undone. */
const CHANGED = new WeakMap<TermsOf, Configuration>();

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
  const changed = changedConfiguration(configurationOf(sandbox, initial), changes);
  // A function of its own for every change, so that each is found again.
  const terms: TermsOf = (application) => changed.termsOf(application);
  CHANGED.set(terms, changed);
  sandbox.configure({ terms, wireTerms: changed.wireTermsOf });
}
