// Which business executes an operation of the catalogue, and how the messages of its version become requests of the
// domain and back. Executes nothing.
import { isMessaging, type MessagingKey, type MessagingOperations } from '../messaging/operations';
import type { PaymentFault } from '../payment/faults';
import { versionNamed } from '../payment/versions/versions';
import type { OperationKey, Operations } from '../wsdl/operations.generated';
import type { Operation } from '../wsdl/schema';

/** Every operation that is served, in the domain's own version. */
export type DomainOperations = Operations & Pick<MessagingOperations, MessagingKey>;
export type DomainKey = OperationKey | MessagingKey;

export interface Route {
  readonly key: DomainKey;
  request(message: object): object;
  response(response: object): object;
  fault(fault: PaymentFault): PaymentFault;
}

/** Throws for an operation that nothing executes; `assertRouted` has seen to it that there is none. */
export function routeOf(operation: Operation): Route {
  const known = ROUTES.get(operation);
  if (known !== undefined) return known;
  const route = createRoute(operation);
  if (route === undefined) throw new Error(`${operation.key} of ${operation.version} has no route`);
  ROUTES.set(operation, route);
  return route;
}

/** Told at start: every operation of every version leads to one of the domain, all of which have a handler. */
export function assertRouted(operations: readonly Pick<Operation, 'key' | 'version'>[]): void {
  const missing = operations.filter((operation) => createRoute(operation) === undefined);
  if (missing.length === 0) return;
  const names = missing.map(({ version, key }) => `${key} of ${version}`);
  throw new Error(`no route for ${names.join(', ')}`);
}

const ROUTES = new WeakMap<Operation, Route>();

function createRoute({
  key: name,
  version: token,
}: Pick<Operation, 'key' | 'version'>): Route | undefined {
  if (isMessaging(name)) return { key: name, ...UNCHANGED };
  const version = versionNamed(token);
  const key = version.operation(name);
  if (key === undefined) return undefined;
  return {
    key,
    request: (message) => version.request(key, message),
    response: (response) => version.response(key, response as Operations[OperationKey]['response']),
    fault: version.fault,
  };
}

/** The messages of messaging are the same in all its versions, as far as they are read. */
const UNCHANGED = {
  request: (message: object) => message,
  response: (response: object) => response,
  fault: (fault: PaymentFault) => fault,
};
