// Subscribers of a running emulator: what they have, and changing it.
import { type AdminClient, adminClient, segment, switched, textOf } from './admin-client';
import { columns } from './columns';
import { EXIT } from './exit-code';
import { print } from './print';
import type { Flags } from './target';
import type { Terminal } from './terminal';

interface Account {
  readonly subscriber: string;
  readonly status: 'active' | 'barred';
  readonly wallets: readonly {
    readonly currency: string;
    readonly balance: string;
    readonly held: string;
    readonly creditLimit: string;
    readonly available: string;
  }[];
}

export async function listAccounts(flags: Flags, terminal: Terminal): Promise<number> {
  const limit = textOf(flags, 'limit');
  const reveal = switched(flags.reveal);
  const listed = await adminClient(flags, terminal).ask<{
    readonly total: number;
    readonly subscribers: readonly Account[];
  }>('GET /subscribers', { limit, reveal });
  const { total, subscribers } = listed;
  const more = total - subscribers.length;
  print(terminal, flags, listed, [
    ...(total === 0 ? ['There are no subscribers.'] : table(subscribers)),
    ...(more > 0 ? [`and ${more} more; --limit ${total} shows all.`] : []),
  ]);
  return EXIT.ok;
}

export function showAccount(subscriber: string, flags: Flags, terminal: Terminal): Promise<number> {
  return told(flags, terminal, (client, query) =>
    client.ask(`GET /subscribers/${segment(subscriber)}`, query),
  );
}

export function createAccount(
  subscriber: string,
  flags: Flags,
  terminal: Terminal,
): Promise<number> {
  const wallet = {
    currency: textOf(flags, 'currency'),
    balance: textOf(flags, 'balance'),
    creditLimit: textOf(flags, 'creditLimit'),
  };
  const hasWallet = Object.values(wallet).some((part) => part !== undefined);
  const body = {
    subscriber,
    ...(flags.barred === true && { status: 'barred' }),
    ...(hasWallet && { wallets: [wallet] }),
  };
  return told(flags, terminal, (client, query) => client.ask('POST /subscribers', query, body));
}

export function moveMoney(
  verb: 'top-up' | 'withdraw',
  [subscriber, amount, currency]: readonly [string, string, string | undefined],
  flags: Flags,
  terminal: Terminal,
): Promise<number> {
  return told(flags, terminal, (client, query) =>
    client.ask(`POST /subscribers/${segment(subscriber)}/${verb}`, query, { amount, currency }),
  );
}

export function changeAccount(
  subscriber: string,
  change: {
    readonly status?: Account['status'];
    readonly creditLimit?: string;
    readonly currency?: string | undefined;
  },
  flags: Flags,
  terminal: Terminal,
): Promise<number> {
  return told(flags, terminal, (client, query) =>
    client.ask(`PATCH /subscribers/${segment(subscriber)}`, query, change),
  );
}

async function told(
  flags: Flags,
  terminal: Terminal,
  ask: (client: AdminClient, query: { readonly reveal: 'true' | undefined }) => Promise<Account>,
): Promise<number> {
  const account = await ask(adminClient(flags, terminal), { reveal: switched(flags.reveal) });
  print(terminal, flags, account, table([account]));
  return EXIT.ok;
}

function table(accounts: readonly Account[]): string[] {
  const heading = ['subscriber', 'status', 'available', 'held', 'balance', 'credit limit', ''];
  const rows = accounts.flatMap(({ subscriber, status, wallets }) => {
    if (wallets.length === 0) return [[subscriber, status, 'no wallet']];
    return wallets.map(({ available, held, balance, creditLimit, currency }) => {
      return [subscriber, status, available, held, balance, creditLimit, currency];
    });
  });
  return columns([heading, ...rows]);
}
