import type { InviteId } from '@muster/contracts/matching/ids';
import { Clock } from '@muster/platform/clock/clock';
import type { Tx } from '@muster/platform/database/database';
import { OnTimer, type Timer, type TimerHandler } from '@muster/platform/timers/on-timer';
import { Injectable } from '@nestjs/common';
import { INVITE_EXPIRES } from './invite-issuer';
import { InviteSteps } from './invite-steps';
import { expire } from './invite.rules';
import { InvitesRepository } from './invites.repository';

/**
 * Ends an invite at its time limit. The timer of an answered invite is not cancelled but fires without effect:
 * cancelling it would make the answer wait for the timer's transaction, which itself waits for the invite.
 */
@OnTimer(INVITE_EXPIRES)
@Injectable()
export class ExpireInviteWhenTimeIsUp implements TimerHandler {
  constructor(
    private readonly invites: InvitesRepository,
    private readonly steps: InviteSteps,
    private readonly clock: Clock,
  ) {}

  async fire(tx: Tx, timer: Timer): Promise<void> {
    const invite = await this.invites.lockInvite(tx, timer.key as InviteId, {});
    if (!invite || invite.expires_at > this.clock.now()) return;
    const step = expire(invite.state);
    if (step) await this.steps.takeStep(tx, invite, step);
  }
}
