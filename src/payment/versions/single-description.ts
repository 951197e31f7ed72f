// ChargingInformation before 4.0: one description, where the domain has a list of them.
import type { ChargingInformation } from '../../wsdl/operations.generated';
import type { Version } from './version';

type Request = ReturnType<Version['request']>;

/** A list where the client sent several, which these versions do not have and clients send all the same. */
interface OlderCharge extends Omit<ChargingInformation, 'description'> {
  readonly description: string | readonly string[];
}

/** Of any operation: what is no charge is in 4.0 what it was before. */
export function requestWithDescriptions(message: object): Request {
  const { charge } = message as { readonly charge?: OlderCharge };
  if (charge === undefined) return message as Request;
  const { description } = charge;
  const descriptions = typeof description === 'string' ? [description] : description;
  return { ...message, charge: { ...charge, description: descriptions } } as Request;
}

/** Of any operation: only getAmount answers ChargingInformation (clauses 8.2.2.2, 8.4.1.2). */
export function responseWithOneDescription(response: object): object {
  const { result } = response as { readonly result?: string | ChargingInformation };
  if (typeof result !== 'object') return response;
  return { result: { ...result, description: result.description[0] ?? '' } };
}
