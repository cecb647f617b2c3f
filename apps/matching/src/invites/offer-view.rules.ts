import { conversationOf } from '@muster/contracts/communication/conversation-of';
import type { PersonId } from '@muster/contracts/kernel/ids';
import type { DistanceBand } from '@muster/contracts/kernel/place';
import type { OutputOf } from '@muster/contracts/kernel/route';
import type { JobId } from '@muster/contracts/matching/ids';
import type { listAssignments, readInvite } from '@muster/contracts/matching/invites.routes';
import { minutesOf, placeNameOf } from '../jobs/job-view.rules';
import { payPerDay } from '../jobs/pay.rules';
import type { AssignmentRow } from './assignments.repository';
import type { OfferRow } from './invites.repository';

type OfferView = OutputOf<typeof readInvite>;
type AssignmentView = OutputOf<typeof listAssignments>['items'][number];

/** What an invite and an assignment show alike. */
type Work = Pick<
  OfferRow,
  | 'job_id' | 'line_id' | 'worker' | 'contractor' | 'title' | 'place_id' | 'zone' | 'currency' | 'trade' | 'days'
  | 'starts_at' | 'ends_at' | 'pay_amount' | 'pay_basis'
>;

export function offerView(row: OfferRow): OfferView {
  const work = workView(row);
  return {
    ...work,
    inviteId: row.invite_id,
    state: row.state,
    minimumLevel: row.minimum_level,
    distanceBand: row.distance_band as DistanceBand,
    total: {
      amount: payPerDay(work.pay, work.startsAt, work.endsAt) * work.days.length,
      currency: work.pay.currency,
    },
    filled: row.filled,
    count: row.count,
    sentAt: row.sent_at.toISOString(),
    expiresAt: row.expires_at.toISOString(),
    version: row.version,
  };
}

export function assignmentView(row: AssignmentRow): AssignmentView {
  return {
    ...workView(row),
    assignmentId: row.assignment_id,
    inviteId: row.invite_id,
    state: row.state as AssignmentView['state'],
  };
}

function workView(row: Work) {
  return {
    jobId: row.job_id,
    lineId: row.line_id,
    contractor: row.contractor,
    title: row.title,
    trade: row.trade,
    placeName: placeNameOf(row.place_id),
    zone: row.zone,
    days: row.days,
    startsAt: minutesOf(row.starts_at),
    endsAt: minutesOf(row.ends_at),
    pay: { amount: row.pay_amount, currency: row.currency as 'INR', basis: row.pay_basis },
    conversationId: conversationOf(row.job_id as JobId, row.worker as PersonId),
  };
}
