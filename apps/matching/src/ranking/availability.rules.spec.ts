import { describe, expect, it } from '@jest/globals';
import { civilDateOf, dayNumber, utcDayOf, weekdayOf } from '@muster/contracts/kernel/civil-time';
import type { CivilDate, Instant, Weekday } from '@muster/contracts/kernel/time';
import { calendarOf, FIRST_DAY, HORIZON_DAYS, isFree, isFreeByCalendar, LAST_DAY, writeDays } from './availability.rules';
import type { WorkerAvailability } from './worker-document';

const MONDAY = dayNumber('2026-11-23' as CivilDate);
const noon = MONDAY * 86_400 + 43_200;
const calendar = (given: Partial<WorkerAvailability> = {}) =>
  calendarOf({ weekly: [1, 2, 3, 4, 5, 6] as Weekday[], exceptions: [], freeUntil: null, bookings: [], ...given });
const on = (ahead: number) => civilDateOf(MONDAY + ahead);
const until = (hours: number) => new Date((noon + hours * 3600) * 1000).toISOString() as Instant;

describe('availability', () => {
  it('counts days and weekdays as the calendar does', () => {
    expect(weekdayOf(MONDAY)).toBe(1);
    expect(weekdayOf(MONDAY + 6)).toBe(7);
    expect(weekdayOf(-1)).toBe(3);
    expect(civilDateOf(dayNumber('2028-02-29' as CivilDate))).toBe('2028-02-29');
    expect(utcDayOf(Date.UTC(2026, 10, 23, 23, 59, 59, 999))).toBe(MONDAY);
  });

  it('follows the weekly rule where nothing is dated', () => {
    expect([0, 5, 6, 7].map((ahead) => isFreeByCalendar(calendar(), MONDAY + ahead))).toEqual([true, true, false, true]);
    expect(isFreeByCalendar(calendar({ weekly: [] }), MONDAY)).toBe(false);
  });

  it('puts an exception before the rule and a booking before the exception', () => {
    const free = calendar({ exceptions: [{ date: on(6), free: true }, { date: on(1), free: false }] });
    expect([1, 6].map((ahead) => isFreeByCalendar(free, MONDAY + ahead))).toEqual([false, true]);
    const booked = calendar({ exceptions: [{ date: on(2), free: true }], bookings: [{ from: on(1), to: on(3) }] });
    expect([0, 1, 2, 3, 4].map((ahead) => isFreeByCalendar(booked, MONDAY + ahead))).toEqual([true, false, false, false, true]);
  });

  it('lets "free today" open today only, while it lasts, and never a booked day', () => {
    const closed = { exceptions: [{ date: on(0), free: false }], weekly: [], freeUntil: until(1) };
    expect(isFree(calendar(closed), MONDAY, noon, MONDAY)).toBe(true);
    expect(isFree(calendar(closed), MONDAY + 1, noon, MONDAY)).toBe(false);
    expect(isFree(calendar(closed), MONDAY, noon + 3600, MONDAY)).toBe(false);
    expect(isFree(calendar({ ...closed, bookings: [{ from: on(0), to: on(0) }] }), MONDAY, noon, MONDAY)).toBe(false);
  });

  it('writes the horizon into a ring whose bits are days modulo 128', () => {
    const ring = new Int32Array(6).fill(-1);
    const one = calendar({ weekly: [], exceptions: [{ date: on(FIRST_DAY), free: true }, { date: on(LAST_DAY), free: true }] });
    writeDays(ring, 1, one, MONDAY + FIRST_DAY, MONDAY + LAST_DAY);
    const free = Array.from({ length: HORIZON_DAYS }, (_, nth) => MONDAY + FIRST_DAY + nth).filter(
      (day) => ((ring[1 + ((day & 127) >>> 5)] as number) & (1 << (day & 31))) !== 0,
    );
    expect(free).toEqual([MONDAY + FIRST_DAY, MONDAY + LAST_DAY]);
    expect([ring[0], ring[5]]).toEqual([-1, -1]);
  });
});
