// Instants and the standard's TimeMetric (TS 29.199-1). Calendar arithmetic in UTC; nothing here reads a clock.

/** Milliseconds since 1970-01-01T00:00:00Z. */
export type Instant = number;

export const TIME_METRICS = [
  'Millisecond',
  'Second',
  'Minute',
  'Hour',
  'Day',
  'Week',
  'Month',
  'Year',
] as const;

export interface TimeMetric {
  readonly metric: (typeof TIME_METRICS)[number];
  /** A positive whole number. */
  readonly units: number;
}

const FIXED_MS = {
  Millisecond: 1,
  Second: 1_000,
  Minute: 60_000,
  Hour: 3_600_000,
  Day: 86_400_000,
  Week: 604_800_000,
} as const;

/** Adds a duration. A month or a year is a calendar one; a day that the target month lacks becomes its last. */
export function addDuration(instant: Instant, duration: TimeMetric): Instant {
  const { metric, units } = duration;
  if (metric === 'Month') return addMonths(instant, units);
  if (metric === 'Year') return addMonths(instant, units * 12);
  return instant + FIXED_MS[metric] * units;
}

/** The first instant of the calendar month, UTC. */
export function startOfMonth(instant: Instant): Instant {
  const date = new Date(instant);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth());
}

function addMonths(instant: Instant, months: number): Instant {
  const date = new Date(instant);
  const day = date.getUTCDate();
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() + months);
  const daysInMonth = new Date(
    Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0),
  ).getUTCDate();
  date.setUTCDate(Math.min(day, daysInMonth));
  return date.getTime();
}
