// Takes a sandbox of a running emulator back to what it was after the seed.
import { adminClient, textOf } from './admin-client';
import { EXIT } from './exit-code';
import { print } from './print';
import type { Flags } from './target';
import type { Terminal } from './terminal';

export async function reset(flags: Flags, terminal: Terminal): Promise<number> {
  const scope = textOf(flags, 'scope');
  await adminClient(flags, terminal).ask('POST /reset', { scope });
  const scopes = scope?.split(',') ?? ['all'];
  const what = scopes.includes('all') ? 'The sandbox is' : `Of the sandbox ${scopes.join(', ')}:`;
  print(terminal, flags, { reset: scopes }, [`${what} as it was after the seed.`]);
  return EXIT.ok;
}
