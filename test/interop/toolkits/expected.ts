// What a toolkit must make of an answer, by the schema of the operation and the ways of the toolkit.
import { expect } from '@jest/globals';
import type { ComplexType, Operation } from '../../../src/wsdl/schema';
import { FAULTS, type Fault } from '../../support/answers';
import { UNICODE } from './cases';
import type { Outcome } from './foreign-toolkit';
import type { Toolkit } from './toolkits';

/** The answer to an operation that gives nothing back. */
export const DONE: Outcome = { result: undefined };

/** The answer to valid arguments: nothing, an identifier, or the price of three messages. */
export function successOf(toolkit: Toolkit, { response }: Operation): Outcome {
  const [result] = response.type.kind === 'complex' ? response.type.elements : [];
  if (result === undefined) return DONE;
  return {
    result:
      result.type.kind === 'simple'
        ? expect.stringMatching(/^\d{1,30}$/)
        : priceOfMessages(toolkit, result.type),
  };
}

function priceOfMessages({ absent, keepsLists }: Toolkit, { elements }: ComplexType): object {
  const isList = elements.some(({ name, maxOccurs }) => name === 'description' && maxOccurs > 1);
  const description = isList && keepsLists ? [UNICODE] : UNICODE;
  return { description, currency: 'EUR', amount: '0.30', ...absent };
}

/** A fault with all that the detail says. */
export function typed([messageId, variable]: Fault): Outcome {
  const [exception, text] = FAULTS[messageId];
  return {
    fault: {
      faultcode: 'soapenv:Server',
      faultstring: text.replace('%1', variable ?? ''),
      exception,
      messageId,
      text,
      variables: variable === undefined ? [] : [variable],
    },
  };
}
