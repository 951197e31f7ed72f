// What the HTTP around a message does otherwise than the WSDL asks. None of it decides anything.
import { type Deviation, note } from './deviation';
import type { SoapVersion } from './names';
import { MEDIA_TYPES, type SoapRequest } from './transport';

/** Clients of the field send whatever their toolkit or author thought of. `contentType` is that of the envelope. */
export function noteHeaders(
  { headers, mendedHeaders }: Pick<SoapRequest, 'headers' | 'mendedHeaders'>,
  contentType: string | undefined,
  soap: SoapVersion,
  deviations: Deviation[],
): void {
  if (mendedHeaders !== undefined) {
    for (const line of mendedHeaders) note(deviations, 'http.header', line);
  }
  const [mediaType = ''] = (contentType ?? '').split(';', 1);
  if (mediaType.trim().toLowerCase() !== MEDIA_TYPES[soap]) {
    note(deviations, 'content-type', 'Content-Type');
  }
  if (soap === '1.2') note(deviations, 'soap.1.2', 'Envelope');
  else if (headers.soapaction !== '""') note(deviations, 'soapaction', 'SOAPAction');
}

/** `paths` are the addresses of the service that is asked. */
export function notePath(
  path: string,
  paths: Pick<ReadonlySet<string>, 'has'>,
  deviations: Deviation[],
): void {
  if (paths.has(path)) return;
  const query = path.indexOf('?');
  if (query === -1 || !paths.has(path.slice(0, query)))
    note(deviations, 'path', path.slice(0, PATH_CHARACTERS));
}

/** Of a path, in the record. */
const PATH_CHARACTERS = 200;
