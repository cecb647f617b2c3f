import { Inject, Injectable } from '@nestjs/common';
import type { PersonId } from '@muster/contracts/kernel/ids';
import type { OutputOf } from '@muster/contracts/kernel/route';
import type { InviteId } from '@muster/contracts/matching/ids';
import type { markInviteSeen, withdrawInvite } from '@muster/contracts/matching/invites.routes';
import { Database } from '@muster/platform/database/database';
import { decline, see, withdraw } from './invite.rules';
import { InviteAnswers } from './invite-answers';

type InviteView = OutputOf<typeof markInviteSeen>;

/** The answers that touch nothing but the invite. Each may be said twice: the first stands. */
@Injectable()
export class AnswerInvite {
  constructor(
    @Inject(Database) private readonly database: Database,
    private readonly answers: InviteAnswers,
  ) {}

  /** Of an invite that is further already, nothing changes. */
  see(worker: PersonId, inviteId: InviteId): Promise<InviteView> {
    return this.database.transaction(async (tx) => {
      const invite = await this.answers.lockOwn(tx, worker, inviteId);
      const step = see(invite.state);
      if (step) await this.answers.take(tx, invite, step);
      return this.answers.view(worker, inviteId, tx);
    });
  }

  /** @throws AppError inviteOver */
  decline(worker: PersonId, inviteId: InviteId): Promise<InviteView> {
    return this.database.transaction(async (tx) => {
      const invite = await this.answers.lockOwn(tx, worker, inviteId);
      if (invite.state !== 'declined') await this.answers.take(tx, invite, this.answers.stepOf(invite, decline));
      return this.answers.view(worker, inviteId, tx);
    });
  }

  /** @throws AppError inviteOver */
  withdraw(contractor: PersonId, inviteId: InviteId): Promise<OutputOf<typeof withdrawInvite>> {
    return this.database.transaction(async (tx) => {
      const invite = await this.answers.lockSent(tx, contractor, inviteId);
      if (invite.state !== 'withdrawn') await this.answers.take(tx, invite, this.answers.stepOf(invite, withdraw));
      return { inviteId, state: 'withdrawn' as const };
    });
  }
}
