// Which application is asking, as the request itself says. Verifies nothing.
import { isUtf8 } from 'node:buffer';
import { SOAP_LIMITS } from '../limits';
import { type Deviation, note } from './deviation';
import { isSecurity } from './envelope';
import { trimmed } from './lexical';
import { SoapFault } from './rejection';
import { isRequestHeader } from './request-header';
import { noteRequestHeader } from './request-header-deviations';
import type { Headers } from './transport';
import type { XmlElement } from './xml';

/**
 * The spId of a RequestSOAPHeader, else the Username of a WS-Security UsernameToken, else the user of HTTP
 * Basic, else `anonymous`. Throws a SoapFault `Client` for a name that is over-long or has control characters.
 */
export function applicationOf(
  blocks: readonly XmlElement[],
  headers: Headers,
  deviations: Deviation[],
): string {
  const name = inHeader(blocks, deviations) ?? basicCredentials(headers.authorization)?.user;
  if (name === undefined) return 'anonymous';
  if (name.length <= SOAP_LIMITS.applicationCharacters && !hasControlCharacter(name)) return name;
  throw new SoapFault(
    'Client',
    `The name of the application has more than ${SOAP_LIMITS.applicationCharacters} characters or control characters.`,
  );
}

function inHeader(blocks: readonly XmlElement[], deviations: Deviation[]): string | undefined {
  if (blocks.length === 0) return undefined;
  const [first, second] = [spId(blocks, deviations), username(blocks)];
  if (first === undefined || second === undefined) return first ?? second;
  if (first !== second) note(deviations, 'application', 'UsernameToken/Username');
  return first;
}

/** The header is read as a bag of fields by local name: clients qualify some, all or none of them. */
function spId(blocks: readonly XmlElement[], deviations: Deviation[]): string | undefined {
  for (const block of blocks) {
    if (!isRequestHeader(block)) continue;
    noteRequestHeader(block, deviations);
    const name = textOf(childNamed(block, 'spId'));
    if (name !== undefined) return name;
  }
  return undefined;
}

function username(blocks: readonly XmlElement[]): string | undefined {
  for (const block of blocks) {
    if (!isSecurity(block)) continue;
    const token = childNamed(block, 'UsernameToken');
    const name = token && textOf(childNamed(token, 'Username'));
    if (name !== undefined) return name;
  }
  return undefined;
}

/** User and password of HTTP Basic (RFC 7617); undefined without a user. */
export function basicCredentials(
  authorization: string | undefined,
): { readonly user: string; readonly password: string } | undefined {
  const encoded = authorization && /^basic +([a-z0-9+/_-]+=*) *$/i.exec(authorization)?.[1];
  if (!encoded) return undefined;
  const bytes = Buffer.from(encoded, 'base64');
  // Older clients write ISO-8859-1; replacement characters would make two users one.
  const [user = '', ...password] = bytes.toString(isUtf8(bytes) ? 'utf8' : 'latin1').split(':');
  return user === '' ? undefined : { user, password: password.join(':') };
}

function childNamed(element: XmlElement, local: string): XmlElement | undefined {
  return element.children.find((child) => child.local === local);
}

function textOf(element: XmlElement | undefined): string | undefined {
  return (element && trimmed(element.text)) || undefined;
}

/** Of ASCII and of ISO 8859: they would disfigure logs and keys. */
function hasControlCharacter(text: string): boolean {
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code < 0x20 || (code >= 0x7f && code < 0xa0)) return true;
  }
  return false;
}
