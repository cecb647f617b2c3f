import { Inject, Injectable } from '@nestjs/common';
import type { PersonId } from '@muster/contracts/kernel/ids';
import { platformErrors } from '@muster/contracts/kernel/problem';
import type { InputOf, OutputOf } from '@muster/contracts/kernel/route';
import { inviteErrors } from '@muster/contracts/matching/errors';
import type { InviteId } from '@muster/contracts/matching/ids';
import type { sendInvite } from '@muster/contracts/matching/invites.routes';
import { Idempotency, type Once } from '@muster/platform/database/idempotency';
import { AppError } from '@muster/platform/errors/app-error';
import { newId } from '@muster/platform/kernel/ids';
import { Staffing } from '../jobs/staffing';
import { PENDING_CAP } from '../search/match.rules';
import { Workers } from '../search/workers';
import { InviteSending } from './invite-sending';
import { InvitesRepository } from './invites.repository';

type Input = InputOf<typeof sendInvite>;

/** Invites one worker by hand; the index proposed them, this transaction decides. */
@Injectable()
export class SendInvite {
  constructor(
    @Inject(Idempotency) private readonly idempotency: Idempotency,
    private readonly workers: Workers,
    private readonly staffing: Staffing,
    private readonly invites: InvitesRepository,
    private readonly sending: InviteSending,
  ) {}

  execute(contractor: PersonId, { params, body }: Input, once: Once): Promise<OutputOf<typeof sendInvite>> {
    const { jobId, lineId } = params;
    const { worker } = body;
    return this.idempotency.once(once, async (tx) => {
      // In this order everywhere: the worker, then the line, then the job.
      const exists = await this.workers.lock(tx, worker);
      const job = await this.staffing.lineThatWants(tx, contractor, jobId, lineId);
      if (!job) throw new AppError(platformErrors.notFound);
      if (worker === contractor) throw new AppError(inviteErrors.selfInvite);
      const cell = exists ? await this.workers.findable(tx, worker) : undefined;
      if (!cell) throw new AppError(inviteErrors.notAvailable);
      if (await this.invites.hasInvite(tx, jobId, worker)) throw new AppError(inviteErrors.alreadyInvited);
      if ((await this.invites.countWaiting(tx, worker)) >= PENDING_CAP) {
        throw new AppError(inviteErrors.notAvailable);
      }
      await this.staffing.invited(tx, job);
      const inviteId = newId<InviteId>();
      const invite = { inviteId, jobId, lineId, worker, contractor };
      await this.sending.send(tx, invite, job, cell, body.timeLimitMinutes);
      return { inviteId };
    });
  }
}
