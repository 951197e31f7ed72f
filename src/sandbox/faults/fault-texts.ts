// What an injected fault says: any code of the common definitions (TS 29.199-1 clause 11) or any other, with its text.
import { FAULTS, isStandard, type PaymentFault } from '../../payment/faults';
import type { Deed } from './outcomes';

/** Codes that the operations of payment never answer by themselves; with %1, %2 for variables. */
const COMMON_TEXTS: ReadonlyMap<string, string> = new Map([
  ['SVC0003', 'Invalid input value for message part %1, valid values are %2'],
  ['SVC0004', 'No valid addresses provided in message part %1'],
  ['SVC0005', 'Correlator %1 specified in message part %2 is a duplicate'],
  ['SVC0006', 'Invalid group specified in message part %1'],
  ['SVC0008', 'Overlapped criteria %1'],
  ['POL0002', 'Privacy verification failed for address %1, request is refused'],
  ['POL0003', 'Too many addresses specified in message part %1'],
  ['POL0004', 'Unlimited notification request not supported'],
  ['POL0005', 'Too many notifications requested'],
  ['POL0006', 'Group specified in message part %1 not allowed'],
  ['POL0007', 'Nested groups specified in message part %1 not allowed'],
  ['POL0008', 'Charging is not supported'],
  ['POL0009', 'Invalid frequency requested'],
  ['POL0010', 'Requested information unavailable as the retention time interval has expired'],
  ['POL0011', 'Media type not supported'],
]);

/** The error code of SVC0001 and POL0001 that nobody gave another. */
const INJECTED = 'INJECTED';

/** `part` is the message part that names whom the request is about. */
export function injectedFault(deed: Deed & { readonly does: 'fault' }, part: string): PaymentFault {
  const { code } = deed;
  const text = deed.text ?? textOf(code);
  return {
    exception: code.startsWith('POL') ? 'PolicyException' : 'ServiceException',
    messageId: code,
    text,
    variables: deed.variables ?? variablesFor(text, part),
  };
}

function textOf(code: string): string {
  return isStandard(code) ? FAULTS[code].text : (COMMON_TEXTS.get(code) ?? code);
}

function variablesFor(text: string, part: string): readonly string[] {
  const placeholders = text.match(/%\d/g) ?? [];
  return placeholders.map((placeholder) =>
    text.includes(`message part ${placeholder}`) ? part : INJECTED,
  );
}
