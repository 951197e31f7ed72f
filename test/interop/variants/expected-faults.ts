// Faults that rows expect, in the forms in which they are told.
import { FAULTS, type MessageId } from '../../support/answers';
import type { ExpectedFault } from './variant';

/** A fault of an operation as the standard has it: the detail keeps its placeholder. */
export function standardFault(messageId: MessageId, variable?: string): ExpectedFault {
  const [exception, text] = FAULTS[messageId];
  return {
    faultcode: 'soapenv:Server',
    faultstring: text.replace('%1', variable ?? ''),
    exception,
    messageId,
    text,
    ...(variable !== undefined && { variables: [variable] }),
  };
}

/** The same fault as gateways with a RequestSOAPHeader tell it: its code in front, and texts filled in. */
export function gatewayFault(messageId: MessageId, variable?: string): ExpectedFault {
  const { text: _template, ...fault } = standardFault(messageId, variable);
  return { ...fault, faultcode: messageId };
}

/** A fault of a RequestSOAPHeader. */
export function headerFault(
  messageId: string,
  faultstring: string,
  ...variables: readonly string[]
): ExpectedFault {
  const fault = { faultcode: messageId, faultstring, messageId } as const;
  return {
    ...fault,
    exception: 'ServiceException',
    ...(variables.length > 0 && { variables }),
  };
}

/** A message that never reached the service: no detail. */
export function malformed(faultstring: string, code = 'soapenv:Client'): ExpectedFault {
  return { faultcode: code, faultstring };
}
