// The SOAP envelope: what must be around a message before it is one. Knows no operation.
import { type Deviation, note } from './deviation';
import { isBlank, trimmed } from './lexical';
import { SOAP_1_1, SOAP_1_2, type SoapVersion, WS_SECURITY } from './names';
import { SoapFault } from './rejection';
import { isRequestHeader } from './request-header';
import type { XmlAttribute, XmlElement } from './xml';

export interface Envelope {
  readonly soap: SoapVersion;
  /** The blocks of Header, in order; none when there is no Header. */
  readonly header: readonly XmlElement[];
  /** The first element of Body. */
  readonly message: XmlElement;
  /** Further elements of Body that carry an id, as multi-reference values do (SOAP 1.1 clause 5.4.1). */
  readonly independent: readonly XmlElement[];
}

/** The release of SOAP whose namespace an envelope is in; undefined for what is no envelope of either. */
export function soapVersionOf({ local, namespace }: XmlElement): SoapVersion | undefined {
  if (local !== 'Envelope') return undefined;
  if (namespace === SOAP_1_1) return '1.1';
  return namespace === SOAP_1_2 ? '1.2' : undefined;
}

/**
 * Opens an envelope of SOAP 1.1 (clause 4) or 1.2 (part 1, clause 5). Throws a SoapFault: VersionMismatch for an
 * envelope of another namespace, MustUnderstand for a header block addressed here that is not understood, Client
 * for the rest.
 */
export function openEnvelope(root: XmlElement, deviations: Deviation[]): Envelope {
  if (root.local !== 'Envelope') throw malformed('The message is not a SOAP envelope.');
  const soap = soapVersionOf(root);
  if (soap === undefined) {
    throw new SoapFault('VersionMismatch', 'The envelope is in no namespace of SOAP 1.1 or 1.2.');
  }
  noteExtras(root, deviations);

  const { header, body } = partsOf(root, deviations);
  if (header !== undefined) refuseUnknownBlocks(header.children, root.namespace);
  noteExtras(body, deviations);

  const [message, ...independent] = body.children;
  if (message === undefined) throw malformed('The SOAP Body is empty.');
  for (const element of independent) {
    if (!element.attributes?.some(isId))
      throw malformed('The SOAP Body holds more than one message.');
    note(deviations, 'extra.element', `Body/${element.local}`);
  }
  return { soap, header: header?.children ?? NO_BLOCKS, message, independent };
}

/** The header block of WS-Security. */
export function isSecurity({ local, namespace }: XmlElement): boolean {
  return local === 'Security' && namespace === WS_SECURITY;
}

const NO_BLOCKS: readonly XmlElement[] = [];

const LAYOUT = 'An envelope holds at most one Header and then one Body.';

/** Whom a header block can name and mean us: everyone on the way, or its end. */
const ADDRESSED_HERE: ReadonlySet<string> = new Set([
  '',
  'http://schemas.xmlsoap.org/soap/actor/next',
  'http://www.w3.org/2003/05/soap-envelope/role/next',
  'http://www.w3.org/2003/05/soap-envelope/role/ultimateReceiver',
]);

/** Header, Body, then whatever an envelope may have after its Body (SOAP 1.1 clause 4.1.2). */
function partsOf(
  root: XmlElement,
  deviations: Deviation[],
): { header: XmlElement | undefined; body: XmlElement } {
  let header: XmlElement | undefined;
  let body: XmlElement | undefined;
  for (const child of root.children) {
    const name = child.namespace === root.namespace ? child.local : '';
    if (name === 'Header' && header === undefined && body === undefined) header = child;
    else if (name === 'Body' && body === undefined) body = child;
    else if (name === 'Header' || name === 'Body' || body === undefined) throw malformed(LAYOUT);
    else note(deviations, 'extra.element', `Envelope/${child.local}`);
  }
  if (body === undefined) throw malformed(LAYOUT);
  return { header, body };
}

function refuseUnknownBlocks(blocks: readonly XmlElement[], soap: string): void {
  for (const block of blocks) {
    if (isUnderstood(block) || !mustBeUnderstood(block, soap)) continue;
    throw new SoapFault(
      'MustUnderstand',
      'A header block that must be understood is not understood.',
      `{${block.namespace}}${block.local}`,
    );
  }
}

function isUnderstood(block: XmlElement): boolean {
  return isSecurity(block) || isRequestHeader(block);
}

/** Only of the one it is addressed to (SOAP 1.1 clause 4.2.2); without an actor or role that is us. */
function mustBeUnderstood({ attributes }: XmlElement, soap: string): boolean {
  const must = soapAttribute(attributes, 'mustUnderstand', soap);
  if (must !== '1' && must !== 'true') return false;
  const addressee = soap === SOAP_1_1 ? 'actor' : 'role';
  return ADDRESSED_HERE.has(soapAttribute(attributes, addressee, soap));
}

/** The value of a SOAP attribute, '' when it is not there. */
function soapAttribute(attributes: XmlElement['attributes'], local: string, soap: string): string {
  const attribute = attributes?.find((each) => each.local === local && each.namespace === soap);
  return attribute === undefined ? '' : trimmed(attribute.value);
}

function isId({ local, namespace }: XmlAttribute): boolean {
  return local === 'id' && namespace === '';
}

function noteExtras({ local, attributes, text }: XmlElement, deviations: Deviation[]): void {
  for (const attribute of attributes ?? []) {
    note(deviations, 'extra.attribute', `${local}/@${attribute.local}`);
  }
  if (!isBlank(text)) note(deviations, 'extra.text', local);
}

function malformed(text: string): SoapFault {
  return new SoapFault('Client', text);
}
