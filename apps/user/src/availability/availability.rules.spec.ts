import { describe, expect, it } from '@jest/globals';
import type { CivilDate } from '@muster/contracts/kernel/time';
import { assertAvailability, fromToday } from './availability.rules';

const on = (...dates: string[]) => ({
  weekly: [],
  exceptions: dates.map((date) => ({ date: date as CivilDate, free: true })),
});

describe('a calendar', () => {
  it('takes dates from today to ninety days ahead', () => {
    expect(() => assertAvailability(on('2026-11-22', '2027-02-20'), '2026-11-22')).not.toThrow();
  });

  it('refuses a date beyond them, and leaves those that are past to be dropped', () => {
    const date = '2027-02-21';
    expect(() => assertAvailability(on('2026-11-21'), '2026-11-22')).not.toThrow();
    expect(fromToday(on('2026-11-21', '2026-11-22').exceptions, '2026-11-22').map((each) => each.date)).toEqual(['2026-11-22']);
    expect(() => assertAvailability(on(date), '2026-11-22')).toThrow(expect.objectContaining({ fields: [expect.objectContaining({ pointer: '/body/exceptions/0/date' })] }));
  });

  it('refuses a date that is marked twice', () => {
    expect(() => assertAvailability(on('2026-12-01', '2026-12-01'), '2026-11-22')).toThrow('Each date can be marked once');
  });
});
