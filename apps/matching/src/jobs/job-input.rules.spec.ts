import { describe, expect, it } from '@jest/globals';
import { jobErrors } from '@muster/contracts/matching/errors';
import { oneCurrency, requireSensiblePay } from './job-input.rules';
import { hoursBetween, payPerDay } from './pay.rules';

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
