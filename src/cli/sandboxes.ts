// The sandboxes of a running emulator: which there are, new ones, forks, and removing them.
import { adminClient, segment, textOf } from './admin-client';
import { columns } from './columns';
import { EXIT } from './exit-code';
import { print } from './print';
import type { Flags } from './target';
import type { Terminal } from './terminal';

interface Listed {
  readonly name: string;
  readonly isOpen: boolean;
  readonly url?: string;
}

export async function listSandboxes(flags: Flags, terminal: Terminal): Promise<number> {
  const listed = await adminClient(flags, terminal).ask<{ readonly sandboxes: readonly Listed[] }>(
    'GET /sandboxes',
  );
  print(terminal, flags, listed, columns(listed.sandboxes.map(row)));
  return EXIT.ok;
}

export async function createSandbox(
  name: string,
  flags: Flags,
  terminal: Terminal,
): Promise<number> {
  const body = { name, from: textOf(flags, 'from'), snapshot: textOf(flags, 'snapshot') };
  const made = await adminClient(flags, terminal).ask<Listed>('POST /sandboxes', {}, body);
  print(terminal, flags, made, columns([row(made)]));
  return EXIT.ok;
}

export async function removeSandbox(
  name: string,
  flags: Flags,
  terminal: Terminal,
): Promise<number> {
  await adminClient(flags, terminal).ask(`DELETE /sandboxes/${segment(name)}`);
  print(terminal, flags, { removed: name }, [`${name} removed`]);
  return EXIT.ok;
}

function row({ name, isOpen, url }: Listed): string[] {
  return [name, isOpen ? (url ?? '') : 'in its file'];
}
