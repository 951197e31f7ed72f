// What happens in a sandbox, as it happens: exchanges, transactions of the ledger (expiries among them), the clock.
import { z } from 'zod';
import { about, value } from '../../config/schema-words';
import type { Sandbox } from '../../sandbox/sandbox';
import { type Endpoint, endpoint } from '../endpoint';
import { LiveStream, type Send } from '../live-stream';
import { reveal } from '../schemas';
import { shown } from '../shown';
import { transactionTold } from './books';

const KINDS = ['exchange', 'transaction', 'clock'] as const;
type Kind = (typeof KINDS)[number];

/** Transactions told at once; of more only the latest, since somebody who reads live cannot read that many. */
const AT_ONCE = 1_000;

export const EVENT_ENDPOINTS: readonly Endpoint[] = [
  endpoint({
    id: 'followEvents',
    method: 'GET',
    path: '/events',
    tag: 'journal',
    summary:
      'Server-sent events from now on: `exchange`, `transaction` (an expiry has the kind expire), `clock`.',
    query: z.strictObject({
      types: about(
        value(
          z.string().regex(/^(?:exchange|transaction|clock)(?:,(?:exchange|transaction|clock))*$/),
          `some of ${KINDS.join(', ')}, with commas between`,
        ),
        'Which; all when absent.',
      ).optional(),
      reveal,
    }),
    otherTypes: ['text/event-stream'],
    refusals: { 503: 'Too many streams are open.' },
    handle: ({ sandbox }, { query }) => {
      const kinds = new Set<string>(query.types?.split(',') ?? KINDS);
      const revealed = query.reveal === 'true';
      return new LiveStream((send) => {
        const ends = KINDS.filter((kind) => kinds.has(kind)).map((kind) =>
          BEGIN[kind](sandbox, send, revealed),
        );
        return () => {
          for (const end of ends) end();
        };
      });
    },
  }),
];

type Begin = (sandbox: Sandbox, send: Send, revealed: boolean) => () => void;

const BEGIN: Readonly<Record<Kind, Begin>> = {
  exchange: ({ journal }, send, revealed) =>
    journal.subscribe(
      (exchange) => send('exchange', shown(exchange, true), exchange.id),
      {},
      { reveal: revealed },
    ),
  transaction: followTransactions,
  clock: ({ clock }, send) => clock.watch(() => send('clock', shown(clock.status(), true))),
};

/** Read once for all that one turn of the event loop commits, and outside of the commit. */
function followTransactions(sandbox: Sandbox, send: Send, revealed: boolean): () => void {
  const { ledger } = sandbox;
  let last = ledger.read.counts().transactions;
  let awaited: NodeJS.Immediate | undefined;
  const tell = (): void => {
    awaited = undefined;
    if (ledger.trouble() !== undefined) return;
    const { transactions: newest } = ledger.read.counts();
    // A reset or a restore takes the ledger back.
    if (newest < last) {
      last = newest;
      send('transaction', { reset: true, number: newest });
      return;
    }
    const after = Math.max(last, newest - AT_ONCE);
    last = newest;
    for (const transaction of ledger.read.transactions({ after })) {
      send('transaction', shown(transactionTold(sandbox, transaction), revealed));
    }
  };
  const unwatch = ledger.watch(() => {
    awaited ??= setImmediate(tell);
  });
  return () => {
    unwatch();
    if (awaited !== undefined) clearImmediate(awaited);
  };
}
