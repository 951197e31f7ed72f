// Which document or service a GET path means. Paths of vendors and relative imports below any of them work too.
import type { Catalogue, Service } from '../wsdl/schema';

/** One address and what can be read of it: it serves every version of its interface. */
export interface Endpoint {
  readonly interfaceName: string;
  readonly path: string;
  /** The versions of its WSDL and the query that answers each; the bare `?wsdl` first. */
  readonly wsdls: readonly { readonly version: string; readonly query: string }[];
}

export interface Documents {
  /** The text that `path` and the query mean, or undefined. */
  find(path: string, query: string): string | undefined;
  /** Whether a service is at this path, with or without a slash at its end. */
  isEndpoint(path: string): boolean;
}

/** `wsdlVersion` is what a query without a version means; an interface without it answers its newest. */
export function createDocuments(catalogue: Catalogue, wsdlVersion: string): Documents {
  const { documents, services } = catalogue;
  const byPath = grouped(services, ({ path }) => path.toLowerCase());
  const byName = grouped(services, ({ interfaceName }) => interfaceName.toLowerCase());

  const servicesAt = (path: string): readonly Service[] | undefined =>
    byPath.get(path.toLowerCase().replace(/\/+$/, ''));

  /** Vendor paths such as `/parlayx30/payment/AmountCharging` name the interface in one of their segments. */
  const servicesNamedIn = (path: string): readonly Service[] => {
    for (const segment of path.toLowerCase().split('/').reverse()) {
      const named = byName.get(segment.replace(/(?:service|port)$/, ''));
      if (named !== undefined) return named;
    }
    return [];
  };

  return {
    isEndpoint: (path) => servicesAt(path) !== undefined,
    find: (path, query) => {
      const asked = wsdlParameter(query);
      if (asked === undefined) return documents.get(path.slice(path.lastIndexOf('/') + 1));
      const file = documents.get(asked);
      if (file !== undefined) return file;

      const there = servicesAt(path) ?? servicesNamedIn(path);
      const service =
        asked === '' || asked === '1'
          ? inVersion(there, wsdlVersion)
          : there.find(({ version }) => version === asked.toLowerCase());
      return service && documents.get(service.file);
    },
  };
}

/** The endpoints in the order of the catalogue. */
export function endpointsOf(
  services: readonly Service[],
  wsdlVersion: string,
): readonly Endpoint[] {
  return [...grouped(services, ({ path }) => path).values()].flatMap((versions) => {
    const bare = inVersion(versions, wsdlVersion);
    if (bare === undefined) return [];
    const { interfaceName, path, version } = bare;
    const others = versions.filter((each) => each !== bare);
    return {
      interfaceName,
      path,
      wsdls: [
        { version, query: '?wsdl' },
        ...others.map((each) => ({ version: each.version, query: `?wsdl=${each.version}` })),
      ],
    };
  });
}

/** The service of that version, else the newest, which the catalogue has first. */
function inVersion(services: readonly Service[], version: string): Service | undefined {
  return services.find((service) => service.version === version) ?? services[0];
}

function grouped(
  services: readonly Service[],
  keyOf: (service: Service) => string,
): ReadonlyMap<string, readonly Service[]> {
  const groups = new Map<string, Service[]>();
  for (const service of services) {
    const group = groups.get(keyOf(service));
    if (group === undefined) groups.set(keyOf(service), [service]);
    else group.push(service);
  }
  return groups;
}

/** The value of `wsdl` or `xsd` in a query, in any case, '' when it has none. */
export function wsdlParameter(query: string): string | undefined {
  for (const pair of query.split('&')) {
    const [name = '', value = ''] = pair.split('=', 2);
    if (/^(wsdl|xsd)$/i.test(name)) return value;
  }
  return undefined;
}
