import type { PersonId } from '@muster/contracts/kernel/ids';
import { platformErrors } from '@muster/contracts/kernel/problem';
import type { InputOf, OutputOf } from '@muster/contracts/kernel/route';
import type { freeSlot } from '@muster/contracts/matching/cancellations.routes';
import { Database } from '@muster/platform/database/database';
import { AppError } from '@muster/platform/errors/app-error';
import { Injectable } from '@nestjs/common';
import { callOff } from '../assignments/assignment.rules';
import { CancelledAssignments } from '../assignments/cancelled-assignments';
import { FreedPlaces } from '../jobs/freed-places';
import { Workers } from '../workers/workers';

/** A contractor takes a worker out of the crew. Sent again it changes nothing: the worker does not hold the place any more. */
@Injectable()
export class FreeSlot {
  constructor(
    private readonly database: Database,
    private readonly workers: Workers,
    private readonly places: FreedPlaces,
    private readonly assignments: CancelledAssignments,
  ) {}

  execute(contractor: PersonId, { params, body }: InputOf<typeof freeSlot>): Promise<OutputOf<typeof freeSlot>> {
    const { jobId, slotId } = params;
    return this.database.transaction(async (tx) => {
      await this.workers.lockWorker(tx, body.worker);
      const held = await this.places.lockOwnSlot(tx, contractor, jobId, slotId);
      if (!held) throw new AppError(platformErrors.notFound);
      const { job, slot } = held;
      if (slot?.worker === body.worker) {
        await this.assignments.cancelAssignment(tx, slot.assignmentId, { stepOf: callOff, reason: body.reason, why: 'taken_out' });
        await this.places.freePlaces(tx, job, [slot]);
      }
      return this.places.jobForContractor(tx, contractor, jobId);
    });
  }
}
