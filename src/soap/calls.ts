// The other direction: requests that the emulator itself sends to applications, in the same bytes as its answers.
import type { Catalogue } from '../wsdl/schema';
import { compileEncoder, type Encoder, envelopeAround } from './encode';
import { MEDIA_TYPES } from './transport';

export interface CallBytes {
  readonly headers: Readonly<Record<string, string>>;
  readonly bytes: Buffer;
}

/** Writes the request of an operation that applications offer. Throws for one that the catalogue does not have. */
export type CallWriter = (version: string, key: string, message: object) => CallBytes;

export function createCallWriter(catalogue: Pick<Catalogue, 'callbacks'>): CallWriter {
  let encoders: ReadonlyMap<string, Encoder> | undefined;
  return (version, key, message) => {
    encoders ??= encodersOf(catalogue);
    const encode = encoders.get(`${version} ${key}`);
    if (encode === undefined) throw new Error(`There is no ${key} of ${version} to call.`);
    const bytes = Buffer.from(envelopeAround(encode(message), '1.1'), 'utf8');
    return {
      headers: {
        'Content-Type': `${MEDIA_TYPES['1.1']}; charset=utf-8`,
        SOAPAction: '""',
        'Content-Length': String(bytes.length),
      },
      bytes,
    };
  };
}

function encodersOf({ callbacks }: Pick<Catalogue, 'callbacks'>): ReadonlyMap<string, Encoder> {
  return new Map(
    callbacks.map(({ version, key, request }) => [`${version} ${key}`, compileEncoder(request)]),
  );
}
