import { describe, expect, it } from '@jest/globals';
import { reachInSteps } from './reach.rules';

describe('the reach that others are told', () => {
  it('is an edge of a band, and never farther than the worker said', () => {
    const told = Array.from({ length: 299 }, (_, at) => at + 2).map((said) => [said, reachInSteps(said)] as const);
    for (const [said, reach] of told) expect(reach).toBeLessThanOrEqual(said);
    expect([...new Set(told.map(([, reach]) => reach))]).toEqual([2, 5, 10, 25, 50, 100, 200, 300]);
  });

  it('is what was said where that is an edge, and the shortest as it stands', () => {
    for (const said of [1, 2, 5, 10, 25, 50, 100, 200, 300]) expect(reachInSteps(said)).toBe(said);
  });
});
