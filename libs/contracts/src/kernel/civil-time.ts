/**
 * Civil time: what "today", "begun" and "over" mean at a site. A working day is not an instant: it is a date, two
 * wall-clock times and an IANA zone, and only together do they name two instants. Everything here is pure: callers pass
 * "now" in, from `Clock` in services and from the one clock of the web app.
 *
 * This is the one file of the contracts that the web app may import, so it imports nothing but types.
 */
import type { CivilDate, Instant, LocalTime, Weekday, Zone } from './time';

/** Days since 1970-01-01. As a civil day it belongs to no zone; as a UTC day it begins at midnight UTC. */
export type DayNumber = number;

const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

/** The number of a civil date. It is parsed digit by digit, because this runs for each day of each search. */
export function dayNumber(date: CivilDate | string): DayNumber {
  const digit = (at: number) => date.charCodeAt(at) - 48;
  const year = digit(0) * 1000 + digit(1) * 100 + digit(2) * 10 + digit(3);
  return Date.UTC(year, digit(5) * 10 + digit(6) - 1, digit(8) * 10 + digit(9)) / DAY_MS;
}

export function civilDateOf(day: DayNumber): CivilDate {
  return new Date(day * DAY_MS).toISOString().slice(0, 10) as CivilDate;
}

export function addDays(date: CivilDate | string, days: number): CivilDate {
  return civilDateOf(dayNumber(date) + days);
}

/** How many days ahead a calendar can be marked and a job can lie. */
const DAYS_AHEAD = 90;

/** The last date that may be named today, for the days of a job as for the exceptions of a calendar. */
export function lastDayAhead(today: CivilDate | string): CivilDate {
  return addDays(today, DAYS_AHEAD);
}

/** Days from one date to another; negative when `to` is earlier. */
export function daysBetween(from: CivilDate | string, to: CivilDate | string): number {
  return dayNumber(to) - dayNumber(from);
}

/** The UTC day in which an instant lies; `epochMs` in milliseconds since 1970. */
export function utcDayOf(epochMs: number): DayNumber {
  return Math.floor(epochMs / DAY_MS);
}

/** Whole seconds since 1970 of an instant. */
export function epochSeconds(instant: Instant | string): number {
  return Math.floor(Date.parse(instant) / 1000);
}

/** Monday is 1, Sunday is 7, as in ISO 8601. */
export function weekdayOf(day: DayNumber): Weekday {
  return (((((day + 3) % 7) + 7) % 7) + 1) as Weekday;
}

/** The weekday of a date, 1 to 7 as {@link weekdayOf}. */
export function weekdayOfDate(date: CivilDate | string): Weekday {
  return weekdayOf(dayNumber(date));
}

interface Calendar {
  readonly format: Intl.DateTimeFormat;
  /** The last minute asked for, with its date. Asking Intl each time would cost a search more than its validation. */
  minute: number;
  date: CivilDate;
}
const calendars = new Map<string, Calendar>();

function calendarOf(zone: Zone | string): Calendar {
  let calendar = calendars.get(zone);
  if (!calendar) {
    const format = new Intl.DateTimeFormat('sv-SE', {
      timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', hourCycle: 'h23',
    });
    calendar = { format, minute: Number.NaN, date: '' as CivilDate };
    calendars.set(zone, calendar);
  }
  return calendar;
}

/** The civil date in a zone at an instant (milliseconds since 1970). @throws RangeError for a zone that does not exist */
export function civilDateAt(epochMs: number, zone: Zone | string): CivilDate {
  const calendar = calendarOf(zone);
  // In no zone does a day end within a minute.
  const minute = Math.floor(epochMs / MINUTE_MS);
  if (calendar.minute !== minute) {
    calendar.date = calendar.format.format(epochMs).slice(0, 10) as CivilDate;
    calendar.minute = minute;
  }
  return calendar.date;
}

/** The wall-clock time in a zone at an instant, `07:30`. @throws RangeError for a zone that does not exist */
export function localTimeAt(epochMs: number, zone: Zone | string): LocalTime {
  return calendarOf(zone).format.format(epochMs).slice(11, 16) as LocalTime;
}

/** Minutes since midnight of `07:30`. */
export function minutesOfDay(time: LocalTime | string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
}

/** How far the wall clock of a zone is ahead of UTC at an instant, in milliseconds. */
function offsetAt(epochMs: number, zone: Zone | string): number {
  const minute = Math.floor(epochMs / MINUTE_MS) * MINUTE_MS;
  const reading = calendarOf(zone).format.format(minute);
  return dayNumber(reading) * DAY_MS + minutesOfDay(reading.slice(11, 16)) * MINUTE_MS - minute;
}

/**
 * The instant at which the wall clock of a zone shows this date and time, in milliseconds since 1970. A time that a
 * change of clocks skips is read with the offset before the change; one that comes twice is its second coming. That is
 * how PostgreSQL reads `timestamp at time zone`, so that a booking's range and this rule never differ.
 *
 * @throws RangeError for a zone that does not exist
 */
export function instantOf(date: CivilDate | string, time: LocalTime | string, zone: Zone | string): number {
  const wall = dayNumber(date) * DAY_MS + minutesOfDay(time) * MINUTE_MS;
  const before = wall - offsetAt(wall - DAY_MS, zone);
  const after = wall - offsetAt(wall + DAY_MS, zone);
  return offsetAt(after, zone) === wall - after ? after : before;
}

/** When people work on each day of a line. An end at or before the start is on the following day. */
export interface WorkHours {
  readonly startsAt: LocalTime | string;
  readonly endsAt: LocalTime | string;
  readonly zone: Zone | string;
}

/** The instant at which work begins on a day, in milliseconds since 1970. */
export function startOfWork(day: CivilDate | string, { startsAt, zone }: WorkHours): number {
  return instantOf(day, startsAt, zone);
}

/** The instant at which work ends on a day, in milliseconds since 1970. */
export function endOfWork(day: CivilDate | string, { startsAt, endsAt, zone }: WorkHours): number {
  return instantOf(endsAt <= startsAt ? addDays(day, 1) : day, endsAt, zone);
}

/**
 * Whether work on this day has begun at `now` (milliseconds since 1970). Until then people can be asked for the day;
 * from then on nobody can be there in time.
 */
export function hasBegun(day: CivilDate | string, hours: WorkHours, now: number): boolean {
  return startOfWork(day, hours) <= now;
}

/** Whether work on this day is over at `now` (milliseconds since 1970): its last hour has passed at the site. */
export function isOver(day: CivilDate | string, hours: WorkHours, now: number): boolean {
  return endOfWork(day, hours) <= now;
}

/** The days that have not begun, in the order given: those that can still be promised and paid. */
export function daysToCome<Day extends CivilDate | string>(days: readonly Day[], hours: WorkHours, now: number): Day[] {
  return days.filter((day) => !hasBegun(day, hours, now));
}

/** The instant at which work begins on the last of the days, in milliseconds since 1970. @throws RangeError without days */
export function lastStartOfWork(days: readonly (CivilDate | string)[], hours: WorkHours): number {
  return startOfWork(lastOf(days), hours);
}

/** The instant at which work ends on the last of the days, in milliseconds since 1970. @throws RangeError without days */
export function lastEndOfWork(days: readonly (CivilDate | string)[], hours: WorkHours): number {
  return endOfWork(lastOf(days), hours);
}

function lastOf(days: readonly (CivilDate | string)[]): string {
  let last = '';
  for (const day of days) if (day > last) last = day;
  if (last === '') throw new RangeError('a line has at least one day');
  return last;
}
