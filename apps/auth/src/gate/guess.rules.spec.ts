import { describe, expect, it } from '@jest/globals';
import { accountBucket, FREE_ATTEMPTS, isGuessing, networkPace, waitAfter } from './guess.rules';

describe('the buckets of the gate', () => {
  it('let ten attempts pass at once and make the eleventh wait', () => {
    const waits = Array.from({ length: FREE_ATTEMPTS }, (_, index) => waitAfter(accountBucket, index + 1));
    expect(waits).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0, 30]);
  });

  it('double the wait after each further attempt, up to fifteen minutes', () => {
    expect([11, 12, 13, 14, 15, 16, 100].map((attempt) => waitAfter(accountBucket, attempt))).toEqual([60, 120, 240, 480, 900, 900, 900]);
  });

  it('never stop a network for longer than a moment', () => {
    expect(Math.max(...networkPace.waits)).toBeLessThanOrEqual(2);
  });

  it('suspect a network above thirty distinct accounts only', () => {
    expect([1, 30, 31].map(isGuessing)).toEqual([false, false, true]);
  });
});
