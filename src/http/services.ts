// Which document or service a GET path means. Paths of vendors and relative imports below any of them work too.
import type { Catalogue, Service } from '../wsdl/schema';

export interface Documents {
  /** The text that `path` and the query mean, or undefined. */
  find(path: string, query: string): string | undefined;
  /** The service whose endpoint this path is, with or without a slash at its end. */
  serviceAt(path: string): Service | undefined;
}

export function createDocuments(catalogue: Catalogue): Documents {
  const { documents, services } = catalogue;
  const byPath = new Map(services.map((service) => [service.path.toLowerCase(), service]));
  const byName = new Map(services.map((service) => [service.interfaceName.toLowerCase(), service]));

  const serviceAt = (path: string): Service | undefined =>
    byPath.get(path.toLowerCase().replace(/\/+$/, ''));

  /** Vendor paths such as `/parlayx30/payment/AmountCharging` name the interface in one of their segments. */
  const serviceNamedIn = (path: string): Service | undefined => {
    for (const segment of path.toLowerCase().split('/').reverse()) {
      const service = byName.get(segment.replace(/service$/, ''));
      if (service !== undefined) return service;
    }
    return undefined;
  };

  return {
    serviceAt,
    find: (path, query) => {
      const asked = wsdlParameter(query);
      if (asked === undefined) return documents.get(path.slice(path.lastIndexOf('/') + 1));
      const service = serviceAt(path) ?? serviceNamedIn(path);
      return documents.get(asked) ?? (service && documents.get(service.file));
    },
  };
}

/** The value of `wsdl` or `xsd` in a query, in any case, '' when it has none. */
function wsdlParameter(query: string): string | undefined {
  for (const pair of query.split('&')) {
    const [name = '', value = ''] = pair.split('=', 2);
    if (/^(wsdl|xsd)$/i.test(name)) return value;
  }
  return undefined;
}
