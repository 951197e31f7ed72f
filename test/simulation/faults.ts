// The faults of the standard as the model answers them: identifier, text and variables.

export interface Fault {
  readonly exception: 'ServiceException' | 'PolicyException';
  readonly messageId: string;
  readonly text: string;
  readonly variables: readonly string[];
}

/** `duplicate`: carried out and flagged, because the reference code had been used before. */
export type Answer =
  | { readonly response: object; readonly duplicate: boolean }
  | { readonly fault: Fault };

/** Clause 9, the common part, and what was proposed with confirmationRefs. */
const TEXTS = {
  SVC0001: 'A service error occurred. Error code is %1',
  SVC0002: 'Invalid input value for message part %1',
  SVC0007: 'Invalid charging information',
  SVC0270: 'Charging operation failed, the charge was not applied.',
  SVC0271: 'Sum of percentage allocations is not equal to 100',
  POL0001: 'A policy error occurred. Error code is %1',
  POL0012: 'Too many description entries specified in message part %1',
  POL0250: 'Too many endUserIdentifier is specified in message part %1',
  POL0251: 'Split Charging is not supported',
  POL0252: 'Too many confirmation references specified in message part %1',
  POL0253: 'Invalid confirmation references %1',
} as const;

/** Thrown by a rule of the model; becomes the fault of the answer. */
export class Refused extends Error {
  constructor(
    readonly messageId: keyof typeof TEXTS,
    ...variables: string[]
  ) {
    super(messageId);
    this.variables = variables;
  }
  readonly variables: readonly string[];
}

/** Refuses when `wrong`: every rule of the model is one such line. */
export function deny(wrong: boolean, messageId: keyof typeof TEXTS, ...variables: string[]): void {
  if (wrong) throw new Refused(messageId, ...variables);
}

/** The answer that a refusal becomes. Any other error is a mistake in the model. */
export function faultOf(error: unknown): Answer {
  if (!(error instanceof Refused)) throw error;
  const { messageId, variables } = error;
  const exception = messageId.startsWith('POL') ? 'PolicyException' : 'ServiceException';
  return { fault: { exception, messageId, text: TEXTS[messageId], variables } };
}
