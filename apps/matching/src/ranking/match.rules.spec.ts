import { describe, expect, it } from '@jest/globals';
import { civilDateOf, DAY_MS } from '@muster/contracts/kernel/civil-time';
import type { PersonId } from '@muster/contracts/kernel/ids';
import type { CivilDate } from '@muster/contracts/kernel/time';
import { siblingsOf } from '@muster/reference/trades';
import { compareMatches, match } from './match.rules';
import { totalOf } from './score.rules';
import type { WorkerDocument } from './worker-document';
import { WorkerIndex } from './worker-index';
import type { WorkerSearch } from './worker-search';

const DAY = 20_779;
const on = (ahead: number) => civilDateOf(DAY + ahead);
const CONTRACTOR = '01900000-0000-7000-8000-000000000002' as PersonId;
const WORKER = '01900000-0000-7000-8000-000000000001' as PersonId;

function worker(overrides: object = {}): WorkerDocument {
  const document = {
    personId: WORKER, active: true, adult: true, cell: { latitude: 21.15, longitude: 79.09 }, travelRadiusKm: 25,
    skills: [{ trade: 'mason', level: 3, years: 8 }], floorPay: 80_000, askPay: 90_000, languages: ['hi'],
    availability: { weekly: [1, 2, 3, 4, 5, 6, 7], exceptions: [], freeUntil: null, bookings: [] },
    preferredDays: null, pendingInvites: 0, calendarUpdatedAt: null,
    stats: { asOf: on(0), reviewStars: 0, reviews: 0, answeredInTime: 0, invites: 0, commitments: 0, shows: 0, lateCancels: 0 },
    verifications: 0, blocks: [], joinedAt: '2026-01-01T00:00:00.000Z', ...overrides,
  };
  return document as unknown as WorkerDocument;
}

function search(overrides: object = {}): WorkerSearch {
  const asked = {
    contractorId: CONTRACTOR, site: { latitude: 21.2, longitude: 79.1 }, radiusKm: 50, trade: 'mason', minimumLevel: 2,
    days: [on(1), on(2)], payPerDay: 95_000, language: null, limit: 20, now: DAY * DAY_MS, today: on(0) as CivilDate, ...overrides,
  };
  return asked as unknown as WorkerSearch;
}

/** Whether the rules find the worker; the test demands the same of the index. */
function found(document: WorkerDocument, asked: WorkerSearch): boolean {
  const index = new WorkerIndex({ siblingsOf, now: asked.now });
  index.upsert(document);
  const one = match(document, asked, siblingsOf);
  expect(index.search(asked).items).toEqual(one === undefined ? [] : [one]);
  return one !== undefined;
}

describe('matching a worker', () => {
  it('finds somebody who passes every filter, with parts that add up', () => {
    expect(found(worker(), search())).toBe(true);
    const one = match(worker(), search(), siblingsOf);
    expect(one).toMatchObject({ personId: WORKER, trade: 'mason', sibling: false, distanceBand: '5-10', askPay: 90_000 });
    expect(totalOf(one!.parts)).toBe(one!.total);
  });

  it.each<[string, object, object]>([
    ['is not active', { active: false }, {}],
    ['is not declared to be an adult', { adult: false }, {}],
    ['is the one who asks', { personId: CONTRACTOR }, {}],
    ['blocked or was blocked by the one who asks', { blocks: [CONTRACTOR] }, {}],
    ['is left out', {}, { without: new Set([WORKER]) }],
    ['has as many open invites as anybody may', { pendingInvites: 3 }, {}],
    ['would not come for so little', { floorPay: 95_001 }, {}],
    ['does not speak the language', {}, { language: 'ta' }],
    ['has another trade', {}, { trade: 'welder' }],
    ['is not skilled enough', {}, { minimumLevel: 4 }],
    ['is too far for the job', {}, { radiusKm: 5 }],
    ['would have to travel too far', { travelRadiusKm: 5 }, {}],
    ['is booked on one of the days', { availability: { ...worker().availability, bookings: [{ from: on(2), to: on(9) }] } }, {}],
    ['has a day off', { availability: { ...worker().availability, exceptions: [{ date: on(1), free: false }] } }, {}],
  ])('never finds somebody who %s, however good the rest', (_, of, asked) => {
    const best = { verifications: 4, askPay: 1, skills: [{ trade: 'mason', level: 3, years: 30 }] };
    expect(found(worker({ ...best, ...of }), search(asked))).toBe(false);
  });

  it('finds a sibling of the trade, says so, and prefers the trade itself', () => {
    const plasterer = { trade: 'plasterer', level: 5, years: 20 };
    expect(match(worker({ skills: [plasterer] }), search(), siblingsOf)).toMatchObject({ trade: 'plasterer', sibling: true });
    const both = worker({ skills: [plasterer, { trade: 'mason', level: 2, years: 1 }] });
    expect(match(both, search(), siblingsOf)).toMatchObject({ trade: 'mason', sibling: false });
    expect(found(both, search())).toBe(true);
    expect(found(both, search({ minimumLevel: 3 }))).toBe(true);
  });

  it('opens today for somebody who said so, until it ends', () => {
    const today = { days: [on(0)], now: DAY * DAY_MS + 9 * 3_600_000 };
    const closed = { ...worker().availability, weekly: [], freeUntil: new Date(DAY * DAY_MS + 10 * 3_600_000).toISOString() };
    expect(found(worker({ availability: closed }), search(today))).toBe(true);
    expect(found(worker({ availability: closed }), search({ ...today, now: DAY * DAY_MS + 10 * 3_600_000 }))).toBe(false);
  });

  it('keeps a date that was written after the day had turned and before anybody looked', () => {
    const index = new WorkerIndex({ siblingsOf, now: DAY * DAY_MS });
    index.upsert(worker({ personId: '01900000-0000-7000-8000-000000000009' }));
    index.rollTo((DAY + 10) * DAY_MS);
    index.upsert(worker({ availability: { ...worker().availability, weekly: [], exceptions: [{ date: on(130), free: true }] } }));
    const later = search({ days: [on(130)], now: (DAY + 10) * DAY_MS, today: on(10) });
    expect(index.search(later).matches).toBe(2);
  });

  it('does not change with anything that the published cell does not change with', () => {
    const fields = Object.keys(worker());
    expect(fields.filter((field) => /home|address|name|gender|sex|caste|religion|birth|age\b/i.test(field))).toEqual([]);
  });

  it('orders by total, then by person', () => {
    const [a, b, c] = [{ total: -5, personId: 'b' }, { total: -5, personId: 'a' }, { total: -4, personId: 'c' }] as Array<{ total: number; personId: PersonId }>;
    expect([a!, b!, c!].sort(compareMatches).map(({ personId }) => personId)).toEqual(['c', 'a', 'b']);
  });
});
