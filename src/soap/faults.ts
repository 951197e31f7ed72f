// Refusals on the wire: SOAP faults, with the typed detail of the standard or without any. Chooses no code.
import type { Operation } from '../wsdl/schema';
import { compileEncoder, type Encoder, envelopeAround, escapeText } from './encode';
import { type SoapVersion, WS_SECURITY } from './names';
import type { FaultForm } from './profiles';
import { SecurityFault, type SoapFault } from './rejection';
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

/** How an answer is to be written: in which release of SOAP and in which form. A Reading says both. */
export interface AnswerForm {
  readonly soap: SoapVersion;
  readonly profile: FaultForm;
}

export type OperationFaultWriter = (fault: OperationFault, form: AnswerForm) => SoapResponse;

/** Compiles the faults of an operation; writing one that it does not declare throws. */
export function compileFaultWriter(operation: Operation): OperationFaultWriter {
  const details = new Map<string, Encoder>();
  for (const [name, declaration] of operation.faults)
    details.set(name, compileEncoder(declaration));

  return ({ exception, messageId, variables, ...fault }, { soap, profile }) => {
    const encode = details.get(exception);
    if (encode === undefined) throw new Error(`${operation.key} declares no ${exception}.`);
    const template = profile.texts[messageId] ?? fault.text;
    const told = substituted(template, variables);
    const text = profile.detail === 'placeholders' ? template : told;
    return faultResponse(soap, {
      code: profile.faultcode === 'code' ? messageId : 'soapenv:Server',
      text:
        profile.faultstring === 'text' ? told : `Error Code: ${messageId} Error Message: ${told}`,
      detail: profile.detail === 'none' ? undefined : encode({ messageId, text, variables }),
    });
  };
}

/** A fault of the message itself: without detail, as SOAP 1.1 clause 4.4 demands. */
export function writeSoapFault(fault: SoapFault | SecurityFault, soap: SoapVersion): SoapResponse {
  const prefix = fault instanceof SecurityFault ? 'wsse' : 'soapenv';
  return faultResponse(soap, {
    code: `${prefix}:${fault.code}`,
    text: fault.text,
    detail: undefined,
  });
}

/** The text with every placeholder that has a value replaced by it; what a value holds is not looked at. */
function substituted(text: string, variables: readonly string[]): string {
  return text.replace(/%([1-9])/g, (placeholder, digit: string) => {
    return variables[Number(digit) - 1] ?? placeholder;
  });
}

interface FaultContent {
  readonly code: string;
  readonly text: string;
  /** The element in the detail, written; undefined when there is no detail. */
  readonly detail: string | undefined;
}

/** Always HTTP 500: clients of the field take any 200 for success. */
function faultResponse(soap: SoapVersion, { code, text, detail }: FaultContent): SoapResponse {
  // Readers that guess types would make a number of a text that looks like one.
  const told = escapeText(/^[\d.+-]*$/.test(text) ? `Fault ${text}` : text);
  const declaration = code.startsWith('wsse:') ? ` xmlns:wsse="${WS_SECURITY}"` : '';
  const content =
    soap === '1.1' ? content11(escapeText(code), told, detail) : content12(code, told, detail);
  const fault = `<soapenv:Fault${declaration}>${content}</soapenv:Fault>`;
  return xmlResponse(500, envelopeAround(fault, soap), soap);
}

/** SOAP 1.1 clause 4.4: children in no namespace. */
function content11(code: string, text: string, detail: string | undefined): string {
  const detailElement = detail === undefined ? '' : `<detail>${detail}</detail>`;
  return `<faultcode>${code}</faultcode><faultstring>${text}</faultstring>${detailElement}`;
}

/** SOAP 1.2 part 1 clause 5.4: the code is one of five, a code of another kind stands below it. */
function content12(code: string, text: string, detail: string | undefined): string {
  const value = CODES_1_2.get(code);
  const other = code.startsWith('wsse:') ? 'soapenv:Sender' : 'soapenv:Receiver';
  const subcode =
    value === undefined
      ? `<soapenv:Subcode><soapenv:Value>${escapeText(code)}</soapenv:Value></soapenv:Subcode>`
      : '';
  const detailElement = detail === undefined ? '' : `<soapenv:Detail>${detail}</soapenv:Detail>`;
  return (
    `<soapenv:Code><soapenv:Value>${value ?? other}</soapenv:Value>${subcode}</soapenv:Code>` +
    `<soapenv:Reason><soapenv:Text xml:lang="en">${text}</soapenv:Text></soapenv:Reason>${detailElement}`
  );
}

const CODES_1_2: ReadonlyMap<string, string> = new Map([
  ['soapenv:Client', 'soapenv:Sender'],
  ['soapenv:Server', 'soapenv:Receiver'],
  ['soapenv:MustUnderstand', 'soapenv:MustUnderstand'],
  ['soapenv:VersionMismatch', 'soapenv:VersionMismatch'],
]);
