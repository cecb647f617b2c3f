import { DAY_MS, lastStartOfWork } from '@muster/contracts/kernel/civil-time';
import type { Point } from '@muster/contracts/kernel/place';
import { Clock } from '@muster/platform/clock/clock';
import type { Tx } from '@muster/platform/database/database';
import { Timers } from '@muster/platform/timers/timers';
import { Injectable } from '@nestjs/common';
import type { InviteIds } from '../assignments/invite-ids';
import { hoursOf } from '../jobs/line-work.rules';
import type { HeldLine } from '../jobs/staffing';
import { bandBetween } from '../site/distance.rules';
import { InviteSteps } from './invite-steps';
import { InvitesRepository } from './invites.repository';

/** The timer that ends an invite at its time limit; its key is the invite's id. */
export const INVITE_EXPIRES = 'invite.expire';
/**
 * The timer of an invite that may be answered longer than it holds one of its worker's places; its key is the invite's
 * id.
 */
export const PLACE_RELEASED = 'invite.release';
/** Milliseconds for which a waiting invite may keep its worker from being found by others. */
const HOLDS_PLACE_MS = DAY_MS;

/** Writes everything that a sent invite needs (row, event, step, timers). Shared by manual invites and, later, waves. */
@Injectable()
export class InviteIssuer {
  constructor(
    private readonly invites: InvitesRepository,
    private readonly steps: InviteSteps,
    private readonly timers: Timers,
    private readonly clock: Clock,
  ) {}

  /** The invite ends at its time limit, and never later than work begins on the line's last day. */
  async issueInvite(tx: Tx, invite: InviteIds, { line, job, days }: HeldLine, cell: Point, timeLimitMinutes: number): Promise<void> {
    const sentAt = this.clock.now();
    const limit = sentAt.getTime() + timeLimitMinutes * 60_000;
    const expiresAt = new Date(Math.min(limit, lastStartOfWork(days, hoursOf(line, job))));
    const version = await this.steps.takeFirstStep(tx, invite, expiresAt);
    await this.invites.insertInvite(tx, {
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
      one_per_contractor: true,
    });
    await this.timers.scheduleTimer(tx, { kind: INVITE_EXPIRES, key: invite.inviteId, at: expiresAt });
    const releasedAt = new Date(sentAt.getTime() + HOLDS_PLACE_MS);
    if (releasedAt < expiresAt) await this.timers.scheduleTimer(tx, { kind: PLACE_RELEASED, key: invite.inviteId, at: releasedAt });
  }
}
