import { describe, expect, it } from '@jest/globals';
import { place } from '@muster/reference/places';
import { demoMarket } from './market';

const market = demoMarket('2026-11-22');

describe('the demo market', () => {
  it('is some thousand people, each once, and the same at each run', () => {
    const people = [...market.workers, ...market.contractors];
    expect(market.workers.length).toBeGreaterThanOrEqual(2000);
    expect(new Set(people.map(({ personId }) => personId)).size).toBe(people.length);
    expect(new Set(people.map(({ email }) => email)).size).toBe(people.length);
    expect(demoMarket('2026-11-22')).toEqual(market);
  });

  it('lives in Indian towns, more of it in the larger ones', () => {
    const towns = market.workers.map(({ profile }) => place(profile.placeId));
    expect(new Set(towns.map((town) => town?.country))).toEqual(new Set(['IN']));
    const inMillions = towns.filter((town) => (town?.population ?? 0) > 1_000_000).length;
    expect(inMillions / towns.length).toBeGreaterThan(0.3);
    expect(new Set(towns.map((town) => town?.id)).size).toBeGreaterThan(500);
  });

  it('has the named worker where the named contractor has a job for the same trade', () => {
    const { worker, contractor } = market.named;
    expect(worker.profile.placeId).toBe(contractor.placeId);
    const trades = contractor.jobs.flatMap(({ lines }) => lines.map(({ trade }) => trade));
    expect(trades).toContain(worker.profile.skills[0]?.trade);
  });

  it('pays and asks in whole rupees', () => {
    for (const { profile } of market.workers) {
      expect(profile.dayRate.amount % 100).toBe(0);
      expect(profile.floorRate?.amount ?? 0).toBeLessThanOrEqual(profile.dayRate.amount);
    }
  });
});
