// Texts without full subscriber numbers and names: what people get to see who did not ask for them. Knows no message.

/**
 * Numbers of five digits and more keep their first digits and the last two; names before an @ keep their first two
 * characters. `numbers` and `names` say where to look, when not everywhere.
 */
export function maskedAddresses(text: string, numbers = NUMBERS, names = NAMES): string {
  const withoutNumbers = text.replace(numbers, maskedNumber);
  return text.includes('@') ? withoutNumbers.replace(names, '$1***@') : withoutNumbers;
}

/**
 * A reference code, in which most numbers are not those of subscribers: hidden are whatever is written as an address, and
 * the digits of `subscribers` wherever they stand.
 */
export function maskedReference(reference: string, subscribers: readonly string[]): string {
  return maskedAddresses(reference, addressPattern(subscribers));
}

/** What `maskedReference` looks for, to be used for many texts. */
export function addressPattern(subscribers: readonly string[]): RegExp {
  const numbers = subscribers.flatMap((subscriber) => {
    const digits = subscriber.replace(/(?<=\d)[-.()]+(?=\d)/g, '');
    return digits.match(/\d{5,}/g) ?? [];
  });
  // Between the digits of a number may be separators; between a number and what follows it is mostly one as well.
  const own = [...new Set(numbers)].map((number) => `${[...number].join('[-.()]*')}|`).join('');
  return new RegExp(`${own}(?<=(?:tel|short):\\+?|\\+)\\d{5,}`, 'gi');
}

/** After a scheme or a plus also with the visual separators of RFC 3966 between the digits. */
const NUMBERS = /(?<=(?:tel|short):\+?|\+)\d(?:[-.()]*\d){4,}|\d{5,}/gi;
const NAMES = /([\w.~!$&'*+-]{1,2})[\w.~!$&'*+-]*@/g;

function maskedNumber(number: string): string {
  const digits = number.replace(/\D/g, '');
  const first = Math.min(4, Math.floor(digits.length / 3));
  const last = digits.length >= 7 ? 2 : 1;
  return digits.slice(0, first) + '*'.repeat(digits.length - first - last) + digits.slice(-last);
}
