// node-soap as a client that knows nothing but our WSDL, and a real emulator on a free port for it to talk to.
import { afterAll, expect } from '@jest/globals';
import { type Client, createClientAsync } from 'soap';
import { createEmulator, type Emulator, type ExchangeRecord } from '../../src/emulator';
import type { Operation, Service } from '../../src/wsdl/schema';
import type { Parts } from '../support/requests';

export interface RunningEmulator extends Emulator {
  /** What its log was told, in order. */
  readonly records: ExchangeRecord[];
}

type Options = Parameters<typeof createEmulator>[0];

const running: { readonly emulator: Emulator; readonly defects: unknown[] }[] = [];

/** Stopped after the tests of the file, when its books must balance and nothing unforeseen may have happened. */
export async function startEmulator(options: Options = {}): Promise<RunningEmulator> {
  const records: ExchangeRecord[] = [];
  const defects: unknown[] = [];
  const emulator = await createEmulator({
    port: 0,
    log: {
      exchange: (record) => records.push(record),
      defect: (error) => defects.push(error),
    },
    ...options,
  });
  running.push({ emulator, defects });
  return { ...emulator, records };
}

afterAll(async () => {
  const found: unknown[] = [];
  for (const { emulator, defects } of running.splice(0)) {
    found.push(...defects, ...emulator.sandbox().ledger.audit());
    await emulator.close();
  }
  expect(found).toEqual([]);
});

/** A fault as node-soap gives it to its user. */
export interface ClientFault {
  readonly status: number;
  readonly faultcode: string;
  readonly faultstring: string;
  /** By the name of its element: ServiceException or PolicyException. */
  readonly detail: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** What a call came to: what node-soap makes of the answer, and the answer's own text. */
export interface Called {
  readonly result: unknown;
  readonly text: string;
}

/** A client from the live WSDL of a service. */
export function connect({ url }: Emulator, { path }: Service): Promise<Client> {
  return createClientAsync(`${url}${path}?wsdl`);
}

/** A client of the service that has this operation. */
export function connectFor(
  emulator: Emulator,
  { interfaceName, version }: Operation,
): Promise<Client> {
  return connect(emulator, serviceOf(emulator, interfaceName, version));
}

export async function call(client: Client, operation: string, args: Parts): Promise<Called> {
  const [result, text] = await client[`${operation}Async`](args);
  return { result, text };
}

/** The fault of a call that must fail. */
export async function callFailing(
  client: Client,
  operation: string,
  args: Parts,
): Promise<ClientFault> {
  try {
    await call(client, operation, args);
  } catch (error) {
    const { root, response } = error as {
      readonly root: {
        readonly Envelope: { readonly Body: { readonly Fault: Omit<ClientFault, 'status'> } };
      };
      readonly response: { readonly status: number };
    };
    return { status: response.status, ...root.Envelope.Body.Fault };
  }
  throw new Error(`${operation} succeeded`);
}

export function serviceOf(
  { catalogue }: Emulator,
  interfaceName: string,
  version = 'v4_0',
): Service {
  const service = catalogue.services.find(
    (each) => each.interfaceName === interfaceName && each.version === version,
  );
  if (service === undefined) throw new Error(`there is no service for ${interfaceName}`);
  return service;
}
