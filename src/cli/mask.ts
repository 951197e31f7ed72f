// Makes a text fit for a log: no full subscriber number, no control character.

/** Numbers keep their first digits and the last two; names before an @ keep their first two characters. */
export function masked(text: string): string {
  return text
    .replace(/\d{5,}/g, maskedNumber)
    .replace(/([\w.~!$&'*+-]{1,2})[\w.~!$&'*+-]*@/g, '$1***@')
    .replace(CONTROL, escaped);
}

const CONTROL = /[\p{Cc}\p{Cf}\u2028\u2029]/gu;

function maskedNumber(digits: string): string {
  const first = Math.min(4, Math.floor(digits.length / 3));
  const last = digits.length >= 7 ? 2 : 1;
  return digits.slice(0, first) + '*'.repeat(digits.length - first - last) + digits.slice(-last);
}

function escaped(character: string): string {
  return `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`;
}
