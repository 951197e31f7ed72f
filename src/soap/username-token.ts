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
 * `wsse:FailedAuthentication` for a password that is not the application's, stale or used before.
 */
export function checkUsernameToken(
  headers: readonly XmlElement[],
  terms: CredentialTerms,
  nonces: NonceMemory,
  now: number,
): SecurityFault | undefined {
  const [security, ...others] = headers;
  if (security === undefined || others.length > 0)
    return invalid('there are several Security headers');
  const strange = security.children.find(({ local }) => !UNDERSTOOD.has(local));
  if (strange !== undefined)
    return invalid(`Security holds ${strange.local}, which is not supported`);
  const blocks = fieldsOf(security);
  const token = blocks?.get('UsernameToken');
  if (blocks === undefined || token === undefined)
    return invalid('there is no single UsernameToken');
  const timestamp = blocks.get('Timestamp');
  const stale = timestamp && checkTimestamp(timestamp, now);
  if (stale !== undefined) return stale;

  const fields = fieldsOf(token);
  if (fields === undefined) return invalid('a field of UsernameToken is there twice');
  const type = fields.get('Password')?.attributes?.find(({ local }) => local === 'Type')?.value;
  if (type === undefined || type === `${PROFILE}PasswordText`) return checkText(fields, terms);
  if (type === `${PROFILE}PasswordDigest`) return checkDigest(fields, terms, nonces, now);
  return invalid('the Password has a Type that is not supported');
}

const UNDERSTOOD: ReadonlySet<string> = new Set(['UsernameToken', 'Timestamp']);

type Fields = ReadonlyMap<string, XmlElement>;

/** WS-Security 1.1 clause 10: Created and Expires, each at most once, and whatever else, which is not looked at. */
function checkTimestamp(timestamp: XmlElement, now: number): SecurityFault | undefined {
  const fields = fieldsOf(timestamp);
  if (fields === undefined) return invalid('a field of Timestamp is there twice');
  for (const name of ['Created', 'Expires']) {
    const field = fields.get(name);
    if (field !== undefined && Number.isNaN(instantOf(textOf(field))))
      return invalid(`${name} of Timestamp is no time`);
  }
  const expires = fields.get('Expires');
  if (expires === undefined || instantOf(textOf(expires)) >= now) return undefined;
  return failed('the Timestamp has expired');
}

function checkText(fields: Fields, { password }: CredentialTerms): SecurityFault | undefined {
  const isRight = sameSecret(textOf(fields.get('Password')), password ?? NO_PASSWORD);
  if (password === undefined) return failed('the application has no password');
  return isRight ? undefined : failed('the password is not the one of the application');
}

/** Base64(SHA-1(nonce + Created + password)), the nonce in bytes. */
function checkDigest(
  fields: Fields,
  terms: CredentialTerms,
  nonces: NonceMemory,
  now: number,
): SecurityFault | undefined {
  const { password = NO_PASSWORD, createdWindowMs } = terms;
  const [given, encoded, created] = ['Password', 'Nonce', 'Created'].map((name) =>
    textOf(fields.get(name)),
  ) as [string, string, string];
  if (encoded === '' || created === '') return invalid('a digest needs Nonce and Created');

  const nonce = Buffer.from(encoded, 'base64');
  const isRight = sameSecret(given, sha1Base64(nonce, created, password));
  const isOfText = sameSecret(given, sha1Base64(encoded, created, password));
  if (terms.password === undefined) return failed('the application has no password');
  if (isOfText)
    return failed('the digest was made from the text of the nonce instead of its bytes');
  if (!isRight) return failed('the digest is not that of nonce, Created and password');

  const at = instantOf(created);
  if (!(Math.abs(now - at) <= createdWindowMs)) return failed('Created is too far from now');
  // Whose nonce it is does not matter: two applications that draw the same one have no random numbers.
  const key = sha256(nonce).toString('base64');
  const used = nonces.use(key, at, now - createdWindowMs);
  return used === undefined ? undefined : failed(used);
}

/** By local name; undefined when there is no element, or one of its children is there twice. */
function fieldsOf(element: XmlElement | undefined): Fields | undefined {
  const fields = new Map<string, XmlElement>();
  for (const child of element?.children ?? []) {
    if (fields.has(child.local)) return undefined;
    fields.set(child.local, child);
  }
  return fields;
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
