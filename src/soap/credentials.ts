// Whether an application proves to be the one it says it is, by whichever means it chose. Decides nothing it may do.
import { isSecurity } from './envelope';
import { basicCredentials } from './identity';
import { trimmed } from './lexical';
import { type NonceJournal, NonceMemory } from './nonces';
import type { Profile } from './profiles';
import { type HeaderFault, HttpRefusal, type RejectionCause } from './rejection';
import { checkRequestHeader, isRequestHeader, missingPassword } from './request-header';
import { NO_PASSWORD, sameSecret } from './secrets';
import type { Headers } from './transport';
import { checkUsernameToken } from './username-token';
import type { CredentialTerms } from './wire-terms';
import type { XmlElement } from './xml';

/** What a request brings along: the blocks of its SOAP Header, and its HTTP headers. */
export interface Presented {
  readonly blocks: readonly XmlElement[];
  readonly headers: Headers;
  /** What answers a request that brings nothing. */
  readonly missing: Profile['missingCredentials'];
}

/**
 * Why the credentials are no good, or undefined. The answer is that of the gateway whose means were used: SVC0901 for a
 * RequestSOAPHeader, a fault of WS-Security, and 401 for HTTP Basic; for nothing at all what the profile says. Both header blocks are
 * meant for the service, so both must be good where both are there; HTTP Basic beside one is left to whatever proxy
 * asked for it.
 */
export type CredentialCheck = (
  presented: Presented,
  application: string,
  terms: CredentialTerms,
) => RejectionCause | undefined;

/** One a ledger: it remembers the nonces used there, and with a journal also after it was closed and opened again. */
export function createCredentialCheck(now: () => number, journal?: NonceJournal): CredentialCheck {
  const nonces = new NonceMemory(journal);
  return ({ blocks, headers, missing }, application, terms) => {
    const requestHeaders = blocks.filter(isRequestHeader);
    const security = blocks.filter(isSecurity);
    if (requestHeaders.length === 0 && security.length === 0)
      return checkBasic(headers.authorization, missing, terms);
    const cause =
      requestHeaders.length > 0 ? checkRequestHeader(requestHeaders, terms, now()) : undefined;
    if (cause !== undefined || security.length === 0) return cause;
    return checkUsernameToken(security, application, terms, nonces, now());
  };
}

function checkBasic(
  authorization: string | undefined,
  missing: Presented['missing'],
  { password }: CredentialTerms,
): HttpRefusal | HeaderFault | undefined {
  const given = basicCredentials(authorization);
  const isRight = sameSecret(trimmed(given?.password ?? ''), password ?? NO_PASSWORD);
  if (given !== undefined && password !== undefined && isRight) return undefined;
  if (given === undefined && missing === 'service') return missingPassword(NOTHING);
  return new HttpRefusal(
    401,
    'Send the name and the password of the application.',
    causeOf(given, password),
  );
}

const NOTHING = 'there are no credentials';

function causeOf(given: unknown, password: string | undefined): string {
  if (given === undefined) return NOTHING;
  if (password === undefined) return 'the application has no password';
  return 'the password is not the one of the application';
}
