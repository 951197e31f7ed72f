// The exchanges that a running emulator remembers: their list, one of them whole, waiting, and one explained.
import { adminClient, segment, switched, textOf } from './admin-client';
import { columns } from './columns';
import { millisecondsOf } from './duration';
import { EXIT } from './exit-code';
import { print } from './print';
import type { Flags } from './target';
import type { Terminal } from './terminal';

interface Exchange {
  readonly id: string;
  readonly at: string;
  readonly application?: string;
  readonly operation?: string;
  readonly subject?: string;
  readonly reference?: string;
  readonly status: number;
  readonly fault?: string;
  readonly injected?: { readonly rule: string; readonly stage: string; readonly action: string };
}

interface Message {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export async function listExchanges(flags: Flags, terminal: Terminal): Promise<number> {
  const query = { ...filterOf(flags), limit: textOf(flags, 'limit') };
  const listed = await adminClient(flags, terminal).ask<{
    readonly exchanges: readonly Exchange[];
  }>('GET /requests', query);
  print(terminal, flags, listed, table(listed.exchanges));
  return EXIT.ok;
}

/** 1 when the time is over before enough of them match. */
export async function waitForExchanges(flags: Flags, terminal: Terminal): Promise<number> {
  const timeout = textOf(flags, 'timeout');
  const waited = await adminClient(flags, terminal).ask<{
    readonly enough: boolean;
    readonly exchanges: readonly Exchange[];
  }>('GET /requests/wait', {
    ...filterOf(flags),
    count: textOf(flags, 'count'),
    timeoutMs: timeout === undefined ? undefined : String(millisecondsOf(timeout)),
  });
  print(terminal, flags, waited, [
    ...table(waited.exchanges),
    ...(waited.enough ? [] : ['The time is over: no more of them came.']),
  ]);
  return waited.enough ? EXIT.ok : EXIT.failedCheck;
}

export async function showExchange(id: string, flags: Flags, terminal: Terminal): Promise<number> {
  const found = await adminClient(flags, terminal).ask<
    Exchange & { readonly request: Message; readonly response: Message }
  >(`GET /requests/${segment(id)}`, { reveal: switched(flags.reveal) });
  print(terminal, flags, found, [
    ...table([found]),
    '',
    ...messageLines(found.request),
    '',
    ...messageLines(found.response),
  ]);
  return EXIT.ok;
}

export async function clearJournal(flags: Flags, terminal: Terminal): Promise<number> {
  await adminClient(flags, terminal).ask('DELETE /requests');
  print(terminal, flags, { exchanges: [] }, ['No exchanges.']);
  return EXIT.ok;
}

export async function explain(id: string, flags: Flags, terminal: Terminal): Promise<number> {
  const client = adminClient(flags, terminal);
  const call = `GET /requests/${segment(id)}/explain` as const;
  const reveal = switched(flags.reveal);
  if (flags.json === true) print(terminal, flags, await client.ask<object>(call, { reveal }), []);
  else terminal.out((await client.askText(call, { reveal, format: 'text' })).trimEnd());
  return EXIT.ok;
}

const FILTER = [
  'operation',
  'application',
  'subscriber',
  'reference',
  'fault',
  'since',
  'after',
] as const;

function filterOf(flags: Flags): Readonly<Record<string, string | undefined>> {
  return {
    ...Object.fromEntries(FILTER.map((key) => [key, textOf(flags, key)])),
    reveal: switched(flags.reveal),
  };
}

function table(exchanges: readonly Exchange[]): string[] {
  if (exchanges.length === 0) return ['No exchanges.'];
  return columns(
    exchanges.map(({ id, at, application, operation, subject, reference, ...each }) => [
      id,
      at,
      application ?? '-',
      operation ?? '-',
      subject ?? '-',
      reference ?? '-',
      each.fault ?? 'ok',
      each.injected === undefined ? '' : `{${each.injected.action}, ${each.injected.stage}}`,
    ]),
  );
}

function messageLines({ headers, body }: Message): string[] {
  return [...Object.entries(headers).map(([name, value]) => `${name}: ${value}`), '', body];
}
