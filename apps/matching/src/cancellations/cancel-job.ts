import type { PersonId } from '@muster/contracts/kernel/ids';
import { platformErrors } from '@muster/contracts/kernel/problem';
import type { InputOf, OutputOf } from '@muster/contracts/kernel/route';
import type { cancelJob } from '@muster/contracts/matching/cancellations.routes';
import { jobErrors } from '@muster/contracts/matching/errors';
import { Database } from '@muster/platform/database/database';
import { AppError } from '@muster/platform/errors/app-error';
import { Injectable } from '@nestjs/common';
import { callOff } from '../assignments/assignment.rules';
import { CancelledAssignments } from '../assignments/cancelled-assignments';
import { InviteTransitions } from '../invites/invite-transitions';
import { FreedPlaces } from '../jobs/freed-places';
import { cancel } from '../jobs/job.rules';

/**
 * Calls a whole job off in one transaction: the crew is free again, whoever was asked is told, and the job ends. Locks
 * all lines before the job, so that no acceptance comes between; one that waits for its line then finds no invite.
 */
@Injectable()
export class CancelJob {
  constructor(
    private readonly database: Database,
    private readonly places: FreedPlaces,
    private readonly assignments: CancelledAssignments,
    private readonly invites: InviteTransitions,
  ) {}

  execute(contractor: PersonId, { params: { jobId }, body: { reason } }: InputOf<typeof cancelJob>): Promise<OutputOf<typeof cancelJob>> {
    return this.database.transaction(async (tx) => {
      const held = await this.places.lockOwnJob(tx, contractor, jobId);
      if (!held) throw new AppError(platformErrors.notFound);
      const { job, lineIds, filled } = held;
      if (job.state !== cancel.to) {
        const step = cancel(job.state);
        if (!step) throw new AppError(jobErrors.jobOver, { state: job.state });
        await this.invites.withdrawWithJob(tx, lineIds);
        const cancelled = await this.assignments.cancelAssignments(tx, filled.map(({ assignmentId }) => assignmentId), { stepOf: callOff, reason, why: 'job_cancelled' });
        await this.places.freePlaces(tx, job, filled.filter(({ assignmentId }) => cancelled.includes(assignmentId)), { ...step, reason });
      }
      return this.places.jobForContractor(tx, contractor, jobId);
    });
  }
}
