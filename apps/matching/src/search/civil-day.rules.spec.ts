import { describe, expect, it } from '@jest/globals';
import type { CivilDate } from '@muster/contracts/kernel/time';
import { addDays, civilDateOf, dayNumber } from './civil-day.rules';

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
  });
});
