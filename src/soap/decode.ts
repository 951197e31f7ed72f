// Elements to typed messages, by the schema and leniently in shape. Knows no operation and judges no value's meaning.
import type { ComplexType, ElementDeclaration, SimpleValue } from '../wsdl/schema';
import { type Deviation, type DeviationName, note } from './deviation';
import { isBlank, type SimpleForm, trimmed, VALUE_OF } from './lexical';
import { XSI } from './names';
import { ShapeFault } from './rejection';
import type { XmlElement } from './xml';

export type Value = SimpleForm | Message | readonly Value[];

/**
 * The parts of a message, or the fields of a type, by name in schema order. What may occur more than once is
 * always an array; what is optional and absent is no property. xsd:long is a bigint, xsd:decimal a Decimal.
 */
export interface Message {
  readonly [name: string]: Value;
}

/** Throws ShapeFault for the first part at fault in schema order; appends what it put up with to `deviations`. */
export type Decoder = (element: XmlElement, deviations: Deviation[]) => Message;

/**
 * Fields, as `Type/field`, that the schema has once and clients repeat: read as an array then, with this deviation,
 * and as a single value when they are there once.
 */
export type RepeatedFields = ReadonlyMap<string, DeviationName>;

const NONE_REPEATED: RepeatedFields = new Map();

/** Compiles the element of a request, a response or a fault detail. Throws when its type is not complex. */
export function compileDecoder(
  declaration: ElementDeclaration,
  repeated: RepeatedFields = NONE_REPEATED,
): Decoder {
  const { name, type } = declaration;
  if (type.kind !== 'complex') throw new Error(`The element ${name} has no complex type.`);
  const fields = compileFields(type, { path: name }, repeated);
  return (element, deviations) => {
    readAttributes(element, name, deviations);
    return fields(element, deviations);
  };
}

type Slot = XmlElement | XmlElement[] | undefined;

interface Field {
  /** Its place in the sequence. */
  readonly index: number;
  readonly name: string;
  readonly namespace: string;
  readonly path: string;
  /** The value of all occurrences; undefined when the field is absent. */
  readonly read: (slot: Slot, deviations: Deviation[]) => Value | undefined;
}

/** The value of one occurrence; undefined when it is empty or nil. */
type Reader = (element: XmlElement, deviations: Deviation[]) => Value | undefined;

/** Where a declaration stands: `chargeAmount/charge/amount`, within the part `charge`. */
interface Place {
  readonly path: string;
  readonly part: string;
  /** True for a message part, false for a field below one. */
  readonly top: boolean;
}

function compileFields(
  type: ComplexType,
  { path, part }: { readonly path: string; readonly part?: string },
  repeated: RepeatedFields,
): Decoder {
  const fields = type.elements.map((element, index) => {
    const place = {
      path: `${path}/${element.name}`,
      part: part ?? element.name,
      top: part === undefined,
    };
    const ifRepeated = repeated.get(`${type.name}/${element.name}`);
    return compileField(element, index, place, ifRepeated, repeated);
  });
  const gather = compileGather(fields, path, part === undefined ? 'part.ns' : 'type.ns');

  return (element, deviations) => {
    const slots = gather(element, deviations);
    const message: Record<string, Value> = {};
    for (const field of fields) {
      const value = field.read(slots[field.index], deviations);
      if (value !== undefined) message[field.name] = value;
    }
    return message;
  };
}

/** Sorts the children of an element into the fields they are, by local name and in whatever order they come. */
function compileGather(
  fields: readonly Field[],
  path: string,
  wrongNamespace: DeviationName,
): (element: XmlElement, deviations: Deviation[]) => Slot[] {
  const byName = new Map(fields.map((field) => [field.name, field]));

  return (element, deviations) => {
    const slots = new Array<Slot>(fields.length);
    let last = 0;
    let ordered = true;
    for (const child of element.children) {
      let field = byName.get(child.local);
      if (field === undefined) {
        field = byName.get(lowerFirst(child.local));
        note(deviations, field === undefined ? 'extra.element' : 'case', `${path}/${child.local}`);
        if (field === undefined) continue;
      }
      if (child.namespace !== field.namespace) note(deviations, wrongNamespace, field.path);
      if (field.index < last) ordered = false;
      last = field.index;
      slots[last] = withOccurrence(slots[last], child);
    }
    if (!ordered) note(deviations, 'order', path);
    if (!isBlank(element.text)) note(deviations, 'extra.text', path);
    return slots;
  };
}

function compileField(
  element: ElementDeclaration,
  index: number,
  place: Place,
  ifRepeated: DeviationName | undefined,
  repeated: RepeatedFields,
): Field {
  const read =
    element.type.kind === 'simple'
      ? compileSimple(element.type, place, element.minOccurs > 0)
      : compileComplex(element.type, place, repeated);
  return {
    index,
    name: element.name,
    namespace: element.namespace,
    path: place.path,
    read: compileOccurrences(element, place, read, ifRepeated),
  };
}

function compileOccurrences(
  element: ElementDeclaration,
  place: Place,
  read: Reader,
  ifRepeated: DeviationName | undefined,
): Field['read'] {
  if (element.maxOccurs > 1) return several(element, place, read);
  const once = single(element, place, read);
  if (ifRepeated === undefined) return once;

  const list = several({ ...element, maxOccurs: Number.POSITIVE_INFINITY }, place, read);
  return (slot, deviations) => {
    if (!Array.isArray(slot)) return once(slot, deviations);
    note(deviations, ifRepeated, place.path);
    return list(slot, deviations);
  };
}

function single(element: ElementDeclaration, place: Place, read: Reader): Field['read'] {
  const required = element.minOccurs > 0;
  return (slot, deviations) => {
    if (slot === undefined) {
      if (required) throw fault(place, 'is missing');
      return undefined;
    }
    if (Array.isArray(slot)) throw fault(place, `is there ${slot.length} times`);
    const value = read(slot, deviations);
    if (value !== undefined) return value;
    if (required) throw fault(place, 'is empty');
    // Below a part the standard makes no difference between an empty field and none (amount, code).
    if (place.top) note(deviations, 'empty', place.path);
    return undefined;
  };
}

function several(element: ElementDeclaration, place: Place, read: Reader): Field['read'] {
  const { minOccurs, maxOccurs } = element;
  return (slot, deviations) => {
    const occurrences = slot === undefined ? [] : Array.isArray(slot) ? slot : [slot];
    const values: Value[] = [];
    for (const occurrence of occurrences) {
      const value = read(occurrence, deviations);
      if (value !== undefined) values.push(value);
      else if (place.top && minOccurs > 0) throw fault(place, 'is empty');
      else note(deviations, 'empty', place.path);
    }
    if (values.length < minOccurs) throw fault(place, 'is missing');
    if (values.length > maxOccurs) throw fault(place, `is there ${values.length} times`);
    return values;
  };
}

function compileSimple(type: SimpleValue, place: Place, required: boolean): Reader {
  const { base, values } = type;
  const parse = VALUE_OF[base];
  const permitted = values === undefined ? undefined : new Set(values);
  // Only a message part must say something; a required text below it may be the empty string.
  const mayBeEmpty = base === 'string' && permitted === undefined && required && !place.top;

  return (element, deviations) => {
    const isNil = readAttributes(element, place.path, deviations);
    if (element.children.length > 0) throw fault(place, 'holds elements instead of a value');
    const text = trimmed(element.text);
    if (isNil) return absent(text === '', place);
    if (base === 'string' && text.length < element.text.length) {
      note(deviations, 'trim', place.path);
    }
    if (text === '') {
      refuseReference(element, place);
      return mayBeEmpty ? '' : undefined;
    }
    const value = parse(text);
    if (value === undefined) throw fault(place, `is no xsd:${base}: ${quoted(text)}`);
    if (permitted !== undefined && !permitted.has(text)) {
      throw fault(place, `is none of its permitted values: ${quoted(text)}`);
    }
    return value;
  };
}

function compileComplex(type: ComplexType, place: Place, repeated: RepeatedFields): Reader {
  const fields = compileFields(type, place, repeated);
  return (element, deviations) => {
    const isNil = readAttributes(element, place.path, deviations);
    const isEmpty = element.children.length === 0 && isBlank(element.text);
    if (isNil) return absent(isEmpty, place);
    if (!isEmpty) return fields(element, deviations);
    refuseReference(element, place);
    return undefined;
  };
}

/** Whether the element says xsi:nil. No attribute ever changes a type. */
function readAttributes(element: XmlElement, path: string, deviations: Deviation[]): boolean {
  if (element.attributes === undefined) return false;
  let nil = false;
  for (const { local, namespace, value } of element.attributes) {
    if (local === 'nil' && namespace === XSI) nil = VALUE_OF.boolean(trimmed(value)) === true;
    else note(deviations, 'extra.attribute', `${path}/@${local}`);
  }
  return nil;
}

/**
 * Of what is empty: a value that stands elsewhere is not absent, and may be money. `href` in SOAP 1.1 (clause 5.4.1), `ref` in
 * SOAP 1.2 (part 2 clause 3.1.5.2), whatever namespace a client gives them.
 */
function refuseReference({ attributes }: XmlElement, place: Place): void {
  const reference = attributes?.find(({ local }) => local === 'href' || local === 'ref');
  if (reference !== undefined) throw fault(place, `is given by reference (${reference.local})`);
}

/** A value that is said not to be there and is there all the same must not be dropped: it may be money. */
function absent(isEmpty: boolean, place: Place): undefined {
  if (!isEmpty) throw fault(place, 'is nil and has a value');
  return undefined;
}

function withOccurrence(slot: Slot, element: XmlElement): Slot {
  if (slot === undefined) return element;
  if (!Array.isArray(slot)) return [slot, element];
  slot.push(element);
  return slot;
}

/** The standard's tables print some names with an upper-case first letter, and clients copy them. */
function lowerFirst(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}

function fault(place: Place, problem: string): ShapeFault {
  return new ShapeFault(place.part, `${place.path} ${problem}`);
}

const QUOTED_CHARACTERS = 40;

function quoted(text: string): string {
  const start = text.length > QUOTED_CHARACTERS ? `${text.slice(0, QUOTED_CHARACTERS)}…` : text;
  return JSON.stringify(start);
}
