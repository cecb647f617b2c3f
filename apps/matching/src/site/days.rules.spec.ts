import { describe, expect, it } from '@jest/globals';
import { hasBegun } from '@muster/contracts/kernel/civil-time';
import type { CivilDate } from '@muster/contracts/kernel/time';
import { jobErrors } from '@muster/contracts/matching/errors';
import { checkedDays } from './days.rules';

const day = (date: string) => date as CivilDate;
const today = day('2026-11-22');
const check = (...days: string[]) => checkedDays(days.map(day), today, '/body/days');

describe('the days of a line', () => {
  it('come in order whatever order they were named in', () => {
    expect(check('2026-12-02', '2026-11-30')).toEqual(['2026-11-30', '2026-12-02']);
  });

  it('run from today to 90 days ahead', () => {
    expect(check('2026-11-22', '2027-02-20')).toHaveLength(2);
    expect(() => check('2026-11-21')).toThrow(expect.objectContaining({ definition: jobErrors.dayInThePast }));
    expect(() => check('2027-02-21')).toThrow(expect.objectContaining({ definition: jobErrors.dayTooFar }));
  });

  it('are refused from the minute in which work begins', () => {
    const hours = { startsAt: '00:00', endsAt: '00:30', zone: 'Asia/Kolkata' };
    const at = (time: string) => () => checkedDays([day('2026-11-22')], today, '/body/days', (date) => hasBegun(date, hours, Date.parse(`${time}+05:30`)));
    expect(at('2026-11-21T23:59')).not.toThrow();
    for (const late of ['2026-11-22T00:00', '2026-11-22T22:00']) {
      expect(at(late)).toThrow(
        expect.objectContaining({ definition: jobErrors.dayInThePast, fields: [expect.objectContaining({ pointer: '/body/days/0' })] }),
      );
    }
  });

  it('are named once, and the repeated one is pointed at', () => {
    expect(() => check('2026-11-22', '2026-11-23', '2026-11-22')).toThrow(
      expect.objectContaining({ definition: jobErrors.dayTwice, fields: [expect.objectContaining({ pointer: '/body/days/2' })] }),
    );
  });
});
