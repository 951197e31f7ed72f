// The other side of the wire: what an answer says, read to the letter. For those who check answers, not for serving.
import type { ElementDeclaration, Operation } from '../wsdl/schema';
import { decodeText, fromDeclaration } from './charset';
import { compileDecoder, type Message } from './decode';
import type { Deviation } from './deviation';
import { openEnvelope } from './envelope';
import { SOAP_1_1 } from './names';
import { HttpRefusal, ShapeFault, SoapFault } from './rejection';
import { createXmlReader, type XmlElement } from './xml';

export type Answer =
  | { readonly kind: 'response'; readonly message: Message }
  | {
      readonly kind: 'fault';
      readonly faultcode: string;
      readonly faultstring: string;
      /** The element of the detail and its fields; absent for a fault of the message itself. */
      readonly detail?: { readonly exception: string; readonly fields: Message };
    };

/**
 * The response of `operation` or a fault, by the schema, with exact namespaces, order and no extras.
 * Throws Error with one sentence for anything else, the first deviation included.
 */
export function readAnswer(operation: Operation, bytes: Uint8Array): Answer {
  const deviations: Deviation[] = [];
  try {
    const root = createXmlReader()(fromDeclaration(decodeText(bytes, undefined), deviations));
    const { message } = openEnvelope(root, deviations);
    const answer =
      message.local === 'Fault' && message.namespace === SOAP_1_1
        ? readFault(operation, message, deviations)
        : readResponse(operation, message, deviations);
    const [first] = deviations;
    if (first === undefined) return answer;
    throw new Error(`The answer deviates at ${first.where} (${first.name}): ${first.rule}`);
  } catch (error) {
    if (error instanceof ShapeFault) throw new Error(`The answer is not valid: ${error.detail}.`);
    if (error instanceof SoapFault || error instanceof HttpRefusal) throw new Error(error.text);
    throw error;
  }
}

function readResponse(operation: Operation, message: XmlElement, deviations: Deviation[]): Answer {
  expectElement(message, operation.response);
  return { kind: 'response', message: compileDecoder(operation.response)(message, deviations) };
}

function readFault(operation: Operation, fault: XmlElement, deviations: Deviation[]): Answer {
  const names = fault.children.map(({ local, namespace }) => `{${namespace}}${local}`).join(' ');
  if (!/^\{\}faultcode \{\}faultstring(?: \{\}detail)?$/.test(names)) {
    throw new Error(`The fault holds ${names}.`);
  }
  const [faultcode, faultstring, detail] = fault.children;
  const head = {
    kind: 'fault',
    faultcode: faultcode?.text ?? '',
    faultstring: faultstring?.text ?? '',
  } as const;
  if (detail === undefined) return head;

  const [element] = detail.children;
  if (element === undefined || detail.children.length > 1) {
    throw new Error(`The detail of the fault holds ${detail.children.length} elements.`);
  }
  const declaration = operation.faults.get(element.local);
  if (declaration === undefined) {
    throw new Error(`${operation.key} declares no ${element.local}.`);
  }
  expectElement(element, declaration);
  const fields = compileDecoder(declaration)(element, deviations);
  return { ...head, detail: { exception: element.local, fields } };
}

function expectElement(element: XmlElement, { name, namespace }: ElementDeclaration): void {
  if (element.local === name && element.namespace === namespace) return;
  throw new Error(
    `The answer holds {${element.namespace}}${element.local}, not {${namespace}}${name}.`,
  );
}
