import type { InviteState } from '@muster/contracts/matching/views';
import { transition } from '../states/step.rules';

/** States in which the invite waits to be sent or for the worker's answer; all others are final. */
export const pendingStates: readonly InviteState[] = ['planned', 'sent', 'seen'];

export function isPending(state: InviteState): boolean {
  return pendingStates.includes(state);
}

export const send = transition<InviteState>(['planned'], 'sent', { actor: 'system', reason: 'wave' });
export const see = transition<InviteState>(['sent'], 'seen', { actor: 'worker', reason: 'opened' });
export const accept = transition<InviteState>(['sent', 'seen'], 'accepted', { actor: 'worker', reason: 'accepted' });
export const decline = transition<InviteState>(['sent', 'seen'], 'declined', { actor: 'worker', reason: 'declined' });
export const expire = transition<InviteState>(['sent', 'seen'], 'expired', { actor: 'system', reason: 'time_limit' });
export const withdraw = transition<InviteState>(['planned', 'sent', 'seen'], 'withdrawn', { actor: 'contractor', reason: 'withdrawn' });
/** The contractor called the job off. */
export const withdrawWithJob = transition<InviteState>(['planned', 'sent', 'seen'], 'withdrawn', { actor: 'contractor', reason: 'job_cancelled' });
/** The worker took the hat off, so nobody will answer the invite. */
export const declineWithHat = transition<InviteState>(['sent', 'seen'], 'declined', { actor: 'worker', reason: 'hat_off' });
/** The line filled up before the answer came. */
export const supersede = transition<InviteState>(['planned', 'sent', 'seen'], 'superseded', { actor: 'system', reason: 'line_full' });
/** The worker was booked for one of the days before the answer came. */
export const supersedeBooked = transition<InviteState>(['planned', 'sent', 'seen'], 'superseded', { actor: 'system', reason: 'worker_booked' });
