// Makes a text fit for a log: no full subscriber number, no control character.

/** Numbers keep their first digits and the last two; names before an @ keep their first two characters. */
export function masked(text: string): string {
  return maskedWhere(text, NUMBERS, NAMES);
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
      index % 2 === 1 ? maskedWhere(part, NUMBERS_IN_PATH, NAMES_IN_PATH) : masked(part),
    )
    .join('');
}

function maskedWhere(text: string, numbers: RegExp, names: RegExp): string {
  const withoutNumbers = text.replace(numbers, maskedNumber);
  const withoutNames = text.includes('@')
    ? withoutNumbers.replace(names, '$1***@')
    : withoutNumbers;
  return PLAIN.test(withoutNames) ? withoutNames : withoutNames.replace(CONTROLS, escaped);
}

const NUMBERS = /\d{5,}/g;
const NAMES = /([\w.~!$&'*+-]{1,2})[\w.~!$&'*+-]*@/g;
/** From the root, a drive or file://, to the next space, quote or bracket. */
const PATHS = /(?<![^\s'"(])((?:file:\/\/)?(?:[A-Za-z]:)?[\\/][^\s'"()]*)/;
/** After a scheme or a plus; or a whole segment or value, as where the path is one of a request. */
const NUMBERS_IN_PATH =
  /(?<=(?:tel|sips?|short)(?::|%3A)|\+|%2B)\d{5,}|(?<=[\\/=])\d{7,}(?![-\w]|\.\w)/gi;
const NAMES_IN_PATH = /(?<=sips?:)([\w.~!$&'*+-]{1,2})[\w.~!$&'*+-]*@/gi;
/** Nearly every text: this test is far cheaper than looking for what Unicode calls a control character. */
const PLAIN = /^[ -~]*$/;
const CONTROLS = /[\p{Cc}\p{Cf}\u2028\u2029]/gu;

function maskedNumber(digits: string): string {
  const first = Math.min(4, Math.floor(digits.length / 3));
  const last = digits.length >= 7 ? 2 : 1;
  return digits.slice(0, first) + '*'.repeat(digits.length - first - last) + digits.slice(-last);
}

function escaped(character: string): string {
  return `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`;
}
