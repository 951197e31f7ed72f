// The SOAP envelope: what must be around a message before it is one. Knows no operation.
import { type Deviation, note } from './deviation';
import { isBlank, trimmed } from './lexical';
import { REQUEST_HEADERS, SOAP_1_1, WS_SECURITY } from './names';
import { SoapFault } from './rejection';
import type { XmlAttribute, XmlElement } from './xml';

export interface Envelope {
  /** The blocks of Header, in order; none when there is no Header. */
  readonly header: readonly XmlElement[];
  /** The first element of Body. */
  readonly message: XmlElement;
  /** Further elements of Body that carry an id, as multi-reference values do (SOAP 1.1 clause 5.4.1). */
  readonly independent: readonly XmlElement[];
}

/**
 * Opens a SOAP 1.1 envelope (clause 4). Throws a SoapFault: VersionMismatch for an envelope of another
 * namespace, MustUnderstand for a header block addressed here that is not understood, Client for the rest.
 */
export function openEnvelope(root: XmlElement, deviations: Deviation[]): Envelope {
  if (root.local !== 'Envelope') throw malformed('The message is not a SOAP envelope.');
  if (root.namespace !== SOAP_1_1) {
    throw new SoapFault('VersionMismatch', 'The envelope is not in the namespace of SOAP 1.1.');
  }
  noteExtras(root, deviations);

  const { header, body } = partsOf(root, deviations);
  if (header !== undefined) refuseUnknownBlocks(header.children);
  noteExtras(body, deviations);

  const [message, ...independent] = body.children;
  if (message === undefined) throw malformed('The SOAP Body is empty.');
  for (const element of independent) {
    if (!element.attributes?.some(isId))
      throw malformed('The SOAP Body holds more than one message.');
    note(deviations, 'extra.element', `Body/${element.local}`);
  }
  return { header: header?.children ?? NO_BLOCKS, message, independent };
}

const NO_BLOCKS: readonly XmlElement[] = [];

const LAYOUT = 'An envelope holds at most one Header and then one Body.';

const ACTOR_NEXT = 'http://schemas.xmlsoap.org/soap/actor/next';

/** Header, Body, then whatever an envelope may have after its Body (SOAP 1.1 clause 4.1.2). */
function partsOf(
  root: XmlElement,
  deviations: Deviation[],
): { header: XmlElement | undefined; body: XmlElement } {
  let header: XmlElement | undefined;
  let body: XmlElement | undefined;
  for (const child of root.children) {
    const name = child.namespace === SOAP_1_1 ? child.local : '';
    if (name === 'Header' && header === undefined && body === undefined) header = child;
    else if (name === 'Body' && body === undefined) body = child;
    else if (name === 'Header' || name === 'Body' || body === undefined) throw malformed(LAYOUT);
    else note(deviations, 'extra.element', `Envelope/${child.local}`);
  }
  if (body === undefined) throw malformed(LAYOUT);
  return { header, body };
}

function refuseUnknownBlocks(blocks: readonly XmlElement[]): void {
  for (const block of blocks) {
    if (isUnderstood(block) || !mustBeUnderstood(block)) continue;
    throw new SoapFault(
      'MustUnderstand',
      'A header block that must be understood is not understood.',
      `{${block.namespace}}${block.local}`,
    );
  }
}

function isUnderstood({ local, namespace }: XmlElement): boolean {
  if (local === 'Security') return namespace === WS_SECURITY;
  return local === 'RequestSOAPHeader' && REQUEST_HEADERS.has(namespace);
}

/** Only of the one it is addressed to (SOAP 1.1 clause 4.2.2); without an actor that is us. */
function mustBeUnderstood({ attributes }: XmlElement): boolean {
  const must = soapAttribute(attributes, 'mustUnderstand');
  if (must !== '1' && must !== 'true') return false;
  const actor = soapAttribute(attributes, 'actor');
  return actor === '' || actor === ACTOR_NEXT;
}

/** The value of a SOAP attribute, '' when it is not there. */
function soapAttribute(attributes: XmlElement['attributes'], local: string): string {
  const attribute = attributes?.find((each) => each.local === local && each.namespace === SOAP_1_1);
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
