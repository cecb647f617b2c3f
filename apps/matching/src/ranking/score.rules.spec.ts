import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { reasonsOf } from './reasons.rules';
import {
  answerRate, factors, familiarityMicro, levelMicro, scoreParts, SIBLING_MICRO, standingMicro, totalOf, type Fit, type Standing,
} from './score.rules';

const DAY = 20_779;
const amount = fc.integer({ min: 1, max: 500_000 });
const fit: fc.Arbitrary<Fit> = fc.record({
  level: fc.integer({ min: 1, max: 5 }), years: fc.integer({ min: 0, max: 60 }), sibling: fc.boolean(),
  band: fc.integer({ min: 0, max: 5 }), ask: amount, pay: amount, pending: fc.integer({ min: 0, max: 2 }), daysOver: fc.nat(60),
  familiarity: fc.option(fc.record({ times: fc.nat(20), mark: fc.constantFrom('favourite', 'fine', 'avoid', null) }), { nil: undefined }),
});
const standing: fc.Arbitrary<Standing> = fc
  .record({
    reviews: fc.double({ min: 0, max: 50, noNaN: true }), stars: fc.double({ min: 1, max: 5, noNaN: true }),
    invites: fc.double({ min: 0, max: 50, noNaN: true }), answered: fc.double({ min: 0, max: 1, noNaN: true }),
    statsDay: fc.integer({ min: DAY - 400, max: DAY }), shows: fc.nat(100), lateCancels: fc.nat(5), misses: fc.nat(5),
    verifications: fc.nat(6), calendarUpdated: fc.integer({ min: (DAY - 90) * 86_400, max: DAY * 86_400 }),
    joinedDay: fc.integer({ min: DAY - 400, max: DAY }),
  })
  .map(({ reviews, stars, invites, answered, shows, lateCancels, misses, ...rest }) => ({
    ...rest, reviews, reviewStars: reviews * stars, invites, answeredInTime: invites * answered,
    shows, lateCancels, commitments: shows + lateCancels + misses,
  }));

const total = (of: Standing, how: Fit) => totalOf(scoreParts(of, how, DAY));
/** Expects that the change never makes the score worse. */
const isBetter = (change: (of: Standing, how: Fit) => { of?: Standing; how?: Fit }) =>
  fc.assert(
    fc.property(standing, fit, (of, how) => {
      const after = change(of, how);
      expect(total(after.of ?? of, after.how ?? how)).toBeGreaterThanOrEqual(total(of, how));
    }),
  );

describe('the score', () => {
  it('is the sum of integer parts, none above zero, none below what its factor can weigh', () => {
    fc.assert(
      fc.property(standing, fit, (of, how) => {
        const parts = scoreParts(of, how, DAY);
        expect(parts.map(({ factor }) => factor)).toEqual(factors);
        for (const { micro } of parts) {
          expect(Number.isInteger(micro)).toBe(true);
          expect(Object.is(micro, -0)).toBe(false);
          expect(micro).toBeLessThanOrEqual(0);
          expect(micro).toBeGreaterThanOrEqual(Math.floor(1e6 * 0.4 * Math.log(0.05)));
        }
        expect(parts.reduce((sum, { micro }) => sum + micro, 0)).toBe(total(of, how));
      }),
    );
  });

  it('splits into what holds for everybody who asks and what does not', () => {
    fc.assert(
      fc.property(standing, fit, (of, how) => {
        const asked = ['skill', 'price', 'familiarity', 'interest'];
        const rest = scoreParts(of, how, DAY).filter(({ factor }) => !asked.includes(factor));
        expect(totalOf(rest)).toBe(standingMicro(of, DAY));
      }),
    );
  });

  it.each<[string, Parameters<typeof isBetter>[0]]>([
    ['a higher level', (_, how) => ({ how: { ...how, level: Math.min(5, how.level + 1) } })],
    ['more years', (_, how) => ({ how: { ...how, years: how.years + 1 } })],
    ['the trade itself', (_, how) => ({ how: { ...how, sibling: false } })],
    ['being nearer', (_, how) => ({ how: { ...how, band: Math.max(0, how.band - 1) } })],
    ['asking less', (_, how) => ({ how: { ...how, ask: Math.floor(how.ask * 0.9) } })],
    ['better pay', (_, how) => ({ how: { ...how, pay: Math.ceil(how.pay * 1.1) } })],
    ['fewer open invites', (_, how) => ({ how: { ...how, pending: Math.max(0, how.pending - 1) } })],
    ['a length that suits', (_, how) => ({ how: { ...how, daysOver: Math.max(0, how.daysOver - 1) } })],
    ['one more job together', (_, how) => ({ how: { ...how, familiarity: { mark: null, ...how.familiarity, times: (how.familiarity?.times ?? 0) + 1 } } })],
    ['being a favourite', (_, how) => ({ how: { ...how, familiarity: { times: how.familiarity?.times ?? 0, mark: 'favourite' } } })],
    ['no longer being avoided', (_, how) => ({ how: { ...how, familiarity: how.familiarity?.mark === 'avoid' ? { ...how.familiarity, mark: null } : how.familiarity } })],
    ['better stars', (of) => ({ of: { ...of, reviewStars: Math.min(of.reviews * 5, of.reviewStars + 1) } })],
    ['one more review of five stars', (of) => ({ of: { ...of, reviews: of.reviews + 1, reviewStars: of.reviewStars + 5 } })],
    ['one more verification', (of) => ({ of: { ...of, verifications: of.verifications + 1 } })],
    ['one more answer in time', (of) => ({ of: { ...of, answeredInTime: of.answeredInTime + 1, invites: of.invites + 1 } })],
    ['an invite that was answered after all', (of) => ({ of: { ...of, answeredInTime: Math.min(of.invites, of.answeredInTime + 1) } })],
    ['a newer calendar', (of) => ({ of: { ...of, calendarUpdated: Math.min(DAY * 86_400, of.calendarUpdated + 40_000) } })],
    ['one more day on which they came', (of) => ({ of: { ...of, shows: of.shows + 1, commitments: of.commitments + 1 } })],
    ['having come instead of cancelling late', (of) => (of.lateCancels > 0 ? { of: { ...of, lateCancels: of.lateCancels - 1, shows: of.shows + 1 } } : {})],
    ['having cancelled late instead of staying away', (of) => (of.shows + of.lateCancels < of.commitments ? { of: { ...of, lateCancels: of.lateCancels + 1 } } : {})],
  ])('never falls with %s', (_, change) => isBetter(change));

  it('takes the prior where there is no data, and fades towards it', () => {
    const nobody: Standing = {
      reviewStars: 0, reviews: 0, answeredInTime: 0, invites: 0, statsDay: DAY, commitments: 0, shows: 0, lateCancels: 0,
      verifications: 0, calendarUpdated: 0, joinedDay: DAY - 100,
    };
    expect(answerRate(nobody, DAY)).toBe(0.5);
    expect(answerRate({ ...nobody, joinedDay: DAY }, DAY)).toBe(0.6);
    const quick = { ...nobody, invites: 10, answeredInTime: 10 };
    // The rates are 13 of 16 and 8 of 11, each rounded to the nearest twentieth.
    expect(answerRate(quick, DAY)).toBe(0.8);
    expect(answerRate(quick, DAY + 45)).toBe(0.75);
    expect(familiarityMicro(undefined)).toBe(Math.round(1e6 * 0.06 * Math.log(0.5)));
    expect(levelMicro(5, 10)).toBe(0);
    expect(SIBLING_MICRO).toBe(Math.round(1e6 * 0.14 * Math.log(0.6)));
  });

  it('gives the reasons that hold, and only those', () => {
    const [of] = fc.sample(standing, 1) as [Standing];
    const known = { ...of, shows: 47, commitments: 48, lateCancels: 0, joinedDay: DAY - 3, verifications: 0, invites: 0, reviews: 0 };
    const how: Fit = {
      level: 3, years: 8, sibling: false, band: 1, ask: 95_000, pay: 90_000, pending: 0, daysOver: 0, familiarity: { times: 2, mark: null },
    };
    expect(reasonsOf(known, how, { days: 4, language: 'mr' }, DAY)).toEqual([
      { key: 'skill_exact', params: { level: 3, years: 8 } },
      { key: 'near_band', params: { band: '2-5' } },
      { key: 'free_all_days', params: { days: 4 } },
      { key: 'worked_with_you', params: { times: 2 } },
      { key: 'shows_up', params: { shows: 47, commitments: 48 } },
      { key: 'speaks', params: { language: 'mr' } },
      { key: 'new_here', params: {} },
      { key: 'over_budget', params: { percent: 6 } },
    ]);
    const far = reasonsOf({ ...known, shows: 1, joinedDay: DAY - 99 }, { ...how, sibling: true, band: 5, ask: 1, familiarity: undefined }, { days: 1, language: null }, DAY);
    expect(far.map(({ key }) => key)).toEqual(['skill_sibling', 'free_all_days']);
  });
});
