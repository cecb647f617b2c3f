import { dayNumber, epochSeconds, utcDayOf, type DayNumber } from '@muster/contracts/kernel/civil-time';
import type { WorkerDocument } from './worker-document';

/**
 * The score is S = U^.4 · A^.4 · R^.2, computed as a sum of integers: each part is 10⁻⁶ of the natural logarithm of a
 * factor times its exponents, so that the shown parts add up to the shown score. Every factor lies in [.05, 1];
 * products are never clamped. A term without data takes its prior. Time counts in whole days of the site.
 *
 * A part is shown, so its inputs can be computed from it. Therefore every input is as coarse as the words of its
 * reason: distances as bands, shares in steps of five per cent, stars by tenths, the age of a calendar in days, waiting
 * invites as none or some, a preferred length in a few steps.
 */
export const factors = [
  'skill', 'quality', 'price', 'familiarity', 'trust', 'answers', 'freshness', 'interest', 'reliability',
] as const;
type Factor = (typeof factors)[number];
export interface ScorePart {
  readonly factor: Factor;
  /** In units of 10⁻⁶ of the natural logarithm; never above zero. */
  readonly micro: number;
}

const exponents: Readonly<Record<Factor, number>> = {
  skill: 0.4 * 0.35, quality: 0.4 * 0.25, price: 0.4 * 0.15, familiarity: 0.4 * 0.15, trust: 0.4 * 0.1,
  answers: 0.4, freshness: 0.4, interest: 0.4,
  reliability: 0.2,
};
const LEAST = 0.05;

/** Rounds to the nearest of so many steps between 0 and 1. */
function inSteps(value: number, steps: number): number {
  return Math.round(value * steps) / steps;
}
/** Shares of answers and of days are shown in steps of five per cent. */
const SHARE_STEPS = 20;

function micro(factor: Factor, value: number): number {
  // + 0: never −0.
  return Math.round(1e6 * exponents[factor] * Math.log(Math.min(1, Math.max(LEAST, value)))) + 0;
}

// ---- Parts that are the same for every search of a day.

/** The numbers behind a worker's standing, in the precision in which the index stores them. */
export interface Standing {
  readonly reviewStars: number;
  readonly reviews: number;
  readonly answeredInTime: number;
  readonly invites: number;
  readonly statsDay: DayNumber;
  readonly commitments: number;
  readonly shows: number;
  readonly lateCancels: number;
  readonly verifications: number;
  /** Epoch seconds; 0 if the calendar was never updated. */
  readonly calendarUpdated: number;
  readonly joinedDay: DayNumber;
}

export function standingOf(document: WorkerDocument): Standing {
  const { stats } = document;
  const commitments = Math.min(0xffff, stats.commitments);
  return {
    reviewStars: Math.fround(stats.reviewStars),
    reviews: Math.fround(stats.reviews),
    answeredInTime: Math.fround(stats.answeredInTime),
    invites: Math.fround(stats.invites),
    statsDay: dayNumber(stats.asOf),
    commitments,
    shows: Math.min(commitments, stats.shows),
    lateCancels: Math.min(commitments, stats.lateCancels),
    verifications: Math.min(0xff, document.verifications),
    calendarUpdated: document.calendarUpdatedAt === null ? 0 : epochSeconds(document.calendarUpdatedAt),
    joinedDay: utcDayOf(Date.parse(document.joinedAt)),
  };
}

const REVIEW_PRIOR = { reviews: 5, mean: 4.2, halfLifeDays: 180 };
/** Stars are shown in tenths. */
const STAR_STEPS = 10;
const ANSWER_HALF_LIFE_DAYS = 45;
// Beta priors: people answer a larger share of their first invites than of later ones.
const ANSWER_PRIOR = { new: [3, 2], settled: [3, 3] } as const;
const NEW_FOR_DAYS = 30;
const SECONDS_OF_A_DAY = 86_400;
const FRESHNESS = { prior: 0.5, days: 14 };
const SHOW_PRIOR = { alpha: 12, beta: 1.5 };

export function isNew(standing: Standing, day: DayNumber): boolean {
  return day - standing.joinedDay < NEW_FOR_DAYS;
}

function faded(halfLifeDays: number, since: DayNumber, day: DayNumber): number {
  return 0.5 ** (Math.max(0, day - since) / halfLifeDays);
}

/** The share of invites answered in time as known at the start of the day, in steps of five per cent. */
export function answerRate(standing: Standing, day: DayNumber): number {
  const [alpha, beta] = ANSWER_PRIOR[isNew(standing, day) ? 'new' : 'settled'];
  const weight = faded(ANSWER_HALF_LIFE_DAYS, standing.statsDay, day);
  return inSteps((alpha + standing.answeredInTime * weight) / (alpha + beta + standing.invites * weight), SHARE_STEPS);
}

function qualityMicro(standing: Standing, day: DayNumber): number {
  const weight = faded(REVIEW_PRIOR.halfLifeDays, standing.statsDay, day);
  const stars = REVIEW_PRIOR.reviews * REVIEW_PRIOR.mean + standing.reviewStars * weight;
  return micro('quality', inSteps(stars / (REVIEW_PRIOR.reviews + standing.reviews * weight) / 5, 5 * STAR_STEPS));
}

function trustMicro(standing: Standing): number {
  return micro('trust', 1 - 0.5 * 0.6 ** standing.verifications);
}

function freshnessMicro(standing: Standing, day: DayNumber): number {
  const ageDays = Math.max(0, day - Math.floor(standing.calendarUpdated / SECONDS_OF_A_DAY));
  const left = standing.calendarUpdated === 0 ? 0 : Math.exp(-ageDays / FRESHNESS.days);
  return micro('freshness', FRESHNESS.prior + (1 - FRESHNESS.prior) * left);
}

function reliabilityMicro({ shows, lateCancels, commitments }: Standing): number {
  const { alpha, beta } = SHOW_PRIOR;
  return micro('reliability', inSteps((alpha + shows + lateCancels / 2) / (alpha + beta + commitments), SHARE_STEPS));
}

/** The sum of the five parts that don't depend on who asks. */
export function standingMicro(standing: Standing, day: DayNumber): number {
  return (
    qualityMicro(standing, day) + trustMicro(standing) + micro('answers', answerRate(standing, day)) +
    freshnessMicro(standing, day) + reliabilityMicro(standing)
  );
}

// ---- Parts that depend on the search.

const LEVELS = [0.55, 0.7, 0.82, 0.92, 1];
/** Years of experience above this number add nothing. */
export const FULL_EXPERIENCE_YEARS = 10;
/** A skill in a sibling trade is worth this share of a skill in the trade. */
export const SIBLING_MICRO = micro('skill', 0.6);

/** The part for a skill at a level with years of experience; for a sibling trade {@link SIBLING_MICRO} is added. */
export function levelMicro(level: number, years: number): number {
  const experience = 0.85 + 0.15 * Math.min(1, years / FULL_EXPERIENCE_YEARS);
  return micro('skill', (LEVELS[level - 1] as number) * experience);
}

/** Full while the worker asks for no more than the pay, then falling with the square. */
export function priceMicro(ask: number, pay: number): number {
  return ask <= pay ? 0 : micro('price', (pay / ask) ** 2);
}

export interface Familiarity {
  /** The number of jobs done together. */
  readonly times: number;
  readonly mark: 'favourite' | 'fine' | 'avoid' | null;
}

const MARKS = { favourite: 1, fine: 0.75, avoid: LEAST };

export function familiarityMicro(known: Familiarity | undefined): number {
  const together = 1 - 0.5 * 0.6 ** (known?.times ?? 0);
  const mark = known?.mark ?? null;
  if (mark === 'avoid') return micro('familiarity', MARKS.avoid);
  return micro('familiarity', Math.max(together, mark === null ? 0 : MARKS[mark]));
}

/** The distance in km that stands for each band, in the order of the bands. */
const BAND_KM = [1, 3.5, 7.5, 17.5, 37.5, 75];
const INTEREST = { base: 1.8, perKm: 0.035, perPay: 4, somePending: 0.9, perDayOver: 0.15, bestPay: 1.5 };

/**
 * The odds that the worker is interested.
 *
 * @param band index into the distance bands
 * @param pending waiting invites, of which only counts whether there are any
 * @param daysOver days beyond the length that the worker prefers
 */
export function interestMicro(band: number, ask: number, pay: number, pending: number, daysOver: number): number {
  const ratio = ask * INTEREST.bestPay <= pay ? INTEREST.bestPay : pay / ask;
  const odds =
    INTEREST.base - INTEREST.perKm * (BAND_KM[band] as number) + INTEREST.perPay * Math.log(Math.max(LEAST, ratio)) -
    (pending > 0 ? INTEREST.somePending : 0) - INTEREST.perDayOver * daysOver;
  return micro('interest', 1 / (1 + Math.exp(-odds)));
}

/** The steps of a preferred length, in days; the last is the most that the index stores. */
const PREFERENCES = [1, 3, 7, 14, 30, 63];

/** Rounds the preference for the score, because searches for ever more days would otherwise reveal the exact one. */
export function preferenceInSteps(preferred: number): number {
  return PREFERENCES.find((step) => step >= preferred) ?? 63;
}

/** @param preferred in steps, null if there is none */
export function daysOverPreferred(days: number, preferred: number | null): number {
  return preferred === null ? 0 : Math.max(0, days - preferred);
}

/** Steps of the worker's asking rate in which the floor rate is compared. */
const FLOOR_STEPS = 20;

/**
 * The worker's floor rate in the precision that searches may reveal: rounded up to five per cent of the shown rate, so
 * that nobody is asked for less than their floor. The exact floor is hidden; searches with ever lower pay would
 * otherwise reveal it.
 */
export function floorInSteps(floor: number, ask: number): number {
  if (ask <= 0) return floor;
  return Math.ceil((Math.ceil((floor * FLOOR_STEPS) / ask) * ask) / FLOOR_STEPS);
}

export interface Fit {
  readonly level: number;
  readonly years: number;
  readonly sibling: boolean;
  readonly band: number;
  readonly ask: number;
  readonly pay: number;
  readonly pending: number;
  readonly daysOver: number;
  readonly familiarity: Familiarity | undefined;
}

/** Returns all parts, in the order of {@link factors}. */
export function scoreParts(standing: Standing, fit: Fit, day: DayNumber): ScorePart[] {
  const micros: Record<Factor, number> = {
    skill: levelMicro(fit.level, fit.years) + (fit.sibling ? SIBLING_MICRO : 0),
    quality: qualityMicro(standing, day),
    price: priceMicro(fit.ask, fit.pay),
    familiarity: familiarityMicro(fit.familiarity),
    trust: trustMicro(standing),
    answers: micro('answers', answerRate(standing, day)),
    freshness: freshnessMicro(standing, day),
    interest: interestMicro(fit.band, fit.ask, fit.pay, fit.pending, fit.daysOver),
    reliability: reliabilityMicro(standing),
  };
  return factors.map((factor) => ({ factor, micro: micros[factor] }));
}

export function totalOf(parts: readonly ScorePart[]): number {
  return parts.reduce((sum, part) => sum + part.micro, 0);
}
