// Questions to the ledger of a running emulator. A false answer is no error of the command, but a failed check.
import { adminClient, switched, textOf } from './admin-client';
import { millisecondsOf } from './duration';
import { EXIT } from './exit-code';
import { print } from './print';
import type { Flags } from './target';
import type { Terminal } from './terminal';

interface Verdict {
  readonly holds: boolean;
  readonly sentence: string;
}

interface Audit {
  readonly ok: boolean;
  readonly violations: readonly { readonly invariant: string; readonly sentence: string }[];
  readonly digest: string;
  readonly doubleChargeSuspects: readonly object[];
  readonly openHolds: readonly object[];
  readonly counts: Readonly<Record<string, number>>;
}

const QUESTIONS = {
  'exactly-once': 'exactlyOnce',
  'at-most-once': 'atMostOnce',
  never: 'never',
  net: 'net',
  holds: 'noOpenHolds',
  doubles: 'noDoubleCharges',
} as const;
export type Question = keyof typeof QUESTIONS;

/** Prints the sentence; 1 when what is asked is not so. `amount` is that of net. */
export async function verify(
  question: Question,
  amount: string | undefined,
  flags: Flags,
  terminal: Terminal,
): Promise<number> {
  const within = textOf(flags, 'within');
  const body = {
    question: QUESTIONS[question],
    subscriber: textOf(flags, 'subscriber'),
    application: textOf(flags, 'application'),
    reference: textOf(flags, 'reference'),
    currency: textOf(flags, 'currency'),
    amount: amount ?? textOf(flags, 'amount'),
    since: textOf(flags, 'since'),
    until: textOf(flags, 'until'),
    withinMs: within === undefined ? undefined : millisecondsOf(within),
  };
  const reveal = switched(flags.reveal);
  const verdict = await adminClient(flags, terminal).ask<Verdict>('POST /verify', { reveal }, body);
  const { holds, sentence } = verdict;
  print(terminal, flags, verdict, [`${holds ? 'yes' : 'NO'}  ${sentence}`]);
  return holds ? EXIT.ok : EXIT.failedCheck;
}

/** 1 when the ledger breaks an invariant; what is merely suspect or open is told. */
export async function audit(flags: Flags, terminal: Terminal): Promise<number> {
  const reveal = switched(flags.reveal);
  const made = await adminClient(flags, terminal).ask<Audit>('GET /audit', { reveal });
  const { ok, violations, digest, doubleChargeSuspects, openHolds, counts } = made;
  const suspects = doubleChargeSuspects.length;
  print(terminal, flags, made, [
    ok ? 'yes  The ledger keeps all of its invariants.' : 'NO  The ledger breaks invariants:',
    ...violations.map(({ invariant, sentence }) => `  ${invariant}: ${sentence}`),
    `suspected double charges  ${suspects}${suspects === 0 ? '' : ' (verify doubles tells which)'}`,
    `open reservations         ${openHolds.length}`,
    `transactions              ${counts.transactions ?? 0}`,
    `digest                    ${digest}`,
  ]);
  return ok ? EXIT.ok : EXIT.failedCheck;
}
