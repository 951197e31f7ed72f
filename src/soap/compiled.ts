// Every operation of a catalogue, compiled: how its messages are read and written. Knows no envelope but the empty answer.
import type { Catalogue, Operation } from '../wsdl/schema';
import { compileDecoder, type Decoder, type RepeatedFields } from './decode';
import type { OperationCatalogue } from './dispatch';
import { compileEncoder, type Encoder, envelopeAround } from './encode';
import { compileFaultWriter, type OperationFaultWriter } from './faults';
import type { SoapVersion } from './names';
import { type SoapResponse, xmlResponse } from './transport';

/** What the codec needs of a catalogue. */
export type SoapCatalogue = OperationCatalogue & Pick<Catalogue, 'services'>;

export interface CompiledOperation {
  readonly decode: Decoder;
  readonly encode: Encoder;
  /** Written once when the response has no parts, as nearly all have none. */
  readonly emptyResponse: Readonly<Record<SoapVersion, SoapResponse>> | undefined;
  /** Where the operation's service is. */
  readonly paths: ReadonlySet<string>;
  readonly writeFault: OperationFaultWriter;
}

export interface CompiledOperations {
  /** Throws for an operation of another catalogue. */
  of(operation: Operation): CompiledOperation;
  /** The operation of the same key in another version, when there is one. */
  inVersion(operation: Operation, version: string): CompiledOperation | undefined;
}

/** Throws when an operation cannot be compiled. */
export function compileOperations(
  catalogue: SoapCatalogue,
  repeatedFields: RepeatedFields | undefined,
): CompiledOperations {
  const { operations } = catalogue;
  const compiled = new Map(
    operations.map((each) => [
      each,
      compileOperation(each, pathsOf(each, catalogue), repeatedFields),
    ]),
  );
  return {
    of: (operation) => {
      const parts = compiled.get(operation);
      if (parts === undefined) throw new Error(`${operation.key} is not in the catalogue.`);
      return parts;
    },
    inVersion: ({ key }, version) => {
      const found = operations.find((each) => each.key === key && each.version === version);
      return found && compiled.get(found);
    },
  };
}

function compileOperation(
  operation: Operation,
  paths: ReadonlySet<string>,
  repeatedFields: RepeatedFields | undefined,
): CompiledOperation {
  const { request, response } = operation;
  const encode = compileEncoder(response);
  const isEmpty = response.type.kind === 'complex' && response.type.elements.length === 0;
  return {
    decode: compileDecoder(request, repeatedFields),
    encode,
    emptyResponse: isEmpty
      ? { '1.1': emptyResponse('1.1'), '1.2': emptyResponse('1.2') }
      : undefined,
    paths,
    writeFault: compileFaultWriter(operation),
  };

  function emptyResponse(soap: SoapVersion): SoapResponse {
    return xmlResponse(200, envelopeAround(encode({}), soap), soap);
  }
}

/** The addresses of the operation's service, in whichever version. */
function pathsOf({ interfaceName }: Operation, { services }: SoapCatalogue): ReadonlySet<string> {
  const own = services.filter((service) => service.interfaceName === interfaceName);
  return new Set(own.map(({ path }) => path));
}
