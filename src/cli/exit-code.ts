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

/** A wrong command line: one sentence. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Something around the process stands in the way: one sentence. */
export class EnvironmentError extends Error {
  override readonly name = 'EnvironmentError';
}
