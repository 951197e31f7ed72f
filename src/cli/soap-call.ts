// A request of an amount as an application sends it, in any version, and what its answer says. Sends nothing by itself.

import { type CallBytes, createCallWriter } from '../soap/calls';
import { decodeText } from '../soap/charset';
import { openEnvelope } from '../soap/envelope';
import { createXmlReader, type XmlElement } from '../soap/xml';
import { loadPackagedCatalogue } from '../wsdl/packaged';
import type { Operation } from '../wsdl/schema';
import { UsageError } from './exit-code';

export interface AmountRequest {
  readonly subscriber: string;
  readonly amount: string | undefined;
  readonly currency: string | undefined;
  readonly code: string | undefined;
  readonly description: string;
  /** Absent for a reservation. */
  readonly reference: string | undefined;
}

export interface SoapCall extends CallBytes {
  /** Of the service, for example `/AmountChargingService/services/AmountCharging`. */
  readonly path: string;
  /** The element that answers it. */
  readonly response: string;
}

/** `key` is `AmountCharging.chargeAmount`, `version` such as v2_1. Throws UsageError. */
export function soapCall(version: string, key: string, request: AmountRequest): SoapCall {
  const catalogue = loadPackagedCatalogue();
  const operation = catalogue.byKey(version, key);
  const service = catalogue
    .servicesOf(version)
    .find(({ interfaceName }) => interfaceName === operation?.interfaceName);
  if (operation === undefined || service === undefined) {
    throw new UsageError(`There is no version "${version}": write v4_0, v3_1, v2_1 or v2_0.`);
  }
  const write = createCallWriter({ callbacks: [operation] });
  const message = { ...messageOf(operation, request), referenceCode: request.reference };
  const written = write(version, key, message);
  return { ...written, path: service.path, response: operation.response.name };
}

/** 2.0 has an amount and a billingText in the place of a charge. */
function messageOf({ request: element, version }: Operation, request: AmountRequest): object {
  const { subscriber: endUserIdentifier, description, amount, currency, code } = request;
  const parts = element.type.kind === 'complex' ? element.type.elements : [];
  if (parts.some(({ name }) => name === 'charge')) {
    return { endUserIdentifier, charge: { description, currency, amount, code } };
  }
  if (currency === undefined && code === undefined && amount !== undefined) {
    return { endUserIdentifier, amount, billingText: description };
  }
  throw new UsageError(`A request of ${version} has an amount, and neither currency nor code.`);
}

export type SoapAnswer =
  | { readonly kind: 'response'; readonly name: string; readonly result: string | undefined }
  | { readonly kind: 'fault'; readonly code: string; readonly text: string }
  | { readonly kind: 'none' };

/** What an answer says, of whichever gateway. */
export function readAnswer(bytes: Buffer, contentType: string | undefined): SoapAnswer {
  let message: XmlElement;
  try {
    message = openEnvelope(createXmlReader()(decodeText(bytes, contentType)), []).message;
  } catch {
    return { kind: 'none' };
  }
  if (message.local !== 'Fault') {
    return { kind: 'response', name: message.local, result: textIn(message, 'result') };
  }
  // Some gateways have the code in the detail, some as the faultcode itself.
  const code = textIn(message, 'messageId') ?? textIn(message, 'faultcode', 'Value') ?? 'a fault';
  const text = textIn(message, 'faultstring', 'Text', 'text') ?? '';
  return { kind: 'fault', code: code.replace(/^[^:]*:/, ''), text };
}

/** Of the first element with one of these names, trimmed; undefined when it is empty or not there. */
function textIn(element: XmlElement, ...names: readonly string[]): string | undefined {
  if (names.includes(element.local) && element.text.trim() !== '') return element.text.trim();
  for (const child of element.children) {
    const text = textIn(child, ...names);
    if (text !== undefined) return text;
  }
  return undefined;
}
