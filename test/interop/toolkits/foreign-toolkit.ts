// A toolkit at work: an emulator of its own, a client process for each service that is called, answers in one form.
import type { createEmulator } from '../../../src/emulator';
import type { Operation } from '../../../src/wsdl/schema';
import { has, openerOf } from '../../support/operations';
import { sampleOf } from '../../support/samples';
import { type RunningEmulator, serviceOf, startEmulator } from '../foreign-client';
import { type Arguments, type ClientProcess, startClient, type Told } from './client-process';
import type { Toolkit } from './toolkits';

/** What a call came to; the result of an empty response is undefined. */
export type Outcome = Exclude<Told, { answer: unknown }> | { readonly result: unknown };

export interface ToolkitAtWork {
  readonly emulator: RunningEmulator;
  call(operation: Operation, args: Arguments): Promise<Outcome>;
  /** Valid arguments; what is about a reservation gets one that the toolkit has opened itself. */
  argumentsFor(operation: Operation, given?: Arguments): Promise<Arguments>;
  /** Ends the client processes; the emulator ends with the test file. */
  close(): Promise<void>;
}

export async function putToWork(
  toolkit: Toolkit,
  program: string,
  options: Parameters<typeof createEmulator>[0],
): Promise<ToolkitAtWork> {
  const emulator = await startEmulator(options);
  const clients = new Map<string, ClientProcess>();

  const clientOf = ({ interfaceName, version, request }: Operation): ClientProcess => {
    const key = `${interfaceName} ${version}`;
    const known = clients.get(key);
    if (known !== undefined) return known;
    const endpoint = emulator.url + serviceOf(emulator, interfaceName, version).path;
    const wsdl = version === 'v4_0' ? `${endpoint}?wsdl` : `${endpoint}?wsdl=${version}`;
    const client = startClient(
      program,
      toolkit.words({ wsdl, endpoint, namespace: request.namespace }),
    );
    clients.set(key, client);
    return client;
  };

  const call: ToolkitAtWork['call'] = async (operation, args) => {
    const told = await clientOf(operation).call(operation.name, args);
    return 'answer' in told ? { result: resultOf(toolkit, told.answer) } : told;
  };

  return {
    emulator,
    call,
    argumentsFor: async (operation, given = {}) => {
      if (!has(operation, 'reservationIdentifier') || 'reservationIdentifier' in given)
        return { ...valid(operation), ...given };
      const opened = await call(openerOf(operation), valid(openerOf(operation)));
      return { ...valid(operation, reservationIn(opened)), ...given };
    },
    close: async () => {
      await Promise.all([...clients.values()].map((client) => client.close()));
    },
  };
}

/** The identifier of the reservation that was made. Throws when none was. */
export function reservationIn(outcome: Outcome): string {
  if ('result' in outcome && typeof outcome.result === 'string') return outcome.result;
  throw new Error(`no reservation but ${JSON.stringify(outcome)}`);
}

function valid(operation: Operation, reservationIdentifier = '1'): Arguments {
  return has(operation, 'reservationIdentifier')
    ? sampleOf(operation, { reservationIdentifier })
    : sampleOf(operation);
}

function resultOf({ unwraps }: Toolkit, answer: unknown): unknown {
  const value = unwraps ? answer : (answer as { readonly result?: unknown }).result;
  return value ?? undefined;
}
