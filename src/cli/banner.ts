// What a person sees when the emulator has started: where things are, and one command that charges.
import type { Configuration } from '../config/configuration';
import type { Emulator } from '../emulator';
import { endpointsOf } from '../http/services';

/** The lines of the banner, for standard error. */
export function banner(
  emulator: Emulator,
  { server, termsOf, provision }: Configuration,
): string[] {
  const { url, catalogue, seeded } = emulator;
  const endpoints = endpointsOf(catalogue.services, server.wsdlVersion);
  const versions = [...new Set(catalogue.services.map(({ version }) => version))].sort().reverse();
  const operations = catalogue.operations.filter(({ version }) => version === versions[0]);
  const { unknownAccounts } = termsOf('');
  const subscriber =
    unknownAccounts === 'create'
      ? EXAMPLE_SUBSCRIBER
      : provision
          .filter((command) => command.kind === 'provision')
          .find(({ status, currency }) => status === 'active' && currency !== undefined)
          ?.subscriber;
  return [
    `Parlay X Payment emulator: ${endpoints.length} services, ${operations.length} operations, ` +
      `versions ${versions.join(', ')}`,
    '',
    ...endpoints.map(
      ({ interfaceName, path }) => `  ${interfaceName.padEnd(23)} ${url}${path}?wsdl`,
    ),
    '',
    `  data  ${server.data === ':memory:' ? 'in memory, gone at the end' : server.data}`,
    `  seed  ${seedLine(seeded, server.seed, provision.length)}`,
    ...(subscriber === undefined ? [] : ['', ...firstCharge(url, catalogue.services, subscriber)]),
    '',
  ];
}

const EXAMPLE_SUBSCRIBER = 'tel:+15550100';

function seedLine(
  { applied, existing }: Emulator['seeded'],
  file: string | undefined,
  wanted: number,
): string {
  if (wanted === 0) return 'none';
  return `${applied} applied, ${existing} already there${file === undefined ? '' : ` (${file})`}`;
}

function firstCharge(
  url: string,
  services: Emulator['catalogue']['services'],
  subscriber: string,
): string[] {
  const service = services.find(({ interfaceName }) => interfaceName === 'AmountCharging');
  if (service === undefined) return [];
  const envelope =
    '<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"><soapenv:Body>' +
    `<ns1:chargeAmount xmlns:ns1="http://www.csapi.org/schema/parlayx/payment/amount_charging/${service.version}/local">` +
    `<ns1:endUserIdentifier>${escapeXml(subscriber)}</ns1:endUserIdentifier>` +
    '<ns1:charge><description>First charge</description><amount>1</amount></ns1:charge>' +
    '<ns1:referenceCode>first-charge</ns1:referenceCode></ns1:chargeAmount></soapenv:Body></soapenv:Envelope>';
  return [
    '  A first charge:',
    `curl -sS -H 'Content-Type: text/xml; charset=utf-8' -H 'SOAPAction: ""' -d '${envelope}' ${url}${service.path}`,
  ];
}

/** Also fit to stand between single quotes in a shell. */
function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll("'", '&apos;');
}
