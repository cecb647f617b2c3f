import type { PersonId } from '@muster/contracts/kernel/ids';
import { platformErrors } from '@muster/contracts/kernel/problem';
import type { OutputOf } from '@muster/contracts/kernel/route';
import type { cancelAssignment } from '@muster/contracts/matching/cancellations.routes';
import type { AssignmentId } from '@muster/contracts/matching/ids';
import type { WorkerReason } from '@muster/contracts/matching/views';
import { Database } from '@muster/platform/database/database';
import { AppError } from '@muster/platform/errors/app-error';
import { Injectable } from '@nestjs/common';
import { CancelledAssignments } from '../assignments/cancelled-assignments';
import { FreedPlaces } from '../jobs/freed-places';
import { Staffing } from '../jobs/staffing';
import { Workers } from '../workers/workers';

/** A worker gives a place back. Sent again it changes nothing, and answers with the state in which the assignment is. */
@Injectable()
export class DropOut {
  constructor(
    private readonly database: Database,
    private readonly workers: Workers,
    private readonly staffing: Staffing,
    private readonly places: FreedPlaces,
    private readonly assignments: CancelledAssignments,
  ) {}

  /** Locks in the order that is used everywhere: the worker, the line, its job, then the assignment. */
  async execute(worker: PersonId, assignmentId: AssignmentId, reason: WorkerReason): Promise<OutputOf<typeof cancelAssignment>> {
    const lineId = await this.assignments.lineOf(worker, assignmentId);
    return this.staffing.runInTurn(lineId, () =>
      this.database.transaction(async (tx) => {
        if (!(await this.workers.lockWorker(tx, worker))) throw new AppError(platformErrors.notFound);
        const { job } = await this.staffing.lockLine(tx, lineId);
        const stepOf = await this.assignments.dropOutOf(tx, assignmentId);
        const { state, isNew } = await this.assignments.cancelAssignment(tx, assignmentId, { stepOf, reason, why: 'cannot_come' });
        const slot = isNew && (await this.places.slotOf(tx, lineId, assignmentId));
        if (slot) await this.places.freePlaces(tx, job, [slot]);
        return { assignmentId, state };
      }),
    );
  }
}
