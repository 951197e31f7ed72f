// The interface as a model: what an operation takes and gives, as compiled from the files in wsdl/.
// Knows nothing of envelopes, bytes or payments.

/** The XML Schema simple types that the Payment interfaces use. */
export type SimpleType = 'string' | 'anyURI' | 'boolean' | 'decimal' | 'int' | 'long' | 'dateTime';

/** An xsd:decimal as its lexical text, white space trimmed. Never a JavaScript number. */
export type Decimal = string & { readonly __decimal: unique symbol };

export type Type = SimpleValue | ComplexType;

export interface SimpleValue {
  readonly kind: 'simple';
  readonly base: SimpleType;
  /** The permitted values of an enumeration, in schema order; absent when unrestricted. */
  readonly values?: readonly string[];
}

/** A sequence of elements. The standard's schemas use no other content model. */
export interface ComplexType {
  readonly kind: 'complex';
  readonly name: string;
  readonly namespace: string;
  readonly elements: readonly ElementDeclaration[];
}

export interface ElementDeclaration {
  readonly name: string;
  /** The namespace of the element in an instance; '' when unqualified. */
  readonly namespace: string;
  readonly type: Type;
  readonly minOccurs: number;
  /** Infinity for unbounded. */
  readonly maxOccurs: number;
}

export interface Operation {
  /** `Interface.operation`, for example `AmountCharging.chargeAmount`: unique within a version. */
  readonly key: string;
  readonly name: string;
  readonly interfaceName: string;
  /** The version token of the release, for example `v4_0`. */
  readonly version: string;
  readonly request: ElementDeclaration;
  readonly response: ElementDeclaration;
  /** The fault detail elements by type name: ServiceException, PolicyException. */
  readonly faults: ReadonlyMap<string, ElementDeclaration>;
}

export interface Service {
  readonly name: string;
  readonly port: string;
  readonly interfaceName: string;
  readonly version: string;
  /** Path of soap:address, for example `/AmountChargingService/services/AmountCharging`. */
  readonly path: string;
  /** File name of the service WSDL, for example `parlayx_payment_amount_charging_service_4_0.wsdl`. */
  readonly file: string;
}

/** The interfaces of one or several versions, compiled, with the lookups that dispatch needs. */
export interface Catalogue {
  /** One a port, by file name within a version. */
  readonly services: readonly Service[];
  /** By file name within a version, in a file as its portType lists them. */
  readonly operations: readonly Operation[];
  /** Operations that applications offer and the emulator calls: nobody finds them by the lookups below. */
  readonly callbacks: readonly Operation[];
  /** Every file of the interfaces, name to text, as it is to be served. */
  readonly documents: ReadonlyMap<string, string>;
  /** The operation with this request element: at most one over all versions. */
  byElement(namespace: string, localName: string): Operation | undefined;
  /** The operations of all versions and interfaces whose request element has this local name. */
  byLocalName(localName: string): readonly Operation[];
  /** The services of one version; the others are not looked at. */
  servicesOf(version: string): readonly Service[];
  /** The operation `Interface.operation` of a version such as `v4_0`. */
  byKey(version: string, key: string): Operation | undefined;
}
