// The wire in one piece: requests to typed messages, typed messages and refusals to responses. Executes nothing.
import type { Operation } from '../wsdl/schema';
import { compileOperations, type SoapCatalogue } from './compiled';
import type { RepeatedFields } from './decode';
import { envelopeAround } from './encode';
import { type AnswerForm, type OperationFault, writeSoapFault } from './faults';
import type { SoapVersion } from './names';
import { type Profile, STANDARD } from './profiles';
import { createReader, type Reader } from './reading';
import { HttpRefusal, type SecurityFault, type SoapFault } from './rejection';
import { type SoapResponse, writeRefusal, xmlResponse } from './transport';

/** How an answer is to be written; a Reading or a Rejection says so. */
export interface ResponseForm {
  readonly soap: SoapVersion;
  readonly profile: Profile;
}

export interface Codec {
  readonly read: Reader;
  /** HTTP 200. Throws TypeError when the message lacks what the response requires. */
  writeResponse(operation: Operation, message: object, form?: ResponseForm): SoapResponse;
  /** HTTP 500 with a ServiceException or PolicyException of the operation's version. */
  writeOperationFault(operation: Operation, fault: OperationFault, form?: AnswerForm): SoapResponse;
  /** HTTP 500 without detail for a fault of the message, the status of an HttpRefusal. */
  writeFault(fault: SoapFault | SecurityFault | HttpRefusal, soap?: SoapVersion): SoapResponse;
}

/** What is told of messages that go beyond their schema. */
export interface CodecOptions {
  /** Versions to read a message in whose namespace tells none, the likeliest first. */
  readonly assumedVersions?: readonly string[];
  readonly repeatedFields?: RepeatedFields;
}

/** Compiles every operation of the catalogue; throws when one cannot be. */
export function createCodec(catalogue: SoapCatalogue, options: CodecOptions = {}): Codec {
  const compiled = compileOperations(catalogue, options.repeatedFields);

  return {
    read: createReader(catalogue, compiled, options.assumedVersions),

    writeResponse(operation, message, { soap, profile } = STANDARD_FORM) {
      const { emptyResponse, encode } = compiled.of(operation);
      const version = profile.answerVersions[operation.version];
      if (emptyResponse !== undefined && version !== undefined) {
        const other = compiled.inVersion(operation, version)?.emptyResponse;
        if (other !== undefined) return other[soap];
      }
      return emptyResponse?.[soap] ?? xmlResponse(200, envelopeAround(encode(message), soap), soap);
    },

    writeOperationFault(operation, fault, form = STANDARD_FORM) {
      return compiled.of(operation).writeFault(fault, form);
    },

    writeFault(fault, soap = '1.1') {
      return fault instanceof HttpRefusal ? writeRefusal(fault) : writeSoapFault(fault, soap);
    },
  };
}

const STANDARD_FORM: ResponseForm = { soap: '1.1', profile: STANDARD };
