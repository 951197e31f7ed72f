// Under which terms a sandbox charges and is spoken with. Where they come from is not known here.
import type { TermsOf } from '../ledger/terms';
import type { WireTermsOf } from '../soap/wire-terms';

export interface SandboxTerms {
  readonly terms: TermsOf;
  /** How each application is spoken with. */
  readonly wireTerms: WireTermsOf;
  /** The document that they were read from, plain JSON: only terms that have one go into a file. */
  readonly written?: unknown;
}
