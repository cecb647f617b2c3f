import { Inject, Injectable } from '@nestjs/common';
import type { Point } from '@muster/contracts/kernel/place';
import { Clock } from '@muster/platform/clock/clock';
import type { Tx } from '@muster/platform/database/database';
import { Timers } from '@muster/platform/timers/timers';
import type { JobRow } from '../jobs/job-tables';
import { bandBetween } from '../search/distance.rules';
import { InviteSteps, type InviteIds } from './invite-steps';
import { InvitesRepository } from './invites.repository';

/** Timer that ends an invite at its time limit; the key is the invite's id. */
export const INVITE_EXPIRES = 'invite.expire';

/** What sending an invite writes, whoever decided to: a hand, and later a wave. */
@Injectable()
export class InviteSending {
  constructor(
    private readonly invites: InvitesRepository,
    private readonly steps: InviteSteps,
    @Inject(Timers) private readonly timers: Timers,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  async send(tx: Tx, invite: InviteIds, job: JobRow, cell: Point, timeLimitMinutes: number): Promise<void> {
    const sentAt = this.clock.now();
    const expiresAt = new Date(sentAt.getTime() + timeLimitMinutes * 60_000);
    const version = await this.steps.sent(tx, invite, expiresAt);
    await this.invites.insert(tx, {
      invite_id: invite.inviteId,
      job_id: invite.jobId,
      line_id: invite.lineId,
      worker: invite.worker,
      contractor: invite.contractor,
      state: 'sent',
      distance_band: bandBetween(cell, { latitude: job.site_latitude, longitude: job.site_longitude }),
      sent_at: sentAt,
      expires_at: expiresAt,
      ended_at: null,
      version,
    });
    await this.timers.schedule(tx, { kind: INVITE_EXPIRES, key: invite.inviteId, at: expiresAt });
  }
}
