import type { PersonId } from '@muster/contracts/kernel/ids';
import { platformErrors } from '@muster/contracts/kernel/problem';
import type { OutputOf } from '@muster/contracts/kernel/route';
import { inviteErrors } from '@muster/contracts/matching/errors';
import type { AssignmentId, InviteId, LineId } from '@muster/contracts/matching/ids';
import type { acceptInvite } from '@muster/contracts/matching/invites.routes';
import type { InviteState } from '@muster/contracts/matching/views';
import { Database, type Tx } from '@muster/platform/database/database';
import { AppError } from '@muster/platform/errors/app-error';
import { newId } from '@muster/platform/kernel/ids';
import { Injectable } from '@nestjs/common';
import { Assignments } from '../assignments/assignments';
import { inviteIdsOf } from '../assignments/invite-ids';
import { Staffing, type HeldLine } from '../jobs/staffing';
import type { Step } from '../states/step.rules';
import { Workers } from '../workers/workers';
import { InviteTransitions } from './invite-transitions';
import { accept } from './invite.rules';
import type { InviteRow } from './invites.repository';

/**
 * Takes a place of the line. Everything that the acceptance may change is locked first and read afterwards: the worker,
 * the line and its job, then the invites in the order of their ids. Parallel acceptances on one line wait for each
 * other at the line.
 */
@Injectable()
export class AcceptInvite {
  constructor(
    private readonly database: Database,
    private readonly workers: Workers,
    private readonly staffing: Staffing,
    private readonly transitions: InviteTransitions,
    private readonly assignments: Assignments,
  ) {}

  async execute(worker: PersonId, inviteId: InviteId): Promise<OutputOf<typeof acceptInvite>> {
    const lineId = await this.transitions.lineOf(worker, inviteId);
    await this.staffing.runInTurn(lineId, () => this.database.transaction((tx) => this.accept(tx, { worker, inviteId, lineId })));
    return this.transitions.offerForWorker(worker, inviteId);
  }

  private async accept(tx: Tx, { lineId, ...asked }: { worker: PersonId; inviteId: InviteId; lineId: LineId }): Promise<void> {
    if (!(await this.workers.lockWorker(tx, asked.worker))) throw new AppError(platformErrors.notFound);
    const held = await this.staffing.lockLine(tx, lineId);
    const { invite, rivals } = await this.transitions.lockInviteWithRivals(tx, { ...asked, ...(this.staffing.isLastPlace(held) && { lineId }) });
    // A repeated acceptance, sent because the first answer was lost, changes nothing.
    if (invite.state !== 'accepted') await this.takePlace(tx, held, invite, rivals);
  }

  private async takePlace(tx: Tx, held: HeldLine, invite: InviteRow, rivals: readonly InviteRow[]): Promise<void> {
    const step = this.stepOf(invite, held);
    this.staffing.requirePlace(held);
    const assignmentId = newId<AssignmentId>();
    await this.assignments.makeAssignment(tx, inviteIdsOf(invite), assignmentId, held);
    await this.staffing.fillPlace(tx, held, invite.worker as PersonId, assignmentId);
    await this.transitions.takeAcceptance(tx, { invite, rivals, step }, assignmentId);
  }

  /** @throws AppError lineFull or overlapping, the reason for which the invite was superseded; inviteOver */
  private stepOf(invite: InviteRow, held: HeldLine): Step<InviteState> {
    if (invite.state === 'superseded') throw new AppError(this.staffing.isFull(held) ? inviteErrors.lineFull : inviteErrors.overlapping);
    return this.transitions.stepOf(invite, accept);
  }
}
