import type { JobState } from '@muster/contracts/matching/views';
import { transition, type Step, type Transition } from '../states/step.rules';

/** States in which people are invited and accept, as long as a line has open places and days to come. */
export const takesPeople: ReadonlySet<JobState> = new Set<JobState>(['open', 'staffing', 'in_progress']);

/** Whether the job has been opened and is not over. Opening it once more then changes nothing. */
export function isOpened(state: JobState): boolean {
  return takesPeople.has(state) || state === 'staffed';
}

export const open = transition<JobState>(['draft'], 'open', { actor: 'contractor', reason: 'opened' });
export const startStaffing = transition<JobState>(['open'], 'staffing', { actor: 'system', reason: 'first_invite' });
export const fillUp = transition<JobState>(['open', 'staffing'], 'staffed', { actor: 'system', reason: 'last_place_taken' });
export const needAgain = transition<JobState>(['staffed'], 'staffing', { actor: 'system', reason: 'place_freed' });
export const begin = transition<JobState>(['staffing', 'staffed'], 'in_progress', { actor: 'system', reason: 'first_day_began' });
export const complete = transition<JobState>(['in_progress'], 'completed', { actor: 'system', reason: 'last_day_over' });
export const close = transition<JobState>(['completed'], 'closed', { actor: 'contractor', reason: 'settled' });
export const cancel = transition<JobState>(['draft', 'open', 'staffing', 'staffed', 'in_progress'], 'cancelled', {
  actor: 'contractor',
  reason: 'called_off',
});
/** The last day passed without anybody assigned. */
export const expire = transition<JobState>(['draft', 'open', 'staffing'], 'expired', { actor: 'system', reason: 'last_day_over' });

export interface Crew {
  readonly filled: number;
  readonly places: number;
}

/** The steps of the job when a place is taken. Once its first day has begun, the first assignment also starts the job. */
export function stepsWhenFilled(state: JobState, { filled, places }: Crew, hasBegun: boolean): Step<JobState>[] {
  return chain(state, [filled >= places ? fillUp : startStaffing, ...(hasBegun ? [begin] : [])]);
}

/** The steps of the job when work begins: a job with a crew starts, one without a crew keeps looking for people. */
export function stepsWhenWorkBegins(state: JobState, { filled }: Pick<Crew, 'filled'>): Step<JobState>[] {
  return filled > 0 ? chain(state, [begin]) : [];
}

/**
 * The steps of the job when work ends: completed with a crew, otherwise expired, even if nobody has recorded that work
 * began.
 */
export function stepsWhenWorkEnds(state: JobState, { filled }: Pick<Crew, 'filled'>): Step<JobState>[] {
  return chain(state, filled > 0 ? [begin, complete] : [expire]);
}

/** Takes those of the transitions that the state allows, one after the other. */
function chain(from: JobState, transitions: readonly Transition<JobState>[]): Step<JobState>[] {
  const steps: Step<JobState>[] = [];
  let state = from;
  for (const transition of transitions) {
    const step = transition(state);
    if (!step) continue;
    steps.push(step);
    state = step.to;
  }
  return steps;
}
