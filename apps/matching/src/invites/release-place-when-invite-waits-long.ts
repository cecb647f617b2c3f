import type { PersonId } from '@muster/contracts/kernel/ids';
import type { InviteId } from '@muster/contracts/matching/ids';
import type { Tx } from '@muster/platform/database/database';
import { OnTimer, type Timer, type TimerHandler } from '@muster/platform/timers/on-timer';
import { Injectable } from '@nestjs/common';
import { Workers } from '../workers/workers';
import { PLACE_RELEASED } from './invite-issuer';
import { isPending } from './invite.rules';
import { InvitesRepository } from './invites.repository';

/**
 * Stops an invite from counting towards those that may wait for its worker after one day, so that an invite which may
 * be answered for days does not hide the worker from others.
 */
@OnTimer(PLACE_RELEASED)
@Injectable()
export class ReleasePlaceWhenInviteWaitsLong implements TimerHandler {
  constructor(
    private readonly invites: InvitesRepository,
    private readonly workers: Workers,
  ) {}

  async fire(tx: Tx, timer: Timer): Promise<void> {
    const inviteId = timer.key as InviteId;
    const invite = await this.invites.lockInvite(tx, inviteId, {});
    if (!invite || !isPending(invite.state)) return;
    await this.invites.releasePlace(tx, inviteId);
    await this.workers.recordChanges(tx, [invite.worker as PersonId]);
  }
}
