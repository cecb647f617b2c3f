import { describe, expect, it } from '@jest/globals';
import { AppError } from '../errors/app-error';
import { assertTimeLeft, deadlineFrom, remainingMs, withDeadline } from './deadline';

describe('the deadline', () => {
  it('does not exist where nobody waits', () => {
    expect(remainingMs()).toBe(Infinity);
    expect(assertTimeLeft).not.toThrow();
  });

  it('is only ever brought forward', () => {
    withDeadline(50, () =>
      withDeadline(5000, () => {
        expect(remainingMs()).toBeLessThanOrEqual(50);
        withDeadline(10, () => expect(remainingMs()).toBeLessThanOrEqual(10));
      }),
    );
  });

  it('refuses work whose caller has gone', () => {
    withDeadline(0, () => expect(assertTimeLeft).toThrow(AppError));
  });

  it.each([undefined, '', '-1', '1.5', 'soon', '99999999999', ['1', '2']])('takes the longest for %p', (header) => {
    const before = performance.now();
    const deadline = deadlineFrom(header, 1000);
    expect(deadline).toBeGreaterThanOrEqual(before + 1000);
    expect(deadline).toBeLessThanOrEqual(performance.now() + 1000);
  });

  it("takes the caller's when it is shorter", () => {
    expect(deadlineFrom('100', 1000) - performance.now()).toBeLessThanOrEqual(100);
  });
});
