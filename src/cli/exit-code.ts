// How a command ends, for the shell.

export const EXIT = {
  ok: 0,
  failedCheck: 1,
  usage: 2,
  cannotConnect: 11,
  serverRejected: 12,
  notFound: 13,
  environment: 14,
  other: 20,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** A wrong command line: one sentence. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Something around the process stands in the way: one sentence. */
export class EnvironmentError extends Error {
  override readonly name = 'EnvironmentError';
}

/** What another process says, or that it says nothing: one sentence. */
export class CommandError extends Error {
  override readonly name = 'CommandError';

  constructor(
    readonly code: ExitCode,
    message: string,
  ) {
    super(message);
  }
}
