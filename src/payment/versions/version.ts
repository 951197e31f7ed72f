// What a version of the interfaces is to the domain: how its messages become requests, and responses its messages.
// The domain speaks version 4.0. Plain objects on both sides; nothing here knows how they look on the wire.
import type { OperationKey, Operations } from '../../wsdl/operations.generated';
import type { PaymentFault } from '../faults';

type Request = Operations[OperationKey]['request'];
type Response = Operations[OperationKey]['response'];

export interface Version {
  /** The domain's operation behind one of this version; undefined when this version has none of that key. */
  operation(key: string): OperationKey | undefined;
  /** A decoded message of this version as the domain's request of `key`. */
  request(key: OperationKey, message: object): Request;
  /** The domain's response of `key` as a message of this version. */
  response(key: OperationKey, response: Response): object;
  /** A fault in the names that the message parts have in this version. */
  fault(fault: PaymentFault): PaymentFault;
}
