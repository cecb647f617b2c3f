import { describe, expect, it } from '@jest/globals';
import { place } from '@muster/reference/places';
import { demoMarket } from './market';

const market = demoMarket('2026-11-22');
const townOf = (placeId: string) => place(placeId)?.town ?? place(placeId);

describe('the demo market', () => {
  it('is more than a thousand people, each once, and the same at each run', () => {
    const people = [...market.workers, ...market.contractors];
    expect(market.workers.length).toBeGreaterThanOrEqual(1200);
    expect(new Set(people.map(({ personId }) => personId)).size).toBe(people.length);
    expect(new Set(people.map(({ email }) => email)).size).toBe(people.length);
    expect(demoMarket('2026-11-22')).toEqual(market);
  });

  it('lives in Indian towns, more of it in the larger ones', () => {
    const towns = market.workers.map(({ profile }) => townOf(profile.placeId));
    expect(new Set(towns.map((town) => town?.country))).toEqual(new Set(['IN']));
    const inMillions = towns.filter((town) => (town?.population ?? 0) > 1_000_000).length;
    expect(inMillions / towns.length).toBeGreaterThan(0.3);
    expect(new Set(towns.map((town) => town?.id)).size).toBeGreaterThan(300);
  });

  it('has the two named ones in one town, with other firms beside them', () => {
    const { worker, contractor } = market.named;
    expect(townOf(worker.profile.placeId)?.id).toBe(contractor.placeId);
    expect(market.contractors.filter(({ placeId }) => placeId === contractor.placeId).length).toBeGreaterThanOrEqual(3);
  });

  it('lives in many parts of a town and in the places around it, some for years and a few since this month', () => {
    const { contractor } = market.named;
    const there = market.workers.filter(({ profile }) => townOf(profile.placeId)?.id === contractor.placeId);
    expect(new Set(there.map(({ profile }) => profile.placeId)).size).toBeGreaterThanOrEqual(10);
    const cells = new Set(there.map(({ home }) => `${home.latitude.toFixed(2)},${home.longitude.toFixed(2)}`));
    expect(cells.size).toBeGreaterThanOrEqual(10);
    const around = market.workers.filter(({ home }) => Math.hypot(home.latitude - 21.15, home.longitude - 79.09) < 0.35);
    expect(new Set(around.map(({ profile }) => profile.placeId)).size).toBeGreaterThanOrEqual(4);
    const isNew = market.workers.filter(({ joinedDaysAgo }) => joinedDaysAgo < 30).length / market.workers.length;
    expect(isNew).toBeGreaterThan(0.05);
    expect(isNew).toBeLessThan(0.3);
  });

  it('pays and asks in whole rupees', () => {
    for (const { profile } of market.workers) {
      expect(profile.dayRate.amount % 100).toBe(0);
      expect(profile.floorRate?.amount ?? 0).toBeLessThanOrEqual(profile.dayRate.amount);
    }
  });
});
