// An instant as people write it: a date and a time with their zone.

export const INSTANT_RULE = 'an instant such as 2027-01-01T00:00:00Z';

const WRITTEN = /^(\d{4}-\d\d-(\d\d))T\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?(?:Z|[+-]\d\d:\d\d)$/;

/** In milliseconds since 1970; undefined for what is none, such as the 30th of February. */
export function instantIn(text: string): number | undefined {
  const [, date, day] = WRITTEN.exec(text) ?? [];
  if (date === undefined || day === undefined) return undefined;
  const instant = Date.parse(text);
  if (Number.isNaN(instant)) return undefined;
  // What the calendar does not have is taken for a day of the next month.
  return Number(day) > daysIn(date) ? undefined : instant;
}

function daysIn(date: string): number {
  const [year = 0, month = 0] = date.split('-').map(Number);
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}
