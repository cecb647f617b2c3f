import { civilDateOf, DAY_MS, HOUR_MS } from '@muster/contracts/kernel/civil-time';
import type { PersonId } from '@muster/contracts/kernel/ids';
import type { SkillLevel, TradeId } from '@muster/contracts/kernel/place';
import type { CivilDate, Instant, Weekday } from '@muster/contracts/kernel/time';
import fc from 'fast-check';
import type { Familiarity } from '../../src/ranking/score.rules';
import type { Language, WorkerDocument } from '../../src/ranking/worker-document';
import type { WorkerSearch } from '../../src/ranking/worker-search';

/** The day on which the worlds begin. */
export const START = 20_779;
/** The number of people, which is small so that ties, blocks and familiarity occur. */
const PEOPLE = 40;

const siblings: Readonly<Record<string, readonly string[]>> = {
  mason: ['bricklayer', 'plasterer'], bricklayer: ['mason'], plasterer: ['mason', 'putty'], putty: ['plasterer'], welder: [],
};
const tradeNames = Object.keys(siblings);
export const siblingsOf = (trade: string): readonly string[] => siblings[trade] ?? [];

/** Makes ids whose order differs from that of the numbers. */
export function person(n: number): PersonId {
  const scattered = (Math.imul(n + 1, 0x9e3779b1) >>> 0).toString(16).padStart(8, '0');
  return `${scattered}-0000-7000-8000-${String(n).padStart(12, '0')}` as PersonId;
}

const anybody = fc.nat(PEOPLE - 1).map(person);
const date = (from: number, to: number) => fc.integer({ min: from, max: to }).map((ahead) => civilDateOf(START + ahead) as CivilDate);
const instant = (from: number, to: number) =>
  fc.integer({ min: (START + from) * 86_400, max: (START + to) * 86_400 }).map((at) => new Date(at * 1000).toISOString() as Instant);
const trade = fc.constantFrom(...tradeNames) as fc.Arbitrary<TradeId>;
const level = fc.integer({ min: 1, max: 5 }) as fc.Arbitrary<SkillLevel>;
const language = fc.constantFrom<Language>('hi', 'en', 'mr', 'as');
// Few values, so that equal scores are common.
const pay = fc.constantFrom(0, 50_000, 60_000, 80_000, 80_001, 120_000);
const place = fc.record({
  latitude: fc.oneof(fc.constantFrom(21.15, 21.2), fc.double({ min: 20.5, max: 21.8, noNaN: true })),
  longitude: fc.oneof(fc.constantFrom(79.09, 79.1), fc.double({ min: 78.4, max: 79.8, noNaN: true })),
});
// Places near the date line and a pole, because a site may have any coordinates.
const farPlace = fc.record({
  latitude: fc.constantFrom(89.95, -90, 0, 0.3),
  longitude: fc.constantFrom(179.99, -180, 179.5, -179.6, 180),
});
const anyPlace = fc.oneof({ weight: 14, arbitrary: place }, { weight: 1, arbitrary: farPlace });
const dates = fc.uniqueArray(date(-3, 260), { maxLength: 12 });

const noStats: WorkerDocument['stats'] = {
  asOf: civilDateOf(START), reviewStars: 0, reviews: 0, answeredInTime: 0, invites: 0, commitments: 0, shows: 0, lateCancels: 0,
};
const someStats = fc
  .record({
    asOf: date(-60, 0),
    reviews: fc.constantFrom(0, 0, 2, 7.5),
    stars: fc.double({ min: 1, max: 5, noNaN: true }),
    answered: fc.double({ min: 0, max: 1, noNaN: true }),
    invites: fc.constantFrom(0, 0, 4, 11.25),
    shows: fc.nat(30), lateCancels: fc.nat(3), misses: fc.nat(3),
  })
  .map(({ asOf, reviews, stars, answered, invites, shows, lateCancels, misses }) => ({
    asOf, reviews, reviewStars: reviews * stars, invites, answeredInTime: invites * answered,
    shows, lateCancels, commitments: shows + lateCancels + misses,
  }));

// People who have not worked yet have equal scores, which makes ties.
const stats = fc.oneof(fc.constant(noStats), someStats);

export const workerOf = (personId: fc.Arbitrary<PersonId>): fc.Arbitrary<WorkerDocument> =>
  fc.record({
    personId,
    active: fc.constantFrom(true, true, true, true, false),
    adult: fc.constantFrom(true, true, true, true, false),
    cell: anyPlace,
    travelRadiusKm: fc.constantFrom(1, 40, 60, 300, 300, 511),
    skills: fc.uniqueArray(fc.record({ trade, level, years: fc.constantFrom(0, 3, 12, 60) }), { selector: (one) => one.trade, maxLength: 5 }),
    floorPay: pay,
    askPay: pay,
    languages: fc.uniqueArray(language),
    availability: fc.record({
      weekly: fc.oneof(fc.constant([1, 2, 3, 4, 5, 6, 7]), fc.subarray([1, 2, 3, 4, 5, 6, 7])) as fc.Arbitrary<Weekday[]>,
      exceptions: dates.chain((days) => fc.tuple(...days.map((day) => fc.record({ date: fc.constant(day), free: fc.boolean() })))),
      freeUntil: fc.option(instant(-1, 30), { freq: 3 }),
      bookings: fc.array(fc.record({ start: fc.integer({ min: -3, max: 250 }), length: fc.nat(4) }), { maxLength: 3 })
        .map((all) => all.map(({ start, length }) => ({ from: civilDateOf(START + start), to: civilDateOf(START + start + length) }))),
    }),
    preferredDays: fc.option(fc.integer({ min: 1, max: 90 })),
    pendingInvites: fc.constantFrom(0, 0, 1, 2, 3, 9),
    calendarUpdatedAt: fc.option(instant(-40, 1), { freq: 1 }),
    stats,
    verifications: fc.nat(4),
    blocks: fc.uniqueArray(anybody, { maxLength: 2 }),
    joinedAt: instant(-80, 0),
  });

const known: fc.Arbitrary<Familiarity> = fc.record({ times: fc.nat(3), mark: fc.constantFrom('favourite', 'fine', 'avoid', null) });

/** @param day the index's day that the search is made on, which in its zone begins 5.5 hours before that of UTC */
export const searchOn = (day: number): fc.Arbitrary<WorkerSearch> =>
  fc.record({
    contractorId: anybody,
    site: anyPlace,
    radiusKm: fc.constantFrom(1, 25, 60, 300, 300),
    trade,
    minimumLevel: level.map((one) => Math.max(1, one - 3) as SkillLevel),
    days: fc.oneof(
      fc.uniqueArray(fc.integer({ min: -1, max: 126 }), { minLength: 1, maxLength: 3 }),
      fc.constantFrom([0], [-1, 0, 1], [126]),
    ).map((all) => all.map((ahead) => civilDateOf(day + ahead))),
    payPerDay: pay,
    language: fc.option(language, { freq: 2 }),
    limit: fc.constantFrom(1, 3, 10, 100),
    now: fc.integer({ min: 0, max: DAY_MS - 1 }).map((ms) => day * DAY_MS - 5.5 * HOUR_MS + ms),
    today: fc.constantFrom(-1, 0, 1).map((off) => civilDateOf(day + off)),
    familiarity: fc.array(fc.tuple(anybody, known), { maxLength: 4 }).map((all) => new Map(all)),
    after: fc.option(fc.record({ total: fc.constantFrom(0, -200_000, -700_000, -900_000, -1_200_000), personId: anybody }), { nil: undefined, freq: 3 }),
    without: fc.array(anybody, { maxLength: 2 }).map((all) => new Set(all)),
  });

export const worker = workerOf(anybody);

export type Step =
  | { readonly kind: 'upsert'; readonly document: WorkerDocument }
  | { readonly kind: 'remove'; readonly personId: PersonId }
  | { readonly kind: 'settle'; readonly entries: number }
  | { readonly kind: 'arrange' }
  | { readonly kind: 'search'; readonly search: WorkerSearch };

/** The events of one day, and the number of days that pass before it. */
export const worldDays = fc.array(fc.constantFrom(0, 1, 1, 2, 7, 127, 128, 200), { minLength: 1, maxLength: 4 }).chain((gaps) => {
  let day = START;
  const days = gaps.map((gap, nth) => (nth === 0 ? day : (day += gap)));
  return fc.tuple(
    ...days.map((one) =>
      fc.array(
        fc.oneof(
          { weight: 6, arbitrary: worker.map((document): Step => ({ kind: 'upsert', document })) },
          { weight: 1, arbitrary: anybody.map((personId): Step => ({ kind: 'remove', personId })) },
          { weight: 1, arbitrary: fc.integer({ min: 1, max: 20 }).map((entries): Step => ({ kind: 'settle', entries })) },
          { weight: 1, arbitrary: fc.constant<Step>({ kind: 'arrange' }) },
          { weight: 4, arbitrary: searchOn(one).map((search): Step => ({ kind: 'search', search })) },
        ),
        { maxLength: 60, size: 'max' },
      ),
    ),
  );
});
