// States of sandboxes that a running emulator keeps under names: taking one, going back to it.
import { adminClient, segment } from './admin-client';
import { columns } from './columns';
import { EXIT } from './exit-code';
import { print } from './print';
import type { Flags } from './target';
import type { Terminal } from './terminal';

interface Kept {
  readonly name: string;
  readonly sandbox: string;
  readonly at: string;
  readonly bytes: number;
}

export async function listSnapshots(flags: Flags, terminal: Terminal): Promise<number> {
  const client = adminClient(flags, terminal);
  const listed = await client.ask<{ readonly snapshots: readonly Kept[] }>('GET /snapshots');
  const rows = listed.snapshots.map(row);
  print(terminal, flags, listed, rows.length === 0 ? ['No snapshots.'] : columns(rows));
  return EXIT.ok;
}

export async function saveSnapshot(
  name: string,
  flags: Flags,
  terminal: Terminal,
): Promise<number> {
  const kept = await adminClient(flags, terminal).ask<Kept>(`PUT /snapshots/${segment(name)}`);
  print(terminal, flags, kept, columns([row(kept)]));
  return EXIT.ok;
}

export async function loadSnapshot(
  name: string,
  flags: Flags,
  terminal: Terminal,
): Promise<number> {
  await adminClient(flags, terminal).ask(`POST /snapshots/${segment(name)}/restore`);
  print(terminal, flags, { restored: name }, [`The sandbox is as it was in ${name}.`]);
  return EXIT.ok;
}

function row({ name, sandbox, at, bytes }: Kept): string[] {
  return [name, sandbox, at, `${bytes} bytes`];
}
