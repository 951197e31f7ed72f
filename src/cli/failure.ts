// What an error means to whoever gave the command: a number for the shell and sentences for a person.
import { codeOf } from '../config/error-code';
import { ConfigurationError, UnreadableFileError } from '../config/problem';
import { LedgerFileError, ProvisionError } from '../emulator';
import { CommandError, EnvironmentError, EXIT, type ExitCode, UsageError } from './exit-code';

export interface Failure {
  readonly code: ExitCode;
  /** One line a problem. */
  readonly text: string;
}

/** What an error of any kind means to whoever gave the command. Tells no stack. */
export function failureOf(error: unknown): Failure {
  if (error instanceof CommandError) return { code: error.code, text: error.message };
  if (error instanceof UsageError) return { code: EXIT.usage, text: error.message };
  if (error instanceof ConfigurationError || error instanceof ProvisionError) {
    return { code: EXIT.usage, text: error.message };
  }
  if (error instanceof UnreadableFileError) return { code: EXIT.notFound, text: error.message };
  if (error instanceof EnvironmentError || error instanceof LedgerFileError) {
    return { code: EXIT.environment, text: error.message };
  }
  const listening = listenFailure(error);
  if (listening !== undefined) return { code: EXIT.environment, text: listening };
  const reason = error instanceof Error ? error.message : String(error);
  return { code: EXIT.other, text: `Unexpected error: ${reason}` };
}

function listenFailure(error: unknown): string | undefined {
  const { address, port, hostname } = Object(error) as {
    address?: string;
    port?: number;
    hostname?: string;
  };
  const host = hostname ?? address ?? 'this host';
  switch (codeOf(error)) {
    case 'EADDRINUSE':
      return `Port ${port} on ${host} is in use; choose another with --port, or 0 for a free one.`;
    case 'EACCES':
      return `Port ${port} on ${host} may not be used by this user; choose one above 1023 with --port.`;
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
    case 'EINVAL':
      return `${host} is no address of this machine; choose another with --host.`;
    default:
      return undefined;
  }
}
