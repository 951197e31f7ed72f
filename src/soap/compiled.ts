// Every operation of a catalogue, compiled: how its messages are read and written. Knows no envelope but the empty answer.
import type { Catalogue, Operation } from '../wsdl/schema';
import { compileDecoder, type Decoder, type RepeatedFields } from './decode';
import type { OperationCatalogue } from './dispatch';
import { compileEncoder, type Encoder, envelopeAround } from './encode';
import { compileFaultWriter, type OperationFaultWriter } from './faults';
import type { SoapVersion } from './names';
import { type SoapResponse, xmlResponse } from './transport';

/** What the codec needs of a catalogue. */
export type SoapCatalogue = OperationCatalogue & Pick<Catalogue, 'services' | 'servicesOf'>;

export interface CompiledOperation {
  readonly decode: Decoder;
  readonly encode: Encoder;
  /** Written once when the response has no parts, as nearly all have none. */
  readonly emptyResponse: Readonly<Record<SoapVersion, SoapResponse>> | undefined;
  /** Where the operation's service is. */
  readonly paths: Paths;
  readonly writeFault: OperationFaultWriter;
}

/** A set that need not be known in full to be asked. */
export type Paths = Pick<ReadonlySet<string>, 'has'>;

export interface CompiledOperations {
  /** Throws for an operation of another catalogue. */
  of(operation: Operation): CompiledOperation;
  /** The operation of the same key in another version, when there is one. */
  inVersion(operation: Operation, version: string): CompiledOperation | undefined;
}

/** Each operation is compiled when it is first asked for, so that nobody waits for those that he does not use. */
export function compileOperations(
  catalogue: SoapCatalogue,
  repeatedFields: RepeatedFields | undefined,
): CompiledOperations {
  const compiled = new Map<Operation, CompiledOperation>();
  const compile = (operation: Operation): CompiledOperation => {
    const { namespace, name } = operation.request;
    if (catalogue.byElement(namespace, name) !== operation) {
      throw new Error(`${operation.key} is not in the catalogue.`);
    }
    const parts = compileOperation(operation, pathsOf(operation, catalogue), repeatedFields);
    compiled.set(operation, parts);
    return parts;
  };
  const of = (operation: Operation) => compiled.get(operation) ?? compile(operation);
  return {
    of,
    inVersion: ({ key }, version) => {
      const found = catalogue.operations.find(
        (each) => each.key === key && each.version === version,
      );
      return found && of(found);
    },
  };
}

function compileOperation(
  operation: Operation,
  paths: Paths,
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
function pathsOf({ interfaceName, version }: Operation, catalogue: SoapCatalogue): Paths {
  const among = (services: SoapCatalogue['services']) =>
    new Set(
      services.filter((each) => each.interfaceName === interfaceName).map((each) => each.path),
    );
  const own = among(catalogue.servicesOf(version));
  let all: ReadonlySet<string> | undefined;
  const hasElsewhere = (path: string): boolean => {
    all ??= among(catalogue.services);
    return all.has(path);
  };
  return { has: (path) => own.has(path) || hasElsewhere(path) };
}
