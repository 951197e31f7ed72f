// The wire in one piece: requests to typed messages, typed messages and refusals to responses. Executes nothing.
import type { Operation } from '../wsdl/schema';
import { compileOperations, type SoapCatalogue } from './compiled';
import type { RepeatedFields } from './decode';
import { envelopeAround } from './encode';
import { type OperationFault, writeSoapFault } from './faults';
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
  writeOperationFault(
    operation: Operation,
    fault: OperationFault,
    form?: ResponseForm,
  ): SoapResponse;
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
  /** As the profile has it answered: some gateways take one version and answer in another. */
  const asAnswered = (operation: Operation, { profile }: ResponseForm) => {
    const version = profile.answerVersions[operation.version];
    return version === undefined ? undefined : compiled.inVersion(operation, version);
  };

  return {
    read: createReader(catalogue, compiled, options.assumedVersions),

    writeResponse(operation, message, form = STANDARD_FORM) {
      const { soap } = form;
      const { emptyResponse, encode } = compiled.of(operation);
      if (emptyResponse === undefined) {
        // Toolkits read an empty answer in any version, and one with parts only in their own.
        return xmlResponse(200, envelopeAround(encode(message), soap), soap);
      }
      return (asAnswered(operation, form)?.emptyResponse ?? emptyResponse)[soap];
    },

    writeOperationFault(operation, fault, form = STANDARD_FORM) {
      return (asAnswered(operation, form) ?? compiled.of(operation)).writeFault(fault, form);
    },

    writeFault(fault, soap = '1.1') {
      return fault instanceof HttpRefusal ? writeRefusal(fault) : writeSoapFault(fault, soap);
    },
  };
}

const STANDARD_FORM: ResponseForm = { soap: '1.1', profile: STANDARD };
