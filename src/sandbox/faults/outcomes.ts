// The outcomes that a payment client can meet, one word each: the table behind rules, magic values and the manual.
// What each does on the wire is carried out elsewhere.
import type { Stage } from './rule';

/** What is done to an exchange. */
export type Deed =
  | { readonly does: 'pass' }
  | {
      readonly does: 'fault';
      readonly code: string;
      readonly variables?: readonly string[];
      readonly text?: string;
      readonly status: 200 | 500;
    }
  | { readonly does: 'http'; readonly status: number; readonly body: string }
  | { readonly does: 'malformed' | 'truncated' | 'half' | 'stall' | 'reset' | 'duplicate' }
  | { readonly does: 'dribble'; readonly bytes: number; readonly everyMs: number };

export interface OutcomeRow {
  readonly word: string;
  /** In a magic number: `0006` is timeout. */
  readonly number: number;
  /** What goes over the wire. */
  readonly wire: string;
  /** What a client should conclude. */
  readonly conclusion: string;
  /** Undefined for what no server can do; `instead` says what to do. */
  readonly deed?: Deed;
  readonly instead?: string;
  /** Where it happens when the money has moved, and when it has not. The first there is is the default. */
  readonly charged?: Stage;
  readonly uncharged?: Stage;
}

const AFTER = 'after-commit-before-reply';
const BEFORE = 'before-commit';
const AMBIGUOUS = 'unknown: neither send again blindly nor count as unpaid';
const REFUSED = 'not charged';

/** The code of `fault-500` and `fault-200`: the charge was not applied (TS 29.199-6 clause 9.1.1). */
const NOT_APPLIED = { does: 'fault', code: 'SVC0270' } as const;

// biome-ignore format: one row an outcome
export const OUTCOMES: readonly OutcomeRow[] = [
  { word: 'success',    number: 1,  charged: AFTER, deed: { does: 'pass' },
    wire: 'the true answer; rules below and magic values are not asked', conclusion: 'charged' },
  { word: 'fault-500',  number: 2,  uncharged: BEFORE, deed: { ...NOT_APPLIED, status: 500 },
    wire: 'HTTP 500 and a fault SVC0270', conclusion: REFUSED },
  { word: 'fault-200',  number: 3,  uncharged: BEFORE, deed: { ...NOT_APPLIED, status: 200 },
    wire: 'HTTP 200 and a fault SVC0270', conclusion: `${REFUSED}, whatever the status says` },
  { word: 'html-400',   number: 4,  uncharged: BEFORE, deed: { does: 'http', status: 400, body: 'html' },
    wire: 'HTTP 400 and a page of HTML', conclusion: `${REFUSED}; no SOAP answer` },
  { word: 'error-500',  number: 5,  charged: AFTER, uncharged: BEFORE, deed: { does: 'http', status: 500, body: 'html' },
    wire: 'HTTP 500 and a page of HTML, no fault', conclusion: AMBIGUOUS },
  { word: 'timeout',    number: 6,  charged: AFTER, uncharged: BEFORE, deed: { does: 'stall' },
    wire: 'nothing, until the client gives up', conclusion: AMBIGUOUS },
  { word: 'refused',    number: 7,  uncharged: 'before-decide', deed: { does: 'reset' },
    wire: 'the connection is reset before anything is done: as near as a server that listens can come',
    conclusion: 'not sent, where the connection was refused; a reset is not to be told from an ambiguous one',
    instead: 'for a refused connection use a port where nothing listens' },
  { word: 'dns',        number: 8,  wire: 'nothing: the name does not resolve', conclusion: 'not sent',
    instead: 'no server can do it: use http://gateway.invalid/, a name that never resolves (RFC 2606)' },
  { word: 'tls',        number: 9,  wire: 'nothing: the handshake fails', conclusion: 'not sent; a mistake of set-up',
    instead: 'no answer can do it: use https:// with the port of the emulator, which speaks plain HTTP' },
  { word: 'malformed',  number: 10, charged: AFTER, uncharged: BEFORE, deed: { does: 'malformed' },
    wire: 'the true answer with its last tags crossed: no XML', conclusion: AMBIGUOUS },
  { word: 'proxy-html', number: 11, charged: AFTER, uncharged: BEFORE, deed: { does: 'http', status: 200, body: 'html' },
    wire: 'HTTP 200 and a page of HTML', conclusion: AMBIGUOUS },
  { word: 'empty',      number: 12, charged: AFTER, uncharged: BEFORE, deed: { does: 'http', status: 200, body: 'empty' },
    wire: 'HTTP 200 without a body', conclusion: AMBIGUOUS },
  { word: 'reset',      number: 13, charged: AFTER, uncharged: BEFORE, deed: { does: 'reset' },
    wire: 'no answer; the connection is reset (TCP RST)', conclusion: AMBIGUOUS },
  { word: 'half',       number: 14, charged: 'during-reply', uncharged: BEFORE, deed: { does: 'half' },
    wire: 'the head and half of the answer, then the connection is closed', conclusion: AMBIGUOUS },
  { word: 'truncated',  number: 15, charged: AFTER, uncharged: BEFORE, deed: { does: 'truncated' },
    wire: 'the first half of the answer as if it were the whole', conclusion: AMBIGUOUS },
  { word: 'duplicate',  number: 16, charged: AFTER, deed: { does: 'duplicate' },
    wire: 'the answer of the first of two executions', conclusion: 'charged, and by the operator twice' },
];

/** One word and where it happens; words with a suffix say themselves whether the money moves. */
export interface Outcome {
  readonly row: OutcomeRow;
  readonly stage: Stage;
  /** Whether the word itself says when, so that a rule has no say in it. */
  readonly fixed: boolean;
}

/** Every word that can be asked for, `timeout-uncharged` among them. */
const BY_WORD: ReadonlyMap<string, Outcome> = new Map(OUTCOMES.flatMap(wordsOf));

export const OUTCOME_WORDS: readonly string[] = [...BY_WORD.keys()];

const BY_NUMBER: ReadonlyMap<number, OutcomeRow> = new Map(
  OUTCOMES.map((row) => [row.number, row]),
);

export function outcomeNamed(word: string): Outcome | undefined {
  return BY_WORD.get(word);
}

export function outcomeNumbered(number: number): OutcomeRow | undefined {
  return BY_NUMBER.get(number);
}

function wordsOf(row: OutcomeRow): readonly (readonly [string, Outcome])[] {
  const { word, charged, uncharged } = row;
  const stage = charged ?? uncharged;
  const plain = [word, { row, stage: stage ?? 'before-decide', fixed: false }] as const;
  if (charged === undefined || uncharged === undefined) return [plain];
  return [
    plain,
    [`${word}-charged`, { row, stage: charged, fixed: true }],
    [`${word}-uncharged`, { row, stage: uncharged, fixed: true }],
  ];
}

/** Where each deed makes sense; the first is its stage when nobody names one. */
export const STAGES_OF: Readonly<Record<Deed['does'], readonly Stage[]>> = {
  pass: ['before-decide', 'before-parse', BEFORE, AFTER, 'during-reply'],
  fault: [BEFORE, 'before-decide', AFTER],
  http: [BEFORE, 'before-parse', 'before-decide', AFTER],
  malformed: [AFTER, 'before-parse', 'before-decide', BEFORE, 'during-reply'],
  truncated: [AFTER, 'before-parse', 'before-decide', BEFORE, 'during-reply'],
  half: ['during-reply', 'before-parse', 'before-decide', BEFORE, AFTER],
  stall: [AFTER, 'before-parse', 'before-decide', BEFORE, 'during-reply'],
  reset: [AFTER, 'before-parse', 'before-decide', BEFORE, 'during-reply'],
  duplicate: [AFTER],
  dribble: ['during-reply'],
};
