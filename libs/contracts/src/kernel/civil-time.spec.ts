import { describe, expect, it } from '@jest/globals';
import {
  addDays, civilDateAt, civilDateOf, dayNumber, daysBetween, daysToCome, endOfWork, hasBegun, instantOf, isOver, lastDayAhead, lastEndOfWork, lastStartOfWork, localTimeAt, weekdayOfDate,
} from './civil-time';
import type { CivilDate } from './time';

describe('a civil day', () => {
  it('has the number that the calendar gives it, and the number its date, from 1970 to 2199', () => {
    const last = Date.parse('2199-12-31') / 86_400_000;
    const wrong: string[] = [];
    for (let day = 0; day <= last; day += 1) {
      const date = civilDateOf(day);
      if (dayNumber(date) !== day || Date.parse(date) !== day * 86_400_000) wrong.push(date);
    }
    expect(wrong).toEqual([]);
  });

  it('is counted over the ends of months and years', () => {
    expect(addDays('2026-12-31' as CivilDate, 1)).toBe('2027-01-01');
    expect(addDays('2028-02-28' as CivilDate, 1)).toBe('2028-02-29');
    expect(addDays('2026-03-01' as CivilDate, -1)).toBe('2026-02-28');
    expect(lastDayAhead('2026-12-01')).toBe('2027-03-01');
  });

  it('is weekday 1 on a Monday and 7 on a Sunday, also before 1970', () => {
    expect(['2026-11-23', '2026-11-22', '1969-12-29'].map(weekdayOfDate)).toEqual([1, 7, 1]);
  });
});

describe('a wall clock', () => {
  const iso = (date: string, time: string, zone: string) => new Date(instantOf(date, time, zone)).toISOString();

  it('shows the date and time of its zone', () => {
    const at = Date.parse('2026-11-29T19:00:00Z');
    expect([civilDateAt(at, 'Asia/Kolkata'), localTimeAt(at, 'Asia/Kolkata')]).toEqual(['2026-11-30', '00:30']);
    expect([civilDateAt(at, 'America/New_York'), localTimeAt(at, 'America/New_York')]).toEqual(['2026-11-29', '14:00']);
  });

  it('names one instant for a date and a time, also before 1970 and east of the date line', () => {
    expect(iso('2026-11-30', '00:30', 'Asia/Kolkata')).toBe('2026-11-29T19:00:00.000Z');
    expect(iso('1969-12-31', '12:00', 'UTC')).toBe('1969-12-31T12:00:00.000Z');
    expect(iso('2026-01-01', '00:00', 'Pacific/Kiritimati')).toBe('2025-12-31T10:00:00.000Z');
  });

  it('reads a skipped time with the offset before the change and a repeated one as its second coming, as PostgreSQL does', () => {
    expect(iso('2026-03-29', '02:30', 'Europe/Berlin')).toBe('2026-03-29T01:30:00.000Z');
    expect(iso('2026-10-25', '02:30', 'Europe/Berlin')).toBe('2026-10-25T01:30:00.000Z');
    expect(iso('2026-10-25', '01:30', 'Europe/Berlin')).toBe('2026-10-24T23:30:00.000Z');
    expect(iso('2026-10-25', '03:30', 'Europe/Berlin')).toBe('2026-10-25T02:30:00.000Z');
  });

  it('refuses a zone that does not exist', () => {
    expect(() => civilDateAt(0, 'Asia/Nowhere')).toThrow(RangeError);
  });
});

describe('the work of a day', () => {
  const zone = 'Asia/Kolkata';
  const byDay = { startsAt: '09:00', endsAt: '18:00', zone };
  const at = (time: string) => instantOf('2026-11-30', time, zone);

  it('has begun at its first minute and is over at its last', () => {
    expect([hasBegun('2026-11-30', byDay, at('08:59')), hasBegun('2026-11-30', byDay, at('09:00'))]).toEqual([false, true]);
    expect([isOver('2026-11-30', byDay, at('17:59')), isOver('2026-11-30', byDay, at('18:00'))]).toEqual([false, true]);
  });

  it('is over at night where it ended soon after midnight of the same date', () => {
    expect(isOver('2026-11-30', { startsAt: '00:00', endsAt: '00:30', zone }, at('22:00'))).toBe(true);
  });

  it('ends on the following day where its end is not after its start', () => {
    const byNight = { startsAt: '21:00', endsAt: '05:00', zone };
    expect(endOfWork('2026-11-30', byNight)).toBe(instantOf('2026-12-01', '05:00', zone));
    expect(isOver('2026-11-29', byNight, instantOf('2026-11-30', '04:59', zone))).toBe(false);
  });

  it('can be promised for the days that have not begun', () => {
    const days = ['2026-11-29', '2026-12-02', '2026-11-30', '2026-12-01'];
    expect(daysToCome(days, byDay, at('09:30'))).toEqual(['2026-12-02', '2026-12-01']);
  });

  it('begins and ends for the last time on the latest of the days, in whatever order they stand', () => {
    const days = ['2026-12-02', '2026-11-30'];
    expect(lastStartOfWork(days, byDay)).toBe(instantOf('2026-12-02', '09:00', zone));
    expect(lastEndOfWork(days, byDay)).toBe(instantOf('2026-12-02', '18:00', zone));
    expect(() => lastStartOfWork([], byDay)).toThrow(RangeError);
  });

  it('lies days apart, counted by the calendar', () => {
    expect([daysBetween('2026-11-30', '2026-12-02'), daysBetween('2026-12-02', '2026-11-30')]).toEqual([2, -2]);
  });
});
