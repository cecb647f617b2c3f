import { describe, expect, it } from '@jest/globals';
import { civilDateOf, DAY_MS } from '@muster/contracts/kernel/civil-time';
import { search as searchBody } from '@muster/contracts/matching/views';
import { NAGPUR } from '@muster/contracts/user/routes';
import { siblingsOf } from '@muster/reference/trades';
import fc from 'fast-check';
import { radiusKmOf } from '../site/distance.rules';
import { match } from './match.rules';
import { floorInSteps } from './score.rules';
import type { WorkerDocument } from './worker-document';
import { WorkerIndex } from './worker-index';
import type { WorkerSearch } from './worker-search';

const DAY = 20_779;
const SITE = { latitude: 21.15, longitude: 79.09 };

function worker(overrides: object = {}): WorkerDocument {
  return {
    personId: '01900000-0000-7000-8000-000000000001', active: true, adult: true, cell: SITE, travelRadiusKm: 300,
    skills: [{ trade: 'mason', level: 3, years: 8 }], floorPay: 80_000, askPay: 90_000, languages: ['hi'],
    availability: { weekly: [1, 2, 3, 4, 5, 6, 7], exceptions: [], freeUntil: null, bookings: [] },
    preferredDays: null, pendingInvites: 0, calendarUpdatedAt: null,
    stats: { asOf: civilDateOf(DAY), reviewStars: 0, reviews: 0, answeredInTime: 0, invites: 0, commitments: 0, shows: 0, lateCancels: 0 },
    verifications: 0, blocks: [], joinedAt: '2026-01-01T00:00:00.000Z', ...overrides,
  } as unknown as WorkerDocument;
}

function search(overrides: object = {}): WorkerSearch {
  return {
    contractorId: '01900000-0000-7000-8000-000000000002', site: SITE, radiusKm: 50, trade: 'mason', minimumLevel: 2,
    days: [civilDateOf(DAY + 1)], payPerDay: 95_000, language: null, limit: 20, now: DAY * DAY_MS, today: civilDateOf(DAY), ...overrides,
  } as unknown as WorkerSearch;
}

/** What a contractor sees according to the index; the test demands the same of the rules. */
function seen(document: WorkerDocument, asked: WorkerSearch) {
  const index = new WorkerIndex({ siblingsOf, now: asked.now });
  index.upsert(document);
  const [item] = index.search(asked).items;
  expect(item).toEqual(match(document, asked, siblingsOf));
  return item;
}

/** The lowest daily pay at which the worker is still shown, found by bisection like a curious contractor would. */
function bisected(document: WorkerDocument): number {
  let hidden = 0;
  let shown = document.askPay;
  while (shown - hidden > 1) {
    const pay = Math.floor((hidden + shown) / 2);
    if (seen(document, search({ payPerDay: pay }))) shown = pay;
    else hidden = pay;
  }
  return shown;
}

describe('the rate that a worker would still come for', () => {
  it('cannot be told closer than five per cent of the rate that is shown, by any number of searches', () => {
    const ask = 90_000;
    const step = ask / 20;
    for (const floor of [81_001, 81_234, 83_999, 85_500]) expect(bisected(worker({ floorPay: floor, askPay: ask }))).toBe(81_000 + step);
    for (const floor of [76_501, 81_000]) expect(bisected(worker({ floorPay: floor, askPay: ask }))).toBe(81_000);
  });

  it('is never undercut, never above the rate that is shown, and has at most twenty values below it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000_000_000 }), fc.double({ min: 0, max: 1, noNaN: true }), (ask, share) => {
        const floor = Math.floor(ask * share);
        const told = floorInSteps(floor, ask);
        expect(told).toBeGreaterThanOrEqual(floor);
        expect(told).toBeLessThanOrEqual(ask);
        expect(told - floor).toBeLessThanOrEqual(ask / 20 + 1);
        expect(told).toBe(Math.ceil((Math.round((told * 20) / ask) * ask) / 20));
      }),
    );
  });
});

describe('a worker beyond the last bounded band', () => {
  it('is told from another there by no radius that can be asked for', () => {
    const body = { placeId: NAGPUR, trade: 'mason', minimumLevel: 2, days: ['2026-12-01'], pay: { amount: 1, currency: 'INR', basis: 'day' } };
    const radii = [null, ...Array.from({ length: 400 }, (_, km) => km)].filter((radiusKm) => searchBody.safeParse({ ...body, radiusKm }).success);
    expect(radii).toEqual([null, 2, 5, 10, 25, 50]);
    const at = (north: number) => worker({ cell: { latitude: SITE.latitude + north, longitude: SITE.longitude } });
    for (const radius of radii) {
      const [near, far] = [at(0.5), at(2.5)].map((one) => seen(one, search({ radiusKm: radiusKmOf(radius) })));
      expect(near).toEqual(far);
      expect(near?.distanceBand).toBe(radius === null ? '50+' : undefined);
    }
  });

  it('stays in that class for a job that was described with a larger radius', () => {
    for (const before of [100, 200, 300]) expect(radiusKmOf(before)).toBe(radiusKmOf(null));
  });
});

describe('a part of the score', () => {
  const alike = (one: object, other: object, asked: object = {}) =>
    expect(seen(worker(one), search(asked))).toEqual(seen(worker(other), search(asked)));

  it('does not tell the hour of the last change of a calendar', () => {
    alike({ calendarUpdatedAt: '2026-11-19T00:00:01.000Z' }, { calendarUpdatedAt: '2026-11-19T23:59:59.000Z' });
    expect(seen(worker({ calendarUpdatedAt: '2026-11-19T10:00:00.000Z' }), search())?.total)
      .toBeGreaterThan(seen(worker({ calendarUpdatedAt: '2026-11-18T10:00:00.000Z' }), search())?.total ?? 0);
  });

  it('tells of waiting invites whether there are any, never how many', () => {
    alike({ pendingInvites: 1 }, { pendingInvites: 2 });
    expect(seen(worker(), search())?.total).toBeGreaterThan(seen(worker({ pendingInvites: 1 }), search())?.total ?? 0);
  });

  it('does not tell the exact length that a worker prefers, however many days are asked for', () => {
    for (let length = 1; length <= 30; length += 1) {
      const days = Array.from({ length }, (_, at) => civilDateOf(DAY + 1 + at));
      alike({ preferredDays: 8 }, { preferredDays: 14 }, { days });
    }
  });

  it('tells of answers, stars and kept days what their reasons would say and no more', () => {
    const stats = worker().stats;
    alike({ stats: { ...stats, invites: 40, answeredInTime: 33 } }, { stats: { ...stats, invites: 40, answeredInTime: 34 } });
    alike({ stats: { ...stats, reviews: 2, reviewStars: 9 } }, { stats: { ...stats, reviews: 2, reviewStars: 9.1 } });
    alike({ stats: { ...stats, commitments: 10, shows: 8 } }, { stats: { ...stats, commitments: 10, shows: 7, lateCancels: 2 } });
  });
});

describe('the day of a ranking', () => {
  it("is the site's, also while it is still yesterday or already tomorrow elsewhere", () => {
    const document = worker({ calendarUpdatedAt: '2026-11-10T08:00:00.000Z' });
    const atNoon = seen(document, search({ now: DAY * DAY_MS + 6.5 * 3_600_000 }));
    for (const hours of [-5.4, -3, 4, 12, 18.4, 20]) expect(seen(document, search({ now: DAY * DAY_MS + hours * 3_600_000 }))).toEqual(atNoon);
    expect(seen(document, search({ today: civilDateOf(DAY + 1), days: [civilDateOf(DAY + 2)] }))?.total).toBeLessThan(atNoon?.total ?? 0);
  });
});
