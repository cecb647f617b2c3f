import type { CivilDate, Instant, Weekday } from '@muster/contracts/kernel/time';

/** Days since 1970-01-01. As a civil day it belongs to no zone; as a UTC day it begins at midnight UTC. */
export type DayNumber = number;

export const DAY_MS = 86_400_000;

export function dayNumber(date: CivilDate): DayNumber {
  return Date.UTC(Number(date.slice(0, 4)), Number(date.slice(5, 7)) - 1, Number(date.slice(8, 10))) / DAY_MS;
}

export function civilDateOf(day: DayNumber): CivilDate {
  return new Date(day * DAY_MS).toISOString().slice(0, 10) as CivilDate;
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
