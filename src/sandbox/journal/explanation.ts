// One exchange step by step, as data and as text for a terminal. Finds nothing out by itself.
import type { Instant } from '../../ledger/time';
import { isoTime } from '../time/clock';

export const STEPS = [
  'fault rule',
  'transport',
  'message',
  'security',
  'shape',
  'request',
  'ledger',
  'price',
  'money',
  'answer',
] as const;

/** `noted`: there is something to tell, and it neither passed nor refused anything. */
export type StepOutcome = 'passed' | 'refused' | 'noted' | 'not reached';

export interface ExplainedLine {
  readonly outcome: StepOutcome;
  readonly text: string;
  readonly clause?: string;
}

/** A step in the order of the way; its lines are the checks, deviations or transfers that make it up. */
export interface ExplainedStep extends ExplainedLine {
  readonly step: (typeof STEPS)[number];
  readonly lines: readonly ExplainedLine[];
}

/** A movement of money that the exchange caused. */
export interface ExplainedTransfer {
  readonly transaction: number;
  readonly movement: Movement;
  /** `tel:+15550100`, `application shop` or `the operator`. */
  readonly from: string;
  readonly to: string;
  readonly amount: string;
  readonly currency: string;
  /** Of the subscriber, after it. */
  readonly balance: string;
  readonly held: string;
}

/** What a transfer is for its subscriber. */
export type Movement = 'topped up' | 'paid out' | 'charged' | 'refunded' | 'held' | 'freed';

export interface Explanation {
  readonly id: string;
  readonly at: Instant;
  /** What came of it, in one sentence. */
  readonly sentence: string;
  readonly steps: readonly ExplainedStep[];
  readonly transfers: readonly ExplainedTransfer[];
}

/** Lines of less than 200 characters as a rule, without colours. */
export function explanationText({ id, at, sentence, steps }: Explanation): string {
  const lines = [`${id}  ${isoTime(at)}`, sentence, ''];
  for (const step of steps) {
    lines.push(`${step.outcome.padEnd(OUTCOME_WIDTH)}${lineText(step, `${step.step}: `)}`);
    for (const line of step.lines) {
      lines.push(`${' '.repeat(OUTCOME_WIDTH)}- ${mark(line, step)}${lineText(line, '')}`);
    }
  }
  return `${lines.join('\n')}\n`;
}

const OUTCOME_WIDTH = 'not reached  '.length;

function lineText({ text, clause }: ExplainedLine, name: string): string {
  return clause === undefined ? name + text : `${name}${text} (${clause})`;
}

/** Only where it differs from its step. */
function mark({ outcome }: ExplainedLine, step: ExplainedStep): string {
  return outcome === step.outcome ? '' : `${outcome}: `;
}
