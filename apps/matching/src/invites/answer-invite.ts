import type { PersonId } from '@muster/contracts/kernel/ids';
import type { OutputOf } from '@muster/contracts/kernel/route';
import type { InviteId } from '@muster/contracts/matching/ids';
import type { markInviteSeen, withdrawInvite } from '@muster/contracts/matching/invites.routes';
import { Database } from '@muster/platform/database/database';
import { Injectable } from '@nestjs/common';
import { InviteTransitions } from './invite-transitions';
import { decline, see, withdraw } from './invite.rules';

type InviteView = OutputOf<typeof markInviteSeen>;

/** The answers that change nothing but the invite. Each may be sent twice: the second time it does nothing. */
@Injectable()
export class AnswerInvite {
  constructor(
    private readonly database: Database,
    private readonly transitions: InviteTransitions,
  ) {}

  /** Does nothing if the invite has already been seen or answered. */
  see(worker: PersonId, inviteId: InviteId): Promise<InviteView> {
    return this.database.transaction(async (tx) => {
      const invite = await this.transitions.lockInviteOfWorker(tx, worker, inviteId);
      const step = see(invite.state);
      if (step) await this.transitions.takeStep(tx, invite, step);
      return this.transitions.offerForWorker(worker, inviteId, tx);
    });
  }

  /** @throws AppError inviteOver */
  decline(worker: PersonId, inviteId: InviteId): Promise<InviteView> {
    return this.database.transaction(async (tx) => {
      const invite = await this.transitions.lockInviteOfWorker(tx, worker, inviteId);
      if (invite.state !== 'declined') await this.transitions.takeStep(tx, invite, this.transitions.stepOf(invite, decline));
      return this.transitions.offerForWorker(worker, inviteId, tx);
    });
  }

  /** @throws AppError inviteOver */
  withdraw(contractor: PersonId, inviteId: InviteId): Promise<OutputOf<typeof withdrawInvite>> {
    return this.database.transaction(async (tx) => {
      const invite = await this.transitions.lockInviteOfContractor(tx, contractor, inviteId);
      if (invite.state !== 'withdrawn') await this.transitions.takeStep(tx, invite, this.transitions.stepOf(invite, withdraw));
      return { inviteId, state: 'withdrawn' as const };
    });
  }
}
