// One table from what the emulator refuses to what the standard answers: code, exact text, variables, clause.
import { type Refusal, type RefusalCode, refuse } from '../ledger/refusal';
import { type Dialect, STANDARD_MANNER } from './manner';

export interface FaultText {
  readonly exception: 'ServiceException' | 'PolicyException';
  /** With %1 for its variable. */
  readonly text: string;
  /** Where the text is defined. */
  readonly clause: string;
}

/** A fault in the words of the standard, before any envelope. */
export interface PaymentFault {
  readonly exception: 'ServiceException' | 'PolicyException';
  /** A key of FAULTS, or a code of the dialect's own. */
  readonly messageId: string;
  readonly text: string;
  readonly variables: readonly string[];
}

const COMMON = 'TS 29.199-1';
/** Not in the standard: proposed to OMA together with confirmationRefs, with these texts. */
const PROPOSED = 'proposed with confirmationRefs';

// biome-ignore format: one row a fault
export const FAULTS = {
  SVC0001: { exception: 'ServiceException', clause: COMMON,                text: 'A service error occurred. Error code is %1' },
  SVC0002: { exception: 'ServiceException', clause: COMMON,                text: 'Invalid input value for message part %1' },
  SVC0004: { exception: 'ServiceException', clause: COMMON,                text: 'No valid addresses provided in message part %1' },
  SVC0007: { exception: 'ServiceException', clause: COMMON,                text: 'Invalid charging information' },
  SVC0270: { exception: 'ServiceException', clause: 'TS 29.199-6, 9.1.1',  text: 'Charging operation failed, the charge was not applied.' },
  SVC0271: { exception: 'ServiceException', clause: 'TS 29.199-6, 9.1.2',  text: 'Sum of percentage allocations is not equal to 100' },
  POL0001: { exception: 'PolicyException',  clause: COMMON,                text: 'A policy error occurred. Error code is %1' },
  POL0003: { exception: 'PolicyException',  clause: COMMON,                text: 'Too many addresses specified in message part %1' },
  POL0008: { exception: 'PolicyException',  clause: COMMON,                text: 'Charging is not supported' },
  POL0012: { exception: 'PolicyException',  clause: COMMON,                text: 'Too many description entries specified in message part %1' },
  POL0250: { exception: 'PolicyException',  clause: 'TS 29.199-6, 9.2.1',  text: 'Too many endUserIdentifier is specified in message part %1' },
  POL0251: { exception: 'PolicyException',  clause: 'TS 29.199-6, 9.2.2',  text: 'Split Charging is not supported' },
  POL0252: { exception: 'PolicyException',  clause: PROPOSED,              text: 'Too many confirmation references specified in message part %1' },
  POL0253: { exception: 'PolicyException',  clause: PROPOSED,              text: 'Invalid confirmation references %1' },
} as const satisfies Record<string, FaultText>;

export type MessageId = keyof typeof FAULTS;

/** What fills %1: nothing, a fixed error code, or what the refusal names (a message part, a defect's number). */
type Variable = { readonly code: string } | 'named' | 'none';

// biome-ignore format: one row a refusal
export const ANSWERS: Readonly<Record<RefusalCode, readonly [MessageId, Variable]>> = {
  invalid_value:                 ['SVC0002', 'named'],
  unknown_subscriber:            ['SVC0002', 'named'],
  reference_in_use:              ['SVC0002', 'named'],
  reservation_not_open:          ['SVC0002', 'named'],
  split_unavailable:             ['POL0251', 'none'],
  too_many_payers:               ['POL0250', 'named'],
  too_many_descriptions:         ['POL0012', 'named'],
  no_valid_addresses:            ['SVC0004', 'named'],
  too_many_addresses:            ['POL0003', 'named'],
  sender_charging:               ['POL0008', 'none'],
  too_many_confirmations:        ['POL0252', 'named'],
  billing_text_fields:           ['SVC0002', 'named'],
  billing_text_time:             ['SVC0002', 'named'],
  billing_text_incomplete:       ['SVC0002', 'named'],
  percent_sum:                   ['SVC0271', 'none'],
  charging_information:          ['SVC0007', 'none'],
  amount_digits:                 ['SVC0007', 'none'],
  no_tariff:                     ['SVC0001', { code: 'NO_TARIFF' }],
  amount_limit:                  ['POL0001', { code: 'AMOUNT_LIMIT' }],
  monthly_limit:                 ['POL0001', { code: 'MONTHLY_LIMIT' }],
  duration_limit:                ['POL0001', { code: 'DURATION_LIMIT' }],
  account_barred:                ['POL0001', { code: 'ACCOUNT_BARRED' }],
  barred_account_charged:        ['SVC0270', 'none'],
  invalid_confirmations:         ['POL0253', 'named'],
  refund_exceeds_charge:         ['SVC0270', 'none'],
  insufficient_funds:            ['SVC0270', 'none'],
  insufficient_funds_to_reserve: ['SVC0001', { code: 'INSUFFICIENT_FUNDS' }],
  exceeds_reservation:           ['SVC0270', 'none'],
  balance_limit:                 ['SVC0270', 'none'],
  busy:                          ['SVC0001', { code: 'BUSY' }],
  outcome_unknown:               ['SVC0001', { code: 'OUTCOME_UNKNOWN' }],
  internal_error:                ['SVC0001', 'named'],
};

/** What can be wrong, for those who answer it otherwise. */
export const REASONS: readonly string[] = Object.keys(ANSWERS);

/** The standard's fault for a refusal, or the one that the dialect has instead. */
export function faultOf(
  refusal: Refusal,
  { answers }: Dialect = STANDARD_MANNER.profile,
): PaymentFault {
  const own = answers[refusal.code];
  if (own !== undefined) return dialectFault(own.code, own.variables);
  const [messageId, variable] = ANSWERS[refusal.code];
  const { exception, text } = FAULTS[messageId];
  return { exception, messageId, text, variables: variablesOf(variable, refusal) };
}

/** SVC0002: the part of the request that cannot be right. */
export function invalidPart(part: string, detail: string): Refusal {
  return refuse('invalid_value', detail, part);
}

/** A code that the standard does not have gets its text from the dialect, and its kind from its first letters. */
function dialectFault(messageId: string, variables: readonly string[]): PaymentFault {
  if (isStandard(messageId)) {
    const { exception, text } = FAULTS[messageId];
    return { exception, messageId, text, variables };
  }
  const exception = messageId.startsWith('POL') ? 'PolicyException' : 'ServiceException';
  return { exception, messageId, text: messageId, variables };
}

/** Whether the standard has a fault of that code. */
export function isStandard(code: string): code is MessageId {
  return Object.hasOwn(FAULTS, code);
}

function variablesOf(variable: Variable, refusal: Refusal): readonly string[] {
  if (variable === 'none') return [];
  if (variable !== 'named') return [variable.code];
  if (refusal.variable === undefined) {
    throw new Error(`the refusal ${refusal.code} must name what fills %1`);
  }
  return [refusal.variable];
}
