import { describe, expect, it } from '@jest/globals';
import { backoff } from './backoff';

describe('backoff', () => {
  it('doubles its bound to thirty seconds and never answers at once', () => {
    expect([0, 1, 2, 3].map((attempt) => backoff(attempt, () => 1))).toEqual([1300, 2300, 4300, 8300]);
    expect(backoff(50, () => 1)).toBe(30_300);
    expect(backoff(3, () => 0)).toBe(300);
  });
});
