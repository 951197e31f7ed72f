// Refusals on the wire: SOAP faults, with the typed detail of the standard or without any. Chooses no code.
import type { Operation } from '../wsdl/schema';
import { compileEncoder, type Encoder, envelopeAround, escapeText } from './encode';
import type { SoapFault } from './rejection';
import { type SoapResponse, xmlResponse } from './transport';

/** A ServiceException or PolicyException as TS 29.199-1 defines them. */
export interface OperationFault {
  readonly exception: 'ServiceException' | 'PolicyException';
  /** For example `SVC0002`. */
  readonly messageId: string;
  /** With its placeholders %1, %2. */
  readonly text: string;
  /** The value of each placeholder, in order. */
  readonly variables: readonly string[];
}

/** How an operation's fault looks: what gateways do differently is here and nowhere else. */
export type FaultForm = (fault: OperationFault) => {
  readonly faultcode: string;
  readonly faultstring: string;
  /** The text element of the detail. */
  readonly text: string;
};

/** As the standard has it: the code stands in the detail alone, and so does the text with its placeholders. */
export const STANDARD_FAULT_FORM: FaultForm = (fault) => ({
  faultcode: 'soapenv:Server',
  faultstring: substituted(fault.text, fault.variables),
  text: fault.text,
});

export type OperationFaultWriter = (fault: OperationFault, form: FaultForm) => SoapResponse;

/** Compiles the faults of an operation; writing one that it does not declare throws. */
export function compileFaultWriter(operation: Operation): OperationFaultWriter {
  const details = new Map<string, Encoder>();
  for (const [name, declaration] of operation.faults)
    details.set(name, compileEncoder(declaration));

  return (fault, form) => {
    const { exception, messageId, variables } = fault;
    const detail = details.get(exception);
    if (detail === undefined) throw new Error(`${operation.key} declares no ${exception}.`);
    const { faultcode, faultstring, text } = form(fault);
    return faultResponse(faultcode, faultstring, detail({ messageId, text, variables }));
  };
}

/** A fault of the message itself: without detail, as SOAP 1.1 clause 4.4 demands. */
export function writeSoapFault(fault: SoapFault): SoapResponse {
  return faultResponse(`soapenv:${fault.code}`, fault.text);
}

/** The text with every placeholder that has a value replaced by it; what a value holds is not looked at. */
function substituted(text: string, variables: readonly string[]): string {
  return text.replace(/%([1-9])/g, (placeholder, digit: string) => {
    return variables[Number(digit) - 1] ?? placeholder;
  });
}

/** Always HTTP 500: clients of the field take any 200 for success. */
function faultResponse(faultcode: string, faultstring: string, detail?: string): SoapResponse {
  // Readers that guess types would make a number of a text that looks like one.
  const text = /^[\d.+-]*$/.test(faultstring) ? `Fault ${faultstring}` : faultstring;
  const detailElement = detail === undefined ? '' : `<detail>${detail}</detail>`;
  const fault =
    `<soapenv:Fault><faultcode>${escapeText(faultcode)}</faultcode>` +
    `<faultstring>${escapeText(text)}</faultstring>${detailElement}</soapenv:Fault>`;
  return xmlResponse(500, envelopeAround(fault));
}
