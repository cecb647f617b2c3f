import { z } from 'zod';
import { defineEvent } from '../kernel/event';
import { personId } from '../kernel/ids';
import { int } from '../kernel/integer';
import { civilDate, instant } from '../kernel/time';
import { assignmentId, inviteId, jobId, lineId } from './ids';
import { jobState } from './views';

const exampleIds = {
  jobId: '01900000-0000-7000-8000-00000000000a',
  lineId: '01900000-0000-7000-8000-00000000000b',
  inviteId: '01900000-0000-7000-8000-00000000000c',
  assignmentId: '01900000-0000-7000-8000-00000000000d',
  worker: '01900000-0000-7000-8000-000000000001',
  contractor: '01900000-0000-7000-8000-000000000002',
};
const { assignmentId: _, ...inviteExample } = exampleIds;
const inviteFacts = z.object({ jobId, lineId, inviteId, worker: personId, contractor: personId });

/** The job went from one state to another, by somebody's doing or by time, or slots of it were filled or freed. */
export const jobChanged = defineEvent('matching.job.changed.v1', {
  data: z.object({ jobId, contractor: personId, state: jobState, places: int(), filled: int() }),
  example: { jobId: exampleIds.jobId, contractor: exampleIds.contractor, state: 'open', places: 2, filled: 0 },
});

export const inviteSent = defineEvent('matching.invite.sent.v1', {
  data: inviteFacts.extend({ expiresAt: instant }),
  example: { ...inviteExample, expiresAt: '2026-11-22T13:30:00.000Z' },
});
export const inviteSeen = defineEvent('matching.invite.seen.v1', { data: inviteFacts, example: inviteExample });
export const inviteAccepted = defineEvent('matching.invite.accepted.v1', { data: inviteFacts, example: inviteExample });
export const inviteDeclined = defineEvent('matching.invite.declined.v1', { data: inviteFacts, example: inviteExample });
export const inviteExpired = defineEvent('matching.invite.expired.v1', { data: inviteFacts, example: inviteExample });
export const inviteWithdrawn = defineEvent('matching.invite.withdrawn.v1', { data: inviteFacts, example: inviteExample });
/**
 * Nobody can accept the invite any more: the line filled up before it was answered, or its worker was booked elsewhere
 * for one of its days.
 */
export const inviteSuperseded = defineEvent('matching.invite.superseded.v1', {
  data: inviteFacts.extend({ reason: z.enum(['line_full', 'worker_booked']).default('line_full') }),
  example: { ...inviteExample, reason: 'line_full' },
});

/** The aggregate is the assignment; `days` are civil days at the site, those that had not begun when it was made. */
export const assignmentMade = defineEvent('matching.assignment.made.v1', {
  data: inviteFacts.extend({ assignmentId, days: z.array(civilDate) }),
  personal: ['days'],
  example: { ...exampleIds, days: ['2026-12-01', '2026-12-02'] },
});

/** The last day of the assignment is over; nobody has to say so. */
export const assignmentCompleted = defineEvent('matching.assignment.completed.v1', {
  data: inviteFacts.extend({ assignmentId }),
  example: exampleIds,
});

/**
 * Somebody who had said yes does not come after all: they gave the place back, were taken out of the crew, or the job
 * was called off. `days` had not begun and are free again. `late` is only ever said of a worker's own doing.
 */
export const assignmentCancelled = defineEvent('matching.assignment.cancelled.v1', {
  data: inviteFacts.extend({
    assignmentId,
    by: z.enum(['worker', 'contractor']),
    why: z.enum(['cannot_come', 'taken_out', 'job_cancelled']),
    late: z.boolean(),
    days: z.array(civilDate),
  }),
  personal: ['days'],
  example: { ...exampleIds, by: 'worker', why: 'cannot_come', late: false, days: ['2026-12-01'] },
});
