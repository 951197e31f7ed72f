// The published order of the checks that need the ledger: the first objection from top to bottom is the answer.
// Before these come the checks of the request alone, in src/payment/matrix.ts; docs/checks.md shows both.
import * as checks from './checks';
import { confirmationRefsHold } from './confirmation';
import type { Decision } from './decision';
import { Refusal } from './refusal';
import type { CheckedCommand, Situation } from './situation';
import { withinUndoneCharge } from './undoing';

export interface LedgerRow {
  readonly name: string;
  readonly check: checks.LedgerCheck;
  /** Kinds of commands, separated by white space. */
  readonly commands: string;
  /** The message part that it judges, where some operations behind the commands do not have it. */
  readonly part?: string;
  /** The faults it can answer. */
  readonly faults: string;
}

// biome-ignore format: the columns are the documentation
export const LEDGER_MATRIX: readonly LedgerRow[] = [
  { name: 'reference code unused',         check: checks.referenceUnused,        commands: 'charge refund                       capture        ', faults: 'SVC0002 referenceCode (reject, replay)' },
  { name: 'reservation open',              check: checks.reservationOpen,        commands: '                            enlarge capture release', faults: 'SVC0002 reservationIdentifier' },
  { name: 'priced in its currency',        check: checks.changePriced,           commands: '                            enlarge capture        ', faults: 'SVC0007' },
  { name: 'maximumAmountPerTransaction',   check: checks.withinTransactionLimit, commands: 'charge              reserve enlarge                ', faults: 'POL0001 AMOUNT_LIMIT' },
  { name: 'maximumAmountPerMonth',         check: checks.withinMonthlyLimit,     commands: 'charge              reserve enlarge capture        ', faults: 'POL0001 MONTHLY_LIMIT' },
  { name: 'subscriber known',              check: checks.subscriberKnown,        commands: 'charge refund quote reserve                        ', faults: 'SVC0002 endUserIdentifier, splitInfo' },
  { name: 'account active',                check: checks.accountActive,          commands: 'charge refund quote reserve enlarge capture release', faults: 'SVC0270, else POL0001 ACCOUNT_BARRED' },
  { name: 'confirmationRefs hold',         check: confirmationRefsHold,          commands: 'charge refund                                      ', faults: 'POL0253', part: 'confirmationRefs' },
  { name: 'within the reservation',        check: checks.withinReservation,      commands: '                            enlarge capture        ', faults: 'SVC0007, SVC0002 volume, SVC0270' },
  { name: 'within the charge it undoes',   check: withinUndoneCharge,            commands: '       refund                                      ', faults: 'SVC0270 (refunds: linked)' },
  { name: 'funds',                         check: checks.fundsSuffice,           commands: 'charge              reserve enlarge                ', faults: 'SVC0270, SVC0001 INSUFFICIENT_FUNDS' },
  { name: 'longest reservation',           check: checks.withinLongestTime,      commands: '                            enlarge                ', faults: 'POL0001 DURATION_LIMIT' },
  { name: 'largest balance',               check: checks.countersHold,           commands: 'charge refund       reserve enlarge capture        ', faults: 'SVC0270, SVC0001 INSUFFICIENT_FUNDS' },
];

/** The kinds of commands that a row judges. */
export function commandsOf({ commands }: LedgerRow): readonly CheckedCommand['kind'][] {
  return commands.trim().split(/\s+/) as CheckedCommand['kind'][];
}

const ROWS_OF = new Map<string, LedgerRow[]>();
for (const row of LEDGER_MATRIX) {
  for (const kind of commandsOf(row)) {
    ROWS_OF.set(kind, [...(ROWS_OF.get(kind) ?? []), row]);
  }
}

/** What speaks against accepting the command, or ends it otherwise; undefined when nothing does. */
export function firstObjection(situation: Situation): Decision | undefined {
  for (const { check, name } of ROWS_OF.get(situation.command.kind) ?? []) {
    const objection = check(situation);
    if (objection !== undefined) {
      return objection instanceof Refusal ? objection.by(name) : objection;
    }
  }
  return undefined;
}
