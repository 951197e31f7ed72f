// What a subscriber is told of a period, and what each application is owed for it, from a running emulator.
import type { SettlementLine } from '../sandbox/books/settlement';
import { adminClient, segment, switched, textOf } from './admin-client';
import { columns } from './columns';
import { EXIT } from './exit-code';
import { print } from './print';
import type { Flags } from './target';
import type { Terminal } from './terminal';

interface Statement {
  readonly subscriber: string;
  readonly wallets: readonly {
    readonly currency: string;
    readonly opening: string;
    readonly lines: readonly {
      readonly transaction: number;
      readonly at: string;
      readonly kind: string;
      readonly application?: string;
      readonly reference?: string;
      readonly reservation?: string;
      readonly amount: string;
      readonly balance: string;
      readonly held: string;
    }[];
    readonly closing: string;
    readonly held: string;
  }[];
}

interface Settlement {
  readonly lines: readonly SettlementLine[];
}

export async function statement(
  subscriber: string,
  flags: Flags,
  terminal: Terminal,
): Promise<number> {
  const client = adminClient(flags, terminal);
  const call = `GET /subscribers/${segment(subscriber)}/statement` as const;
  const query = { ...period(flags), reveal: switched(flags.reveal) };
  if (flags.csv === true)
    return csv(await client.askText(call, { ...query, format: 'csv' }), terminal);
  const made = await client.ask<Statement>(call, query);
  print(terminal, flags, made, [
    made.subscriber,
    ...(made.wallets.length === 0 ? ['no wallet'] : made.wallets.flatMap(walletLines)),
  ]);
  return EXIT.ok;
}

export async function settlement(flags: Flags, terminal: Terminal): Promise<number> {
  const client = adminClient(flags, terminal);
  const query = { ...period(flags), application: textOf(flags, 'application') };
  if (flags.csv === true) {
    return csv(await client.askText('GET /settlement', { ...query, format: 'csv' }), terminal);
  }
  const made = await client.ask<Settlement>('GET /settlement', query);
  const heading = ['application', 'charged', 'refunded', 'net', '', 'charges', 'refunds'];
  const rows = made.lines.map((line) => [
    line.application,
    line.charged,
    line.refunded,
    line.net,
    line.currency,
    String(line.charges),
    String(line.refunds),
  ]);
  const lines = rows.length === 0 ? ['Nothing was charged.'] : columns([heading, ...rows]);
  print(terminal, flags, made, lines);
  return EXIT.ok;
}

function period(flags: Flags) {
  return {
    currency: textOf(flags, 'currency'),
    since: textOf(flags, 'since'),
    until: textOf(flags, 'until'),
  };
}

function csv(text: string, terminal: Terminal): number {
  terminal.out(text.trimEnd());
  return EXIT.ok;
}

function walletLines({ currency, opening, lines, closing, held }: Statement['wallets'][number]) {
  const heading = ['at', '', 'amount', 'balance', 'held', 'by', 'reference'];
  const rows = lines.map((line) => [
    line.at,
    line.kind,
    line.amount,
    line.balance,
    line.held,
    line.application ?? '',
    line.reference ?? (line.reservation === undefined ? '' : `reservation ${line.reservation}`),
  ]);
  return [
    `${currency}: ${opening} at first, ${closing} at the end, ${held} of it held`,
    ...(rows.length === 0 ? [] : columns([heading, ...rows])),
  ];
}
