import { daysToCome } from '@muster/contracts/kernel/civil-time';
import type { DistanceBand } from '@muster/contracts/kernel/place';
import type { OutputOf } from '@muster/contracts/kernel/route';
import type { readInvite } from '@muster/contracts/matching/invites.routes';
import type { InviteBlock } from '@muster/contracts/matching/views';
import { minutesOf } from '../jobs/job-view.rules';
import { takesPeople } from '../jobs/job.rules';
import { workView } from '../jobs/work-view.rules';
import { isPending } from './invite.rules';
import type { OfferRow } from './invites.repository';

type OfferView = OutputOf<typeof readInvite>;

export function offerView(row: OfferRow, now: Date): OfferView {
  const days = shownDays(row, now);
  return {
    ...workView(row, days),
    inviteId: row.invite_id,
    state: row.state,
    minimumLevel: row.minimum_level,
    distanceBand: row.distance_band as DistanceBand,
    filled: row.filled,
    count: row.count,
    sentAt: row.sent_at.toISOString(),
    expiresAt: row.expires_at.toISOString(),
    blockedBy: blockOf(row, now),
    calledOff: row.called_off,
    version: row.version,
  };
}

/**
 * The days that had not begun when the invite was answered or, if it is unanswered, now. If all have begun, all days of
 * the line are shown.
 */
function shownDays(row: OfferRow, now: Date): string[] {
  if (row.promised !== null) return row.promised;
  const toCome = comingDays(row, row.ended_at ?? now);
  return toCome.length > 0 ? toCome : row.days;
}

/** The reason why the invite cannot be accepted; a permanent reason comes before one that may pass. */
function blockOf(row: OfferRow, now: Date): InviteBlock | null {
  if (!isPending(row.state)) return null;
  const toCome = comingDays(row, now);
  if (toCome.length === 0) return 'begun';
  if (row.expires_at <= now || !takesPeople.has(row.job_state)) return 'over';
  if (row.filled >= row.count) return 'full';
  return toCome.some((day) => row.booked.includes(day)) ? 'booked' : null;
}

function comingDays(row: OfferRow, at: Date): string[] {
  return daysToCome(row.days, { startsAt: minutesOf(row.starts_at), endsAt: minutesOf(row.ends_at), zone: row.zone }, at.getTime());
}
