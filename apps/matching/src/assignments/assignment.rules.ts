import { HOUR_MS } from '@muster/contracts/kernel/civil-time';
import type { assignment } from '@muster/contracts/matching/views';
import type { z } from 'zod';
import { transition, type Step } from '../states/step.rules';

export type AssignmentState = z.infer<typeof assignment>['state'];

/** Milliseconds before work begins from which a worker's cancellation is late: nobody else can be asked in peace any more. */
const LATE_MS = 16 * HOUR_MS;

const worker = (reason: string) => ({ actor: 'worker', reason }) as const;
const system = (reason: string) => ({ actor: 'system', reason }) as const;

export const confirm = transition<AssignmentState>(['accepted'], 'confirmed', worker('still_coming'));
export const checkIn = transition<AssignmentState>(['accepted', 'confirmed'], 'checked_in', worker('arrived'));
export const checkOut = transition<AssignmentState>(['checked_in'], 'checked_out', worker('left'));
/** The worker checks in on the next of several days. */
export const checkInAgain = transition<AssignmentState>(['checked_out'], 'checked_in', worker('arrived'));
export const complete = transition<AssignmentState>(['accepted', 'confirmed', 'checked_out'], 'completed', system('last_day_over'));
export const cancelEarly = transition<AssignmentState>(['accepted', 'confirmed'], 'cancelled_early', worker('cancelled_in_time'));
export const cancelLate = transition<AssignmentState>(['accepted', 'confirmed'], 'cancelled_late', worker('cancelled_late'));
/** The contractor took the worker out of the crew or called the job off, which never counts against the worker. */
export const callOff = transition<AssignmentState>(['accepted', 'confirmed'], 'cancelled_early', { actor: 'contractor', reason: 'called_off' });
export const missShow = transition<AssignmentState>(['accepted', 'confirmed'], 'no_show', system('nobody_came'));
export const replace = transition<AssignmentState>(['cancelled_early', 'cancelled_late', 'no_show'], 'replaced', system('somebody_else_came'));

/** The step of a worker who cannot come. @param firstStart the instant at which the first of the promised days begins */
export function stepOfDropOut(state: AssignmentState, firstStart: Date, now: Date): Step<AssignmentState> | undefined {
  return firstStart.getTime() - now.getTime() < LATE_MS ? cancelLate(state) : cancelEarly(state);
}

export function isCancelled(state: AssignmentState): boolean {
  return state === cancelEarly.to || state === cancelLate.to;
}
