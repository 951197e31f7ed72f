// Makes a text fit for a log: no full subscriber number, no control character.
import { maskedAddresses } from '../sandbox/journal/masking';

/** Numbers keep their first digits and the last two; names before an @ keep their first two characters. */
export function masked(text: string): string {
  return withoutControls(maskedAddresses(text));
}

/** Of a subject a line shows so much: as long as the longest identifier. */
const SUBJECT_CHARACTERS = 128;

/** As `masked`, and cut. Only then: half an address would no longer look like one. */
export function maskedSubject(subject: string): string {
  return masked(subject).slice(0, SUBJECT_CHARACTERS);
}

/** As `masked`, but paths of files stay readable; in them only what must be an address is masked. */
export function maskedStack(stack: string): string {
  // A capturing group puts what it matches at the odd places of the parts.
  const parts = stack.split(PATHS);
  return parts
    .map((part, index) =>
      index % 2 === 1
        ? withoutControls(maskedAddresses(part, NUMBERS_IN_PATH, NAMES_IN_PATH))
        : masked(part),
    )
    .join('');
}

function withoutControls(text: string): string {
  return PLAIN.test(text) ? text : text.replace(CONTROLS, escaped);
}

/** From the root, a drive or file://, to the next space, quote or bracket. */
const PATHS = /(?<![^\s'"(])((?:file:\/\/)?(?:[A-Za-z]:)?[\\/][^\s'"()]*)/;
/** After a scheme or a plus; or a whole segment or value, as where the path is one of a request. */
const NUMBERS_IN_PATH =
  /(?<=(?:tel|sips?|short)(?::|%3A)|\+|%2B)\d{5,}|(?<=[\\/=])\d{7,}(?![-\w]|\.\w)/gi;
const NAMES_IN_PATH = /(?<=sips?:)([\w.~!$&'*+-]{1,2})[\w.~!$&'*+-]*@/gi;
/** Nearly every text: this test is far cheaper than looking for what Unicode calls a control character. */
const PLAIN = /^[ -~]*$/;
const CONTROLS = /[\p{Cc}\p{Cf}\u2028\u2029]/gu;

function escaped(character: string): string {
  return `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`;
}
