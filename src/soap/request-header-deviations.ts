// What a RequestSOAPHeader has otherwise than the gateways ask that read it. Decides nothing.
import { type Deviation, note } from './deviation';
import { SOAP_1_1, SOAP_1_2 } from './names';
import type { XmlElement } from './xml';

/** Fields and attributes that no gateway asks for, and what is in another namespace than its header. */
export function noteRequestHeader(header: XmlElement, deviations: Deviation[]): void {
  const { local, namespace, children } = header;
  if (namespace === '' || children.some((field) => field.namespace !== namespace)) {
    note(deviations, 'header.ns', local);
  }
  noteAttributes(header, local, deviations);
  noteFields(header, local, FIELDS, deviations);
}

/** What fields there are, and what is within them. */
interface Fields {
  readonly [name: string]: Fields;
}

const LEAF: Fields = {};

const FIELDS: Fields = {
  spId: LEAF,
  spPassword: LEAF,
  serviceId: LEAF,
  timeStamp: LEAF,
  OA: LEAF,
  FA: LEAF,
  token: LEAF,
  linkid: LEAF,
  presentid: LEAF,
  bundleID: LEAF,
  oauth_token: LEAF,
  namedParameters: { item: { key: LEAF, value: LEAF } },
};

function noteFields(
  element: XmlElement,
  path: string,
  fields: Fields,
  deviations: Deviation[],
): void {
  for (const child of element.children) {
    const where = `${path}/${child.local}`;
    const within = Object.hasOwn(fields, child.local) ? fields[child.local] : undefined;
    if (within === undefined) {
      note(deviations, 'extra.element', where);
      continue;
    }
    noteAttributes(child, where, deviations);
    noteFields(child, where, within, deviations);
  }
}

/** Those of SOAP say whom a header is for and are no part of it. */
function noteAttributes({ attributes }: XmlElement, path: string, deviations: Deviation[]): void {
  for (const { local, namespace } of attributes ?? []) {
    if (namespace === SOAP_1_1 || namespace === SOAP_1_2) continue;
    note(deviations, 'extra.attribute', `${path}/@${local}`);
  }
}
