import type { PersonId } from '@muster/contracts/kernel/ids';
import { platformErrors } from '@muster/contracts/kernel/problem';
import type { InputOf, OutputOf } from '@muster/contracts/kernel/route';
import { inviteErrors } from '@muster/contracts/matching/errors';
import type { InviteId } from '@muster/contracts/matching/ids';
import type { sendInvite } from '@muster/contracts/matching/invites.routes';
import type { Tx } from '@muster/platform/database/database';
import { Idempotency, type Once } from '@muster/platform/database/idempotency';
import { AppError } from '@muster/platform/errors/app-error';
import { newId } from '@muster/platform/kernel/ids';
import { Injectable } from '@nestjs/common';
import { Staffing } from '../jobs/staffing';
import { Workers } from '../workers/workers';
import { Invitable } from './invitable';
import { InviteIssuer } from './invite-issuer';

type Input = InputOf<typeof sendInvite>;

/** Invites one worker whom the contractor chose. The index proposed the worker; this transaction decides. */
@Injectable()
export class SendInvite {
  constructor(
    private readonly idempotency: Idempotency,
    private readonly workers: Workers,
    private readonly staffing: Staffing,
    private readonly invitable: Invitable,
    private readonly issuer: InviteIssuer,
  ) {}

  execute(contractor: PersonId, input: Input, once: Once): Promise<OutputOf<typeof sendInvite>> {
    const { lineId } = input.params;
    return this.staffing.runInTurn(lineId, () => this.idempotency.runOnce(once, (tx) => this.send(tx, contractor, input)));
  }

  /** Locks in the order that is used everywhere: the worker, the line, its job, then invites. */
  private async send(tx: Tx, contractor: PersonId, { params, body }: Input): Promise<OutputOf<typeof sendInvite>> {
    const { jobId, lineId } = params;
    const { worker } = body;
    await this.workers.lockWorker(tx, worker);
    const held = await this.staffing.lockOwnLine(tx, contractor, jobId, lineId);
    if (!held) throw new AppError(platformErrors.notFound);
    if (worker === contractor) throw new AppError(inviteErrors.selfInvite);
    this.staffing.requirePlace(held);
    const { cell } = await this.invitable.requireInvitable(tx, held, worker);
    await this.staffing.recordFirstInvite(tx, held);
    const inviteId = newId<InviteId>();
    await this.issuer.issueInvite(tx, { inviteId, jobId, lineId, worker, contractor }, held, cell, body.timeLimitMinutes);
    return { inviteId };
  }
}
