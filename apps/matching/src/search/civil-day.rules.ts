import type { CivilDate, Instant, Weekday } from '@muster/contracts/kernel/time';

/** Days since 1970-01-01. As a civil day it belongs to no zone; as a UTC day it begins at midnight UTC. */
export type DayNumber = number;

export const DAY_MS = 86_400_000;

/** Digit by digit: it runs for each day of each search, and cutting the text up costs more than the calendar. */
export function dayNumber(date: CivilDate): DayNumber {
  const digit = (at: number) => date.charCodeAt(at) - 48;
  const year = digit(0) * 1000 + digit(1) * 100 + digit(2) * 10 + digit(3);
  return Date.UTC(year, digit(5) * 10 + digit(6) - 1, digit(8) * 10 + digit(9)) / DAY_MS;
}

export function civilDateOf(day: DayNumber): CivilDate {
  return new Date(day * DAY_MS).toISOString().slice(0, 10) as CivilDate;
}

export function addDays(date: CivilDate, days: number): CivilDate {
  return civilDateOf(dayNumber(date) + days);
}

export function utcDayOf(epochMs: number): DayNumber {
  return Math.floor(epochMs / DAY_MS);
}

/** Whole seconds: what the index keeps of an instant. */
export function epochSeconds(instant: Instant): number {
  return Math.floor(Date.parse(instant) / 1000);
}

export function weekdayOf(day: DayNumber): Weekday {
  return ((((day + 3) % 7) + 7) % 7 + 1) as Weekday;
}
