import type { DayNumber } from '@muster/contracts/kernel/civil-time';
import { bands } from '../site/distance.rules';
import { answerRate, isNew, type Fit, type Standing } from './score.rules';
import type { Language } from './worker-document';

/**
 * A key of the dictionary with its parameters. A reason never names a coordinate, a floor rate or a fact about who
 * somebody is.
 */
export interface Reason {
  readonly key: ReasonKey;
  readonly params: Readonly<Record<string, string | number>>;
}

type ReasonKey =
  | 'skill_exact' | 'skill_sibling' | 'near_band' | 'free_all_days' | 'worked_with_you' | 'favourite' | 'shows_up'
  | 'answers_fast' | 'well_reviewed' | 'verified' | 'speaks' | 'new_here' | 'over_budget';

const FEWEST = { commitments: 3, invites: 3, reviews: 3 };
const NEAR_BANDS = 3;

/** The reasons that hold, in the same order for everybody. */
export function reasonsOf(
  standing: Standing,
  fit: Fit,
  asked: { readonly days: number; readonly language: Language | null },
  day: DayNumber,
): Reason[] {
  const reasons: Reason[] = [];
  const say = (key: ReasonKey, params: Reason['params'] = {}) => reasons.push({ key, params });

  say(fit.sibling ? 'skill_sibling' : 'skill_exact', { level: fit.level, years: fit.years });
  if (fit.band < NEAR_BANDS) say('near_band', { band: bands[fit.band] as string });
  say('free_all_days', { days: asked.days });
  if (fit.familiarity?.mark === 'favourite') say('favourite');
  if (fit.familiarity !== undefined && fit.familiarity.times > 0) say('worked_with_you', { times: fit.familiarity.times });
  const { shows, commitments } = standing;
  if (commitments >= FEWEST.commitments && shows / commitments >= 0.9) say('shows_up', { shows, commitments });
  const answered = answerRate(standing, day);
  if (standing.invites >= FEWEST.invites && answered >= 0.7) say('answers_fast', { percent: Math.round(answered * 100) });
  const stars = standing.reviewStars / Math.max(1, standing.reviews);
  if (standing.reviews >= FEWEST.reviews && stars >= 4.5) say('well_reviewed', { stars: Math.round(stars * 10) / 10 });
  if (standing.verifications > 0) say('verified', { steps: standing.verifications });
  if (asked.language !== null) say('speaks', { language: asked.language });
  if (isNew(standing, day)) say('new_here');
  if (fit.ask > fit.pay && fit.pay > 0) say('over_budget', { percent: Math.round((fit.ask / fit.pay - 1) * 100) });
  return reasons;
}
