import { civilDateAt, dayNumber, epochSeconds, weekdayOf, type DayNumber } from '@muster/contracts/kernel/civil-time';
import type { WorkerAvailability } from './worker-document';

/** The zone of nearly all sites. The index's day changes with theirs, so that its standings are those of their day. */
const INDEX_ZONE = 'Asia/Kolkata';

export function indexDayOf(now: number): DayNumber {
  return dayNumber(civilDateAt(now, INDEX_ZONE));
}

/**
 * The days that a search may ask for reach from yesterday (a site may be farther west) to 126 days after the index's
 * day. These are 128, so that the bit of a day is its number modulo 128. When the day changes, the bit of the past day
 * is reused for the new last day; the index rewrites it when it next looks at the worker.
 */
export const HORIZON_DAYS = 128;
export const FIRST_DAY = -1;
export const LAST_DAY = HORIZON_DAYS + FIRST_DAY - 1;

/** A calendar in numbers, the form that both the index and a single question read. */
export interface Calendar {
  /** Bit `weekday − 1` is set where the weekday is free. */
  readonly weekly: number;
  /** The days that differ from the weekly rule: exceptions, and bookings, which take precedence. */
  readonly dated: ReadonlyMap<DayNumber, boolean>;
  readonly booked: ReadonlySet<DayNumber>;
  /** Epoch seconds; 0 if there is none. */
  readonly freeUntil: number;
}

export function calendarOf(availability: WorkerAvailability): Calendar {
  let weekly = 0;
  for (const weekday of availability.weekly) weekly |= 1 << (weekday - 1);
  const dated = new Map<DayNumber, boolean>();
  for (const { date, free } of availability.exceptions) dated.set(dayNumber(date), free);
  const booked = new Set<DayNumber>();
  for (const { from, to } of availability.bookings) {
    for (let day = dayNumber(from), last = dayNumber(to); day <= last; day += 1) {
      booked.add(day);
      dated.set(day, false);
    }
  }
  return { weekly, dated, booked, freeUntil: availability.freeUntil === null ? 0 : epochSeconds(availability.freeUntil) };
}

/** An exception takes precedence over the weekly rule, and a booking over both. */
export function isFreeByCalendar(calendar: Pick<Calendar, 'weekly' | 'dated'>, day: DayNumber): boolean {
  return calendar.dated.get(day) ?? (calendar.weekly & (1 << (weekdayOf(day) - 1))) !== 0;
}

/** @param nowSeconds epoch seconds @param today the civil day that it is at the site */
export function isFree(calendar: Calendar, day: DayNumber, nowSeconds: number, today: DayNumber): boolean {
  if (day === today && nowSeconds < calendar.freeUntil) return !calendar.booked.has(day);
  return isFreeByCalendar(calendar, day);
}

/** Sets the bits of the days `from` to `to` (at most {@link HORIZON_DAYS}) in a ring of four words at `at`. */
export function writeDays(
  ring: Int32Array,
  at: number,
  calendar: Pick<Calendar, 'weekly' | 'dated'>,
  from: DayNumber,
  to: DayNumber,
): void {
  for (let day = from; day <= to; day += 1) {
    const word = at + ((day & 127) >>> 5);
    const bit = 1 << (day & 31);
    if (isFreeByCalendar(calendar, day)) ring[word] = (ring[word] as number) | bit;
    else ring[word] = (ring[word] as number) & ~bit;
  }
}
