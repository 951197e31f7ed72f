// The terms on which an application is spoken with: how strictly, in which dialect, after which credentials.
import type { Profile } from './profiles';

export interface WireTerms {
  /** Whether the first deviation of a request is a fault. */
  readonly strict: boolean;
  /** undefined: as the headers of each request suggest. */
  readonly profile: Profile | undefined;
  /** What a request must prove before anything is done; undefined: nothing. */
  readonly credentials: CredentialTerms | undefined;
}

export interface CredentialTerms {
  /** undefined: there is none, so nothing the application presents is good. */
  readonly password: string | undefined;
  /** How far the timeStamp of a RequestSOAPHeader may be from now, in milliseconds; undefined: not looked at. */
  readonly timeStampWindowMs: number | undefined;
  /** How far the Created of a password digest may be from now, in milliseconds. */
  readonly createdWindowMs: number;
}

/** The terms of each application by its name. */
export type WireTermsOf = (application: string) => WireTerms;

const LENIENT: WireTerms = { strict: false, profile: undefined, credentials: undefined };

export const LENIENT_TO_ALL: WireTermsOf = () => LENIENT;
