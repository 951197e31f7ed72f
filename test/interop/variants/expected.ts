// What every reader must find in the answer to a row.
import { operationOf } from '../../support/operations';
import type { Facts, Namespaces } from './facts';
import { common } from './parlayx';
import type { Variant } from './variant';
import { SOAP_1_1, SOAP_1_2 } from './writing';

/** The facts of the answer; the identifier of a new reservation is taken from its text. */
export function expectedFacts(variant: Variant, text: string): Facts {
  const { fault, operation } = variant;
  const { message, common: detailNamespace } = namespacesOf(variant, text);
  if (fault !== undefined) {
    if (fault.exception === undefined) return { paid: false, ...fault };
    return { paid: false, text: fault.faultstring, ...fault, detailNamespace };
  }
  const [, name = ''] = operation.split('.');
  const result = RESULTS.get(name)?.exec(text)?.[1];
  if (RESULTS.has(name) && result === undefined) throw new Error(`no result in ${text}`);
  return {
    paid: true,
    element: `${name}Response`,
    namespace: message,
    ...(result !== undefined && { result: result.replace(/<\/?\w+>/g, '|').replace(/\|+/g, '|') }),
  };
}

/** Of the answer: its version is that of the request unless the row says otherwise. */
export function namespacesOf(variant: Variant, text: string): Namespaces {
  const { operation, version, answerVersion = version } = variant;
  return {
    soap: text.includes(`"${SOAP_1_2}"`) ? SOAP_1_2 : SOAP_1_1,
    message: operationOf(operation, answerVersion).request.namespace,
    common: common(answerVersion),
  };
}

/** Of the operations that answer something: where it is. */
const RESULTS: ReadonlyMap<string, RegExp> = new Map([
  ['reserveAmount', /<ns1:result>(\d{1,30})<\/ns1:result>/],
  ['getAmount', /<ns1:result><description>(.*)<\/amount><\/ns1:result>/],
]);
