import { dayNumber, epochSeconds, utcDayOf, type DayNumber } from '@muster/contracts/kernel/civil-time';
import type { WorkerDocument } from './worker-document';

/**
 * S = U^.4 · A^.4 · R^.2 as a sum of integers, each 10⁻⁶ of a factor's natural logarithm times its exponents, so that
 * the parts shown are the score shown. Every factor lies in [.05, 1]; products are never clamped. A term without data
 * is its prior. Time counts in whole days, of which the present one is the site's.
 *
 * A part is shown, and whatever goes into it can be worked out of it. So nothing goes in more finely than its reason's
 * words would say it: distance as a band, shares in steps of five per cent, stars by tenths, a calendar's age in days,
 * waiting invites as none or some, a preferred length in a few steps.
 */
export const factors = [
  'skill', 'quality', 'price', 'familiarity', 'trust', 'answers', 'freshness', 'interest', 'reliability',
] as const;
type Factor = (typeof factors)[number];
export interface ScorePart {
  readonly factor: Factor;
  /** 10⁻⁶ of ln; never above zero. */
  readonly micro: number;
}

const exponents: Readonly<Record<Factor, number>> = {
  skill: 0.4 * 0.35, quality: 0.4 * 0.25, price: 0.4 * 0.15, familiarity: 0.4 * 0.15, trust: 0.4 * 0.1,
  answers: 0.4, freshness: 0.4, interest: 0.4,
  reliability: 0.2,
};
const LEAST = 0.05;

/** To the nearest of so many steps between 0 and 1. */
function inSteps(value: number, steps: number): number {
  return Math.round(value * steps) / steps;
}
/** Shares of answers and of days are told by five per cent. */
const SHARE_STEPS = 20;

function micro(factor: Factor, value: number): number {
  // + 0: never −0.
  return Math.round(1e6 * exponents[factor] * Math.log(Math.min(1, Math.max(LEAST, value)))) + 0;
}

// ---- What holds for a worker whoever asks, until the day turns.

/** The numbers behind a worker's standing, as precise as the index keeps them. */
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
  /** Epoch seconds; 0: never. */
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
/** Stars are told by tenths. */
const STAR_STEPS = 10;
const ANSWER_HALF_LIFE_DAYS = 45;
// Beta priors: people answer more of their first invites than of their hundredth.
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

/** Share of invites answered in time, by what is known at the start of the day, in steps of five per cent. */
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

// ---- What depends on the question.

const LEVELS = [0.55, 0.7, 0.82, 0.92, 1];
/** More years add nothing. */
export const FULL_EXPERIENCE_YEARS = 10;
/** A sibling of the trade is worth this much of the trade. */
export const SIBLING_MICRO = micro('skill', 0.6);

/** Of a skill at a level with years in it; a sibling's has {@link SIBLING_MICRO} added. */
export function levelMicro(level: number, years: number): number {
  const experience = 0.85 + 0.15 * Math.min(1, years / FULL_EXPERIENCE_YEARS);
  return micro('skill', (LEVELS[level - 1] as number) * experience);
}

/** Full while the worker asks for no more than is paid, then falling with the square. */
export function priceMicro(ask: number, pay: number): number {
  return ask <= pay ? 0 : micro('price', (pay / ask) ** 2);
}

export interface Familiarity {
  /** Jobs done together. */
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

/** Where a band is taken to lie, km; in the order of the bands. */
const BAND_KM = [1, 3.5, 7.5, 17.5, 37.5, 75];
const INTEREST = { base: 1.8, perKm: 0.035, perPay: 4, somePending: 0.9, perDayOver: 0.15, bestPay: 1.5 };

/**
 * The odds that the worker wants it.
 *
 * @param band index into the distance bands @param pending waiting invites, of which only counts whether there are any
 * @param daysOver days beyond what the worker prefers
 */
export function interestMicro(band: number, ask: number, pay: number, pending: number, daysOver: number): number {
  const ratio = ask * INTEREST.bestPay <= pay ? INTEREST.bestPay : pay / ask;
  const odds =
    INTEREST.base - INTEREST.perKm * (BAND_KM[band] as number) + INTEREST.perPay * Math.log(Math.max(LEAST, ratio)) -
    (pending > 0 ? INTEREST.somePending : 0) - INTEREST.perDayOver * daysOver;
  return micro('interest', 1 / (1 + Math.exp(-odds)));
}

/** Days that a preferred length counts as; the last is the most that the index keeps. */
const PREFERENCES = [1, 3, 7, 14, 30, 63];

/** The preference as the score knows it: searches of ever more days would tell an exact one. */
export function preferenceInSteps(preferred: number): number {
  return PREFERENCES.find((step) => step >= preferred) ?? 63;
}

/** @param preferred in steps, null for none */
export function daysOverPreferred(days: number, preferred: number | null): number {
  return preferred === null ? 0 : Math.max(0, days - preferred);
}

/** Of the rate that a worker asks, in which the rate that they would still come for is compared. */
const FLOOR_STEPS = 20;

/**
 * The least that a worker comes for as searches may know it: in steps of five per cent of the rate that is shown, upwards,
 * so that nobody is asked for less than they said. The exact floor is hidden, and searches with ever lower pay would tell
 * it to the paisa.
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

/** All parts, in the order of {@link factors}. */
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
