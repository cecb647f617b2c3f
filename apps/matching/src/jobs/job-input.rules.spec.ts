import { describe, expect, it } from '@jest/globals';
import { hasBegun } from '@muster/contracts/kernel/civil-time';
import type { CivilDate } from '@muster/contracts/kernel/time';
import { jobErrors } from '@muster/contracts/matching/errors';
import { checkedDays, oneCurrency, requireSensiblePay } from './job-input.rules';
import { hoursBetween, payPerDay } from './pay.rules';

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

describe('the pay of a line', () => {
  it.each([100, 999_999_900])('of %s paise a day is refused where it stands, with the bounds', (amount) => {
    expect(() => requireSensiblePay({ amount, basis: 'day' }, '/body/lines/0/pay/amount')).toThrow(
      expect.objectContaining({
        definition: jobErrors.payOutOfBounds,
        params: { least: 10_000, most: 2_000_000 },
        fields: [expect.objectContaining({ pointer: '/body/lines/0/pay/amount' })],
      }),
    );
  });

  it('is taken between the bounds, however unusual', () => {
    for (const amount of [10_000, 95_000, 2_000_000]) expect(() => requireSensiblePay({ amount, basis: 'day' }, '/')).not.toThrow();
  });
});

describe('the currency of a job', () => {
  it('is the one that every line pays in', () => expect(oneCurrency(['INR', 'INR'])).toBe('INR'));

  it('is refused when lines differ', () => {
    expect(() => oneCurrency(['INR', 'NPR'])).toThrow(expect.objectContaining({ definition: jobErrors.mixedCurrencies }));
  });
});

describe('the pay of a day', () => {
  const pay = (basis: 'hour' | 'day' | 'piece') => ({ amount: 10_000, currency: 'INR' as const, basis });

  it('counts the hours of the line for an hourly rate', () => expect(payPerDay(pay('hour'), '09:00', '18:00')).toBe(90_000));
  it('is the day rate as it stands', () => expect(payPerDay(pay('day'), '09:00', '12:00')).toBe(10_000));
  it('runs over midnight', () => expect(hoursBetween('22:00', '06:30')).toBe(8.5));
  it('is a whole day when the end equals the start', () => expect(hoursBetween('08:00', '08:00')).toBe(24));
});
