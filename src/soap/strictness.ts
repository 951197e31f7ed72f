// What becomes of a deviation where an application is held to the letter.
import type { Deviation } from './deviation';
import { SoapFault } from './rejection';

/** Throws a SoapFault `Client` that says where the message departs from the letter first, and what would be right. */
export function refuseDeviation([first]: readonly Deviation[]): void {
  if (first === undefined) return;
  const { name, where, rule } = first;
  // Some readers take the name of a response anywhere in an answer for success, and names can be the client's own.
  const place = /response|faultstring|22007201/i.test(where) ? '' : ` at ${where}`;
  throw new SoapFault('Client', `${REFUSED}${name}${place}: ${rule}`, where);
}

/** Whether a fault is there for a deviation alone. */
export function isDeviationFault({ text }: SoapFault): boolean {
  return text.startsWith(REFUSED);
}

const REFUSED = 'Refused for the deviation ';
