import type { JobState } from '@muster/contracts/matching/views';
import { transition } from '../states/step.rules';

/** States in which people are invited and accept. */
export const takesPeople: ReadonlySet<JobState> = new Set<JobState>(['open', 'staffing']);

/** Whether the job is past its opening and not over: whoever opens it once more finds it open. */
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
/** The last day went by and nobody had come. */
export const expire = transition<JobState>(['draft', 'open', 'staffing'], 'expired', { actor: 'system', reason: 'last_day_over' });
