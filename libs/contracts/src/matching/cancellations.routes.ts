import { z } from 'zod';
import { access } from '../kernel/access';
import { personId, type PersonId } from '../kernel/ids';
import { route } from '../kernel/route';
import { assignmentErrors, jobErrors } from './errors';
import { assignmentId, jobId, slotId, type AssignmentId, type JobId, type SlotId } from './ids';
import type { MatchingWorld } from './jobs.routes';
import { assignment, contractorReason, job, workerReason } from './views';

export interface CancellationWorld extends MatchingWorld {
  /** A place of `contractor`'s that the person called `worker` holds. */
  heldPlace(): Promise<{ assignmentId: AssignmentId; jobId: JobId; slotId: SlotId; worker: PersonId }>;
}

export const cancelAssignment = route({
  id: 'matching.cancelAssignment',
  summary: 'I cannot come: gives the place back; late from 16 hours before the work begins',
  method: 'POST',
  path: '/api/v1/matching/assignments/:assignmentId/cancel',
  params: z.object({ assignmentId }),
  body: z.strictObject({ reason: workerReason }),
  response: z.object({ assignmentId, state: assignment.shape.state }),
  errors: [assignmentErrors.assignmentOver],
  access: access.worker({ object: 'own' }),
  rate: 'write',
  example: async (world: CancellationWorld) => {
    const { assignmentId } = await world.heldPlace();
    return { as: 'worker', params: { assignmentId }, body: { reason: 'ill' as const } };
  },
});

export const freeSlot = route({
  id: 'matching.freeSlot',
  summary: 'Take a worker out of the crew; nothing counts against them',
  method: 'POST',
  path: '/api/v1/matching/jobs/:jobId/slots/:slotId/free',
  params: z.object({ jobId, slotId }),
  /** The worker is named, so that a request that is repeated never takes out whoever holds the place by then. */
  body: z.strictObject({ worker: personId, reason: contractorReason }),
  response: job,
  errors: [assignmentErrors.assignmentOver],
  access: access.contractor({ object: 'own' }),
  rate: 'write',
  example: async (world: CancellationWorld) => {
    const { jobId, slotId, worker } = await world.heldPlace();
    return { as: 'contractor', params: { jobId, slotId }, body: { worker, reason: 'plans_changed' as const } };
  },
});

export const cancelJob = route({
  id: 'matching.cancelJob',
  summary: 'Call the job off: everybody who was asked or said yes is told, and nothing counts against them',
  method: 'POST',
  path: '/api/v1/matching/jobs/:jobId/cancel',
  params: z.object({ jobId }),
  body: z.strictObject({ reason: contractorReason }),
  response: job,
  errors: [jobErrors.jobOver],
  access: access.contractor({ object: 'own' }),
  rate: 'write',
  example: async (world: CancellationWorld) => {
    const { jobId } = await world.openJob();
    return { as: 'contractor', params: { jobId }, body: { reason: 'weather' as const } };
  },
});
