import { lastEndOfWork } from '@muster/contracts/kernel/civil-time';
import { inviteErrors } from '@muster/contracts/matching/errors';
import { assignmentCompleted, assignmentMade } from '@muster/contracts/matching/events';
import type { AssignmentId } from '@muster/contracts/matching/ids';
import { Clock } from '@muster/platform/clock/clock';
import type { Tx } from '@muster/platform/database/database';
import { AppError } from '@muster/platform/errors/app-error';
import { Outbox } from '@muster/platform/messaging/outbox';
import { Timers } from '@muster/platform/timers/timers';
import { Injectable } from '@nestjs/common';
import { hoursOf } from '../jobs/line-work.rules';
import type { HeldLine } from '../jobs/staffing';
import { StepLog } from '../states/step-log';
import { complete, type AssignmentState } from './assignment.rules';
import { AssignmentsRepository } from './assignments.repository';
import { inviteIdsOf, type InviteIds } from './invite-ids';

/** The timer that completes an assignment when its last day is over; its key is the assignment's id. */
export const ASSIGNMENT_ENDS = 'assignment.end';

const made = { from: null, to: 'accepted' satisfies AssignmentState, actor: 'worker', reason: 'invite_accepted' } as const;

@Injectable()
export class Assignments {
  constructor(
    private readonly repository: AssignmentsRepository,
    private readonly steps: StepLog,
    private readonly outbox: Outbox,
    private readonly timers: Timers,
    private readonly clock: Clock,
  ) {}

  /**
   * Books the worker for the days of the line that are still to come. The exclusion constraint alone decides whether
   * they overlap other work.
   *
   * @throws AppError overlapping
   */
  async makeAssignment(tx: Tx, ids: InviteIds, assignmentId: AssignmentId, { line, job, days }: HeldLine): Promise<void> {
    const version = await this.outbox.appendEvent(tx, assignmentMade, {
      aggregateId: assignmentId,
      data: { ...ids, assignmentId, days: [...days] },
      recipients: [ids.worker, ids.contractor],
    });
    const row = { ...ids, assignmentId, state: made.to, version, madeAt: this.clock.now() };
    await this.repository.insertAssignment(tx, row, days);
    if (!(await this.repository.insertBookings(tx, assignmentId, days))) throw new AppError(inviteErrors.overlapping);
    await this.steps.recordSteps(tx, [{ subject: 'assignment', subjectId: assignmentId, step: made }]);
    const at = new Date(lastEndOfWork(days, hoursOf(line, job)));
    await this.timers.scheduleTimer(tx, { kind: ASSIGNMENT_ENDS, key: assignmentId, at });
  }

  /** Completes the assignment when its time is over, since nobody checks in or out yet. */
  async completeAssignment(tx: Tx, assignmentId: AssignmentId): Promise<void> {
    const [assignment] = await this.repository.lockAssignments(tx, [assignmentId]);
    const step = assignment && complete(assignment.state as AssignmentState);
    if (!step) return;
    const ids = inviteIdsOf(assignment);
    const version = await this.outbox.appendEvent(tx, assignmentCompleted, {
      aggregateId: assignmentId,
      data: { ...ids, assignmentId },
      recipients: [ids.worker, ids.contractor],
    });
    await this.repository.saveAssignments(tx, [{ assignment_id: assignmentId, state: step.to, version }]);
    await this.steps.recordSteps(tx, [{ subject: 'assignment', subjectId: assignmentId, step }]);
  }
}
