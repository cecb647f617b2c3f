import { Inject, Injectable } from '@nestjs/common';
import type { PersonId } from '@muster/contracts/kernel/ids';
import { platformErrors } from '@muster/contracts/kernel/problem';
import type { OutputOf } from '@muster/contracts/kernel/route';
import { inviteErrors } from '@muster/contracts/matching/errors';
import type { InviteId, LineId } from '@muster/contracts/matching/ids';
import type { readInvite } from '@muster/contracts/matching/invites.routes';
import type { InviteState } from '@muster/contracts/matching/views';
import { Clock } from '@muster/platform/clock/clock';
import type { Tx } from '@muster/platform/database/database';
import { AppError } from '@muster/platform/errors/app-error';
import type { Step, Transition } from '../states/step.rules';
import { supersede } from './invite.rules';
import { InviteSteps } from './invite-steps';
import { InvitesRepository, type InviteRow } from './invites.repository';
import { offerView } from './offer-view.rules';

/** What every answer to an invite does alike: find it as one's own, check that it still waits, go on, show it. */
@Injectable()
export class InviteAnswers {
  constructor(
    private readonly invites: InvitesRepository,
    private readonly steps: InviteSteps,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** @throws AppError notFound */
  async own(tx: Tx, worker: PersonId, inviteId: InviteId): Promise<InviteRow> {
    return found(await this.invites.find(tx, inviteId, { worker }));
  }

  /** @throws AppError notFound */
  async lockOwn(tx: Tx, worker: PersonId, inviteId: InviteId): Promise<InviteRow> {
    return found(await this.invites.findForUpdate(tx, inviteId, { worker }));
  }

  /** @throws AppError notFound */
  async lockSent(tx: Tx, contractor: PersonId, inviteId: InviteId): Promise<InviteRow> {
    return found(await this.invites.findForUpdate(tx, inviteId, { contractor }));
  }

  /** An invite past its time is over, also when its timer is late. @throws AppError inviteOver */
  stepOf(invite: InviteRow, transition: Transition<InviteState>): Step<InviteState> {
    const step = transition(invite.state);
    if (!step) throw new AppError(inviteErrors.inviteOver, { state: invite.state });
    if (invite.expires_at <= this.clock.now()) throw new AppError(inviteErrors.inviteOver, { state: 'expired' });
    return step;
  }

  take(tx: Tx, invite: InviteRow, step: Step<InviteState>): Promise<void> {
    return this.steps.take(tx, invite, step);
  }

  /** Everybody else who was asked for a line that is full now. */
  async supersedeOthers(tx: Tx, lineId: LineId): Promise<void> {
    const waiting = await this.invites.waitingOnLine(tx, lineId);
    await this.steps.takeAll(
      tx,
      waiting.flatMap((invite) => {
        const step = supersede(invite.state);
        return step ? [{ invite, step }] : [];
      }),
    );
  }

  async view(tx: Tx, worker: PersonId, inviteId: InviteId): Promise<OutputOf<typeof readInvite>> {
    return offerView(found(await this.invites.offer(worker, inviteId, tx)), this.clock.now());
  }
}

function found<Row>(row: Row | undefined): Row {
  if (row === undefined) throw new AppError(platformErrors.notFound);
  return row;
}
