import { Inject, Injectable } from '@nestjs/common';
import type { PersonId } from '@muster/contracts/kernel/ids';
import { platformErrors } from '@muster/contracts/kernel/problem';
import type { OutputOf } from '@muster/contracts/kernel/route';
import { inviteErrors } from '@muster/contracts/matching/errors';
import type { AssignmentId, InviteId, JobId, LineId } from '@muster/contracts/matching/ids';
import type { acceptInvite } from '@muster/contracts/matching/invites.routes';
import type { InviteState } from '@muster/contracts/matching/views';
import { Database, type Tx } from '@muster/platform/database/database';
import { AppError } from '@muster/platform/errors/app-error';
import { newId } from '@muster/platform/kernel/ids';
import { Staffing } from '../jobs/staffing';
import { Workers } from '../search/workers';
import type { Step } from '../states/step.rules';
import { Assignments } from './assignments';
import { accept } from './invite.rules';
import { InviteAnswers } from './invite-answers';
import type { InviteRow } from './invites.repository';

/**
 * Takes a place of the line. Locks in one order: the worker, a slot, the invite, the line, the job, the invites that
 * lost; who waits for a slot holds no invite, so the last one to get a place can tell all others.
 */
@Injectable()
export class AcceptInvite {
  constructor(
    @Inject(Database) private readonly database: Database,
    private readonly workers: Workers,
    private readonly staffing: Staffing,
    private readonly answers: InviteAnswers,
    private readonly assignments: Assignments,
  ) {}

  execute(worker: PersonId, inviteId: InviteId): Promise<OutputOf<typeof acceptInvite>> {
    return this.database.transaction(async (tx) => {
      if (!(await this.workers.lock(tx, worker))) throw new AppError(platformErrors.notFound);
      const seen = await this.answers.own(tx, worker, inviteId);
      // Said twice, for example because the first answer got lost on the way: it stands.
      if (seen.state !== 'accepted') await this.takePlace(tx, seen, this.stepOf(seen));
      return this.answers.view(tx, worker, inviteId);
    });
  }

  private async takePlace(tx: Tx, seen: InviteRow, expected: Step<InviteState>): Promise<void> {
    const jobId = seen.job_id as JobId;
    const lineId = seen.line_id as LineId;
    const worker = seen.worker as PersonId;
    const slot = await this.staffing.lockPlace(tx, lineId);
    const invite = await this.answers.lockOwn(tx, worker, seen.invite_id as InviteId);
    const step = invite.state === expected.from ? expected : this.stepOf(invite);
    const assignmentId = newId<AssignmentId>();
    await this.assignments.make(tx, invite, assignmentId);
    const { lineIsFull } = await this.staffing.fillPlace(tx, slot, { jobId, lineId, worker, assignmentId });
    await this.answers.take(tx, invite, step);
    if (lineIsFull) await this.answers.supersedeOthers(tx, lineId);
  }

  /** @throws AppError lineFull, inviteOver */
  private stepOf(invite: InviteRow): Step<InviteState> {
    if (invite.state === 'superseded') throw new AppError(inviteErrors.lineFull);
    return this.answers.stepOf(invite, accept);
  }
}
