// Makes a text fit for a log: no full subscriber number, no control character.

/** Numbers keep their first digits and the last two; names before an @ keep their first two characters. */
export function masked(text: string): string {
  const withoutNumbers = text.replace(NUMBERS, maskedNumber);
  const withoutNames = text.includes('@')
    ? withoutNumbers.replace(NAMES, '$1***@')
    : withoutNumbers;
  return PLAIN.test(withoutNames) ? withoutNames : withoutNames.replace(CONTROLS, escaped);
}

const NUMBERS = /\d{5,}/g;
const NAMES = /([\w.~!$&'*+-]{1,2})[\w.~!$&'*+-]*@/g;
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
