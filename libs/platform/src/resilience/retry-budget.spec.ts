import { describe, expect, it } from '@jest/globals';
import { RetryBudget } from './retry-budget';

describe('the retry budget', () => {
  it('pays for at most a tenth of the requests beyond its reserve, when everything fails', () => {
    const budget = new RetryBudget();
    let retries = 0;
    for (let request = 0; request < 10_000; request++) {
      budget.earn();
      for (let attempt = 0; attempt < 3 && budget.take(); attempt++) retries += 1;
    }
    expect(retries).toBeLessThanOrEqual(1003);
    expect(retries).toBeGreaterThanOrEqual(1000);
  });

  it('does not save up for a storm', () => {
    const budget = new RetryBudget();
    for (let request = 0; request < 100_000; request++) budget.earn();
    expect(budget.available).toBe(50);
  });
});
