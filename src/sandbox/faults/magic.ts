// Values of a request that ask for a fault themselves, for testers who can reach nothing but their own client: numbers
// below +990, which no subscriber in the world has, and reference codes that begin with EMU-. One table of digits and
// words reads them, prints them and documents them.
import { FAULT_LIMITS } from '../../limits';
import { normaliseAddress } from '../../payment/address';
import { type Deed, OUTCOMES, outcomeNamed, outcomeNumbered, STAGES_OF } from './outcomes';
import type { Stage } from './rule';

/** The country code +990 is not assigned (ITU-T E.164), so a magic number is nobody's. */
export const MAGIC_NUMBER_PREFIX = 'tel:+990';
const MAGIC_REFERENCE_PREFIX = 'EMU-';

/** Digit S of a number, and the word after @ of a reference code. */
const MAGIC_STAGES: readonly { readonly word: string; readonly stage: Stage }[] = [
  { word: 'before', stage: 'before-commit' },
  { word: 'after', stage: 'after-commit-before-reply' },
  { word: 'decide', stage: 'before-decide' },
  { word: 'reply', stage: 'during-reply' },
];

/** Digit D of a number: each doubles the one before. */
const MAGIC_DELAYS: readonly number[] = Array.from({ length: 10 }, (_, digit) =>
  digit === 0 ? 0 : 2 ** (digit - 1) * 250,
);

/** What a magic value asks for. */
export interface MagicWish {
  readonly stage: Stage;
  readonly deed: Deed;
  readonly delayMs: number;
  /** As a rule's: `fault SVC0270`, `timeout`. */
  readonly action: string;
}

interface MagicParts {
  readonly endUserIdentifier?: string;
  readonly splitInfo?: readonly { readonly endUserIdentifier: string }[];
  readonly referenceCode?: string;
}

/**
 * What a request asks for by its payer, the first magic one of a split, or its reference code, in this order;
 * undefined for nearly every request, after a look at the beginnings of texts.
 */
export function magicWish(message: object, countryCode: string | undefined): MagicWish | undefined {
  const { endUserIdentifier, splitInfo, referenceCode } = message as MagicParts;
  if (endUserIdentifier?.includes('990')) {
    const wish = wishOfNumber(endUserIdentifier, countryCode);
    if (wish !== undefined) return wish;
  }
  for (const payer of splitInfo ?? []) {
    const wish = wishOfNumber(payer.endUserIdentifier, countryCode);
    if (wish !== undefined) return wish;
  }
  if (referenceCode?.startsWith(MAGIC_REFERENCE_PREFIX)) return wishOfReference(referenceCode);
  return undefined;
}

const NUMBER = /^tel:\+990([123])(\d{4})([0-3])(\d)\d{0,5}$/;

/** In whatever form the request has it: the ledger's normal form decides, so both mean the same subscriber. */
function wishOfNumber(text: string, countryCode: string | undefined): MagicWish | undefined {
  const address = normaliseAddress(text.trim(), countryCode)?.address;
  const match = address === undefined ? null : NUMBER.exec(address);
  if (match === null) return undefined;
  const [, family, code = '', stageDigit, delayDigit] = match;
  const what =
    family === '3' ? outcomeOf(Number(code)) : faultOf(family === '1' ? 'SVC' : 'POL', code);
  const stage = MAGIC_STAGES[Number(stageDigit)]?.stage;
  return wish(what, stage, MAGIC_DELAYS[Number(delayDigit)] ?? 0);
}

/** The longer words first: `timeout-uncharged` begins like `timeout`. */
const WORDS = OUTCOMES.filter(({ deed }) => deed !== undefined)
  .flatMap(({ word }) => [`${word}-uncharged`, `${word}-charged`, word])
  .filter((word) => outcomeNamed(word) !== undefined)
  .sort((a, b) => b.length - a.length);
const REFERENCE = new RegExp(
  `^${MAGIC_REFERENCE_PREFIX}(?:(SVC|POL)(\\d{4})|(${WORDS.join('|')}))` +
    `(?:@(${MAGIC_STAGES.map(({ word }) => word).join('|')}))?(?:\\+(\\d{1,6})ms)?(?:-|$)`,
);

function wishOfReference(code: string): MagicWish | undefined {
  const match = REFERENCE.exec(code);
  if (match === null) return undefined;
  const [, kind, digits = '', word = '', stageWord, milliseconds = '0'] = match;
  const at = MAGIC_STAGES.find((each) => each.word === stageWord)?.stage;
  const delayMs = Math.min(Number(milliseconds), FAULT_LIMITS.delayMs);
  if (kind !== undefined) return wish(faultOf(kind, digits), at ?? 'before-commit', delayMs);

  const outcome = outcomeNamed(word);
  if (outcome === undefined || (outcome.fixed && at !== undefined)) return undefined;
  const { deed } = outcome.row;
  return wish(deed && { deed, action: word }, at ?? outcome.stage, delayMs);
}

interface What {
  readonly deed: Deed;
  readonly action: string;
}

function faultOf(kind: string, digits: string): What {
  const code = kind + digits;
  return { deed: { does: 'fault', code, status: 500 }, action: `fault ${code}` };
}

function outcomeOf(number: number): What | undefined {
  const row = outcomeNumbered(number);
  return row?.deed && { deed: row.deed, action: row.word };
}

/** None where the deed makes no sense at that stage: such a value is an ordinary one. */
function wish(
  what: What | undefined,
  stage: Stage | undefined,
  delayMs: number,
): MagicWish | undefined {
  if (what === undefined || stage === undefined) return undefined;
  const { deed, action } = what;
  if (!STAGES_OF[deed.does].includes(stage)) return undefined;
  return { stage, deed, delayMs, action: delayMs === 0 ? action : `delay and ${action}` };
}

/** The table for people, as lines: what each digit and each word means. */
export function magicTable(): readonly string[] {
  const outcomes = OUTCOMES.filter(({ deed }) => deed !== undefined);
  return [
    `numbers     ${MAGIC_NUMBER_PREFIX} F CCCC S D [up to 5 digits of your own], without the spaces`,
    'F family    0 none: an ordinary subscriber   1 SVC   2 POL   3 outcome',
    'CCCC        the digits of the code (0270), or the number of the outcome:',
    ...outcomes.map(
      ({ number, word, wire }) => `  ${fourDigits(number)}  ${word.padEnd(11)} ${wire}`,
    ),
    `S stage     ${MAGIC_STAGES.map(({ stage }, digit) => `${digit} ${stage}`).join('   ')}`,
    `D delay     0 none   ${MAGIC_DELAYS.slice(1)
      .map((ms, index) => `${index + 1} ${ms / 1000}s`)
      .join('   ')}`,
    `references  ${MAGIC_REFERENCE_PREFIX}WHAT[@STAGE][+500ms][-your own], where WHAT is a code or an outcome,`,
    `            and STAGE ${MAGIC_STAGES.map(({ word, stage }) => `${word} (${stage})`).join(', ')}`,
    'examples',
    ...MAGIC_EXAMPLES.map(({ value, meaning }) => `  ${value.padEnd(32)} ${meaning}`),
  ];
}

export const MAGIC_EXAMPLES = [
  { value: 'tel:+9901027000', meaning: 'SVC0270, nothing charged' },
  { value: 'tel:+9902000100123', meaning: 'POL0001, nothing charged; 123 is free' },
  { value: 'tel:+9903000610', meaning: 'charged, then no answer' },
  { value: 'tel:+9903001310', meaning: 'charged, then the connection is reset' },
  { value: 'tel:+9903000104', meaning: 'charged, 2 s late' },
  { value: 'EMU-SVC0270-4711', meaning: 'SVC0270, nothing charged' },
  { value: 'EMU-POL0001@after-4711', meaning: 'charged, and POL0001 all the same' },
  { value: 'EMU-timeout-uncharged', meaning: 'no answer, nothing charged' },
  { value: 'EMU-success+500ms-4711', meaning: 'charged, half a second late' },
] as const;

function fourDigits(number: number): string {
  return String(number).padStart(4, '0');
}
