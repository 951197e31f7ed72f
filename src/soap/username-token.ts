// The password in a WS-Security UsernameToken (OASIS Username Token Profile 1.1): as text, or as a digest that is good once.
import { trimmed } from './lexical';
import type { NonceMemory } from './nonces';
import { SecurityFault } from './rejection';
import { NO_PASSWORD, sameSecret, sha1Base64, sha256 } from './secrets';
import type { CredentialTerms } from './wire-terms';
import type { XmlElement } from './xml';

const PROFILE =
  'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-username-token-profile-1.0#';

/**
 * `wsse:InvalidSecurity` for a header that is not a single UsernameToken, with a readable Timestamp or without, and
 * `wsse:FailedAuthentication` for a password that is not the application's, stale or used before. The password is
 * looked at whatever else is wrong, so that the time taken does not tell.
 */
export function checkUsernameToken(
  headers: readonly XmlElement[],
  application: string,
  terms: CredentialTerms,
  nonces: NonceMemory,
  now: number,
): SecurityFault | undefined {
  const [security, ...others] = headers;
  const blocks = fieldsOf(security);
  const { fields, hasDoubles } = fieldsOf(blocks.fields.get('UsernameToken'));
  const type = fields.get('Password')?.attributes?.find(({ local }) => local === 'Type')?.value;
  const isDigest = type === `${PROFILE}PasswordDigest`;
  const cause = isDigest ? digestCause(fields, terms) : textCause(fields, terms);

  if (others.length > 0) return invalid('there are several Security headers');
  const strange = security?.children.find(({ local }) => !UNDERSTOOD.has(local));
  if (strange !== undefined)
    return invalid(`Security holds ${strange.local}, which is not supported`);
  if (blocks.hasDoubles || !blocks.fields.has('UsernameToken'))
    return invalid('there is no single UsernameToken');
  if (hasDoubles) return invalid('a field of UsernameToken is there twice');
  if (!isDigest && type !== undefined && type !== `${PROFILE}PasswordText`)
    return invalid('the Password has a Type that is not supported');
  const timestamp = blocks.fields.get('Timestamp');
  const stale = timestamp && checkTimestamp(timestamp, now);
  if (stale !== undefined) return stale;

  if (isDigest && (textOf(fields.get('Nonce')) === '' || textOf(fields.get('Created')) === ''))
    return invalid('a digest needs Nonce and Created');
  if (cause !== undefined) return failed(cause);
  const user = textOf(fields.get('Username'));
  if (user !== application) return failed('the Username is not the application of the request');
  return isDigest ? checkNonce(fields, application, terms, nonces, now) : undefined;
}

const UNDERSTOOD: ReadonlySet<string> = new Set(['UsernameToken', 'Timestamp']);

interface Fields {
  /** By local name; the first of each. */
  readonly fields: ReadonlyMap<string, XmlElement>;
  readonly hasDoubles: boolean;
}

/** WS-Security 1.1 clause 10: Created and Expires, each at most once, and whatever else, which is not looked at. */
function checkTimestamp(timestamp: XmlElement, now: number): SecurityFault | undefined {
  const { fields, hasDoubles } = fieldsOf(timestamp);
  if (hasDoubles) return invalid('a field of Timestamp is there twice');
  for (const name of ['Created', 'Expires']) {
    const field = fields.get(name);
    if (field !== undefined && Number.isNaN(instantOf(textOf(field))))
      return invalid(`${name} of Timestamp is no time`);
  }
  const expires = fields.get('Expires');
  if (expires === undefined || instantOf(textOf(expires)) >= now) return undefined;
  return failed('the Timestamp has expired');
}

function textCause(fields: Fields['fields'], { password }: CredentialTerms): string | undefined {
  const isRight = sameSecret(textOf(fields.get('Password')), password ?? NO_PASSWORD);
  if (password === undefined) return 'the application has no password';
  return isRight ? undefined : 'the password is not the one of the application';
}

/** Base64(SHA-1(nonce + Created + password)), the nonce in bytes. */
function digestCause(fields: Fields['fields'], terms: CredentialTerms): string | undefined {
  const { password = NO_PASSWORD } = terms;
  const given = textOf(fields.get('Password'));
  const encoded = textOf(fields.get('Nonce'));
  const created = textOf(fields.get('Created'));
  const isRight = sameSecret(given, sha1Base64(bytesOf(encoded), created, password));
  const isOfText = sameSecret(given, sha1Base64(encoded, created, password));
  if (terms.password === undefined) return 'the application has no password';
  if (isOfText) return 'the digest was made from the text of the nonce instead of its bytes';
  return isRight ? undefined : 'the digest is not that of nonce, Created and password';
}

/** Last, so that only a message that is good otherwise uses its nonce up. */
function checkNonce(
  fields: Fields['fields'],
  application: string,
  { createdWindowMs }: CredentialTerms,
  nonces: NonceMemory,
  now: number,
): SecurityFault | undefined {
  const at = instantOf(textOf(fields.get('Created')));
  if (!(Math.abs(now - at) <= createdWindowMs)) return failed('Created is too far from now');
  const key = sha256(bytesOf(textOf(fields.get('Nonce')))).toString('base64');
  const used = nonces.use(application, key, at, now - createdWindowMs);
  return used === undefined ? undefined : failed(used);
}

function fieldsOf(element: XmlElement | undefined): Fields {
  const fields = new Map<string, XmlElement>();
  let hasDoubles = false;
  for (const child of element?.children ?? []) {
    if (fields.has(child.local)) hasDoubles = true;
    else fields.set(child.local, child);
  }
  return { fields, hasDoubles };
}

function bytesOf(encoded: string): Buffer {
  return Buffer.from(encoded, 'base64');
}

function textOf(element: XmlElement | undefined): string {
  return element === undefined ? '' : trimmed(element.text);
}

const DATE_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(Z|[+-]\d\d:\d\d)?$/;

/** An xsd:dateTime, in UTC when it names no zone; NaN for anything else. */
function instantOf(text: string): number {
  const match = DATE_TIME.exec(text);
  if (match === null) return Number.NaN;
  return Date.parse(match[1] === undefined ? `${text}Z` : text);
}

function invalid(detail: string): SecurityFault {
  const text = 'An error was discovered processing the Security header.';
  return new SecurityFault('InvalidSecurity', text, detail);
}

function failed(detail: string): SecurityFault {
  const text = 'The security token could not be authenticated or authorized.';
  return new SecurityFault('FailedAuthentication', text, detail);
}
