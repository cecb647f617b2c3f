import { Inject, Injectable } from '@nestjs/common';
import type { PersonId } from '@muster/contracts/kernel/ids';
import type { CivilDate } from '@muster/contracts/kernel/time';
import { inviteErrors } from '@muster/contracts/matching/errors';
import { assignmentMade } from '@muster/contracts/matching/events';
import type { AssignmentId } from '@muster/contracts/matching/ids';
import { Clock } from '@muster/platform/clock/clock';
import type { Tx } from '@muster/platform/database/database';
import { AppError } from '@muster/platform/errors/app-error';
import { Outbox } from '@muster/platform/messaging/outbox';
import { StepLog } from '../states/step-log';
import type { AssignmentState } from './assignment.rules';
import { AssignmentsRepository } from './assignments.repository';
import { inviteFacts } from './invite-steps';
import type { InviteRow } from './invites.repository';

const made = { from: null, to: 'accepted' satisfies AssignmentState, actor: 'worker', reason: 'invite_accepted' } as const;

@Injectable()
export class Assignments {
  constructor(
    private readonly repository: AssignmentsRepository,
    private readonly steps: StepLog,
    @Inject(Outbox) private readonly outbox: Outbox,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /**
   * Books the worker for all days of the invite's line. Whether that overlaps other work is decided by the
   * exclusion constraint and nothing else.
   *
   * @throws AppError overlapping
   */
  async make(tx: Tx, invite: InviteRow, assignmentId: AssignmentId): Promise<void> {
    const ids = inviteFacts(invite);
    const days = await this.repository.daysOf(tx, ids.lineId);
    const version = await this.outbox.add(tx, assignmentMade, {
      aggregateId: assignmentId,
      data: { ...ids, assignmentId, days: days as CivilDate[] },
      recipients: [invite.worker as PersonId, invite.contractor as PersonId],
    });
    const row = { ...ids, assignmentId, state: made.to, version, madeAt: this.clock.now() };
    await this.repository.insert(tx, row, days);
    if (!(await this.repository.book(tx, assignmentId))) throw new AppError(inviteErrors.overlapping);
    await this.steps.add(tx, [{ subject: 'assignment', subjectId: assignmentId, step: made }]);
  }
}
