import type { PersonId } from '@muster/contracts/kernel/ids';
import { platformErrors } from '@muster/contracts/kernel/problem';
import type { OutputOf } from '@muster/contracts/kernel/route';
import { inviteErrors } from '@muster/contracts/matching/errors';
import type { AssignmentId, InviteId, LineId } from '@muster/contracts/matching/ids';
import type { readInvite } from '@muster/contracts/matching/invites.routes';
import type { InviteState } from '@muster/contracts/matching/views';
import { Clock } from '@muster/platform/clock/clock';
import type { Tx } from '@muster/platform/database/database';
import { AppError } from '@muster/platform/errors/app-error';
import { Injectable } from '@nestjs/common';
import type { Step, Transition } from '../states/step.rules';
import { InviteSteps } from './invite-steps';
import { supersede, supersedeBooked, withdrawWithJob } from './invite.rules';
import { InvitesRepository, type InviteRow } from './invites.repository';
import { offerView } from './offer-view.rules';

/**
 * The parts that all transitions of an invite share: lock the invite for the person it belongs to, require that it is
 * pending, take the step, and return the invite as it is then.
 */
@Injectable()
export class InviteTransitions {
  constructor(
    private readonly invites: InvitesRepository,
    private readonly steps: InviteSteps,
    private readonly clock: Clock,
  ) {}

  /** Finds the line of the worker's invite, which never changes. @throws AppError notFound */
  async lineOf(worker: PersonId, inviteId: InviteId): Promise<LineId> {
    return found(await this.invites.findLineOf(worker, inviteId));
  }

  /** @throws AppError notFound */
  async lockInviteOfWorker(tx: Tx, worker: PersonId, inviteId: InviteId): Promise<InviteRow> {
    return found(await this.invites.lockInvite(tx, inviteId, { worker }));
  }

  /** @throws AppError notFound */
  async lockInviteOfContractor(tx: Tx, contractor: PersonId, inviteId: InviteId): Promise<InviteRow> {
    return found(await this.invites.lockInvite(tx, inviteId, { contractor }));
  }

  /**
   * Locks the worker's invite and all invites that end when it is accepted: the worker's others and, with the last
   * place, those of the line.
   */
  async lockInviteWithRivals(
    tx: Tx,
    asked: { worker: PersonId; inviteId: InviteId; lineId?: LineId },
  ): Promise<{ invite: InviteRow; rivals: readonly InviteRow[] }> {
    const rows = await this.invites.lockInviteWithRivals(tx, asked);
    const invite = found(rows.find((row) => row.invite_id === asked.inviteId));
    return { invite, rivals: rows.filter((row) => row !== invite) };
  }

  /**
   * The step that the transition takes from the invite's state. An invite whose time limit has passed is over, even if
   * its timer has not fired yet.
   *
   * @throws AppError inviteOver
   */
  stepOf(invite: InviteRow, transition: Transition<InviteState>): Step<InviteState> {
    const step = transition(invite.state);
    if (!step) throw new AppError(inviteErrors.inviteOver, { state: invite.state });
    if (invite.expires_at <= this.clock.now()) throw new AppError(inviteErrors.inviteOver, { state: 'expired' });
    return step;
  }

  takeStep(tx: Tx, invite: InviteRow, step: Step<InviteState>): Promise<void> {
    return this.steps.takeStep(tx, invite, step);
  }

  /**
   * Takes the acceptance and ends the invites that it makes impossible: the worker's other invites for the same hours
   * and, with the line's last place, those of everybody else who was asked for the line.
   */
  async takeAcceptance(
    tx: Tx,
    { invite, rivals, step }: { invite: InviteRow; rivals: readonly InviteRow[]; step: Step<InviteState> },
    assignmentId: AssignmentId,
  ): Promise<void> {
    const ofWorker = rivals.filter((rival) => rival.worker === invite.worker);
    const overlapping = await this.invites.listOverlappingInvites(tx, ofWorker.map((rival) => rival.invite_id), assignmentId);
    const lost = rivals.flatMap((rival) => {
      if (rival.worker !== invite.worker) return { invite: rival, step: supersede(rival.state) };
      return overlapping.has(rival.invite_id) ? { invite: rival, step: supersedeBooked(rival.state) } : [];
    });
    const taken = lost.flatMap(({ invite: rival, step: end }) => (end ? [{ invite: rival, step: end }] : []));
    await this.steps.takeSteps(tx, [{ invite, step }, ...taken]);
  }

  /** Withdraws every invite that waits on the lines of a job that was called off. */
  async withdrawWithJob(tx: Tx, lineIds: readonly LineId[]): Promise<void> {
    const waiting = await this.invites.lockWaitingInvitesOn(tx, lineIds);
    await this.steps.takeSteps(tx, waiting.flatMap((invite) => {
      const step = withdrawWithJob(invite.state);
      return step ? [{ invite, step }] : [];
    }));
  }

  /** Reads the worker's view of the invite, within the transaction that changes it if `tx` is given. */
  async offerForWorker(worker: PersonId, inviteId: InviteId, tx?: Tx): Promise<OutputOf<typeof readInvite>> {
    return offerView(found(await this.invites.findOffer(worker, inviteId, tx)), this.clock.now());
  }
}

function found<Row>(row: Row | undefined): Row {
  if (row === undefined) throw new AppError(platformErrors.notFound);
  return row;
}
